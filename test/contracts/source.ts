// What every source of logs must do, whatever it reads: every error counts exactly once, under appends, pauses, restarts and
// `kill -9`, and what is gone or refused is told. Run through the real intake and recorder into a real ledger.
// What a kind cannot do (standard input cannot be read again) is said in its row, and is left out.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Policy } from '../../src/core/policy/decide.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../src/errors.ts';
import { createJudge } from '../../src/pipeline/triage.ts';
import { type WatchListener, watch } from '../../src/pipeline/watch.ts';
import type { Source, SourceSink } from '../../src/ports.ts';
import { openAt } from '../adapters/ledger/stage.ts';

/** What a kind of source may be able to do beside being read: its world then has the method. */
type Ability = 'half' | 'mixed' | 'again' | 'late' | 'reordered' | 'lose' | 'deny';

/** The other side of a source, and our side's way to open it. */
export interface SourceWorld {
  /** As a new process of ours does it. */
  open(): Promise<Source>;
  /** Texts of one line or several are written, each whole. Settles when they can be read. */
  append(texts: readonly string[]): Promise<void>;
  close(): Promise<void>;
  /** The beginning of a text is written; the next append goes on with it. */
  half?(text: string): Promise<void>;
  /** Texts of several writers, whose lines come in turn. */
  mixed?(texts: Readonly<Record<string, string>>): Promise<void>;
  /** What was given last is given once more to whoever reads now. */
  again?(): Promise<void>;
  /** Single lines that bear an older time than what was read already, as far back as the source allows for. */
  late?(lines: readonly string[]): Promise<void>;
  /** Single lines that come in another order than their times say. */
  reordered?(lines: readonly string[]): Promise<void>;
  /** What was written so far is gone, read or not. */
  lose?(): Promise<void>;
  /** Whoever asks is refused, until it is taken back. */
  deny?(isDenied: boolean): Promise<void>;
}

export interface SourceKindCase {
  readonly name: string;
  /** It goes on where a checkpoint says. */
  readonly resumes: boolean;
  /** It waits for more; without it, it plays what is there and ends. */
  readonly follows: boolean;
  readonly can: readonly Ability[];
  /** How many times as long a real program may take. */
  readonly patience?: number;
  /** What a refusal is called, in the error of a run with `--once` and in the words while it follows. */
  readonly refusal?: RegExp;
  start(): Promise<SourceWorld>;
}

const BUGS = ['Alpha', 'Beta', 'Gamma'] as const;
type Counts = Readonly<Record<string, number>>;

/** An error as applications write it, of five lines. */
export function crash(number: number): string {
  const bug = BUGS[number % BUGS.length]!;
  const at = `2026-03-01 10:${String(Math.floor(number / 60) % 60).padStart(2, '0')}:${String(number % 60).padStart(2, '0')}`;
  return [
    `${at},000 INFO order ${number} came`,
    `${at},001 ERROR order ${number} failed`,
    `${bug}Error: no price for order`,
    `    at ${bug.toLowerCase()}Total (/srv/app/src/${bug.toLowerCase()}.js:2:21)`,
    '    at placeOrder (/srv/app/src/orders.js:30:5)',
  ].join('\n');
}

/** One of a single line. */
export function crashLine(number: number): string {
  const bug = BUGS[number % BUGS.length]!;
  return JSON.stringify({ level: 'error', order: number, err: { type: `${bug}Error`, message: `no price for order` } });
}

const some = (from: number, count: number, make = crash): readonly string[] =>
  Array.from({ length: count }, (_, index) => make(from + index));

export function expected(...numbers: readonly (readonly [from: number, count: number])[]): Counts {
  const counts: Record<string, number> = {};
  for (const [from, count] of numbers)
    for (let number = from; number < from + count; number += 1) {
      const type = `${BUGS[number % BUGS.length]}Error`;
      counts[type] = (counts[type] ?? 0) + 1;
    }
  return counts;
}

/** What one process of ours has heard, and how it ended. */
interface Life {
  readonly counts: Counts;
  readonly gaps: readonly string[];
  readonly troubles: readonly string[];
  readonly error: AiOpsError | undefined;
  readonly died: boolean;
}

interface LifeOptions {
  readonly once?: boolean;
  /** `kill -9` before this call of the sink. */
  readonly dieAfter?: number;
  /** While it follows: it is stopped when this holds. */
  readonly until?: (now: { readonly total: number; readonly gaps: readonly string[]; readonly troubles: readonly string[] }) => boolean;
  /** Done as soon as it follows. */
  readonly meanwhile?: (heard: Pick<Life, 'troubles'>) => Promise<void>;
}

