// The branch of a fix among other boxes, and which request of another bug it joins.
import { fixBranch } from '../../../src/core/texts/branch.ts';
import { fail } from '../../../src/errors.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FILES, FIXED, SETTINGS } from '../../support/pipeline.ts';
import { boxes, run } from '../../support/pipeline-boxes.ts';

const LIVE = new AbortController().signal;
const BRANCH = fixBranch(INCIDENT.fingerprint);
const OTHER = { ...INCIDENT, fingerprint: `v1:${'b'.repeat(32)}`, title: 'RangeError: other' };

describe('the branch', () => {
  test('with the same files, of another box, is adopted', async () => {
    const { one, two, files, host } = await boxes();
    host.failures.push('host-unreachable');
    await run(one, { claim: { ...SETTINGS.claim, seconds: 1 } });
    const tip = files.branches.get(BRANCH);
    const outcome = await repair(INCIDENT, { ...two.ports, claims: null }, SETTINGS, LIVE);
    expect(outcome.outcome).toBe('proposed');
    expect([files.branches.get(BRANCH), host.requests[0]?.commit]).toEqual([tip, tip]);
  });

  test('with other files, left behind by another box without a request, is replaced', async () => {
    const { one, two, files, host } = await boxes();
    const base = files.branches.get('main') ?? '';
    const left = { base, files: [{ path: 'src/pricing.js', mode: '100644' as const, after: Buffer.from('other\n') }] };
    files.branches.set(BRANCH, await one.ports.repository.commit(left, 'left', new Date(0)));
    expect((await run(two)).outcome).toBe('proposed');
    expect([files.branches.get(BRANCH), host.requests.length]).toEqual([host.requests[0]?.commit, 1]);
  });

  test("with other files and a request of a moment ago is that box's fix", async () => {
    const { one, two, files, host } = await boxes();
    const base = files.branches.get('main') ?? '';
    const theirs = { base, files: [{ path: 'src/pricing.js', mode: '100644' as const, after: Buffer.from('other\n') }] };
    const { syntax } = two.ports;
    const check: typeof syntax.check = async (...given) => {
      const commit = await one.ports.repository.commit(theirs, 'theirs', new Date(0));
      files.branches.set(BRANCH, commit);
      host.open({ branch: BRANCH, base: 'main', commit, fork: null, title: 't', body: 'b', draft: true });
      return syntax.check(...given);
    };
    expect(await run({ ports: { ...two.ports, syntax: { check } } })).toMatchObject({ outcome: 'skipped', request: { number: 1 } });
    expect(files.branches.get(BRANCH)).toBe(host.requests[0]?.commit);
  });

  test('with commits of a person is never touched', async () => {
    const { one, files, host } = await boxes();
    const theirs = files.plant(BRANCH, { ...FILES, 'src/pricing.js': 'mine\n' });
    expect(await run(one)).toMatchObject({ outcome: 'failed', code: 'branch-taken' });
    expect([files.branches.get(BRANCH), host.requests.length]).toEqual([theirs, 0]);
  });
});

describe('two bugs whose fixes touch the same lines', () => {
  test('the same change: one request for both, found by either', async () => {
    const { one, two, host, files } = await boxes();
    await run(one);
    const outcome = await run(two, {}, OTHER);
    const branch = fixBranch(INCIDENT.fingerprint);
    expect(outcome).toMatchObject({ outcome: 'proposed', request: { number: 1 }, branch, reason: expect.stringContaining('joined') });
    expect([host.requests.length, files.branches.has(fixBranch(OTHER.fingerprint))]).toEqual([1, false]);
    expect(host.requests[0]?.body).toContain('`RangeError: other`: the same change was made for it');
    expect(host.requests[0]?.body).toContain(`<!-- ai-ops:${OTHER.fingerprint} -->`);
    const [trace] = await two.ledger.traces({ trace: outcome.trace });
    expect(trace?.steps.slice(-3).map(({ name, summary }) => `${name}: ${summary}`)).toEqual([
      'push: joins https://fake.invalid/pull/1: the same change; nothing was pushed',
      'request: joined https://fake.invalid/pull/1',
      'notify: noted',
    ]);
    // A third box that meets the second bug finds the first one's request.
    expect(await run(one, {}, OTHER)).toMatchObject({ outcome: 'skipped', request: { number: 1 } });
  });

  test('other words for the same line: joined, and the request says that nothing is shown', async () => {
    const { one, two, host } = await boxes();
    await run(one);
    const other = await createShop(block('src/pricing.js', FIXED.replace('?? 0', '?? 1')));
    expect(await run({ ports: { ...two.ports, fixer: other.fixer } }, {}, OTHER)).toMatchObject({
      outcome: 'proposed',
      request: { number: 1 },
    });
    expect(host.requests[0]?.body).toContain('Whether this request mends it too is not shown');
  });

  test.each(['merged', 'closed'] as const)('one that was %s is not joined', async (state) => {
    const { one, two, host } = await boxes();
    await run(one);
    Object.assign(host.requests[0] ?? {}, { state });
    expect((await run(two, {}, OTHER)).request?.number).toBe(2);
  });

  test('killed between both rows, it joins once', async () => {
    const { one, two, host } = await boxes();
    await run(one);
    const { ensureJoined } = host;
    let calls = 0;
    const lost = {
      ...two.ports.host,
      ensureJoined: async (...given: Parameters<typeof ensureJoined>) => {
        calls += 1;
        const done = await ensureJoined(...given);
        if (calls === 1) throw fail('host-unreachable', { host: 'x', detail: 'lost' });
        return done;
      },
    };
    const ports = { ...two.ports, host: lost };
    expect((await run({ ports }, {}, OTHER)).outcome).toBe('failed');
    expect((await run({ ports }, {}, OTHER)).outcome).toBe('proposed');
    expect(host.requests[0]?.body.match(/RangeError: other/g)).toHaveLength(1);
    expect(two.fixer.requests).toHaveLength(1);
  });
});
