// Loading from real directories: where files are found, what wins, and that a repository cannot run code through them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type LoadedConfig, type LoadRequest, loadConfig } from '../../src/config/load.ts';
import { SECRET_NAMES } from '../../src/config/secrets.ts';
import { AiOpsError } from '../../src/errors.ts';
import { isDoneWithin } from '../support/processor-time.ts';

let root: string;
let repo: string;
const home = process.cwd();

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'ai-ops-config-'));
  repo = path.join(root, 'repo');
  await mkdir(path.join(repo, '.git'), { recursive: true });
  await mkdir(path.join(repo, 'service', 'deep'), { recursive: true });
  await mkdir(path.join(root, 'home'), { recursive: true });
});

afterEach(async () => {
  process.chdir(home);
  await rm(root, { recursive: true, force: true });
});

async function write(file: string, content: string | object): Promise<void> {
  const full = path.join(repo, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, typeof content === 'string' ? content : JSON.stringify(content));
}

function load(request: Partial<LoadRequest> = {}): Promise<LoadedConfig> {
  return loadConfig({ cwd: repo, flags: {}, ...request, env: { HOME: path.join(root, 'home'), ...request.env } });
}

async function failure(request: Partial<LoadRequest> = {}): Promise<AiOpsError> {
  const thrown: unknown = await load(request).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(thrown instanceof AiOpsError)) throw new Error(`expected an AiOpsError, got ${String(thrown)}`);
  return thrown;
}

describe('where a file is found', () => {
  const places: readonly (readonly [string, string])[] = [
    ['.aiopsrc', 'language: zh\n'],
    ['.aiopsrc', '{"language":"zh"}'],
    ['.aiopsrc.json', '{"language":"zh"}'],
    ['.aiopsrc.yaml', 'language: zh\n'],
    ['.aiopsrc.yml', 'language: zh\n'],
    ['.config/aiopsrc.json', '{"language":"zh"}'],
    ['.config/aiopsrc.yaml', 'language: zh\n'],
    ['.config/aiopsrc.yml', 'language: zh\n'],
    ['package.json', '{"name":"x","aiops":{"language":"zh"}}'],
  ];
  test.each(places)('%s', async (file, content) => {
    await write(file, content);
    const loaded = await load();
    expect(loaded.config.language).toBe('zh');
    expect(loaded.origins.language).toBe(file);
    expect(loaded.files).toEqual([path.join(repo, file)]);
  });

  test('from a directory below, past a package.json without our key', async () => {
    await write('.aiopsrc.json', { language: 'zh' });
    await write('service/package.json', { name: 'x' });
    expect((await load({ cwd: path.join(repo, 'service', 'deep') })).config.language).toBe('zh');
  });

  test('not above the root of the repository', async () => {
    await writeFile(path.join(root, '.aiopsrc.json'), '{"language":"zh"}');
    expect((await load({ cwd: path.join(repo, 'service') })).config.language).toBe('en');
  });

  test('outside of a repository in the working directory alone', async () => {
    await rm(path.join(repo, '.git'), { recursive: true });
    await write('.aiopsrc.json', { language: 'zh' });
    expect((await load()).config.language).toBe('zh');
    expect((await load({ cwd: path.join(repo, 'service') })).config.language).toBe('en');
  });

  test("the user's own file stands below the project's", async () => {
    const dir = path.join(root, 'home', '.config', 'ai-ops');
    await mkdir(dir, { recursive: true });
    await writeFile(path.join(dir, 'config.yaml'), 'language: zh\nclaude:\n  mode: agentic\n');
    await write('.aiopsrc.json', { language: 'en' });
    const { config, origins } = await load();
    expect([config.language, config.claude.mode]).toEqual(['en', 'agentic']);
    expect(origins['claude.mode']).toBe(path.join(dir, 'config.yaml'));
  });

  test('XDG_CONFIG_HOME moves it', async () => {
    const dir = path.join(root, 'xdg', 'ai-ops');
    await mkdir(dir, { recursive: true });
    await writeFile(path.join(dir, 'config.json'), '{"language":"zh"}');
    expect((await load({ env: { XDG_CONFIG_HOME: path.join(root, 'xdg') } })).config.language).toBe('zh');
  });

  test('a service has it in the directory that systemd names', async () => {
    await writeFile(path.join(root, 'config.json'), '{"language":"zh"}');
    expect((await load({ env: { CONFIGURATION_DIRECTORY: root } })).config.language).toBe('zh');
  });
});

