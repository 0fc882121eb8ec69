// Earlier errors of the same repository that are like this one, and what became of their fixes. Nothing of what was logged of them
// is told again: their type, their place, and where their request is.
import type { Incident } from '../../model.ts';
import type { Likeness, TraceState } from '../../tables.ts';
import { codeSpan } from '../markdown.ts';
import type { Phrase, speaker } from '../phrases.ts';
import { type Proposal, subject, type ToldSimilar } from '../proposal.ts';
import { incidentPlace } from './incident-name.ts';

type Say = ReturnType<typeof speaker>;

const HOW: Readonly<Record<Likeness, Phrase>> = { same: 'likeSame', frames: 'likeFrames', type: 'likeType' };

/** What became of a request; states that are without one say no more than that it was made. */
const BECAME: Readonly<Partial<Record<TraceState, Phrase>>> = {
  confirmed: 'fixHeld',
  merged: 'fixMerged',
  regressed: 'fixCameBack',
  closed: 'fixClosed',
};

/** @returns one section; none where there is nothing to tell */
export function similarSection({ similar = [], earlier, language }: Proposal, say: Say): readonly string[] {
  // The request that this one follows is told by itself.
  const told = similar.filter(({ url }) => earlier === undefined || url !== earlier.url);
  if (told.length === 0) return [];
  return [`## ${say('similar')}\n\n${told.map((one) => `- ${line(one, language, say)}`).join('\n')}`];
}

function line({ how, incident, state, level, trace, url }: ToldSimilar, language: Proposal['language'], say: Say): string {
  const isWeb = url !== null && /^https?:\/\//i.test(url) && URL.canParse(url);
  return say('similarLine', {
    what: codeSpan(nameOf(incident, language)),
    how: say(HOW[how]),
    where: isWeb ? url : codeSpan(`ai-ops status ${trace}`),
    state: say(BECAME[state] ?? 'fixOpen'),
    level: level ?? say('noProof'),
  });
}

/** Without its message, which may hold what a user wrote. */
function nameOf(incident: Incident, language: Proposal['language']): string {
  const place = incidentPlace(incident);
  return place === undefined ? (incident.type ?? incident.level) : subject({ incident, place, language });
}
