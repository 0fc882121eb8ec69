// Generations that were compressed before they were read to their end, by the real gzip.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { appendFile, copyFile, mkdtemp, open, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import { readAt } from '../../../../src/adapters/sources/file/disk.ts';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { openPacked } from '../../../../src/adapters/sources/file/unpack.ts';
import type { Checkpoint, Chunk, SourceSink } from '../../../../src/ports.ts';
import { collect, stopAll } from '../collect.ts';

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-packed-'));
  log = join(dir, 'app.log');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

const PACE = { pollMs: 30, rotateWaitMs: 60 };
const gzip = (...argv: readonly string[]): void => void execFileSync('gzip', argv);
/** Longer than what is compared of a head. */
const BANNER = `${'='.repeat(2000)}\n`;
/** A ledger holds one checkpoint of a generation. */
const newest = (checkpoints: readonly Checkpoint[]): readonly Checkpoint[] => [
  ...new Map(checkpoints.map((checkpoint) => [checkpoint.position.stream, checkpoint])).values(),
];
const numbered = (word: string, count: number): string => Array.from({ length: count }, (_, at) => `${word} ${at}\n`).join('');

/** A run that ends before it has read a byte. */
async function openOnly(): Promise<readonly Checkpoint[]> {
  const source = createFileSource([log], PACE);
  const abort = new AbortController();
  const checkpoints: Checkpoint[] = [];
  const nothing = (): void => undefined;
  const sink = { chunk: nothing, idle: () => false, ended: nothing, gap: nothing, ready: nothing, trouble: nothing };
  const opened: SourceSink['opened'] = (at) => {
    checkpoints.push({ position: at.positionAt(0)!, counted: [] });
    abort.abort();
  };
  await source.follow({ ...sink, opened }, { from: 'start', once: false, checkpoints: [], signal: abort.signal });
  return checkpoints;
}

