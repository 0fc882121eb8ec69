// Reads a JUnit report: names of tests and what came of each. Bounded; a report that is broken or too large says nothing.
import type { TestOutcome } from '../../core/model.ts';
import type { Named } from '../../core/proof/test-results.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_CASES = 50_000;

/** @returns nothing for what is no such report */
export async function readJunit(text: string): Promise<Named> {
  if (text.length === 0 || text.length > MOST_BYTES) return [];
  const { SaxesParser } = (await import('saxes')).default;
  const parser = new SaxesParser();
  const found: [string, TestOutcome][] = [];
  parser.on('opentag', ({ name, attributes }) => {
    const open = found.at(-1);
    if (name === 'testcase' && found.length < MOST_CASES)
      found.push([[attributes.classname ?? attributes.class ?? '', attributes.name ?? ''].join(' '), 'passed']);
    if (open && (name === 'failure' || name === 'error')) open[1] = 'failed';
    if (open && name === 'skipped') open[1] = 'skipped';
  });
  try {
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
  } catch {
    return [];
  }
  return found;
}
