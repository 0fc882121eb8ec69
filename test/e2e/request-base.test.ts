// The base of a request moves, with nobody at the keyboard: the real program, a real git server, both hosts. One merge commit on top
// where it conflicts, closed where the base has the fix, and a comment on an issue of ours begins a repair.
import { git } from '../support/git-program.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { commitOnBase } from '../support/on-base.ts';
import { type Json, ONE_TEST, type Ran, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { cartFails, LIMIT as ONE_RUN } from './observe.ts';

const LIMIT = 3 * ONE_RUN;
const CART = 'src/cart.js';

// The same on fakes: `test/pipeline/replies/moved-base.test.ts`.
(IS_SLOW_LANE ? describe : describe.skip).each(['github', 'gitlab'] as const)('on %s', (host) => {
  let world: World;
  let branch = '';
  const look = (...flags: readonly string[]): Promise<Ran> => world.run(['watch', 'app.log', '--once', '--json', ...flags]);
  const resultsOf = ({ json }: Ran): readonly Json[] => json.filter(({ kind }) => kind === 'result');
  const tip = (name = branch): Promise<string> => git(world.bare ?? '', 'rev-parse', `refs/heads/${name}`);
  const ours = () => world.host.talk.said(1).filter(({ author }) => author === 'robot');
  /** A person's commit on the base. */
  const onBase = (change: (text: string) => string): Promise<void> => commitOnBase(world.bare ?? '', CART, change);

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
  }, LIMIT);
  afterAll(() => world.close());

  test(
    'a conflict: the same change on the new base, as a merge commit on top; no money',
    async () => {
      const [first, calls] = [await tip(), world.messages.requests.length];
      const fixed = await git(world.bare ?? '', 'diff', '-U0', `${branch}^`, branch, '--', CART);
      const line = Number(/^@@ -(\d+)/m.exec(fixed)?.[1]);
      // The line before it: too near for git, and not the fix's own.
      await onBase((text) =>
        text
          .split('\n')
          .map((one, at) => (at === line - 2 ? `${one} // near` : one))
          .join('\n'),
      );
      await look();
      const [result] = resultsOf(await look());
      const merged = await tip();
      expect(merged).not.toBe(first);
      expect((await git(world.bare ?? '', 'rev-list', '--parents', '-1', branch)).split(' ')).toEqual([merged, first, await tip('main')]);
      expect(await git(world.bare ?? '', 'show', `${branch}:${CART}`)).toContain('// near');
      await git(world.bare ?? '', 'fsck', '--strict');
      expect(result === undefined || result.outcome === 'proposed').toBe(true);
      expect([world.messages.requests.length, ours().length]).toEqual([calls, 1]);
      expect(resultsOf(await look())).toEqual([]);
      expect(await tip()).toBe(merged);
    },
    LIMIT,
  );

  test(
    'the base gets the very fix by another hand: told, closed, and no closing of a person',
    async () => {
      const fixed = await git(world.bare ?? '', 'show', `${branch}:${CART}`);
      await onBase(() => `${fixed}\n`);
      await look();
      await look();
      expect(ours().at(-1)?.body).toContain('holds the lines of this fix already');
      const { json } = await world.run(['status', '--refresh', '--json']);
      expect(json.filter((trace) => trace.branch === branch && trace.follows === undefined)).toMatchObject([{ state: 'closed' }]);
      const { json: incidents } = await world.run(['incidents', '--json']);
      expect(incidents.find(({ state }) => state === 'closed')).toMatchObject({ reason: 'closed-by-itself' });
      expect(world.host.violations()).toEqual([]);
    },
    LIMIT,
  );
});
