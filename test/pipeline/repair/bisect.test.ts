// The search for the commit that brought the error, in a repair: what is run at which commit, what people are told, what
// happens when it takes too long or is cut off.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandRun, LastChange, Outcome } from '../../../src/core/model.ts';
import { BROKEN as NO_CODE } from '../../../src/core/proof/oracle.ts';
import { fail } from '../../../src/errors.ts';
import type { RepairPorts, RepairSettings } from '../../../src/pipeline/repair/job.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import type { History } from '../../../src/ports.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, createShop, errorIn, FIXED, NO_HISTORY, SETTINGS } from '../../support/pipeline.ts';

const LIVE = new AbortController().signal;
const NEW_TEST = 'test/gone.test.js';
const ANSWER = `${block('src/pricing.js', FIXED)}\n${block(`${NEW_TEST}" new="true`, 'expect(orderTotal({})).toBe(0);\n', '')}`;
/** No JavaScript that a program could be made of, and yet it parses. */
const UNRUNNABLE = "import gone from './gone.js';\n";

/** A line of commits that changed the file, newest first, without the base. */
const line = (...texts: readonly string[]): readonly string[] => texts;
const remark = (text: string, at: number): string => `${text}// ${at}\n`;
const PAST = line(...[1, 2, 3].map((at) => remark(BROKEN, at)), ...[4, 5, 6, 7].map((at) => remark(FIXED, at)));

interface World {
  readonly outcome: Outcome;
  /** Where the tests were run in the search: the number of the commit, `t` with the test broken. */
  readonly ran: readonly string[];
  readonly setups: readonly string[];
  readonly shop: Awaited<ReturnType<typeof createShop>>;
}

interface Given {
  readonly past?: readonly string[];
  /** Another file of the commits, by number. */
  readonly others?: Readonly<Record<number, Readonly<Record<string, string>>>>;
  readonly suspect?: LastChange;
  readonly settings?: Partial<RepairSettings>;
  /** In place of what the tests come to at a commit. */
  readonly run?: (at: number, times: number, signal: AbortSignal) => Promise<number | undefined> | undefined;
  readonly signal?: AbortSignal;
}

const nameOf = (at: number): string => String(at).repeat(40).slice(0, 40);

async function world(given: Given = {}): Promise<World & { readonly again: () => Promise<Outcome> }> {
  const { past = PAST, others = {}, suspect, settings = {}, signal = LIVE } = given;
  const shop = await createShop(ANSWER);
  const ran: string[] = [];
  const setups: string[] = [];
  const base = (await shop.files.repository.sync(LIVE)).commit;
  const ids = [base, ...past.map((_text, at) => nameOf(at + 1))];
  const history: History = {
    ...NO_HISTORY,
    lastChange: async () => suspect ?? null,
    past: async () =>
      ids.map((commit, at) => ({
        ...{ commit, parents: ids.slice(at + 1, at + 2), touches: true },
        names: new Map([['src/pricing.js', 'src/pricing.js']]),
      })),
    about: async (commit) => ({
      commit,
      author: 'Zoë configured-secret-value',
      date: '2026-02-26T09:00:00.000Z',
      subject: 'Items may be retired',
    }),
    asOf: async (_base, commit) => {
      const at = ids.indexOf(commit);
      const texts = { 'src/pricing.js': past[at - 1] ?? '', ...others[at] };
      return {
        files: Object.entries(texts).map(([path, text]) => ({ path, mode: '100644' as const, after: Buffer.from(text) })),
        names: new Map(),
      };
    },
  };
  const commands: RepairPorts['commands'] = {
    ...shop.ports.commands,
    setUp: async (command): Promise<CommandRun> => {
      setups.push(command);
      return { command, exitCode: 0, durationMs: 1, timedOut: false, output: '' };
    },
    runTests: async (command, { dir }, aborted): Promise<CommandRun> => {
      const text = readFileSync(join(dir, 'src/pricing.js'), 'utf8');
      const hasTest = existsSync(join(dir, NEW_TEST));
      const isBroken = hasTest && readFileSync(join(dir, NEW_TEST), 'utf8').startsWith(NO_CODE);
      const at = Number(/^\/\/ (\d)$/m.exec(text)?.[1] ?? 0);
      if (at > 0) ran.push(`${at}${isBroken ? 't' : ''}`);
      const special = at > 0 ? await given.run?.(at, ran.filter((one) => one === String(at)).length, aborted) : undefined;
      const exitCode = special ?? (isBroken || (hasTest && !text.includes('?.price')) ? 1 : 0);
      const output = exitCode === 0 ? '' : text.includes('gone.js') || isBroken ? "Error: Cannot find module './gone.js'\n" : errorIn(text);
      return { command, exitCode, durationMs: 1, timedOut: false, output };
    },
  };
  const ports = { ...shop.ports, history, commands };
  const all = { ...SETTINGS, checks: { test: ['npm test'] }, ...settings };
  const again = () => repair(INCIDENT, ports, all, LIVE);
  return { outcome: await repair(INCIDENT, ports, all, signal), ran, setups, shop, again };
}

