// Claims on a real git server: racers, lost answers, dead boxes, hosts that refuse the namespace.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boxName } from '../../../src/adapters/git/box-name.ts';
import { createClaims } from '../../../src/adapters/git/claims.ts';
import { createGitHttp } from '../../../src/adapters/git/wire/http.ts';
import { type ClaimRecord, claimText } from '../../../src/core/policy/claim.ts';
import type { ClaimAnswer, Claims } from '../../../src/ports.ts';
import { git, makeRepository } from '../../support/git-program.ts';
import { type GitServer, startGitServer } from '../../support/git-server.ts';

const FINGERPRINT = 'v1:0123456789abcdef0123456789abcdef';
const REF = 'refs/ai-ops/claims/v1-0123456789abcdef0123456789abcdef';
const FALLBACK = 'refs/heads/ai-ops/claim-v1-0123456789abcdef0123456789abcdef';
/** Every push starts git on the server, and machines may be busy. */
const LIMIT = 300_000;
const LIVE = new AbortController().signal;

let root = '';
let server: GitServer;
let url = '';
let name = '';
let count = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ai-ops-claims-'));
  server = await startGitServer({ root: join(root, 'served'), users: [{ token: 'token', access: 'write' }] });
  await makeRepository(join(root, 'work'), { 'app.js': 'one\n' });
});

beforeEach(async () => {
  count += 1;
  name = `app${count}`;
  url = await server.create(name, join(root, 'work'));
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true, force: true });
});

/** @param aheadMs by how much the clock of this box is wrong */
function box(named: string, aheadMs = 0): Claims {
  const http = createGitHttp({ url, token: 'token', username: 'x-access-token', retryDelayMs: 1 });
  return createClaims({ http, url, token: 'token', box: async () => named, clock: () => new Date(Date.now() + aheadMs) });
}

const take = (claims: Claims, { asked = false, seconds = 600 } = {}): Promise<ClaimAnswer> =>
  claims.take({ fingerprint: FINGERPRINT, asked, seconds }, LIVE);

async function hold(claims: Claims, wish = {}) {
  const answer = await take(claims, wish);
  if (answer.kind !== 'held') throw new Error(`not held: ${JSON.stringify(answer)}`);
  return answer.claim;
}

const refs = async (): Promise<readonly string[]> =>
  (await git(server.dir(name), 'for-each-ref', '--format=%(refname)', 'refs/ai-ops', 'refs/heads/ai-ops')).split('\n').filter(Boolean);
const message = (ref = REF): Promise<string> => git(server.dir(name), 'log', '-1', '--format=%B', ref);

const fromNow = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

/** Puts a claim there by hand. */
async function plant(fields: Pick<ClaimRecord, 'box' | 'at' | 'until'> & Partial<ClaimRecord>): Promise<void> {
  const dir = server.dir(name);
  const text = claimText({ fingerprint: FINGERPRINT, nonce: 'planted', state: 'working', attempts: 1, ...fields });
  const empty = await git(dir, 'hash-object', '-w', '-t', 'tree', '/dev/null');
  await git(dir, 'update-ref', REF, await git(dir, 'commit-tree', '-m', text, empty));
}

test(
  'of eight boxes at once one gets it, and the others are told until when',
  async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, number) => take(box(`box${number}`))));
    expect(answers.filter(({ kind }) => kind === 'held')).toHaveLength(1);
    const others = answers.filter((answer) => answer.kind === 'respected');
    expect(others).toHaveLength(7);
    for (const { until, state } of others) {
      expect(state).toBe('working');
      expect(until.getTime()).toBeGreaterThan(Date.now() + 590_000);
      expect(until.getTime()).toBeLessThan(Date.now() + 640_000);
    }
    expect(await refs()).toEqual([REF]);
    expect(await git(server.dir(name), 'fsck', '--strict', '--no-dangling')).toBe('');
  },
  LIMIT,
);