describe('after a restart', () => {
  type Row = readonly [name: string, meanwhile: () => Promise<void>, expected: readonly string[], gaps: readonly string[]];
  const rows: readonly Row[] = [
    [
      'compressed at once',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.1`);
        gzip(`${log}.1`);
        await writeFile(log, 'new\n');
      },
      ['rest', 'new'],
      [],
    ],
    [
      'compressed with delay, a generation nobody saw beside it',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.2`);
        await writeFile(log, 'between\n');
        await rename(log, `${log}.1`);
        gzip(`${log}.2`);
        await writeFile(log, 'new\n');
      },
      ['rest', 'between', 'new'],
      [],
    ],
    [
      'by dates',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}-20260102`);
        await writeFile(log, 'between\n');
        await rename(log, `${log}-20260103`);
        gzip(`${log}-20260102`, `${log}-20260103`);
        await writeFile(log, 'new\n');
      },
      ['rest', 'between', 'new'],
      [],
    ],
    [
      'copied, truncated, and the copy compressed',
      async () => {
        await appendFile(log, 'rest\n');
        await copyFile(log, `${log}.1`);
        await truncate(log);
        gzip(`${log}.1`);
        await appendFile(log, 'new\n');
      },
      ['rest', 'new'],
      [],
    ],
    [
      'another one with the same head beside it',
      async () => {
        // Looked at first: it is the older one.
        await writeFile(`${log}.1`, `${BANNER}between\n`);
        await pause(15);
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.2`);
        gzip(`${log}.2`, `${log}.1`);
        await writeFile(log, 'new\n');
      },
      ['rest', BANNER.trimEnd(), 'between', 'new'],
      [],
    ],
    [
      'the last line has no end, nothing new yet',
      async () => {
        await appendFile(log, 'rest\nhalf');
        await rename(log, `${log}.1`);
        gzip(`${log}.1`);
      },
      ['rest', 'half'],
      [],
    ],
    [
      'what it was made of is kept',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.1`);
        gzip('-k', `${log}.1`);
        await writeFile(log, 'new\n');
      },
      ['rest', 'new'],
      [],
    ],
    [
      'in two members',
      async () => {
        await rename(log, `${log}.1`);
        gzip(`${log}.1`);
        await writeFile(join(dir, 'more'), 'rest\n');
        gzip(join(dir, 'more'));
        execFileSync('sh', ['-c', `cat "$0/more.gz" >> "$0/app.log.1.gz"`, dir]);
        await writeFile(log, 'new\n');
      },
      ['rest', 'new'],
      [],
    ],
    [
      'the end of the compressed file is missing',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.1`);
        gzip(`${log}.1`);
        await truncate(`${log}.1.gz`, 40);
        await writeFile(log, 'new\n');
      },
      ['new'],
      ['rotated or truncated while ai-ops was not running'],
    ],
    ...(['xz', 'bz2', 'zst'] as const).map(
      (kind): Row => [
        `compressed to .${kind}, which is not read`,
        async () => {
          await rename(log, `${log}.1.${kind}`);
          await writeFile(log, 'new\n');
        },
        ['new'],
        [`rotated or truncated while ai-ops was not running; app.log.1.${kind} may hold it and is not read`],
      ],
    ),
  ];

  test.each(rows)('%s', async (_name, meanwhile, expected, gaps) => {
    await writeFile(log, `${BANNER}one\ntwo\n`);
    const first = collect(createFileSource([log], PACE));
    await first.until(() => first.lines().length === 3);
    await first.stop();
    await pause(10);
    await meanwhile();
    const again = collect(createFileSource([log], PACE), { from: 'resume', checkpoints: first.checkpoints() });
    await again.until(() => again.ready !== undefined && again.lines().length >= expected.length && again.generations[0]!.ended);
    await pause(80);
    expect(again.lines()).toEqual(expected);
    expect(again.gaps.map(({ reason }) => reason)).toEqual(gaps);
    expect(again.generations[0]).toMatchObject({ id: first.generations[0]!.id, ended: true });
    await again.stop();
    const third = collect(createFileSource([log], PACE), {
      from: 'resume',
      checkpoints: newest([...first.checkpoints(), ...again.checkpoints()]),
    });
    await third.until(() => third.ready !== undefined);
    await pause(60);
    expect(third.lines()).toEqual([]);
    expect(third.gaps).toEqual([]);
    await third.stop();
  });

  test.each(['', 'unread\n'])('nothing was read of it when it was last seen, %j was in it', async (text) => {
    await writeFile(log, text);
    const checkpoints = await openOnly();
    await appendFile(log, 'rest\n');
    await rename(log, `${log}.1`);
    gzip(`${log}.1`);
    await writeFile(log, 'new\n');
    const again = collect(createFileSource([log], PACE), { from: 'resume', checkpoints });
    await again.until(() => again.lines().includes('new'));
    expect(again.lines()).toEqual([...text.split('\n').slice(0, -1), 'rest', 'new']);
    expect(again.gaps).toEqual([]);
    expect(again.generations[0]!.id).toBe(checkpoints[0]!.position.stream);
  });

  test('killed in the middle of a compressed generation: goes on there', async () => {
    await writeFile(log, 'first\n');
    const first = collect(createFileSource([log], PACE));
    await first.until(() => first.lines().length === 1);
    await first.stop();
    await appendFile(log, numbered('a line of some length to be compressed', 200_000));
    await rename(log, `${log}.1`);
    gzip(`${log}.1`);
    await writeFile(log, 'new\n');
    const half = collect(createFileSource([log], PACE), { from: 'resume', checkpoints: first.checkpoints() }, () => pause(20));
    await half.until(() => half.lines().length > 50_000);
    const count = half.lines().length;
    await half.stop();
    const [checkpoint] = half.checkpoints();
    expect(half.generations[0]!.ended).toBe(false);
    const again = collect(createFileSource([log], PACE), { from: 'resume', checkpoints: [checkpoint!] });
    await again.until(() => again.lines().at(-1) === 'new');
    const all = [...half.lines(), ...again.lines()];
    expect(count).toBeLessThan(200_000);
    expect(all.length).toBe(200_001);
    expect(all.slice(0, -1).join('\n')).toBe(numbered('a line of some length to be compressed', 200_000).trimEnd());
  });

  test('once: the compressed rest is read too', async () => {
    await writeFile(log, 'one\n');
    const first = collect(createFileSource([log], PACE));
    await first.until(() => first.lines().length === 1);
    await first.stop();
    await appendFile(log, 'rest\n');
    await rename(log, `${log}.1`);
    gzip(`${log}.1`);
    await writeFile(log, 'new\n');
    const again = collect(createFileSource([log], PACE), { from: 'resume', once: true, checkpoints: first.checkpoints() });
    await again.finished;
    expect(again.lines()).toEqual(['rest', 'new']);
  });
});

