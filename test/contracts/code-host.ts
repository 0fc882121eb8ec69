// What every code host must do, whatever stands behind the port: run on the fake, on `local`, and on GitHub and
// GitLab over their stand-ins. A bench says what it can; a row that needs more is not registered for it.
import type { Request } from '../../src/core/model.ts';
import type { AiOpsError, ErrorCode } from '../../src/errors.ts';
import type { CodeHost, RequestDraft } from '../../src/ports.ts';

/** A request as the host's own side sees it. `title` is as people see it. */
export interface SeenRequest {
  readonly number: number;
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  readonly draft: boolean;
  readonly state: 'open' | 'merged' | 'closed';
}

export type Who = 'owner' | 'wrong' | 'blind' | 'without-right';

/** What a test can order for the next call that creates or, where that is said, lists. */
export type Trouble = 'lost-answer' | 'limit' | 'page-on-list' | 'page-on-create' | 'unreachable-on-list';

/** The host's own side: what is there, what people do, what goes wrong. */
export interface HostWorld {
  requests(): readonly SeenRequest[];
  openByHand(request: { branch: string; base: string; title: string; body: string; fork?: string }): Promise<number>;
  closeByHand(number: number): void;
  mergeByHand(number: number): void;
  order(trouble: Trouble): void;
  /** Writes the host has received so far. */
  writes(): number;
  /** Reads that were answered with "not modified"; absent where there is no HTTP. */
  conditional?(): number;
  /** Makes `branch` appear with the content of the branch of `draft()` at the next wait of the host, or at once where there is no waiting. */
  appearLater(branch: string): void;
}

