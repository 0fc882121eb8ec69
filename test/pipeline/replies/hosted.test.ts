// What is done about an open request, on the stand-ins of both hosts and real git: each cause, `kill -9` in each step of it, two
// boxes, and whatever ends it. One commit or none, one word, no branch that ever loses a commit, no call that the official
// descriptions do not have. The finer rows are on fakes, beside this file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inLane, slowDescribe, slowTest } from '../../support/lane.ts';
import { BROKEN, block, FIXED } from '../../support/pipeline.ts';
import { type Hosted, type HostName, hosted } from './hosted.ts';
import { STEPS } from './world.ts';

const LIMIT = 300_000;
const HOSTS = ['github', 'gitlab'] as const;
const TEST = 'test/gone.test.js';
const WITH_TEST = `${block('src/pricing.js', FIXED)}\n<code_block filename="${TEST}" new="true">\norderTotal({});\n</code_block>\n`;
/** The line beside that of the fix, so that git sees a conflict, and the fix still has its place. */
const BESIDE = BROKEN.replace('orderTotal(order) {', 'orderTotal(order, tax) {');
const LOUD = `// Orders.\nimport log from './log.js';\n${BROKEN}`;
const LOG = 'src/pricing.js\n  2:3  error  no nullish  no-nullish\n1 problem\n';
/** Red where the test of the fix is there, and the bug as well. */
const suite = (pricing: string, dir: string): number => (existsSync(join(dir, TEST)) && /order\.item\.\w+;/.test(pricing) ? 1 : 0);

interface Cause {
  readonly made: Parameters<typeof hosted>[1];
  /** Brings it about. */
  readonly begin: (shop: Hosted) => Promise<unknown>;
  /** What people see in the end. */
  readonly commits: 0 | 1;
  readonly isClosed: boolean;
  /** Times that Claude is paid. */
  readonly paid: 0 | 1;
  readonly words: RegExp;
  /** It is done without steps of a repair. */
  readonly hasNoSteps?: true;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  'a writer asks': {
    made: {},
    begin: async ({ side }) => side.talk.comment(1, 'jo', '/ai-ops a missing price should be null'),
    ...{ commits: 1, isClosed: false, paid: 1, words: /a missing price should be null/ },
  },
  'a line comment of a review': {
    made: {},
    begin: async ({ side }) => side.talk.atLine(1, 'jo', { path: 'src/pricing.js', line: 2, body: 'null, please' }),
    ...{ commits: 1, isClosed: false, paid: 1, words: /null, please/ },
  },
  'a check that the request has made red': {
    made: {},
    async begin(shop) {
      const red = async (): Promise<void> => {
        shop.side.checks.set(shop.fork, 'lint', 'green');
        shop.side.checks.set(await shop.tip(), 'lint', 'red', { log: LOG });
      };
      await red();
      // Run again first, which costs nothing, and red again.
      await shop.box.look();
      await red();
    },
    ...{ commits: 1, isClosed: false, paid: 1, words: /`lint`/ },
  },
  'a conflict with a base that moved': {
    made: { fix: WITH_TEST, test: suite },
    begin: ({ push }) => push('main', { 'src/pricing.js': BESIDE }),
    ...{ commits: 1, isClosed: false, paid: 0, words: /merges the base into this branch/ },
  },
  'the base is mended in another way': {
    made: { fix: WITH_TEST, test: (pricing, dir) => (pricing.includes('import log') ? 0 : suite(pricing, dir)) },
    begin: ({ push }) => push('main', { 'src/pricing.js': LOUD, 'src/log.js': 'export default console.log;\n' }),
    ...{ commits: 0, isClosed: true, paid: 0, words: /run twice on the base as it is now/ },
  },
  'the base has the lines of the fix': {
    made: {},
    begin: ({ push }) => push('main', { 'src/pricing.js': `// by hand\n${FIXED}` }),
    ...{ commits: 0, isClosed: true, paid: 0, words: /holds the lines of this fix already/, hasNoSteps: true },
  },
  'the error is gone, and its file has changed': {
    made: { quietDays: 31 },
    begin: ({ push }) => push('main', { 'src/pricing.js': LOUD }),
    ...{ commits: 0, isClosed: true, paid: 0, words: /no proof that it is mended/, hasNoSteps: true },
  },
};

