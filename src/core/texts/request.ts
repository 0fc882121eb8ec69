// Title and Markdown body of a request, generated from facts; Claude's words stand in a quoted block of their own.

import { changeMark } from '../answer/touched-lines.ts';
import { localTime } from '../local-time.ts';
import type { Proof } from '../model.ts';
import { marker } from './branch.ts';
import { introducedLines, suspectLine } from './last-change.ts';
import { codeBlock, codeSpan } from './markdown.ts';
import { type Phrase, speaker } from './phrases.ts';
import { levelWords, shownWords } from './proof-words.ts';
import { appFrames, type Proposal, speakerOf, subject } from './proposal.ts';
import { fillTemplate } from './template.ts';
import { detailIn } from './translated-details.ts';

/** Says a phrase in the language of the text. */
export type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

/** Longest piece of Claude's text and of the log that is shown, in characters. */
const SHOWN = 6000;

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

/** Every text from the log or from Claude is inside a code span or a fenced block that it cannot leave. */
export function requestBody(proposal: Proposal): string {
  const say = speaker(proposal.language);
  return [
    [...[proposal.incident.fingerprint, ...(proposal.incident.formerly ?? [])].map(marker), changeMark(proposal.touched ?? [])].join(''),
    say('intro', { version: proposal.version }),
    ...(proposal.earlier ? [say(proposal.earlier.isMerged ? 'earlierMerged' : 'earlierClosed', { url: proposal.earlier.url })] : []),
    happened(proposal, say),
    changed(proposal, say),
    proofSection(proposal, say),
    guardSection(proposal, say),
    words(proposal, say),
    made(proposal, say),
  ].join('\n\n');
}

/** What Claude said, as words of somebody else. */
export function words({ answer }: Proposal, say: Say): string {
  return `## ${say('words', { who: speakerOf(answer) })}\n\n${codeBlock(wrap(clip(answer.summary || answer.text)))}`;
}

/** A command and on what it was run, where that is not just the base and the fix; each part is `quoted` by the caller. */
export function commandWords({ command, variant, flaky }: Proof['commands'][number], say: Say, quoted: (text: string) => string): string {
  const of = variant === 'tests-only' ? 'testsOnly' : variant === 'fix-removed' ? 'fixRemoved' : flaky ? 'flaky' : undefined;
  return of ? `${quoted(command)} (${say(of)})` : quoted(command);
}

/** How one side of a command ended, in words. */
export function ending(run: Proof['commands'][number]['before'], say: Say): string {
  if (!run) return say('notRun');
  const seconds = (run.durationMs / 1000).toFixed(1);
  return run.exitCode === null ? say('killed', { seconds }) : say('exit', { code: run.exitCode, seconds });
}

/** What was seen, where, and since which commit. */
export function happened({ incident, suspect, proof, zone }: Proposal, say: Say): string {
  const frames = appFrames(incident).map((frame) => {
    const place = codeSpan(frame.line === null ? frame.file : `${frame.file}:${frame.line}`);
    return frame.function ? `- ${place} ${codeSpan(frame.function)}` : `- ${place}`;
  });
  const { first, last } = incident;
  return [
    `## ${say('happened')}`,
    codeSpan(incident.title),
    say('seen', {
      count: incident.count,
      first: localTime(first.time, zone),
      last: localTime(last.time, zone),
      source: codeSpan(last.source),
      line: last.line,
    }),
    ...introducedLines(proof.introduced, incident, say, codeSpan),
    ...(suspect ? [suspectLine(suspect, incident, say, codeSpan)] : []),
    frames.length > 0 ? `${say('frames')}\n\n${frames.join('\n')}` : say('noFrames'),
    `<details><summary>${say('logEvent')}</summary>\n\n${codeBlock(clip(incident.sample.text))}\n\n</details>`,
  ].join('\n\n');
}

/** The files of the change. */
export function changed({ files }: Proposal, say: Say): string {
  const rows = files.map((file) => `| ${codeSpan(file.path)} | ${say(file.status)} | +${file.added} | −${file.removed} |`);
  return `## ${say('changed')}\n\n| ${say('file')} | ${say('status')} | + | − |\n| --- | --- | ---: | ---: |\n${rows.join('\n')}`;
}

/** What was run, and what it shows. */
export function proofSection({ proof, language }: Proposal, say: Say): string {
  const head = [`## ${say('proof')}: ${levelWords(proof, say)}`, detailIn(language, proof.detail), ...shownWords(proof, say)].join('\n\n');
  if (proof.commands.length === 0) return head;
  const rows = proof.commands.map(
    (run) => `| ${commandWords(run, say, codeSpan)} | ${ending(run.before, say)} | ${ending(run.after, say)} |`,
  );
  return `${head}\n\n| ${say('command')} | ${say('before')} | ${say('after')} |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

/** What the rules object to. */
export function guardSection({ guard: verdicts, language }: Proposal, say: Say): string {
  const rows = verdicts.map((entry) => `- ${codeSpan(entry.rule)}: ${entry.verdict}, ${codeSpan(detailIn(language, entry.detail))}`);
  return `## ${say('guard')}\n\n${rows.length > 0 ? rows.join('\n') : say('guardQuiet')}`;
}

/** Of what, by whom and for how much it was made. */
export function made({ base, answer, mode, trace, incident, withheld = 0 }: Proposal, say: Say): string {
  const unknown = say('costUnknown');
  const rows = [
    say('base', { commit: codeSpan(base.commit.slice(0, 12)), branch: codeSpan(base.branch) }),
    say('engine', { engine: codeSpan(answer.engine), mode: codeSpan(mode) }),
    ...(answer.sandbox ? [answer.sandbox === 'none' ? say('answerNotShut') : say('answerShut', { sandbox: answer.sandbox })] : []),
    say('cost', {
      turns: answer.turns ?? unknown,
      usd: answer.costUsd?.toFixed(4) ?? unknown,
      seconds: answer.modelMs === undefined ? unknown : (answer.modelMs / 1000).toFixed(1),
    }),
    ...(withheld === 0 ? [] : [say('withheld', { count: withheld })]),
    say('trace', { trace }),
    codeSpan(incident.fingerprint),
  ];
  return `## ${say('made')}\n\n${rows.map((row) => `- ${row}`).join('\n')}`;
}

function clip(text: string): string {
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}\n… (${text.length - SHOWN} more characters)`;
}

/** A fenced block does not wrap by itself, and prose comes in long lines. */
function wrap(text: string, width = 100): string {
  return text
    .split('\n')
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}(?:\\s+|$)|\\S{${width}}|\\S+`, 'gu')) ?? [''])
    .map((line) => line.trimEnd())
    .join('\n');
}
