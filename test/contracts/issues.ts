// What every code host must do with issues: run on the fake, on `local`, and on GitHub and GitLab over their stand-ins.
// A bench says what it can; a row that needs more is not registered for it.
import { withStanding } from '../../src/core/texts/issue.ts';
import type { AiOpsError, ErrorCode } from '../../src/errors.ts';
import type { CodeHost, IssueDraft, ToldIssue } from '../../src/ports.ts';

export interface SeenIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
}

export type Who = 'owner' | 'wrong' | 'without-right';

/** The host's own side. */
export interface IssueTracker {
  issues(): readonly SeenIssue[];
  openByHand(issue: { title: string; body: string; isMember: boolean }): number;
  set(number: number, change: { state?: 'open' | 'closed'; body?: string; labels?: readonly string[] }): void;
  switchOff(): void;
  /** The answer to the next creation gets lost. */
  loseCreation(): void;
  /** Writes the host has received so far. */
  writes(): number;
}

export interface IssueBench {
  host(who?: Who): CodeHost;
  readonly tracker: IssueTracker | null;
  violations(): readonly string[];
  close(): Promise<void>;
}

const NAME = 'v2:1234567890abcdef1234567890abcdef';
const FORMER = 'v1:0000567890abcdef1234567890abcdef';

export function issueDraft(change: Partial<IssueDraft> = {}): IssueDraft {
  const names = change.names ?? [NAME, FORMER];
  const markers = names.map((name) => `<!-- ai-ops:${name} -->`).join('');
  const seen = '<!-- ai-ops-seen -->\nSeen 1×.\n<!-- /ai-ops-seen -->';
  return {
    title: 'TypeError in total: not mended',
    body: `${markers}\n\nWhat happened.\n\n${seen}\n\n<!-- ai-ops:end -->`,
    patch: 'From 0000\n',
    ...change,
    names,
  };
}

export function issueContract(name: string, open: () => Promise<IssueBench>): void {
  describe(`contract of issues: ${name}`, () => {
    let bench: IssueBench;
    const signal = new AbortController().signal;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(async () => {
      const violations = bench.violations();
      await bench.close();
      expect(violations).toEqual([]);
    });
    const ensure = (change: Partial<IssueDraft> = {}, who: Who = 'owner') => bench.host(who).ensureIssue(issueDraft(change), signal);
    const find = () => bench.host().findIssue([NAME, FORMER], signal);

    test('finds nothing where there is nothing', async () => expect(await find()).toBeNull());

    test('creates one, finds it by each of its names, and never makes a second', async () => {
      const { issue, created, notes } = await ensure();
      expect({ created, notes }).toEqual({ created: true, notes: [] });
      expect(issue.url).toMatch(/^(?:https?:\/\/|\/)/);
      for (const wanted of [[NAME], [FORMER], ['v2:other', FORMER]]) {
        expect((await bench.host().findIssue(wanted, signal))?.issue).toEqual(issue);
      }
      expect(await bench.host().findIssue(['v2:other'], signal)).toBeNull();
      expect(await ensure()).toEqual({ issue, created: false, notes: [] });
      expect(await ensure({ names: ['v2:other', NAME] })).toMatchObject({ issue, created: false });
    });

    test('is brought up to date within what people have written, closed when its error is gone, and opened when it comes back', async () => {
      const { issue } = await ensure();
      const host = bench.host();
      const read = async (): Promise<ToldIssue> => (await host.readIssue(issue, signal))!;
      const standing = async (quiet?: string): Promise<string> =>
        withStanding((await read()).body, { language: 'en', count: 9, last: 'now', ...(quiet === undefined ? {} : { quiet }) });
      await host.changeIssue(await read(), { body: await standing() }, signal);
      expect((await read()).body).toContain('Seen 9×');
      expect((await host.changeIssue(await read(), { body: await standing('1 day'), state: 'closed' }, signal)).state).toBe('closed');
      expect((await read()).body).toContain('not seen for 1 day');
      const again = await ensure();
      expect([again.created, again.issue.url, again.issue.state === 'closed']).toEqual([false, issue.url, false]);
      expect((await read()).body).not.toContain('not seen for 1 day');
    });

    if (name !== 'local') trackerContract({ bench: () => bench, ensure, find, signal });
  });
}

interface Parts {
  readonly bench: () => IssueBench;
  readonly ensure: (change?: Partial<IssueDraft>, who?: Who) => ReturnType<CodeHost['ensureIssue']>;
  readonly find: () => Promise<ToldIssue | null>;
  readonly signal: AbortSignal;
}

