// Which commit brought the error: the set with a past of 64 commits each, carried out by the real program from the crash log
// to the request. What is claimed is what the plan of the past says, in at most 8 runs.
import { parseAnswer } from '../../src/core/answer/parse.ts';
import { COMMITS, growPast, type Plan, SIDES } from '../support/grown-past.ts';
import { slowTest } from '../support/lane.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { answerOf } from './row.ts';
import { ROWS } from './rows.ts';
import { runnable } from './toolchains.ts';

/** A busy machine makes a bisection slow, not wrong. */
const LIMIT = 900_000;

interface Case extends Omit<Plan, 'path' | 'sound'> {
  /** What is claimed of it; `none` where no test of the fix shows the error, or nothing can be built. */
  readonly claim: 'proven' | 'bounded' | 'none';
}

const side = (near: number): number => SIDES.reduce((best, at) => (Math.abs(at - near) < Math.abs(best - near) ? at : best));

/** By repository: where the bug came, and what is in the way. */
const CASES: Readonly<Record<string, Case>> = {
  'basket-js': { claim: 'proven', culprit: 30, moved: 10, formatted: 50, broken: [[40, 4]] },
  'invoice-ts': { claim: 'proven', culprit: 22, moved: 33, formatted: 44, broken: [[52, 3]] },
  'ledger-python': { claim: 'proven', culprit: 41, moved: 55, broken: [[10, 8]] },
  'strassen-python': { claim: 'proven', culprit: side(32), moved: 8, formatted: 47, broken: [[14, 5]] },
  'mailer-ruby': { claim: 'proven', culprit: 12, moved: 25, broken: [[50, 6]] },
  'shop-php': { claim: 'proven', culprit: 36, formatted: 57, broken: [[3, 6]] },
  'stats-perl': { claim: 'proven', culprit: 22, formatted: 23, broken: [[48, 5]] },
  'queue-java': { claim: 'proven', culprit: side(40), broken: [[20, 6]] },
  'feed-go': { claim: 'proven', culprit: 33, moved: 45, broken: [[6, 3]] },
  'parser-rust': { claim: 'proven', culprit: 58, formatted: 60, broken: [[12, 9]] },
  'ring-c': { claim: 'proven', culprit: 28, moved: 12, broken: [[42, 3]] },
  'grid-cpp': { claim: 'bounded', culprit: 30, broken: [[29, 1]] },
  'report-js': { claim: 'none', culprit: 30, broken: [] },
  'clock-python': { claim: 'none', culprit: 30, broken: [] },
  'release-js': { claim: 'bounded', culprit: 44, moved: 20, formatted: 54, broken: [[42, 2]] },
  'probe-js': { claim: 'bounded', culprit: 26, broken: [[16, 10]] },
};

test('every repository of the set has its past', () => {
  expect(Object.keys(CASES).sort()).toEqual(ROWS.map(({ name }) => name).sort());
});

/** One of them with its test in the file of the code too: there it is laid into that file as it was then. */
const SEARCHED = runnable(ROWS).flatMap((row) => [
  { row, name: row.name, answer: 'right' },
  ...(row.name === 'parser-rust' ? [{ row, name: row.name, answer: 'in-source' }] : []),
]);

slowTest.each(SEARCHED)(
  '$name, $answer: the commit is named as far as it is shown',
  async ({ row, answer }) => {
    const { claim, ...given } = CASES[row.name] as Case;
    const [fault] = parseAnswer(answerOf(row.name, 'right')).blocks;
    const plan: Plan = { ...given, path: fault?.filename ?? '', sound: fault?.content ?? '' };
    let ids: readonly string[] = [];
    const history = async (dir: string): Promise<void> => {
      ids = await growPast(dir, plan);
    };
    const out = await carryOut(row, { mode: 'code_blocks', answer, claude: 'stand-in', history });
    try {
      const searched = await searchOf(out);
      const { introduced } = out.result.proof ?? {};
      const numbers = (introduced?.passesAt ?? []).map((commit) => ids.indexOf(commit));
      expect({ outcome: out.result.outcome, claim: shown(introduced?.how) }).toEqual({ outcome: 'proposed', claim });
      if (claim === 'proven') expect(ids.indexOf(introduced?.commit ?? '')).toBe(plan.culprit);
      if (claim === 'bounded') {
        // It is that commit, or one of those that cannot be built.
        expect(ids.indexOf(introduced?.commit ?? '')).toBeGreaterThanOrEqual(plan.culprit);
        expect(Math.max(...numbers)).toBeLessThan(plan.culprit);
        expect(introduced?.between).toBeLessThanOrEqual(plan.broken[0]?.[1] ?? 0);
      }
      const [request] = out.world.host.requests();
      expect((request?.body ?? '').includes('Introduced by')).toBe(claim !== 'none');
      expect(searched.runs).toBeLessThanOrEqual(8);
      expect(searched.runs > 0).toBe(out.result.proof?.level === 'L4');
    } finally {
      await out.world.close();
    }
  },
  LIMIT,
);

const shown = (how: string | undefined): Case['claim'] => (how === 'proven' || how === 'bounded' ? how : 'none');

/** What the trace says of the search. */
async function searchOf({ world, result }: CarriedOut): Promise<{ readonly runs: number }> {
  const { json } = await world.run(['status', result.trace, '--json', '--config', `${world.home}/set.json`]);
  const steps = json.flatMap(({ steps = [] }) => steps as readonly { readonly name: string; readonly summary: string }[]);
  const summary = steps.find(({ name }) => name === 'verify')?.summary ?? '';
  return { runs: Number(/\((\d+) runs?\)$/.exec(summary)?.[1] ?? 0) };
}

test('a past is the same each time', () => {
  expect(COMMITS).toBe(64);
  expect(SIDES.length).toBeGreaterThan(10);
});
