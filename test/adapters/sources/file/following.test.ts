// What happens to a log while it is followed: each row writes lines in one way and every line must arrive once, in order.
import { execFileSync } from 'node:child_process';
import { appendFile, copyFile, mkdir, mkdtemp, open, rename, rm, stat, symlink, truncate, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { type Collection, collect } from '../collect.ts';

interface Stage {
  readonly dir: string;
  readonly log: string;
  readonly seen: Collection;
  /** Numbered lines, remembered as written. */
  next(count?: number): string;
  /** Waits until everything written has been read. */
  settle(): Promise<void>;
  /** Waits until the log has been read to its size, half a line too. */
  whole(): Promise<void>;
}

type Scenario = (stage: Stage) => Promise<void>;

/** An old file is read on for longer than anybody is held up. */
const PACE = { pollMs: 50, rotateWaitMs: 3000 };
const AFTERWARDS_MS = 400;

const SCENARIOS: readonly (readonly [name: string, act: Scenario])[] = [
  [
    'append',
    async ({ log, next }) => {
      for (let round = 0; round < 20; round += 1) await appendFile(log, next(50));
    },
  ],
  [
    'rename and create under load',
    async ({ log, next }) => {
      for (let round = 1; round <= 10; round += 1) {
        await appendFile(log, next(500));
        await rename(log, `${log}.${11 - round}`);
        await appendFile(log, next(500));
      }
    },
  ],
  [
    'rename, the writer keeps the old file for a while',
    async ({ log, next }) => {
      const writer = await open(log, 'a');
      await writer.write(next(100));
      await rename(log, `${log}.1`);
      for (let round = 0; round < 5; round += 1) {
        await writer.write(next(100));
        await pause(20);
      }
      await writer.close();
      await appendFile(log, next(100));
    },
  ],
  [
    'rename, both files are written for a while',
    async ({ log, next, settle }) => {
      const writer = await open(log, 'a');
      await writer.write(next(10));
      await settle();
      const [late, fresh] = [next(10), next(10)];
      await rename(log, `${log}.1`);
      await appendFile(log, fresh);
      await pause(200);
      await writer.write(late);
      await writer.close();
    },
  ],
  [
    'rename, nothing there for a long time',
    async ({ log, next }) => {
      await appendFile(log, next(10));
      await rename(log, `${log}.1`);
      await pause(400);
      await appendFile(log, next(10));
    },
  ],
  [
    'several rotations between two looks',
    async ({ log, next }) => {
      for (let round = 0; round < 4; round += 1) {
        await appendFile(log, next(30));
        await shift(log, 6);
      }
      await appendFile(log, next(30));
    },
  ],
  [
    'several rotations between two looks, compressed at once',
    async ({ log, next }) => {
      for (let round = 1; round <= 4; round += 1) {
        await appendFile(log, next(30));
        await rename(log, `${log}.${5 - round}`);
        execFileSync('gzip', [`${log}.${5 - round}`]);
      }
      await appendFile(log, next(30));
    },
  ],
  [
    'rotated into a dated name',
    async ({ log, next }) => {
      await appendFile(log, next(30));
      await rename(log, `${log}-20260102`);
      await appendFile(log, next(30));
      await rename(log, `${log}-20260103`);
      await appendFile(log, next(30));
    },
  ],
  [
    'copytruncate, the copy has more than was read',
    async ({ log, next, settle }) => {
      await appendFile(log, next(200));
      await settle();
      await appendFile(log, next(300));
      await copyFile(log, `${log}.1`);
      await truncate(log);
      await appendFile(log, next(20));
    },
  ],
  [
    'copytruncate twice',
    async ({ log, next, settle }) => {
      for (let round = 0; round < 2; round += 1) {
        await appendFile(log, next(100));
        await settle();
        await shift(log, 3, true);
        await appendFile(log, next(100));
        await settle();
      }
    },
  ],
  [
    'truncate, then less',
    async ({ log, next, settle }) => {
      await appendFile(log, next(100));
      await settle();
      await truncate(log);
      await appendFile(log, next(5));
    },
  ],
  [
    'rewritten with the same size',
    async ({ log, next, settle }) => {
      await appendFile(log, next(100));
      await settle();
      await writeFile(log, next(100));
    },
  ],
  [
    'rewritten larger, with the same first line',
    async ({ log, next, settle }) => {
      await appendFile(log, next(100));
      await settle();
      await writeFile(log, next(300));
    },
  ],
  [
    'a line in several writes',
    async ({ log, next }) => {
      for (const byte of Buffer.from(next(3))) {
        await appendFile(log, Buffer.from([byte]));
        await pause(3);
      }
    },
  ],
  [
    'a character cut by the writer',
    async ({ log, next }) => {
      const line = Buffer.from(next(1).replace('\n', ' naïve – 日本語\n'));
      await appendFile(log, line.subarray(0, line.length - 6));
      await pause(30);
      await appendFile(log, line.subarray(line.length - 6));
    },
  ],
  [
    'half a line, then the file is replaced',
    async ({ log, next, settle, whole }) => {
      await appendFile(log, next(3));
      await settle();
      await appendFile(log, next(1).slice(0, -1));
      await whole();
      await writeFile(`${log}.new`, next(3));
      await rename(`${log}.new`, log);
    },
  ],
  [
    'half a line, then truncated',
    async ({ log, next, settle, whole }) => {
      await appendFile(log, next(3));
      await settle();
      await appendFile(log, next(1).slice(0, -1));
      await whole();
      await truncate(log);
      await appendFile(log, next(3));
    },
  ],
  [
    'deleted and written anew',
    async ({ log, next, settle }) => {
      await appendFile(log, next(10));
      await settle();
      await unlink(log);
      await appendFile(log, next(10));
    },
  ],
  [
    'deleted, a pause, written anew',
    async ({ log, next, settle }) => {
      await appendFile(log, next(10));
      await settle();
      await unlink(log);
      await pause(400);
      await appendFile(log, next(10));
    },
  ],
  [
    'renamed away and back',
    async ({ log, next }) => {
      await appendFile(log, next(10));
      await rename(log, `${log}.1`);
      await pause(120);
      await rename(`${log}.1`, log);
      await appendFile(log, next(10));
    },
  ],
  [
    'a link to another file',
    async ({ dir, log, next, settle }) => {
      await unlink(log);
      await writeFile(join(dir, 'one.log'), next(10));
      await symlink('one.log', log);
      await settle();
      await appendFile(join(dir, 'one.log'), next(10));
      await writeFile(join(dir, 'two.log'), next(10));
      await symlink('two.log', `${log}.new`);
      await rename(`${log}.new`, log);
      await settle();
      await appendFile(join(dir, 'two.log'), next(10));
    },
  ],
  [
    // Nobody tells of it: the link is beside the directory that is listened to.
    'the directory is a link that is turned',
    async ({ dir, log, next, settle }) => {
      for (const name of ['1', '2', '3']) await mkdir(`${dir}-${name}`);
      await rename(log, join(`${dir}-1`, basename(log)));
      await rm(dir, { recursive: true });
      await symlink(`${dir}-1`, dir);
      for (const name of ['2', '3']) {
        await appendFile(log, next(10));
        await settle();
        // Until then it is listened to again.
        if (name === '2') await pause(2500);
        await symlink(`${dir}-${name}`, `${dir}.new`);
        await writeFile(join(`${dir}-${name}`, basename(log)), next(10));
        await rename(`${dir}.new`, dir);
        await settle();
        await appendFile(log, next(10));
        await settle();
      }
      for (const name of ['1', '2']) await rm(`${dir}-${name}`, { recursive: true });
      await unlink(dir);
      await rename(`${dir}-3`, dir);
    },
  ],
  [
    'the directory is gone for a while',
    async ({ dir, log, next, settle }) => {
      await appendFile(log, next(10));
      await settle();
      await rename(dir, `${dir}-away`);
      await pause(250);
      await mkdir(dir);
      await appendFile(log, next(10));
      await settle();
      await rm(`${dir}-away`, { recursive: true });
    },
  ],
];

/** logrotate: the oldest first, then the log itself, renamed or copied and truncated. */
async function shift(log: string, count: number, copy = false): Promise<void> {
  for (let age = count; age >= 1; age -= 1) await rename(`${log}.${age}`, `${log}.${age + 1}`).catch(() => undefined);
  if (!copy) return rename(log, `${log}.1`);
  await copyFile(log, `${log}.1`);
  await truncate(log);
}

async function play(act: Scenario, name: (dir: string) => string, options: { notify: boolean }): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-follow-'));
  const log = join(dir, 'app.log');
  await writeFile(log, 'header\n');
  const seen = collect(createFileSource([name(dir)], { ...PACE, ...options }));
  const written = ['header'];
  const settle = (): Promise<void> => seen.until(() => seen.lines().length >= written.length);
  const whole = async (): Promise<void> => {
    const { size } = await stat(log);
    await seen.until(() => seen.generations.some(({ offset }) => offset === size));
  };
  const next = (count = 1): string => {
    const lines = Array.from({ length: count }, (_, index) => `line ${written.length + index}`);
    written.push(...lines);
    return `${lines.join('\n')}\n`;
  };
  try {
    await seen.until(() => seen.ready !== undefined);
    await settle();
    await act({ dir, log, seen, next, settle, whole });
    await settle();
    await pause(AFTERWARDS_MS);
    expect(seen.lines().map((line) => line.replace(' naïve – 日本語', ''))).toEqual(written);
  } finally {
    await seen.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

describe('every line once and in order', () => {
  test.concurrent.each(SCENARIOS)('%s', (_name, act) => play(act, (dir) => join(dir, 'app.log'), { notify: true }), 60_000);
});

describe('the same without a notifier, as on a network mount', () => {
  test.concurrent.each(SCENARIOS)('%s', (_name, act) => play(act, (dir) => join(dir, 'app.log'), { notify: false }), 60_000);
});

describe('the same with a glob that matches the rotated files too', () => {
  const rows = SCENARIOS.filter(([name]) => !name.includes('link to'));
  test.concurrent.each(rows)('%s', (_name, act) => play(act, (dir) => join(dir, 'app.log*'), { notify: true }), 60_000);
});
