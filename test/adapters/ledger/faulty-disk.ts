// A disk that fails or dies at one chosen write to the ledger's files. A program of its own: what it puts in place of
// `node:fs` is seen by whoever imports that afterwards. Lock files are left alone: the process does not really die.
// `faulty-disk.ts WAY [STEP]` plays one life of a ledger for every write, or every STEP-th, and prints what did not hold.
import fs from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `dies`: this write and all that follow never happen. `tears`: as `dies`, but half of this one does. `fails`: only this
 * one fails, half of it done. `full`: this one and all that follow fail until there is room again.
 */
type Way = 'dies' | 'tears' | 'fails' | 'full';

let writes = 0;
let failing: { readonly at: number; readonly way: Way } | undefined;

const isOurs = (path: unknown): boolean => String(path).includes('ai-ops.sqlite') && !String(path).includes('.lock');

/** Whether the write that is about to happen may: `half` before it fails. */
function next(path: unknown): 'done' | 'half' | 'not' {
  if (!isOurs(path)) return 'done';
  writes += 1;
  if (failing === undefined || writes < failing.at) return 'done';
  if (writes > failing.at) return failing.way === 'fails' ? 'done' : 'not';
  return failing.way === 'dies' ? 'not' : 'half';
}

const refusal = (call: string): Error =>
  Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), { code: 'ENOSPC', syscall: call });

function wrap<T extends object, K extends keyof T & string>(
  on: T,
  name: K,
  pathOf: (args: unknown[]) => unknown,
  half?: (args: unknown[]) => unknown,
): void {
  const real = (on[name] as (...args: unknown[]) => unknown).bind(on);
  const isPromise = on === (fs.promises as unknown) || half !== undefined;
  const refuse = (): never | Promise<never> => {
    if (!isPromise) throw refusal(name);
    return Promise.reject(refusal(name));
  };
  on[name] = ((...args: unknown[]) => {
    const how = next(pathOf(args));
    if (how === 'done') return real(...args);
    if (how === 'not' || half === undefined) return refuse();
    return Promise.resolve(half(args)).then(refuse);
  }) as T[K];
}

/** Of the descriptors that are open for writing. */
const paths = new Map<unknown, unknown>();

function wrapHandle(handle: FileHandle, path: unknown): FileHandle {
  const { fd } = handle;
  paths.set(fd, path);
  const close = handle.close.bind(handle);
  handle.close = () => {
    paths.delete(fd);
    return close();
  };
  const own = (): unknown => path;
  const bytesOf = (args: unknown[]): Buffer => {
    const [bytes, from = 0, length = (bytes as Buffer).length] = args as [Buffer, number?, number?];
    return bytes.subarray(from, from + Math.floor(length / 2));
  };
  const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
  wrap(handle, 'write', own, (args) => write(bytesOf(args), 0, undefined, args[3]));
  wrap(handle, 'appendFile', own, (args) => write(bytesOf([args[0]])));
  for (const name of ['truncate', 'sync', 'datasync'] as const) wrap(handle, name, own, () => undefined);
  return handle;
}

const { open } = fs.promises;
fs.promises.open = async (path, flags, mode) => {
  if (flags === 'r') return open(path, flags, mode);
  if (next(path) !== 'done') throw refusal('open');
  return wrapHandle(await open(path, flags, mode), path);
};
wrap(fs.promises, 'rename', ([, to]) => to);
wrap(fs, 'rmSync', ([path]) => path);
wrap(fs, 'writeSync', ([descriptor]) => paths.get(descriptor));
syncBuiltinESMExports();

// Only now: these import `node:fs`.
const { checkpoint, offsetOf, ending, sighting, start, step } = await import('../../contracts/ledger.ts');
const { openReader } = await import('../../../src/adapters/ledger/reader.ts');
const { openAt, WASM } = await import('./stage.ts');
type Ledger = Awaited<ReturnType<typeof openAt>>;

const LINES = 4;

