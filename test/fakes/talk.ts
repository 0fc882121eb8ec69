// What is said on the requests of the code host in memory.
import type { Author, Conversation, Remark } from '../../src/core/policy/follow-up.ts';
import { isClosedByUs } from '../../src/core/texts/own-closing.ts';
import type { Talk } from '../../src/ports.ts';
import type { FakeRequest } from './code-host.ts';

export const FAKE_ME: Author = { id: '1', name: 'robot', isBot: false };

export interface FakeTalk extends Talk {
  /** Request → what was said on it. */
  readonly said: Map<number, Remark[]>;
  readonly labels: Map<number, string[]>;
  /** Ids of those who may write. */
  readonly writers: Set<string>;
  /** Ids of what was acknowledged. */
  readonly acknowledged: Set<string>;
  /** Of every request, as its host says. */
  base: string | null;
  isConflicting: boolean | null;
  /** Where the branch of a request is now; without it, where it was as the request was opened. */
  headOf: ((branch: string) => string | undefined) | undefined;
}

type Spoken = Pick<FakeRequest, 'number' | 'body' | 'state'> & Partial<Pick<FakeRequest, 'branch' | 'commit'>>;

/** @param requests or issues */
export function createFakeTalk(requests: readonly Spoken[], clock: () => Date = () => new Date()): FakeTalk {
  const said = new Map<number, Remark[]>();
  const labels = new Map<number, string[]>();
  const [writers, acknowledged] = [new Set<string>(), new Set<string>()];
  let count = 0;
  const fake: FakeTalk = {
    ...{ said, labels, writers, acknowledged },
    headOf: undefined,
    base: null,
    isConflicting: null,
    async read(number): Promise<Conversation | null> {
      const request = requests.find((one) => one.number === number);
      if (request === undefined) return null;
      const remarks = request.state === 'open' ? (said.get(number) ?? []).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) : [];
      const head = (request.branch === undefined ? undefined : fake.headOf?.(request.branch)) ?? request.commit ?? null;
      const { base, isConflicting } = fake;
      const isOwn = isClosedByUs(request.body);
      return { state: request.state, head, base, isConflicting, isClosedByUs: isOwn, labels: labels.get(number) ?? [], remarks };
    },
    me: async () => FAKE_ME.id,
    mayAsk: async ({ id, isBot }) => !isBot && writers.has(id),
    acknowledge: async (_request, { id }) => void acknowledged.add(id),
    async ensureSaid(number, { body, mark }) {
      const before = said.get(number) ?? [];
      if (before.some((one) => one.author.id === FAKE_ME.id && one.body.includes(mark))) return 'found';
      count += 1;
      const remark: Remark = {
        id: `comment:own${count}`,
        kind: 'comment',
        author: FAKE_ME,
        body: `${mark}\n${body}`,
        at: clock().toISOString(),
      };
      said.set(number, [...before, remark]);
      return 'said';
    },
  };
  return fake;
}
