// A host's own checks turn red on a request, with nobody at the keyboard: the real program, a real git server, both hosts. Run
// again once, mended once by one commit on top; nothing for quotas, which a comment names; never twice.
import { git } from '../support/git-program.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { type Json, ONE_TEST, type Ran, startWorld, type World } from '../support/world.ts';
import { ANSWERED, answerFromTheBook, block, filesOf, recorded, say } from './conversations.ts';
import { cartFails, LIMIT as ONE_RUN } from './observe.ts';

const LIMIT = 3 * ONE_RUN;
const CART = 'src/cart.js';
const CART_FIX = filesOf(recorded(ANSWERED.find(({ file }) => file === CART)?.answer ?? ''))[CART] ?? '';
const LOG = `${'npm run lint\n'.repeat(300)}src/cart.js\n  1:1  error  file has no header  header/header\n1 problem\n`;

// The same on fakes, and the calls of each host: `test/pipeline/replies/checks.test.ts`, `test/adapters/hosts/checks.test.ts`.
(IS_SLOW_LANE ? describe : describe.skip).each(['github', 'gitlab'] as const)('on %s', (host) => {
  let world: World;
  let branch = '';
  const look = (...flags: readonly string[]): Promise<Ran> => world.run(['watch', 'app.log', '--once', '--json', ...flags]);
  const resultsOf = ({ json }: Ran): readonly Json[] => json.filter(({ kind }) => kind === 'result');
  const tip = (name = branch): Promise<string> => git(world.bare ?? '', 'rev-parse', `refs/heads/${name}`);
  const ours = () => world.host.talk.said(1).filter(({ author }) => author === 'robot');

  beforeAll(async () => {
    world = await startWorld({
      host,
      isNotOfClaude: true,
      script: answerFromTheBook,
      env: { DEDUP_WINDOW_SECONDS: '0', MAX_REPAIRS_PER_HOUR: '50', ...ONE_TEST },
    });
    await cartFails(world);
    const [made] = resultsOf(await look('--from', 'start')).filter(({ files }) => JSON.stringify(files).includes(CART));
    branch = String(made?.branch);
    world.messages.play(() => say(`A header.\n\n${block(CART, `// Orders.\n${CART_FIX}`)}`));
  }, LIMIT);
  afterAll(() => world.close());

  test(
    'a lost runner is run again, and told of when it is red still; no money',
    async () => {
      const before = world.messages.requests.length;
      world.host.checks.set(await tip('main'), 'lint', 'green');
      world.host.checks.set(await tip(), 'lint', 'red', { notes: 'runner_system_failure' });
      expect(resultsOf(await look())).toEqual([]);
      expect([world.host.checks.reruns(), ours().length]).toEqual([1, 0]);
      world.host.checks.set(await tip(), 'lint', 'red', { notes: 'runner_system_failure' });
      expect(resultsOf(await look())).toEqual([]);
      expect(resultsOf(await look())).toEqual([]);
      expect([world.host.checks.reruns(), ours().length, world.messages.requests.length]).toEqual([1, 1, before]);
      expect(ours()[0]?.body).toContain('runner was lost');
    },
    LIMIT,
  );

  test(
    'a real red check: the end of its log goes to Claude, one commit on top, one word',
    async () => {
      const first = await tip();
      // A person asks, so that the next commit is another one than the one that was told of.
      world.host.talk.allow('jo', 'write');
      world.messages.play(() => say(`A note.\n\n${block(CART, `// note\n${CART_FIX}`)}`));
      world.host.talk.comment(1, 'jo', '/ai-ops put a note at the top');
      await look();
      const second = await tip();
      expect(await git(world.bare ?? '', 'rev-parse', `${branch}^`)).toBe(first);
      world.messages.play(() => say(`A header.\n\n${block(CART, `// Orders.\n${CART_FIX}`)}`));
      world.host.checks.set(second, 'lint', 'red', { log: LOG });
      await look();
      expect(await tip()).toBe(second);
      world.host.checks.set(second, 'lint', 'red', { log: LOG });
      const [result] = resultsOf(await look());
      expect(result).toMatchObject({ outcome: 'proposed', branch });
      expect([await tip(), await git(world.bare ?? '', 'rev-parse', `${branch}^`)]).toEqual([result?.commit, second]);
      expect(await git(world.bare ?? '', 'show', `${branch}:${CART}`)).toContain('// Orders.');
      expect(world.messages.requests.at(-1)?.raw).toContain('file has no header');
      expect(ours().at(-1)?.body).toContain('`lint`');
      const { json } = await world.run(['status', String(result?.trace), '--json']);
      expect(json).toMatchObject([{ follows: { cause: 'checks', round: 2, asks: [{ author: 'lint' }] } }]);
      world.host.checks.set(await tip(), 'lint', 'red', { log: LOG });
      expect(resultsOf(await look())).toEqual([]);
      expect(ours()).toHaveLength(3);
      expect(await git(world.bare ?? '', 'for-each-ref', '--format=%(refname)', 'refs/ai-ops')).toBe('');
      expect(world.host.violations()).toEqual([]);
    },
    LIMIT,
  );
});
