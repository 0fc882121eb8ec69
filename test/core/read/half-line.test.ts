// The last line without its newline, of a log that is quiet: given out as it stands, once, and never passed over by `safe`.

import type { ErrorEvent } from '../../../src/core/model.ts';
import { createDetector, type Detector } from '../../../src/core/read/detector.ts';
import { options } from './detector-run.ts';

const push = (detector: Detector, text: string | Buffer): readonly ErrorEvent[] => detector.push({ bytes: Buffer.from(text) });
const texts = (events: readonly ErrorEvent[]): readonly string[] => events.map(({ text }) => text);

interface Row {
  readonly name: string;
  readonly before: string;
  /** Texts given out when it is quiet. */
  readonly quiet: readonly string[];
  readonly after: string;
  /** Texts given out by what comes then, and by the end. */
  readonly rest: readonly string[];
  /** Where to read on between the two. */
  readonly safe: { readonly offset: number; readonly lines: number };
}

const rows: readonly Row[] = [
  { name: 'an error', before: 'ok\nError: a', quiet: ['Error: a'], after: '\nok\n', rest: [], safe: { offset: 3, lines: 1 } },
  { name: 'more text is added to it', before: 'Error: a', quiet: ['Error: a'], after: 'bc\nok\n', rest: [], safe: { offset: 0, lines: 0 } },
  {
    name: 'a trace is added to it',
    before: 'Error: a',
    quiet: ['Error: a'],
    after: '\n    at f (/app/a.js:1:2)\n2026-01-02 03:04:05 ERROR b\n',
    rest: ['2026-01-02 03:04:05 ERROR b'],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'the end of a trace',
    before: 'Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: x',
    quiet: ['Traceback (most recent call last):\n  File "a.py", line 1, in f\nValueError: x'],
    after: '\nok\nError: b\n',
    rest: ['Error: b'],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'text of no interest below an event',
    before: '2026-01-02 03:04:05 ERROR a\n2026-01-02 03:04:06 INFO b',
    quiet: ['2026-01-02 03:04:05 ERROR a'],
    after: '\n2026-01-02 03:04:07 ERROR c\n',
    rest: ['2026-01-02 03:04:07 ERROR c'],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'another event below one',
    before: '2026-01-02 03:04:05 ERROR a\n2026-01-02 03:04:06 ERROR b',
    quiet: ['2026-01-02 03:04:05 ERROR a', '2026-01-02 03:04:06 ERROR b'],
    after: ' and c\n',
    rest: [],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'a JSON record that is not whole says nothing yet',
    before: '{"level":"error","msg":"a',
    quiet: [],
    after: 'b"}\n',
    rest: ['{"level":"error","msg":"ab"}'],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'a JSON record that is whole',
    before: '{"level":"error","msg":"a"}',
    quiet: ['{"level":"error","msg":"a"}'],
    after: '\n{"level":"error","msg":"b"}\n',
    rest: ['{"level":"error","msg":"b"}'],
    safe: { offset: 0, lines: 0 },
  },
  {
    name: 'a text that is ignored',
    before: 'Error: noise',
    quiet: [],
    after: '\nError: b\n',
    rest: ['Error: b'],
    safe: { offset: 0, lines: 0 },
  },
];

test.each(rows)('$name', ({ before, quiet, after, rest, safe }) => {
  const detector = createDetector(options({ ignore: ['noise'] }));
  const early = push(detector, before);
  expect(detector.hasOpen).toBe(true);
  const given = [...early, ...detector.flush('quiet')];
  expect([texts(given), detector.hasOpen]).toEqual([quiet, false]);
  expect(detector.flush('quiet')).toEqual([]);
  if (early.length === 0) expect(detector.safe).toEqual(safe);
  expect(texts([...push(detector, after), ...detector.flush('ended')])).toEqual(rest);
});

test.each([
  ['a character of UTF-8 that has come in part is left out', Buffer.from('Error: aé').subarray(0, -1), 'Error: a'],
  ['UTF-16', Buffer.from('\ufeffError: aé', 'utf16le'), 'Error: aé'],
  ['UTF-16, cut within a character', Buffer.from('\ufeffError: aé', 'utf16le').subarray(0, -1), 'Error: a'],
])('%s', (_name, bytes, text) => {
  const detector = createDetector(options());
  push(detector, bytes);
  expect(texts(detector.flush('quiet'))).toEqual([text]);
});

test('a guess of the encoding learns nothing from half a line', () => {
  const samples: number[] = [];
  const guess = (sample: Uint8Array): string => {
    samples.push(sample.length);
    return 'latin1';
  };
  const detector = createDetector(options({ guess }));
  push(detector, Buffer.from('Error: \xe9\xe8', 'latin1'));
  expect(texts(detector.flush('quiet'))).toEqual(['Error: éè']);
  push(detector, Buffer.from('\xe9\n', 'latin1'));
  expect(samples).toEqual([9, 10]);
});

describe('cut anywhere, quiet at every cut', () => {
  const log = Buffer.from(
    [
      'start ü',
      '2026-01-02 03:04:05 ERROR a\r',
      'Traceback (most recent call last):',
      '  File "a.py", line 1, in f',
      '    x',
      'ValueError: ü',
      '2026-01-02 03:04:06 INFO b',
      '{"level":"error","message":"é"}',
      'Error: c',
      '',
      '    at f (/app/a.js:1:2)',
      'Caused by: d',
      '2026-01-02 03:04:07 ERROR last',
      '2026-01-02 03:04:07 ERROR last',
      'last error',
    ].join('\n'),
  );
  const all = createDetector(options());
  const offsets = [...push(all, log), ...all.flush()].map(({ offset }) => offset);

  test('every event once, and of those that were whole the same', () => {
    for (let cut = 1; cut < log.length; cut += 1) {
      if (log[cut - 1] === 10) continue;
      const detector = createDetector(options());
      const given = [...push(detector, log.subarray(0, cut)), ...detector.flush('quiet')].map(({ offset }) => offset);
      const rest = [...push(detector, log.subarray(cut)), ...detector.flush()].map(({ offset }) => offset);
      expect([...given, ...rest].toSorted((a, b) => a - b)).toEqual(offsets);
    }
  });
  test('after a restart at the safe place, what was given out is recognised by its offset', () => {
    for (let cut = 1; cut < log.length; cut += 1) {
      if (log[cut - 1] === 10) continue;
      const first = createDetector(options());
      const given = [...push(first, log.subarray(0, cut)), ...first.flush('quiet')].map(({ offset }) => offset);
      const { offset: from, lines } = first.safe;
      const second = createDetector(options({ startOffset: from, startLines: lines }));
      const again = [...push(second, log.subarray(from)), ...second.flush()].map(({ offset }) => offset);
      expect([...new Set([...given, ...again])].toSorted((a, b) => a - b)).toEqual(offsets);
      expect(again.filter((offset) => offset < from)).toEqual([]);
    }
  });
  test('quiet after every byte', () => {
    const detector = createDetector(options());
    const given: number[] = [];
    for (let at = 0; at < log.length; at += 1) {
      given.push(...push(detector, log.subarray(at, at + 1)).map(({ offset }) => offset));
      if (log[at] !== 10) given.push(...detector.flush('quiet').map(({ offset }) => offset));
    }
    given.push(...detector.flush().map(({ offset }) => offset));
    expect(given.toSorted((a, b) => a - b)).toEqual(offsets);
  });
});
