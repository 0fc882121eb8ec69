// A place for one row of the table: a repository, a log, a ledger that knows something already, and ai-ops as a bundled
// program that another user can run too. Nothing of this machine's environment gets in.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pack, writeMain } from '../../bin/packed.ts';
import { openReader } from '../../src/adapters/ledger/reader.ts';
import { readEmbedded } from '../../src/embedded.ts';
import { makeRepository } from '../support/git-program.ts';
import { eventually } from '../support/program.ts';
import { createState, keep, OUTCOME, sight } from '../support/state.ts';

/** Who has no rights here: `nobody`. Only root can become somebody else. */
const NOBODY = 65_534;
export const isRoot = process.getuid?.() === 0;

export interface Place {
  readonly root: string;
  readonly repo: string;
  /** A log with one error whose frame leads into the repository. */
  readonly log: string;
  readonly stateDir: string;
  /** First on PATH. */
  readonly bin: string;
  /** Added to the environment of the program. */
  readonly env: Record<string, string>;
  /** The program runs as another user, without rights on what it does not own. */
  asNobody: boolean;
  cwd: string;
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly ms: number;
  /** The most memory the process had, in MB; 0 where the system does not say. */
  readonly peakMb: number;
}

export interface Running {
  readonly exit: Promise<Ran>;
  /** Settles when standard output holds these words. */
  says(words: RegExp): Promise<true>;
  end(signal: NodeJS.Signals): Promise<Ran>;
}

export interface Station {
  place(): Promise<Place>;
  /** The program's own part of a command line. */
  readonly command: readonly string[];
  /** @param reader of standard output: one that leaves closes it after the first piece */
  run(place: Place, argv: readonly string[], reader?: 'stays' | 'leaves'): Promise<Ran>;
  start(place: Place, argv: readonly string[]): Running;
  close(): void;
}

export const CRASH = [
  "TypeError: Cannot read properties of undefined (reading 'items')",
  '    at total (/srv/app/src/cart.js:2:15)',
  '    at main (/srv/app/src/main.js:9:3)',
  '',
].join('\n');

export const CART = 'export function total(cart) {\n  return cart.items.length;\n}\n';

/** The bundle, once for all rows. */
export async function openStation(): Promise<Station> {
  const base = mkdtempSync(join(tmpdir(), 'ai-ops-bad-input-'));
  chmodSync(base, 0o755);
  const program = join(base, 'program');
  mkdirSync(program);
  await pack(program, process.execPath, false);
  writeMain(program);
  let node = process.execPath;
  if (isRoot) {
    // The repository may lie where others cannot look.
    node = join(program, 'node');
    copyFileSync(process.execPath, node);
    chmodSync(node, 0o755);
  }
  let places = 0;
  return {
    place: () => makePlace(join(base, String(++places))),
    command: [node, join(program, 'main.js')],
    run: (place, argv, reader = 'stays') => startProgram([node, join(program, 'main.js'), ...argv], place, reader).exit,
    start: (place, argv) => startProgram([node, join(program, 'main.js'), ...argv], place, 'stays'),
    close: () => rmSync(base, { recursive: true, force: true }),
  };
}

async function makePlace(root: string): Promise<Place> {
  const repo = join(root, 'repo');
  const bin = join(root, 'bin');
  mkdirSync(bin, { recursive: true });
  mkdirSync(join(root, 'home'));
  await makeRepository(repo, { 'src/cart.js': CART, 'package.json': '{"name":"shop","type":"module"}\n' });
  writeFileSync(join(root, 'app.log'), `2026-01-01T00:00:00.000Z INFO start\n${CRASH}\n2026-01-01T00:00:01.000Z INFO end\n`);
  const state = createState();
  await state.write(async (ledger) => {
    await sight(ledger);
    await keep(ledger, OUTCOME, new Date().toISOString());
  });
  cpSync(state.dir, join(root, 'state'), { recursive: true });
  state.remove();
  const env = { HOME: join(root, 'home'), PATH: `${bin}:/usr/bin:/bin`, GIT_CONFIG_NOSYSTEM: '1', LANG: 'C' };
  return { root, repo, bin, env, log: join(root, 'app.log'), stateDir: join(root, 'state'), asNobody: false, cwd: repo };
}

function startProgram(command: readonly string[], place: Place, reader: 'stays' | 'leaves'): Running {
  const [file = '', ...argv] = command;
  const who = place.asNobody && isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const began = performance.now();
  const child = spawn(file, argv, { cwd: place.cwd, env: place.env, ...who });
  const texts = { stdout: '', stderr: '' };
  let peakMb = 0;
  const watching = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 50);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      if (reader === 'leaves' && name === 'stdout') child.stdout.destroy();
    });
  }
  child.stdin.on('error', () => undefined); // a program that has ended reads no more
  child.stdin.end('');
  const limit = setTimeout(() => child.kill('SIGKILL'), 200_000);
  const exit = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(watching);
      clearTimeout(limit);
      resolve({ code, ...texts, ms: performance.now() - began, peakMb });
    });
  });
  return {
    exit,
    says: (words) =>
      eventually(
        () => words.test(texts.stdout) || undefined,
        () => JSON.stringify(texts),
      ),
    end: (signal) => {
      child.kill(signal);
      return exit;
    },
  };
}

function peakOf(pid: number | undefined): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0; // it has just ended, or there is no /proc
  }
}

/** Gives a directory and all in it to the user without rights. */
export function giveAway(root: string): void {
  if (!isRoot) return;
  for (const name of [root, ...below(root)]) chownSync(name, NOBODY, NOBODY);
}

/** What a place holds that must not get lost: files of the user by content, and what the ledger knows. */
export interface Holding {
  readonly files: Readonly<Record<string, string>>;
  readonly incidents: Readonly<Record<string, number>>;
  readonly traces: readonly string[];
}

export async function holdingOf(place: Place): Promise<Holding> {
  const files = hashes([place.log, ...below(place.repo)]);
  const ledger = openReader(join(place.stateDir, 'ai-ops.sqlite'), () => readEmbedded('sql-wasm.wasm'));
  try {
    const incidents = await ledger.incidents();
    const traces = await ledger.traces({ brief: true });
    return {
      files,
      incidents: Object.fromEntries(incidents.map(({ fingerprint, count }) => [fingerprint, count])),
      traces: traces.map(({ trace }) => trace),
    };
  } finally {
    await ledger.close();
  }
}

function below(dir: string): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name));
}

function hashes(paths: readonly string[]): Readonly<Record<string, string>> {
  const files = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
  return Object.fromEntries(files.map((file) => [file, createHash('sha256').update(readFileSync(file)).digest('hex')]));
}
