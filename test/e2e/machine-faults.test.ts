// What is wrong with the machine is not charged to the bug: met twice, then mended, the third watcher proposes, and it is the
// first attempt.
import { slowTest } from '../support/lane.ts';
import { ONE_TEST, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { cartFails, LIMIT } from './observe.ts';

interface Row {
  readonly name: string;
  readonly host: 'github' | 'gitlab';
  /** What is wrong. */
  readonly env: Readonly<Record<string, string>>;
  readonly code: number;
  readonly says: RegExp;
}

const ROWS: readonly Row[] = [
  {
    name: 'Claude is missing',
    host: 'github',
    env: { CLAUDE_COMMAND: '/nowhere/claude' },
    code: 7,
    says: /paused: .*\/nowhere\/claude.* was not found/,
  },
  { name: 'a wrong token', host: 'github', env: { GITHUB_TOKEN: 'wrong' }, code: 4, says: /paused: .*refused the token/ },
  { name: 'a wrong token', host: 'gitlab', env: { GITLAB_TOKEN: 'wrong' }, code: 4, says: /paused: .*refused the token/ },
  {
    name: 'the host cannot be reached',
    host: 'github',
    env: { GITHUB_API_URL: 'http://127.0.0.1:1/api/v3' },
    code: 7,
    says: /paused: .*could not be reached/,
  },
  {
    name: 'the host cannot be reached',
    host: 'gitlab',
    env: { GITLAB_BASE_URL: 'http://127.0.0.1:1' },
    code: 7,
    says: /paused: .*could not be reached/,
  },
];

let world: World;
afterEach(() => world.close());

slowTest.each(ROWS)(
  '$name ($host), twice, then it is mended: the third proposes, at the first attempt',
  async ({ host, env, code, says }) => {
    world = await startWorld({ host, isNotOfClaude: true, script: answerFromTheBook, env: { MAX_ATTEMPTS: '1', ...ONE_TEST } });
    await cartFails(world);
    for (const from of ['start', 'resume']) {
      const ran = await world.run(['watch', 'app.log', '--once', '--from', from, '--json'], env);
      expect({ code: ran.code, stderr: ran.stderr }).toEqual({ code, stderr: expect.stringMatching(says) });
      expect(ran.stderr.match(/paused:/g)).toHaveLength(1);
      const { json } = await world.run(['incidents', '--json']);
      expect(json).toMatchObject([{ count: 1, attempts: 0, state: 'waiting', reason: 'paused' }]);
    }
    const third = await world.run(['watch', 'app.log', '--once', '--json']);
    expect([third.code, third.json.filter(({ kind }) => kind === 'result')]).toMatchObject([0, [{ outcome: 'proposed' }]]);
    expect((await world.run(['incidents', '--json'])).json).toMatchObject([{ state: 'proposed', attempts: 1 }]);
    expect((await world.run(['status', '--json'])).json).toHaveLength(1);
    expect([world.messages.requests.length, world.host.requests().length, world.host.violations()]).toEqual([1, 1, []]);
  },
  LIMIT,
);
