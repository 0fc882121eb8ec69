// The example keeps its promises: every planted bug really crashes and is missed by the service's tests, and every
// recorded answer mends its own bug and no other.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVICE = 'examples/orders-service';
const ANSWERS = 'examples/orders-service-answers';
const BLOCK = /<code_block filename="([^"]+)">\n([\s\S]*?)<\/code_block>/g;

interface Answer {
  readonly answer: string;
  readonly file: string;
  readonly message: string;
}

const answers = JSON.parse(readFileSync(join(ANSWERS, 'answers.json'), 'utf8')) as readonly Answer[];
let place = '';

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ai-ops-example-'));
  cpSync(SERVICE, place, { recursive: true });
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function run(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  // NODE_TEST_CONTEXT and NODE_OPTIONS of the outer run would change what the inner one prints.
  return spawnSync(process.execPath, args, { cwd: place, encoding: 'utf8', env: { PATH: process.env.PATH } });
}

function logOfDemo(): string {
  expect(run('src/main.js', '--log', 'app.log', '--requests', 'demo').status).toBe(0);
  const log = readFileSync(join(place, 'app.log'), 'utf8');
  rmSync(join(place, 'app.log'));
  return log;
}

function blocksOf(answer: Answer): readonly { path: string; text: string }[] {
  const text = readFileSync(join(ANSWERS, answer.answer), 'utf8');
  return [...text.matchAll(BLOCK)].map(([, path = '', content = '']) => ({ path, text: content }));
}

const apply = (blocks: readonly { path: string; text: string }[]): void => {
  for (const { path, text } of blocks) writeFileSync(join(place, path), text);
};

test('every answer is in the table, and the table names nothing else', () => {
  expect(answers.map(({ answer }) => answer).sort()).toEqual(readdirSync(ANSWERS).filter((name) => name.endsWith('.txt')));
});

test('the tests of the service pass before any fix', () => {
  expect(run('--test').status).toBe(0);
});

test('with all answers together nothing fails any more', () => {
  expect(logOfDemo().match(/"level":50|ERROR/g)).toHaveLength(5);
  apply(answers.flatMap(blocksOf));
  expect(logOfDemo().match(/"level":50|ERROR/g)).toBeNull();
});

test('served, it answers, meets the bugs again and again, and ends when told', async () => {
  const args = ['src/main.js', '--log', 'app.log', '--serve', '--every', '50'];
  const service = spawn(process.execPath, args, { cwd: place, env: {}, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [first] = (await once(service.stdout, 'data')) as [Buffer];
    const address = first.toString().match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ ok: true });
    expect((await fetch(`${address}/reports/2020-01-01`)).status).toBe(500);
    while (readFileSync(join(place, 'app.log'), 'utf8').split('ERROR courier').length < 4) await once(service.stdout, 'data');
  } finally {
    service.kill('SIGTERM');
  }
  expect(await once(service, 'exit')).toEqual([0, null]);
});

describe.each(answers)('$answer', (answer) => {
  const others = answers.filter((other) => other !== answer);

  test('the demo meets the bug in its file', () => {
    const log = logOfDemo();
    expect(log).toContain(answer.message);
    expect(log).toContain(`${answer.file}:`);
  });

  test('the answer mends it, leaves the others, and the tests pass', () => {
    apply(blocksOf(answer));
    const log = logOfDemo();
    expect(log).not.toContain(answer.message);
    for (const other of others) expect(log).toContain(other.message);
    expect(run('--test').status).toBe(0);
  });

  test('a test that it adds fails without the fix', () => {
    const added = blocksOf(answer).filter(({ path }) => path.startsWith('test/'));
    apply(added);
    expect(run('--test').status).toBe(added.length > 0 ? 1 : 0);
  });
});
