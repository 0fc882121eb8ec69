// `ai-ops demo` as people run it: a real process, a real crash, a real repository that the real git then reads.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { git } from '../support/git-program.ts';
import { slowDescribe } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually, startProgram } from '../support/program.ts';

interface Result {
  readonly trace: string;
  readonly outcome: string;
  readonly branch: string;
  readonly commit: string;
  readonly request: { readonly url: string };
}

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PROGRAM = [process.execPath, MAIN];
const BUGS = [
  ["TypeError: Cannot read properties of undefined (reading 'percent')", 'src/cart.js', 'test/cart.test.js'],
  ['RangeError: Invalid time value', 'src/delivery.js'],
  ['Error: no report for 2026-03-01', 'src/report.js', 'test/report.test.js'],
];

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'ai-ops-demo-test-')));
const home = path.join(place, 'home');
const empty = path.join(place, 'empty');
const scratch = path.join(place, 'scratch');
const state = path.join(place, 'state');
for (const dir of [home, empty, scratch]) mkdirSync(dir);
chmodSync(empty, 0o555);
afterAll(() => rmSync(place, { recursive: true, force: true }));

async function demo(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
  const program = startProgram([...PROGRAM, 'demo', ...args], { cwd: empty, env });
  const code = await program.exit;
  return { code, stdout: program.stdout(), stderr: program.stderr() };
}

const objects = <T>(text: string, kind: string): readonly T[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T & { readonly kind: string })
    .filter((each) => each.kind === kind);

