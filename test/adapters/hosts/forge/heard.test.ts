// A list of what was said on all requests since a moment: rows in, and whether a request has to be read again.
import { createHearing, type Heard } from '../../../../src/adapters/hosts/forge/heard.ts';
import type { Remark } from '../../../../src/core/policy/follow-up.ts';

const signal = new AbortController().signal;
const START = Date.parse('2026-03-01T12:00:00Z');
const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString().replace('.000', '');
const row = (on: number, id: number, seconds: number): Heard => ({ on, id: `comment:${id}`, at: at(seconds) });
const remark = ({ id, at: time }: Heard): Remark => ({
  ...{ id, at: time, kind: 'comment', body: 'x', author: { id: '1', name: 'jo', isBot: false } },
});

/** A host with pages of two rows, and a clock that goes on by a minute with each look. */
function project(perPage = 2) {
  const rows: Heard[] = [];
  const asked: string[] = [];
  let now = START;
  const list = async (since: string) => {
    asked.push(since);
    const found = rows.filter((one) => Date.parse(one.at) >= Date.parse(since)).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return { rows: found.slice(0, perPage), isLast: found.length <= perPage };
  };
  const hearing = createHearing([list], () => new Date(now));
  return {
    ...{ rows, asked, hearing },
    look: async (on: number, remarks: readonly Heard[]) => {
      now += 60_000;
      return hearing.isSilent(on, remarks.map(remark), signal);
    },
  };
}

test('nothing new: the same question again and again, so that its answer is "not modified"', async () => {
  const { hearing, look, asked } = project();
  hearing.read(1, at(0));
  expect([await look(1, []), await look(1, []), await look(1, [])]).toEqual([true, true, true]);
  expect(new Set(asked).size).toBe(1);
  // Before the newest thing that was read, by the clock of the host.
  expect(Date.parse(asked[0] ?? '')).toBe(START - 600_000);
});

test('a new comment is for its request alone, until that is read', async () => {
  const { hearing, look, rows } = project();
  for (const on of [1, 2]) hearing.read(on, at(0));
  rows.push(row(1, 7, 30));
  expect([await look(1, []), await look(2, []), await look(1, [])]).toEqual([false, true, false]);
  hearing.read(1, at(30));
  expect([await look(1, [row(1, 7, 30)]), await look(2, [])]).toEqual([true, true]);
});

test('what is known already is none, and what was edited is one', async () => {
  const { hearing, look, rows } = project();
  const known = row(1, 7, -60);
  hearing.read(1, at(0));
  rows.push(known);
  expect(await look(1, [known])).toBe(true);
  rows[0] = row(1, 7, 90);
  expect(await look(1, [known])).toBe(false);
});

test('nobody is known to have said it: read again once, not at every look', async () => {
  const { hearing, look, rows } = project();
  hearing.read(1, at(0));
  rows.push(row(1, 7, 30));
  expect(await look(1, [])).toBe(false);
  hearing.read(1, at(30));
  expect([await look(1, []), await look(1, [])]).toEqual([true, true]);
});

test('several pages are read; more than those, or all in one second: everything is read again', async () => {
  const pages = project();
  pages.hearing.read(1, at(0));
  pages.rows.push(...[1, 2, 3, 4, 5].map((id) => row(9, id, id)), row(1, 6, 6));
  expect(await pages.look(1, [])).toBe(false);
  const storm = project();
  for (const on of [1, 2]) storm.hearing.read(on, at(0));
  storm.rows.push(...[1, 2, 3].map((id) => row(9, id, 5)));
  expect([await storm.look(1, []), await storm.look(2, [])]).toEqual([false, false]);
  storm.hearing.read(1, at(5));
  storm.rows.length = 1;
  expect([await storm.look(1, []), await storm.look(2, [])]).toEqual([true, false]);
});

test('a host that fails is asked again', async () => {
  let fails = true;
  const hearing = createHearing(
    [
      async () => {
        if (fails) throw new Error('down');
        return { rows: [row(1, 7, 30)], isLast: true };
      },
    ],
    () => new Date(START),
  );
  hearing.read(1, at(0));
  await expect(hearing.isSilent(1, [], signal)).rejects.toThrow('down');
  fails = false;
  expect(await hearing.isSilent(1, [], signal)).toBe(false);
});
