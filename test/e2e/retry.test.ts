// `kill -9` at the moment a step of a repair is stored, then `ai-ops retry`: the same trace comes to its end, with one
// model call, one commit, one branch, one request and one mail. The real program on real servers.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { git } from '../support/git-program.ts';
import { slowTest } from '../support/lane.ts';
import { type Json, ONE_TEST, parseLines, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { branches, brief, LIMIT, resultOf, STEPS, stepsOf } from './observe.ts';

const HOOK = pathToFileURL(join('test', 'support', 'die-after.js')).href;
const dieAfter = (step: string) => ({ NODE_OPTIONS: `--import ${HOOK}`, AIOPS_TEST_DIE_AFTER: step });

let world: World;
beforeEach(async () => {
  world = await startWorld({ host: 'github', isNotOfClaude: true, script: answerFromTheBook, env: ONE_TEST });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
}, LIMIT);
afterEach(() => world.close());

async function traces(): Promise<readonly Json[]> {
  return (await world.run(['status', '--json'])).json;
}

/** Failures and reached limits are mailed too. */
const requestMails = () => world.mailbox.mails.filter(({ mail }) => mail.attachments.length > 0);

/** Everything that is there once, told from outside. */
async function expectOneOfEach(result: Json): Promise<void> {
  const branch = String(result.branch);
  expect(result).toMatchObject({ outcome: 'proposed', reason: 'proposed with proof L4', turns: 1 });
  expect(world.messages.requests).toHaveLength(1);
  expect(await branches(world.bare ?? '')).toEqual([branch, 'main']);
  expect(await git(world.bare ?? '', 'rev-list', `main..${branch}`)).toBe(result.commit);
  expect(world.host.requests()).toMatchObject([{ head: branch, commit: result.commit }]);
  expect(world.host.violations()).toEqual([]);
  expect(requestMails()).toHaveLength(1);
  expect(await traces()).toMatchObject([{ trace: result.trace, state: 'proposed' }]);
  expect(brief(await stepsOf(world, result.trace))).toEqual(STEPS.map((name) => `${name}: ok`));
}

slowTest.each(['fix', 'commit', 'push', 'request'])(
  'killed after %s',
  async (step) => {
    expect((await world.run(['fix', '--from-log', 'app.log'], dieAfter(step))).code).toBeNull();
    const [trace] = await traces();
    const { code, json, stderr } = await world.run(['retry', String(trace?.trace).slice(0, 6), '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(resultOf(json).trace).toBe(trace?.trace);
    await expectOneOfEach(resultOf(json));
  },
  LIMIT,
);

test(
  'killed after the push, the next watcher goes on by itself',
  async () => {
    const first = await world.run(['fix', '--from-log', 'app.log'], dieAfter('push'));
    expect(first.code).toBeNull();
    // Only what was cut off: the log is not read again.
    const { code, stdout } = await world.run(['watch', 'app.log', '--once', '--from', 'end', '--json'], { MAX_REPAIRS_PER_HOUR: '0' });
    const results = parseLines(stdout).filter(({ kind }) => kind === 'result');
    expect([code, results.length]).toEqual([0, 1]);
    await expectOneOfEach(results[0] as Json);
    // The other bugs of the log are held back by the limit: one mail says so, however many they are.
    const stopped = world.mailbox.mails.filter(({ mail }) => mail.subject?.startsWith('[ai-ops] Repairs are held back'));
    expect(stopped.map(({ mail }) => mail.messageId)).toEqual([expect.stringContaining('stopped.hourly-limit.')]);

    const again = await world.run(['retry', String(results[0]?.trace), '--json']);
    expect([again.code, resultOf(again.json).outcome]).toEqual([0, 'proposed']);
    expect(again.stderr).toContain('nothing to do');
    expect([world.messages.requests.length, world.host.requests().length, requestMails().length]).toEqual([1, 1, 1]);
  },
  LIMIT,
);