describe('while it is followed', () => {
  test.each([[['-k']], [[]]])('a generation that is being read is compressed (gzip %j): it is not read again', async (options) => {
    await writeFile(log, 'one\n');
    const seen = collect(createFileSource([log], PACE));
    await seen.until(() => seen.lines().length === 1);
    await rename(log, `${log}.1`);
    await appendFile(`${log}.1`, 'rest\n');
    gzip(...options, `${log}.1`);
    await writeFile(log, 'new\n');
    await seen.until(() => seen.lines().length === 3 && seen.generations[0]!.ended);
    await rename(`${log}.1.gz`, `${log}.2.gz`);
    await rename(log, `${log}.1`);
    await writeFile(log, 'newer\n');
    await seen.until(() => seen.lines().length === 4);
    await rm(`${log}.1`, { force: true });
    await pause(200);
    expect(seen.lines()).toEqual(['one', 'rest', 'new', 'newer']);
    expect(seen.gaps).toEqual([]);
  });

  test('the copy of copytruncate is compressed before we look', async () => {
    await writeFile(log, 'one\n');
    let held = Promise.resolve();
    const seen = collect(createFileSource([log], PACE), {}, () => held);
    await seen.until(() => seen.lines().length === 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    await appendFile(log, 'held\n');
    await seen.until(() => seen.lines().length === 2);
    await appendFile(log, 'rest\n');
    await copyFile(log, `${log}.1`);
    await truncate(log);
    gzip(`${log}.1`);
    await appendFile(log, 'new\n');
    resolve();
    await seen.until(() => seen.lines().length === 4);
    expect(seen.lines()).toEqual(['one', 'held', 'rest', 'new']);
    expect(seen.gaps).toEqual([]);
  });

  test('generations come, go and are compressed while the sink is slow', async () => {
    await writeFile(log, 'one\n');
    let held = Promise.resolve();
    const seen = collect(createFileSource([log], PACE), {}, () => held);
    await seen.until(() => seen.lines().length === 1);
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    await appendFile(log, 'two\n');
    for (const [index, line] of ['three', 'four', 'five'].entries()) {
      await rename(log, `${log}.${3 - index}`);
      gzip(`${log}.${3 - index}`);
      await writeFile(log, `${line}\n`);
      await pause(5);
    }
    resolve();
    await seen.until(() => seen.lines().length === 5);
    await pause(150);
    expect(seen.lines()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });
});

test('compressed bytes are given at any place, forwards and backwards', async () => {
  const text = Buffer.from(numbered('line', 60_000));
  await writeFile(log, text);
  gzip(log);
  const file = (await openPacked(`${log}.gz`, () => true))!;
  try {
    expect(file.facts.size).toBe(text.length);
    const places = [0, 100, 4090, 4096, 65_530, 65_536, 300_000, 299_000, 10, text.length - 5, text.length, 200_000, 5000];
    for (const at of places) {
      for (const length of [1, 5000, 300_000]) {
        expect((await readAt(file.handle, at, length)).equals(text.subarray(at, at + length))).toBe(true);
      }
    }
  } finally {
    await file.handle.close();
  }
});

test('what does not begin as it should is not unpacked, what is no gzip is not opened', async () => {
  await writeFile(log, numbered('line', 10));
  gzip('-k', log);
  expect(await openPacked(`${log}.gz`, (head) => !head.toString().startsWith('line 0'))).toBeUndefined();
  await rename(log, `${log}.2.gz`);
  expect(await openPacked(`${log}.2.gz`, () => true)).toBeUndefined();
  expect(await openPacked(`${log}.3.gz`, () => true)).toBeUndefined();
  const empty = await open(`${log}.4`, 'w');
  await empty.close();
  gzip(`${log}.4`);
  expect(await openPacked(`${log}.4.gz`, () => true)).toBeUndefined();
});

describe('read once, as scan and fix do', () => {
  const text = (count: number): string => Array.from({ length: count }, (_, n) => `line ${n} ${(n * 2654435761) % 4294967296}\n`).join('');
  const whole = gzipSync(text(20_000));
  const scanned = (names: readonly string[]) => collect(createFileSource(names), { from: 'start', once: true, unpacks: true });

  const rows: readonly (readonly [string, Buffer, number, number, string | undefined])[] = [
    ['whole', whole, 20_000, 20_000, undefined],
    ['in two members, as after gzip -c >>', Buffer.concat([whole, gzipSync('end\n')]), 20_001, 20_001, undefined],
    ['cut off in the middle', whole.subarray(0, whole.length / 2), 9_500, 10_500, 'log-cut'],
    ['cut off in its last byte', whole.subarray(0, -1), 20_000, 20_000, 'log-cut'],
    // What is unpacked before zlib notices may be no text of the log.
    ['a bit is wrong in the middle', flipped(whole, whole.length >> 1), 9_500, 22_000, 'log-cut'],
    ['its sum is wrong', flipped(whole, whole.length - 6), 20_000, 20_000, 'log-cut'],
    ['small, its sum is wrong', flipped(gzipSync(text(3)), -6), 3, 3, 'log-cut'],
    ['empty', gzipSync(''), 0, 0, undefined],
    ['no text', gzipSync(Buffer.from(Array.from({ length: 9000 }, (_, n) => (n * 37) % 256))), 0, 0, 'log-binary'],
  ];
  test.each(rows)('%s', async (_name, bytes, least, most, code) => {
    await writeFile(`${log}.2.gz`, bytes);
    const seen = scanned([`${log}.2.gz`]);
    const ended = await seen.finished.then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    expect(ended).toBe(code);
    expect(seen.lines().length).toBeGreaterThanOrEqual(least);
    expect(seen.lines().length).toBeLessThanOrEqual(most);
    expect(seen.lines().slice(0, 3)).toEqual(text(20_000).split('\n').slice(0, Math.min(3, seen.lines().length)));
  });

  test('a glob finds them, but not beside what they were made of', async () => {
    await writeFile(log, 'now\n');
    await writeFile(`${log}.1`, 'before\n');
    await writeFile(`${log}.1.gz`, gzipSync('before\n'));
    await writeFile(`${log}.2.gz`, gzipSync('long ago\n'));
    const seen = scanned([`${log}*`]);
    await seen.finished;
    expect(seen.lines()).toEqual(['now', 'before', 'long ago']);
  });

  test('a bomb takes no more memory than a few blocks of it', async () => {
    const bomb = createGzip();
    const written = pipeline(bomb, createWriteStream(`${log}.gz`));
    const block = Buffer.alloc(1024 * 1024, 'a');
    for (let n = 0; n < 300; n += 1) if (!bomb.write(block)) await once(bomb, 'drain');
    bomb.end();
    await written;
    const before = process.memoryUsage.rss();
    let most = 0;
    let size = 0;
    const nothing = (): void => undefined;
    const sink = { opened: nothing, idle: () => false, ended: nothing, gap: nothing, ready: nothing, trouble: nothing };
    const chunk = ({ bytes }: Chunk): void => {
      size += bytes.length;
      most = Math.max(most, process.memoryUsage.rss() - before);
    };
    const signal = new AbortController().signal;
    await createFileSource([`${log}.gz`]).follow({ ...sink, chunk }, { from: 'start', once: true, unpacks: true, checkpoints: [], signal });
    expect(size).toBe(300 * 1024 * 1024);
    expect(most).toBeLessThan(120 * 1024 * 1024);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = copy[index]! ^ 0xff;
  return copy;
}
