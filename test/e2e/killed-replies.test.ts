// A real `kill -9` at every moment of what is done about our requests and issues: the real program, a real git server, both hosts.
// It dies when the disk says that a step has begun or ended, or when git or the host has done what it was asked for and nobody knows
// of it yet. Whoever looks next makes one commit or none, says one word, takes nothing back, and leaves no claim.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { git } from '../support/git-program.ts';
import { slowDescribe } from '../support/lane.ts';
import { commitOnBase } from '../support/on-base.ts';
import { type Json, ONE_TEST, parseLines, type Ran, startWorld, type World } from '../support/world.ts';
import { ANSWERED, answerFromTheBook, block, filesOf, recorded, say } from './conversations.ts';
import { cartFails, LIMIT as ONE_RUN } from './observe.ts';

const LIMIT = 5 * ONE_RUN;
const CART = 'src/cart.js';
const CART_FIX = filesOf(recorded(ANSWERED.find(({ file }) => file === CART)?.answer ?? ''))[CART] ?? '';
const HOOK = pathToFileURL(join('test', 'support', 'die-after.js')).href;
const LOG = 'src/cart.js\n  1:1  error  file has no header  header/header\n1 problem\n';

type HostName = 'github' | 'gitlab';

/** A step that the disk has; or what the other side has done: a ref of git, or a call of the host. */
type Moment =
  | { readonly step: string; readonly when: 'begun' | 'done' }
  | { readonly ref: 'branch' | 'claim' }
  | { readonly call: 'word' | 'closing' | 'receipt' | 'again' };

const CALLS: Readonly<Record<HostName, Readonly<Record<Extract<Moment, { call: unknown }>['call'], string>>>> = {
  github: {
    word: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
    closing: 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
    receipt: 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions',
    again: 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs',
  },
  gitlab: {
    word: 'POST /projects/{id}/merge_requests/{iid}/notes',
    closing: 'PUT /projects/{id}/merge_requests/{iid}',
    receipt: 'POST /projects/{id}/merge_requests/{iid}/notes/{note_id}/award_emoji',
    again: 'POST /projects/{id}/pipelines/{pipeline_id}/retry',
  },
};
const ISSUE_CALLS: Readonly<Record<HostName, { readonly word: string; readonly receipt: string }>> = {
  github: { word: CALLS.github.word, receipt: CALLS.github.receipt },
  gitlab: {
    word: 'POST /projects/{id}/issues/{iid}/notes',
    receipt: 'POST /projects/{id}/issues/{iid}/notes/{note_id}/award_emoji',
  },
};

const steps = (...names: readonly string[]): readonly Moment[] =>
  names.flatMap((step) => (['begun', 'done'] as const).map((when) => ({ step, when })));
const ALL = steps('claim', 'checkout', 'context', 'baseline', 'fix', 'guard', 'verify', 'commit', 'push', 'request');
const SIDES: readonly Moment[] = [{ ref: 'claim' }, { ref: 'branch' }, { call: 'word' }];
const nameOf = (moment: Moment): string =>
  'step' in moment ? `${moment.step} ${moment.when}` : 'ref' in moment ? `git has the ${moment.ref}` : `the host has the ${moment.call}`;

/** The request of the cart, and what dies about it. */
async function proposed(host: HostName) {
  const world = await startWorld({
    host,
    isNotOfClaude: true,
    script: answerFromTheBook,
    env: { DEDUP_WINDOW_SECONDS: '0', MAX_REPAIRS_PER_HOUR: '500', MAX_REPAIRS_PER_DAY: '500', ...ONE_TEST },
  });
  writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify({ follow: { maxRounds: 50 }, policy: { maxUsdPerDay: 1000 } }));
  await cartFails(world);
  const dying = watching(world, host, CALLS[host]);
  const { json } = await dying.look('--from', 'start');
  const branch = String(json.find(({ kind }) => kind === 'result')?.branch);
  world.host.talk.allow('jo', 'write');
  const tip = (name = branch): Promise<string> => git(world.bare ?? '', 'rev-parse', `refs/heads/${name}`);
  return {
    ...{ world, branch, tip, ...dying },
    ours: () => world.host.talk.said(1).filter(({ author }) => author === 'robot'),
    commits: async () => Number(await git(world.bare ?? '', 'rev-list', '--count', '--first-parent', `main..${branch}`)),
    /** A person's commit on the base. */
    onBase: (change: (text: string) => string) => commitOnBase(world.bare ?? '', CART, change),
  };
}

