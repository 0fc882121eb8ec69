// Where reading begins, what it refuses, how it waits: files, globs and standard input.
import { execFileSync } from 'node:child_process';
import { appendFile, copyFile, mkdir, mkdtemp, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { openSources } from '../../../../src/adapters/sources/registry.ts';
import { createStdinSource } from '../../../../src/adapters/sources/stdin/source.ts';
import type { Checkpoint } from '../../../../src/ports.ts';
import { collect, stopAll } from '../collect.ts';

/** Nothing here is read from a server. */
const NOBODY = { credentialsFor: () => ({}), userAgent: 'a test', now: Date.now };
const NO_COMMANDS = { commandFor: () => Promise.reject(new Error('none')) as never, start: () => Promise.reject(new Error('none')) };

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-reading-'));
  log = join(dir, 'app.log');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

/** A ledger holds one checkpoint of a generation. */
const newest = (checkpoints: readonly Checkpoint[]): readonly Checkpoint[] => [
  ...new Map(checkpoints.map((checkpoint) => [checkpoint.position.stream, checkpoint])).values(),
];
const FAST = { pollMs: 30, rotateWaitMs: 60 };

describe('where following begins', () => {
  test.each([
    ['start', 'a\nb\nc', 0, 0, ['a', 'b']],
    ['end', 'a\nb\n', 4, 2, []],
    ['end', 'a\nb\nhalf', 4, 2, []],
    ['resume', 'a\nb\nhalf', 4, 2, []],
    ['resume', '', 0, 0, []],
  ] as const)('from %s in %j: offset %i after %i lines', async (from, text, offset, lines, delivered) => {
    await writeFile(log, text);
    const seen = collect(createFileSource([log], FAST), { from });
    await seen.until(() => seen.ready !== undefined && seen.lines().length === delivered.length);
    expect(seen.ready).toEqual([{ source: log, offset }]);
    expect(seen.generations).toMatchObject([{ start: offset, startLines: lines }]);
    await appendFile(log, ' end\nnext\n');
    const first = text.endsWith('\n') || text === '' ? ' end' : `${text.split('\n').at(-1)} end`;
    await seen.until(() => seen.lines().length === delivered.length + 2);
    expect(seen.lines()).toEqual([...delivered, first, 'next']);
    await seen.stop();
  });

  test('a file that is missing at the start is read from byte 0 when it is born', async () => {
    const seen = collect(createFileSource([log], FAST), { from: 'resume' });
    await seen.until(() => seen.ready !== undefined);
    expect(seen.ready).toMatchObject([{ source: log, offset: 0, waiting: { source: log } }]);
    expect(seen.troubles).toEqual([`${log}: no such log: ${log}`]);
    await pause(100);
    await writeFile(log, 'born\n');
    await seen.until(() => seen.lines().length === 1);
    expect(seen.troubles).toHaveLength(1);
    await seen.stop();
  });

  test('a glob takes in files that are born, but no compressed ones', async () => {
    const pattern = join(dir, '*.log*');
    const seen = collect(createFileSource([pattern], FAST), { from: 'resume' });
    await seen.until(() => seen.ready !== undefined);
    expect(seen.troubles).toEqual([`${pattern}: no such log: ${pattern}`]);
    await writeFile(join(dir, 'a.log'), 'a\n');
    await writeFile(join(dir, 'b.log.gz'), 'b\n');
    await writeFile(join(dir, 'c.log'), 'c\n');
    await seen.until(() => seen.lines().length === 2);
    await pause(80);
    expect(seen.generations.map(({ source }) => source).sort()).toEqual([join(dir, 'a.log'), join(dir, 'c.log')]);
    await seen.stop();
  });

  test('a glob leaves alone what was rotated long before a log was born', async () => {
    for (const age of [1, 2]) {
      await writeFile(`${log}.${age}`, `ancient ${age}\n`);
      await utimes(`${log}.${age}`, 1_700_000_000, 1_700_000_000);
    }
    execFileSync('gzip', [`${log}.2`]);
    const seen = collect(createFileSource([join(dir, '*.log')], FAST), { from: 'resume' });
    await seen.until(() => seen.ready !== undefined);
    await writeFile(log, 'born\n');
    await seen.until(() => seen.lines().includes('born'));
    await pause(80);
    expect(seen.lines()).toEqual(['born']);
    await seen.stop();
  });

  test('two names for one file are read once', async () => {
    await writeFile(log, 'once\n');
    const seen = collect(createFileSource([log, `${dir}/./app.log`, `${dir}/*.log`], FAST));
    await seen.until(() => seen.lines().length > 0);
    await appendFile(log, 'more\n');
    await seen.until(() => seen.lines().length > 1);
    await pause(80);
    expect(seen.lines()).toEqual(['once', 'more']);
    await seen.stop();
  });
});

describe('going on after a restart', () => {
  type Meanwhile = () => Promise<void>;
  const rows: readonly (readonly [string, Meanwhile, readonly string[], number])[] = [
    ['nothing happened', async () => undefined, [], 0],
    ['lines were added', () => appendFile(log, 'new\n'), ['new'], 0],
    [
      'rotated',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.1`);
        await writeFile(log, 'new\n');
      },
      ['rest', 'new'],
      0,
    ],
    [
      'rotated twice, with a generation nobody saw',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.2`);
        await pause(15);
        await writeFile(`${log}.1`, 'unseen\n');
        await writeFile(log, 'new\n');
      },
      ['rest', 'unseen', 'new'],
      0,
    ],
    [
      'rotated into a date, nothing new yet',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, join(dir, 'app-20260102.log'));
      },
      ['rest'],
      0,
    ],
    [
      'copied and truncated',
      async () => {
        await appendFile(log, 'rest\n');
        await writeFile(`${log}.1`, 'one\ntwo\nrest\n');
        await truncate(log);
        await appendFile(log, 'new\n');
      },
      ['rest', 'new'],
      0,
    ],
    ['rewritten', () => writeFile(log, 'new\n'), ['new'], 1],
    ['rewritten larger with the same first line', () => writeFile(log, 'one\nother\nand more\n'), ['one', 'other', 'and more'], 1],
    [
      'rotated and compressed',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.1`);
        execFileSync('gzip', [`${log}.1`]);
        await writeFile(log, 'new\n');
      },
      ['rest', 'new'],
      0,
    ],
    [
      'rotated twice, both compressed',
      async () => {
        await appendFile(log, 'rest\n');
        await rename(log, `${log}.2`);
        await writeFile(log, 'between\n');
        await rename(log, `${log}.1`);
        execFileSync('gzip', [`${log}.1`, `${log}.2`]);
        await writeFile(log, 'new\n');
      },
      ['rest', 'between', 'new'],
      0,
    ],
    [
      'rotated, and what should be compressed is not',
      async () => {
        await rename(log, `${log}.1.gz`);
        await writeFile(log, 'new\n');
      },
      ['new'],
      1,
    ],
  ];

  test.each(rows)('%s', async (_name, meanwhile, expected, gaps) => {
    await writeFile(log, 'one\ntwo\n');
    const first = collect(createFileSource([log], FAST));
    await first.until(() => first.lines().length === 2);
    await first.stop();
    const checkpoints = first.checkpoints();
    expect(first.places()).toMatchObject([{ source: log, offset: 8, lines: 2 }]);
    await pause(10);
    await meanwhile();
    const again = collect(createFileSource([log], FAST), { from: 'resume', checkpoints });
    await again.until(() => again.ready !== undefined && again.lines().length >= expected.length);
    await pause(80);
    expect(again.lines()).toEqual(expected);
    expect(again.gaps).toHaveLength(gaps);
    const same = again.generations.find(({ id }) => id === checkpoints[0]!.position.stream);
    if (gaps === 0) expect(same).toMatchObject({ start: 8, startLines: 2 });
    else expect(same).toMatchObject({ start: 8, offset: 8, ended: true });
    await again.stop();
    const third = collect(createFileSource([log], FAST), { from: 'resume', checkpoints: newest([...checkpoints, ...again.checkpoints()]) });
    await third.until(() => third.ready !== undefined);
    await pause(60);
    expect(third.lines()).toEqual([]);
    expect(third.gaps).toEqual([]);
    await third.stop();
  });

  test('a log that was waited for and born while nobody was reading is read from its first byte, once', async () => {
    const first = collect(createFileSource([log], FAST), { from: 'resume' });
    await first.until(() => first.ready !== undefined);
    await first.stop();
    const [position] = first.ready!.flatMap((place) => place.waiting ?? []);
    const waiting = { position: position!, counted: [] };
    await writeFile(log, 'one\ntwo\n');
    const again = collect(createFileSource([log], FAST), { from: 'resume', checkpoints: [waiting] });
    await again.until(() => again.lines().length === 2);
    expect(again.generations.map(({ id }) => id)).not.toContain(position!.stream);
    await again.stop();
    const third = collect(createFileSource([log], FAST), { from: 'resume', checkpoints: [waiting, ...again.checkpoints()] });
    await third.until(() => third.ready !== undefined);
    await pause(60);
    expect([third.lines(), third.gaps]).toEqual([[], []]);
    await third.stop();
  });

  test('truncated, written again and renamed before we saw it, and newer files were begun before we stopped', async () => {
    await writeFile(log, 'one\ntwo\n');
    const first = collect(createFileSource([log], FAST));
    await first.until(() => first.lines().length === 2);
    await first.stop();
    await copyFile(log, `${log}.2`);
    await writeFile(log, 'again\n');
    await rename(log, `${log}.1`);
    await pause(15);
    await writeFile(log, 'newer\n');
    const second = collect(createFileSource([log], FAST));
    await second.until(() => second.lines().length === 1);
    await second.stop();
    const checkpoints = [...first.checkpoints(), ...second.checkpoints()];
    const again = collect(createFileSource([log], FAST), { from: 'resume', checkpoints });
    await again.until(() => again.ready !== undefined && again.generations.length === 3);
    await pause(80);
    expect([again.lines(), again.gaps]).toEqual([['again'], []]);
    await again.stop();
  });

  test('first seen under its rotated name by a glob, then shifted and compressed', async () => {
    const glob = join(dir, 'app.log*');
    await writeFile(`${log}.1`, 'one\n');
    const first = collect(createFileSource([glob], FAST), { from: 'start' });
    await first.until(() => first.lines().length === 1);
    await first.stop();
    await appendFile(`${log}.1`, 'late\n');
    await rename(`${log}.1`, `${log}.2`);
    execFileSync('gzip', [`${log}.2`]);
    await writeFile(`${log}.1`, 'newer\n');
    const again = collect(createFileSource([glob], FAST), { from: 'resume', checkpoints: newest(first.checkpoints()) });
    await again.until(() => again.lines().length >= 2);
    await pause(80);
    expect([again.lines().toSorted(), again.gaps]).toEqual([['late', 'newer'], []]);
    await again.stop();
  });

  test('a checkpoint of the same relative name elsewhere is not used', async () => {
    await writeFile(log, 'one\n');
    const first = collect(createFileSource([log], FAST));
    await first.until(() => first.lines().length === 1);
    await first.stop();
    await mkdir(join(dir, 'b'));
    await writeFile(join(dir, 'b', 'app.log'), 'other\n');
    const checkpoints = first.checkpoints().map((checkpoint) => ({
      ...checkpoint,
      position: { ...checkpoint.position, source: join(dir, 'b', 'app.log') },
    }));
    const other = collect(createFileSource([join(dir, 'b', 'app.log')], FAST), { from: 'resume', checkpoints });
    await other.until(() => other.ready !== undefined);
    expect(other.ready).toEqual([{ source: join(dir, 'b', 'app.log'), offset: 6 }]);
    expect(other.gaps).toEqual([]);
    await other.stop();
  });
});

describe('bad input', () => {
  const rows: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['log-not-found', 'is missing', async () => undefined],
    ['log-is-directory', 'is a directory', () => mkdir(log)],
    ['log-binary', 'is a program', () => writeFile(log, Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0', 'latin1'))],
    ['log-binary', 'is compressed', () => writeFile(log, Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 4, 0, 0x43, 0xbe]))],
  ];

  test.each(rows)('once: %s where the log %s, after the others were read', async (code, _what, make) => {
    await make();
    await writeFile(join(dir, 'good.log'), 'good\n');
    const seen = collect(createFileSource([log, join(dir, 'good.log')], FAST), { once: true });
    await expect(seen.finished).rejects.toMatchObject({ name: 'AiOpsError', code });
    expect(seen.lines()).toEqual(['good']);
    expect(seen.generations.every(({ ended }) => ended)).toBe(true);
  });

  test.each(rows)('following: %s is said once where the log %s, and tried again', async (_code, _what, make) => {
    await make();
    const seen = collect(createFileSource([log], FAST), { from: 'resume' });
    await seen.until(() => seen.troubles.length > 0);
    await pause(120);
    expect(seen.troubles).toHaveLength(1);
    await rm(log, { recursive: true, force: true });
    await pause(60);
    await writeFile(log, 'now a log\n');
    await seen.until(() => seen.lines().length > 0);
    expect(seen.lines()).toEqual(['now a log']);
    await seen.stop();
  });

  test('unreadable: said, and read on from the right place once it can be', async () => {
    // Links in a circle cannot be opened by anybody, root included.
    await symlink('app.log', log);
    const once = collect(createFileSource([log], FAST), { once: true });
    await expect(once.finished).rejects.toMatchObject({ code: 'log-unreadable' });
    const seen = collect(createFileSource([log], FAST), { from: 'resume' });
    await seen.until(() => seen.troubles.length > 0);
    expect(seen.troubles).toEqual([`${log}: cannot read the log ${log}: the symbolic links go in a circle`]);
    await writeFile(join(dir, 'real.log'), 'old\n');
    await symlink('real.log', join(dir, 'link'));
    await rename(join(dir, 'link'), log);
    await seen.until(() => seen.generations.length > 0);
    await appendFile(log, 'new\n');
    await seen.until(() => seen.lines().length > 0);
    expect(seen.lines()).toEqual(['new']);
  });
});

describe('chunks', () => {
  test('once: the unterminated last line is delivered too', async () => {
    await writeFile(log, 'one\ntwo');
    const seen = collect(createFileSource([log], FAST), { once: true });
    await seen.finished;
    expect(seen.lines()).toEqual(['one', 'two']);
    expect(seen.generations).toMatchObject([{ ended: true, offset: 7 }]);
  });

  test('once: the same file gives the same generation, so that event ids are stable', async () => {
    await writeFile(log, 'one\n');
    const ids = [];
    for (let round = 0; round < 2; round += 1) {
      const seen = collect(createFileSource([log], FAST), { once: true });
      await seen.finished;
      ids.push(seen.generations[0]!.id);
    }
    expect(ids[0]).toBe(ids[1]);
  });

  test('a line of 20 MB comes in pieces of bounded size', async () => {
    const line = 'x'.repeat(20 * 1024 * 1024);
    await writeFile(log, `before\n${line}\nafter\n`);
    const seen = collect(createFileSource([log], FAST), { once: true });
    await seen.finished;
    const lines = seen.lines();
    expect([lines.length, lines[0], lines[1]!.length, lines[2]]).toEqual([3, 'before', line.length, 'after']);
    expect(seen.largest).toBeLessThan(2.1 * 1024 * 1024);
  });

  test('UTF-16 is cut between characters', async () => {
    const text = Array.from({ length: 60_000 }, (_, index) => `zeile ${index} ਊ ä\n`).join('');
    await writeFile(log, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
    const sizes: number[] = [];
    const ends: string[] = [];
    const source = createFileSource([log], FAST);
    await source.follow(
      {
        opened: () => undefined,
        chunk: ({ bytes }) => {
          sizes.push(bytes.length);
          ends.push(bytes.subarray(-2).toString('hex'));
        },
        idle: () => false,
        ended: () => undefined,
        gap: () => undefined,
        ready: () => undefined,
        trouble: () => undefined,
      },
      { from: 'start', once: true, checkpoints: [], signal: new AbortController().signal },
    );
    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2 + text.length * 2);
    expect(new Set(ends)).toEqual(new Set(['0a00']));
  });

  test('a slow sink holds the reading back', async () => {
    await writeFile(log, 'y'.repeat(99).concat('\n').repeat(20_000));
    let open = 0;
    let most = 0;
    const seen = collect(createFileSource([log], FAST), {}, async () => {
      open += 1;
      most = Math.max(most, open);
      // Longer than the next block takes, also on a busy machine.
      await pause(100);
      open -= 1;
    });
    await seen.until(() => seen.lines().length === 20_000);
    expect(most).toBe(1);
    expect(seen.largest).toBeLessThan(1.1 * 1024 * 1024);
    await seen.stop();
  });

  test('a large file does not keep a small one waiting', async () => {
    await writeFile(log, 'y'.repeat(99).concat('\n').repeat(100_000));
    await writeFile(join(dir, 'small.log'), 'small\n');
    const order: string[] = [];
    const source = createFileSource([log, join(dir, 'small.log')], FAST);
    const seen = collect(source, {}, async () => {
      order.push(
        seen.generations
          .filter(({ offset }) => offset > 0)
          .map(({ source: name }) => name)
          .join(),
      );
    });
    await seen.until(() => seen.lines().length === 100_001);
    const first = order.findIndex((names) => names.includes('small.log'));
    expect(first).toBeLessThan(order.length / 2);
    await seen.stop();
  });

  test('what the sink throws ends the reading', async () => {
    await writeFile(log, 'one\n');
    const seen = collect(createFileSource([log], FAST), {}, () => Promise.reject(new Error('the ledger is full')));
    await expect(seen.finished).rejects.toThrow('the ledger is full');
  });
});

describe('time', () => {
  test('a line arrives when it is written, not at the next look, and quiet is reported', async () => {
    await writeFile(log, '');
    const seen = collect(createFileSource([log], { pollMs: 1000 }));
    await seen.until(() => seen.ready !== undefined);
    const waits: number[] = [];
    for (let index = 1; index <= 15; index += 1) {
      await pause(20);
      const start = performance.now();
      await appendFile(log, `line ${index}\n`);
      await seen.until(() => seen.lines().length === index);
      waits.push(performance.now() - start);
    }
    // Right behind a look, the next one is a second away.
    expect(Math.min(...waits)).toBeLessThan(500);
    const idles = seen.generations[0]!.idles;
    const start = performance.now();
    await pause(700);
    await seen.until(() => seen.generations[0]!.idles >= idles + 2);
    expect(seen.generations[0]!.idles - idles).toBeLessThanOrEqual((performance.now() - start) / 110);
    await seen.stop();
  });

  test.each([
    ['something waits for it', true, 3],
    ['nothing waits for it', false, 1],
  ])('silence is told again where %s', async (_name, waitsForSilence, least) => {
    await writeFile(log, '');
    const seen = collect(createFileSource([log]), {}, undefined, waitsForSilence);
    await seen.until(() => seen.ready !== undefined);
    await appendFile(log, 'one\n');
    await seen.until(() => seen.generations[0]!.idles >= least);
    await pause(600);
    if (!waitsForSilence) expect(seen.generations[0]!.idles).toBe(1);
    await appendFile(log, 'two\n');
    await seen.until(() => seen.lines().length === 2 && seen.generations[0]!.idles > least);
    expect(seen.lines()).toEqual(['one', 'two']);
    await seen.stop();
  });

  test('idle files wait for the system: two hundred of them wake nobody', async () => {
    const logs = Array.from({ length: 200 }, (_, index) => join(dir, `service-${index}.log`));
    for (const one of logs) await writeFile(one, 'calm\n');
    const seen = collect(createFileSource([join(dir, '*.log')]), {}, undefined, false);
    await seen.until(() => seen.ready !== undefined);
    for (const one of logs) await appendFile(one, 'calm\n');
    await seen.until(() => seen.lines().length === 400);
    await pause(1500);
    const woken = async (): Promise<number> => {
      const before = process.resourceUsage().voluntaryContextSwitches;
      await pause(2000);
      return process.resourceUsage().voluntaryContextSwitches - before;
    };
    // Whatever else wakes this process: in one of some attempts nothing does.
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 5 && least >= 300; attempt += 1) least = Math.min(least, await woken());
    expect(least).toBeLessThan(300);
    await appendFile(logs[77]!, 'late\n');
    await seen.until(() => seen.lines().includes('late'));
    await seen.stop();
  });
});

describe('standard input', () => {
  test('whole lines, the rest at the end, quiet in between', async () => {
    const stream = new PassThrough();
    const seen = collect(createStdinSource(stream));
    stream.write('one\n');
    await seen.until(() => seen.lines().length === 1);
    await pause(400);
    expect(seen.generations[0]!.idles).toBeGreaterThanOrEqual(1);
    stream.write('two\nth');
    await seen.until(() => seen.lines().length === 2);
    stream.end('ree');
    await seen.finished;
    expect(seen.lines()).toEqual(['one', 'two', 'three']);
    expect(seen.generations).toMatchObject([{ id: 'stdin', source: '-', ended: true }]);
    expect(seen.checkpoints()).toEqual([]);
  });

  test('binary input is refused', async () => {
    const stream = new PassThrough();
    const seen = collect(createStdinSource(stream));
    stream.end(Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 8, 0, 1]));
    await expect(seen.finished).rejects.toMatchObject({ code: 'log-binary' });
  });

  test('an abort ends the wait for it', async () => {
    const seen = collect(createStdinSource(new PassThrough()));
    await pause(20);
    await seen.stop();
    expect(seen.generations[0]!.ended).toBe(false);
  });

  test('beside files it is one source with one ready', async () => {
    await writeFile(log, 'from the file\n');
    const stream = new PassThrough();
    const seen = collect(
      await openSources([log, '-', join(dir, 'no.log')], { stdin: () => stream, encoding: 'auto', servers: NOBODY, commands: NO_COMMANDS }),
      {
        once: true,
      },
    );
    stream.end('from the pipe\n');
    await expect(seen.finished).rejects.toMatchObject({ code: 'log-not-found' });
    expect([...seen.lines()].sort()).toEqual(['from the file', 'from the pipe']);
    expect(seen.ready).toHaveLength(3);
  });

  test.each([[[]], [['app.log', '']]])('no name at all is an error: %j', async (names) => {
    await expect(
      openSources(names, { stdin: () => new PassThrough(), encoding: 'auto', servers: NOBODY, commands: NO_COMMANDS }),
    ).rejects.toThrow('no log to read');
  });
});
