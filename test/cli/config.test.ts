// `ai-ops config`: every value with its origin, no secret.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KEY_NAMES } from '../../src/config/schema.ts';
import { SECRET_NAMES, SECRETS } from '../../src/config/secrets.ts';
import { runCli } from '../support/cli-world.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-config-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const SECRET = 'hunter2-hunter2';

test('for people: one line a key, its value, its origin', async () => {
  writeFileSync(path.join(dir, '.aiopsrc.json'), JSON.stringify({ logs: ['a.log', 'b c.log'], policy: { maxFiles: 3 } }));
  const { code, stdout, stderr } = await runCli(['config', '--state-dir', 'st'], {
    cwd: dir,
    env: { REPO_URL: 'https://example.org/a.git', GH_TOKEN: SECRET },
  });
  expect(code).toBe(0);
  const lines = new Map(stdout.split('\n').map((line) => [line.split(/ +/)[0]!, line.split(/ {2,}/).slice(1)]));
  expect([...lines.keys()]).toEqual(expect.arrayContaining([...KEY_NAMES]));
  expect(lines.get('logs')).toEqual(['a.log, "b c.log"', '.aiopsrc.json']);
  expect(lines.get('policy.maxFiles')).toEqual(['3', '.aiopsrc.json']);
  expect(lines.get('repo.url')).toEqual(['https://example.org/a.git', 'environment REPO_URL']);
  expect(lines.get('state.dir')).toEqual([path.join(dir, 'st'), 'flag --state-dir']);
  expect(lines.get('repo.path')).toEqual(['-', 'default']);
  expect(lines.get('GITHUB_TOKEN')).toEqual(['********', 'environment GH_TOKEN']);
  expect(lines.get('SMTP_PASSWORD')).toEqual(['-', 'not set']);
  expect(stdout + stderr).not.toContain(SECRET);
  expect(stderr).toBe(
    `commands of the proof, as the files here say: nothing: no fix can be proven above L0\nread: ${path.join(dir, '.aiopsrc.json')}\n`,
  );
});

test('of the variables of the Python AI-Ops it names those that do nothing here, and what they are called now', async () => {
  const told = async (text: string) => {
    writeFileSync(path.join(dir, '.env'), text);
    return (await runCli(['config', '--state-dir', 'st'], { cwd: dir })).stderr;
  };
  const old = 'HTTP_PORT=8080\nSERVER_API_KEY=x\nSMS_WEBHOOK_URL=https://example.org/hook\n';
  const said = await told(old);
  expect(said).toContain('not needed: HTTP_PORT, SERVER_API_KEY; there is no server\n');
  expect(said).toContain('not read: SMS_WEBHOOK_URL is called WEBHOOK_URL here\n');
  expect(await told(`${old}WEBHOOK_URL=https://example.org/hook\n`)).not.toContain('not read');
  expect(await told('LOG_FILE_PATH=a.log\n')).not.toMatch(/not (?:read|needed)/);
});

test('--json: one object', async () => {
  writeFileSync(path.join(dir, '.env'), `SMTP_PASSWORD=${SECRET}\n`);
  const { stdout, stderr } = await runCli(['config', '--json', '--quiet'], {
    cwd: dir,
    env: { CLAUDE_ARGS: '--key sk-ant-abcdefgh12345' },
  });
  expect([stdout.split('\n').length, stderr]).toEqual([2, '']);
  const printed = JSON.parse(stdout) as { values: { claude: { args: string[] } }; origins: Record<string, string>; secrets: object };
  expect(printed).toMatchObject({ kind: 'config', files: [path.join(dir, '.env')], values: { policy: { draft: true } } });
  expect(Object.keys(printed.origins)).toEqual([...KEY_NAMES]);
  expect(printed.values.claude.args.join(' ')).not.toContain('sk-ant-abcdefgh12345');
  expect(printed.secrets).toEqual({
    ...Object.fromEntries(SECRET_NAMES.map((name) => [SECRETS[name].variables[0], null])),
    SMTP_PASSWORD: { value: '********', origin: '.env SMTP_PASSWORD' },
  });
  expect(stdout).not.toContain(SECRET);
});

test('all problems at once below one error line', async () => {
  writeFileSync(path.join(dir, '.aiopsrc.json'), JSON.stringify({ polcy: {}, language: 'fr' }));
  expect(await runCli(['config'], { cwd: dir })).toEqual({
    code: 2,
    stdout: '',
    stderr: [
      'ai-ops: error: 2 problems in the configuration',
      '  polcy in .aiopsrc.json: unknown key; `ai-ops config` lists the keys there are',
      '  language in .aiopsrc.json: expected one of en, zh, auto, got "fr"',
      'ai-ops: hint: correct the keys named above; `ai-ops config` shows every value and where it came from',
      '',
    ].join('\n'),
  });
});

describe('one key', () => {
  const at = (argv: readonly string[]) => runCli(['config', ...argv], { cwd: dir });

  test('its value and origin; a section; a name that is none', async () => {
    writeFileSync(path.join(dir, '.aiopsrc.json'), JSON.stringify({ policy: { maxFiles: 3 } }));
    expect((await at(['policy.maxFiles'])).stdout).toMatch(/^KEY .*\npolicy\.maxFiles +3 +\.aiopsrc\.json\n$/);
    const section = (await at(['policy', '--json'])).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(section.map(({ key }) => key)).toEqual(KEY_NAMES.filter((key) => key.startsWith('policy.')));
    expect(await at(['policy.maxFile'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('did you mean policy.maxFiles?'),
    });
  });

  test('what it means', async () => {
    const { code, stdout } = await at(['--explain', 'claude.mode']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^claude\.mode = code_blocks {2}\(default\)\n.*agentic.*\n.*default code_blocks\n.*CLAUDE_FIX_MODE/),
    ]);
    const [told] = (await at(['--explain', 'claude.mode', '--json'])).stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(told).toMatchObject({
      kind: 'key',
      key: 'claude.mode',
      value: 'code_blocks',
      origin: 'default',
      default: 'code_blocks',
      variables: ['CLAUDE_FIX_MODE'],
    });
    expect((await at(['--explain'])).stdout.split('\n\n')).toHaveLength(KEY_NAMES.length);
  });
});