describe('for a script', () => {
  let ran: Ran;
  let dir = '';
  let results: readonly Result[] = [];
  let began = 0;

  beforeAll(async () => {
    // A user's world full of settings, all of which must be left alone.
    const config = path.join(home, '.config', 'aiopsrc.json');
    mkdirSync(path.dirname(config));
    writeFileSync(config, '{ "no such key": true }');
    const env = {
      HOME: home,
      TMPDIR: scratch,
      GITHUB_TOKEN: 'ghp_0123456789abcdefghijklmnopqrstuvwxyz',
      ANTHROPIC_API_KEY: 'sk-ant-0123456789abcdefghij',
      REPO_URL: 'https://127.0.0.1:1/nobody/nothing.git',
      VERIFY_TEST: 'false',
      SMTP_SERVER: '127.0.0.1',
      RECEIVER_EMAIL: 'somebody@example.org',
    };
    began = Date.now();
    ran = await demo(env, '--json');
    dir = path.join(scratch, readdirSync(scratch)[0] ?? '');
    results = objects<Result>(ran.stdout, 'result');
  });

  test('exit 0, and nothing but incidents and results on standard output', () => {
    expect(ran.code).toBe(0);
    const kinds = ran.stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.sort()).toEqual(['incident', 'incident', 'incident', 'result', 'result', 'result']);
    expect(ran.stderr).toContain('recorded');
  });

  test('each planted bug is one incident and one proven fix of its own files', () => {
    expect(objects<{ title: string }>(ran.stdout, 'incident').map(({ title }) => title)).toEqual(BUGS.map(([title]) => title));
    expect(results).toMatchObject(
      BUGS.map(([, ...files]) => ({
        outcome: 'proposed',
        code: null,
        costUsd: 0,
        // What a test of the change has shown: without one, the tests that were there still pass.
        proof: {
          level: files.length > 1 ? 'L4' : 'L2',
          reproduced: files.length > 1 ? 'yes' : 'unknown',
          commands: [0, ...(files.length > 1 ? [1, 1, 1] : [])].map((exitCode) => ({
            command: 'node --test',
            before: { exitCode },
            after: { exitCode: 0 },
          })),
        },
        files: files.map((file) => ({ path: file, status: 'modified' })),
      })),
    );
  });

  test('the log was written by a real run in this directory', () => {
    const log = readFileSync(path.join(dir, 'orders-service/app.log'), 'utf8');
    expect(log).toContain(`${dir}/orders-service/src/delivery.js:`);
    const { time } = JSON.parse(log.split('\n')[0] ?? '') as { readonly time: number };
    expect(time).toBeGreaterThan(began);
    expect(time).toBeLessThan(Date.now());
  });

  test('each has a request, a patch and a mail that nobody got', async () => {
    for (const { request, trace, commit, branch } of results) {
      expect(path.dirname(request.url)).toMatch(new RegExp(`^${dir}/state/requests/orders-service-[0-9a-f]{8}$`));
      const body = readFileSync(request.url, 'utf8');
      expect(body).toContain(commit);
      expect(body).toContain('recorded answer');
      expect(readFileSync(request.url.replace(/md$/, 'patch'), 'utf8')).toContain(`From ${commit}`);
      const mail = await simpleParser(readFileSync(path.join(dir, 'mail', `${trace}.eml`)));
      expect(mail.text).toContain(request.url);
      expect(mail.attachments.map(({ filename }) => filename)).toEqual([`${branch.replace('ai-ops/', '')}.patch`]);
      expect(branch).toMatch(/^ai-ops\/fix-[0-9a-f]{12}$/);
    }
  });

  test('with all patches applied by git, the service passes its tests and fails no more', async () => {
    const clone = path.join(place, 'clone');
    const service = path.join(dir, 'orders-service');
    expect(await git(service, 'status', '--porcelain', '--branch')).toBe('## main');
    await git(place, 'clone', '-q', service, clone);
    await git(clone, 'am', '-q', ...results.map(({ request }) => request.url.replace(/md$/, 'patch')));
    const node = (...args: readonly string[]) => spawnSync(process.execPath, args, { cwd: clone, env: {}, encoding: 'utf8' });
    expect(node('--test').status).toBe(0);
    expect(node('src/main.js', '--log', 'after.log', '--requests', 'demo').stdout).toBe('12 requests, 0 failed\n');
  });

  test('nothing of the user was used or written', () => {
    expect(readdirSync(home, { recursive: true }).sort()).toEqual(['.config', '.config/aiopsrc.json']);
    expect(readdirSync(empty)).toEqual([]);
    expect(readdirSync(scratch)).toHaveLength(1);
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const leaked = files.filter((file) =>
      /ghp_0123|sk-ant-0123|somebody@/.test(readFileSync(path.join(file.parentPath, file.name), 'latin1')),
    );
    expect(leaked).toEqual([]);
    // One is kept for the next repair, and none is in use.
    expect(readdirSync(path.join(dir, 'state/workspaces')).sort()).toEqual(
      [/^tree-[0-9a-f]{16}$/, /^tree-[0-9a-f]{16}\.free$/].map((name) => expect.stringMatching(name)),
    );
  });

  test('status finds its traces where it says', () => {
    const [program = '', ...args] = [...PROGRAM, 'status', '--json', '--all-repositories', '--state-dir', path.join(dir, 'state')];
    const { stdout } = spawnSync(program, args, { cwd: empty, env: {}, encoding: 'utf8' });
    expect(
      objects<Result>(stdout, 'trace')
        .map(({ trace }) => trace)
        .sort(),
    ).toEqual(results.map(({ trace }) => trace).sort());
  });
});

