// The Claims port: a ref per fingerprint on the remote, pushed with its old value, so that of many boxes one wins. The ref
// names a commit without files whose message says who holds it and until when (`core/policy/claim.ts`).
// Times are those of the remote's clock: boxes whose own clocks are wrong agree on what has expired.
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClaimEnding, type ClaimRecord, claimName, claimText, judgeClaim, readClaim } from '../../core/policy/claim.ts';
import { BRANCH_PREFIX } from '../../core/texts/branch.ts';
import { type AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import type { Claim, ClaimAnswer, Claims, ClaimWish, Clock } from '../../ports.ts';
import { fetchCommit, rootCommit } from './wire/commit-transfer.ts';
import type { GitHttp } from './wire/http.ts';
import { quote } from './wire/http-errors.ts';
import { type PushTarget, type RefUpdate, updateRef } from './wire/receive-pack.ts';
import { createUploadPack, type UploadPack } from './wire/upload-pack.ts';

export interface ClaimsOptions extends PushTarget {
  /** Name of this state directory. */
  readonly box: () => Promise<string>;
  /** What our branches begin with; `ai-ops/` without. */
  readonly branchPrefix?: string;
  readonly clock: Clock;
}

/** Lost races before it is left to the others for now. */
const TRIES = 8;
const AGAIN_MS = 60_000;

/** Refusals of a ref that stays as it was, before the namespace is taken for one that the host does not want. */
const REFUSALS = 3;
const PAUSE_MS = 200;

/** Pushes of one claim whose answers are lost while the ref stays as it was. */
const ATTEMPTS = 3;

/** Every server has these; what else it offers is not needed for one ref. */
const CAPABILITIES: ReadonlySet<string> = new Set(['report-status', 'side-band-64k']);

/** Who commits a claim: the same on every box. */
const AUTHOR = 'ai-ops <ai-ops@localhost>';

const MAX_ANSWER_BYTES = 64 * 2 ** 20;

type Target = PushTarget & { readonly server: UploadPack };

interface Standing {
  readonly oid: string | undefined;
  /** `null` where there is none, `undefined` where it cannot be read. */
  readonly record: ClaimRecord | null | undefined;
}

export function createClaims(options: ClaimsOptions): Claims {
  const { http, now, ownTime } = dated(options.http, options.clock);
  const target: Target = { ...options, http, server: createUploadPack({ ...options, http }) };
  // The first starts no CI; hosts that take only branches get the second.
  const namespaces = ['refs/ai-ops/claims/', `refs/heads/${options.branchPrefix ?? BRANCH_PREFIX}claim-`];
  const refused: string[] = [];

  /** What another box has claimed of this bug by an older version of its name. */
  const older = async (namespace: string, wish: ClaimWish, signal: AbortSignal): Promise<ClaimAnswer | undefined> => {
    for (const name of wish.formerly ?? []) {
      const { record } = await standing(target, namespace + claimName(name), name, signal);
      const move = judgeClaim(record, { box: await options.box(), asked: wish.asked }, now());
      if (move.kind === 'respect') return { kind: 'respected', state: move.state, until: ownTime(move.until) };
    }
    return undefined;
  };

  const takeIn = async (namespace: string, wish: ClaimWish, signal: AbortSignal): Promise<ClaimAnswer | { readonly kind: 'refused' }> => {
    const { fingerprint, asked, seconds } = wish;
    const ref = namespace + claimName(fingerprint);
    const box = await options.box();
    const reasons: string[] = [];
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { oid: from, record } = await standing(target, ref, fingerprint, signal);
      const move = judgeClaim(record, { box, asked }, now());
      if (move.kind === 'respect') return { kind: 'respected', state: move.state, until: ownTime(move.until) };
      const goesOn = move.kind === 'replace' && move.isOurs;
      const attempts = (record?.attempts ?? 0) + (goesOn ? 0 : 1);
      const wanted = working({ fingerprint, box, attempts }, now(), seconds);
      const written = await write(target, ref, from, wanted, signal);
      if (written.kind === 'written') return { kind: 'held', claim: held({ target, ref, now, seconds }, wanted, written.oid) };
      if (written.kind === 'lost') continue;
      // A racer that holds the lock of the ref just now looks the same; a host that does not want it says so again.
      reasons.push(written.reason);
      if (reasons.length >= REFUSALS) break;
      await paused(signal);
    }
    if (reasons.length >= REFUSALS) {
      refused.push(reasons.at(-1) ?? '');
      return { kind: 'refused' };
    }
    return { kind: 'respected', state: 'working', until: new Date(options.clock().getTime() + AGAIN_MS) };
  };

  return {
    take: async (wish, signal) => {
      while (refused.length < namespaces.length) {
        const namespace = namespaces[refused.length] as string;
        const answer = (await older(namespace, wish, signal)) ?? (await takeIn(namespace, wish, signal));
        if (answer.kind !== 'refused') return answer;
      }
      return { kind: 'unavailable', reason: refused.at(-1) ?? '' };
    },
  };
}

