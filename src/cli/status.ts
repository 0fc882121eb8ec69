// `ai-ops status [TRACE]`: the traces, newest first, or one with all that is known of it; `--watch` keeps it live.
// Reads the ledger only: nothing is created, no lock is taken. `--refresh` asks the host first, and stores what it says.
import type { LoadedConfig } from '../config/load.ts';
import type { Trace } from '../core/model.ts';
import { shortFingerprint } from '../core/texts/branch.ts';
import { EXIT, fail } from '../errors.ts';
import type { TraceFilter, TraceStore } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { isFingerprint, theOne } from './naming/choose.ts';
import { createNames, type Names } from './naming/names.ts';
import { wantsAnimation } from './output/colors.ts';
import { traceJson } from './output/json.ts';
import { createLive } from './output/live.ts';
import { harmless } from './output/tables/table.ts';
import { isPatch, type Look, traceLines, traceTable } from './output/trace.ts';
import { parseMoment, when } from './output/units.ts';
import { checkWeb } from './terminal/check-web.ts';
import { linkedFiles } from './terminal/linked-files.ts';

type Options = OptionsOf['status'];
type Store = Pick<TraceStore, 'traces'>;

/** What is looked at: read anew each time, and how it is shown. */
interface View {
  read(now: Date): Promise<readonly Trace[]>;
  lines(traces: readonly Trace[], look: Look): Promise<readonly string[]>;
  /** One that has changed, where nothing can be drawn in place. */
  change(trace: Trace, look: Look): Promise<readonly string[]>;
  json(trace: Trace): object;
  /** Said where there is nothing. */
  readonly empty:
    | 'no such traces'
    | 'no traces yet: `ai-ops watch` and `ai-ops fix` make them'
    | 'the trace is gone: it has become too old';
}

/** How often `--watch` looks at the file's stamp. */
const INTERVAL_MS = 500;

