// Listens in on ports, for `--verbose`: what was called, how it ended and how long it took. Where nobody listens, the
// port itself is what everybody gets.
import type { Ledger } from '../adapters/ledger/ledger-port.ts';
import type { Checkpoint, Processes, Tell } from '../ports.ts';

/** Longer command lines are cut in their middle: a sandbox stands before the command that it is for, and settings in the middle. */
const MOST_CHARS = 300;
const cut = (line: string): string =>
  line.length <= MOST_CHARS ? line : `${line.slice(0, MOST_CHARS / 3)} … ${line.slice(-(MOST_CHARS * 2) / 3)}`;

const since = (begun: number): string => `${Math.round(performance.now() - begun)} ms`;

/** Every program that is run. What it is given on standard input, its environment and what it prints stay unsaid. */
export function overheardProcesses(processes: Processes, tell: Tell | undefined): Processes {
  if (tell === undefined) return processes;
  return {
    async run(request) {
      const called = cut(request.argv.join(' ').replace(/\s+/g, ' '));
      tell(`begins: ${called} (in ${request.dir}, at most ${request.timeoutMs} ms)`);
      const begun = performance.now();
      try {
        const result = await processes.run(request);
        const why = result.timedOut ? ', its time was over' : result.overMemory ? ', it held too much memory' : '';
        const how = result.exitCode === null ? `ended by ${result.signal ?? 'us'}` : `exit code ${result.exitCode}`;
        tell(`${how}${why}, after ${result.durationMs} ms: ${called}`);
        return result;
      } catch (thrown) {
        tell(`not run to its end, after ${since(begun)}: ${called}`);
        throw thrown;
      }
    },
  };
}

/** What is read from the ledger and written to it. */
export function overheardLedger(ledger: Ledger, tell: Tell | undefined): Ledger {
  if (tell === undefined) return ledger;
  const timed = async <T>(work: Promise<T>, words: (result: T) => string): Promise<T> => {
    const begun = performance.now();
    const result = await work;
    tell(`${words(result)}, ${since(begun)}`);
    return result;
  };
  const { checkpoints, record, setState, flush, begin, step, end, follow, put, take, settle, watchLock, close } = ledger;
  return {
    ...ledger,
    checkpoints: () => timed(checkpoints(), (found) => `places in logs read: ${found.map(placeOf).join(', ') || 'none'}`),
    record: (entry) =>
      timed(record(entry), (touched) => {
        const at = entry.checkpoint ? `place ${placeOf(entry.checkpoint)}` : 'no place';
        const events = entry.sightings.reduce((sum, { count }) => sum + count, 0);
        return `recorded: ${at}, ${events} events of ${touched.length} incidents`;
      }),
    setState: (fingerprint, state, reason) =>
      timed(setState(fingerprint, state, reason), () => `incident ${fingerprint}: ${state} (${reason ?? 'no reason'})`),
    flush: (force) => timed(flush(force), () => 'what was not yet on disk is there, or waits for its turn'),
    begin: (trace) => timed(begin(trace), (answer) => `trace ${trace.id}: ${answer}`),
    step: (trace, row, kept) => timed(step(trace, row, kept), () => `trace ${trace}: ${row.name} ${row.outcome}`),
    end: (trace, ending) => timed(end(trace, ending), () => `trace ${trace}: ended, ${ending.state}`),
    follow: (trace, change) =>
      timed(follow(trace, change), (isDone) => `trace ${trace}: ${change.from} → ${change.state}${isDone ? '' : ', not stored'}`),
    put: (messages) => timed(put(messages), () => `outbox: put in ${messages.map(({ id }) => id).join(', ') || 'nothing'}`),
    take: (now, notifier, trace) =>
      timed(take(now, notifier, trace), (message) => `outbox: ${message ? `took ${message.id}` : 'nothing is due'}`),
    settle: (message, ending) => timed(settle(message, ending), () => `outbox: ${message.id} ${ending.state}`),
    watchLock: (source) => timed(watchLock(source), () => `${source} is ours to watch`),
    close: () => timed(close(), () => 'closed'),
  };
}

/** The first word of a token is a place; what may stand behind it is its proof. */
const placeOf = ({ position: { source, stream, token } }: Checkpoint): string => `${source} (${stream}) at ${token.split(' ')[0]}`;
