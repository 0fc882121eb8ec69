// Repairs for people: a listing, one trace with all that is known of it, and how a repair ended in a few lines.
// Makes lines, prints nothing. What came from a log or from Claude is made harmless before it is coloured.
import type { DeliveryRecord, Issue, Outcome, Proof, Request, StepRecord, Trace, Verdict } from '../../core/model.ts';
import { countWithheld, stripHidden } from '../../core/redact/redact.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { named, type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { introducedWords } from '../../core/texts/last-change.ts';
import { rowOf } from '../../errors.ts';
import { sequelWords } from './after-request.ts';
import type { Paint } from './colors.ts';
import { diffLines } from './diff.ts';
import { labelled } from './output.ts';
import { stateColour } from './states.ts';
import { cutMiddle, cutName, cutPath } from './tables/cut.ts';
import { type Column, harmless, table } from './tables/table.ts';
import { ago, duration, usd, when } from './units.ts';
import { pad, width } from './width.ts';

/** How and when it is looked at. */
export interface Look {
  readonly paint: Paint;
  readonly now: Date;
  /** Width of the terminal; without it nothing is cut. */
  readonly columns?: number | undefined;
  /** English where absent. */
  readonly say?: SayHere;
  /** Address of a file of the checkout, for links; nothing is linked where absent. */
  readonly fileAt?: ((file: string) => string | undefined) | undefined;
}

/** A column of names: of type, function and file so much is seen before anything else of a row. */
export const NAME = { main: true, shrinks: true, least: 36, cut: cutName } as const;

/** A column of repositories: which one it is stands at the end. */
export const REPOSITORY = { shrinks: true, least: 16, cut: cutPath } as const;

/** A name, what there is to say about it, and where the first word of that leads. */
type Fact = readonly [name: string, value: string, address?: string | undefined];

/** With what its incident is called; without it, what the error said stands for it. */
type Named = Trace & { readonly name?: string };

/** Traces as a table, its titles first; no traces give no lines. */
export function traceTable(
  traces: readonly Named[],
  { paint, now, columns, say = sayIn('en'), fileAt }: Look,
  withRepository = false,
  withBox = false,
): readonly string[] {
  const shape: readonly Column<Named>[] = [
    { title: say('STARTED'), cell: (trace) => ago(trace.startedAt, now, say), drops: 4 },
    { title: say('TRACE'), cell: (trace) => trace.trace, paint: (text, trace) => paint.link(text, pageAddress(trace)) },
    { title: say('STATE'), cell: (trace) => say(trace.state), paint: (text, trace) => stateColour(trace.state, paint)(text) },
    ...(withRepository ? [{ title: say('REPOSITORY'), cell: (trace: Named) => trace.repository ?? '-', ...REPOSITORY } as const] : []),
    ...(withBox ? [{ title: say('BOX'), cell: (trace: Named) => trace.box ?? '-', shrinks: true } as const] : []),
    {
      title: say('INCIDENT'),
      cell: (trace) => trace.name ?? trace.title,
      paint: (text) => linkPlace(text, paint, fileAt),
      ...NAME,
    },
    { title: say('PROOF'), cell: (trace) => trace.proof?.level ?? '-', drops: 2 },
    { title: say('COST'), cell: (trace) => (trace.costUsd === null ? '-' : usd(trace.costUsd)), align: 'right', drops: 3 },
    {
      title: say('REQUEST'),
      cell: (trace) => requestCell(trace, say),
      paint: (text, trace) => paint.link(text, pageAddress(trace)),
      drops: 1,
    },
    { title: say('FINGERPRINT'), cell: ({ fingerprint }) => shortFingerprint(fingerprint), drops: 5 },
  ];
  return titled(table(shape, traces, columns), paint);
}

/** The first file with a line in a name, where it is one that may be linked. */
export function linkPlace(text: string, paint: Paint, fileAt: Look['fileAt']): string {
  return fileAt === undefined ? text : text.replace(/[^\s·:]+(?=:\d)/, (file) => paint.link(file, fileAt(file)));
}

const pageAddress = ({ request, issue }: Trace): string | undefined => request?.url ?? issue?.url;

