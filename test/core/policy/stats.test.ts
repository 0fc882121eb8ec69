// What has come of the repairs: which traces count where, and what a merged fix has cost.
import type { Proof } from '../../../src/core/model.ts';
import { type Counted, statsOf } from '../../../src/core/policy/stats.ts';

const proof = (level: Proof['level']): Proof => ({ level, detail: '', commands: [] });
const request = { url: 'https://git.example.org/a/b/pull/7', number: 7, state: 'open' } as const;
const repair = (more: Partial<Counted>): Counted => ({
  ...{ state: 'failed', proof: null, costUsd: 1, turns: 1, request: null, class: 'code-fault', language: 'python' },
  ...more,
});
const rows = (traces: readonly Counted[]) => new Map(statsOf(traces).map((one) => [`${one.by} ${one.value}`, one]));

const EIGHT: readonly Counted[] = [
  repair({ state: 'proposed', proof: proof('L4'), request }),
  repair({ state: 'merged', proof: proof('L4'), request }),
  repair({ state: 'confirmed', proof: proof('L4'), request, language: 'go' }),
  repair({ state: 'regressed', proof: proof('L2'), request }),
  repair({ state: 'closed', proof: proof('L2'), request, class: 'unknown' }),
  repair({ state: 'issued', proof: proof('L0'), costUsd: null }),
  repair({ state: 'refused', class: null, language: null, costUsd: null, turns: null }),
  repair({ state: 'running', proof: null }),
];

test('the whole counts each repair that has ended, by what became of its request', () => {
  expect(rows(EIGHT).get('all null')).toEqual({
    ...{ by: 'all', value: null, repairs: 7, proposed: 5, issued: 1, merged: 3, confirmed: 1, regressed: 1, closed: 1 },
    ...{ costUsd: 5, unpriced: 1, usdPerMerged: 5 / 3, usdPerConfirmed: 5 },
  });
});

test('a merged fix costs what all repairs of its row have cost, and nothing can be said where none is merged', () => {
  const found = rows([repair({ costUsd: 3 }), repair({ state: 'merged', request, proof: proof('L4'), costUsd: 1 })]);
  expect(found.get('all null')).toMatchObject({ usdPerMerged: 4, usdPerConfirmed: null });
  expect(found.get('level L4')).toMatchObject({ usdPerMerged: 1 });
  expect(found.get('level null')).toMatchObject({ repairs: 1, usdPerMerged: null });
});

test('levels, classes and languages in the order of their names, what has none last', () => {
  expect([...rows(EIGHT).keys()]).toEqual([
    ...['all null', 'level L0', 'level L2', 'level L4', 'level null', 'class code-fault', 'class unknown', 'class null'],
    ...['language go', 'language python', 'language null'],
  ]);
});

test('each repair is in one row of each kind', () => {
  for (const kind of ['level', 'class', 'language'])
    expect(statsOf(EIGHT).reduce((sum, { by, repairs }) => sum + (by === kind ? repairs : 0), 0)).toBe(7);
});

test('a reply on a request is no repair of its own, and its money is that of the fix', () => {
  const follows = {
    cause: 'asks',
    request,
    branch: 'ai-ops/fix-0123456789ab',
    head: 'a'.repeat(40),
    round: 1,
    asks: [],
    paths: [],
  } as const;
  const found = rows([
    repair({ state: 'merged', request, proof: proof('L4') }),
    repair({ state: 'merged', request, proof: proof('L4'), follows }),
  ]);
  expect(found.get('all null')).toMatchObject({ repairs: 1, proposed: 1, merged: 1, costUsd: 2, usdPerMerged: 2 });
});

test('nothing has ended', () => {
  expect(statsOf([repair({ state: 'running' })])).toEqual([expect.objectContaining({ by: 'all', repairs: 0, usdPerMerged: null })]);
});
