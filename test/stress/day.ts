// A day of `watch` as a service, in minutes: restarts by TERM and by KILL, rotation up and down, reloads, a disk that is full for a
// while, a clock that jumps, a process that is held, a network that is lost. It follows a file and a server (a stand-in of Loki, behind
// a proxy). In the end everything of both is counted, once; its log can be read; and a last, longer life takes no more memory at its
// end than at its beginning.
// The disk is a small tmpfs (as root), the clock is libfaketime's (the package `libfaketime`); what is not here is said and left out.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoki } from '../standins/loki/server.ts';
import { type Checks, checkExact, countsOf, inPlace, settled } from './checks.ts';
import { type Fault, startFaultProxy } from './fault-proxy.ts';
import { createLines, createRandom } from './lines.ts';
import { type Place, until, type Watcher } from './place.ts';

export interface Day {
  readonly seed: number;
  /** Restarts. */
  readonly rounds: number;
  readonly linesPerSecond: number;
  /** Of the last life. */
  readonly seconds: number;
}

const ENDLESS_SECONDS = 7200;
const DISK_MB = 24;
/** Errors of the server are counted from here. */
const SERVER_NUMBERS = 1_000_000;
const READY_MS = 60_000;
/** Exit code of one that was told to stop and has stored all. */
const STOPPED = 130;
/** A stamp of ours, whatever the clock says. */
const STAMPED = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: UTC| [+-]\d\d:\d\d)? {2}\S/;
/** An error that ends it, as every command tells one. */
const LAST_WORDS = /^ai-ops: (?:error|hint): |^\{"kind":"error",/;
/** What a life grows by while caches and compiled code settle is no leak. */
const MOST_GROWTH = 1.2;

export async function day({ seed, rounds, linesPerSecond, seconds }: Day, checks: Checks): Promise<object> {
  return inPlace('day', checks, async (place) => {
    const disk = smallDisk(place);
    const clock = faketime(place);
    const server = await logServer(seed + 1);
    const writer = place.write({
      ...{ path: place.log, linesPerSecond, seconds: ENDLESS_SECONDS, seed, kinds: 40, errorShare: 0.05 },
      ...{ rotateMs: 0, rotation: 'shift', lateMs: 100, markerMs: 4000 },
    });
    const random = createRandom(seed);
    const told = { term: 0, kill: 0, reload: 0, fullDisk: 0, clockJump: 0, held: 0, networkLoss: 0, early: 0, endedByItself: 0 };
    const watchers: Watcher[] = [];
    const silent: number[] = [];
    const begin = (from: 'start' | 'resume'): Watcher => {
      const watcher = place.watch(
        ['--from', from, '--textfile', place.path('metrics.prom'), place.log, server.address],
        undefined,
        clock.env,
      );
      watchers.push(watcher);
      return watcher;
    };
    const isReady = (watcher: Watcher): Promise<boolean | undefined> =>
      until(() => (isOver(watcher) || watcher.printed.some(({ kind }) => kind === 'ready') ? true : undefined), READY_MS);
    try {
      await isReady(begin('start'));
      // The first life has stored something: the next ones go on from there.
      await until(async () => ((await place.incidents()).length > 0 ? true : undefined), READY_MS, 200);
      for (let round = 1; round <= rounds; round += 1) {
        const watcher = watchers.at(-1)!;
        // Now and then it dies before it is ready.
        const isEarly = random() < 0.1;
        if (isEarly) told.early += 1;
        else await isReady(watcher);
        await sleep(random() * 700);
        const what = isEarly ? 'nothing' : EVENTS[round % EVENTS.length]!;
        if (what === 'rotation') writer.rotate();
        if (what === 'reload' && !isOver(watcher)) {
          watcher.child.kill('SIGHUP');
          told.reload += 1;
        }
        if (what === 'held') {
          watcher.child.kill('SIGSTOP');
          await sleep(800);
          watcher.child.kill('SIGCONT');
          told.held += 1;
        }
        if (what === 'clock' && clock.jump(Math.round((random() - 0.5) * 5 * 86_400))) told.clockJump += 1;
        if (what === 'network') {
          server.lose(random() < 0.5 ? 'refuse' : 'black hole');
          told.networkLoss += 1;
        }
        const isFull = what === 'disk' && disk.fill();
        if (isFull) told.fullDisk += 1;
        await sleep(random() * 1200);
        // Half of the time it is full still when the next one begins.
        const fullBeyond = isFull && random() < 0.5;
        if (isFull && !fullBeyond) disk.free();
        if (isOver(watcher)) told.endedByItself += 1;
        const signal = random() < 0.6 ? 'SIGTERM' : 'SIGKILL';
        told[signal === 'SIGTERM' ? 'term' : 'kill'] += 1;
        const wasReady = watcher.printed.some(({ kind }) => kind === 'ready');
        await watcher.end(signal);
        // The next one finds the network as it is; half of the time it comes back under it.
        if (what !== 'network' || random() < 0.5) server.find();
        // One that a full disk was ending already says that instead, with 7.
        const wasStopped = signal === 'SIGTERM' && wasReady && watcher.child.exitCode === STOPPED;
        if (wasStopped && !/told to stop: .* stored/.test(watcher.stderr())) silent.push(round);
        await sleep(random() * 300);
        if (random() < 0.3) writer.rotate();
        begin('resume');
        if (fullBeyond) {
          await sleep(1500);
          disk.free();
          // As a service manager does.
          if (isOver(watchers.at(-1)!)) {
            told.endedByItself += 1;
            begin('resume');
          }
        }
      }
      const last = watchers.at(-1)!;
      await isReady(last);
      const memory = await lastLife(last, seconds, writer.rotate);
      writer.stop();
      server.find();
      const { errors: ofFile, rotations } = await writer.written;
      const ofServer = server.stop();
      const errors = [...ofFile, ...ofServer];
      const incidents = await settled(place, last, errors.length, 120_000);
      checkExact(checks, incidents, countsOf(errors), watchers);
      const bugs = watchers.filter(({ stderr }) => stderr().includes('ai-ops made a mistake'));
      checks.check('no bug of our own', bugs.length === 0, bugs[0]?.stderr());
      const codes = new Set(watchers.map(({ child }) => child.exitCode).filter((code) => code !== null));
      // What a service manager begins again (7), or was told to end.
      checks.check(
        'it ends so that it is begun again',
        [...codes].every((code) => code === STOPPED || code === 7),
        [...codes].join(', '),
      );
      const torn = watchers.flatMap(({ stderr }) =>
        stderr()
          .split('\n')
          .filter((line) => line !== '' && !STAMPED.test(line) && !LAST_WORDS.test(line)),
      );
      checks.check('each line of its log bears a time', torn.length === 0, torn.slice(0, 3).join(' | '));
      checks.check('whoever is told to stop says what is stored', silent.length === 0, `rounds ${silent.join(', ')}`);
      const { before, after } = memory;
      checks.check(`memory of the last life: ${before} MB, then ${after} MB`, after < before * MOST_GROWTH, `${before} → ${after}`);
      checks.check('what was asked of the server is as it is described', server.violations().length === 0, server.violations()[0]);
      return { rounds, errors: ofFile.length, ofServer: ofServer.length, rotations, ...told, ...memory, disk: disk.is, clock: clock.is };
    } finally {
      for (const { child } of watchers) child.kill('SIGKILL');
      disk.remove();
      await server.close();
    }
  });
}

const EVENTS = ['rotation', 'reload', 'disk', 'clock', 'held', 'network', 'nothing'] as const;

const isOver = ({ child }: Watcher): boolean => child.exitCode !== null || child.signalCode !== null;

/** Resident memory in MB, early in it and at its end, medians of five looks; it is rotated and reloaded meanwhile. */
async function lastLife(
  { child }: Watcher,
  seconds: number,
  rotate: () => void,
): Promise<{ readonly before: number; readonly after: number }> {
  const looks: number[] = [];
  for (let second = 0; second < seconds; second += 1) {
    await sleep(1000);
    if (second % 5 === 4) rotate();
    if (second % 15 === 14) child.kill('SIGHUP');
    const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
    looks.push(Math.round(Number(kb) / 1024));
  }
  const median = (some: readonly number[]): number => some.toSorted((a, b) => a - b)[Math.floor(some.length / 2)] ?? 0;
  return { before: median(looks.slice(10, 15)), after: median(looks.slice(-5)) };
}

interface LogServer {
  readonly address: string;
  /** From now on nobody reaches it, as that fault has it. */
  lose(fault: Fault): void;
  find(): void;
  /** Writes no more. @returns the kind of each error that was written */
  stop(): readonly string[];
  violations(): readonly string[];
  close(): Promise<void>;
}

/** A Loki to which a service writes ten lines a second, and the network before it. */
async function logServer(seed: number): Promise<LogServer> {
  const server = await startLoki();
  const proxy = await startFaultProxy(server.port);
  const lines = createLines(seed, 40, 0.3);
  const errors: string[] = [];
  let last = 0n;
  const writing = setInterval(() => {
    const { text, kind } = lines.next(SERVER_NUMBERS + errors.length);
    if (kind !== undefined) errors.push(kind);
    for (const line of text.trimEnd().split('\n')) {
      const now = BigInt(Date.now()) * 1_000_000n;
      last = now > last ? now : last + 1n;
      server.add({ labels: { app: 'shop' }, time: last, line });
    }
  }, 100);
  return {
    address: `loki://127.0.0.1:${proxy.port}/?tls=off&query={app="shop"}`,
    lose: (fault) => {
      proxy.fault = fault;
      proxy.cut();
    },
    find: () => {
      proxy.fault = 'none';
    },
    stop: () => {
      clearInterval(writing);
      return errors;
    },
    violations: () => server.violations,
    close: async () => {
      clearInterval(writing);
      await proxy.close();
      await server.close();
    },
  };
}

interface SmallDisk {
  readonly is: string;
  /** @returns false where there is none */
  fill(): boolean;
  free(): void;
  remove(): void;
}

/** The state directory on a disk of its own. */
function smallDisk(place: Place): SmallDisk {
  const dir = place.path('state');
  mkdirSync(dir, { mode: 0o700 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=700`, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    process.stdout.write('left out: the full disk, for want of the right to mount one\n');
    return { is: 'none', fill: () => false, free: () => undefined, remove: () => undefined };
  }
  const filler = place.path('state', 'filler');
  return {
    is: `tmpfs of ${DISK_MB} MB`,
    fill: () => {
      try {
        writeFileSync(filler, Buffer.alloc(DISK_MB * 1024 * 1024));
      } catch {
        // Full: what fitted stays.
      }
      return true;
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => void execFileSync('umount', ['--lazy', dir]),
  };
}

interface FakeClock {
  readonly is: string;
  readonly env: Readonly<Record<string, string>>;
  /** @param offset seconds from the true time @returns false where there is none */
  jump(offset: number): boolean;
}

/** The clock of the watchers; timers go on as they did. */
function faketime(place: Place): FakeClock {
  const [library] = globSync('/usr/lib/*/faketime/libfaketime.so.1');
  if (library === undefined || !existsSync(library)) {
    process.stdout.write('left out: the clock, for want of libfaketime\n');
    return { is: 'true', env: {}, jump: () => false };
  }
  const file = place.path('clock');
  writeFileSync(file, '+0');
  return {
    is: 'libfaketime',
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
      // A clock that jumps moves no times of files.
      NO_FAKE_STAT: '1',
    },
    jump: (offset) => {
      writeFileSync(file, `${offset < 0 ? '' : '+'}${offset}`);
      return true;
    },
  };
}