/** The request, or the issue in place of one. */
function requestCell({ request, issue }: Trace, say: SayHere): string {
  if (request === null) return issue ? (issue.number === null ? say('issue') : say('issue #{number}', { number: issue.number })) : '-';
  return request.number === null ? say(request.state) : `#${request.number}`;
}

/** One trace as a page: facts, Claude's words, steps, proof, guard, diff. */
export function traceLines(trace: Named, look: Look): readonly string[] {
  const { paint, say = sayIn('en') } = look;
  const { proof, guard, diff, summary } = trace;
  return [
    paint.strong(harmless(trace.name ?? trace.title)),
    '',
    ...facts(trace, look),
    ...(summary === '' ? [] : section('Claude said', '', quoted(summary, paint), look)),
    ...(trace.steps.length === 0 ? [] : section('steps', '', stepLines(trace, look), look)),
    ...(proof === null ? [] : section('proof', proofWords(proof, say), [...proofTable(proof, look), ...printed(proof, look)], look)),
    ...(guard.length === 0 ? [] : section('guard', objections(guard, say), guardTable(guard, look), look)),
    ...(diff === '' ? [] : section('changes', changeWords(trace, say), diffLines(diff, paint), look)),
  ];
}

/** How a repair ended: the last words of `fix` and `demo`, and what `watch` says each time. */
/** @param called what its incident is called, and what may be typed for it */
export function outcomeLines(
  outcome: Outcome,
  { paint, say = sayIn('en'), fileAt }: Pick<Look, 'paint' | 'say' | 'fileAt'>,
  called?: string,
): readonly string[] {
  const { proof, guard, hint, trace } = outcome;
  const rows: readonly Fact[] = [
    ...fact('hint', hint === undefined ? undefined : toldHint(outcome, say)),
    ...results(outcome, say),
    ...(outcome.files.length === 0 ? [] : fact('changes', changeWords(outcome, say), outcome.files[0]?.path)),
    ...(proof === null ? [] : fact('proof', proofWords(proof, say))),
    ...(proof?.commands ?? []).flatMap((run) =>
      fact(
        '',
        say('{command}: {before} before, {after} after', {
          ...{ command: commandWords(run, say), before: ending(run.before, say), after: ending(run.after, say) },
        }),
      ),
    ),
    ...fact('brought by', proof?.introduced ? introducedWords(proof.introduced, say) : undefined),
    ...guard
      .filter(({ verdict }) => verdict !== 'allow')
      .flatMap(({ verdict, detail }) => fact('guard', say('{name}: {said}', { name: say(verdict), said: say.told(detail) }))),
    ...fact('trace', trace === '' ? '' : say('{trace}; see {command}', { trace, command: `\`ai-ops status ${trace}\`` })),
    ...fact('incident', called),
  ];
  const names = widestName(rows, say);
  const colour = stateColour(outcome.outcome, paint);
  const kind = outcome.reason.startsWith(outcome.outcome)
    ? ''
    : say('{name}: {said}', { name: ` ${say(outcome.outcome)}`, said: '' }).trimEnd();
  return [
    `${colour(OUTCOME_SIGNS[outcome.outcome] + kind)}${kind.endsWith('：') ? '' : ' '}${harmless(toldReason(outcome, say))}`,
    ...rows.map((row) => `  ${linkPlace(factLine(row, { paint, say, fileAt, names }), paint, row[0] === 'incident' ? fileAt : undefined)}`),
  ];
}