export interface HostBench {
  host(who?: Who): CodeHost;
  readonly world: HostWorld | null;
  /** Breaks of the description seen so far. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** Branches every bench has: one commit ahead of `main` and `release`, and one that is equal to `main`. */
export const BRANCH = 'ai-ops/fix-1234567890ab';
export const EMPTY_BRANCH = 'ai-ops/fix-empty';

export function draftOf(change: Partial<RequestDraft> = {}): RequestDraft {
  return {
    fingerprint: 'v1:1234567890abcdef1234567890abcdef',
    branch: BRANCH,
    base: 'main',
    commit: '',
    title: 'fix: total is undefined in checkout (proof L2)',
    body: 'What happened.\n\n<!-- ai-ops:v1:1234567890abcdef1234567890abcdef -->',
    draft: true,
    patch: 'From 0000\n',
    ...change,
  };
}

const JOINING = { fingerprint: 'v1:beef', heading: 'Also for', line: '`RangeError: x`: the same change' };

/** @param commit tip of `BRANCH`, known once the bench is open */
export function codeHostContract(name: string, open: () => Promise<{ readonly bench: HostBench; readonly commit: string }>): void {
  describe(`contract of a code host: ${name}`, () => {
    let bench: HostBench;
    let draft: RequestDraft;
    const signal = (): AbortSignal => new AbortController().signal;
    beforeEach(async () => {
      const opened = await open();
      bench = opened.bench;
      draft = draftOf({ commit: opened.commit });
    });
    afterEach(async () => {
      const violations = bench.violations();
      await bench.close();
      expect(violations).toEqual([]);
    });
    const world = (): HostWorld => {
      if (bench.world === null) throw new Error('this bench has no other side');
      return bench.world;
    };

    test('finds nothing where there is nothing', async () => {
      expect(await bench.host().findRequest(BRANCH, signal())).toBeNull();
    });

    test('creates one, and finds it again', async () => {
      const host = bench.host();
      const { request, created, notes } = await host.ensureRequest(draft, signal());
      expect({ created, notes }).toEqual({ created: true, notes: [] });
      expect(request.url).toMatch(/^(?:https?:\/\/|\/)/);
      expect(request.state).toBe(host.kind === 'local' ? 'local' : 'open');
      expect(await bench.host().findRequest(BRANCH, signal())).toEqual(request);
    });

    test('called twice, there is one request', async () => {
      const first = await bench.host().ensureRequest(draft, signal());
      const again = await bench.host().ensureRequest(draft, signal());
      expect(again).toEqual({ request: first.request, created: false, notes: [] });
    });

    test('what was proposed can be looked through, and a second bug joins it once', async () => {
      expect(await bench.host().proposals(signal())).toEqual([]);
      const { request } = await bench.host().ensureRequest(draft, signal());
      const [proposed, ...others] = await bench.host().proposals(signal());
      expect([proposed?.request, proposed?.branch, others]).toEqual([request, BRANCH, []]);
      expect(proposed?.body).toContain(draft.body);
      if (proposed === undefined) throw new Error('nothing was proposed');
      for (let time = 0; time < 2; time += 1) expect(await bench.host().ensureJoined(proposed, JOINING, signal())).toEqual(request);
      const body = (await bench.host().proposals(signal()))[0]?.body ?? '';
      expect(body.split(JOINING.line)).toHaveLength(2);
      expect(body).toContain('<!-- ai-ops:v1:beef -->');
      expect(body).toContain(draft.body);
      // Proposed again after a crash, the other bug stays in it.
      await bench.host().ensureRequest({ ...draft, body: `${draft.body}\nmore` }, signal());
      expect((await bench.host().proposals(signal()))[0]?.body).toContain(JOINING.line);
    });

    test('check says that all is well', async () => {
      const checks = await bench.host().check(signal());
      expect(checks.length).toBeGreaterThan(0);
      expect(checks.filter(({ status }) => status === 'failed')).toEqual([]);
    });

    if (name !== 'local') forgeContract({ bench: () => bench, draft: () => draft, world, signal });
  });
}

interface Parts {
  readonly bench: () => HostBench;
  readonly draft: () => RequestDraft;
  readonly world: () => HostWorld;
  readonly signal: () => AbortSignal;
}

function forgeContract({ bench, draft, world, signal }: Parts): void {
  const ensure = (change: Partial<RequestDraft> = {}, who: Who = 'owner') =>
    bench()
      .host(who)
      .ensureRequest({ ...draft(), ...change }, signal());
  const failure = async (run: Promise<unknown>): Promise<AiOpsError> => {
    const outcome = await run.then(
      () => undefined,
      (error: unknown) => error as AiOpsError,
    );
    if (outcome === undefined) throw new Error('it succeeded');
    return outcome;
  };

  test.each([true, false])('draft %s is what people see', async (wanted) => {
    await ensure({ draft: wanted });
    const { title, body, draft: seen, branch, base, state } = world().requests()[0] ?? {};
    expect({ title, body, seen, branch, base, state }).toEqual({
      title: draft().title,
      body: draft().body,
      seen: wanted,
      branch: BRANCH,
      base: 'main',
      state: 'open',
    });
  });

  test('the same text is not written again, a new text is', async () => {
    await ensure();
    const writes = world().writes();
    await ensure();
    expect(world().writes()).toBe(writes);
    await ensure({ body: `${draft().body}\nProved on L3.`, title: 'fix: another title' });
    expect(world().requests()).toEqual([
      expect.objectContaining({ title: 'fix: another title', body: `${draft().body}\nProved on L3.`, draft: true }),
    ]);
  });

  test('adopts an open one written by a person, and leaves its text', async () => {
    await world().openByHand({ branch: BRANCH, base: 'main', title: 'mine', body: 'by hand' });
    const { created, request, notes } = await ensure();
    expect({ created, state: request.state, notes: notes.length }).toEqual({ created: false, state: 'open', notes: 1 });
    expect(world().requests()).toEqual([expect.objectContaining({ title: 'mine', body: 'by hand' })]);
  });

  test('one for another base is not ours', async () => {
    await world().openByHand({ branch: BRANCH, base: 'release', title: 'mine', body: 'by hand' });
    expect((await ensure()).created).toBe(true);
    expect(
      world()
        .requests()
        .map(({ base }) => base),
    ).toEqual(['release', 'main']);
  });

  test('one from a fork with a branch of the same name is not ours', async () => {
    await world().openByHand({ branch: BRANCH, base: 'main', title: 'theirs', body: 'fork', fork: 'stranger' });
    expect(await bench().host().findRequest(BRANCH, signal())).toBeNull();
    expect((await ensure()).created).toBe(true);
  });

  test('what becomes of it is seen, with the time of a merge; what has not changed is not sent again', async () => {
    const { request } = await ensure();
    const host = bench().host();
    const seen = async () => (await host.findRequest(BRANCH, signal()))?.state;
    expect([await seen(), await seen()]).toEqual(['open', 'open']);
    if (world().conditional) expect(world().conditional?.()).toBeGreaterThan(0);
    world().closeByHand(request.number ?? 0);
    expect(await seen()).toBe('closed');
    world().mergeByHand(request.number ?? 0);
    const merged = await host.findRequest(BRANCH, signal());
    expect(merged).toMatchObject({ url: request.url, state: 'merged' });
    if (world().conditional) expect(merged?.mergedAt).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await seen()).toBe('merged');
  });