async function paused(signal: AbortSignal): Promise<void> {
  await sleep(PAUSE_MS * (0.5 + Math.random()), undefined, { signal }).catch((aborted: unknown) => {
    throw fail('interrupted', {}, aborted);
  });
}

interface Holding {
  readonly target: Target;
  readonly ref: string;
  readonly now: () => Date;
  readonly seconds: number;
}

function held({ target, ref, now, seconds }: Holding, first: ClaimRecord, firstOid: string): Claim {
  let oid: string | undefined = firstOid;
  // One after the other: an ending must not race with a renewal.
  let last: Promise<unknown> = Promise.resolve();
  const swap = (record: ClaimRecord | undefined, signal: AbortSignal): Promise<'held' | 'lost'> => {
    const next = last.then(async () => {
      if (oid === undefined) return 'lost' as const;
      const written = await write(target, ref, oid, record, signal);
      if (written.kind === 'refused') throw fail('push-rejected', { branch: ref, detail: written.reason });
      oid = written.kind === 'written' && record !== undefined ? written.oid : undefined;
      return written.kind === 'written' ? ('held' as const) : ('lost' as const);
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    attempts: first.attempts,
    renew: (signal) => swap(working(first, now(), seconds), signal),
    end: async (ending: ClaimEnding, signal) => {
      if (ending.kind === 'keep') return;
      await swap(ending.kind === 'release' ? undefined : { ...working(first, now(), ending.seconds), state: ending.state }, signal);
    },
  };
}

function working(
  { fingerprint, box, attempts }: Pick<ClaimRecord, 'fingerprint' | 'box' | 'attempts'>,
  at: Date,
  seconds: number,
): ClaimRecord {
  const until = new Date(at.getTime() + seconds * 1000);
  const nonce = randomBytes(8).toString('hex');
  return { fingerprint, box, nonce, state: 'working', at: at.toISOString(), until: until.toISOString(), attempts };
}

async function standing(target: Target, ref: string, fingerprint: string, signal: AbortSignal): Promise<Standing> {
  const oid = await oidAt(target, ref, signal);
  if (oid === undefined) return { oid, record: null };
  const commit = await fetchCommit(target, oid, true, { signal });
  return { oid, record: commit && readClaim(commit.message.trim(), fingerprint) };
}

async function oidAt({ server }: Target, ref: string, signal: AbortSignal): Promise<string | undefined> {
  const listed = await server.list(ref, { signal, maxBytes: MAX_ANSWER_BYTES });
  return listed.find((one) => one.ref === ref)?.oid;
}

type Written =
  | { readonly kind: 'written'; readonly oid: string }
  /** The ref was not what it was thought to be. */
  | { readonly kind: 'lost' }
  /** The remote does not take such a ref. */
  | { readonly kind: 'refused'; readonly reason: string };

/** @param record absent to delete the ref */
async function write(
  target: Target,
  ref: string,
  from: string | undefined,
  record: ClaimRecord | undefined,
  signal: AbortSignal,
): Promise<Written> {
  const commit = record && rootCommit(claimText(record), AUTHOR, new Date(record.at));
  const [to, pack] = [commit?.oid, commit?.pack ?? Buffer.alloc(0)];
  const written: Written = { kind: 'written', oid: to ?? '' };
  for (let attempt = 1; ; attempt += 1) {
    const { refusal, lost } = await pushed(target, { ref, from, to }, pack, signal);
    if (refusal === undefined && lost === undefined) return written;
    // Whatever was said or was lost on the way: the ref itself says what became of the push.
    const value = await oidAt(target, ref, signal);
    if (value === to) return written;
    if (value !== from) return { kind: 'lost' };
    if (refusal !== undefined) return { kind: 'refused', reason: quote(refusal, target.token) };
    if (attempt >= ATTEMPTS) throw lost;
    await paused(signal);
  }
}

/** One push. It may have gone through where its answer was `lost`. */
async function pushed(
  target: Target,
  update: RefUpdate,
  pack: Buffer,
  signal: AbortSignal,
): Promise<{ readonly refusal?: string | undefined; readonly lost?: AiOpsError }> {
  try {
    return { refusal: await updateRef(target, update, pack, CAPABILITIES, { signal, maxBytes: MAX_ANSWER_BYTES }) };
  } catch (thrown) {
    const lost = asAiOpsError(thrown);
    if (lost.code !== 'git-unreachable') throw thrown;
    return { lost };
  }
}

/** Reads the remote's clock from its answers; ours where it does not tell. */
function dated(http: GitHttp, clock: Clock): { readonly http: GitHttp; now(): Date; ownTime(time: Date): Date } {
  let aheadMs = 0;
  return {
    http: {
      request: async (request, limits) => {
        const answer = await http.request(request, limits);
        const date = Date.parse(answer.headers.date ?? '');
        if (!Number.isNaN(date)) aheadMs = date - clock().getTime();
        return answer;
      },
    },
    now: () => new Date(clock().getTime() + aheadMs),
    ownTime: (time) => new Date(time.getTime() - aheadMs),
  };
}