const OUTCOME_SIGNS = { proposed: '✓', issued: '✓', declined: '-', refused: '✗', failed: '✗', skipped: '-' } as const;
const STEP_SIGNS = { running: '…', ok: '✓', failed: '✗', skipped: '-', interrupted: '!' } as const;
const STEP_COLOURS = { running: 'accent', ok: 'good', failed: 'bad', skipped: 'faint', interrupted: 'warning' } as const;
function facts(trace: Named, { paint, now, say = sayIn('en'), fileAt }: Look): readonly string[] {
  const { state, startedAt, endedAt } = trace;
  const isRunning = state === 'running';
  const rows: readonly Fact[] = [
    ...fact('reason', isRunning ? undefined : toldReason(trace, say)),
    ...fact('since', trace.sequel === undefined ? undefined : sequelWords({ ...trace, request: null }, say)),
    ...fact('hint', trace.hint === undefined ? undefined : elsewhere(toldHint(trace, say), trace)),
    ...fact('says', trace.name === undefined || trace.name === trace.title ? undefined : trace.title),
    ...fact('of', trace.repository),
    ...fact('on', trace.box),
    ...fact('trace', say('{trace}, mode {mode}', { trace: trace.trace, mode: trace.mode })),
    ...fact('started', say('{one}, {other}', { one: when(startedAt), other: ago(startedAt, now, say) })),
    // A trace without an ending has no duration of its own.
    ...fact('took', endedAt === null ? undefined : duration(trace.durationMs)),
    ...fact('runs for', isRunning ? sinceThen(startedAt, now) : undefined),
    ...results(trace, say),
    ...fact('apply by', trace.request === null && isPatch(trace.diff) ? `ai-ops status ${trace.trace} --diff | git apply` : undefined),
    ...fact('brought by', trace.proof?.introduced ? introducedWords(trace.proof.introduced, say) : undefined),
    ...(trace.deliveries ?? []).flatMap((delivery) => fact(delivery.notifier, deliveryWords(delivery, say))),
    ...fact('incident', trace.fingerprint),
  ];
  const look = { paint, say, fileAt, names: widestName(rows, say) };
  return [factLine(['state', say(state)], look, stateColour(state, paint)), ...rows.map((row) => factLine(row, look))];
}

/** What a repair has left behind, and what it cost. */
function results({ request, issue, branch, commit, costUsd, turns, modelMs, withheld = 0 }: Outcome, say: SayHere): readonly Fact[] {
  const spent = [
    costUsd === null ? say('price unknown') : usd(costUsd),
    ...(turns === null ? [] : [turns === 1 ? say('1 turn') : say('{turns} turns', { turns })]),
    ...(modelMs === null ? [] : [say('{time} in the model', { time: duration(modelMs) })]),
  ];
  return [
    ...fact('request', request === null ? undefined : withState(request, say), request?.url),
    ...fact('issue', issue ? withState(issue, say) : undefined, issue?.url),
    ...(request?.takeOver ?? []).flatMap((command, index) => fact(index === 0 ? 'apply by' : 'or by', command)),
    ...fact('branch', branch ?? undefined),
    ...fact('commit', commit ?? undefined),
    ...fact('cost', costUsd === null && turns === null && modelMs === null ? undefined : joined(spent, say)),
    ...fact('withheld', withheld === 0 ? undefined : secretWords(withheld, say)),
  ];
}

function deliveryWords({ kind, state, tries, detail, dueAt }: DeliveryRecord, say: SayHere): string {
  const next = state === 'queued' || state === 'held' ? [say('next {when}', { when: when(dueAt).slice(11) })] : [];
  const counted = tries > 1 ? [say('{tries} tries', { tries })] : [];
  const details = detail === '' ? [] : [say.told(detail)];
  // What became of a message that has gone is what its notifier says of it: a mail may have gone to some, or into a file.
  const hasGone = state === 'sent' && detail !== '';
  const [first = '', ...more] = hasGone ? [...details, ...counted] : [named(state, say), ...counted, ...next, ...details];
  return joined([say('{name}: {said}', { name: named(kind, say), said: first }), ...more], say);
}

/** In the marks of the language. */
export const joined = (parts: readonly string[], say: SayHere): string =>
  parts.length === 0 ? '' : parts.reduce((one, other) => say('{one}, {other}', { one, other }));

export const secretWords = (count: number, say: SayHere): string => (count === 1 ? say('1 secret') : say('{count} secrets', { count }));

/** The words of a reason and of a hint are those of its error, where it has one. */
function toldOf({ code, reason, hint = '' }: Pick<Outcome, 'code' | 'reason' | 'hint'>, say: SayHere): { message: string; hint: string } {
  if (say.language() === 'en') return { message: reason, hint };
  const told = errorIn(say.language(), code, rowOf(code), { message: reason, hint });
  return { message: say.told(told.message), hint: say.told(told.hint) };
}
const toldReason = (outcome: Pick<Outcome, 'code' | 'reason' | 'hint'>, say: SayHere): string => toldOf(outcome, say).message;
const toldHint = (outcome: Pick<Outcome, 'code' | 'reason' | 'hint'>, say: SayHere): string => toldOf(outcome, say).hint;