function watching(world: World, host: HostName, calls: { readonly [call in 'word' | 'receipt']: string }) {
  const victim = join(world.home, 'victim');
  const updates = join(world.home, 'updates');
  const hooks = join(world.bare ?? '', 'hooks');
  // Git says that a ref is changed, and nobody else knows of it yet. Every change is kept, with what was there before.
  writeFileSync(
    join(hooks, 'reference-transaction'),
    `#!/bin/sh
[ "$1" = committed ] || exit 0
while read -r old new ref; do
  echo "$ref $old $new" >> '${updates}'
  [ -e '${victim}' ] || continue
  read -r pid wanted < '${victim}'
  case $wanted:$ref in branch:refs/heads/ai-ops/fix-*|claim:refs/ai-ops/claims/*) rm '${victim}'; kill -9 "$pid" ;; esac
done
`,
  );
  chmodSync(join(hooks, 'reference-transaction'), 0o755);
  const look = (...flags: readonly string[]): Promise<Ran> => world.run(['watch', 'app.log', '--once', '--json', ...flags]);
  return {
    look,
    /** One look that dies at that moment. @returns whether it came so far */
    async killedAt(moment: Moment, env: Readonly<Record<string, string>> = {}): Promise<boolean> {
      const die: Record<string, string> = {};
      if ('step' in moment)
        Object.assign(die, { NODE_OPTIONS: `--import ${HOOK}`, AIOPS_TEST_DIE_AFTER: moment.step, AIOPS_TEST_DIE_WHEN: moment.when });
      const program = world.start(['watch', 'app.log', '--once', '--json'], { ...env, ...die });
      if ('ref' in moment) writeFileSync(victim, `${program.pid} ${moment.ref}\n`);
      if ('call' in moment) world.host.loseAnswer({ ...CALLS[host], ...calls }[moment.call], () => process.kill(program.pid, 'SIGKILL'));
      const code = await program.exit;
      if (code !== null && code !== 0) throw new Error(program.stderr());
      if (existsSync(victim)) rmSync(victim);
      return code === null;
    },
    /** Changes of branches that lose commits. */
    async forced(): Promise<readonly string[]> {
      const lost: string[] = [];
      for (const line of readFileSync(updates, 'utf8').trim().split('\n')) {
        const [ref = '', from = '', to = ''] = line.split(' ');
        if (!ref.startsWith('refs/heads/') || /^0+$/.test(from) || ref.includes('/claim-')) continue;
        if (/^0+$/.test(to)) lost.push(line);
        else await git(world.bare ?? '', 'merge-base', '--is-ancestor', from, to).catch(() => lost.push(line));
      }
      return lost;
    },
    claims: (): Promise<string> => git(world.bare ?? '', 'for-each-ref', '--format=%(refname)', 'refs/ai-ops', 'refs/heads/ai-ops/claim-*'),
  };
}

type Shop = Awaited<ReturnType<typeof proposed>>;

/** Words that have nothing in common: the same point twice would be an end of it. */
const ASKS = [
  'a missing coupon is nothing unusual, say so above',
  'please mention the ticket SHOP-17 somewhere',
  'explain rounding of halves for whoever comes later',
  'name the unit: these are cents',
  'who owns this file should stand on its first line',
  'link our pricing handbook',
  'credit Maria with finding it',
  'describe when discounts expire',
  'remind readers that deposits never shrink',
  'document negative percentages',
  'tell why arrays, not maps',
  'state which regions differ',
  'add a warning about floats',
  'note performance with thousands of items',
  'clarify gift cards',
  'write down what auditors asked',
  'declare this module stable',
  'hint at the simulator script',
  'list known callers',
  'express gratitude to QA',
  'spell out VAT handling',
  'cover returns and refunds in prose',
  'point to the incident review',
  'summarise last quarter changes',
  'say hello',
];

