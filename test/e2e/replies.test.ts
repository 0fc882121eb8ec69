// People ask for something on a request, with nobody at the keyboard: the real program, a real git server, both hosts. One
// commit on top of the others, one reply; nothing for strangers, programs and second looks; never over a person's commit.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../support/git-program.ts';
import { inLane } from '../support/lane.ts';
import { eventually } from '../support/program.ts';
import { type Json, ONE_TEST, type Ran, startWorld, type World } from '../support/world.ts';
import { ANSWERED, answerFromTheBook, block, filesOf, recorded, say } from './conversations.ts';
import { branches, cartFails, LIMIT as ONE_RUN } from './observe.ts';

/** Several runs of the program, one after the other. */
const LIMIT = 3 * ONE_RUN;

const CART = 'src/cart.js';
const CART_FIX = filesOf(recorded(ANSWERED.find(({ file }) => file === CART)?.answer ?? ''))[CART] ?? '';
/** Asked for as a review: the same with another word in it. */
const withNote = (words: string): string => CART_FIX.replace(/^/, `// ${words}\n`);

describe.each(inLane(['github', 'gitlab'] as const, 0.5))('on %s', (host) => {
  let world: World;
  let branch = '';
  const tips: string[] = [];
  const other = (): string => join(world.home, 'second-box');
  const bot = host === 'github' ? 'helper[bot]' : 'project_7_bot';

  const look = (...flags: readonly string[]): Promise<Ran> => world.run(['watch', 'app.log', '--once', '--json', ...flags]);
  const resultsOf = ({ json }: Ran): readonly Json[] => json.filter(({ kind }) => kind === 'result');
  const tip = (): Promise<string> => git(world.bare ?? '', 'rev-parse', `refs/heads/${branch}`);
  const commits = async (): Promise<number> => Number(await git(world.bare ?? '', 'rev-list', '--count', `main..${branch}`));
  const ours = () => world.host.talk.said(1).filter(({ author }) => author === 'robot');
  const claims = (): Promise<string> => git(world.bare ?? '', 'for-each-ref', '--format=%(refname)', 'refs/ai-ops');

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
    expect(Object(made?.request).number).toBe(1);
    tips.push(await tip());
    for (const author of ['jo', bot]) world.host.talk.allow(author, 'write');
    // The stand-in of GitLab tells people apart by the length of their names.
    world.host.talk.allow('the_outsider', 'read');
    // A repair of the book answers the error; words of reviewers are answered here.
    world.messages.play((request) => {
      const asked = /note (\w+)/.exec(request.raw.slice(request.raw.indexOf('What reviewers ask for')))?.[1];
      return say(`A note, as asked for.\n\n${block(CART, withNote(asked ?? 'nothing'))}`);
    });
  }, LIMIT);
  afterAll(() => world.close());

  test(
    'an outsider, a bot and talk among people: nothing, and no call of Claude',
    async () => {
      const before = world.messages.requests.length;
      world.host.talk.comment(1, 'the_outsider', '/ai-ops put a note outsider at the top');
      world.host.talk.comment(1, bot, '/ai-ops put a note bot at the top');
      world.host.talk.comment(1, 'jo', 'should there be a note talk at the top?');
      expect(resultsOf(await look())).toEqual([]);
      expect([await commits(), ours().length, world.messages.requests.length]).toEqual([1, 0, before]);
    },
    LIMIT,
  );

  test(
    'a line comment of a writer: one commit on top, one reply with a receipt, and the trace of it',
    async () => {
      world.host.talk.atLine(1, 'jo', {
        path: CART,
        line: 1,
        body: 'Please put a note first at the top; the secret is ghp_abcdefghijklmnopqrstuvwxyz0123456789.',
      });
      const [result] = resultsOf(await look());
      expect(result).toMatchObject({ outcome: 'proposed', branch, request: { number: 1, state: 'open' }, proof: { level: 'L2' } });
      expect([await tip(), await commits()]).toEqual([result?.commit, 2]);
      expect(await git(world.bare ?? '', 'rev-parse', `${branch}^`)).toBe(tips[0]);
      expect(await git(world.bare ?? '', 'show', `${branch}:${CART}`)).toContain('// first');
      expect(ours()).toHaveLength(1);
      expect(ours()[0]?.body).toContain('put a note first at the top');
      expect(JSON.stringify(ours())).not.toContain('ghp_abcdef');
      expect(world.messages.requests.at(-1)?.raw).not.toContain('ghp_abcdef');
      expect(world.host.talk.said(1).filter(({ readers }) => readers.includes('robot eyes'))).toHaveLength(1);
      const { json } = await world.run(['status', String(result?.trace), '--json']);
      expect(json).toMatchObject([
        { state: 'proposed', follows: { round: 1, head: tips[0], asks: [{ author: 'jo', path: CART, line: 1 }] } },
      ]);
      expect(await claims()).toBe('');
      tips.push(await tip());
      expect(resultsOf(await look())).toEqual([]);
      expect(await tip()).toBe(tips[1]);
    },
    LIMIT,
  );

  test(
    'two boxes look at one time: one commit; what was edited after its reply is left alone',
    async () => {
      await look('--from', 'start', '--state-dir', other());
      const comment = world.host.talk.comment(1, 'jo', '/ai-ops put a note second at the top instead');
      const both = await Promise.all([look(), look('--state-dir', other())]);
      const made = both.flatMap(resultsOf).filter(({ outcome }) => outcome === 'proposed');
      expect(made).toHaveLength(1);
      expect([await commits(), ours().length]).toEqual([3, 2]);
      tips.push(await tip());
      world.host.talk.edit(comment, '/ai-ops put a note edited at the top instead');
      await look();
      await look('--state-dir', other());
      expect([await tip(), ours().length]).toEqual([tips[2], 2]);
    },
    LIMIT,
  );

  test(
    'killed while Claude works: the next watcher goes on with it, and makes one commit',
    async () => {
      const answers = world.messages.requests.length;
      world.messages.play([{ kind: 'hang' }]);
      world.host.talk.comment(1, 'jo', '/ai-ops let the cart have a note third above all of its code');
      const first = world.start(['watch', 'app.log', '--json']);
      await eventually(() => world.messages.requests[answers], first.stderr);
      await first.end('SIGKILL');
      world.messages.play(() => say(`Again.\n\n${block(CART, withNote('third'))}`));
      await look();
      expect([await commits(), ours().length]).toEqual([4, 3]);
      tips.push(await tip());
      const { json } = await world.run(['status', '--json']);
      // Which of two boxes was faster is not said: the other one's trace is skipped.
      const states = json.filter(({ follows }) => follows !== undefined).map(({ state }) => state);
      expect([states[0], states[2], states.length]).toEqual(['proposed', 'proposed', 3]);
      expect(['proposed', 'skipped']).toContain(states[1]);
    },
    LIMIT,
  );

  test(
    'a person has pushed: their commit stays on top, which is said once; no commit was ever taken back',
    async () => {
      const clone = mkdtempSync(join(tmpdir(), 'ai-ops-person-'));
      try {
        await git(clone, 'clone', '-q', '--branch', branch, world.bare ?? '', '.');
        writeFileSync(join(clone, 'NOTES.md'), 'Mine.\n');
        await git(clone, 'add', '-A');
        await git(clone, 'commit', '-q', '-m', 'mine');
        await git(clone, 'push', '-q', 'origin', `HEAD:${branch}`);
      } finally {
        rmSync(clone, { recursive: true, force: true });
      }
      const theirs = await tip();
      world.host.talk.comment(1, 'jo', '/ai-ops remove the word above everything');
      await look();
      await look('--state-dir', other());
      await look();
      expect(await tip()).toBe(theirs);
      expect(ours()).toHaveLength(4);
      expect(ours().at(-1)?.body).toContain('ending=stop');
      for (const old of tips) await git(world.bare ?? '', 'merge-base', '--is-ancestor', old, theirs);
      expect(await branches(world.bare ?? '')).toContain(branch);
      expect(await claims()).toBe('');
      expect(world.host.violations()).toEqual([]);
    },
    LIMIT,
  );
});