const QUIET_MS = 150;
const PATIENT_MS = 60_000;
/** After the counts are right: so long nothing may be counted twice. */
const AFTERWARDS_MS = 250;
/** Every process of ours gets on by some calls before it is killed. */
const MOST_LIVES = 80;

class Killed extends Error {}

/** One state directory and the processes that follow each other on it. */
export function createBox(patience = 1): { live(world: SourceWorld, options?: LifeOptions): Promise<Life>; close(): void } {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-source-'));
  let number = 0;
  const dir = (): string => join(root, `state-${number}`);
  return {
    close: () => rmSync(root, { recursive: true, force: true }),
    async live(world, { once = true, dieAfter = Number.POSITIVE_INFINITY, until, meanwhile } = {}) {
      const ledger = await openAt(dir(), { clock: () => new Date() });
      const heard = { gaps: [] as string[], troubles: [] as string[] };
      const stop = new AbortController();
      let ready = (): void => undefined;
      const isReady = new Promise<void>((done) => {
        ready = done;
      });
      let died = false;
      // What is on the disk at this moment is what the next process finds; this one writes on into a directory that nobody reads.
      const die = (): never => {
        if (!died) {
          cpSync(dir(), join(root, `state-${number + 1}`), { recursive: true, filter: (path) => !path.endsWith('.lock') });
          number += 1;
        }
        died = true;
        throw new Killed('kill -9');
      };
      const source = guarded(await world.open(), dieAfter, die);
      const listener: WatchListener = {
        ...{ event: () => undefined, incident: () => undefined, decided: () => undefined, result: () => undefined },
        ready: () => ready(),
        gap: ({ reason }) => void heard.gaps.push(reason),
        trouble: (_source, message) => void heard.troubles.push(message),
      };
      const running = watch(
        {
          ...{ source, journal: ledger, store: ledger, clock: () => new Date(), redact: (text: string) => text },
          judge: createJudge(null, '', (text) => text),
          repair: () => Promise.reject(new Error('a dry run repairs nothing')),
        },
        {
          detect: { level: 'error', keywords: ['ERROR'], ignore: [], encoding: 'auto', quietMs: QUIET_MS, everyEvent: false },
          policy: DRY,
          from: 'start',
          once,
          queueCapacity: 10,
        },
        listener,
        stop.signal,
      );
      const ended = running.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (until) {
        await Promise.race([ended, isReady]);
        await meanwhile?.(heard);
        const end = Date.now() + PATIENT_MS * patience;
        const isDone = async (): Promise<boolean> => until({ total: totalOf(countsOf(await ledger.incidents())), ...heard });
        while (!died && !(await isDone()) && Date.now() < end) await sleep(10);
        await sleep(AFTERWARDS_MS);
        stop.abort();
      }
      const thrown = await ended;
      const counts = countsOf(await ledger.incidents());
      await ledger.close();
      if (thrown !== undefined && !died && asAiOpsError(thrown).code === 'bug') throw thrown;
      return { counts, ...heard, error: thrown === undefined || died ? undefined : asAiOpsError(thrown), died };
    },
  };
}

const DRY: Policy = {
  ...{ mode: 'code_blocks' as const, minCount: 1, minAgeSeconds: 0, maxAttempts: 2, maxRepairsPerHour: 9, maxRepairsPerDay: 9 },
  ...{ maxUsdPerDay: 9, maxConsecutiveFailures: 3, dedupeWindowSeconds: 3600, maxOpenRequests: 5, dryRun: true },
  repair: ['code-fault', 'unknown'],
};

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
const totalOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
const countsOf = (incidents: readonly { readonly type: string | null; readonly count: number }[]): Counts =>
  Object.fromEntries(incidents.map(({ type, count }) => [String(type), count]));

