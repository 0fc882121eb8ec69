// Several new incidents with one cause are one storm; what has its own cause is no member.
import type { Frame } from '../../../src/core/model.ts';
import { type StormCandidate, storms } from '../../../src/core/triage/storm.ts';
import { triage } from '../../../src/core/triage/triage.ts';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 20, 9, 0, seconds)).toISOString();

interface One {
  readonly id: string;
  readonly second: number;
  readonly file?: string;
  readonly type?: string;
  readonly message?: string;
}

function candidate({ id, second, file = `${id}.js`, type = 'Error', message = 'connect ECONNREFUSED 10.0.0.5:5432' }: One): StormCandidate {
  const frames: readonly Frame[] = [{ file, line: 3, function: 'load', inApp: true }];
  const event = { type, message, frames, language: 'javascript' as const, text: `${type}: ${message}`, source: 'app.log' };
  return { fingerprint: id, event, triage: triage(event), firstAt: at(second), lastAt: at(second + 5) };
}

const OUTAGE = ['a', 'b', 'c'].map((id, index) => candidate({ id, second: index * 30 }));

test('three places that are refused by one server within two minutes', () => {
  expect(storms(OUTAGE, at(120))).toMatchObject([
    { shared: expect.stringMatching(/ECONNREFUSED|10\.0\.0\.5:5432/), members: ['a', 'b', 'c'] },
  ]);
});

test('the order of the incidents says nothing', () => {
  expect(storms(OUTAGE.toReversed(), at(120))).toEqual(storms(OUTAGE, at(120)));
});

test.each<readonly [string, readonly StormCandidate[], number]>([
  ['two are no storm', OUTAGE.slice(0, 2), 120],
  ['three over an hour', ['a', 'b', 'c'].map((id, index) => candidate({ id, second: index * 1800 })), 3700],
  ['three from one place are one stranger', ['a', 'b', 'c'].map((id) => candidate({ id, second: 1, file: 'x.js' })), 120],
  [
    'three of different causes',
    ['ENOSPC: no space', 'EAI_AGAIN db', 'connect ECONNREFUSED 10.0.0.1:1'].map((message, i) =>
      candidate({ id: `${i}`, second: i, message }),
    ),
    120,
  ],
  [
    'three faults of the code after a deployment',
    ['a', 'b', 'c'].map((id) => candidate({ id, second: 1, type: 'TypeError', message: 'x is not a function' })),
    120,
  ],
  ['calm for a quarter of an hour', OUTAGE, 60 + 5 + 901],
])('%s', (_name, candidates, now) => {
  expect(storms(candidates, at(now))).toEqual([]);
});

test('a fault of the code in the middle of it stays outside', () => {
  const own = candidate({ id: 'own', second: 40, type: 'TypeError', message: 'Cannot read properties of null' });
  expect(storms([...OUTAGE, own], at(120))).toMatchObject([{ members: ['a', 'b', 'c'] }]);
});
