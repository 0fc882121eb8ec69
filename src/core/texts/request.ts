// Title and Markdown body of a request, generated from facts, in the order in which a reviewer asks: what broke and what the change
// does, why to believe it, where, what the guard says, Claude's own words as a quotation, what to do now; the rest folded away.

import { changeMark } from '../answer/touched-lines.ts';
import { defined } from '../defined.ts';
import { strictest } from '../guard/judge.ts';
import { localTime } from '../local-time.ts';
import type { FileStat, Proof } from '../model.ts';
import { usd } from '../money.ts';
import { commitPage, filePage } from '../repository/code-pages.ts';
import { isTestPath } from '../repository/test-paths.ts';
import { marker } from './branch.ts';
import { detailIn } from './chinese/details.ts';
import { factParts } from './incident/facts.ts';
import { type IncidentPlace, incidentPlace, placeWords } from './incident/incident-name.ts';
import { similarSection } from './incident/similar.ts';
import { introducedLines, suspectLine } from './last-change.ts';
import { codeBlock, codeLink, codeSpan, quoteBlock } from './markdown.ts';
import { type Phrase, speaker } from './phrases.ts';
import { isolationWords, levelWords, shownWords } from './proof-words.ts';
import { appFrames, type Proposal, speakerOf, subject } from './proposal.ts';
import { fillTemplate } from './template.ts';

/** Says a phrase in the language of the text. */
export type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

/** Longest piece of Claude's text and of the log that is shown, in characters. */
const SHOWN = 6000;

/** Files that the first sentences name, and those that are listed. */
const NAMED = 3;
const LISTED = 50;

/**
 * @param template as a team has set it
 * @example requestTitle(proposal) // 'Fix TypeError in orderTotal (src/pricing.js) [proof L2]'
 */
export function requestTitle(proposal: Proposal, template: string | null = null): string {
  if (template !== null) return fillTemplate(template, proposal, 250);
  const say = speaker(proposal.language);
  const { level } = proposal.proof;
  const shown = levelWords(proposal.proof, say);
  return `${say('title', { what: subject(proposal) })} ${level ? say('titleProof', { level: shown }) : say('titleNoProof')}`;
}

/**
 * Every text from the log is inside a code span or a fenced block that it cannot leave, and what Claude says is a quotation in which
 * nothing acts.
 */
export function requestBody(proposal: Proposal): string {
  const say = speaker(proposal.language);
  return [
    [...[proposal.incident.fingerprint, ...(proposal.incident.formerly ?? [])].map(marker), changeMark(proposal.touched ?? [])].join(''),
    [broke(proposal, say), ...fromWhere(proposal, say), change(proposal, say)].join(say('space')),
    `*${say('intro', { version: proposal.version })}*`,
    ...(proposal.earlier ? [say(proposal.earlier.isMerged ? 'earlierMerged' : 'earlierClosed', { url: proposal.earlier.url })] : []),
    proofSection(proposal, say),
    where(proposal, say),
    ...similarSection(proposal, say),
    changed(proposal, say),
    words(proposal, say),
    steering(proposal, say),
    facts(proposal, say),
  ].join('\n\n');
}

/** What broke, how often, since when. */
export function broke(
  { incident, place = incidentPlace(incident), zone }: Pick<Proposal, 'incident' | 'place' | 'zone'>,
  say: Say,
  quoted: (text: string) => string = codeSpan,
): string {
  const { title, count, first, last } = incident;
  const where = place && placed(place, say, quoted);
  return say(where === undefined ? (count === 1 ? 'cameOnce' : 'cameOften') : count === 1 ? 'brokeOnce' : 'brokeOften', {
    title: quoted(title),
    where: where ?? '',
    count,
    first: localTime(first.time, zone),
    last: localTime(last.time, zone),
  });
}

/** Which release, service and environment, and on how many hosts, where its records say so. */
export function fromWhere(
  { incident, heard = {}, zone }: Pick<Proposal, 'incident' | 'heard' | 'zone'>,
  say: Say,
  quoted: (text: string) => string = codeSpan,
): readonly string[] {
  const parts = factParts(incident.facts, heard, say, quoted, zone);
  return parts.length === 0 ? [] : [say('fromWhere', { parts: parts.join(say('semicolon')) })];
}