test(
  'it says no more than it has to, in a commit without files or parents',
  async () => {
    await hold(box('box1'));
    const { at, until, nonce, ...said } = JSON.parse(await message());
    expect(said).toEqual({ aiOpsClaim: 1, fingerprint: FINGERPRINT, box: 'box1', state: 'working', attempts: 1 });
    expect(Date.parse(until) - Date.parse(at)).toBe(600_000);
    expect(nonce).toMatch(/^[0-9a-f]{16}$/);
    expect(await git(server.dir(name), 'log', '-1', '--format=%P|%T|%an <%ae>', REF)).toBe(
      '|4b825dc642cb6eb9a060e54bf8d69288fbee4904|ai-ops <ai-ops@localhost>',
    );
  },
  LIMIT,
);

test(
  'a claim by an older name of the bug is respected, and our own is not held by it',
  async () => {
    await hold(box('box1'));
    const renamed = { fingerprint: 'v2:fedcba9876543210fedcba9876543210', formerly: [FINGERPRINT], asked: false, seconds: 600 };
    expect(await box('box2').take(renamed, LIVE)).toMatchObject({ kind: 'respected', state: 'working' });
    expect(await refs()).toEqual([REF]);
    expect(await box('box1').take(renamed, LIVE)).toMatchObject({ kind: 'held' });
  },
  LIMIT,
);

test(
  'released, the next box gets it',
  async () => {
    await (await hold(box('box1'))).end({ kind: 'release' }, LIVE);
    expect(await refs()).toEqual([]);
    expect((await hold(box('box2'))).attempts).toBe(1);
  },
  LIMIT,
);

test(
  'the same box gets its own again, as the same attempt',
  async () => {
    await hold(box('box1'));
    expect((await hold(box('box1'))).attempts).toBe(1);
    expect((await take(box('box2'))).kind).toBe('respected');
  },
  LIMIT,
);

test(
  'a tombstone holds others back until its time; a person who asks, and its own box, pass it',
  async () => {
    await (await hold(box('box1'))).end({ kind: 'tombstone', state: 'refused', seconds: 3600 }, LIVE);
    expect(await take(box('box2'))).toMatchObject({ kind: 'respected', state: 'refused' });
    expect((await hold(box('box1'))).attempts).toBe(2);
    await (await hold(box('box1'))).end({ kind: 'tombstone', state: 'failed', seconds: 3600 }, LIVE);
    expect((await hold(box('box2'), { asked: true })).attempts).toBe(3);
    expect(await take(box('box3'), { asked: true })).toMatchObject({ kind: 'respected', state: 'working' });
  },
  LIMIT,
);

test(
  'what is kept stays',
  async () => {
    await (await hold(box('dead'))).end({ kind: 'keep' }, LIVE);
    expect((await take(box('box2'))).kind).toBe('respected');
  },
  LIMIT,
);

test(
  'of several boxes one takes over what has expired',
  async () => {
    await plant({ box: 'dead', at: fromNow(-900), until: fromNow(-60) });
    const answers = await Promise.all(['box2', 'box3', 'box4', 'box5'].map((named) => take(box(named))));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['held', 'respected', 'respected', 'respected']);
    expect(JSON.parse(await message())).toMatchObject({ attempts: 2, state: 'working' });
  },
  LIMIT,
);

test(
  'renewed, it holds on; taken over, it is lost and its old holder changes nothing any more',
  async () => {
    const mine = await hold(box('box1'), { seconds: 60 });
    const first = await git(server.dir(name), 'rev-parse', REF);
    expect(await mine.renew(LIVE)).toBe('held');
    expect(await git(server.dir(name), 'rev-parse', REF)).not.toBe(first);
    expect(JSON.parse(await message())).toMatchObject({ box: 'box1', state: 'working', attempts: 1 });
    await plant({ box: 'box2', at: fromNow(0), until: fromNow(600) });
    expect(await mine.renew(LIVE)).toBe('lost');
    await mine.end({ kind: 'release' }, LIVE);
    await mine.end({ kind: 'tombstone', state: 'refused', seconds: 60 }, LIVE);
    expect(JSON.parse(await message())).toMatchObject({ box: 'box2', state: 'working' });
  },
  LIMIT,
);