slowDescribe('for a person, with no environment at all and a state directory of its own', () => {
  let ran: Ran;
  let dir = '';
  beforeAll(async () => {
    ran = await demo({}, '--state-dir', state);
    dir = /(\S+) stays until you delete it/.exec(ran.stdout)?.[1] ?? '';
  });
  afterAll(() => {
    if (path.basename(dir).startsWith('ai-ops-demo-')) rmSync(dir, { recursive: true, force: true });
  });

  test('says first that the answers are recorded, then one line a step', () => {
    expect(ran.code).toBe(0);
    expect(ran.stderr.split('\n')[0]).toMatch(/recorded.*no model is called/);
    for (const step of [
      'unpack',
      'run',
      'claim',
      'checkout',
      'baseline',
      'fix',
      'guard',
      'verify',
      'commit',
      'push',
      'request',
      'notify',
    ]) {
      expect(ran.stderr).toMatch(new RegExp(`✓ ${step} .*\\d m?s `));
    }
    expect(ran.stderr).toMatch(/^new {2}TypeError in totalOf · src\/cart\.js:6 {2}[0-9a-f]{12}$/m);
    expect(ran.stderr).not.toContain('✗');
  });

  test('ends with the error, the diff, the proof, the request, the mail and the way on', () => {
    const said = ran.stdout.split('\n').map((line) => line.trim());
    for (const line of [
      BUGS[0]?.[0],
      'at totalOf (src/cart.js:6)',
      '-  const discount = Math.round((goods * order.coupon.percent) / 100);',
      '+  const percent = order.coupon?.percent ?? 0;',
      'node --test: exit 0 before the fix, exit 0 with it',
      'node --test (new tests alone): exit 1 before the fix, exit 0 with it',
      'node --test (fix taken away): exit 1 before the fix, exit 0 with it',
    ]) {
      expect(said).toContain(line);
    }
    // By a command that works as it was called, whatever is on the PATH.
    const status = said.find((line) => line.endsWith(` status --all-repositories --state-dir ${state}`)) ?? '';
    expect(spawnSync('sh', ['-c', status], { encoding: 'utf8', cwd: empty }).stdout).toMatch(/ proposed .* L4 /);
    // What it ran in is said behind it, as far as this machine has a sandbox.
    expect(said.filter((line) => line.startsWith('The proof: L4, reproduced: yes'))).toHaveLength(1);
    expect(ran.stdout).toMatch(new RegExp(`^  ${state}/requests/orders-service-[0-9a-f]{8}/fix-[0-9a-f]{12}\\.md$`, 'm'));
    expect(ran.stdout).toMatch(new RegExp(`^  ${dir}/mail/\\w+\\.eml$`, 'm'));
    expect(ran.stdout).toContain('│ Subject: [ai-ops] Fix TypeError');
    expect(ran.stdout).not.toContain('<!--');
    expect(ran.stdout).not.toContain('\u001b');
  });

  test('a second run on that state repairs nothing again', async () => {
    expect(readdirSync(state)).toContain('requests');
    const second = await demo({ TMPDIR: scratch }, '--json', '--state-dir', state);
    expect(second).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining('known already') });
  });

  test('the command to take the fix over works as it is printed', async () => {
    const [line = ''] = ran.stdout.match(/git fetch .*FETCH_HEAD/) ?? [];
    const service = path.join(dir, 'orders-service');
    const shell = spawnSync('sh', ['-c', line], { cwd: service, env: { PATH: process.env.PATH, HOME: home }, encoding: 'utf8' });
    expect([shell.status, shell.stderr]).toEqual([0, expect.stringContaining('Switched to a new branch')]);
    expect(readFileSync(path.join(service, 'src/cart.js'), 'utf8')).toContain('order.coupon?.percent');
  });
});

test('interrupted, it ends with 130', async () => {
  const program = startProgram([...PROGRAM, 'demo'], { cwd: empty, env: { TMPDIR: scratch } });
  await eventually(() => (program.stderr().includes('✓ context') ? true : undefined), program.stderr);
  expect(await program.end('SIGINT')).toBe(130);
});

const REFUSED: readonly [string, readonly string[], Readonly<Record<string, string>>, number, string][] = [
  ['a configuration of the user', ['--config', 'mine.json'], {}, 2, 'the demo brings its own configuration'],
  ['an argument', ['app.log'], {}, 2, 'too many arguments'],
  ['no temporary directory', [], { TMPDIR: '/nonexistent/tmp' }, 2, 'the temporary directory /nonexistent/tmp cannot be used: ENOENT'],
];
test.each(REFUSED)('%s', async (_name, args, env, code, message) => {
  const ran = await demo(env, ...args);
  expect([ran.code, ran.stdout, ran.stderr]).toEqual([code, '', expect.stringContaining(`ai-ops: error: ${message}`)]);
  expect(ran.stderr).toContain('ai-ops: hint: ');
});