function placed({ path, line, function: name }: IncidentPlace, say: Say, quoted: (text: string) => string): string {
  const at = quoted(placeWords({ path, line }));
  return name === undefined ? at : say('functionAt', { name: quoted(name), at });
}

/** What the change does, as far as its files tell. */
function change({ files }: Proposal, say: Say): string {
  const [code, tests] = [files.filter(({ path }) => !isTestPath(path)), files.filter(({ path }) => isTestPath(path))];
  if (code.length === 0 || tests.length === 0) return say('changeIn', { files: named(files, say) });
  return say('changeWithTest', { files: named(code, say), tests: named(tests, say) });
}

function named(files: readonly FileStat[], say: Say): string {
  const shown = files.slice(0, NAMED).map(({ path, added, removed }) => say('fileChange', { path: codeSpan(path), added, removed }));
  const rest = files.length - shown.length;
  return [...shown, ...(rest > 0 ? [say('moreFiles', { count: rest })] : [])].join(say('comma'));
}

/** What Claude said, as words of somebody else. */
export function words({ answer }: Proposal, say: Say): string {
  return `## ${say('words', { who: speakerOf(answer) })}\n\n${quoteBlock(clip(answer.summary || answer.text))}`;
}

/** A command and on what it was run, where that is not just the base and the fix; each part is `quoted` by the caller. */
export function commandWords({ command, variant, flaky }: Proof['commands'][number], say: Say, quoted: (text: string) => string): string {
  const of = variant === 'tests-only' ? 'testsOnly' : variant === 'fix-removed' ? 'fixRemoved' : flaky ? 'flaky' : undefined;
  return of ? say('functionAt', { name: quoted(command), at: say(of) }) : quoted(command);
}

/** How one side of a command ended, in words. */
export function ending(run: Proof['commands'][number]['before'], say: Say): string {
  if (!run) return say('notRun');
  const seconds = (run.durationMs / 1000).toFixed(1);
  return run.exitCode === null ? say('killed', { seconds }) : say('exit', { code: run.exitCode, seconds });
}

/** Why it is believed, in sentences; the commands themselves are among the facts. */
export function proofSection({ proof, language }: Proposal, say: Say, heading: 'why' | 'shownOf' = 'why'): string {
  return `## ${say(heading, { level: levelWords(proof, say) })}\n\n${proofSentences(proof, language, say).join(say('space'))}`;
}

/** @example ['The new test fails without the fix with the error of the log (exit code 1), and passes with it.', …] */
export function proofSentences(proof: Proof, language: Proposal['language'], say: Say): readonly string[] {
  const detail = sentence(detailIn(language, proof.detail), say);
  if (proof.reproduced !== 'yes') return [detail, ...shownWords(defined({ level: proof.level, reproduced: proof.reproduced }), say)];
  const runOf = (variant: 'tests-only' | 'fix-removed'): string | undefined => {
    const code = proof.commands.find((run) => run.variant === variant && run.before && run.before.exitCode !== 0)?.before?.exitCode;
    return code === undefined ? undefined : code === null ? say('ended') : say('exited', { code });
  };
  const [without, again] = [runOf('tests-only'), runOf('fix-removed')];
  if (without === undefined) return [detail];
  const isWhole = proof.level === 'L3' || proof.level === 'L4';
  return [
    again === undefined ? say('shownTwice', { without }) : say('shownThrice', { without, again }),
    ...(proof.level === 'L4' ? [say('threeRuns')] : []),
    ...(isWhole ? [say('nothingLost')] : [detail]),
  ];
}

function sentence(text: string, say: Say): string {
  const flat = text.trim();
  return flat === '' || /[.。!?]$/.test(flat) ? flat : `${flat[0]?.toUpperCase()}${flat.slice(1)}${say('stop')}`;
}

/** Where it arose, with links into the base commit, and since which commit. */
export function where({ incident, frames = appFrames(incident), pages, base, suspect, proof }: Proposal, say: Say): string {
  const rows = frames.map((frame) => {
    const { path, line, file, function: name } = { path: undefined, ...frame };
    const place = codeLink(placeWords({ path: path ?? file, line }), path && pages && filePage(pages, base.commit, path, line));
    return name ? `- ${place} ${codeSpan(name)}` : `- ${place}`;
  });
  const linked = (commit: string): string => codeLink(commit.slice(0, 12), pages && commitPage(pages, commit));
  return [
    `## ${say('where')}`,
    rows.length > 0 ? `${say('frames')}\n\n${rows.join('\n')}` : say('noFrames'),
    ...introducedLines(proof.introduced, incident, say, codeSpan, linked),
    ...(suspect ? [suspectLine(suspect, incident, say, codeSpan, linked)] : []),
  ].join('\n\n');
}