  test('of one that is known a list may answer: what became of it is the same', async () => {
    const { request } = await ensure();
    const known = async (before: Request | null) => bench().host().findRequest(BRANCH, signal(), before);
    expect(await known(request)).toEqual(request);
    world().closeByHand(request.number ?? 0);
    const closed = await known(request);
    expect(closed).toEqual({ ...request, state: 'closed' });
    expect(await known(closed)).toEqual(closed);
    // Another one from the same branch is the newest then.
    const again = await world().openByHand({ branch: BRANCH, base: 'main', title: 'again', body: '' });
    expect(await known(closed)).toMatchObject({ number: again, state: 'open' });
    world().mergeByHand(again);
    expect(await known({ ...request, number: again })).toMatchObject({ number: again, state: 'merged' });
  });

  test('one that a person closed is never opened again', async () => {
    const { request } = await ensure();
    world().closeByHand(request.number ?? 0);
    const again = await ensure();
    expect(again).toEqual({
      request: { ...request, state: 'closed' },
      created: false,
      notes: [expect.stringContaining('closed without merging')],
    });
    expect(world().requests()).toHaveLength(1);
  });

  test('one that we have closed says so, with what people wrote; opened again by a person it does not any more', async () => {
    const host = bench().host();
    expect(await host.closeRequest(BRANCH, signal())).toBeNull();
    await ensure();
    expect(await host.closeRequest(BRANCH, signal())).toMatchObject({ state: 'closed', isOwnClosing: true });
    const writes = world().writes();
    expect(await host.closeRequest(BRANCH, signal())).toMatchObject({ state: 'closed', isOwnClosing: true });
    expect(world().writes()).toBe(writes);
    expect(await host.findRequest(BRANCH, signal())).toMatchObject({ state: 'closed', isOwnClosing: true });
    const [seen] = world().requests();
    expect(seen?.body).toContain('What happened.');
    const again = await world().openByHand({ branch: BRANCH, base: 'main', title: 'again', body: String(seen?.body) });
    await host.disownClosing(BRANCH, signal());
    world().closeByHand(again);
    const closed = await host.findRequest(BRANCH, signal());
    expect([closed?.state, closed?.isOwnClosing]).toEqual(['closed', undefined]);
  });

