// What goes away by itself only delays: no descriptor left, no permission, names that are missing for a moment.
// A process of its own meets them for real; it must live on and lose nothing.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

interface Said {
  readonly line?: string;
  readonly trouble?: string;
  readonly gap?: string;
  readonly ready?: boolean;
  readonly held?: number;
  readonly listing?: boolean;
  readonly code?: string;
}

interface Reader {
  readonly said: readonly Said[];
  tell(command: 'hold' | 'free' | 'free 2' | 'stop' | 'go'): void;
  until(done: (said: readonly Said[]) => boolean): Promise<void>;
}

const READER = join(import.meta.dirname, 'reader.ts');
/** Enough for Node itself and a few files. */
const DESCRIPTORS = 40;
const NOBODY = 65534;
const TEST_MS = 300_000;

let dir: string;
let log: string;
let child: ChildProcessWithoutNullStreams | undefined;
let written: string[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-troubles-'));
  await chmod(dir, 0o755);
  log = join(dir, 'app.log');
  written = [];
});
afterEach(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await chmod(dir, 0o755);
  await rm(dir, { recursive: true, force: true });
});

const next = (count: number): string => {
  const lines = Array.from({ length: count }, (_, index) => `line ${written.length + index}`);
  written.push(...lines);
  return lines.map((line) => `${line}\n`).join('');
};
const linesOf = (said: readonly Said[]): readonly string[] => said.flatMap(({ line }) => line ?? []);
const troublesOf = (said: readonly Said[]): readonly string[] => said.flatMap(({ trouble }) => trouble ?? []);

/** With a lower limit of open files; where we are root, as somebody who may not read everything. */
async function read(): Promise<Reader> {
  const uid = process.getuid?.() === 0 ? String(NOBODY) : '';
  const argv = ['-c', `ulimit -n ${DESCRIPTORS} && exec "$0" "$@"`, process.execPath, READER, log, uid];
  const started = spawn('sh', argv, { stdio: 'pipe' });
  child = started;
  const said: Said[] = [];
  let errors = '';
  started.stderr.on('data', (text) => (errors += text));
  createInterface({ input: started.stdout }).on('line', (text) => said.push(JSON.parse(text)));
  const until: Reader['until'] = async (done) => {
    const end = Date.now() + 60_000;
    while (!done(said)) {
      if (started.exitCode !== null) throw new Error(`it ended with ${started.exitCode}: ${errors}`);
      if (Date.now() > end) throw new Error(`waited in vain after ${said.length}: ${JSON.stringify(said.slice(-5))} ${errors}`);
      await pause(5);
    }
  };
  await until((all) => all.some(({ ready }) => ready));
  return { said, until, tell: (command) => void started.stdin.write(`${command}\n`) };
}

async function holdAll(reader: Reader): Promise<void> {
  const before = reader.said.length;
  reader.tell('hold');
  await reader.until((said) => said.slice(before).some(({ code }) => code === 'EMFILE'));
}

async function shift(count: number): Promise<void> {
  for (let age = count; age >= 1; age -= 1) await rename(`${log}.${age}`, `${log}.${age + 1}`).catch(() => undefined);
  await rename(log, `${log}.1`);
}

async function allArrived(reader: Reader): Promise<void> {
  await reader.until((said) => linesOf(said).length >= written.length);
  await pause(300);
  expect(linesOf(reader.said)).toEqual(written);
  expect(reader.said.filter(({ gap }) => gap !== undefined)).toEqual([]);
}

test(
  'no descriptor is left, and the log is rotated twice meanwhile',
  async () => {
    await writeFile(log, next(10));
    const reader = await read();
    await reader.until((said) => linesOf(said).length === 10);
    await holdAll(reader);
    await appendFile(log, next(10));
    for (let round = 0; round < 2; round += 1) {
      await shift(round);
      await appendFile(log, next(10));
      await pause(150);
    }
    await reader.until((said) => troublesOf(said).some((text) => text.includes('too many open files')));
    reader.tell('free');
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'no descriptor is left again and again, under load',
  async () => {
    await writeFile(log, next(1));
    const reader = await read();
    for (let round = 0; round < 12; round += 1) {
      if (round % 3 === 0) await holdAll(reader);
      await appendFile(log, next(200));
      await shift(round);
      await appendFile(log, next(50));
      await pause(40);
      if (round % 3 === 2) reader.tell('free');
    }
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'the new file may not be read at first',
  async () => {
    await writeFile(log, next(10));
    const reader = await read();
    await reader.until((said) => linesOf(said).length === 10);
    await shift(0);
    await writeFile(log, next(10), { mode: 0 });
    await reader.until((said) => troublesOf(said).length > 0);
    expect(troublesOf(reader.said)).toEqual([`cannot read the log ${log}: permission denied`]);
    await appendFile(`${log}.1`, 'late in the old one\n');
    await reader.until((said) => linesOf(said).at(-1) === 'late in the old one');
    written.splice(10, 0, 'late in the old one');
    await chmod(log, 0o644);
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'the log may not be read when the program starts',
  async () => {
    await writeFile(log, next(10), { mode: 0 });
    const reader = await read();
    await reader.until((said) => troublesOf(said).length > 0);
    await chmod(log, 0o644);
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'the directory is closed to us for a while, and the log is rotated meanwhile',
  async () => {
    await writeFile(log, next(10));
    const reader = await read();
    await reader.until((said) => linesOf(said).length === 10);
    await chmod(dir, 0);
    await appendFile(log, next(10));
    await reader.until((said) => linesOf(said).length === 20 && troublesOf(said).length > 0);
    await shift(0);
    await appendFile(log, next(10));
    await pause(200);
    await chmod(dir, 0o755);
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'the log is rotated again and again while it is looked for what came before it, and there are descriptors for two of them only',
  async () => {
    await writeFile(log, next(10));
    const reader = await read();
    await reader.until((said) => linesOf(said).length === 10);
    reader.tell('stop');
    await writeFile(`${log}.new`, next(5));
    await rename(log, `${log}.9`);
    await rename(`${log}.new`, log);
    await reader.until((said) => said.some(({ listing }) => listing));
    await holdAll(reader);
    for (const age of [8, 7, 6, 5, 4]) {
      await rename(log, `${log}.${age}`);
      // Times of files tick in milliseconds.
      await pause(20);
      await writeFile(log, next(5));
    }
    reader.tell('free 2');
    reader.tell('go');
    await reader.until((said) => troublesOf(said).length > 0);
    reader.tell('free');
    await allArrived(reader);
  },
  TEST_MS,
);

test(
  'names come and go faster than anybody can look',
  async () => {
    await writeFile(log, next(1));
    const reader = await read();
    for (let round = 0; round < 60; round += 1) {
      await appendFile(log, next(5));
      await rename(log, `${log}.${60 - round}`);
      if (round % 4 === 0) await pause(round % 8);
      // A name that is gone before it can be opened.
      await writeFile(join(dir, 'app.log.old'), '');
      await unlink(join(dir, 'app.log.old'));
    }
    await appendFile(log, next(5));
    await allArrived(reader);
  },
  TEST_MS,
);