function trackerContract({ bench, ensure, find, signal }: Parts): void {
  const tracker = (): IssueTracker => bench().tracker!;

  test('the same text is not written again; what people write around ours stays', async () => {
    await ensure();
    const [issue] = tracker().issues();
    const writes = tracker().writes();
    await ensure();
    expect(tracker().writes()).toBe(writes);
    tracker().set(issue!.number, { body: `Mine, above.\n\n${issue!.body}\n\n- [ ] look at it` });
    await ensure({ body: issueDraft().body.replace('What happened.', 'What happened since.') });
    expect(tracker().issues()[0]?.body).toMatch(/^Mine, above\.[\s\S]*What happened since\.[\s\S]*- \[ \] look at it$/);
  });

  test('a person who takes our marks away has made it theirs: it is not found, and its text is not touched', async () => {
    const { issue } = await ensure();
    tracker().set(issue.number!, { body: 'all mine' });
    expect(await find()).toBeNull();
    expect(tracker().issues()[0]?.body).toBe('all mine');
  });

  test('one that a person has closed stays closed; opened by a person, it is written to again', async () => {
    const { issue } = await ensure();
    tracker().set(issue.number!, { state: 'closed' });
    const writes = tracker().writes();
    expect(await ensure()).toMatchObject({ issue: { number: issue.number, state: 'closed' }, created: false });
    expect([tracker().writes(), tracker().issues().length]).toEqual([writes, 1]);
    tracker().set(issue.number!, { state: 'open' });
    expect(await ensure({ body: issueDraft().body.replace('What', 'This') })).toMatchObject({ issue: { state: 'open' }, created: false });
    expect(tracker().issues()[0]?.body).toContain('This happened');
  });

  test('a thousand times the same is one issue', async () => {
    for (let time = 0; time < 5; time += 1) await ensure();
    for (const other of ['a', 'b', 'c']) await ensure({ names: [`v2:${other}`] });
    expect(tracker().issues()).toHaveLength(4);
  });

  test('one that is gone is told as gone', async () => {
    expect(await bench().host().readIssue({ url: 'https://x.invalid/1', number: 4711, state: 'open' }, signal)).toBeNull();
  });
}

/** What only hosts with accounts can do. */
export function forgeIssueContract(name: string, open: () => Promise<IssueBench>): void {
  describe(`contract of issues on a forge: ${name}`, () => {
    let bench: IssueBench;
    const signal = new AbortController().signal;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(async () => {
      const violations = bench.violations();
      await bench.close();
      expect(violations).toEqual([]);
    });
    const ensure = (who: Who = 'owner') => bench.host(who).ensureIssue(issueDraft(), signal);
    const tracker = (): IssueTracker => bench.tracker!;
    const failure = (who: Who): Promise<AiOpsError> =>
      ensure(who).then(
        () => Promise.reject(new Error('it succeeded')),
        (error: unknown) => error as AiOpsError,
      );

    test('a marker that a stranger has written counts for nothing', async () => {
      const strangers = tracker().openByHand({ title: 'mine', body: issueDraft().body, isMember: false });
      const { issue, created } = await ensure();
      expect([created, issue.number === strangers]).toEqual([true, false]);
      tracker().set(strangers, { state: 'closed' });
      expect((await ensure()).issue).toEqual(issue);
    });

    test('found without its label too, behind many newer ones with it', async () => {
      const { issue } = await ensure();
      tracker().set(issue.number!, { labels: [] });
      for (let n = 0; n < 150; n += 1) {
        const number = tracker().openByHand({ title: 'other', body: `<!-- ai-ops:v2:${n} -->`, isMember: true });
        tracker().set(number, { labels: ['ai-ops'] });
      }
      expect((await ensure()).issue).toEqual(issue);
    });

    test('of two that boxes make at one time the older one stays, and both boxes mean it', async () => {
      const made = await Promise.all([ensure(), ensure()]);
      const open = tracker()
        .issues()
        .filter(({ state }) => state === 'open');
      expect(open).toHaveLength(1);
      expect(made.map(({ issue }) => issue.number)).toEqual([open[0]?.number, open[0]?.number]);
      expect(await ensure()).toMatchObject({ created: false, issue: { number: open[0]?.number } });
    });

    test('an answer that is lost after the creation leaves one issue', async () => {
      tracker().loseCreation();
      expect(await ensure()).toMatchObject({ created: true, notes: [expect.stringContaining('was lost')] });
      expect(tracker().issues()).toHaveLength(1);
    });

    const refusals: readonly (readonly [string, Who, boolean, ErrorCode, RegExp])[] = [
      ['a token nobody knows', 'wrong', false, 'host-auth', /refused the token/],
      ['a token without the right', 'without-right', false, 'host-forbidden', /the token needs/],
      ['a tracker that is switched off', 'owner', true, 'issues-off', /issue tracker of .* is switched off; .*policy\.issues/],
    ];
    test.each(refusals)('%s: one line, one hint, nothing written', async (_name, who, isOff, code, message) => {
      if (isOff) tracker().switchOff();
      const error = await failure(who);
      expect({ code: error.code, shown: `${error.message}; ${error.hint}` }).toEqual({ code, shown: expect.stringMatching(message) });
      expect(`${error.message} ${error.hint}`.replaceAll('{trace}', '')).not.toMatch(/[{}\n]/);
      expect(tracker().issues()).toHaveLength(0);
    });
  });
}
