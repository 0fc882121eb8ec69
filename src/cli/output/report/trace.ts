// One repair on the page: folded to its state and what was shown; unfolded, all that is known of it.
import type { Proof, StepRecord, Trace } from '../../../core/model.ts';
import type { SayHere } from '../../../core/texts/chinese/say.ts';
import { introducedWords } from '../../../core/texts/last-change.ts';
import { STATE_COLOURS } from '../states.ts';
import { commandWords, ending, shownNotes } from '../trace.ts';
import { duration, usd } from '../units.ts';
import { badge, block, factTable, idOf, link, moment, table, text } from './cells.ts';

/** With what its incident is called. */
export type NamedTrace = Trace & { readonly name?: string };

/** @param page takes characters of what it may hold; where it is full it is said where the rest is */
export function traceSection(
  trace: NamedTrace,
  { say, said, take }: { readonly say: SayHere; readonly said: (detail: string) => string; readonly take: (characters: number) => boolean },
  withName = false,
): string {
  const { state, name, title, startedAt, proof, guard, steps, diff, summary, follows } = trace;
  const about = [
    ...(withName ? [`<strong>${text(name ?? title)}</strong>`] : []),
    ...(proof?.level ? [say('proof {level}', { level: proof.level })] : []),
    ...(follows === undefined ? [] : [say('answer {round} on its request', { round: follows.round })]),
    `<span class="faint">${moment(startedAt)}</span>`,
  ];
  return [
    `<details><summary>${badge(say(state), STATE_COLOURS[state])}${about.join(' ')}</summary><div id="${idOf('t', trace.trace)}">`,
    facts({ ...trace, reason: said(trace.reason) }, say),
    ...(steps.length === 0
      ? []
      : [
          `<h3>${say('Steps')}</h3>`,
          table(
            [say('Step'), say('Outcome'), say('Took'), say('What it found')],
            steps.map((step) => stepCells(step, say)),
            [2],
          ),
        ]),
    ...(proof === null
      ? []
      : [
          `<h3>${say('Proof')}</h3>`,
          `<p>${text([proof.level ?? say('none'), ...shownNotes(proof, say), said(proof.detail)].filter(Boolean).join(', '))}</p>`,
          ...(proof.introduced ? [`<p>${say('Brought by {commit}', { commit: text(introducedWords(proof.introduced, say)) })}</p>`] : []),
          proofTable(proof, say),
        ]),
    ...(guard.length === 0
      ? []
      : [
          `<h3>${say('Guard')}</h3>`,
          table(
            [say('Rule'), say('Verdict'), say('Detail')],
            guard.map(({ rule, verdict, detail }) => [text(rule), text(verdict), text(said(detail))]),
          ),
        ]),
    ...(take(diff.length + summary.length)
      ? bodies(diff, summary, say)
      : [
          `<p class="faint">${say('The page is full: see {command}.', { command: `<code>ai-ops status ${text(trace.trace)}</code>` })}</p>`,
        ]),
    '</div></details>',
  ].join('\n');
}

function facts(
  {
    box,
    trace,
    fingerprint,
    mode,
    reason,
    hint,
    request,
    issue = null,
    branch,
    commit,
    costUsd,
    turns,
    modelMs,
    durationMs,
    endedAt,
  }: Trace,
  say: SayHere,
): string {
  const spent = [
    costUsd === null ? say('price unknown') : usd(costUsd),
    turns === null ? '' : say('turns: {turns}', { turns }),
    modelMs === null ? '' : say('{time} in the model', { time: duration(modelMs) }),
  ];
  return factTable([
    [say('Reason'), text(reason)],
    [say('Hint'), text(hint?.replaceAll('{trace}', trace) ?? '')],
    [say('Request'), request === null ? '' : link(request, say(request.state))],
    [say('Issue'), issue === null ? '' : link(issue, say(issue.state))],
    [say('Branch'), text(branch ?? '')],
    [say('Commit'), text(commit ?? '')],
    [say('Cost'), costUsd === null && turns === null ? '' : text(spent.filter(Boolean).join(', '))],
    [say('Took'), endedAt === null ? '' : duration(durationMs)],
    [say('Trace'), say('{trace}, mode {mode}', { trace: text(trace), mode: text(mode) })],
    [say('Box'), text(box ?? '')],
    [say('Incident'), text(fingerprint)],
  ]);
}

function stepCells({ name, outcome, durationMs, summary, error }: StepRecord, say: SayHere): readonly string[] {
  const said = [summary, error?.message].filter(Boolean).join('; ');
  const mark = outcome === 'ok' ? 'good' : outcome === 'failed' ? 'bad' : 'faint';
  return [say(name), `<span class="${mark}">${say(outcome)}</span>`, durationMs === null ? '' : duration(durationMs), text(said)];
}

function proofTable(proof: Proof, say: SayHere): string {
  const rows = proof.commands.map((run) => [
    `<code>${text(commandWords(run, say))}</code>`,
    text(ending(run.before, say)),
    text(ending(run.after, say)),
  ]);
  const printed = proof.output === undefined || proof.output.trim() === '' ? '' : `\n<pre>${block(proof.output)}</pre>`;
  return (rows.length === 0 ? '' : table([say('Command'), say('Before'), say('After')], rows)) + printed;
}

function bodies(diff: string, summary: string, say: SayHere): readonly string[] {
  return [
    ...(diff === '' ? [] : [`<h3>${say('Changes')}</h3>`, `<pre>${block(diff).split('\n').map(diffLine).join('\n')}</pre>`]),
    ...(summary === '' ? [] : [`<h3>${say('What Claude said (its words, not evidence)')}</h3>`, `<pre>${block(summary)}</pre>`]),
  ];
}

/** @param line escaped already */
function diffLine(line: string): string {
  const kind = line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : line.startsWith('@@') ? 'hunk' : undefined;
  return kind === undefined ? line : `<span class="${kind}">${line}</span>`;
}
