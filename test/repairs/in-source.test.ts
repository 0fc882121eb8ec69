// Tests that stand in the file of the code: without the fix it has the code of the base and these tests, and what they raise
// themselves is theirs.
import { LIMIT } from '../e2e/observe.ts';
import { slowTest } from '../support/lane.ts';
import { carryOut, endingOf } from './carry-out.ts';
import { ALL } from './row.ts';
import { ROWS } from './rows.ts';
import { runnable } from './toolchains.ts';

const RED = ALL.map((run) => run.replace(' 1 ', ' 101 '));
const ANSWERS = [
  { answer: 'in-source', what: 'a test of the fix', ending: { outcome: 'proposed', level: 'L4', reproduced: 'yes', runs: RED } },
  {
    answer: 'in-source-vain',
    what: 'a test that dies of the same error itself, in a function of the same name',
    ending: { outcome: 'proposed', level: 'L2', reproduced: 'no', runs: ['base 0 0', 'tests-only 101 0'] },
  },
  {
    answer: 'in-source-only',
    what: 'a test and no fix',
    ending: { outcome: 'refused', code: 'proof-refused', because: expect.stringMatching(/changes tests only/) },
  },
] as const;
const CASES = runnable(ROWS.filter(({ name }) => name === 'parser-rust')).flatMap((row) => ANSWERS.map((one) => ({ ...one, row })));

if (CASES.length === 0) test.skip('cargo is not here', () => undefined);
else
  slowTest.each(CASES)(
    '$what',
    async ({ row, answer, ending }) => {
      const out = await carryOut(row, { mode: 'code_blocks', answer, claude: 'stand-in' });
      try {
        expect(await endingOf(out)).toMatchObject(ending);
      } finally {
        await out.world.close();
      }
    },
    LIMIT,
  );
