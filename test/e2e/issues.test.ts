// Issues in place of requests, with real parts: what is not proposed for its proof, and what Claude declines. One for each
// incident, whoever looks and however often it is killed; closed when the error is gone, silent where a person has closed it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLane, slowTest } from '../support/lane.ts';
import { eventually, type Program } from '../support/program.ts';
import { type Json, parseLines, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook, say } from './conversations.ts';
import { branches, cartFails, LIMIT, resultOf } from './observe.ts';

const DECLINED = 'The coupon is missing in the data that the shop sends; nothing in this code is wrong. @everyone';
const RED = 'exit 1';

const FIX = ['fix', '--from-log', 'app.log', '--json'];
const subjects = (world: World): readonly string[] => world.mailbox.mails.map(({ mail }) => String(mail.subject));

describe.each(inLane(['github', 'gitlab'] as const, 0.5))('on %s', (host) => {
  let world: World;
  const written = (): readonly string[] => world.host.calls().filter((call) => /issues/.test(call) && !call.startsWith('GET'));
  const open = async (options: Partial<Parameters<typeof startWorld>[0]> = {}): Promise<void> => {
    world = await startWorld({ host, isNotOfClaude: true, script: [say(DECLINED)], ...options });
    await cartFails(world);
  };
  afterEach(async () => {
    const violations = world.host.violations();
    await world.close();
    expect(violations).toEqual([]);
  });

  test(
    'declined: exit 0, asked once, one issue with the words, however often it is seen and by whom',
    async () => {
      await open();
      const ran = await world.run(FIX);
      expect({ code: ran.code, stderr: ran.stderr }).toMatchObject({ code: 0, stderr: expect.stringMatching(/^requests [^\n]*\n$/) });
      const result = resultOf(ran.json);
      expect(result).toMatchObject({ outcome: 'declined', request: null, issue: { number: 1, state: 'open' }, branch: null });
      expect(world.host.issues()).toMatchObject([{ state: 'open', body: expect.stringContaining('nothing in this code is wrong') }]);
      expect(subjects(world)).toEqual([expect.stringContaining('Nothing to change, says Claude')]);

      await cartFails(world, 1000);
      expect((await world.run(['watch', 'app.log', '--once', '--json'])).code).toBe(0);
      const second = await world.run(['watch', 'app.log', '--once', '--from', 'start', '--json', '--state-dir', join(world.home, 'box-2')]);
      expect(second.json.filter(({ kind }) => kind === 'result')).toMatchObject([{ outcome: 'skipped', issue: { number: 1 } }]);
      expect([world.messages.requests.length, world.host.issues().length]).toEqual([1, 1]);
      expect((await world.run(['incidents', '--json'])).json).toMatchObject([
        { state: 'declined', reason: 'answer-declined', attempts: 1 },
      ]);
      expect((await world.run(['status', String(result.trace)])).stdout).toMatch(
        /state\s+declined[\s\S]*issue\s+http\S+ \(#1, open\)[\s\S]*nothing in this code/,
      );
      expect(await branches(world.bare ?? '')).toEqual(['main']);
    },
    LIMIT,
  );

  test(
    'too little proof: nothing is pushed, the issue has the patch; brought up to date by a watcher, closed when the error is gone',
    async () => {
      await open({ script: answerFromTheBook, env: { VERIFY_TEST: RED } });
      writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify({ policy: { refreshSeconds: 1, confirmSeconds: 4 } }));
      const { json, code } = await world.run(FIX);
      expect([code, resultOf(json)]).toMatchObject([0, { outcome: 'issued', proof: { level: 'L0' }, issue: { number: 1 } }]);
      expect(await branches(world.bare ?? '')).toEqual(['main']);
      expect(world.host.issues()[0]?.body).toMatch(/policy\.openAt asks for L2[\s\S]*```diff[\s\S]*src\/cart\.js/);
      await cartFails(world, 40);
      const watcher = world.start(['watch', 'app.log', '--json']);
      const said = (): string => watcher.stdout() + watcher.stderr();
      await eventually(() => world.host.issues().find(({ body }) => /Seen 4\d×/.test(body)), said);
      await eventually(() => world.host.issues().find(({ state }) => state === 'closed'), said);
      await cartFails(world);
      await eventually(() => world.host.issues().find(({ state }) => state === 'open'), said);
      world.host.setIssue(1, { state: 'closed' });
      await eventually(() => traces(watcher).find(({ state }) => state === 'closed'), said);
      await watcher.end('SIGTERM');
      const before = written().length;
      await cartFails(world, 500);
      await world.run(['watch', 'app.log', '--once', '--json']);
      expect([world.host.issues().map(({ state }) => state), written().length]).toEqual([['closed'], before]);
      expect(world.messages.requests).toHaveLength(1);
    },
    LIMIT,
  );

  slowTest.each(['GET', 'POST'])(
    'killed around %s: one issue, paid once',
    async (method) => {
      await open();
      const first = world.start(FIX);
      await eventually(() => world.host.calls().find((call) => call.startsWith(method) && /\/issues/.test(call)), first.stderr);
      await first.end('SIGKILL');
      const { json } = await world.run(['watch', 'app.log', '--once', '--from', 'start', '--json']);
      await world.run(['watch', 'app.log', '--once', '--json']);
      expect(json.filter(({ kind }) => kind === 'result').length).toBeLessThanOrEqual(1);
      expect([world.host.issues().length, world.messages.requests.length]).toEqual([1, 1]);
      expect((await world.run(['incidents', '--json'])).json).toMatchObject([{ state: 'declined' }]);
    },
    LIMIT,
  );

  slowTest(
    'a tracker that is switched off: the trace keeps all, with one line and one hint',
    async () => {
      await open({ script: answerFromTheBook, env: { VERIFY_TEST: RED } });
      world.host.switchTrackerOff();
      const ran = await world.run(FIX);
      expect(ran.code).toBe(5);
      expect(ran.stderr).toMatch(
        /^requests [^\n]*\nai-ops: error: the issue tracker of \S+ on \S+ is switched off\nai-ops: hint: [^\n]*policy\.issues[^\n]*\n$/,
      );
      expect(resultOf(ran.json)).toMatchObject({
        outcome: 'refused',
        code: 'issues-off',
        issue: null,
        files: expect.arrayContaining([expect.objectContaining({ path: 'src/cart.js' })]),
      });
      const { stdout } = await world.run(['status', String(resultOf(ran.json).trace)]);
      expect(stdout).toContain('src/cart.js');
    },
    LIMIT,
  );
});

describe('without a host', () => {
  let world: World;
  afterEach(() => world.close());

  test(
    'a Markdown file and a patch; and none where policy.issues is off',
    async () => {
      world = await startWorld({ host: 'local', isNotOfClaude: true, script: answerFromTheBook, env: { VERIFY_TEST: RED } });
      await cartFails(world);
      const ran = await world.run(FIX);
      const issue = Object(resultOf(ran.json).issue);
      expect([ran.code, resultOf(ran.json)]).toMatchObject([0, { outcome: 'issued', issue: { number: null, state: 'local' } }]);
      expect(readFileSync(String(issue.url), 'utf8')).toMatch(/^# TypeError in [\s\S]*Why there is no request/);
      expect(readFileSync(String(issue.url).replace(/md$/, 'patch'), 'utf8')).toContain('src/cart.js');
      const off = await world.run([...FIX, '--state-dir', join(world.home, 'off')], { OPEN_ISSUES: 'false' });
      expect([off.code, resultOf(off.json)]).toMatchObject([5, { outcome: 'refused', code: 'below-open-at', issue: null }]);
      expect(readdirSync(join(world.home, 'off'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('issue-'))).toEqual(
        [],
      );
      const low = await world.run([...FIX, '--state-dir', join(world.home, 'low')], { OPEN_AT: 'L0' });
      expect([low.code, resultOf(low.json)]).toMatchObject([0, { outcome: 'proposed', issue: null }]);
    },
    LIMIT,
  );
});

function traces(program: Program): readonly Json[] {
  return parseLines(program.stdout()).filter(({ kind }) => kind === 'trace');
}
