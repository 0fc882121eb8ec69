// The `Source` for a command that prints logs. One stream; the cursor of the last record stands in its position, and so in the
// same write as the counts. A command that ends is begun again from there, one that fails after a while that grows.
import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../../core/defined.ts';
import { argumentsOf, LEADING_TIME, type LogCommand, timeFor } from '../../../core/log-commands.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../../errors.ts';
import type { LongRunning, Source, SourceSink } from '../../../ports.ts';
import { createOverlap, NOTHING_REACHED, type Overlap } from '../overlap.ts';
import { createRecordStream, type RecordStream } from '../records.ts';
import { earlier, isByTime } from './lines.ts';
import { createRunReading, type Given } from './reading.ts';
import { readState, type State, tokenOf } from './state.ts';

export interface CommandSourceOptions {
  /** The source as people see it, and its stream. */
  readonly name: string;
  readonly spec: LogCommand;
  /** For people: why it is read in this way. */
  readonly why: string;
  readonly programs: LongRunning;
  readonly env: Readonly<Record<string, string>>;
  readonly dir: string;
  readonly now: () => number;
  readonly pace?: Partial<Pace>;
}

export interface Pace {
  /** Before a command that has ended is begun again; doubled each time, up to the next one. */
  readonly pauseMs: number;
  readonly longestPauseMs: number;
  /** The same for one that has failed. */
  readonly longestBackOffMs: number;
  /** After so many failures in a row it is told that it has failed, and tried in this time only. */
  readonly failures: number;
  readonly restMs: number;
  /** Without a word for so long, nothing more is expected for now. */
  readonly idleMs: number;
  /** With `once`: a command that is silent for so long is done. */
  readonly silenceMs: number;
}

const PACE: Pace = {
  ...{ pauseMs: 1000, longestPauseMs: 10_000, longestBackOffMs: 60_000, failures: 10, restMs: 600_000 },
  ...{ idleMs: 150, silenceMs: 30_000 },
};
/** With `once` what fails in passing is tried so often. */
const TRIES_ONCE = 3;
/** Last lines of its standard error that are told. */
const TOLD_LINES = 20;
const MOST_SAID = 200;

export function createCommandSource(options: CommandSourceOptions): Source {
  const { name, why } = options;
  const pace = { ...PACE, ...options.pace };
  return {
    follow: async (sink, { from, once, checkpoints, signal }) => {
      const stored = from === 'end' ? undefined : readState(checkpoints.find(({ position }) => position.stream === name));
      const state: State = stored ?? { reached: NOTHING_REACHED, startedMs: from === 'start' ? undefined : options.now() };
      const stream = createRecordStream(sink, { source: name, stream: name });
      stream.opened(tokenOf(state), why);
      sink.ready([{ source: name, offset: 0 }]);
      const reader = createRuns(options, pace, { sink, stream, state, once });
      if (once) await readOnce(reader, signal);
      else await readOn(reader, pace, { sink, stream, name }, signal);
      if (!signal.aborted) await stream.ended();
    },
  };
}

/** How a run has ended. */
interface Ran {
  readonly isNew: boolean;
  /** There is more to be had at once. */
  readonly isCut: boolean;
  readonly error?: AiOpsError;
}

type Runs = (signal: AbortSignal) => Promise<Ran>;

async function readOnce(run: Runs, signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const { error, isCut } = await run(signal);
    if (error === undefined) {
      if (!isCut) return;
      continue;
    }
    failures += 1;
    if (failures === TRIES_ONCE || error.code !== 'log-command') throw error;
    await pause(PACE.pauseMs * failures, signal);
  }
}

