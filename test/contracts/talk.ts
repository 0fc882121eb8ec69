// What every host with people must do about what is said on a request: run on the fake, and on GitHub and GitLab over their
// stand-ins.
import type { Conversation, Remark } from '../../src/core/policy/follow-up.ts';
import type { Talk } from '../../src/ports.ts';

/** What people, and programs, do on the pages, in the same words for each host. */
export interface TalkWorld {
  /** @returns the id as `Remark` has it */
  comment(author: string, body: string): string;
  /** A review that asks for changes, or approves, with words of its own where the host has such, and line comments. */
  review(
    author: string,
    verdict: 'changes' | 'approved',
    lines: readonly { path: string; line: number; body: string }[],
    body?: string,
  ): void;
  edit(id: string, body: string): void;
  label(name: string): void;
  close(): void;
  /** Who has shown that they have read it. */
  readers(id: string): readonly string[];
  /** The next comment arrives, and its answer does not. */
  loseNextAnswer(): void;
  /** Calls that were sent the whole answer, and those that were told that nothing has changed; `null` without HTTP. */
  reads(): { readonly whole: number; readonly unmodified: number } | null;
}

export interface TalkBench {
  readonly talk: Talk;
  readonly request: number;
  readonly world: TalkWorld;
  /** The host has words of a review beside its line comments. */
  readonly hasVerdictWords: boolean;
  violations(): readonly string[];
  close(): Promise<void>;
}

/** The benches know: `jo` may write, `outsider` may not, `helper[bot]` is a program that may. */
export function talkContract(name: string, open: () => Promise<TalkBench>): void {
  describe(`contract of what is said on requests: ${name}`, () => {
    const signal = new AbortController().signal;
    let bench: TalkBench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(async () => {
      const violations = bench.violations();
      await bench.close();
      expect(violations).toEqual([]);
    });
    const read = async (isFresh = true): Promise<Conversation> => {
      const found = await bench.talk.read(bench.request, signal, { isFresh });
      if (found === null) throw new Error('it is gone');
      return found;
    };
    const said = async (): Promise<readonly string[]> =>
      (await read()).remarks.map(({ kind, author, body }) => `${kind} ${author.name}: ${body}`);

    test('a request that nobody has spoken on', async () => {
      expect(await read()).toEqual({
        state: 'open',
        head: expect.stringMatching(/^[0-9a-f]{40}$/),
        ...(bench.world.reads() === null ? { base: null } : { base: expect.stringMatching(/^[0-9a-f]{40}$/) }),
        // Nobody has asked before.
        isConflicting: null,
        isClosedByUs: false,
        labels: expect.any(Array),
        remarks: [],
      });
      expect(await bench.talk.read(999, signal)).toBeNull();
    });

    test('comments and line comments, with their places, oldest first', async () => {
      const id = bench.world.comment('jo', '/ai-ops do it');
      bench.world.review('jo', 'changes', [{ path: 'src/a.js', line: 3, body: 'not so' }]);
      const { remarks } = await read();
      expect(remarks.find((one) => one.id === id)).toMatchObject({
        kind: 'comment',
        body: '/ai-ops do it',
        author: { name: 'jo', isBot: false },
      });
      expect(remarks.find(({ kind }) => kind === 'line')).toMatchObject({ body: 'not so', path: 'src/a.js', line: 3 });
      const times = remarks.map(({ at }) => Date.parse(at));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    });

    test('the words of a review that asks for changes; whoever approves asks for none', async () => {
      if (!bench.hasVerdictWords) return;
      bench.world.review('jo', 'changes', [], 'keep the signature');
      expect(await said()).toEqual(['review jo: keep the signature']);
      bench.world.review('jo', 'approved', [{ path: 'src/a.js', line: 1, body: 'nice' }], 'fine now');
      expect((await said()).toSorted()).toEqual(['comment jo: fine now', 'comment jo: keep the signature', 'thread jo: nice']);
    });

    test('what was edited is read as it is now', async () => {
      const id = bench.world.comment('jo', '/ai-ops one');
      await read(false);
      bench.world.edit(id, '/ai-ops two');
      expect((await read(false)).remarks.map(({ body }) => body)).toEqual(['/ai-ops two']);
    });

    test('labels, and that it is closed', async () => {
      bench.world.label('ai-ops:stop');
      expect((await read()).labels).toContain('ai-ops:stop');
      bench.world.close();
      expect((await read()).state).toBe('closed');
    });

    test('who may ask: a writer, and neither an outsider nor a program', async () => {
      for (const author of ['jo', 'outsider', 'helper[bot]']) bench.world.comment(author, '/ai-ops do it');
      const { remarks } = await read();
      const may: Record<string, boolean> = {};
      for (const { author } of remarks) may[author.name] = await bench.talk.mayAsk(author, signal);
      expect(Object.values(may)).toEqual([true, false, false]);
    });

    test('is shown to have been read, however often', async () => {
      bench.world.comment('jo', '/ai-ops do it');
      bench.world.review('jo', 'changes', [{ path: 'src/a.js', line: 3, body: 'not so' }]);
      const asks = (await read()).remarks.filter(({ kind }) => kind !== 'review');
      for (const remark of [...asks, ...asks]) await bench.talk.acknowledge(bench.request, remark, signal);
      for (const { id } of asks) expect(bench.world.readers(id)).toHaveLength(1);
    });

    test('says a thing once, and knows it for its own', async () => {
      const words = { mark: '<!-- ai-ops-reply:v1 round=1 ending=none keys= -->', body: 'Done.' };
      expect(await bench.talk.ensureSaid(bench.request, words, signal)).toBe('said');
      expect(await bench.talk.ensureSaid(bench.request, words, signal)).toBe('found');
      const { remarks } = await read();
      expect(remarks).toHaveLength(1);
      expect(remarks[0]).toMatchObject({ kind: 'comment', body: expect.stringContaining('Done.') } satisfies Partial<
        Record<keyof Remark, unknown>
      >);
      expect(remarks[0]?.author.id).toBe(await bench.talk.me(signal));
    });

    test('a stranger with the same mark has not said it', async () => {
      const mark = '<!-- ai-ops-reply:v1 round=1 ending=stop keys= -->';
      bench.world.comment('outsider', mark);
      expect(await bench.talk.ensureSaid(bench.request, { mark, body: 'x' }, signal)).toBe('said');
    });

    test('an answer that is lost leaves one comment', async () => {
      bench.world.loseNextAnswer();
      const words = { mark: '<!-- ai-ops-reply:v1 round=1 ending=none keys= -->', body: 'Done.' };
      expect(await bench.talk.ensureSaid(bench.request, words, signal)).toBe('said');
      expect((await read()).remarks).toHaveLength(1);
    });

    test('what has not changed is not sent again', async () => {
      bench.world.comment('jo', 'hello');
      // The second knows whether it can be merged.
      await read();
      await read();
      const before = bench.world.reads();
      if (before === null) return;
      await read();
      const after = bench.world.reads();
      expect(after?.whole).toBe(before.whole);
      expect(after?.unmodified).toBeGreaterThan(before.unmodified);
    });
  });
}