export async function run(context: CommandContext, [typed]: readonly string[], options: Options): Promise<number> {
  if (options.web) checkWeb(context, typed, 'status');
  if (options.diff) checkDiff(context, typed);
  const [loaded, wiring] = await Promise.all([context.config(), import('../wiring.ts')]);
  if (options.refresh) await refresh(context, loaded, wiring);
  const ledger = await wiring.openReadersFor(loaded, context, options.merge);
  try {
    // A trace is found by its id, whosever it is.
    const allRepositories = options.allRepositories || typed !== undefined;
    const own = await wiring.ownAmongOthers(loaded, context, { ...options, allRepositories });
    const names = createNames(ledger, await wiring.placesFor(loaded, context.cwd, own));
    const view = typed === undefined ? listing(ledger, names, options) : await page(ledger, names, typed, options.answer);
    if (options.web) {
      const traces = await view.read(new Date());
      const { partOfTrace, showOnWeb } = await import('./terminal/web.ts');
      return await showOnWeb(context, loaded, traces, partOfTrace(traces[0]!));
    }
    if (options.diff) return await showDiff(context, await view.read(new Date()));
    const fileAt = await linkedFiles(context, loaded);
    await (options.watch ? watch(context, view, fileAt) : show(context, view, fileAt));
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

/** A ledger that is not there yet knows no requests, and is not made for this. */
async function refresh(context: CommandContext, loaded: LoadedConfig, wiring: typeof import('../wiring.ts')): Promise<void> {
  const { output } = context;
  const reader = await wiring.openReaderFor(loaded, context);
  const isEmpty = (await reader.traces({ brief: true, limit: 1 })).length === 0;
  await reader.close();
  if (isEmpty) return;
  // Not for those who only look.
  const [{ refreshed }, { post }] = await Promise.all([import('./repairing/refresh.ts'), import('../pipeline/notices/deliver.ts')]);
  const { host } = await wiring.wireSiteOnly(loaded, context);
  const ledger = await wiring.openLedgerFor(loaded, context, (error) => output.warn(`${error.message}; ${error.hint}`));
  try {
    const notifiers = await wiring.wireNotifiers(loaded, context.env);
    const posting = { notifiers, outbox: ledger, clock: wiring.clock, redact: wiring.redactorOf(loaded) };
    const hasMoved = await refreshed(context, loaded, wiring, { ...posting, store: ledger, journal: ledger, host });
    if (hasMoved) await post(posting, wiring.noticePolicy(loaded.config), context.signal, true);
  } finally {
    await ledger.close();
  }
}

function listing(store: Store, names: Names, options: Options): View {
  const { state, since, fingerprint, limit, allRepositories, merge } = options;
  const isNarrowed = [state, since, fingerprint].some((each) => each !== undefined);
  return {
    read: async (now) => {
      const from = since === undefined ? undefined : parseMoment(since, now);
      const filter: TraceFilter = { brief: true, allRepositories, ...(state && { state }), ...(from && { since: from }) };
      if (fingerprint === undefined) return store.traces({ ...filter, limit });
      if (/^v\d+:[0-9a-f]{32}$/.test(fingerprint)) return store.traces({ ...filter, fingerprint, limit });
      // The beginning of a fingerprint is known to the command line only.
      return (await store.traces(filter)).filter((trace) => isFingerprint(trace.fingerprint, fingerprint)).slice(0, limit);
    },
    lines: async (traces, look) => traceTable(await names.named(traces), look, allRepositories, merge.length > 0),
    change: async (trace) => {
      const named = await names.named([trace]);
      return named.map(
        ({ startedAt, state: at, name, fingerprint: id }) =>
          `${when(startedAt)}  ${trace.trace}  ${at}  ${harmless(name)}  ${shortFingerprint(id)}`,
      );
    },
    json: (trace) => traceJson(trace, false),
    empty: isNarrowed ? 'no such traces' : 'no traces yet: `ai-ops watch` and `ai-ops fix` make them',
  };
}

/** @throws AiOpsError `trace-not-found`, `usage` */
async function page(store: Store, names: Names, typed: string, wholeAnswer: boolean): Promise<View> {
  const unknown = () => fail('trace-not-found', { trace: typed });
  // A mail names a trace, and is read anywhere.
  const ids = (await store.traces({ brief: true, allRepositories: true })).map(({ trace }) => trace);
  const trace = theOne(ids, typed, (id) => id.startsWith(typed), unknown, 'status');
  // The files of an answer are among the changes, or in the refused patch.
  const { parseAnswer } = await import('../core/answer/parse.ts');
  const linesOf = async (traces: readonly Trace[], look: Look): Promise<readonly string[]> =>
    (await names.named(traces)).flatMap((named) =>
      traceLines(wholeAnswer ? named : { ...named, summary: parseAnswer(named.summary).summary }, look),
    );
  return {
    read: () => store.traces({ trace }),
    lines: linesOf,
    change: async (one, look) => ['', ...(await linesOf([one], look))],
    json: (one) => traceJson(one, true),
    empty: 'the trace is gone: it has become too old',
  };
}

async function show(context: CommandContext, view: View, fileAt: FileAt): Promise<void> {
  const { output } = context;
  const now = new Date();
  const traces = await view.read(now);
  for (const trace of traces) output.json(view.json(trace));
  if (!output.isJson) for (const line of await view.lines(traces, lookOf(context, now, fileAt))) output.line(line);
  if (traces.length === 0) output.note(output.say(view.empty));
}

/** Asked before anything is read. @throws AiOpsError `usage` */
function checkDiff({ flags }: CommandContext, typed: string | undefined): void {
  if (typed === undefined) throw fail('usage', { detail: '--diff needs a trace', command: 'status' });
  if (flags.json) throw fail('usage', { detail: '--diff is in what --json prints: it cannot stand beside it', command: 'status' });
}

async function showDiff({ output }: CommandContext, [trace]: readonly Trace[]): Promise<number> {
  if (trace === undefined || trace.diff === '') output.note(output.say('it has changed nothing'));
  else output.raw(trace.diff);
  if (trace && trace.diff !== '' && !isPatch(trace.diff))
    output.warn(output.say('`git apply` does not take it: it is too long to be kept whole, or secrets were taken out of it'));
  return EXIT.done;
}

/** Shows it until the signal: redrawn on a terminal; elsewhere each trace again when it has changed, the oldest first. */
async function watch(context: CommandContext, view: View, fileAt: FileAt): Promise<void> {
  const { output, stdout, env, flags, signal } = context;
  const isLive = wantsAnimation(stdout.isTTY === true, env) && !flags.json;
  const draw = createLive(stdout, output.paint.good('') !== '' || output.paint.isLinked);
  const told = new Map<string, string>();
  if (!isLive && (await view.read(new Date())).length === 0) output.note(output.say(view.empty));
  while (!signal.aborted) {
    const now = new Date();
    const traces = await view.read(now);
    const look = lookOf(context, now, fileAt);
    if (isLive) draw(traces.length === 0 ? [output.paint.faint(output.say(view.empty))] : await view.lines(traces, look));
    for (const trace of isLive ? [] : traces.toReversed()) {
      const object = view.json(trace);
      const text = JSON.stringify(object);
      if (told.get(trace.trace) === text) continue;
      told.set(trace.trace, text);
      output.json(object);
      if (!output.isJson) for (const line of await view.change(trace, look)) output.line(line);
    }
    await pause(signal);
  }
}

type FileAt = Look['fileAt'];

function lookOf({ output, stdout }: CommandContext, now: Date, fileAt: FileAt): Look {
  return { paint: output.paint, now, columns: stdout.columns, say: output.say, fileAt };
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, INTERVAL_MS);
    signal.addEventListener('abort', done);
  });
}