function fact(name: string, value: string | undefined, address?: string): readonly Fact[] {
  return value === undefined || value === '' ? [] : [[name, value, address]];
}

const LEAST_NAME = 8;

/** Columns of the names of facts that stand below each other. */
export const widestName = (rows: readonly (readonly [name: string, ...unknown[]])[], say: SayHere): number =>
  Math.max(LEAST_NAME, ...rows.map(([name]) => width(named(name, say))));

function factLine(
  [name, value, address]: Fact,
  { paint, say = sayIn('en'), fileAt, names = LEAST_NAME }: Pick<Look, 'paint' | 'say' | 'fileAt'> & { readonly names?: number },
  colour: (text: string) => string = (text) => text,
): string {
  const [word = '', ...rest] = harmless(value).split(' ');
  const first = address === undefined ? word : paint.link(word, fileAt?.(address) ?? address);
  return `${paint.faint(pad(named(name, say), names))}  ${colour([first, ...rest].join(' '))}`;
}

function section(
  title: string,
  said: string,
  lines: readonly string[],
  { paint, say = sayIn('en') }: Pick<Look, 'paint' | 'say'>,
): readonly string[] {
  const name = named(title, say);
  const heading = said === '' ? paint.strong(name) : say('{name}: {said}', { name: paint.strong(name), said: harmless(said) });
  return ['', heading, ...lines.map((line) => `  ${line}`)];
}

/** What a hint says on the page of its own trace: not that this page is to be read. */
const elsewhere = (hint: string, { trace }: Pick<Trace, 'trace'>): string =>
  hint
    .replaceAll('{trace}', trace)
    .split(/[;；]\s*/)
    .filter((part) => !part.includes(`\`ai-ops status ${trace}\``))
    .join('; ');

/** Whole, and with nothing taken out of it: `git apply` takes it. */
export const isPatch = (diff: string): boolean =>
  /^(?:diff --git|---) /.test(diff) && !/^\[\d+ characters left out\]$/m.test(diff) && countWithheld(diff) === 0;

function stepLines({ trace, steps, reason, hint }: Trace, { paint, now, say = sayIn('en') }: Look): readonly string[] {
  const names = Math.max(...steps.map((step) => width(say(step.name))));
  return steps.flatMap((step) => {
    const told = step.error && toldOf({ ...step.error, reason: step.error.message }, say);
    // What the trace ended with stands above all steps.
    const isSaid = step.error?.message === reason && step.summary !== '';
    const error = told && { message: isSaid ? '' : told.message, hint: step.error?.hint === hint ? '' : elsewhere(told.hint, { trace }) };
    const said = harmless([say.told(step.summary), error?.message].filter(Boolean).join(say.language() === 'en' ? '; ' : '；'));
    const took = pad(step.outcome === 'running' ? sinceThen(step.startedAt, now) : stepTime(step), 8, 'right');
    const sign = paint[STEP_COLOURS[step.outcome]](STEP_SIGNS[step.outcome]);
    const line = `${sign} ${pad(say(step.name), names)}  ${paint.faint(`${clockTime(step.startedAt)}  ${took}`)}  ${said}`.trimEnd();
    if (error === undefined || error.hint === '') return [line];
    return [line, `  ${pad('', names)}  ${labelled('hint:', harmless(error.hint), say, paint.accent)}`];
  });
}

function proofTable({ commands }: Proof, { paint, columns, say = sayIn('en') }: Look): readonly string[] {
  const shape: readonly Column<Proof['commands'][number]>[] = [
    { title: say('COMMAND'), cell: (run) => commandWords(run, say), shrinks: true, least: 16, main: true, cut: cutMiddle },
    { title: say('BEFORE'), cell: (run) => timed(run.before, say) },
    {
      title: say('AFTER'),
      cell: (run) => timed(run.after, say),
      paint: (text, run) => (run.after.exitCode === 0 ? paint.good : paint.bad)(text),
    },
  ];
  return titled(table(shape, commands, narrower(columns)), paint);
}

