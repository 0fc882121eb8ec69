// Reading is linear in the lines that each grammar knows: whole logs again and again, and each line of them (`growth.ts`).
// A line that another log has too, or that differs in its digits only, is read once. All lines take about two minutes of processor time in the slow lane.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLane } from '../../support/lane.ts';
import { isReadLinearly } from './growth.ts';

/** Of a whole log, and of one line again and again. */
const LINES = { log: 800, line: 400 };

const root = join(import.meta.dirname, '../../golden/logs');
const logs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.log'))
  .sort();

const known = new Set<string>();
const own = (text: string): readonly string[] =>
  text.split('\n').filter((line) => {
    const form = line.replace(/\d+/g, '0');
    const isNew = !known.has(form);
    known.add(form);
    return isNew;
  });
const golden = logs.map((name) => {
  const text = readFileSync(join(root, name), 'utf8');
  return { name, text, lines: own(text) };
});

test.each(inLane(golden, 0.02, ({ name }) => name))('$name, again and again', async ({ text, lines }) => {
  const size = text.split('\n').length;
  expect(await isReadLinearly((n) => `${text}\n`.repeat(Math.ceil(n / size)), Math.max(LINES.log, 8 * size))).toBe(true);
  for (const line of inLane(lines, 0.05)) {
    const linear = await isReadLinearly((n) => `${line}\n`.repeat(n), LINES.line);
    expect({ line, linear }).toEqual({ line, linear: true });
  }
});