test.each([
  ['two hours behind', -7_200_000],
  ['two hours ahead', 7_200_000],
])(
  'a box whose clock is %s judges by the clock of the remote',
  async (_name, aheadMs) => {
    await hold(box('box1', aheadMs));
    const answer = await take(box('box2'));
    expect(answer).toMatchObject({ kind: 'respected', state: 'working' });
    await rm(join(server.dir(name), REF), { force: true });
    await hold(box('box1'));
    const theirs = await take(box('box3', aheadMs));
    // By its own clock.
    expect(theirs.kind === 'respected' ? Math.round((theirs.until.getTime() - Date.now() - aheadMs) / 60_000) : 0).toBeCloseTo(10, -1);
  },
  LIMIT,
);

const faults = [
  ['reset before it is written', { kind: 'reset' }, 'held'],
  ['reset each time', { kind: 'reset', times: 3 }, 'git-unreachable'],
  ['the answer is lost', { kind: 'lose-answer' }, 'held'],
] as const;

test.each(faults)(
  '%s: the ref says what became of it, and nobody else gets in',
  async (_name, fault, ending) => {
    server.fail({ on: `POST /${name}.git/git-receive-pack`, ...fault });
    const mine = box('box1');
    const first = await take(mine).then(
      ({ kind }) => kind as string,
      ({ code }: { code: string }) => code,
    );
    expect(first).toBe(ending);
    expect((await hold(mine)).attempts).toBe(1);
    expect((await take(box('box2'))).kind).toBe('respected');
  },
  LIMIT,
);

test(
  'a lost answer to the release is no trouble',
  async () => {
    const mine = await hold(box('box1'));
    server.fail({ on: `POST /${name}.git/git-receive-pack`, kind: 'lose-answer' });
    await mine.end({ kind: 'release' }, LIVE);
    expect(await refs()).toEqual([]);
  },
  LIMIT,
);

test(
  'what somebody else has written there claims nothing, and is replaced',
  async () => {
    const dir = server.dir(name);
    for (const planted of [await git(dir, 'rev-parse', 'main'), await git(dir, 'rev-parse', 'main^{tree}')]) {
      await git(dir, 'update-ref', REF, planted);
      await (await hold(box('box1'))).end({ kind: 'release' }, LIVE);
    }
    await plant({ box: 'forged', state: 'refused', at: '2026-01-01T00:00:00.000Z', until: '2999-01-01T00:00:00.000Z' });
    expect((await hold(box('box1'))).attempts).toBe(2);
  },
  LIMIT,
);

test(
  'a host that takes only branches gets a branch; one that takes neither is worked with all the same',
  async () => {
    await server.hook(name, 'update', 'case "$1" in refs/heads/*) exit 0;; *) echo "only branches here"; exit 1;; esac');
    await hold(box('box1'));
    expect(await refs()).toEqual([FALLBACK]);
    expect((await take(box('box2'))).kind).toBe('respected');
    await server.hook(name, 'update', 'exit 1');
    await rm(join(server.dir(name), FALLBACK), { force: true });
    expect(await take(box('box3'))).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('hook declined') });
  },
  LIMIT,
);

test(
  'a token that may not push is told at once',
  async () => {
    const http = createGitHttp({ url, token: 'wrong', username: 'x-access-token' });
    const claims = createClaims({ http, url, token: 'wrong', box: async () => 'b', clock: () => new Date() });
    await expect(take(claims)).rejects.toMatchObject({ code: 'git-auth' });
  },
  LIMIT,
);

test(
  'a server that speaks protocol 1 only is claimed on as well',
  async () => {
    const old = await startGitServer({ root: join(root, 'old'), users: [{ token: 'token', access: 'write' }], speaks: 'protocol 1' });
    try {
      url = await old.create('app', join(root, 'work'));
      const mine = await hold(box('box1'));
      expect(await take(box('box2'))).toMatchObject({ kind: 'respected', state: 'working' });
      await mine.end({ kind: 'tombstone', state: 'refused', seconds: 600 }, LIVE);
      expect(await take(box('box2'))).toMatchObject({ kind: 'respected', state: 'refused' });
    } finally {
      await old.close();
    }
  },
  LIMIT,
);

test(
  'a state directory keeps its name, whoever asks first',
  async () => {
    const dir = join(root, 'state');
    const names = await Promise.all([boxName(dir), boxName(dir), boxName(dir)]);
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(await boxName(dir)).toBe(names[0]);
    expect(await boxName(join(root, 'other'))).not.toBe(names[0]);
  },
  LIMIT,
);
