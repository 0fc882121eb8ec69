// Titles and subjects in a form that a team has set: names in braces are filled with facts.
import { incidentPlace } from './incident/incident-name.ts';
import { plainTitle } from './markdown.ts';
import { speaker } from './phrases.ts';
import { levelWords } from './proof-words.ts';
import { type Proposal, subject } from './proposal.ts';

/** What may stand in braces. */
export const TEMPLATE_NAMES = ['what', 'type', 'file', 'function', 'level', 'proof'] as const;
type TemplateName = (typeof TEMPLATE_NAMES)[number];

const HOLE = /\{([^{}]*)\}/g;

/** @returns the names in braces that nothing stands for */
export function unknownNames(template: string): readonly string[] {
  const known: readonly string[] = TEMPLATE_NAMES;
  return [...template.matchAll(HOLE)].map(([, name = '']) => name).filter((name) => !known.includes(name));
}

/**
 * One line, of at most `max` characters.
 * @example fillTemplate('fix: handle {what}', proposal, 72) // 'fix: handle TypeError in orderTotal (src/pricing.js)'
 */
export function fillTemplate(template: string, proposal: Proposal, max: number): string {
  const { incident, proof, language, place = incidentPlace(incident) } = proposal;
  const values: Readonly<Record<TemplateName, string>> = {
    what: subject(proposal),
    type: plainTitle(incident.type ?? incident.level, 80),
    file: plainTitle(place?.path ?? '', 120),
    function: plainTitle(place?.function ?? '', 80),
    level: incident.level,
    proof: levelWords(proof, speaker(language)),
  };
  const line = template
    .replace(HOLE, (_, name: TemplateName) => values[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= max ? line : `${line.slice(0, max - 1)}…`;
}