/** As often as a watcher would look: whether it can be merged is worked out when it was asked for. */
async function looks(shop: Hosted, boxes = [shop.box]): Promise<void> {
  for (let look = 0; look < 3; look += 1) for (const box of boxes) await box.look();
}

async function expectOnce(shop: Hosted, { commits, isClosed, paid, words }: Cause): Promise<void> {
  const [mark] = shop.own().map(({ body }) => body);
  const [request] = shop.side.requests();
  expect({
    ...{ commits: await shop.commits(), own: shop.own().length, state: await shop.state(), forced: await shop.forced() },
    ...{ violations: shop.side.violations(), requests: shop.side.requests().length },
  }).toEqual({ commits, own: 1, state: '', forced: [], violations: [], requests: 1 });
  expect(shop.asked()).toBeGreaterThanOrEqual(paid);
  if (paid === 0) expect(shop.asked()).toBe(0);
  expect(mark).toMatch(words);
  expect([request?.state, request?.body.includes('ai-ops-closed')]).toEqual([isClosed ? 'closed' : 'open', isClosed]);
  if (commits === 1) expect(mark).toContain(await shop.tip());
}

const ROWS = HOSTS.flatMap((host) => Object.keys(CAUSES).map((name) => [host, name] as const));

test.each(inLane(ROWS, 0.04, String))(
  '%s: %s: done once, and looked at again nothing more',
  async (host, name) => {
    const cause = CAUSES[name] as Cause;
    const shop = await hosted(host, cause.made);
    try {
      await cause.begin(shop);
      await looks(shop);
      await expectOnce(shop, cause);
      expect(shop.asked()).toBe(cause.paid);
    } finally {
      await shop.close();
    }
  },
  LIMIT,
);

const KILLED = ROWS.filter(([, name]) => CAUSES[name]?.hasNoSteps !== true && name !== 'a line comment of a review').flatMap(
  ([host, name]) => STEPS.flatMap((step) => (['begun', 'done'] as const).map((when) => [host, name, step, when] as const)),
);

slowTest.each(KILLED)(
  '%s: %s: killed in the step %s, when it had %s: once, whoever goes on',
  async (host, name, step, when) => {
    const cause = CAUSES[name] as Cause;
    const shop = await hosted(host, cause.made);
    try {
      await cause.begin(shop);
      let wasKilled = false;
      // The first look may be told that it is not worked out yet.
      for (let look = 0; look < 3 && !wasKilled; look += 1) wasKilled = await shop.box.killedIn(step, when);
      await looks(shop);
      await expectOnce(shop, cause);
      // An answer that was stored is not paid for twice.
      if (wasKilled && !(step === 'fix' && when === 'begun')) expect(shop.asked()).toBe(cause.paid);
    } finally {
      await shop.close();
    }
  },
  LIMIT,
);

slowTest.each(ROWS)(
  '%s: %s: two boxes at one time: once',
  async (host, name) => {
    const cause = CAUSES[name] as Cause;
    const shop = await hosted(host, cause.made);
    try {
      const other = await shop.boxOf('other');
      await other.repair();
      await cause.begin(shop);
      for (let look = 0; look < 3; look += 1) await Promise.all([shop.box.look(), other.look()]);
      await looks(shop, [other, shop.box]);
      await expectOnce(shop, cause);
      expect(shop.asked()).toBeLessThanOrEqual(cause.paid + 1);
    } finally {
      await shop.close();
    }
  },
  LIMIT,
);

interface Quiet {
  readonly begin: (shop: Hosted) => Promise<unknown>;
  /** Words of ours, in the end. */
  readonly own: 0 | 1;
}

