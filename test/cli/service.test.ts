// `ai-ops service`: entries that their managers accept, with names that would break a careless one, and where they are put.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LAUNCHD } from '../../src/cli/service/launchd.ts';
import { SYSTEMD } from '../../src/cli/service/systemd.ts';
import { TASK } from '../../src/cli/service/task.ts';
import type { Service } from '../../src/cli/service/unit.ts';
import { runCli } from '../support/cli-world.ts';

/** Words with all that a manager reads for itself: blanks, quotes, variables, specifiers, backslashes, letters outside of ASCII. */
const HARD: Service = {
  name: 'ai-ops-shop',
  argv: ['/usr/bin/true', 'watch', 'a b.log', '50%.log', '$HOME/x.log', 'say "hi".log', 'back\\slash\\', "it's & <b>.log", '日志.log', ''],
  dir: '/tmp',
  path: '/usr/bin:/opt/my tools/bin',
  log: '/tmp/ai-ops-shop.log',
};

let home: string;
const service = (...args: readonly string[]) =>
  runCli(['service', '--user', ...args], { cwd: join(home, 'my shop'), env: { HOME: home, PATH: '/usr/bin:bin:/bin:/usr/bin:' } });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ai-ops-service-'));
  mkdirSync(join(home, 'my shop'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, args).status === 0;
const ifThere = (program: string) => (has(program, '--version') ? test : test.skip);
const python = (code: string, input: string): unknown => {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', code], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

describe('systemd', () => {
  ifThere('systemd-analyze').each(['of the system', 'of an account'])('verifies a unit %s without a word', (whose) => {
    const file = join(home, 'ai-ops-shop.service');
    const isSystem = whose === 'of the system';
    writeFileSync(file, SYSTEMD.unit(isSystem ? { ...HARD, user: 'root' } : HARD));
    const args = [...(isSystem ? [] : ['--user']), 'verify', '--man=no', '--recursive-errors=no', file];
    const { status, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8', env: { ...process.env, XDG_RUNTIME_DIR: home } });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('words are quoted as its manual asks', () => {
    const line = /^ExecStart=(.*)$/m.exec(SYSTEMD.unit(HARD))?.[1];
    expect(line).toBe(
      String.raw`/usr/bin/true watch "a b.log" 50%%.log "$$HOME/x.log" "say \"hi\".log" "back\\slash\\" "it's & <b>.log" "日志.log" ""`,
    );
  });

  test("what a person's own manager may not do is asked for in the system's only", () => {
    expect(SYSTEMD.unit({ ...HARD, user: 'shop' })).toMatch(/^CapabilityBoundingSet=\n[\s\S]*^ProtectSystem=full$/m);
    expect(SYSTEMD.unit(HARD)).not.toMatch(/^(?:CapabilityBoundingSet|ProtectSystem|PrivateTmp|User)=/m);
  });
});

describe('launchd and Windows', () => {
  ifThere('python3')('a property list says each word as it is', () => {
    expect(
      python('import sys,json,plistlib; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))', LAUNCHD.unit(HARD)),
    ).toMatchObject({
      ...{ Label: 'ai-ops-shop', ProgramArguments: HARD.argv, WorkingDirectory: '/tmp', KeepAlive: { SuccessfulExit: false } },
      ...{ RunAtLoad: true, Umask: 0o77, StandardErrorPath: HARD.log },
    });
  });

  ifThere('python3')('a task is well formed, and its arguments are one line that Windows takes apart again', () => {
    const read = `import sys,json,xml.etree.ElementTree as e
n='{http://schemas.microsoft.com/windows/2004/02/mit/task}'
x=e.fromstring(sys.stdin.buffer.read()).find(f'{n}Actions/{n}Exec')
print(json.dumps([x.find(n+'Command').text, x.find(n+'Arguments').text]))`;
    expect(python(read, TASK.unit(HARD))).toEqual([
      '/usr/bin/true',
      String.raw`watch "a b.log" 50%.log $HOME/x.log "say \"hi\".log" back\slash\ "it's & <b>.log" 日志.log ""`,
    ]);
  });
});

describe('the command', () => {
  test('prints the entry of this directory and writes nothing', async () => {
    const { code, stdout, stderr } = await service('--manager', 'systemd', '--state-dir', 'state', 'app.log');
    expect(code).toBe(0);
    expect(stdout).toContain(`WorkingDirectory=${home}/my shop\n`);
    expect(stdout).toContain('Environment=PATH=/usr/bin:/bin\n');
    expect(stdout).toMatch(/^ExecStart=.* watch --state-dir "?.*state"? app\.log$/m);
    expect(stderr).toContain('`ai-ops service --install` writes it there');
    expect(stderr).toContain('systemctl --user enable --now ai-ops-my-shop');
  });

  test('--install puts it in its place, again where it is the same, and over another one only by force', async () => {
    const file = join(home, '.config/systemd/user/ai-ops-shop.service');
    const install = (...args: readonly string[]) => service('--install', '--manager', 'systemd', '--name', 'shop', ...args);
    expect(await install('app.log')).toMatchObject({ code: 0, stdout: `${file}\n` });
    expect(readFileSync(file, 'utf8')).toContain(' watch app.log\n');
    expect(await install('app.log')).toMatchObject({ code: 0 });
    expect(await install('other.log')).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') });
    expect(await install('other.log', '--force')).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain(' watch other.log\n');
  });

  test('--json has the entry, its place and what begins it', async () => {
    const { stdout } = await service('--json', '--manager', 'launchd', 'app.log');
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ kind: 'service', name: 'ai-ops-my-shop', file: join(home, 'Library/LaunchAgents/ai-ops-my-shop.plist'), installed: false },
      ...{ unit: expect.stringContaining('<plist'), begin: [expect.stringContaining('launchctl bootstrap'), expect.any(String)] },
    });
  });

  test.each([
    ['without a log', [], 'no log to read'],
    ['for standard input', ['-'], 'a service has no standard input to read'],
  ])('%s it is refused', async (_name, args, words) => {
    expect(await service(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(words) });
  });
});