async function readOn(
  run: Runs,
  pace: Pace,
  { sink, stream, name }: { readonly sink: SourceSink; readonly stream: RecordStream; readonly name: string },
  signal: AbortSignal,
): Promise<void> {
  let [failures, empty] = [0, 0];
  let told = '';
  while (!signal.aborted) {
    const { isNew, isCut, error } = await run(signal);
    if (signal.aborted) return;
    failures = error === undefined ? 0 : isNew ? 1 : failures + 1;
    empty = isNew ? 0 : Math.min(empty + 1, 16);
    const isGivenUp = failures >= pace.failures;
    const words = error === undefined ? '' : isGivenUp ? `${error.message}; failed ${pace.failures} times` : error.message;
    if (words !== '' && words !== told) sink.trouble(name, words);
    if (isNew || error !== undefined) told = words;
    const backOff = Math.min(pace.longestBackOffMs, pace.pauseMs * 2 ** Math.max(0, failures - 1));
    const ended = isCut ? 0 : Math.min(pace.longestPauseMs, pace.pauseMs * 2 ** empty);
    await quietly(stream, isGivenUp ? pace.restMs : error === undefined ? ended : backOff, pace.idleMs, signal);
  }
}

/** Waits, and says that nothing comes as long as somebody wants to hear it. */
async function quietly(stream: RecordStream, ms: number, idleMs: number, signal: AbortSignal): Promise<void> {
  let left = ms;
  for (let isHeard = true; isHeard && left > 0 && !signal.aborted; left -= idleMs) {
    await pause(Math.min(left, idleMs), signal);
    if (!signal.aborted) isHeard = await stream.idle();
  }
  if (left > 0) await pause(left, signal);
}