/** Counts the calls of the sink, holds them against what the port promises, and dies when it is time. */
function guarded(source: Source, dieAfter: number, die: () => never): Source {
  return {
    follow: (sink, options) => {
      let calls = 0;
      let busy = false;
      let hasBegun = false;
      const open = new Set<string>();
      const turn = (): void => {
        calls += 1;
        if (calls > dieAfter) die();
      };
      const alone = async <T>(stream: string, call: () => T | Promise<T>): Promise<T> => {
        if (busy) throw new Error('the sink was called while it was busy');
        if (!open.has(stream)) throw new Error(`${stream} is not open`);
        busy = true;
        try {
          turn();
          return await call();
        } finally {
          busy = false;
        }
      };
      const strict: SourceSink = {
        ...sink,
        opened: (at) => {
          if (open.has(at.stream)) throw new Error(`${at.stream} is open already`);
          open.add(at.stream);
          turn();
          sink.opened(at);
        },
        chunk: (chunk) =>
          alone(chunk.stream, async () => {
            if (chunk.bytes.length === 0) throw new Error('a chunk without bytes');
            const copy = Buffer.from(chunk.bytes);
            await sink.chunk(chunk);
            if (!copy.equals(chunk.bytes)) throw new Error('the bytes of a chunk changed while the sink was working on it');
          }),
        idle: (stream) => alone(stream, () => sink.idle(stream)),
        ended: (stream) =>
          alone(stream, async () => {
            await sink.ended(stream);
            open.delete(stream);
          }),
        ready: (sources) => {
          if (hasBegun) throw new Error('ready twice');
          hasBegun = true;
          turn();
          sink.ready(sources);
        },
      };
      return source.follow(strict, options);
    },
  };
}

/**
 * @param kind how a world of it is made; each test has one of its own
 */
