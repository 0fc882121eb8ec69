// What no change of the code mends is told once, as one where it has one cause; again when it is ten times worse, or over.
import type { Frame, Incident } from '../../../src/core/model.ts';
import { triage } from '../../../src/core/triage/triage.ts';
import { createOutages, type OutageNews } from '../../../src/pipeline/watch/outages.ts';
import { EVENT, INCIDENT } from '../../support/incidents.ts';

const START = Date.UTC(2026, 10, 20, 9, 0, 0);
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString();

function world() {
  const told: OutageNews[] = [];
  let seconds = 0;
  const outages = createOutages(
    async (news) => void told.push(news),
    () => new Date(START + seconds * 1000),
  );
  const see = (
    id: string,
    first: number,
    last: number,
    count: number,
    message = 'connect ECONNREFUSED 10.0.0.5:5432',
    type = 'Error',
  ): void => {
    const frames: readonly Frame[] = [{ file: `/srv/${id}.js`, line: 3, function: id, inApp: true }];
    const sample = { ...EVENT, type, message, frames, text: `${type}: ${message}`, language: 'javascript' as const };
    const incident: Incident = {
      ...INCIDENT,
      fingerprint: id,
      title: `${type}: ${message}`,
      frames,
      sample,
      count,
      first: { ...INCIDENT.first, time: at(first) },
      last: { ...INCIDENT.last, time: at(last) },
    };
    outages.seen(incident, triage(sample));
  };
  const sweep = async (second: number, isLast = false): Promise<readonly string[]> => {
    seconds = second;
    const from = told.length;
    await outages.sweep(isLast);
    return told
      .slice(from)
      .map(({ stage, members, count }) => `${stage} ${members.map(({ fingerprint }) => fingerprint).join('+')} ${count}`);
  };
  return { outages, see, sweep, told };
}

test('three places of one cause are one notice; each waits until the storm has passed', async () => {
  const { outages, see, sweep } = world();
  for (const [index, id] of ['a', 'b', 'c'].entries()) see(id, index, index + 5, 2);
  expect(await sweep(10)).toEqual(['began a+b+c 6']);
  expect(['a', 'b', 'c'].map((id) => outages.stormUntil(id))).toEqual(Array(3).fill(at(7 + 900)));
  expect(await sweep(200)).toEqual([]);
  expect(await sweep(2000)).toEqual(['over a+b+c 6']);
  expect(outages.stormUntil('a')).toBeUndefined();
});

test('a storm that grows is not told again', async () => {
  const { see, sweep } = world();
  for (const [index, id] of ['b', 'c', 'd'].entries()) see(id, index, index + 5, 2);
  await sweep(10);
  see('a', 20, 21, 1);
  expect(await sweep(30)).toEqual([]);
  expect(await sweep(2000)).toEqual(['over a+b+c+d 7']);
});

test('an outage by itself is told when no storm has come of it', async () => {
  const { see, sweep } = world();
  see('disk', 0, 30, 4, 'ENOSPC: no space left on device, write');
  expect([await sweep(60), await sweep(121), await sweep(140)]).toEqual([[], ['began disk 4'], []]);
});

test('told again when it is ten times worse, and when it is over', async () => {
  const { see, sweep } = world();
  see('disk', 0, 30, 4, 'ENOSPC: no space left on device, write');
  await sweep(121);
  see('disk', 0, 200, 39, 'ENOSPC: no space left on device, write');
  expect(await sweep(201)).toEqual([]);
  see('disk', 0, 300, 40, 'ENOSPC: no space left on device, write');
  expect([await sweep(301), await sweep(302), await sweep(1300)]).toEqual([['worse disk 40'], [], ['over disk 40']]);
});

test('the last look tells what has just begun', async () => {
  const { see, sweep } = world();
  see('disk', 0, 1, 1, 'ENOSPC: no space left on device, write');
  expect(await sweep(2, true)).toEqual(['began disk 1']);
});

test('faults of the code, denials and what nobody knows are no outage', async () => {
  const { see, sweep } = world();
  see('own', 0, 1, 9, 'x is not a function', 'TypeError');
  see('denied', 0, 1, 9, 'no', 'ForbiddenError');
  see('unknown', 0, 1, 9, 'something went wrong');
  expect(await sweep(500, true)).toEqual([]);
});

test('one is told by one name, however often it is found', async () => {
  const first = world();
  first.see('disk', 0, 1, 1, 'ENOSPC: no space left on device, write');
  await first.sweep(2, true);
  const again = world();
  again.see('disk', 0, 3, 2, 'ENOSPC: no space left on device, write');
  await again.sweep(4, true);
  expect(again.told[0]?.id).toBe(first.told[0]?.id);
});
