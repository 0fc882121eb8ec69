// A last line without its newline: delivered once it has been quiet, while the place to go on from stays before it.
import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { createCutter } from '../../../../src/adapters/sources/bytes/cut.ts';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { createStdinSource } from '../../../../src/adapters/sources/stdin/source.ts';
import { type Collection, collect, stopAll } from '../collect.ts';

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-half-'));
  log = join(dir, 'app.log');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

const HALF_LINE_MS = 600;
/** So long that nobody who is busy takes it for quiet in between. */
const LONG_MS = 3000;
const PACE = { pollMs: 30, rotateWaitMs: 60, halfLineMs: HALF_LINE_MS };
const delivered = (seen: Collection, index = 0): string => Buffer.concat(seen.generations[index]?.bytes ?? []).toString();

describe('half a line in a file', () => {
  async function quietHalf(text: string): Promise<Collection> {
    await writeFile(log, text);
    const seen = collect(createFileSource([log], PACE));
    await seen.until(() => seen.ready !== undefined);
    await seen.until(() => delivered(seen) === text);
    return seen;
  }

  test('is delivered when it has been quiet, not before; the rest of the line follows it', async () => {
    await writeFile(log, 'one\nha');
    const seen = collect(createFileSource([log], { ...PACE, halfLineMs: LONG_MS }));
    await seen.until(() => delivered(seen) === 'one\n');
    for (let round = 0; round < 5; round += 1) {
      await pause(LONG_MS / 4);
      await appendFile(log, '.');
      expect(delivered(seen)).toBe('one\n');
    }
    await seen.until(() => delivered(seen) === 'one\nha.....');
    await appendFile(log, 'lf\ntwo\n');
    await seen.until(() => seen.lines().length === 3);
    expect(seen.lines()).toEqual(['one', 'ha.....lf', 'two']);
    expect(seen.generations).toHaveLength(1);
  });

  test('its file does not count as quiet before it is delivered: it may be the end of an event', async () => {
    await writeFile(log, 'one\nhalf');
    const seen = collect(createFileSource([log], PACE));
    await seen.until(() => (seen.generations[0]?.idles ?? 0) > 0);
    expect(delivered(seen)).toBe('one\nhalf');
  });

  test('the checkpoint stays before it: after a restart the line comes whole', async () => {
    const first = await quietHalf('one\nhalf');
    await first.stop();
    expect(first.places()).toMatchObject([{ offset: 4, lines: 1 }]);
    await appendFile(log, ' and rest\n');
    const again = collect(createFileSource([log], PACE), { from: 'resume', checkpoints: first.checkpoints() });
    await again.until(() => again.lines().length === 1);
    expect(again.lines()).toEqual(['half and rest']);
  });

  const ends: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'renamed away',
      async () => {
        await rename(log, `${log}.1`);
        await writeFile(log, 'new\n');
      },
    ],
    [
      'truncated',
      async () => {
        await truncate(log);
        await appendFile(log, 'new\n');
      },
    ],
  ];
  test.each(ends)('is a line of its own when its file is %s', async (_name, end) => {
    const seen = await quietHalf('one\nhalf');
    await end();
    await seen.until(() => seen.lines().includes('new') && seen.generations[0]!.ended);
    expect(seen.lines()).toEqual(['one', 'half', 'new']);
  });

  test('of UTF-16 ends between two units', async () => {
    const text = Buffer.from('\ufeffone\nhalf', 'utf16le');
    await writeFile(log, text.subarray(0, -1));
    const seen = collect(createFileSource([log], PACE));
    await seen.until(() => Buffer.concat(seen.generations[0]?.bytes ?? []).equals(text.subarray(0, -2)));
    await appendFile(log, Buffer.concat([text.subarray(-1), Buffer.from(' end\n', 'utf16le')]));
    const whole = Buffer.concat([text, Buffer.from(' end\n', 'utf16le')]);
    await seen.until(() => Buffer.concat(seen.generations[0]!.bytes).equals(whole));
  });
});

test('half a line on standard input', async () => {
  const stream = new PassThrough();
  const seen = collect(createStdinSource(stream, { halfLineMs: LONG_MS }));
  stream.write('one\nha');
  await seen.until(() => delivered(seen) === 'one\n');
  await pause(LONG_MS / 10);
  expect(delivered(seen)).toBe('one\n');
  await seen.until(() => delivered(seen) === 'one\nha');
  stream.end('lf\ntwo');
  await seen.finished;
  expect(seen.lines()).toEqual(['one', 'half', 'two']);
});

test('standard input does not count as quiet before its half line is delivered', async () => {
  const stream = new PassThrough();
  const seen = collect(createStdinSource(stream, { halfLineMs: HALF_LINE_MS }));
  stream.write('one\nhalf');
  await seen.until(() => (seen.generations[0]?.idles ?? 0) > 0);
  expect(delivered(seen)).toBe('one\nhalf');
  stream.end();
  await seen.finished;
});

test('the cutter goes on in the line whose half it gave away', () => {
  const cutter = createCutter({ offset: 0 }, { width: 2, lf: 0 });
  expect(cutter.push(Buffer.from([0x61, 0, 0x62]))).toBeUndefined();
  expect(cutter.half()).toMatchObject({ offset: 0, bytes: Buffer.from([0x61, 0]) });
  expect(cutter.half()).toBeUndefined();
  expect(cutter.push(Buffer.from([0, 0x0a, 0, 0x63]))).toMatchObject({ offset: 2, bytes: Buffer.from([0x62, 0, 0x0a, 0]) });
  expect(cutter.rest()).toMatchObject({ offset: 6, bytes: Buffer.from([0x63]) });
  expect(cutter.rest()).toBeUndefined();
});
