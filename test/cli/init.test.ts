// `ai-ops init`: from options, by asking, never over an existing file, never a secret, and what it writes can be read.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { version } from '../../src/embedded.ts';
import { runCli } from '../support/cli-world.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-init-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const written = (): unknown => JSON.parse(readFileSync(path.join(dir, '.aiopsrc.json'), 'utf8'));
const $schema = `https://unpkg.com/ai-ops@${version}/schema.json`;

test('from options', async () => {
  const argv = ['init', '--log', 'logs/*.log', '--test', 'npm test', '--mode', 'agentic', '--host', 'gitlab'];
  const mail = ['--mail-host', 'mail.example.org', '--mail-from', 'a@example.org', '--mail-to', 'b@example.org'];
  const { code, stdout, stderr } = await runCli([...argv, ...mail], { cwd: dir });
  expect([code, stdout]).toEqual([0, 'wrote .aiopsrc.json\n']);
  expect(stderr).toContain('set GITLAB_TOKEN, SMTP_USER, SMTP_PASSWORD in the environment');
  expect(written()).toEqual({
    $schema,
    logs: ['logs/*.log'],
    claude: { mode: 'agentic' },
    codeHost: { kind: 'gitlab' },
    verify: { test: ['npm test'] },
    mail: { host: 'mail.example.org', from: 'a@example.org', to: ['b@example.org'] },
  });
  expect((await runCli(['config', '--json'], { cwd: dir })).code).toBe(0);
});

test('without options: logs that are plainly there', async () => {
  mkdirSync(path.join(dir, 'logs'));
  writeFileSync(path.join(dir, 'logs', 'app.log'), '');
  await runCli(['init'], { cwd: dir });
  expect(written()).toEqual({ $schema, logs: ['logs/*.log'] });
});

test('what will prove a fix is told at once', async () => {
  writeFileSync(path.join(dir, 'go.mod'), 'module example.org/shop\n');
  expect((await runCli(['init'], { cwd: dir })).stderr).toContain('a fix will be proven by: test: go test ./...; from go.mod\n');
  expect((await runCli(['config', '--json'], { cwd: dir })).stdout).toContain(
    '"commands":{"setup":[],"check":[],"test":["go test ./..."],"from":"go.mod","hints":[]}',
  );
});

test('without any log it says so', async () => {
  expect((await runCli(['init'], { cwd: dir })).stderr).toContain('warning: no log is named; set `logs` in .aiopsrc.json');
});

test('on a terminal it asks; an empty answer takes the suggestion, a wrong one is asked again', async () => {
  writeFileSync(path.join(dir, 'package.json'), '{"scripts":{"test":"node --test"}}');
  const typed = ['app.log, more/*.log', '', 'both', 'agentic', 'local', '', ''].join('\n');
  const { code, stderr } = await runCli(['init', '--no-color'], { cwd: dir, isTerminal: true, typed });
  expect(code).toBe(0);
  expect(stderr).toContain('warning: one of code_blocks, agentic, please');
  expect(written()).toEqual({
    $schema,
    logs: ['app.log', 'more/*.log'],
    claude: { mode: 'agentic' },
    codeHost: { kind: 'local' },
    verify: { test: ['npm test'] },
  });
});

test('an end of input in the middle writes nothing', async () => {
  const { code, stderr } = await runCli(['init'], { cwd: dir, isTerminal: true, typed: 'app.log\n' });
  expect([code, stderr.includes('interrupted')]).toEqual([130, true]);
  expect(() => written()).toThrow('ENOENT');
});

test('never over an existing file without --force', async () => {
  const file = path.join(dir, '.aiopsrc.json');
  writeFileSync(file, 'mine');
  const { code, stderr } = await runCli(['init', '--log', 'a'], { cwd: dir });
  expect([code, readFileSync(file, 'utf8')]).toEqual([2, 'mine']);
  expect(stderr).toBe('ai-ops: error: .aiopsrc.json is there already\nai-ops: hint: give --force to overwrite it, or edit it\n');
  expect((await runCli(['init', '--log', 'a', '--force'], { cwd: dir })).code).toBe(0);
  expect(written()).toEqual({ $schema, logs: ['a'] });
});

test.each([
  ['a wrong address', ['--mail-host', 'h', '--mail-to', 'nobody', '--mail-from', 'a@b.c'], 'mail.to'],
  ['mail without receiver', ['--mail-host', 'h', '--mail-to', 'a@b.c'], 'mail.from'],
  ['a secret in a command', ['--test', 'TOKEN=ghp_123456789012345678901234 npm test'], 'GITHUB_TOKEN'],
])('%s is refused and nothing is written', async (_name, argv, named) => {
  const { code, stderr } = await runCli(['init', ...argv], { cwd: dir });
  expect([code, stderr.includes(named)]).toEqual([2, true]);
  expect(stderr).not.toContain('ghp_1');
  expect(() => written()).toThrow('ENOENT');
});
