// One incident on the page: folded to its state, its name and how often it was seen; unfolded all that is known of it, with every
// repair and what was done on its request since, newest first.
import type { Frame, Incident } from '../../../core/model.ts';
import type { Likeness } from '../../../core/tables.ts';
import { shortFingerprint } from '../../../core/texts/branch.ts';
import type { SayHere, Sentence } from '../../../core/texts/chinese/say.ts';
import { eventLines } from '../../../core/texts/incident/event-text.ts';
import { incidentName, incidentPlace } from '../../../core/texts/incident/incident-name.ts';
import type { SimilarRepair } from '../../../pipeline/repair/past/similar.ts';
import { boxWords } from '../boxes.ts';
import { STATE_COLOURS } from '../states.ts';
import { badge, block, factTable, idOf, link, moment, text } from './cells.ts';
import { type NamedTrace, traceSection } from './trace.ts';

/** What is told of one incident. */
export interface IncidentPage {
  readonly incident: Incident;
  /** What it is called. */
  readonly name: string;
  /** Why it stands as it does, and whose matter it is, in words. */
  readonly reason: string;
  readonly class: string;
  /** Newest first, with steps and diffs. */
  readonly repairs: readonly NamedTrace[];
  /** Earlier repairs of other incidents like it, the closest first. */
  readonly similar: readonly SimilarRepair[];
}

/** Characters of a sample. */
const SAMPLE = 4000;

/** The id of its page: what is typed for it, and where it is one of several repositories that too. */
export const pageId = ({ fingerprint, repository }: Pick<Incident, 'fingerprint' | 'repository'>, withRepository: boolean): string =>
  idOf('i', withRepository ? `${shortFingerprint(fingerprint)} ${repository ?? ''}` : shortFingerprint(fingerprint));

export interface Page {
  readonly say: SayHere;
  readonly withRepository: boolean;
  /** Which release, service and environment it came from, on how many hosts; empty where nothing says so. */
  readonly came: (incident: Incident) => string;
  /** A detail of proof or guard, or a reason, in the language of the page. */
  readonly said: (detail: string) => string;
  /** Takes so many characters of what the page may hold. @returns false where it is full */
  readonly take: (characters: number) => boolean;
}

export function incidentSection(about: IncidentPage, page: Page): string {
  const { incident, name, repairs, similar } = about;
  const { say, withRepository } = page;
  const { state, count, last, fingerprint } = incident;
  const values = { count, when: moment(last.time) };
  const seen = count === 1 ? say('seen once, {when}', values) : say('seen {count} times, last {when}', values);
  const sample = eventLines(incident.sample).join('\n').slice(0, SAMPLE);
  const isWhole = page.take(sample.length + incident.title.length);
  const where = withRepository && incident.repository !== undefined ? `<span class="faint">${text(incident.repository)}</span>` : '';
  return [
    `<details class="incident"><summary>${badge(say(state), STATE_COLOURS[state])}<strong>${text(name)}</strong>${where}<span class="faint">${seen}</span></summary>`,
    `<div id="${pageId(incident, withRepository)}">`,
    facts(about, page),
    ...frames(incident.frames, say),
    ...(isWhole
      ? [`<h3>${say('Sample')}</h3><pre>${block(sample)}</pre>`]
      : [full(`ai-ops incidents ${shortFingerprint(fingerprint)}`, say)]),
    ...(repairs.length === 0 ? [] : [`<h3>${say('Repairs')}</h3>`, ...repairs.map((trace) => traceSection(trace, page))]),
    ...similarList(similar, page),
    '</div></details>',
  ].join('\n');
}

/** Where the rest is of what the page has no room for. */
const full = (command: string, say: SayHere): string =>
  `<p class="faint">${say('The page is full: see {command}.', { command: `<code>${text(command)}</code>` })}</p>`;

function facts({ incident, name, reason, class: kind }: IncidentPage, { say, came }: Page): string {
  const { state, title, level, language, first, last, fingerprint, formerly = [], repository } = incident;
  const at = ({ source, line }: Incident['first']): string => text(`${source}:${line}`);
  return factTable([
    [say('State'), text(reason === '' ? say(state) : `${say(state)}: ${reason}`)],
    [say('Says'), title === name ? '' : text(title)],
    [say('Class'), text(kind)],
    [say('Level'), text(language === 'none' ? level : `${level}, ${language}`)],
    [say('First'), `${moment(first.time)}, ${at(first)}`],
    [say('Last'), `${moment(last.time)}, ${at(last)}`],
    [say('Repository'), text(repository ?? '')],
    [say('Came from'), text(came(incident))],
    [say('Boxes'), text(boxWords(incident))],
    [say('Fingerprint'), `<code>${text(fingerprint)}</code>`],
    [say('Formerly'), formerly.map((one) => `<code>${text(one)}</code>`).join(', ')],
  ]);
}

function frames(all: readonly Frame[], say: SayHere): readonly string[] {
  if (all.length === 0) return [];
  const rows = all.map(({ file, line, column, function: called, inApp }) => {
    const at = [file, line, column].filter((part) => part !== null && part !== undefined).join(':');
    const said = `<code>${text(at)}</code>${called === undefined ? '' : ` ${text(called)}`}`;
    return inApp ? `<li>${said}</li>` : `<li class="faint">${said} (${say('not of the application')})</li>`;
  });
  return [`<h3>${say('Frames')}</h3><ol class="frames">${rows.join('\n')}</ol>`];
}

const LIKE: Readonly<Record<Likeness, Sentence>> = {
  same: 'the same error',
  frames: 'the same functions',
  type: 'the same type in the same file',
};

function similarList(similar: readonly SimilarRepair[], { say, withRepository }: Page): readonly string[] {
  if (similar.length === 0) return [];
  const rows = similar.map(({ incident, trace, how }) => {
    const level = say('proof {level}', { level: trace.proof?.level ?? say('none') });
    const request = trace.request === null ? '' : `, ${link(trace.request, say(trace.request.state))}`;
    return `<li>${badge(say(trace.state), STATE_COLOURS[trace.state])}<a href="#${pageId(incident, withRepository)}">${text(incidentName(incident, incidentPlace(incident.sample)))}</a>: ${say(LIKE[how])}, ${level}${request}</li>`;
  });
  return [`<h3>${say('Similar errors and their fixes')}</h3><ul>${rows.join('\n')}</ul>`];
}