  test('a second bug does not join one that is over, and what people wrote stays', async () => {
    const { request } = await ensure();
    const [proposed] = await bench().host().proposals(signal());
    if (proposed === undefined) throw new Error('nothing was proposed');
    await bench().host().ensureJoined(proposed, JOINING, signal());
    await bench()
      .host()
      .ensureJoined(proposed, { ...JOINING, fingerprint: 'v1:cafe', line: 'third' }, signal());
    const body = world().requests()[0]?.body ?? '';
    expect(body.startsWith(draft().body)).toBe(true);
    expect(body.match(/## Also for/g)).toHaveLength(1);
    expect(body).toContain('- third <!-- ai-ops:v1:cafe -->');
    world().closeByHand(request.number ?? 0);
    const writes = world().writes();
    const late = await bench()
      .host()
      .ensureJoined(proposed, { ...JOINING, fingerprint: 'v1:f00d' }, signal());
    expect([late.state, world().writes()]).toEqual(['closed', writes]);
  });

  test('one that stands for another commit keeps its text', async () => {
    await ensure();
    const { notes } = await ensure({ commit: 'd'.repeat(40), body: `${draft().body} other` });
    expect(notes).toEqual([expect.stringContaining('another commit')]);
    expect(world().requests()[0]?.body).toBe(draft().body);
  });

  test('of strangers and other branches nothing is looked through', async () => {
    await world().openByHand({ branch: 'release', base: 'main', title: 'mine', body: 'by hand' });
    await world().openByHand({ branch: BRANCH, base: 'main', title: 'theirs', body: 'fork', fork: 'stranger' });
    expect(await bench().host().proposals(signal())).toEqual([]);
  });

  test('a merged one with this commit is the end of it; with another commit a new one is opened', async () => {
    const { request } = await ensure();
    world().mergeByHand(request.number ?? 0);
    expect((await ensure()).request).toMatchObject({ ...request, state: 'merged' });
    expect((await ensure({ commit: 'f'.repeat(40) })).created).toBe(true);
  });

  test('an answer that is lost after the creation leaves one request', async () => {
    world().order('lost-answer');
    expect((await ensure()).created).toBe(true);
    expect(world().requests()).toHaveLength(1);
  });

  test('a page in place of the answer to the creation: nothing was created, and it says so', async () => {
    world().order('page-on-create');
    expect((await failure(ensure())).code).toBe('host-garbage');
    expect(world().requests()).toHaveLength(0);
  });

  const refusals: readonly (readonly [string, Who, Trouble | null, ErrorCode, RegExp])[] = [
    ['a token nobody knows', 'wrong', null, 'host-auth', /refused the token/],
    ['a token that does not see the project', 'blind', null, 'host-not-found', /knows no project/],
    ['a token without the right', 'without-right', null, 'host-forbidden', /the token needs/],
    ['a rate limit', 'owner', 'limit', 'host-limit', /over its rate limit/],
    ['a sign-in page', 'owner', 'page-on-list', 'host-garbage', /not its API/],
    ['nobody answers', 'owner', 'unreachable-on-list', 'host-unreachable', /could not be reached/],
  ];
  test.each(refusals)('%s', async (_name, who, trouble, code, message) => {
    if (trouble !== null) world().order(trouble);
    const error = await failure(ensure({}, who));
    expect({ code: error.code, shown: `${error.message}; ${error.hint}` }).toEqual({ code, shown: expect.stringMatching(message) });
    expect(`${error.message} ${error.hint}`).not.toMatch(/\{\w+\}/);
    expect(world().requests()).toHaveLength(0);
  });

  test('a branch without a change is refused', async () => {
    expect((await failure(ensure({ branch: EMPTY_BRANCH }))).code).toBe('host-invalid');
    expect(world().requests()).toHaveLength(0);
  });

  test('an interruption ends it', async () => {
    const interrupted = AbortSignal.abort();
    expect((await failure(bench().host().ensureRequest(draft(), interrupted))).code).toBe('interrupted');
  });

  test('a branch that the host does not see at once', async () => {
    const branch = 'ai-ops/fix-late';
    world().appearLater(branch);
    expect((await ensure({ branch })).created).toBe(true);
  });

  test('a branch that never comes is refused', async () => {
    expect((await failure(ensure({ branch: 'ai-ops/fix-never' }))).code).toBe('host-invalid');
  });
}
