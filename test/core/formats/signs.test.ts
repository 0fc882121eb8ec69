// A reader of traces is asked only where a sign of its language stands. It must never be spared where it would have read a trace.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { READERS } from '../../../src/core/formats/traces/languages.ts';

const golden = join(import.meta.dirname, '../../golden');
/** More of a log says nothing new, and each of its lines may be the first. */
const MOST_LINES = 40;

const logs = [
  ...readdirSync(join(golden, 'kinds')).flatMap((name) =>
    readFileSync(join(golden, 'kinds', name), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((row) => (JSON.parse(row) as { readonly log: readonly string[] }).log),
  ),
  ...readdirSync(join(golden, 'logs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.log'))
    .map((name) => readFileSync(join(golden, 'logs', name), 'utf8').split('\n')),
].map((lines) => lines.slice(0, MOST_LINES));

test.each(Object.entries(READERS))('%s', (_language, readers) => {
  const missed = readers.flatMap(({ read, signs }) =>
    logs.flatMap((lines) =>
      lines.flatMap((line, at) => {
        const part = lines.slice(at);
        const text = part.join('\n');
        const hasSign = signs.some((sign) => (typeof sign === 'string' ? text.includes(sign) : sign.test(text)));
        return hasSign || read(part) === undefined ? [] : [line];
      }),
    ),
  );
  expect(missed).toEqual([]);
});
