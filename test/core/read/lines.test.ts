import type { Line } from '../../../src/core/detect/open-event.ts';
import { createLineScanner, type LineScannerOptions } from '../../../src/core/read/lines.ts';
import { candidateSearch } from '../../../src/core/read/search/prefilter.ts';

const NOTHING_OPEN: LineScannerOptions['open'] = {
  isAny: false,
  only: () => undefined,
  close: () => undefined,
  texts: () => [],
  passed: () => undefined,
  counted: () => undefined,
  aloneFrom: () => undefined,
  closeAlone: () => undefined,
};

function scan(
  chunks: readonly string[],
  more: Partial<LineScannerOptions> = {},
): { lines: Line[]; position: { offset: number; lines: number } } {
  const lines: Line[] = [];
  const scanner = createLineScanner({
    offset: 0,
    lines: 0,
    encoding: 'auto',
    maxLineBytes: 100,
    open: NOTHING_OPEN,
    line: (line) => {
      lines.push(line);
      return undefined;
    },
    ...more,
  });
  for (const chunk of chunks) scanner.push(Buffer.from(chunk));
  const position = scanner.position();
  scanner.end();
  return { lines, position };
}

describe('lines of bytes', () => {
  test('half lines are carried over chunks', () => {
    const { lines, position } = scan(['a\nb', 'c', '\nd\n\ne']);
    expect(lines.map(({ text, offset, endOffset, line }) => [text, offset, endOffset, line])).toEqual([
      ['a', 0, 2, 1],
      ['bc', 2, 5, 2],
      ['d', 5, 7, 3],
      ['', 7, 8, 4],
      ['e', 8, 9, 5],
    ]);
    expect(position).toEqual({ offset: 8, lines: 4 });
  });

  test('the line before is known, over chunks too', () => {
    expect(scan(['abc\nb\n', 'c\n']).lines.map((line) => line.previous)).toEqual([undefined, 'abc', 'b']);
  });

  test('lines above can be asked for, over chunks and those that were passed over', () => {
    const text = Array.from({ length: 300 }, (_, index) => (index % 50 === 49 ? `${index} hit!` : `line ${index}`)).join('\n');
    for (const encoding of ['auto', 'utf-16le'] as const) {
      const bytes = Buffer.from(text, encoding === 'auto' ? 'utf8' : encoding);
      for (const size of [1, 7, 64, 100_000]) {
        const seen: unknown[] = [];
        const search = candidateSearch('error', ['hit!']);
        const line = (one: Line): undefined => {
          const above = one.above!(3);
          if (one.text.endsWith('!')) seen.push([one.line, ...above.map((other) => [other.text, other.line, other.endOffset])]);
        };
        const scanner = createLineScanner({ offset: 0, lines: 0, encoding, maxLineBytes: 100, open: NOTHING_OPEN, line, search });
        for (let at = 0; at < bytes.length; at += size) scanner.push(Buffer.from(bytes.subarray(at, at + size)));
        const unit = encoding === 'auto' ? 1 : 2;
        const ends = (index: number): number =>
          unit *
            text
              .split('\n')
              .slice(0, index + 1)
              .join('\n').length +
          unit;
        const expected = [49, 99, 149, 199, 249].map((index) => [
          index + 1,
          ...[1, 2, 3].map((up) => [`line ${index - up}`, index - up + 1, ends(index - up)]),
        ]);
        expect(seen).toEqual(expected);
      }
    }
  });

  test('a long line keeps its beginning', () => {
    for (const chunks of [['0123456789abc\nx\n'], ['0123', '456789a', 'bc\nx\n'], [...'0123456789abc\nx\n']]) {
      expect(scan(chunks, { maxLineBytes: 10 }).lines.map((line) => line.text)).toEqual(['0123456789… [truncated 3 bytes]', 'x']);
    }
  });

  test('a character that the cap cuts is left out', () => {
    expect(scan(['aüb\n'], { maxLineBytes: 2 }).lines[0]!.text).toBe('a… [truncated 3 bytes]');
  });

  test('lines that cannot begin an event are counted, not read', () => {
    const search = candidateSearch('error', ['hit!']);
    const text = Array.from({ length: 999 }, (_, index) => (index % 100 === 50 ? `${index} hit!` : `line ${index}`)).join('\n');
    for (const size of [7, 64, 1000, 100_000]) {
      const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size));
      const { lines } = scan(chunks, { search });
      const hits = lines.filter((line) => line.text.includes('!'));
      expect(hits.map((line) => line.line)).toEqual([51, 151, 251, 351, 451, 551, 651, 751, 851, 951]);
      for (const hit of hits) expect([text.slice(hit.offset, hit.endOffset - 1), hit.previous]).toEqual([hit.text, `line ${hit.line - 2}`]);
    }
  });
});