const by = (at: number, more: object = {}) => ({
  commit: nameOf(at),
  author: expect.not.stringContaining('configured-secret-value'),
  date: '2026-02-26T09:00:00.000Z',
  subject: 'Items may be retired',
  ...more,
});

test('what brought it is proven, and told in the request, the mail, the commit and the trace', async () => {
  const { outcome, ran, shop } = await world();
  expect(outcome).toMatchObject({
    outcome: 'proposed',
    proof: { level: 'L4', introduced: by(3, { how: 'proven', passesAt: [nameOf(4)] }) },
  });
  expect(ran.length).toBeLessThanOrEqual(8);
  expect(ran.filter((at) => at === '3')).toHaveLength(2);
  expect(ran.filter((at) => at === '4')).toHaveLength(2);
  const [request] = shop.host.requests;
  for (const text of [request?.body ?? '', shop.notices[0]?.text ?? '']) {
    expect(text).toContain('Introduced by ');
    expect(text).toContain('Items may be retired');
    expect(text).not.toContain('configured-secret-value');
    expect(text).not.toContain('was last changed by');
  }
  expect(shop.files.message(outcome.commit ?? '')).toContain(`\nIntroduced-By: ${nameOf(3)}\n`);
  const [trace] = await shop.ledger.traces({ limit: 1 });
  expect(trace?.steps.find(({ name }) => name === 'verify')?.summary).toMatch(
    /; introduced by 333333333333: the test passes at 444444444444 and fails at it \(\d runs\)$/,
  );
});

test('commits at which the test fails for another reason are not claimed: between them it is bounded', async () => {
  const past = PAST.map((text, at) => (at === 3 || at === 4 ? `${UNRUNNABLE}${remark(BROKEN, at + 1)}` : text));
  const { outcome, shop } = await world({ past });
  expect(outcome.proof?.introduced).toEqual(by(3, { how: 'bounded', passesAt: [nameOf(6)], between: 2 }));
  expect(shop.host.requests[0]?.body).toContain('or by one of the 2 commits just before it');
  expect(shop.files.message(outcome.commit ?? '')).not.toContain('Introduced-By');
});

test('what does not parse is seen without a run', async () => {
  const past = PAST.map((text, at) => (at === 3 || at === 4 ? `)]}\n${text}` : text));
  const { outcome, ran } = await world({ past });
  expect(outcome.proof?.introduced).toMatchObject({ commit: nameOf(3), how: 'bounded', between: 2 });
  expect(ran).not.toContain('4');
  expect(ran).not.toContain('5');
});

const SUSPECT: LastChange = {
  commit: nameOf(2),
  author: 'Ada',
  date: '2026-02-26T09:00:00.000Z',
  subject: 'x',
  path: 'src/pricing.js',
  line: 12,
};