describe('what wins', () => {
  test('flag, environment, .env, file, default', async () => {
    await write('.aiopsrc.json', { claude: { mode: 'agentic', maxTurns: 7 }, policy: { minCount: 3, maxFiles: 3, maxLines: 3 } });
    await write('.env', 'MIN_COUNT=4\nMAX_FILES=4\nUNRELATED=1\n');
    const { config, origins } = await load({
      env: { MIN_COUNT: '5', CLAUDE_FIX_MODE: 'agentic' },
      flags: { 'claude.mode': { flag: '--mode', value: 'code_blocks' } },
    });
    expect([config.claude.mode, origins['claude.mode']]).toEqual(['code_blocks', 'flag --mode']);
    expect([config.policy.minCount, origins['policy.minCount']]).toEqual([5, 'environment MIN_COUNT']);
    expect([config.policy.maxFiles, origins['policy.maxFiles']]).toEqual([4, '.env MAX_FILES']);
    expect([config.policy.maxLines, origins['policy.maxLines']]).toEqual([3, '.aiopsrc.json']);
    expect([config.policy.maxAttempts, origins['policy.maxAttempts']]).toEqual([2, 'default']);
  });

  test('--config is read instead of searching, relative to the working directory', async () => {
    await write('.aiopsrc.json', { language: 'zh' });
    await write('service/my.yaml', 'claude: { mode: agentic }\n');
    const { config, files } = await load({ configFile: 'service/my.yaml' });
    expect([config.language, config.claude.mode]).toEqual(['en', 'agentic']);
    expect(files).toEqual([path.join(repo, 'service/my.yaml')]);
  });

  test('paths of a file elsewhere belong to that file; - stays', async () => {
    await write('.aiopsrc.json', { logs: ['logs/*.log', '-', '/var/x.log'], state: { dir: 'var' } });
    const below = await load({ cwd: path.join(repo, 'service') });
    expect(below.config.logs).toEqual([path.join(repo, 'logs/*.log'), '-', '/var/x.log']);
    expect(below.config.state.dir).toBe(path.join(repo, 'var'));
    expect((await load()).config.logs).toEqual(['logs/*.log', '-', '/var/x.log']);
  });

  test('state directory by XDG, else below HOME; always absolute', async () => {
    expect((await load()).config.state.dir).toBe(path.join(root, 'home', '.local/state/ai-ops'));
    expect((await load({ env: { XDG_STATE_HOME: '/xdg' } })).config.state.dir).toBe('/xdg/ai-ops');
    const service = { XDG_STATE_HOME: '/xdg', STATE_DIRECTORY: '/var/lib/ai-ops:/var/lib/other' };
    expect((await load({ env: service })).config.state.dir).toBe('/var/lib/ai-ops');
    expect((await load({ flags: { 'state.dir': { flag: '--state-dir', value: 'st' } } })).config.state.dir).toBe(path.join(repo, 'st'));
  });
});

describe('a repository cannot run code through its files', () => {
  const script = (mark: string): string => `require('node:fs').writeFileSync(${JSON.stringify(mark)}, 'ran'); module.exports = {};`;
  const plants: readonly (readonly [string, (mark: string) => readonly (readonly [string, string])[], string | undefined])[] = [
    ['.config/config.cjs', (mark) => [['.config/config.cjs', script(mark)]], undefined],
    ['.config/config.js', (mark) => [['.config/config.js', script(mark)]], undefined],
    [
      'search places from .config/config.yaml',
      (mark) => [
        ['.config/config.yaml', 'cosmiconfig:\n  searchPlaces: [pwn.cjs]\n'],
        ['pwn.cjs', script(mark)],
      ],
      undefined,
    ],
    [
      'search places from package.json',
      (mark) => [
        ['package.json', '{"cosmiconfig":{"searchPlaces":["pwn.cjs"],"$import":"./pwn.cjs"}}'],
        ['pwn.cjs', script(mark)],
      ],
      undefined,
    ],
    ['.aiopsrc.js', (mark) => [['.aiopsrc.js', script(mark)]], 'config-script'],
    ['.config/aiopsrc.mjs', (mark) => [['.config/aiopsrc.mjs', script(mark)]], 'config-script'],
    [
      '$import from JSON',
      (mark) => [
        ['.aiopsrc.json', '{"$import":"./pwn.cjs"}'],
        ['pwn.cjs', script(mark)],
      ],
      'config-unreadable',
    ],
    [
      '$import from YAML',
      (mark) => [
        ['.aiopsrc', '$import: [./pwn.cjs]\n'],
        ['pwn.cjs', script(mark)],
      ],
      'config-unreadable',
    ],
    [
      '$import from package.json',
      (mark) => [
        ['package.json', '{"aiops":{"$import":"./pwn.cjs"}}'],
        ['pwn.cjs', script(mark)],
      ],
      'config-unreadable',
    ],
  ];
  test.each(plants)('%s', async (_name, plant, code) => {
    const mark = path.join(root, 'mark');
    for (const [file, content] of plant(mark)) await write(file, content);
    // An rc file that is found makes cosmiconfig itself be loaded, which is when the meta files are dangerous.
    if (code === undefined) await write('.aiopsrc.json', { language: 'zh' });
    process.chdir(repo);
    if (code === undefined) expect((await load()).config.language).toBe('zh');
    else expect((await failure()).code).toBe(code);
    expect(existsSync(mark)).toBe(false);
    expect(process.cwd()).toBe(repo);
  });

  test('a script is run when it is named', async () => {
    await write('conf.cjs', `module.exports = { language: 'zh' };`);
    expect((await load({ configFile: 'conf.cjs' })).config.language).toBe('zh');
  });
});

