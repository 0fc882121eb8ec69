// A repair among other boxes: who gets a bug, what is left behind for the others, and what requests before say.
import { fingerprintV1 } from '../../../src/core/group/fingerprint-v1.ts';
import type { Trace } from '../../../src/core/model.ts';
import { fixBranch, marker } from '../../../src/core/texts/branch.ts';
import { fail } from '../../../src/errors.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, FILES, SETTINGS } from '../../support/pipeline.ts';
import { type Box, boxes, run } from '../../support/pipeline-boxes.ts';

const LIVE = new AbortController().signal;
const BRANCH = fixBranch(INCIDENT.fingerprint);

const stateOf = async ({ ledger }: Box) => {
  const [incident] = await ledger.incidents({ fingerprint: INCIDENT.fingerprint });
  return incident && `${incident.state} ${incident.reason} ${incident.attempts}`;
};

test('while another box is at work nothing is spent; it is no attempt, and it is looked at again after the claim', async () => {
  const { claims, one, two } = await boxes();
  await claims.box('two').take({ fingerprint: INCIDENT.fingerprint, asked: false, seconds: 600 }, LIVE);
  const outcome = await run(one);
  expect(outcome).toMatchObject({ outcome: 'skipped', code: 'claimed-elsewhere', costUsd: null });
  expect(Date.parse(outcome.until ?? '')).toBeGreaterThan(Date.now() + 590_000);
  expect(one.fixer.requests).toHaveLength(0);
  expect(await stateOf(one)).toBe('waiting claimed-elsewhere 0');
  expect(await one.ledger.spending(new Date())).toMatchObject({ repairsLastHour: 0 });
  expect((await one.ledger.incidents())[0]?.lastAttemptAt).toBeNull();

  expect(await run(two)).toMatchObject({ outcome: 'proposed' });
  expect(claims.standing.size).toBe(0);
  const later = await run(one);
  expect(later).toMatchObject({ outcome: 'skipped', code: 'policy-skip', request: { number: 1, state: 'open' } });
  expect(await stateOf(one)).toBe('proposed policy-skip 1');
  expect(one.fixer.requests.length + two.fixer.requests.length).toBe(1);
});

test('a refusal leaves a tombstone: others do not pay for it too, unless a person asks', async () => {
  const { claims, one, two } = await boxes(block('../x.yml', 'x'));
  expect((await run(one)).outcome).toBe('refused');
  expect(claims.standing.get(INCIDENT.fingerprint)).toMatchObject({ box: 'one', state: 'refused', attempts: 1 });
  expect(await run(two)).toMatchObject({
    code: 'tried-elsewhere',
    reason: expect.stringContaining('another box tried it (refused), not before'),
  });
  expect(two.fixer.requests).toHaveLength(0);
  expect((await run(two, { asked: true })).outcome).toBe('refused');
  expect(claims.standing.get(INCIDENT.fingerprint)).toMatchObject({ box: 'two', state: 'refused', attempts: 2 });
});

test('what failed before Claude was asked leaves nothing behind', async () => {
  const { claims, one } = await boxes();
  const ports = {
    ...one.ports,
    repository: { ...one.ports.repository, sync: () => Promise.reject(fail('git-auth', { remote: 'x', detail: '' })) },
  };
  expect((await run({ ports })).code).toBe('git-auth');
  expect(claims.standing.size).toBe(0);
});

test('what failed after Claude was paid rests for others, and goes on here', async () => {
  const { claims, one, two, host } = await boxes();
  host.failures.push('host-unreachable');
  expect((await run(one)).code).toBe('host-unreachable');
  expect(claims.standing.get(INCIDENT.fingerprint)).toMatchObject({ state: 'failed' });
  expect((await run(two)).code).toBe('tried-elsewhere');
  expect((await run(one)).outcome).toBe('proposed');
  expect([one.fixer.requests.length, two.fixer.requests.length, host.requests.length, claims.standing.size]).toEqual([1, 0, 1, 0]);
});

test('interrupted, the claim stays; the same box goes on with it, the other waits', async () => {
  const { claims, one, two } = await boxes();
  const stop = new AbortController();
  const { syntax } = one.ports;
  const check: typeof syntax.check = (...given) => {
    stop.abort();
    return syntax.check(...given);
  };
  const ports = { ...one.ports, syntax: { check } };
  expect((await repair(INCIDENT, ports, SETTINGS, stop.signal)).code).toBe('interrupted');
  expect(claims.standing.get(INCIDENT.fingerprint)).toMatchObject({ box: 'one', state: 'working' });
  expect((await run(two)).code).toBe('claimed-elsewhere');
  expect((await run(one)).outcome).toBe('proposed');
  expect([one.fixer.requests.length, claims.standing.size]).toEqual([1, 0]);
});