/** What a watcher does: counts line after line, repairs once, ends. Goes on where the ledger says. @returns lines acknowledged */
async function live(dir: string, told: (line: number) => void, insist: (work: () => Promise<unknown>) => Promise<void>): Promise<void> {
  let ledger: Ledger | undefined;
  await insist(async () => {
    ledger = await openAt(dir);
  });
  const open = ledger!;
  try {
    let line = (await open.checkpoints()).map(offsetOf)[0] ?? 0;
    for (; line < LINES; line++) {
      await open.record({
        checkpoint: { ...checkpoint(line + 1), counted: [] },
        sightings: [sighting(line), { ...sighting(line), fingerprint: `v1:${line}` }],
      });
      await insist(() => open.flush(true));
      told(line + 1);
      if (line === 1) await repair(open, insist);
    }
  } finally {
    await open.close().catch(() => undefined);
  }
}

async function repair(open: Ledger, insist: (work: () => Promise<unknown>) => Promise<void>): Promise<void> {
  await insist(() => open.begin(start('t1')));
  await insist(() => open.step('t1', step('fix'), { value: 'exact words', costUsd: 1 }));
  await insist(() => open.end('t1', ending('t1')));
}

/** What the disk says, to a reader and to `sqlite3`. */
async function standing(dir: string): Promise<{ readonly offset: number; readonly counts: readonly number[]; readonly trace: string }> {
  const reader = openReader(join(dir, 'ai-ops.sqlite'), () => fs.readFileSync(WASM));
  const offset = (await reader.checkpoints()).map(offsetOf)[0] ?? 0;
  const incidents = await reader.incidents();
  const [trace] = await reader.traces();
  await reader.close();
  return { offset, counts: incidents.map(({ count }) => count).sort((a, b) => b - a), trace: trace?.state ?? 'none' };
}

const wanted = (offset: number): readonly number[] => (offset === 0 ? [] : [offset, ...Array.from({ length: offset }, () => 1)]);

/** @returns what did not hold */
async function play(at: number, way: Way): Promise<readonly string[]> {
  const dir = fs.mkdtempSync(join(tmpdir(), 'ai-ops-faulty-'));
  const wrong: string[] = [];
  let acknowledged = 0;
  writes = 0;
  failing = { at, way };
  const isDeath = way === 'dies' || way === 'tears';
  const insist = async (work: () => Promise<unknown>): Promise<void> => {
    for (let tries = 0; ; tries++) {
      try {
        await work();
        return;
      } catch (cause) {
        if ((cause as { code?: string }).code !== 'state-unwritable') wrong.push(`other error: ${String(cause)}`);
        if (isDeath || tries > 5) throw cause;
        if (tries === 2) failing = undefined; // room again
      }
    }
  };
  const told = (line: number): void => {
    acknowledged = line;
  };
  try {
    await live(dir, told, insist).catch((cause: unknown) => {
      if (!isDeath) wrong.push(`gave up: ${String(cause)}`);
    });
    failing = undefined;
    const after = await standing(dir);
    if (after.offset < acknowledged) wrong.push(`acknowledged ${acknowledged}, found ${after.offset}`);
    if (JSON.stringify(after.counts) !== JSON.stringify(wanted(after.offset))) wrong.push(`at ${after.offset}: ${after.counts}`);
    await live(dir, told, (work) => work().then(() => undefined));
    const last = await standing(dir);
    if (last.offset !== LINES || JSON.stringify(last.counts) !== JSON.stringify(wanted(LINES)))
      wrong.push(`in the end ${JSON.stringify(last)}`);
    if (!isDeath && last.trace !== 'proposed') wrong.push(`the trace is ${last.trace}`);
    const left = fs.readdirSync(dir);
    if (left.join() !== 'ai-ops.sqlite') wrong.push(`left: ${left}`);
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
  return wrong;
}

failing = undefined;
writes = 0;
await play(Number.POSITIVE_INFINITY, 'dies');
const points = writes;
const found: string[] = [];
const [way = 'dies', each = '1'] = process.argv.slice(2) as [Way?, string?];
for (let at = 1; at <= points; at += Number(each)) {
  found.push(...(await play(at, way)).map((what) => `${way} at write ${at} of ${points}: ${what}`));
}
process.stdout.write(`${JSON.stringify({ points, found })}\n`);