interface Cause {
  readonly moments: readonly Moment[];
  /** @param nth so many times before */
  begin(shop: Shop, nth: number): Promise<void>;
  /** What is needed before a look can come to it. */
  readonly first?: (shop: Shop) => Promise<void>;
  /** It is tried once for a request: each row has its own. */
  readonly isOnce?: true;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  'a writer asks': {
    moments: [...ALL, ...SIDES, { call: 'receipt' }],
    async begin({ world }, nth) {
      world.messages.play(() => say(`As asked for.\n\n${block(CART, `// ${nth}: ${ASKS[nth]}\n${CART_FIX}`)}`));
      world.host.talk.comment(1, 'jo', `/ai-ops ${ASKS[nth]}`);
    },
  },
  'a check is red': {
    isOnce: true,
    moments: [...steps('claim', 'fix', 'commit', 'push', 'request'), ...SIDES, { call: 'again' }],
    async begin({ world, tip }, nth) {
      world.messages.play(() => say(`A header.\n\n${block(CART, `// Header ${nth}.\n${CART_FIX}`)}`));
      world.host.checks.set(await tip('main'), 'lint', 'green');
      world.host.checks.set(await tip(), 'lint', 'red', { log: LOG });
    },
    // Run again first, which costs nothing, and red again.
    async first({ world, tip, look }) {
      await look();
      world.host.checks.set(await tip(), 'lint', 'red', { log: LOG });
    },
  },
  'a conflict with a base that moved': {
    moments: [...ALL, ...SIDES],
    async begin({ world, branch, onBase }, nth) {
      const fixed = await git(world.bare ?? '', 'diff', '-U0', `main...${branch}`, '--', CART);
      const line = Number(/^@@ -(\d+)/m.exec(fixed)?.[1]);
      // The line before it: too near for git, and not the fix's own.
      await onBase((text) =>
        text
          .split('\n')
          .map((one, at) => (at === line - 2 ? `${one.replace(/ \/\/ near.*/, '')} // near ${nth}` : one))
          .join('\n'),
      );
    },
  },
};

/** Behind the last word, or the closing, of what is done without steps nobody comes back to the claim: it expires. */
const leftBy = (moment: Moment, claim: string): string =>
  'call' in moment && moment.call !== 'receipt' ? `refs/ai-ops/claims/reply-${claim}` : '';

slowDescribe.each(['github', 'gitlab'] as const)('on %s', (host) => {
  describe.each(Object.entries(CAUSES))('%s', (_name, cause) => {
    let shop: Shop | undefined;
    let nth = 0;
    beforeEach(async () => {
      shop ??= await proposed(host);
    }, LIMIT);
    const close = async (): Promise<void> => {
      await shop?.world.close();
      shop = undefined;
    };
    afterEach(async () => {
      if (cause.isOnce) await close();
    });
    afterAll(close);

    test.each(cause.moments.map((moment) => [nameOf(moment), moment] as const))(
      'dies when %s: one commit on top, one word, nothing twice',
      async (_moment, moment) => {
        if (shop === undefined) throw new Error('there is no request');
        const before = { tip: await shop.tip(), commits: await shop.commits(), own: shop.ours().length };
        const paid = shop.world.messages.requests.length;
        await cause.begin(shop, nth);
        nth += 1;
        const isOfFirst = 'call' in moment && moment.call === 'again';
        if (!isOfFirst) await cause.first?.(shop);
        let wasKilled = false;
        // Whether it conflicts is worked out by the host when it is asked.
        for (let looks = 0; looks < 3 && !wasKilled; looks += 1) wasKilled = await shop.killedAt(moment);
        expect(wasKilled).toBe(true);
        if (isOfFirst) await cause.first?.(shop);
        for (let looks = 0; looks < 3; looks += 1) await shop.look();
        const { world, branch } = shop;
        expect({
          ...{ commits: await shop.commits(), own: shop.ours().length, claims: await shop.claims(), forced: await shop.forced() },
          ...{ isOnTop: await git(world.bare ?? '', 'rev-parse', `${branch}^1`), violations: world.host.violations() },
        }).toEqual({ commits: before.commits + 1, own: before.own + 1, claims: '', forced: [], isOnTop: before.tip, violations: [] });
        expect(shop.ours().at(-1)?.body).toContain(await shop.tip());
        // An answer that the disk has is not paid for twice.
        const asked = world.messages.requests.length - paid;
        expect(asked).toBeLessThanOrEqual('step' in moment && moment.step === 'fix' && moment.when === 'begun' ? 2 : 1);
      },
      LIMIT,
    );
  });

  describe('what closes a request', () => {
    let shop: Shop;
    beforeEach(async () => {
      shop = await proposed(host);
    }, LIMIT);
    afterEach(() => shop.world.close());
    const CLOSED: readonly Moment[] = [{ ref: 'claim' }, { call: 'word' }, { call: 'closing' }];
    /** Another hand has mended it in its own way: the test of the fix is green there. */
    const inAnotherWay = (text: string): string => text.replace('order.coupon.percent', '(order.coupon ? order.coupon.percent : 0)');

    test.each([
      ...CLOSED.map((moment) => [`has the lines of the fix, dies when ${nameOf(moment)}`, () => `${CART_FIX}\n`, moment] as const),
      ...[...steps('claim', 'baseline', 'fix', 'request'), ...CLOSED].map(
        (moment) => [`mends it in another way, dies when ${nameOf(moment)}`, inAnotherWay, moment] as const,
      ),
    ])(
      'the base %s: closed, told once',
      async (_name, change, moment) => {
        const [first, paid] = [await shop.tip(), shop.world.messages.requests.length];
        await shop.onBase(change);
        let wasKilled = false;
        for (let looks = 0; looks < 3 && !wasKilled; looks += 1) wasKilled = await shop.killedAt(moment);
        expect(wasKilled).toBe(true);
        for (let looks = 0; looks < 3; looks += 1) await shop.look();
        const { world } = shop;
        expect({
          ...{ tip: await shop.tip(), own: shop.ours().length, claims: await shop.claims(), forced: await shop.forced() },
          ...{ state: world.host.requests()[0]?.state, paid: world.messages.requests.length, violations: world.host.violations() },
        }).toEqual({
          ...{ tip: first, own: 1, claims: change === inAnotherWay ? '' : leftBy(moment, '1-base') },
          ...{ forced: [], state: 'closed', paid, violations: [] },
        });
        const { json } = await world.run(['incidents', '--json']);
        expect(json.find(({ state }) => state === 'closed')).toMatchObject({ reason: 'closed-by-itself' });
      },
      LIMIT,
    );
  });

  test.each([
    ...steps('claim', 'fix', 'push', 'request', 'notify').map((moment) => [nameOf(moment), moment] as const),
    ...([{ ref: 'branch' }, { call: 'receipt' }, { call: 'word' }] as const).map((moment) => [nameOf(moment), moment] as const),
  ])(
    'a writer asks on an issue, dies when %s: one request, one word there',
    async (_name, moment) => {
      const world = await startWorld({
        host,
        isNotOfClaude: true,
        script: answerFromTheBook,
        env: { DEDUP_WINDOW_SECONDS: '0', MAX_REPAIRS_PER_HOUR: '500', VERIFY_TEST: 'exit 1' },
      });
      try {
        await cartFails(world);
        const dying = watching(world, host, ISSUE_CALLS[host]);
        await dying.look('--from', 'start');
        const [issue] = world.host.issues();
        expect([issue?.state, world.host.requests()]).toEqual(['open', []]);
        // What people say was said some minutes ago, and the issue is older than that.
        const before = new Date(Date.now() - 2 * 3_600_000).toISOString();
        execFileSync('sqlite3', [world.database, `UPDATE traces SET started_at = '${before}'`]);
        world.host.talk.allow('jo', 'write');
        world.host.talk.onIssue(issue?.number ?? 0, 'jo', '/ai-ops try it again');
        const paid = world.messages.requests.length;
        let wasKilled = false;
        for (let looks = 0; looks < 3 && !wasKilled; looks += 1) wasKilled = await dying.killedAt(moment, ONE_TEST);
        expect(wasKilled).toBe(true);
        const results: Json[] = [];
        for (let looks = 0; looks < 3; looks += 1)
          results.push(...parseLines((await world.run(['watch', 'app.log', '--once', '--json'], ONE_TEST)).stdout));
        const own = world.host.talk.saidOnIssue(issue?.number ?? 0).filter(({ author }) => author === 'robot');
        expect({
          ...{ own: own.length, requests: world.host.requests().length, claims: await dying.claims(), forced: await dying.forced() },
          ...{ violations: world.host.violations() },
        }).toEqual({ own: 1, requests: 1, claims: leftBy(moment, 'issue-1'), forced: [], violations: [] });
        expect(world.messages.requests.length - paid).toBeLessThanOrEqual(nameOf(moment) === 'fix begun' ? 2 : 1);
      } finally {
        await world.close();
      }
    },
    LIMIT,
  );
});