export function sourceContract(kind: SourceKindCase): void {
  describe(`source contract: ${kind.name}`, () => {
    let world: SourceWorld;
    let box: ReturnType<typeof createBox>;
    beforeEach(
      async () => {
        world = await kind.start();
        box = createBox(kind.patience);
      },
      300_000 * (kind.patience ?? 1),
    );
    afterEach(async () => {
      await world.close();
      box.close();
    });
    const where = (has: boolean, name: string, run: () => Promise<void>): void =>
      void (has && test(name, run, 300_000 * (kind.patience ?? 1)));
    const able = (what: Ability, name: string, run: () => Promise<void>): void => where(kind.can.includes(what), name, run);
    const following = (total: number, meanwhile?: () => Promise<void>): Promise<Life> =>
      box.live(world, { once: false, until: (now) => now.total >= total, ...(meanwhile ? { meanwhile } : {}) });

    where(true, 'all that is there counts once', async () => {
      await world.append(some(0, 12));
      expect(await box.live(world)).toMatchObject({ counts: expected([0, 12]), gaps: [], troubles: [], error: undefined });
    });

    where(kind.follows, 'what comes while it follows, in goes with pauses', async () => {
      await world.append(some(0, 3));
      const life = await following(9, async () => {
        for (const from of [3, 5, 7]) {
          await world.append(some(from, 2));
          await sleep(QUIET_MS * 2);
        }
      });
      expect(life).toMatchObject({ counts: expected([0, 9]), gaps: [], troubles: [] });
    });

    where(kind.resumes, 'it goes on after each restart where it was, also with what came meanwhile', async () => {
      await world.append(some(0, 4));
      await box.live(world);
      await box.live(world);
      await world.append(some(4, 4));
      expect((await box.live(world)).counts).toEqual(expected([0, 8]));
      if (kind.follows) {
        expect((await following(10, () => world.append(some(8, 2)))).counts).toEqual(expected([0, 10]));
        await world.append(some(10, 1));
        expect((await following(11)).counts).toEqual(expected([0, 11]));
      }
      expect((await box.live(world)).counts).toEqual(expected([0, kind.follows ? 11 : 8]));
    });

    where(kind.resumes, 'killed between any two calls of the sink, before anything was flushed: all counts once', async () => {
      let written = 0;
      for (let life = 0; life < MOST_LIVES; life += 1) {
        if (written < 30) await world.append(some(written, 3));
        written = Math.min(30, written + 3);
        // Whoever is killed before its first flush begins where the one before it did: each life lasts longer.
        const { died, counts, gaps } = await box.live(world, { dieAfter: life });
        expect(gaps).toEqual([]);
        if (!died && written === 30) {
          expect(counts).toEqual(expected([0, 30]));
          return;
        }
      }
      throw fail('bug', { detail: `not through after ${MOST_LIVES} lives` });
    });

    where(kind.resumes && kind.follows, 'killed while it follows, in the middle of what comes', async () => {
      let written = 0;
      for (const dieAfter of [3, 5, 8, 12]) {
        await box.live(world, {
          ...{ once: false, dieAfter, until: ({ total }) => total >= written },
          meanwhile: async () => {
            await world.append(some(written, 4));
            written += 4;
          },
        });
      }
      expect((await following(written)).counts).toEqual(expected([0, written]));
    });

    able('half', 'half a record counts once, when it is whole', async () => {
      await world.append(some(0, 2));
      const [begin, end] = [crash(2).slice(0, 120), crash(2).slice(120)];
      const life = await following(4, async () => {
        await world.half!(begin);
        await sleep(QUIET_MS * 2);
        await world.append([end, crash(3)]);
      });
      expect(life).toMatchObject({ counts: expected([0, 4]), gaps: [] });
    });

    where(kind.resumes && kind.can.includes('half'), 'stopped in the middle of a record', async () => {
      await world.half!(crash(0).slice(0, 120));
      await box.live(world, { once: false, until: () => true });
      await world.append([crash(0).slice(120), crash(1)]);
      expect((await following(2)).counts).toEqual(expected([0, 2]));
    });

    able('mixed', 'lines of several writers in turn: every trace is whole', async () => {
      const each = 2;
      const two = (number: number): string => some(number, each).join('\n');
      const texts = (from: number) =>
        Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`writer-${index}`, two(from + index * each)]));
      for (let round = 0; round < 4; round += 1) {
        await world.mixed!(texts(round * 8));
        await box.live(world, { dieAfter: 2 + round * 2 });
      }
      expect((await box.live(world)).counts).toEqual(expected([0, 32]));
    });

    able('again', 'what is delivered twice counts once', async () => {
      await world.append(some(0, 5));
      await box.live(world);
      await world.again!();
      await world.append(some(5, 2));
      expect((await box.live(world)).counts).toEqual(expected([0, 7]));
      if (!kind.follows) return;
      const life = await following(9, async () => {
        await world.append(some(7, 1));
        await sleep(QUIET_MS);
        await world.again!();
        await world.append(some(8, 1));
      });
      expect(life.counts).toEqual(expected([0, 9]));
    });

    able('late', 'what arrives late counts, once', async () => {
      await world.append(some(0, 3, crashLine));
      await box.live(world);
      await world.late!(some(3, 3, crashLine));
      await box.live(world, { dieAfter: 2 });
      expect((await box.live(world)).counts).toEqual(expected([0, 6]));
      if (!kind.follows) return;
      const life = await following(9, async () => {
        await world.append(some(6, 1, crashLine));
        await sleep(QUIET_MS);
        await world.late!(some(7, 2, crashLine));
      });
      expect(life.counts).toEqual(expected([0, 9]));
      expect((await box.live(world)).counts).toEqual(expected([0, 9]));
    });

    able('reordered', 'what comes in another order counts, once', async () => {
      for (let from = 0; from < 12; from += 4) {
        await world.reordered!(some(from, 4, crashLine));
        await box.live(world, { dieAfter: 2 + from / 4 });
      }
      expect((await box.live(world)).counts).toEqual(expected([0, 12]));
      expect((await box.live(world)).counts).toEqual(expected([0, 12]));
    });

    able('lose', 'what is gone before it was read is told, and what is there counts once', async () => {
      await world.append(some(0, 4));
      await box.live(world);
      await world.append(some(4, 2));
      await world.lose!();
      await world.append(some(6, 3));
      const life = await box.live(world);
      expect(life).toMatchObject({ counts: expected([0, 4], [6, 3]), gaps: [expect.stringMatching(/\S/)] });
      const next = await box.live(world);
      expect(next).toMatchObject({ counts: life.counts, gaps: [] });
    });

    able('deny', 'a refused login is told once by its name, and reading goes on when it is granted', async () => {
      await world.append(some(0, 2));
      await box.live(world);
      await world.append(some(2, 2));
      await world.deny!(true);
      const refused = await box.live(world);
      expect(refused.error).toMatchObject({ message: expect.stringMatching(kind.refusal ?? /\S/), hint: expect.stringMatching(/\S/) });
      expect(refused.counts).toEqual(expected([0, 2]));
      const life = await box.live(world, {
        ...{ once: false, until: ({ total, troubles }) => total >= 4 && troubles.length > 0 },
        meanwhile: async ({ troubles }) => {
          await sleep(QUIET_MS * 2);
          // A real program takes its time to be refused.
          for (let tries = 0; troubles.length === 0 && tries < 400 * (kind.patience ?? 0); tries += 1) await sleep(50);
          await world.deny!(false);
        },
      });
      expect(life).toMatchObject({ counts: expected([0, 4]), gaps: [], troubles: [expect.stringMatching(kind.refusal ?? /\S/)] });
    });
  });
}
