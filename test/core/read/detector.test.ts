import { createDetector, type Detector } from '../../../src/core/read/detector.ts';
import { isDoneWithin } from '../../support/processor-time.ts';
import { detect, options, ranges } from './detector-run.ts';

const TRACE = 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n    x\nValueError: ü\n';
const push = (detector: Detector, text: string | Buffer) => detector.push({ bytes: Buffer.from(text) });

describe('chunks', () => {
  const log = `start ü\n2026-01-02 03:04:05 ERROR a\r\n${TRACE}2026-01-02 03:04:06 INFO b\n{"level":"error","message":"é"}\nError: c\n\n    at f (/app/a.js:1:2)\nlast error`;
  const bytes = Buffer.from(log);
  const whole = detect(bytes);

  test('events of the whole', () => {
    expect(ranges(whole)).toBe('2-6 8-8 9-11 12-12');
    expect(whole[0]!.text).toBe(`2026-01-02 03:04:05 ERROR a\n${TRACE.trimEnd()}`);
  });
  test('two cuts anywhere give the same events', () => {
    for (let a = 0; a <= bytes.length; a++) {
      expect(detect(bytes, {}, [a])).toEqual(whole);
      expect(detect(bytes, {}, [a, Math.min(bytes.length, a + 1 + (a % 5))])).toEqual(whole);
    }
  });
  test('without the prefilter the events are the same', () => {
    expect(detect(bytes, { keywords: [...options().keywords, 'xy'] })).toEqual(whole);
  });
});

describe('where to read on', () => {
  test('behind the last whole line, or before the open event', () => {
    const detector = createDetector(options({ startOffset: 100, startLines: 7 }));
    push(detector, 'ok\n');
    expect(detector.safe).toEqual({ offset: 103, lines: 8 });
    push(detector, TRACE);
    expect(detector.hasOpen).toBe(true);
    expect(detector.safe).toEqual({ offset: 103, lines: 8 });
    const end = 103 + Buffer.byteLength(TRACE);
    const [event] = push(detector, '2026-01-02 03:04:05 INFO x\nhal');
    expect(event).toMatchObject({ line: 9, endLine: 12, offset: 103, endOffset: end });
    expect(detector.safe).toEqual({ offset: end + 27, lines: 13 });
    push(detector, 'f\n');
    expect(detector.hasOpen).toBe(false);
  });

  test('reading again from any safe place loses nothing and repeats nothing', () => {
    const bytes = Buffer.from(`ok\n${TRACE}ok\nError: a\n    at f (/app/a.js:1:2)\n`.repeat(3));
    const all = detect(bytes).map((event) => event.offset);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = createDetector(options());
      const before = push(first, bytes.subarray(0, cut)).map((event) => event.offset);
      const { offset, lines } = first.safe;
      const second = createDetector(options({ startOffset: offset, startLines: lines }));
      const after = [...push(second, bytes.subarray(offset)), ...second.flush()].map((event) => event.offset);
      expect([...before, ...after]).toEqual(all);
    }
  });

  test('in the middle of a trace more is expected', () => {
    const detector = createDetector(options());
    push(detector, 'Traceback (most recent call last):\n  File "a.py", line 1, in f\n');
    expect(detector.expectsMore).toBe(true);
    push(detector, 'ValueError: x\n');
    expect(detector.expectsMore).toBe(false);
  });
});

describe('flush', () => {
  test('quiet closes what is open', () => {
    const detector = createDetector(options());
    push(detector, 'Error: a\n');
    expect(ranges(detector.flush('quiet'))).toBe('1-1');
    expect(detector.safe).toEqual({ offset: 9, lines: 1 });
  });
  test('ended takes half a line for a line', () => {
    expect(detect('Error: a').map((event) => [event.text, event.endOffset])).toEqual([['Error: a', 8]]);
  });
});

describe('bytes', () => {
  test('a byte order mark is no text', () => {
    expect(detect('\ufeffERROR: a\n')[0]).toMatchObject({ offset: 0, level: 'error', text: 'ERROR: a' });
  });
  test.each(['utf-16le', 'utf-16be'])('%s by its mark, cut anywhere', (encoding) => {
    const little = Buffer.from('\ufeffok ਊ\r\nERROR: ü਀\r\nok\r\n', 'utf16le');
    const bytes = encoding === 'utf-16le' ? little : Buffer.from(little).swap16();
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(detect(bytes, {}, [cut]).map((event) => [event.text, event.line, event.offset])).toEqual([['ERROR: ü਀', 2, 14]]);
    }
  });
  test('other encodings by name', () => {
    expect(detect(Buffer.from('ERROR: \xfc\n', 'latin1'), { encoding: 'latin1' })[0]!.text).toBe('ERROR: ü');
    expect(() => createDetector(options({ encoding: 'no-such' }))).toThrow('not supported');
  });
  test('bytes that are no text are shown as such; NUL holes are skipped', () => {
    expect(detect(Buffer.from([0x45, 0x72, 0x72, 0x6f, 0x72, 0x3a, 0x20, 0xff, 0x0a]))[0]!.text).toBe('Error: \ufffd');
    expect(detect(`${'\0'.repeat(50)}2026-01-02 03:04:05 ERROR a\n`)[0]!.level).toBe('error');
  });
  test('a line of 20 MB is cut with a mark, in little time, and the next line is whole', async () => {
    const long = Buffer.concat([Buffer.from('ERROR: '), Buffer.alloc(20_000_000, 'x'), Buffer.from('\nERROR: b\n')]);
    const cuts = Array.from({ length: 300 }, (_, index) => (index + 1) * 65536);
    const read = () => detect(long, { maxLineBytes: 1000 }, cuts);
    expect(await isDoneWithin(20_000, read)).toBe(true);
    const [a, b] = read();
    expect(a!.text).toBe(`ERROR: ${'x'.repeat(993)}… [truncated 19999007 bytes]`);
    expect(b).toMatchObject({ line: 2, text: 'ERROR: b', offset: 20_000_008 });
  });
});

test('ignored events are left out, by text or by expression', () => {
  const log = 'Error: timeout 7\nError: Time-out 8\nError: real\n';
  expect(ranges(detect(log, { ignore: ['timeout'] }))).toBe('2-2 3-3');
  expect(ranges(detect(log, { ignore: ['/time-?out/i'] }))).toBe('3-3');
});

test('a lower limit finds warnings too', () => {
  expect(ranges(detect('2026-01-02 03:04:05 WARN a\nW0102 03:04:05.678901  1 f.go:1] b\nINFO: c\n', { level: 'warn' }))).toBe('1-1 2-2');
});

describe('lines held for an object that turns out to be none, with a keyword for which every line is read', () => {
  const AT = 'Jan  2 03:04:05 web1 app[3]: ';
  const log = (...lines: readonly string[]): string => lines.map((line) => `${AT}${line}\n`).join('');
  const frame = '    at f (/srv/a.js:7566:5)';
  const rows: readonly (readonly [string, string, readonly string[]])[] = [
    ['the line above a frame is its head', log('{', 'no basket', frame, 'errors=0 of 7739'), [`no basket\n${frame}`]],
    ['a sign that opens it is none', log('no basket', '{', frame, 'errors=0 of 7739'), []],
  ];
  test.each(rows)('%s', (_, text, expected) => {
    for (const cuts of [[], [text.indexOf('\n') + 1], [text.indexOf(frame)]]) {
      expect(detect(text, { keywords: ['ошибка'] }, cuts).map((event) => event.text)).toEqual(expected);
      expect(detect(text, {}, cuts).map((event) => event.text)).toEqual(expected);
    }
  });
});
