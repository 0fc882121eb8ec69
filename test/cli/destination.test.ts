// Where requests go is said by every command that opens or would open one; where nobody has meant it, `watch` refuses and
// `doctor` is red.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-world.ts';
import { git, makeRepository } from '../support/git-program.ts';

let root = '';
let repo = '';
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-destination-'));
  repo = join(root, 'repo');
  await makeRepository(repo, { 'app.js': 'one\n' });
  writeFileSync(join(repo, 'app.log'), `2026-03-01 12:00:00 ERROR boom\nTypeError: x\n    at f (${repo}/app.js:1:1)\n`);
});
afterEach(() => rmSync(root, { recursive: true }));

const run = (argv: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  // The working directory of this process is another.
  runCli([...argv.map((word) => (word === 'app.log' ? join(repo, word) : word)), '--state-dir', join(root, 'state')], {
    cwd: repo,
    env: { HOME: root, PATH: process.env.PATH ?? '', GIT_CONFIG_NOSYSTEM: '1', CLAUDE_COMMAND: '/nonexistent/claude', ...more },
  });

const LOCAL = /requests are local: ssh:\/\/github-work\/acme\/app is not known as GitHub or GitLab/;

describe('a remote that nobody recognises, and a token', () => {
  const TOKEN = { GITHUB_TOKEN: 'token-of-a-test' };
  beforeEach(() => git(repo, 'remote', 'add', 'origin', 'git@github-work:acme/app.git'));

  test('watch refuses, and names what to set', async () => {
    const { code, stderr } = await run(['watch', 'app.log', '--once'], TOKEN);
    expect([code, stderr]).toEqual([2, expect.stringMatching(LOCAL)]);
    expect(stderr).toMatch(/hint: set CODE_HOST/);
  });

  test.each([
    [['watch', 'app.log', '--once', '--dry-run']],
    [['fix', 'app.log', '--dry-run']],
    [['fix', 'app.log']],
    [['init']],
    [['doctor']],
  ])('%s says so', async (argv) => {
    const { stdout, stderr } = await run(argv, TOKEN);
    expect(stdout + stderr).toMatch(LOCAL);
  });

  test('doctor is red', async () => {
    const { stdout } = await run(['doctor', '--json'], TOKEN);
    const checks = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; status: string });
    expect(checks.find(({ name }) => name === 'destination')?.status).toBe('failed');
  });

  test('asked for, it is no matter', async () => {
    const { code, stderr } = await run(['watch', 'app.log', '--once'], { ...TOKEN, CODE_HOST: 'local' });
    expect(stderr).toContain('requests are local: codeHost.kind is local');
    // It goes on, and finds that there is no Claude.
    expect(code).toBe(7);
  });

  test('the alias of ssh tells the host', async () => {
    mkdirSync(join(root, '.ssh'));
    writeFileSync(join(root, '.ssh', 'config'), 'Host github-work\n  HostName github.com\n');
    const { stderr } = await run(['watch', 'app.log', '--once', '--dry-run'], TOKEN);
    expect(stderr).toContain('requests go to GitHub, github.com/acme/app (configured token)');
  });
});

test('neither a remote nor a token: local without a word of warning', async () => {
  const { code, stderr } = await run(['watch', 'app.log', '--once']);
  expect([code, stderr]).toEqual([7, expect.stringContaining('requests are local: the repository has no remote on a host')]);
  expect(stderr).not.toContain('warning: requests');
});