test.each([
  [
    'wavers where it should pass',
    { run: (at: number, times: number) => (at === 4 ? Promise.resolve(times % 2 === 0 ? 1 : 0) : undefined) },
    null,
  ],
  ['fails as far back as the history goes', { past: PAST.map((_text, at) => remark(BROKEN, at + 1)) }, null],
  ['is not to be looked for', { settings: { bisectSeconds: 0 } }, 'blamed'],
  ['cannot be run anywhere', { past: PAST.map((_text, at) => `${UNRUNNABLE}${remark(BROKEN, at + 1)}`) }, 'blamed'],
] as const)('nothing is claimed where the test %s', async (_what, given, how) => {
  const { outcome, shop, ran } = await world({ suspect: SUSPECT, ...given });
  expect(outcome).toMatchObject({ outcome: 'proposed', proof: { level: 'L4' } });
  // Where the runs speak against whoever is blamed, nobody is.
  expect(outcome.proof?.introduced?.how ?? null).toBe(how);
  expect(ran.length).toBeLessThanOrEqual(8);
  const body = shop.host.requests[0]?.body ?? '';
  expect(body).not.toContain('Introduced by');
  expect(body.includes('was last changed by')).toBe(how === 'blamed');
});

test('its time is bounded: the request is opened all the same', async () => {
  const hangs = (_at: number, _times: number, signal: AbortSignal) =>
    new Promise<number>((_resolve, reject) => signal.addEventListener('abort', () => reject(fail('interrupted'))));
  const { outcome } = await world({ settings: { bisectSeconds: 1 }, run: hangs, suspect: SUSPECT });
  expect(outcome).toMatchObject({ outcome: 'proposed', proof: { level: 'L4', introduced: { how: 'blamed' } } });
});

test('cut off in the search, a repair goes on and opens one request', async () => {
  const stop = new AbortController();
  let isFirst = true;
  const cut = (_at: number, _times: number, signal: AbortSignal) => {
    if (!isFirst) return undefined;
    isFirst = false;
    stop.abort();
    return signal.aborted ? Promise.reject(fail('interrupted')) : undefined;
  };
  const { outcome, again, shop } = await world({ run: cut, signal: stop.signal });
  expect(outcome).toMatchObject({ outcome: 'failed', code: 'interrupted' });
  expect(shop.host.requests).toHaveLength(0);
  expect(await again()).toMatchObject({ outcome: 'proposed', proof: { introduced: { commit: nameOf(3), how: 'proven' } } });
  expect(shop.host.requests).toHaveLength(1);
  expect(shop.fixer.requests).toHaveLength(1);
});

test('a setup is run again only where what it reads is another', async () => {
  const settings = { checks: { setup: ['npm ci'], test: ['npm test'] } };
  const same = await world({ settings });
  const lock = { 'package-lock.json': '{"a":1}\n' };
  const other = await world({ settings, others: { 4: lock, 5: lock, 6: lock, 7: lock } });
  expect(same.outcome.proof?.introduced).toMatchObject({ how: 'proven' });
  expect(other.outcome.proof?.introduced).toMatchObject({ how: 'proven' });
  expect(same.setups).toEqual(['npm ci']);
  expect(other.setups.length).toBeGreaterThan(1);
  expect(other.setups.length).toBeLessThanOrEqual(1 + other.ran.length);
});

test('where another file changed too, a broken test has to be noticed before anything is claimed', async () => {
  const others = { 4: { 'jest.config.js': 'export default {};\n' } };
  const { outcome, ran } = await world({ others });
  expect(outcome.proof?.introduced).toMatchObject({ commit: nameOf(3), how: 'proven' });
  expect(ran).toContain('4t');
  const unnoticed = await world({ others, run: (at) => (at === 4 ? Promise.resolve(0) : undefined) });
  expect(unnoticed.outcome.proof?.introduced?.how ?? 'none').not.toBe('proven');
});
