// Logs that are not UTF-8: by name, and by guess. The `.txt` is the text, each `.ENCODING.log` the same by `iconv -t ENCODING`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { guessEncoding } from '../../../../src/adapters/sources/bytes/guess.ts';
import { detect } from '../../../core/read/detector-run.ts';

const root = join(import.meta.dirname, '../../../golden/encodings');
const logs = readdirSync(root)
  .filter((name) => name.endsWith('.log'))
  .sort();
const read = (name: string): Buffer => readFileSync(join(root, name));
const expected = (name: string) => {
  const events = detect(read(`${name.split('.')[0]}.txt`));
  return events.map(({ line, endLine, level, type, message, text }) => ({ line, endLine, level, type, message, text }));
};

test.each(logs)('%s', (name) => {
  const bytes = read(name);
  const label = name.split('.')[1]!;
  expect(expected(name).map((event) => [event.line, event.endLine])).toEqual([
    [2, 6],
    [8, 8],
  ]);
  expect(detect(bytes, { encoding: label })).toMatchObject(expected(name));
  const guessed = detect(bytes, { guess: guessEncoding });
  expect(guessed).toMatchObject(expected(name));
  for (let cut = 1; cut < bytes.length; cut += 7) expect(detect(bytes, { guess: guessEncoding }, [cut])).toEqual(guessed);
  // Without a guess nothing is lost but the letters.
  expect(detect(bytes).map((event) => [event.line, event.endLine])).toEqual(guessed.map((event) => [event.line, event.endLine]));
});

describe('what is UTF-8 stays UTF-8', () => {
  test('a line with one damaged byte', () => {
    const line = Buffer.concat([Buffer.from('ERROR: größe für käufer '), Buffer.from([0xff]), Buffer.from('\n')]);
    expect(detect(line, { guess: guessEncoding })[0]!.text).toBe('ERROR: größe für käufer \ufffd');
  });
  test('a lone replacement character', () => {
    expect(detect('ERROR: \ufffd\n', { guess: guessEncoding })[0]!.text).toBe('ERROR: \ufffd');
  });
});

/** Wrong answers we know of: too few letters to tell. */
describe('known wrong', () => {
  const rows: readonly (readonly [text: string, bytes: readonly number[], actual: string])[] = [
    ['ÄÖÜ (windows-1252)', [0xc4, 0xd6, 0xdc], 'windows-1251'],
    ['주문 (euc-kr)', [0xc1, 0xd6, 0xb9, 0xae], 'gb18030'],
  ];
  test.each(rows)('%s', (text, bytes, actual) => {
    expect(guessEncoding(Uint8Array.from([...Buffer.from('ERROR '), ...bytes]))).toBe(actual);
    expect(text).not.toContain(actual);
  });
});