test('while a long repair runs its claim is renewed', async () => {
  const { claims, one } = await boxes();
  const nonces = new Set<string | undefined>();
  const { syntax } = one.ports;
  const check: typeof syntax.check = async (...given) => {
    for (let look = 0; look < 3000 && nonces.size < 4; look += 1) {
      nonces.add(claims.standing.get(INCIDENT.fingerprint)?.nonce);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return syntax.check(...given);
  };
  expect((await run({ ports: { ...one.ports, syntax: { check } } }, { claim: { ...SETTINGS.claim, seconds: 1.5 } })).outcome).toBe(
    'proposed',
  );
  expect(nonces.size).toBeGreaterThan(2);
  expect(claims.standing.size).toBe(0);
});

test('a dead box is waited for until its claim expires', async () => {
  const { claims, one } = await boxes();
  await claims.box('dead').take({ fingerprint: INCIDENT.fingerprint, asked: false, seconds: 600 }, LIVE);
  claims.now += 660_000;
  expect((await run(one)).outcome).toBe('proposed');
});

test('a remote that takes no claims is worked with, and the row says so', async () => {
  const { claims, one } = await boxes();
  claims.refuse('hook declined');
  const { trace, outcome } = await run(one);
  expect(outcome).toBe('proposed');
  expect((await one.ledger.traces({ trace }))[0]?.steps[0]?.summary).toContain('hook declined');
});

describe('the name of the branch', () => {
  const SET = { branchPrefix: 'bugfix/ai-ops-' };
  const NAMED = fixBranch(INCIDENT.fingerprint, 1, SET.branchPrefix);

  test('is what a team has set', async () => {
    const { one, files } = await boxes();
    expect(await run(one, SET)).toMatchObject({ outcome: 'proposed', branch: NAMED });
    expect(files.branches.has(NAMED)).toBe(true);
  });

  test.each([
    ['a branch called like the prefix', 'ai-ops', 'branch-blocked'],
    ["a person's branch of that name", BRANCH, 'branch-taken'],
  ] as const)('%s is found before anything is paid, and nothing is claimed', async (_, branch, code) => {
    const { one, files, claims } = await boxes();
    files.plant(branch, FILES);
    expect(await run(one)).toMatchObject({ outcome: 'failed', code, costUsd: null });
    expect([one.fixer.requests.length, claims.standing.size]).toEqual([0, 0]);
  });

  test('set later, what was proposed and closed before still stands', async () => {
    const { one, host } = await boxes();
    await run(one);
    Object.assign(host.requests[0] ?? {}, { state: 'closed' });
    expect(await run(one, SET)).toMatchObject({ outcome: 'skipped', request: { number: 1, state: 'closed' } });
    expect(one.fixer.requests).toHaveLength(1);
    expect(await run(one, { ...SET, asked: true, again: true })).toMatchObject({ outcome: 'proposed', branch: NAMED });
  });

  test.each([
    [{ kind: 'signature' }, 'commit.sign'],
    [{ kind: 'message', pattern: { operator: 'starts_with', text: 'JIRA-', isNegated: false } }, 'commit.subject'],
    [{ kind: 'committer', pattern: { operator: 'ends_with', text: '@acme.test', isNegated: false } }, 'commit.committer'],
  ] as const)('%j is known before anything is paid, and names %s', async (rule, key) => {
    const { one, host, claims } = await boxes();
    host.formRules = [rule];
    expect(await run(one)).toMatchObject({
      outcome: 'failed',
      code: 'rule-refused',
      hint: expect.stringContaining(`set ${key} to what it asks for; `),
    });
    expect([one.fixer.requests.length, claims.standing.size]).toEqual([0, 0]);
  });

  test('refused by a rule at the push: set, it goes on with a commit of the new form and the same answer', async () => {
    const { one, files } = await boxes();
    const { repository } = one.ports;
    const refusing = {
      ...one.ports,
      repository: { ...repository, push: () => Promise.reject(fail('rule-refused', { branch: BRANCH, detail: 'x', advice: 'y' })) },
    };
    expect(await run({ ports: refusing })).toMatchObject({ outcome: 'failed', code: 'rule-refused' });
    const outcome = await run(one, { ...SET, subject: 'JIRA-1 {what}', signoff: true });
    expect(outcome).toMatchObject({ outcome: 'proposed', branch: NAMED, commit: files.branches.get(NAMED) });
    expect(files.message(outcome.commit ?? '')).toMatch(/^JIRA-1 .*\nSigned-off-by: ai-ops <ai-ops@localhost>\n/s);
    expect(one.fixer.requests).toHaveLength(1);
  });
});

describe('requests before', () => {
  const withRequest = async (state: 'merged' | 'closed') => {
    const world = await boxes();
    const commit = world.files.plant(BRANCH, FILES);
    const opened = world.host.open({ branch: BRANCH, base: 'main', commit, fork: null, title: 't', body: 'b', draft: true });
    opened.state = state;
    return world;
  };

  test.each(['merged', 'closed'] as const)('%s: left alone until a person asks, and then on a branch of its own', async (state) => {
    const { one, host, files } = await withRequest(state);
    expect(await run(one)).toMatchObject({ outcome: 'skipped', request: { state } });
    expect(one.fixer.requests).toHaveLength(0);
    expect(await run(one, { asked: true, again: true })).toMatchObject({
      outcome: 'proposed',
      branch: `${BRANCH}-2`,
      request: { number: 2 },
    });
    expect(files.branches.has(`${BRANCH}-2`)).toBe(true);
    expect(host.requests[1]?.body).toContain(
      state === 'merged'
        ? 'was merged, and the error came back: https://fake.invalid/pull/1'
        : 'was closed without merging, and a person has asked',
    );
  });

  test('merged, and our ledger knows that the error came back: repaired again by itself', async () => {
    const { one, host } = await withRequest('merged');
    const { trace, ...skipped } = await run(one);
    const ending = { outcome: { ...skipped, trace }, endedAt: new Date().toISOString(), diff: '', summary: '' };
    await one.ledger.end(trace, { ...ending, state: 'regressed' });
    expect(await run(one)).toMatchObject({ outcome: 'proposed', branch: `${BRANCH}-2` });
    expect(host.requests).toHaveLength(2);
  });
});

/** Versions before named bugs otherwise. What they, here or on other boxes, did about this one is known by the event. */
describe('work of an older version', () => {
  const older = fingerprintV1(INCIDENT.sample);
  const olderBranch = fixBranch(older);
  const withOlder = async (branch: string, body: string, state: 'open' | 'merged' | 'closed' = 'open') => {
    const world = await boxes();
    const commit = world.files.plant(branch, FILES);
    const opened = world.host.open({ branch, base: 'main', commit, fork: null, title: 't', body, draft: true });
    opened.state = state;
    return world;
  };

  test.each(['open', 'merged', 'closed'] as const)('its request, %s, is found by its branch', async (state) => {
    const { one } = await withOlder(olderBranch, 'b', state);
    expect(await run(one)).toMatchObject({ outcome: 'skipped', branch: olderBranch, request: { number: 1, state } });
    expect(one.fixer.requests).toHaveLength(0);
  });

  test('asked for again, the fix gets the first branch of its own', async () => {
    const { one } = await withOlder(olderBranch, 'b', 'closed');
    expect(await run(one, { asked: true, again: true })).toMatchObject({ outcome: 'proposed', branch: BRANCH, request: { number: 2 } });
  });

  test('its marker in the request of another bug is read', async () => {
    const { one } = await withOlder('ai-ops/fix-ffffffffffff', marker(older));
    expect(await run(one)).toMatchObject({ outcome: 'skipped', request: { number: 1, state: 'open' } });
  });

  test('its claim is respected', async () => {
    const { claims, one } = await boxes();
    await claims.box('two').take({ fingerprint: older, asked: false, seconds: 600 }, LIVE);
    expect(await run(one)).toMatchObject({ outcome: 'skipped', code: 'claimed-elsewhere' });
    expect(one.fixer.requests).toHaveLength(0);
  });

  test('what it did about another bug of the same old name is no reason', async () => {
    const { one } = await withOlder(olderBranch, 'b', 'closed');
    const { store } = one.ports;
    const traces: typeof store.traces = async (filter = {}) =>
      filter.fingerprint === older ? [{ fingerprint: 'v2:00000000000000000000000000000000' } as Trace] : store.traces(filter);
    expect(await run({ ports: { ...one.ports, store: { ...store, traces } } })).toMatchObject({ outcome: 'proposed', branch: BRANCH });
  });

  test('a request tells boxes of that version that it is theirs too', async () => {
    const { host, one } = await boxes();
    await repair({ ...INCIDENT, formerly: [older] }, one.ports, SETTINGS, LIVE);
    expect(host.requests[0]?.body).toContain(marker(older));
  });
});
