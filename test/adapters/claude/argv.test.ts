// What stands on the command line, what a user may add to it, and what the environment lets through.
import { type ArgvOptions, buildArgv, refuseUnsafe } from '../../../src/adapters/claude/argv.ts';
import { claudeEnvironment } from '../../../src/adapters/claude/environment.ts';

const OPTIONS: ArgvOptions = { mode: 'code_blocks', args: [], maxTurns: 40, maxBudgetUsd: 2 };

const after = (argv: readonly string[], flag: string): string | undefined => argv[argv.lastIndexOf(flag) + 1];

test('code_blocks: no tools at all', () => {
  const argv = buildArgv(OPTIONS);
  expect(argv.slice(-2)).toEqual(['--tools', '']);
  expect(after(argv, '--permission-mode')).toBe('default');
});

test('agentic: five tools, and edits need no question', () => {
  const argv = buildArgv({ ...OPTIONS, mode: 'agentic' });
  expect(argv.slice(-2)).toEqual(['--tools', 'Read,Glob,Grep,Edit,Write']);
  expect(after(argv, '--permission-mode')).toBe('acceptEdits');
});

test('both modes: JSON, walls and caps', () => {
  const argv = buildArgv(OPTIONS);
  expect(argv).toEqual(expect.arrayContaining(['--print', '--safe-mode', '--strict-mcp-config', '--no-session-persistence']));
  expect(['--output-format', '--setting-sources', '--max-turns', '--max-budget-usd'].map((flag) => after(argv, flag))).toEqual([
    'stream-json',
    '',
    '40',
    '2',
  ]);
  const { permissions } = JSON.parse(after(argv, '--settings') ?? '');
  expect(permissions.deny).toEqual(expect.arrayContaining(['Read(//proc/**)', 'Read(~/.ssh/**)', 'Read(**/.env)', 'Bash', 'WebFetch']));
});

test('a model, and arguments of the user before ours', () => {
  const argv = buildArgv({ ...OPTIONS, model: 'opus', args: ['--effort', 'high', '--append-system-prompt=Be brief.'] });
  expect(argv.slice(0, 6)).toEqual(['--print', '--effort', 'high', '--append-system-prompt=Be brief.', '--model', 'opus']);
});

test.each<[string, readonly string[], string]>([
  ['permissions off', ['--dangerously-skip-permissions'], '--dangerously-skip-permissions'],
  ['permissions off, as an option', ['--allow-dangerously-skip-permissions'], '--allow-dangerously-skip-permissions'],
  ['another permission mode', ['--permission-mode', 'bypassPermissions'], '--permission-mode'],
  ['another permission mode, inline', ['--permission-mode=bypassPermissions'], '--permission-mode'],
  ['tools', ['--tools', 'default'], '--tools'],
  ['allowed tools', ['--allowedTools', 'Bash'], '--allowedTools'],
  ['allowed tools, the other spelling', ['--allowed-tools=Bash'], '--allowed-tools'],
  ['another directory', ['--add-dir', '/'], '--add-dir'],
  ['MCP servers', ['--mcp-config', '{}'], '--mcp-config'],
  ['settings', ['--settings', '{"hooks":{}}'], '--settings'],
  ['sources of settings', ['--setting-sources', 'user,project'], '--setting-sources'],
  ['plugins', ['--plugin-dir', 'x'], '--plugin-dir'],
  ['plugins from an address', ['--plugin-url=https://example.org/x.zip'], '--plugin-url'],
  ['agents', ['--agents', '{}'], '--agents'],
  ['another output', ['--output-format', 'text'], '--output-format'],
  ['another budget', ['--max-budget-usd', '1000'], '--max-budget-usd'],
  ['an old session', ['--continue'], '--continue'],
  ['short flags', ['-c'], '-c'],
  ['short flags joined', ['-pc'], '-pc'],
  ['another budget, inline', ['--max-budget-usd=1000'], '--max-budget-usd'],
  ['more turns', ['--max-turns', '1000'], '--max-turns'],
  ['another directory, inline', ['--add-dir=/etc'], '--add-dir'],
  ['MCP servers, inline', ['--mcp-config={"mcpServers":{}}'], '--mcp-config'],
  ['settings, inline', ['--settings={"permissions":{}}'], '--settings'],
  ['sources of settings, inline', ['--setting-sources=user'], '--setting-sources'],
  ['tools, inline', ['--tools=Bash'], '--tools'],
  ['allowed tools, inline', ['--allowedTools=Bash(*)'], '--allowedTools'],
  ['another list of forbidden tools', ['--disallowedTools', 'x'], '--disallowedTools'],
  ['permissions off, inline', ['--dangerously-skip-permissions=true'], '--dangerously-skip-permissions'],
  ['permissions off, negated walls', ['--no-strict-mcp-config'], '--no-strict-mcp-config'],
  ['permissions off, another spelling', ['--dangerouslySkipPermissions'], '--dangerouslySkipPermissions'],
  ['an abbreviation of it', ['--dangerously-skip'], '--dangerously-skip'],
  ['an abbreviation of the permission mode', ['--permission', 'bypassPermissions'], '--permission'],
  ['an abbreviation of tools', ['--tool', 'Bash'], '--tool'],
  ['an abbreviation of an allowed flag', ['--mod', 'opus'], '--mod'],
  ['another case', ['--Model', 'opus'], '--Model'],
  ['a single dash', ['-model', 'opus'], '-model'],
  ['a dash that only looks like one', ['\u2013\u2013tools', 'Bash'], JSON.stringify('\u2013\u2013tools')],
  ['space before the flag', [' --tools', 'Bash'], JSON.stringify(' --tools')],
  ['two in one word', ['--model opus --tools Bash'], '--model opus --tools Bash'],
  ['a prompt that asks', ['--permission-prompt-tool', 'mcp__x__y'], '--permission-prompt-tool'],
  ['a system prompt in place of the own', ['--system-prompt', 'x'], '--system-prompt'],
  ['a system prompt of a file', ['--append-system-prompt-file', '/etc/passwd'], '--append-system-prompt-file'],
  ['files to load', ['--file', 'file_abc:doc.txt'], '--file'],
  ['a work tree elsewhere', ['--worktree'], '--worktree'],
  ['an editor', ['--ide'], '--ide'],
  ['a browser', ['--chrome'], '--chrome'],
  ['an old session by its id', ['--resume=abc'], '--resume'],
  ['another process in the background', ['--bg'], '--bg'],
  ['debugging into a file', ['--debug-file', '/tmp/x'], '--debug-file'],
  ['a budget as the value of an allowed one', ['--append-system-prompt', '--add-dir'], '--add-dir'],
  ['an allowed one, then a second value', ['--model', 'opus', 'Bash'], '"Bash"'],
  ['an empty word', [''], '""'],
  ['a word that would be the prompt', ['fix it'], '"fix it"'],
  ['the end of the flags', ['--'], '--'],
  ['a flag that does not exist yet', ['--brave-new-door'], '--brave-new-door'],
  ['a flag as the value of an allowed one', ['--model', '--dangerously-skip-permissions'], '--dangerously-skip-permissions'],
  ['an allowed flag without its value', ['--model'], '--model'],
  ['a value for a flag that has none', ['--disable-slash-commands=x'], '--disable-slash-commands'],
])('refused: %s', (_name, args, arg) => {
  expect(() => refuseUnsafe(args)).toThrow(expect.objectContaining({ code: 'claude-args-refused', exitCode: 2 }));
  expect(() => refuseUnsafe(args)).toThrow(`may not hold ${arg}:`);
});