const QUIET: Readonly<Record<string, Quiet>> = {
  'an outsider asks': { begin: async ({ side }) => side.talk.comment(1, 'the_outsider', '/ai-ops do it'), own: 0 },
  'a stranger asks': { begin: async ({ side }) => side.talk.comment(1, 'nobody-here', '/ai-ops do it'), own: 0 },
  'a bot with the right to write asks': { begin: async ({ side, bot }) => side.talk.comment(1, bot, '/ai-ops do it'), own: 0 },
  'people talk': { begin: async ({ side }) => side.talk.comment(1, 'jo', 'should it be null, /ai-ops?'), own: 0 },
  'a check is red on the base too': {
    async begin(shop) {
      shop.side.checks.set(shop.fork, 'lint', 'red', { log: LOG });
      shop.side.checks.set(await shop.tip(), 'lint', 'red', { log: LOG });
    },
    own: 0,
  },
  'other checks still run': {
    async begin(shop) {
      shop.side.checks.set(shop.fork, 'lint', 'green');
      shop.side.checks.set(await shop.tip(), 'lint', 'red', { log: LOG });
      shop.side.checks.set(await shop.tip(), 'unit', 'runs');
    },
    own: 0,
  },
  'a quota is used up': {
    async begin(shop) {
      shop.side.checks.set(shop.fork, 'lint', 'green');
      shop.side.checks.set(await shop.tip(), 'lint', 'red', { notes: 'ci_quota_exceeded' });
    },
    own: 1,
  },
  'the base moves elsewhere': { begin: ({ push }) => push('main', { 'README.md': 'x\n' }), own: 0 },
  'somebody closes it': { begin: async ({ side }) => side.turnDown(1), own: 0 },
  'the label ai-ops:stop': {
    async begin({ side }) {
      side.talk.label(1, 'ai-ops:stop');
      side.talk.comment(1, 'jo', '/ai-ops do it');
    },
    own: 1,
  },
};

slowTest.each(HOSTS.flatMap((host) => Object.keys(QUIET).map((name) => [host, name] as const)))(
  '%s: %s: no commit, no money',
  async (host, name) => {
    const { begin, own } = QUIET[name] as Quiet;
    const shop = await hosted(host);
    try {
      await begin(shop);
      await looks(shop);
      expect({ tip: await shop.tip(), asked: shop.asked(), own: shop.own().length, violations: shop.side.violations() }).toEqual({
        ...{ tip: shop.first, asked: 0, own, violations: [] },
      });
      expect([await shop.state(), await shop.forced()]).toEqual(['', []]);
    } finally {
      await shop.close();
    }
  },
  LIMIT,
);

slowDescribe.each(HOSTS)('on %s', (host: HostName) => {
  let shop: Hosted;
  beforeEach(async () => {
    shop = await hosted(host);
  }, LIMIT);
  afterEach(async () => {
    expect([shop.side.violations(), await shop.forced(), await shop.state()]).toEqual([[], [], '']);
    await shop.close();
  }, LIMIT);

  test(
    'what was edited after its reply is left alone; what was edited before is read as it is now',
    async () => {
      const comment = shop.side.talk.comment(1, 'jo', '/ai-ops first words');
      shop.side.talk.edit(comment, '/ai-ops other words');
      await looks(shop);
      expect([await shop.commits(), shop.own().length]).toEqual([1, 1]);
      expect(shop.prompt()).toContain('other words');
      shop.side.talk.edit(comment, '/ai-ops third words');
      await looks(shop);
      expect([await shop.commits(), shop.own().length, shop.asked()]).toEqual([1, 1, 1]);
    },
    LIMIT,
  );

  test(
    'a person has pushed: their commit stays on top, whatever is asked, is red or conflicts; said once',
    async () => {
      const theirs = await shop.push('ai-ops/fix-0123456789ab', { 'NOTES.md': 'mine\n' });
      shop.side.talk.comment(1, 'jo', '/ai-ops do it');
      shop.side.checks.set(shop.fork, 'lint', 'green');
      shop.side.checks.set(theirs, 'lint', 'red', { log: LOG });
      await shop.push('main', { 'src/pricing.js': BESIDE });
      const other = await shop.boxOf('other');
      await other.repair();
      await looks(shop, [shop.box, other]);
      expect([await shop.tip(), shop.asked(), shop.own().length]).toEqual([theirs, 0, 1]);
      expect(shop.own()[0]?.body).toContain('ending=stop');
    },
    LIMIT,
  );

  test(
    'killed between the word and the closing: closed by the next look, told once',
    async () => {
      await shop.push('main', { 'src/pricing.js': `// by hand\n${FIXED}` });
      const closing = host === 'github' ? 'PATCH /repos/{owner}/{repo}/pulls/{pull_number}' : 'PUT /projects/{id}/merge_requests/{iid}';
      shop.side.cutOff(closing);
      await shop.box.look().catch(() => undefined);
      expect(shop.own()).toHaveLength(1);
      expect(shop.side.requests()[0]?.state).toBe('open');
      await looks(shop);
      expect([shop.own().length, shop.side.requests()[0]?.state]).toEqual([1, 'closed']);
    },
    LIMIT,
  );
});
