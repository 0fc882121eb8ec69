// A request that was made for the bug of the shop, on complete fakes, and what people and boxes do about it.
import type { Ledger } from '../../../src/adapters/ledger/ledger-port.ts';
import type { Outcome, StepName, StepRecord } from '../../../src/core/model.ts';
import type { Remark } from '../../../src/core/policy/follow-up.ts';
import { readReplyMark } from '../../../src/core/policy/reply-mark.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { createReplies } from '../../../src/pipeline/replies/replies.ts';
import { replyOn } from '../../../src/pipeline/reply.ts';
import type { Claims, FixRequest } from '../../../src/ports.ts';
import { createFakeClaims } from '../../fakes/claims.ts';
import type { FakeAnswer } from '../../fakes/fixer.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { FAKE_ME } from '../../fakes/talk.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { block, createShop, FIXED, SETTINGS } from '../../support/pipeline.ts';

export const LIVE = new AbortController().signal;
export const BRANCH = 'ai-ops/fix-0123456789ab';
export const RULES = { reviews: true, prefix: '/ai-ops', checks: true, staleDays: 30, maxRounds: 3 };
export const POLICY = {
  ...({
    mode: 'code_blocks',
    minCount: 1,
    minAgeSeconds: 0,
    maxAttempts: 2,
    maxRepairsPerHour: 20 as number,
    maxRepairsPerDay: 20,
  } as const),
  ...{
    maxUsdPerDay: 100,
    maxConsecutiveFailures: 3,
    dedupeWindowSeconds: 3600,
    repair: ['code-fault'] as const,
    maxOpenRequests: 5,
    dryRun: false,
  },
};
export const NOW = new Date('2026-03-01T12:00:00.000Z');
/** The repair itself. */
export const BEFORE = new Date('2026-03-01T10:00:00.000Z');
export const AGO = '2026-03-01T11:00:00.000Z';
export const BETTER = FIXED.replace('?? 0', '?? null');
export const WRITER = { id: '7', name: 'jo', isBot: false };
export const OUTSIDER = { id: '8', name: 'nobody', isBot: false };
export const BOT = { id: '9', name: 'helper[bot]', isBot: true };

const answerOf = async (answer: FakeAnswer, request: FixRequest): Promise<string> => {
  if (answer instanceof Error) throw answer;
  return typeof answer === 'string' ? answer : answer(request);
};

/** A request that was made for the bug of the shop, by the first of several boxes. */
export async function proposed(
  answers: FakeAnswer = block('src/pricing.js', BETTER),
  test: (pricing: string, dir: string) => number | null = () => 0,
  fix: FakeAnswer = block('src/pricing.js', FIXED),
  wanted: 'proposed' | 'issued' = 'proposed',
) {
  const script: { next: FakeAnswer } = { next: fix };
  const shop = await createShop(async (request) => answerOf(script.next, request), test, false);
  const remote = createFakeClaims();
  const { fingerprint, title, sample, count, first, last } = INCIDENT;
  const boxOf = async (name: string) => {
    const state = createMemoryState();
    await createMemoryLedger(state).record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
    const ledger = (): Ledger => createMemoryLedger(state);
    const run = (store: Ledger, claims: Claims = remote.box(name), lookAt = NOW) => {
      const progress = { step: () => undefined, note: () => undefined };
      const ports = { ...shop.ports, claims, store, outbox: store, progress, clock: () => lookAt };
      const { talk, checks } = shop.host;
      return {
        repair: () => repair(INCIDENT, ports, SETTINGS, LIVE),
        replies: createReplies(
          {
            ...{
              store,
              journal: store,
              talk,
              checks,
              host: shop.host,
              repository: ports.repository,
              patches: ports.patches,
              claims,
              onBranch: ports.onBranch,
              clock: ports.clock,
              redact: ports.redact,
              note: () => undefined,
              issueTalk: shop.host.issueTalk,
            },
            repairAgain: (incident) => repair(incident, ports, { ...SETTINGS, asked: true, again: true }, LIVE),
            reply: (incident, follows, earlier) =>
              replyOn(incident, follows, ports, { talk, checks, rules: RULES }, SETTINGS, LIVE, earlier),
          },
          { rules: RULES, policy: POLICY, claimSeconds: 600, language: 'en' },
        ),
      };
    };
    return { state, ledger, run };
  };
  const box = await boxOf('mine');
  const made = await box.run(box.ledger(), undefined, BEFORE).repair();
  if (made.outcome !== wanted) throw new Error(made.reason);
  script.next = answers;
  const calls = shop.fixer.requests.length;
  shop.host.talk.writers.add(WRITER.id).add(BOT.id).add(FAKE_ME.id);
  const number = made.request?.number ?? 0;
  const say = (body: string, more: Partial<Remark> = {}): Remark => {
    const before = shop.host.talk.said.get(number) ?? [];
    const remark: Remark = { id: `comment:${before.length + 1}`, kind: 'comment', author: WRITER, body, at: AGO, ...more };
    shop.host.talk.said.set(number, [...before, remark]);
    return remark;
  };
  /** One look of a box, and what the queue makes of it. */
  const round = async (of = box, store = of.ledger(), lookAt = NOW): Promise<Outcome | undefined> => {
    const { replies: those } = of.run(store, undefined, lookAt);
    let last: Outcome | undefined;
    for (const trace of await those.asked(LIVE)) last = (await those.attend(trace, LIVE))?.outcome ?? last;
    return last;
  };
  return {
    ...{ ...shop, ...shop.files, script },
    ...{ made, box, boxOf, remote, number, say, round },
    asked: () => shop.fixer.requests.length - calls,
    head: () => shop.files.branches.get(BRANCH),
    own: () => (shop.host.talk.said.get(number) ?? []).filter(({ author }) => author.id === FAKE_ME.id && author.name === FAKE_ME.name),
    marks: () =>
      (shop.host.talk.said.get(number) ?? []).flatMap(({ author, body }) => (author === FAKE_ME ? (readReplyMark(body) ?? []) : [])),
  };
}

export type Proposed = Awaited<ReturnType<typeof proposed>>;

export const STEPS: readonly StepName[] = [
  'claim',
  'checkout',
  'context',
  'baseline',
  'fix',
  'guard',
  'verify',
  'commit',
  'push',
  'request',
];
export type Moment = 'when it has begun' | 'before its row is stored' | 'after its row is stored';

/** One look that dies in a step, as `kill -9` would have it. */
export async function killedIn(
  shop: Pick<Proposed, 'box' | 'round'>,
  name: StepName,
  moment: Moment = 'after its row is stored',
): Promise<void> {
  let isOver = false;
  const die = (): never => {
    isOver = true;
    throw new Error('killed');
  };
  const ledger = shop.box.ledger();
  const dying: Ledger = {
    ...ledger,
    step: async (trace: string, row: StepRecord, kept) => {
      if (isOver) die();
      const isIt = row.name === name;
      if (isIt && row.outcome !== 'running' && moment === 'before its row is stored') die();
      await ledger.step(trace, row, kept);
      if (isIt && moment === (row.outcome === 'running' ? 'when it has begun' : 'after its row is stored')) die();
    },
    end: async (trace, ending) => (isOver ? die() : ledger.end(trace, ending)),
  };
  await expect(shop.round(shop.box, dying)).rejects.toThrow('killed');
  await ledger.close();
}
