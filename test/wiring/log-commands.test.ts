// Which command may be run to read logs: real configuration files in a checkout. Nothing is started.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import { logNames } from '../../src/config/schema.ts';
import { logCommands } from '../../src/wiring/logs/log-commands.ts';
import { git } from '../support/git-program.ts';

let root: string;
let checkout: string;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-log-commands-'));
  checkout = join(root, 'app');
  mkdirSync(join(root, 'home', '.config', 'ai-ops'), { recursive: true });
  await git(root, 'init', '-q', '-b', 'main', checkout);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const LOGS = { logs: [{ command: ['shoplog', '--after', '{cursor}'], cursor: 'seq' }] };

interface Row {
  readonly name: string;
  /** Of the repository. */
  readonly rc?: object;
  /** In the user's home. */
  readonly own?: object;
  /** `--config` names the repository's file. */
  readonly isNamed?: true;
  /** The log is named on the command line. */
  readonly isGiven?: true;
  readonly expected: 'runs' | 'log-command-unbound';
}

const ROWS: readonly Row[] = [
  { name: 'the repository asks for it', rc: LOGS, expected: 'log-command-unbound' },
  { name: 'the repository asks for it and trusts itself', rc: { ...LOGS, trust: ['shoplog'] }, expected: 'log-command-unbound' },
  { name: 'the user trusts that program', rc: LOGS, own: { trust: ['shoplog'] }, expected: 'runs' },
  { name: 'the user trusts another one', rc: LOGS, own: { trust: ['journalctl'] }, expected: 'log-command-unbound' },
  { name: 'the user’s own file asks for it', own: LOGS, expected: 'runs' },
  { name: 'the user names the file', rc: LOGS, isNamed: true, expected: 'runs' },
  { name: 'the user names the log', rc: LOGS, isGiven: true, expected: 'runs' },
];

async function wired({ rc, own, isNamed, isGiven }: Omit<Row, 'name' | 'expected'>, env: Record<string, string> = {}) {
  if (rc) writeFileSync(join(checkout, '.aiopsrc.json'), JSON.stringify(rc));
  if (own) writeFileSync(join(root, 'home', '.config', 'ai-ops', 'config.json'), JSON.stringify(own));
  const all = { HOME: join(root, 'home'), PATH: '/usr/bin', ...env };
  const loaded = await loadConfig({ cwd: checkout, env: all, flags: {}, configFile: isNamed ? '.aiopsrc.json' : undefined });
  return { name: logNames(loaded.config)[0]!, commands: logCommands(loaded, all, isGiven === true) };
}

test.each(ROWS)('$name: $expected', async ({ expected, ...row }) => {
  const { name, commands } = await wired(row);
  expect(name).toBe('command:shoplog');
  if (expected === 'runs') expect(commands.commandFor(name)).toMatchObject({ command: ['shoplog', '--after', '{cursor}'] });
  else
    expect(() => commands.commandFor(name)).toThrow(
      expect.objectContaining({ code: expected, message: expect.stringContaining('shoplog --after') }),
    );
});

test('it sees the logins of its tool and none of ours', async () => {
  const env = {
    GITHUB_TOKEN: 'gh-secret-0123456789',
    DATABASE_URL: 'postgres://x',
    AWS_PROFILE: 'logs',
    KUBECONFIG: '/k',
    AWS_COPY: 'gh-secret-0123456789',
  };
  const { commands } = await wired({ own: LOGS }, env);
  const { env: seen } = await commands.start();
  expect(seen).toMatchObject({ PATH: '/usr/bin', AWS_PROFILE: 'logs', KUBECONFIG: '/k' });
  expect(Object.keys(seen)).not.toContain('GITHUB_TOKEN');
  expect(Object.keys(seen)).not.toContain('DATABASE_URL');
});

test('a command that no entry has is no log', async () => {
  const { commands } = await wired({ own: LOGS });
  expect(() => commands.commandFor('command:rm -rf /')).toThrow(expect.objectContaining({ code: 'log-name' }));
});
