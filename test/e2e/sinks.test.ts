// Every secret of the table, in the log and in what the model says, through a whole repair on real parts. Then everything that
// came out is read back: the commit, the branch, the request, the mail, every file of the state, the prompt, the command lines,
// the console, the report. None of them holds a secret, in whatever form it was written.

import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '../support/git-program.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { SECRETS } from '../support/secrets.ts';
import { CANARIES, type Json, ONE_TEST, type Ran, startWorld, type World } from '../support/world.ts';
import { CART_AFTER, CART_BEFORE, call, conversation, recorded, say } from './conversations.ts';
import { bytesOf, filesWith, LIMIT, resultOf } from './observe.ts';

/** As our own secrets come into a log: as they are, and as programs write them down. */
const forms = (secret: string): readonly string[] => [
  secret,
  Buffer.from(secret).toString('base64'),
  Buffer.from(`robot:${secret}`).toString('base64'),
  Buffer.from(secret).toString('hex'),
  encodeURIComponent(secret),
  [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
];
const OWN = Object.values({ token: CANARIES.token, mail: CANARIES.mail });
/** The last form, every letter escaped, is nobody's: it is a known limit and left out. */
const OWN_FORMS = OWN.flatMap((secret) => forms(secret).slice(0, -1));
const TOKEN = SECRETS[0]?.secret ?? '';
const SPLIT = `${TOKEN.slice(0, 12)}\u001b[31m${TOKEN.slice(12)}\u001b[0m`;

/** One line each, as a log line would hold it. What is cut off hides all that comes after it: it stands last. */
const ALL = SECRETS.map(({ around }) => around.replaceAll('\n', '\\n'));
const isCut = (line: string): boolean => line.includes('cut off');
const LINES = [
  ...ALL.filter((line) => !isCut(line)),
  ...OWN_FORMS.map((form) => `got ${form} back`),
  `seen ${SPLIT} there`,
  ...ALL.filter(isCut),
];
/** What must be nowhere. A form of a few letters may be anywhere by chance. */
const WANTED = [
  ...new Set([...SECRETS.map(({ secret }) => secret.replaceAll('\n', '\\n')), ...SECRETS.map(({ secret }) => secret), ...OWN_FORMS, SPLIT]),
].filter((secret) => secret.length >= 7);

const found = (text: string): readonly string[] =>
  WANTED.filter((secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)));

const prose = `The cause, and what I saw on the way:\n\n${LINES.join('\n')}\n\n`;
const MODES = {
  code_blocks: () => [say(prose + recorded('cart-without-coupon.txt'))],
  agentic: () =>
    conversation(
      () => call('Bash', { command: `curl -u app:hunter2x -H 'Authorization: Bearer ${TOKEN}' http://127.0.0.1:1/` }),
      (path) => call('Read', { file_path: path('src/cart.js') }),
      (path) => call('Edit', { file_path: path('src/cart.js'), old_string: CART_BEFORE, new_string: CART_AFTER }),
      () => say(prose),
    ),
} as const;

const WAYS = [
  { host: 'gitlab', mode: 'agentic' },
  { host: 'github', mode: 'code_blocks' },
] as const;

// In agentic mode there are more of them; the other in the slow lane.
describe.each(IS_SLOW_LANE ? WAYS : WAYS.slice(0, 1))('$host, $mode', ({ host, mode }) => {
  let world: World;
  let ran: Ran;
  let result: Json;
  let others: readonly Ran[];

  beforeAll(async () => {
    world = await startWorld({ host, script: MODES[mode](), env: { CLAUDE_FIX_MODE: mode, ...ONE_TEST } });
    const frame = `    at totalOf (file://${join(world.checkout, 'src', 'cart.js')}:6:47)`;
    const message = `TypeError: Cannot read properties of undefined (reading 'percent') ${LINES.join(' | ')}`;
    appendFileSync(world.log, `2026-03-01T08:00:00.000Z ERROR ${message}\n${frame}\n`);
    const dry = await world.run(['fix', '--from-log', 'app.log', '--dry-run']);
    ran = await world.run(['fix', '--from-log', 'app.log', '--json']);
    result = resultOf(ran.json);
    const trace = String(result.trace);
    others = [
      dry,
      ...(await Promise.all(
        [
          ['status'],
          ['status', trace],
          ['status', trace, '--json'],
          ['incidents'],
          ['scan', 'app.log'],
          ['report', '-o', join(world.home, 'report.html')],
        ].map((argv) => world.run(argv)),
      )),
    ];
  }, LIMIT);
  afterAll(() => world.close());

  test('it ends well, and says how many were withheld', () => {
    expect({ code: ran.code, outcome: result.outcome, reason: result.reason }).toMatchObject({ code: 0, outcome: 'proposed' });
    expect(result.withheld).toBeGreaterThan(60);
    expect(others[0]?.stdout).toMatch(/\d\d secrets withheld/);
  });

  test('the event that was stored is the whole one: its placeholders are there', async () => {
    const { json } = await world.run(['incidents', '--json']);
    const sample = String(json[0]?.sample);
    expect(json).toHaveLength(1);
    expect(sample).toContain('PHPSESSID=[redacted ');
    expect(new Set(sample.match(/\[redacted [a-z-]+ \d+\]/g)).size).toBeGreaterThan(60);
  });

  test('the commit and the branch', async () => {
    const bare = world.bare ?? '';
    expect(found(await git(bare, 'log', '--format=raw', '--all'))).toEqual([]);
    expect(found(await git(bare, 'diff', 'main', String(result.branch)))).toEqual([]);
    expect(found(await git(bare, 'for-each-ref'))).toEqual([]);
  });

  test('the request', () => {
    const [request] = world.host.requests();
    expect(request?.body).toContain('[redacted github-token');
    expect(found(`${request?.title}\n${request?.body}\n${request?.head}`)).toEqual([]);
  });

  test('the mail: its source, its texts, its attachment', () => {
    const [one] = world.mailbox.mails;
    const parts = [
      one?.raw,
      one?.mail.subject,
      one?.mail.text,
      String(one?.mail.html),
      ...(one?.mail.attachments ?? []).map(({ content }) => content.toString()),
    ];
    expect(one?.mail.text).toContain('[redacted github-token');
    expect(found(parts.join('\n'))).toEqual([]);
  });

  test('every file below the home directory: the ledger and all its tables, stores, drafts, the report, what Claude leaves', () => {
    const bytes = bytesOf(world.database).toString('latin1');
    for (const table of ['checkpoints', 'incidents', 'traces', 'steps', 'bodies', 'kept']) expect(bytes).toContain(`CREATE TABLE ${table}`);
    expect(bytes).toContain('[redacted github-token');
    expect(readFileSync(join(world.home, 'report.html'), 'utf8')).toContain('[redacted ');
    expect(filesWith(world.home, WANTED)).toEqual([]);
  });

  test('the prompt', () => {
    const [first] = world.messages.requests;
    expect(first?.raw).toContain('totalOf');
    expect(found(first?.raw ?? '')).toEqual([]);
  });

  test('the command lines and the environment of Claude', () => {
    const starts = world.claudeStarts();
    expect(starts.length).toBeGreaterThan(1);
    expect(starts.flatMap(({ argv, env }) => found(`${argv}\n${env}`))).toEqual([]);
  });

  test('the console, whatever is asked', () => {
    for (const { stdout, stderr } of [ran, ...others]) expect(found(`${stdout}\n${stderr}`)).toEqual([]);
  });
});
