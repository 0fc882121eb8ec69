// What the end-to-end tests look at from outside: directories byte by byte, branches of a bare repository, steps of a trace.
import { execFileSync } from 'node:child_process';
import { appendFileSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { STEP_ORDER } from '../../src/core/policy/steps.ts';
import { git } from '../support/git-program.ts';
import type { Json, World } from '../support/world.ts';

/** Starting processes takes its time on a loaded machine. */
export const LIMIT = 300_000;

export const STEPS = STEP_ORDER;

export { picture } from '../support/checkout.ts';

/** The bug of the cart, so many times: what the service writes of it, and nothing of its other bugs. */
export async function cartFails(world: World, times = 1): Promise<void> {
  await world.startService('--log', 'app.log.all', '--requests', 'demo').exit;
  const all = readFileSync(join(world.checkout, 'app.log.all'), 'utf8').split('\n');
  appendFileSync(world.log, `${all.findLast((line) => line.includes("(reading 'percent')"))}\n`.repeat(times));
}

/** Files below `dir` that hold one of the words. */
export function filesWith(dir: string, words: readonly string[]): readonly string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((path) => {
    if (!lstatSync(join(dir, path)).isFile()) return false;
    const bytes = bytesOf(join(dir, path));
    return words.some((word) => bytes.includes(word));
  });
}

/** All that a file says; of a ledger and its change log also what is packed in them. */
export function bytesOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return Buffer.concat([bytes, ...packedIn(path, bytes).map((packed) => inflateSync(packed))]);
}

function packedIn(path: string, bytes: Buffer): readonly Buffer[] {
  if (path.endsWith('.changes')) {
    return [...bytes.toString().matchAll(/\{"b":"([^"]+)"\}/g)].map(([, text]) => Buffer.from(text ?? '', 'base64'));
  }
  if (!path.endsWith('.sqlite')) return [];
  const rows = execFileSync('sqlite3', [path, `SELECT hex(sample) FROM incidents WHERE typeof(sample) = 'blob'`], { encoding: 'utf8' });
  return rows
    .split('\n')
    .filter(Boolean)
    .map((row) => Buffer.from(row, 'hex'));
}

/** Names of the branches, sorted. */
export async function branches(repository: string): Promise<readonly string[]> {
  return (await git(repository, 'for-each-ref', '--format=%(refname:short)', 'refs/heads')).split('\n');
}

/** Paths that `to` changes, each with its new content. */
export async function changed(repository: string, from: string, to: string): Promise<Readonly<Record<string, string>>> {
  const paths = (await git(repository, 'diff', '--name-only', from, to)).split('\n');
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, `${await git(repository, 'show', `${to}:${path}`)}\n`] as const)),
  );
}

export interface StepJson {
  readonly name: string;
  readonly outcome: string;
  readonly summary: string;
  readonly error?: { readonly code: string };
}

/** The steps of a trace, from `ai-ops status`. */
export async function stepsOf(world: World, trace: unknown, ...flags: readonly string[]): Promise<readonly StepJson[]> {
  const { json } = await world.run(['status', String(trace), '--json', ...flags]);
  return (json[0]?.steps ?? []) as readonly StepJson[];
}

/** `name: outcome` of each step, in order. */
export function brief(steps: readonly StepJson[]): readonly string[] {
  return steps.map(({ name, outcome, error }) => `${name}: ${outcome}${error === undefined ? '' : ` ${error.code}`}`);
}

/** The one result line of a `fix`. */
export function resultOf(json: readonly Json[]): Json {
  const results = json.filter(({ kind }) => kind === 'result');
  if (results.length !== 1) throw new Error(`${results.length} results in ${JSON.stringify(json)}`);
  return results[0] as Json;
}

/**
 * Members of the process groups of these leaders that are left, and whoever of `others` is. What was killed a moment ago
 * gets a moment. A zombie runs nothing: it only waits for the system to fetch it.
 */
export async function survivors(leaders: readonly number[], others: readonly number[] = []): Promise<readonly number[]> {
  const end = Date.now() + 60_000;
  for (;;) {
    const left = processes().filter(({ pid, group }) => leaders.includes(group) || others.includes(pid));
    if (left.length === 0 || Date.now() > end) return left.map(({ pid }) => pid);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Children of a process, their children, and so on. */
export function descendants(pid: number): readonly number[] {
  const all = processes();
  const below = (parent: number): readonly number[] =>
    all.flatMap((each) => (each.parent === parent ? [each.pid, ...below(each.pid)] : []));
  return below(pid);
}

/** All that run now, from /proc/PID/stat (proc(5)): state, parent and group are the first three fields after the name. */
function processes(): readonly { readonly pid: number; readonly parent: number; readonly group: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const [state, parent, group] = statOf(name);
      const isOver = state === undefined || state === 'Z' || state === 'X';
      return isOver ? [] : [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    });
}

function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return []; // it has ended meanwhile
  }
}
