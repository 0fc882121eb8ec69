// Without an account and without a remote: the request is a file, and the commands in it take the fix over.
// They are run here as they stand there, by a shell, in clones of the user's repository.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GIT_ENV, git } from '../support/git-program.ts';
import { noSandbox } from '../support/sandbox.ts';
import { type Json, type Ran, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook, filesOf, recorded } from './conversations.ts';
import { brief, changed, LIMIT, picture, resultOf, STEPS, stepsOf } from './observe.ts';

let world: World;
let before: Readonly<Record<string, string>>;
let ran: Ran;
let result: Json;
let request: string;

beforeAll(async () => {
  world = await startWorld({ host: 'local', script: answerFromTheBook, isShut: true });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  before = picture(world.checkout);
  ran = await world.run(['fix', '--from-log', 'app.log', '--json']);
  result = resultOf(ran.json);
  request = readFileSync(String((result.request as Json).url), 'utf8');
}, LIMIT);
afterAll(() => world.close());

test('what it all ran in is said to the reviewer, and in the trace', async () => {
  const sandbox = noSandbox === undefined ? 'bubblewrap' : 'none';
  expect(result.proof).toMatchObject({ isolation: { sandbox, network: sandbox === 'none' } });
  expect(request).toContain(
    sandbox === 'none' ? 'Checks and tests ran without a sandbox' : 'Checks and tests ran in a sandbox (bubblewrap)',
  );
  expect(request).toContain(sandbox === 'none' ? 'It worked without a sandbox' : 'It worked in a sandbox (bubblewrap)');
});

/** The commands of one of the request's shell blocks, by a word in them. */
function commandsWith(word: string): string {
  const blocks = [...request.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands = '']) => commands);
  return blocks.find((commands) => commands.includes(word)) ?? `exit 1 # no ${word} in ${request}`;
}

/** Runs them in a fresh clone. @returns the clone */
async function takenOver(name: string, commands: string): Promise<string> {
  const clone = join(world.home, name);
  await git(world.home, 'clone', '-q', world.checkout, clone);
  execFileSync('sh', ['-ec', commands], { cwd: clone, env: { ...GIT_ENV, HOME: world.home }, stdio: 'pipe' });
  return clone;
}

test('the fix is proposed as a file, and every step of the trace is there', async () => {
  expect({ code: ran.code, stderr: ran.stderr }).toEqual({
    code: 0,
    stderr: 'requests are local: the repository has no remote on a host\n',
  });
  expect(result).toMatchObject({
    outcome: 'proposed',
    request: { number: null, state: 'local' },
    proof: { level: 'L4', reproduced: 'yes' },
  });
  expect(request).toContain('# Fix TypeError in totalOf (src/cart.js) [proof L4, reproduced]');
  expect(brief(await stepsOf(world, result.trace))).toEqual(STEPS.map((name) => `${name}: ok`));
});

test("the user's repository is as it was", () => {
  expect(picture(world.checkout)).toEqual(before);
});

test.each([
  { way: 'git fetch', keepsTheCommit: true },
  { way: 'git am', keepsTheCommit: false },
])('`$way` as the request tells it brings the fix into a clone', async ({ way, keepsTheCommit }) => {
  const clone = await takenOver(way.replace(' ', '-'), commandsWith(way));
  expect(await changed(clone, 'origin/main', 'HEAD')).toEqual(filesOf(recorded('cart-without-coupon.txt')));
  expect(await git(clone, 'rev-parse', 'HEAD^')).toBe(await git(world.checkout, 'rev-parse', 'main'));
  expect((await git(clone, 'rev-parse', 'HEAD')) === result.commit).toBe(keepsTheCommit);
  expect(await git(clone, 'log', '-1', '--format=%an <%ae>%n%B')).toBe(
    await git(clone, '--git-dir', storeOf(), 'log', '-1', '--format=%an <%ae>%n%B', String(result.commit)),
  );
  expect(await git(clone, 'status', '--porcelain')).toBe('');
});

/** Our own object store, as the request names it. */
function storeOf(): string {
  return /git fetch '?([^' ]+)/.exec(request)?.[1] ?? '';
}

test(
  'taken over in the checkout itself, it is known as merged when somebody asks',
  async () => {
    const open = await world.run(['status', '--refresh', '--json']);
    expect(open.json).toMatchObject([{ state: 'proposed' }]);
    execFileSync('sh', ['-ec', commandsWith('git am')], { cwd: world.checkout, env: { ...GIT_ENV, HOME: world.home }, stdio: 'pipe' });
    const taken = picture(world.checkout);
    const merged = await world.run(['status', '--refresh', '--json']);
    expect(merged.json).toMatchObject([{ state: 'merged', request: { state: 'merged' }, sequel: { mergedAt: expect.any(String) } }]);
    expect((await world.run(['incidents', '--json'])).json[0]).toMatchObject({ state: 'merged', reason: 'already-merged' });
    expect(picture(world.checkout)).toEqual(taken);
  },
  LIMIT,
);