/** What the failing command printed: the words of somebody else's program. */
function printed({ output }: Proof, { paint, say = sayIn('en') }: Look): readonly string[] {
  return output === undefined || output.trim() === '' ? [] : [paint.faint(say('OUTPUT')), ...quoted(output, paint)];
}

function guardTable(guard: readonly Verdict[], { paint, columns, say = sayIn('en') }: Look): readonly string[] {
  const colours = { allow: paint.good, draft: paint.warning, 'patch-only': paint.warning, refuse: paint.bad };
  const shape: readonly Column<Verdict>[] = [
    { title: say('RULE'), cell: (row) => row.rule },
    { title: say('VERDICT'), cell: (row) => say(row.verdict), paint: (text, row) => colours[row.verdict](text) },
    { title: say('DETAIL'), cell: (row) => say.told(row.detail), main: true },
  ];
  return titled(table(shape, guard, narrower(columns)), paint);
}

/** Claude's words as words of somebody else. */
function quoted(text: string, paint: Paint): readonly string[] {
  const lines = stripHidden(text).trim().split('\n');
  return lines.map((line) => `${paint.faint('│')} ${line}`.trimEnd());
}

/** A table with its titles in the background. */
function titled([titles, ...lines]: readonly string[], paint: Paint): readonly string[] {
  return titles === undefined ? [] : [paint.faint(titles), ...lines];
}

type Run = Proof['commands'][number]['after'] | null;

/** What stands in for the base commit is named; so is what proves nothing. */
export function commandWords({ command, variant, flaky }: Proof['commands'][number], say: SayHere = sayIn('en')): string {
  const of = variant === 'tests-only' ? 'new tests alone' : variant === 'fix-removed' ? 'fix taken away' : flaky ? 'flaky' : undefined;
  return of ? say('{command} ({which})', { command, which: say(of) }) : command;
}

export function ending(run: Run, say: SayHere = sayIn('en')): string {
  if (run === null) return say('not run');
  return run.exitCode === null ? say('ended by a signal') : say('exit {code}', { code: run.exitCode });
}
const timed = (run: Run, say: SayHere): string =>
  run === null ? ending(run, say) : say('{exit}, {time}', { exit: ending(run, say), time: duration(run.durationMs) });
const proofWords = (proof: Proof, say: SayHere): string =>
  joined([proof.level ?? say('none'), ...shownNotes(proof, say), say.told(proof.detail ?? '')].filter(Boolean), say);

/** Nothing of a proof that did not ask. */
export const shownNotes = ({ reproduced, isolation }: Proof, say: SayHere = sayIn('en')): readonly string[] => [
  ...(reproduced === undefined ? [] : [say('reproduced: {answer}', { answer: say(reproduced) })]),
  ...(isolation === undefined ? [] : [isolationNote(isolation, say)]),
];

function isolationNote({ sandbox, network }: NonNullable<Proof['isolation']>, say: SayHere): string {
  if (sandbox === 'none') return say('without a sandbox');
  return say(network ? 'in a sandbox ({sandbox}) with the network' : 'in a sandbox ({sandbox}) without the network', { sandbox });
}

const stepTime = ({ durationMs }: StepRecord): string => (durationMs === null ? '' : duration(durationMs));
const sinceThen = (time: string, now: Date): string => duration(Math.max(0, now.getTime() - Date.parse(time)));
const clockTime = (time: string): string => when(time).slice(11, 19);
/** Sections are indented by two columns. */
const narrower = (columns: number | undefined): number | undefined => (columns === undefined ? undefined : columns - 2);

function withState({ url, number, state }: Pick<Request | Issue, 'url' | 'number' | 'state'>, say: SayHere): string {
  return number === null
    ? say('{url} ({state})', { url, state: named(state, say) })
    : say('{url} (#{number}, {state})', { url, number, state: named(state, say) });
}

function changeWords({ files }: Outcome, say: SayHere): string {
  const words = files.map(({ path, status, added, removed }) =>
    say('{path} ({status}, +{added} −{removed})', { path, status: named(status, say), added, removed }),
  );
  return joined(words, say);
}

function objections(guard: readonly Verdict[], say: SayHere): string {
  const count = guard.filter(({ verdict }) => verdict !== 'allow').length;
  return count === 0 ? say('no objection') : count === 1 ? say('1 objection') : say('{count} objections', { count });
}