describe('unreadable', () => {
  test.each([
    ['broken JSON', '.aiopsrc.json', '{"a": hunter2hunter2}'],
    ['broken YAML', '.aiopsrc.yaml', 'a: [hunter2hunter2\nb: }'],
  ])('%s names the file and shows nothing of it', async (_name, file, content) => {
    await write(file, content);
    const error = await failure();
    expect([error.code, error.exitCode]).toEqual(['config-unreadable', 2]);
    expect(error.message).toContain(file);
    expect(error.message).not.toContain('hunter2');
  });

  test('--config that does not exist', async () => {
    expect((await failure({ configFile: 'nowhere.json' })).message).toBe(
      `cannot read the configuration file ${path.join(repo, 'nowhere.json')}: no such file`,
    );
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? test.failing : test)('a file that may not be read is not passed over', async () => {
    await write('.aiopsrc.json', { language: 'zh' });
    await chmod(path.join(repo, '.aiopsrc.json'), 0);
    expect((await failure()).code).toBe('config-unreadable');
  });

  test('all problems of all sources in one error', async () => {
    await write('.aiopsrc.json', { languag: 'zh', githubToken: 'ghp_1234567890123456789012345' });
    const error = await failure({ env: { SMTP_PORT: 'x', GITLAB_TOKEN_FILE: '/nowhere' } });
    expect(error.message).toBe(
      [
        '4 problems in the configuration',
        '  mail.port in environment SMTP_PORT: expected a whole number from 1 to 65535',
        '  languag in .aiopsrc.json: unknown key; did you mean language?',
        '  githubToken in .aiopsrc.json: holds a secret, which does not belong into a file; set GITHUB_TOKEN in the environment, or the same name with _FILE',
        '  GITLAB_TOKEN_FILE in environment: cannot read a secret from the file it names',
      ].join('\n'),
    );
  });
});

describe('a configuration of a stranger', () => {
  const level = (name: string, of: string): string => `${name}0: &${name} [${Array.from({ length: 10 }, () => of).join(', ')}]\n`;
  const bomb = [level('a', 'x'), ...['b', 'c', 'd', 'e', 'f', 'g'].map((name, at) => level(name, `*${'abcdef'[at]}`))].join('');
  test.each([
    ['aliases that stand for millions of values', '.aiopsrc.yaml', `${bomb}logs: *g\n`, /more than 10000 values/],
    ['a list without end', '.aiopsrc.json', JSON.stringify({ logs: Array.from({ length: 20_000 }, () => 'a') }), /more than 10000 values/],
    ['lists within lists', '.aiopsrc.json', `{"logs":${'['.repeat(5000)}${']'.repeat(5000)}}`, /nested deeper than 32/],
    ['an alias of itself', '.aiopsrc.yaml', 'logs: &l [*l]\n', /nested deeper than 32|unidentified alias/],
    ['a file of megabytes', '.aiopsrc.json', `{"logs":["${'a'.repeat(2_000_000)}"]}`, /longer than 1 MB/],
    ['a .env of megabytes', '.env', `A=${'a'.repeat(2_000_000)}\n`, /longer than 1 MB/],
  ])('is refused at once: %s', async (_name, file, text, says) => {
    await write(file, text);
    const refused = async (): Promise<void> => {
      const { code, message } = await failure();
      expect([code, message]).toEqual(['config-unreadable', expect.stringMatching(says)]);
    };
    expect(await isDoneWithin(20_000, refused)).toBe(true);
  });
});

describe('where the state is', () => {
  const outside = /state\.dir in \.(env TRACE_DB_PATH|aiopsrc\.json): leads out of its directory/;
  test.each<[string, string, string | object]>([
    ['.env, the home', '.env', 'TRACE_DB_PATH=~/.ssh/authorized_keys\n'],
    ['.env, above', '.env', 'TRACE_DB_PATH=../other/traces.sqlite\n'],
    ['.env, absolute', '.env', 'TRACE_DB_PATH=/var/lib/other/traces.sqlite\n'],
    ['the rc file', '.aiopsrc.json', { state: { dir: '/var/lib/other' } }],
  ])('a file that is found cannot lead it out of its directory: %s', async (_name, file, content) => {
    await write(file, content);
    expect((await failure()).message).toMatch(outside);
    await expect(load({ flags: { 'state.dir': { flag: '--state-dir', value: '/srv/state' } } })).resolves.toMatchObject({
      config: { state: { dir: '/srv/state' } },
    });
  });

  test('within it, or named by the user, it may be anywhere', async () => {
    await write('.env', 'TRACE_DB_PATH=var/traces.sqlite\n');
    expect((await load()).config.state).toMatchObject({ dir: path.join(repo, 'var'), file: 'traces.sqlite' });
    expect((await load({ env: { TRACE_DB_PATH: '/srv/traces.sqlite' } })).config.state.dir).toBe('/srv');
  });
});

describe('secrets', () => {
  test('from a variable, a file, and .env; the environment first', async () => {
    await write('token', 'glpat-from-file\n');
    await write('.env', 'GITHUB_TOKEN=from-dotenv\nSMTP_PASSWORD=from-dotenv\n');
    const { secrets, secretOrigins } = await load({ env: { GH_TOKEN: 'from-env', GITLAB_TOKEN_FILE: 'token', ANTHROPIC_API_KEY: ' ' } });
    const found = { githubToken: 'from-env', gitlabToken: 'glpat-from-file', smtpPassword: 'from-dotenv' };
    const none = Object.fromEntries(SECRET_NAMES.map((name) => [name, null]));
    expect(secrets).toEqual({ ...none, ...found });
    expect(secretOrigins).toEqual({
      githubToken: 'environment GH_TOKEN',
      gitlabToken: 'environment GITLAB_TOKEN_FILE',
      smtpPassword: '.env SMTP_PASSWORD',
    });
  });

  test('a .env that is found names no file outside of its directory, not by a link either', async () => {
    await write('../outside', 'hunter2\n');
    await symlink(path.join(repo, '..', 'outside'), path.join(repo, 'link'));
    await write('inside', 'from-inside\n');
    for (const name of [path.join(repo, '..', 'outside'), '../outside', 'link', '/etc/hostname']) {
      await write('.env', `GITHUB_TOKEN_FILE=${name}\n`);
      const { code, message } = await failure();
      expect([code, message]).toEqual([
        'config-invalid',
        expect.stringMatching(/GITHUB_TOKEN_FILE in \.env: names a file outside of its directory/),
      ]);
    }
    await write('.env', 'GITHUB_TOKEN_FILE=inside\n');
    expect((await load()).secrets.githubToken).toBe('from-inside');
    expect((await load({ env: { GITHUB_TOKEN_FILE: '../outside' } })).secrets.githubToken).toBe('hunter2');
  });

  test.each(['zero', 'pipe'])('a .env that is found names nothing without an end: %s', async (kind) => {
    // A committed link may lead to a device; nobody waits for it.
    if (kind === 'zero') await symlink('/dev/zero', path.join(repo, 'token'));
    else execFileSync('mkfifo', [path.join(repo, 'token')]);
    await write('.env', 'GITHUB_TOKEN_FILE=token\n');
    expect((await failure()).message).toMatch(/GITHUB_TOKEN_FILE in \.env: (?:names a file outside|cannot read a secret)/);
  });

  test('a device is no configuration', async () => {
    expect((await failure({ configFile: '/dev/zero' })).message).toContain('it is a device');
  });

  test('of several lines are refused', async () => {
    await write('token', 'a\nb\n');
    expect((await failure({ env: { GITLAB_TOKEN_FILE: 'token' } })).message).toContain('expected a secret of one line');
  });
});

describe('a key that had another name', () => {
  const words = ['failed'];
  test('works under both', async () => {
    for (const content of [{ notify: { on: words } }, { mail: { on: words } }]) {
      await write('.aiopsrc.json', content);
      const { config, origins } = await load();
      expect([config.notify.on, origins['notify.on']]).toEqual([words, '.aiopsrc.json']);
    }
  });
  test.each(['NOTIFY_ON', 'MAIL_ON'])('%s sets it', async (variable) => {
    const { config } = await load({ env: { [variable]: 'failed,merged' } });
    expect(config.notify.on).toEqual(['failed', 'merged']);
  });
  test('both in one file are one too many', async () => {
    await write('.aiopsrc.json', { mail: { on: words }, notify: { on: words } });
    expect((await failure()).message).toContain('mail.on in .aiopsrc.json: is the older name of notify.on, which is set too');
  });
  test('what is wrong with it is told by its name now', async () => {
    await write('.aiopsrc.json', { mail: { on: ['never'] } });
    expect((await failure()).message).toContain('notify.on in .aiopsrc.json: expected a list of proposed, ');
  });
});