test.each([
  [['--model', 'opus']],
  [['--model=opus', '--fallback-model', 'sonnet']],
  [['--effort', 'low', '--disable-slash-commands']],
  [[]],
])('allowed: %j', (args) => {
  expect(() => refuseUnsafe(args)).not.toThrow();
});

describe('a flag that the user has named in claude.unsafeArgs', () => {
  test('may stand there with its values, and no other may', () => {
    expect(() => refuseUnsafe(['--add-dir', '/a', '/b', '--model', 'opus'], ['--add-dir'])).not.toThrow();
    expect(() => refuseUnsafe(['--add-dir=/a', '--ide'], ['--add-dir'])).toThrow('may not hold --ide:');
  });

  test('stands in the place of our own of that name, and all other walls stay', () => {
    const argv = buildArgv({ ...OPTIONS, args: ['--tools', 'Bash'], unsafeArgs: ['--tools'] });
    expect(argv.filter((arg) => arg === '--tools')).toHaveLength(1);
    for (const wall of ['--safe-mode', '--setting-sources', '--strict-mcp-config', '--settings', '--permission-mode'])
      expect(argv).toContain(wall);
  });

  test('named but not given it changes nothing', () =>
    expect(buildArgv({ ...OPTIONS, unsafeArgs: ['--tools'] })).toEqual(buildArgv(OPTIONS)));
});

describe('environment', () => {
  const kept = (env: Record<string, string>): readonly string[] => Object.keys(env).filter((name) => name in claudeEnvironment(env));

  test.each([
    [
      'what a program needs',
      { PATH: '/bin', HOME: '/h', LANG: 'C', LC_ALL: 'C', TMPDIR: '/t', HTTPS_PROXY: 'x', NODE_EXTRA_CA_CERTS: 'x' },
      7,
    ],
    ['the login of Claude', { ANTHROPIC_API_KEY: 'x', ANTHROPIC_BASE_URL: 'x', CLAUDE_CODE_OAUTH_TOKEN: 'x', CLAUDE_CONFIG_DIR: 'x' }, 4],
    ['forges', { GITHUB_TOKEN: 'x', GH_TOKEN: 'x', GITLAB_TOKEN: 'x', GITHUB_TOKEN_FILE: 'x', CI_JOB_TOKEN: 'x' }, 0],
    ['mail', { SMTP_PASSWORD: 'x', SMTP_USER: 'x', SMTP_SERVER: 'x' }, 0],
    [
      'clouds and agents of the machine',
      { AWS_SECRET_ACCESS_KEY: 'x', GOOGLE_APPLICATION_CREDENTIALS: 'x', SSH_AUTH_SOCK: 'x', DATABASE_URL: 'x' },
      0,
    ],
    ['what would change the program', { NODE_OPTIONS: 'x', LD_PRELOAD: 'x', BASH_ENV: 'x', CLAUDECODE: '1', BUN_OPTIONS: 'x' }, 0],
    ['a cloud that Claude is reached through', { CLAUDE_CODE_USE_BEDROCK: '1', AWS_REGION: 'x', AWS_SECRET_ACCESS_KEY: 'x' }, 3],
    ['a cloud that is switched off', { CLAUDE_CODE_USE_BEDROCK: '0', AWS_SECRET_ACCESS_KEY: 'x' }, 1],
    ['empty values', { ANTHROPIC_API_KEY: '' }, 0],
  ])('%s', (_name, env, count) => {
    expect(kept(env)).toHaveLength(count);
  });

  test('no update and no telemetry, whatever the user says', () => {
    expect(claudeEnvironment({ DISABLE_AUTOUPDATER: '0' })).toMatchObject({ DISABLE_AUTOUPDATER: '1', DISABLE_TELEMETRY: '1' });
  });
});
