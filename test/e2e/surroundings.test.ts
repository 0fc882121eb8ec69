// Circumstances that are not the repair's own: a mail server that is down, and the tests of a repository that look around.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARIES, type Json, type Ran, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { brief, LIMIT, resultOf, STEPS, stepsOf } from './observe.ts';

let world: World;
let ran: Ran;
let result: Json;

beforeAll(async () => {
  world = await startWorld({ host: 'gitlab', isNotOfClaude: true, script: answerFromTheBook, mailIsDown: true });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  // Without a sandbox, as the world is, so that what was seen can be written down; what one shows is in test/adapters/sandbox.
  ran = await world.run(['fix', '--from-log', 'app.log', '--json'], { VERIFY_TEST: `env > ${join(world.home, 'seen')} && node --test` });
  result = resultOf(ran.json);
}, LIMIT);
afterAll(() => world.close());

test('a mail that cannot be sent is a failed step, not a failed repair', async () => {
  expect(ran.code).toBe(0);
  expect(result).toMatchObject({ outcome: 'proposed', code: null, request: { state: 'open' }, proof: { level: 'L4' } });
  expect(world.host.requests()).toHaveLength(1);
  const others = STEPS.slice(0, -1).map((name) => `${name}: ok`);
  expect(brief(await stepsOf(world, result.trace))).toEqual([...others, 'notify: failed mail-unreachable']);
});

test('the tests of the repository run without our credentials', () => {
  expect(existsSync(join(world.home, 'seen'))).toBe(true);
  const seen = readFileSync(join(world.home, 'seen'), 'utf8');
  expect(seen).toContain(`HOME=${world.home}`);
  expect(seen).toContain('CI=true');
  expect(Object.values(CANARIES).filter((canary) => seen.includes(canary))).toEqual([]);
  expect(seen).not.toContain('sk-ant');
});