/** @returns what begins the command once more, where the last run has come to, and reads it until it ends */
function createRuns(
  { name, spec, programs, env, dir }: CommandSourceOptions,
  pace: Pace,
  { sink, stream, state, once }: { sink: SourceSink; stream: RecordStream; state: State; once: boolean },
): Runs {
  const span = isByTime(spec) ? (spec.overlapSeconds ?? 0) * 1000 : 0;
  const given: Given = { records: 0, last: undefined };
  const said = new Set<string>();
  let overlap: Overlap = createOverlap(span, state.reached);
  let { startedMs } = state;
  /** What was cut within the overlap, or is forgotten there: the next run begins at the end of it. */
  let isWithin = false;
  const gap = (reason: string): void => sink.gap({ source: name, stream: name, reason });
  const say = (lines: readonly string[]): void => {
    for (const line of lines) {
      if (line.trim() === '' || said.has(line) || said.size >= MOST_SAID) continue;
      said.add(line);
      sink.said?.(name, line);
    }
  };

  return async (signal) => {
    overlap.again();
    const { cursor } = overlap.asOf(overlap.taken);
    const isTime = spec.cursor === LEADING_TIME;
    const asked = cursor ?? (startedMs === undefined ? undefined : timeFor(spec, new Date(startedMs)));
    const argv = argumentsOf(spec, { once, ...defined({ cursor: asked && earlier(asked, isWithin ? 0 : span), startedMs }) });
    const own = overlap;
    const reading = createRunReading(spec, {
      ...{ stream, overlap: own, given },
      encode: (reached) => tokenOf({ reached, startedMs }),
      gap: () => gap(`the record that was read last is not there any more (${cursor}): what came right after it is lost`),
    });
    const turn = inTurn();
    const talk: string[] = [];
    const stop = new AbortController();
    const ending = AbortSignal.any([signal, stop.signal]);
    let heardAt = performance.now();
    let isPlanned = false;
    const end = (): void => {
      isPlanned = true;
      stop.abort();
    };
    const renewal = spec.renewSeconds === undefined || once ? undefined : setTimeout(end, spec.renewSeconds * 1000);
    let broken: unknown;
    let [isHeard, isAsking] = [true, false];
    const idler = setInterval(() => {
      const silence = performance.now() - heardAt;
      if (once && silence >= pace.silenceMs) end();
      if (silence < pace.idleMs || !isHeard || isAsking || ending.aborted || once) return;
      isAsking = true;
      turn(async () => {
        if (performance.now() - heardAt >= pace.idleMs) isHeard = await stream.idle();
        isAsking = false;
      }).catch((thrown: unknown) => {
        broken ??= thrown;
        stop.abort();
      });
    }, pace.idleMs);
    const hear = (bytes: Buffer, isSecondLog: boolean): Promise<void> =>
      turn(async () => {
        if (signal.aborted) return;
        [heardAt, isHeard] = [performance.now(), true];
        const lines = await reading.take(bytes, isSecondLog);
        if (isSecondLog || spec.isStamped) talk.push(...lines);
        talk.splice(0, talk.length - TOLD_LINES);
        say(lines);
      }).catch((thrown: unknown) => {
        broken ??= thrown;
        stop.abort();
      });
    const talked = createTalk();
    try {
      const { exitCode, signal: by } = await programs.run({
        ...{ argv, dir, env, signal: ending },
        stdout: (bytes) => hear(bytes, false),
        stderr: async (bytes) => {
          if (spec.hasTwoLogs) return hear(bytes, true);
          const lines = talked(bytes);
          talk.push(...lines);
          talk.splice(0, talk.length - TOLD_LINES);
          say(lines);
        },
      });
      if (broken) throw broken;
      if (signal.aborted) return { isNew: reading.isNew, isCut: false };
      if (exitCode !== 0 && !isPlanned) {
        const words = talk.join(' | ');
        if (spec.lost !== undefined && cursor !== undefined && words.includes(spec.lost)) {
          // What is asked for again may be forgotten where the cursor itself is not.
          if (span > 0 && !isWithin) {
            isWithin = true;
            return { isNew: true, isCut: true };
          }
          gap(`the cursor ${cursor} is not known there any more: what came after it may be lost`);
          [overlap, startedMs] = [createOverlap(span), undefined];
          return { isNew: true, isCut: true };
        }
        return { isNew: reading.isNew, isCut: false, error: failure(name, words, exitCode === null ? `by ${by}` : `with ${exitCode}`) };
      }
      await turn(() => reading.finish());
      isWithin = reading.isCut;
      // It may be told to go on where it is refused, and then ends well with nothing.
      const words = talk.join(' | ');
      if (spec.isStamped && !reading.hasRecords && REFUSED.test(words))
        return { isNew: false, isCut: false, error: failure(name, words, 'with 0') };
      if (spec.isInclusive && isTime && reading.isNew && !reading.isConnected && cursor !== undefined)
        gap(`the record that was read last is not there any more (${cursor}): what came right after it may be lost`);
      return { isNew: reading.isNew, isCut: reading.isCut };
    } catch (thrown) {
      if (broken || !['program-not-found', 'directory-gone'].includes(asAiOpsError(thrown).code)) throw broken ?? thrown;
      return { isNew: false, isCut: false, error: asAiOpsError(thrown) };
    } finally {
      clearTimeout(renewal);
      clearInterval(idler);
      // What was heard last may still be on its way.
      await turn(async () => undefined);
    }
  };
}

const REFUSED =
  /unauthori[sz]ed|forbidden|access ?denied|permission denied|expired ?token|token\b.{0,40}\bexpired|not logged in|credentials|authenticat|\b40[13]\b/i;

function failure(source: string, words: string, ending: string): AiOpsError {
  const detail = words === '' ? `it ended ${ending}` : words.slice(-2000);
  return REFUSED.test(words) ? fail('log-refused', { source, detail }) : fail('log-command', { source, ending, detail });
}

/** Whole lines of what it says. */
function createTalk(): (bytes: Buffer) => readonly string[] {
  let half = '';
  return (bytes) => {
    const lines = `${half}${bytes.toString('utf8')}`.split(/\r?\n/);
    half = lines.pop() ?? '';
    // A tool may end without a newline.
    if (half.length > 0 && lines.length === 0) {
      lines.push(half);
      half = '';
    }
    return lines.filter((line) => line !== '');
  };
}

function inTurn(): <T>(call: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (call) => {
    const done = last.then(call);
    last = done.catch(() => undefined);
    return done;
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
