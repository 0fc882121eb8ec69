// Reads reports in XML, JUnit's and the trx of .NET: names of tests and what came of each. Bounded; a report that is broken or
// too large says nothing.
import type { TestOutcome } from '../../core/model.ts';
import type { Named } from '../../core/proof/test-results.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_CASES = 50_000;

/** @returns nothing for what is no such report */
export async function readJunit(text: string): Promise<Named> {
  const found: [string, TestOutcome][] = [];
  const isWhole = await read(text, (name, attributes) => {
    const open = found.at(-1);
    if (name === 'testcase' && found.length < MOST_CASES) {
      const of = attributes.classname ?? attributes.class ?? '';
      // CTest says of one that is disabled nothing else.
      const isOff = attributes.status === 'disabled' || attributes.status === 'notrun';
      found.push([
        of === attributes.name || of === '' ? (attributes.name ?? '') : `${of} > ${attributes.name ?? ''}`,
        isOff ? 'skipped' : 'passed',
      ]);
    }
    if (open && (name === 'failure' || name === 'error')) open[1] = 'failed';
    if (open && name === 'skipped') open[1] = 'skipped';
  });
  return isWhole ? found : [];
}

/** What `dotnet test --logger trx` writes: the class of a test stands in its definition, which comes behind. */
export async function readTrx(text: string): Promise<Named> {
  const results: { readonly id: string; readonly name: string; readonly outcome: TestOutcome }[] = [];
  const classes = new Map<string, string>();
  let defined = '';
  const isWhole = await read(text, (name, attributes) => {
    if (name === 'UnitTestResult' && results.length < MOST_CASES) {
      const outcome = TRX[attributes.outcome ?? 'Error'] ?? 'failed';
      results.push({ id: attributes.testId ?? '', name: attributes.testName ?? '', outcome });
    }
    if (name === 'UnitTest') defined = attributes.id ?? '';
    if (name === 'TestMethod') classes.set(defined, attributes.className ?? '');
  });
  if (!isWhole) return [];
  return results.map(({ id, name, outcome }) => {
    const of = classes.get(id) ?? '';
    return [of === '' || name.startsWith(`${of}.`) ? name : `${of}.${name}`, outcome];
  });
}

/** All other outcomes are failures; a result without one is of a test that was ended. */
const TRX: Readonly<Record<string, TestOutcome>> = {
  Passed: 'passed',
  PassedButRunAborted: 'passed',
  Warning: 'passed',
  NotExecuted: 'skipped',
  NotRunnable: 'skipped',
  Inconclusive: 'skipped',
  Pending: 'skipped',
};

/** @returns whether it was read to its end */
async function read(text: string, open: (name: string, attributes: Readonly<Record<string, string>>) => void): Promise<boolean> {
  if (text.length === 0 || text.length > MOST_BYTES) return false;
  const { SaxesParser } = (await import('saxes')).default;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => open(name, attributes as Readonly<Record<string, string>>));
  try {
    parser.on('error', (error) => {
      throw error;
    });
    parser.write(text).close();
    return true;
  } catch {
    return false;
  }
}
