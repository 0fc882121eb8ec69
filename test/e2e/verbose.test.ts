// What a repair tells with `--verbose`, on real servers: programs with their times, exchanges without a word of a
// secret, steps that are taken from an earlier run.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CANARIES, type Ran, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { LIMIT, resultOf } from './observe.ts';

const HOOK = pathToFileURL(join('test', 'support', 'die-after.js')).href;

let world: World;
let ran: Ran;

beforeAll(async () => {
  world = await startWorld({ host: 'github', isNotOfClaude: true, script: answerFromTheBook });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  await world.run(['fix', '--from-log', 'app.log'], { NODE_OPTIONS: `--import ${HOOK}`, AIOPS_TEST_DIE_AFTER: 'fix' });
  const [trace] = (await world.run(['status', '--json'])).json;
  ran = await world.run(['retry', String(trace?.trace), '--json', '--verbose']);
}, LIMIT);
afterAll(() => world.close());

test('the repair is done, and standard output is as it always is', () => {
  expect([ran.code, resultOf(ran.json).outcome]).toEqual([0, 'proposed']);
  expect(ran.json.map(({ kind }) => kind)).toEqual(['result']);
});

test.each<[area: string, line: RegExp]>([
  ['decide', /^\[decide\] [0-9a-f]{12}: repair \(asked-for\); it was \w+, seen \d+, /m],
  ['steps', /^\[steps\] \w{12}: fix: not made again: its ending and its result of an earlier run stood in the ledger$/m],
  ['commands', /^\[commands\] begins: sh -c .* sh node --test \(in \/.+, at most \d+ ms\)$/m],
  ['commands', /^\[commands\] exit code [01], after \d+ ms: sh -c .* sh node --test$/m],
  ['http', /^\[http\] GET 127\.0\.0\.1:\d+\/acme\/orders-service(\.git)?\/info\/refs\?service=…: 200 in \d+ ms$/m],
  ['http', /^\[http\] POST 127\.0\.0\.1:\d+\/.*pulls: 201 in \d+ ms$/m],
  ['ledger', /^\[ledger\] trace \w{12}: push ok, \d+ ms$/m],
])('%s: %s', (_area, line) => {
  expect(ran.stderr).toMatch(line);
});

test('no secret is in it', () => {
  for (const canary of Object.values(CANARIES)) expect(ran.stderr).not.toContain(canary);
  expect(ran.stderr).not.toMatch(/authorization|bearer/i);
});