/** The files of the change, and what the rules object to. */
export function changed({ files, pages, base, ...proposal }: Proposal, say: Say): string {
  const rest = files.length - LISTED;
  const rows = files
    .slice(0, LISTED)
    .map(
      ({ path, status, added, removed }) =>
        `- ${codeLink(path, status === 'added' ? undefined : pages && filePage(pages, base.commit, path))} ${say('fileStatus', { status: say(status), added, removed })}`,
    );
  return [
    `## ${say('changed')}`,
    [...rows, ...(rest > 0 ? [`- ${say('moreFiles', { count: rest })}`] : [])].join('\n'),
    objections(proposal, say),
  ].join('\n\n');
}

/** What the guard says, as a sentence; each objection a line. */
export function objections({ guard, language }: Pick<Proposal, 'guard' | 'language'>, say: Say): string {
  const rows = guard.filter(({ verdict }) => verdict !== 'allow');
  if (rows.length === 0) return say('guardQuiet');
  const lines = rows.map(({ rule, detail }) => `- ${codeSpan(detailIn(language, detail))} (${codeSpan(rule)})`);
  return `${say(strictest(guard) === 'draft' ? 'guardDraft' : 'guardObjects')}\n\n${lines.join('\n')}`;
}

/** What merging, closing and commenting do, and whom to ask. */
function steering({ trace, box, asks }: Proposal, say: Say): string {
  const rows = [
    say('steerMerge'),
    say('steerClose'),
    ...(asks === undefined ? [] : [say(asks.reviews ? 'steerReview' : 'steerComment', { prefix: codeSpan(asks.prefix) })]),
    box === undefined ? say('steerAsk', { trace }) : say('steerAskBox', { trace, box: codeSpan(box.slice(0, 12)) }),
  ];
  return `## ${say('steering')}\n\n${rows.map((row) => `- ${row}`).join('\n')}`;
}

/** Folded away: what was logged, what was run, of what, by whom and for how much it was made. */
export function facts(proposal: Proposal, say: Say): string {
  const { proof, incident } = proposal;
  const runs = proof.commands.map(
    (run) => `| ${commandWords(run, say, codeSpan)} | ${ending(run.before, say)} | ${ending(run.after, say)} |`,
  );
  return [
    `<details><summary>${say('facts')}</summary>`,
    `${say('logEvent', { source: codeSpan(incident.last.source), line: incident.last.line })}\n\n${codeBlock(clip(incident.sample.text))}`,
    ...(runs.length === 0 ? [] : [`| ${say('command')} | ${say('before')} | ${say('after')} |\n| --- | --- | --- |\n${runs.join('\n')}`]),
    ...(proof.commands.length === 0 ? [] : isolationWords(proof, say)),
    made(proposal, say),
    '</details>',
  ].join('\n\n');
}

function made({ version, base, pages, answer, mode, trace, incident, withheld = 0 }: Proposal, say: Say): string {
  const unknown = say('costUnknown');
  const rows = [
    say('base', { commit: codeLink(base.commit.slice(0, 12), pages && commitPage(pages, base.commit)), branch: codeSpan(base.branch) }),
    say('engine', { engine: codeSpan(answer.engine), mode: codeSpan(mode) }),
    ...(answer.sandbox ? [answer.sandbox === 'none' ? say('answerNotShut') : say('answerShut', { sandbox: answer.sandbox })] : []),
    say('cost', {
      turns: answer.turns ?? unknown,
      usd: answer.costUsd === undefined ? unknown : usd(answer.costUsd),
      seconds: answer.modelMs === undefined ? unknown : (answer.modelMs / 1000).toFixed(1),
    }),
    ...(withheld === 0 ? [] : [say('withheld', { count: withheld })]),
    say('madeBy', { version, trace, fingerprint: codeSpan(incident.fingerprint) }),
  ];
  return rows.map((row) => `- ${row}`).join('\n');
}

function clip(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\n… (${text.length - SHOWN} more characters)`;
}
