// Live progress of repairs: on a terminal one finished line per step and a spinner for the running one; elsewhere one
// plain line per finished step. Implements the `Progress` port; writes to standard error only.
import { defined } from '../../core/defined.ts';
import type { StepRecord } from '../../core/model.ts';
import { errorIn } from '../../core/texts/chinese/errors.ts';
import { type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { rowOf } from '../../errors.ts';
import type { Details, Progress } from '../../ports.ts';
import type { Paint } from './colors.ts';
import { cleaned, type Sink } from './output.ts';
import { harmless } from './tables/table.ts';
import { duration } from './units.ts';
import { clip, pad, width } from './width.ts';

export interface ProgressOptions {
  readonly stream: Sink;
  readonly paint: Paint;
  /** Moves the cursor; see `wantsAnimation`. */
  readonly animated: boolean;
  /** Says nothing at all: `--quiet` and `--json`. */
  readonly silent: boolean;
  /** Milliseconds now, for the running time beside the spinner. */
  readonly now: () => number;
  /** English where absent. */
  readonly say?: SayHere;
  /** Where no spinner shows it, a step that takes this long is said while it runs; in ms. */
  readonly slowMs?: number;
  /** Given on to whoever is given the progress. */
  readonly details?: Details;
}

/** Progress that owns the last line of a terminal until it is stopped. */
export interface LiveProgress extends Progress {
  /** A line of `details.ts`; not silenced. */
  detail(text: string): void;
  /** Ends the spinner and gives the line back. Safe to call twice. */
  stop(): void;
}

interface Running {
  readonly step: StepRecord;
  readonly since: number;
  readonly doing?: string;
  /** Says it, where no spinner does. */
  readonly slow: NodeJS.Timeout | undefined;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const INTERVAL_MS = 100;
/** Nobody who reads a log takes longer silence for work. */
const SLOW_MS = 5000;
const ERASE_LINE = '\r\u001b[2K';
const NAME_COLUMNS = 9;
const TIME_COLUMNS = 8;
/** Sign, name and time of a finished step. */
const HEAD_COLUMNS = 2 + NAME_COLUMNS + 1 + TIME_COLUMNS + 2;

/** Makes the progress display of one run. */
export function createProgress(options: ProgressOptions): LiveProgress {
  const { stream, paint, animated, silent, now, details, say = sayIn('en'), slowMs = SLOW_MS } = options;
  const running = new Map<string, Running>();
  const traces = new Set<string>();
  const colored = paint.good('') !== '';
  let timer: NodeJS.Timeout | undefined;
  let frame = 0;

  const erase = (): void => void (animated && running.size > 0 && stream.write(ERASE_LINE));
  const print = (text: string): void => {
    erase();
    stream.write(`${cleaned(text, colored)}\n`);
    draw();
  };
  const draw = (): void => {
    const last = [...running.entries()].at(-1);
    if (!animated || last === undefined) return;
    const [key, { step, since, doing }] = last;
    const spent = now() - since;
    const name = prefix(key.slice(0, key.lastIndexOf(' '))) + pad(say(step.name), NAME_COLUMNS);
    const more = [spent >= 1000 ? duration(spent) : '', harmless(say.told(doing ?? step.summary))].filter(Boolean).join('  ');
    const line = fitted(`${FRAMES[frame % FRAMES.length]} ${name} ${more}`, (stream.columns ?? 80) - 1);
    stream.write(ERASE_LINE + paint.accent(line.slice(0, 1)) + line.slice(1));
  };
  const tick = (): void => {
    frame += 1;
    draw();
  };
  /** Off a terminal: once, when it has taken long. */
  const saySlow = (trace: string, key: string): void => {
    const found = running.get(key);
    if (found === undefined) return;
    const name = prefix(trace) + pad(say(found.step.name), NAME_COLUMNS);
    print(`${paint.accent('…')} ${name} ${pad('', 8)}  ${harmless(say.told(found.doing ?? found.step.summary))}`.trimEnd());
  };
  const stop = (): void => {
    erase();
    for (const { slow } of running.values()) clearTimeout(slow);
    running.clear();
    clearInterval(timer);
    timer = undefined;
  };
  /** The trace is named only while several are under way or have been: by its beginning, which may be typed. */
  const prefix = (trace: string): string => (traces.size > 1 ? `${trace.slice(0, 8)} ` : '');

  return {
    step: (trace, step) => {
      if (silent) return;
      traces.add(trace);
      const key = `${trace} ${step.name}`;
      if (step.outcome === 'running') {
        const slow = animated ? undefined : setTimeout(() => saySlow(trace, key), slowMs).unref();
        running.set(key, { step, since: now(), slow });
        if (animated && timer === undefined) timer = setInterval(tick, INTERVAL_MS).unref();
        draw();
        return;
      }
      erase();
      clearTimeout(running.get(key)?.slow);
      running.delete(key);
      if (running.size === 0) stop();
      const name = prefix(trace);
      // On a terminal one line is one step: `ai-ops status` has all of it. What went wrong is never cut.
      const room = animated && step.outcome === 'ok' ? (stream.columns ?? 80) - name.length - HEAD_COLUMNS : undefined;
      print(name + finished(step, paint, room, say));
    },
    doing: (trace, words) => {
      const [key, found] = [...running].findLast(([each]) => each.startsWith(`${trace} `)) ?? [];
      if (key === undefined || found === undefined) return;
      running.set(key, { ...found, doing: words });
      draw();
    },
    note: (message) => void (!silent && print(say.told(message))),
    ...defined({ details }),
    detail: (text) => print(paint.faint(text)),
    stop,
  };
}

/** Shortest that a command is cut to, with its marks. */
const LEAST_COMMAND = 12;

/** At most so many columns: commands give way first, in their middle, for what they came to stands behind them. */
function fitted(text: string, columns: number): string {
  let fits = text;
  for (const [command] of text.matchAll(/`[^`]{12,}`/g)) {
    const excess = width(fits) - columns;
    if (excess <= 0) break;
    const kept = Math.max(LEAST_COMMAND, width(command) - excess) - 3;
    const inside = command.slice(1, -1);
    const [head, tail] = [Math.ceil(kept / 2), Math.floor(kept / 2)];
    if (kept < inside.length) fits = fits.replace(command, () => `\`${inside.slice(0, head)}…${inside.slice(inside.length - tail)}\``);
  }
  return clip(fits, columns);
}

/** A finished step as one line, understandable without colour. @param room columns for what it found; all of it without */
export function finished(step: StepRecord, paint: Paint, room = Number.POSITIVE_INFINITY, say: SayHere = sayIn('en')): string {
  const time = step.durationMs === null ? '' : pad(duration(step.durationMs), TIME_COLUMNS, 'right');
  const took = paint.faint(time);
  // An hour of tests takes more room to tell.
  const said = fitted(harmless(toldOf(step, say)), Math.max(room - Math.max(0, width(time) - TIME_COLUMNS), 20));
  return `${sign(step, paint)} ${pad(say(step.name), NAME_COLUMNS)} ${took}  ${said}`.trimEnd();
}

function toldOf({ error, summary }: StepRecord, say: SayHere): string {
  if (error === undefined) return say.told(summary);
  return say.told(errorIn(say.language(), error.code, rowOf(error.code), error).message);
}

function sign({ outcome }: StepRecord, paint: Paint): string {
  if (outcome === 'ok') return paint.good('✓');
  if (outcome === 'failed') return paint.bad('✗');
  return outcome === 'skipped' ? paint.faint('-') : paint.warning('!');
}
