// What the system shows of a running ai-ops, and of what it starts: no secret of its environment.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';

const SECRETS = { GITHUB_TOKEN: 'canary-token', SMTP_PASSWORD: 'canary-mail', DATABASE_URL: 'postgres://app:canary-d4tabase@db/shop' };
const onLinux = process.platform === 'linux' ? test : test.skip;

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-conceal-'));
  mkdirSync(join(root, 'work'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

onLinux('the block of the environment and `ps e` show names and no secret, the core file no memory', async () => {
  writeFileSync(join(root, 'work', 'app.log'), 'INFO started\n');
  const env = { PATH: process.env.PATH ?? '', HOME: root, ...SECRETS };
  const command = [process.execPath, MAIN, 'watch', 'app.log', '--dry-run', '--json', '--state-dir', join(root, 'state')];
  const program = startProgram(command, { cwd: join(root, 'work'), env });
  try {
    for (let waited = 0; !program.stdout().includes('"ready"') && waited < 15_000; waited += 100) await pause(100);
    expect(program.stdout()).toContain('"ready"');
    const block = readFileSync(`/proc/${program.pid}/environ`, 'latin1');
    expect(block).toContain(`HOME=${root}`);
    expect(block).toMatch(/GITHUB_TOKEN=\*+/);
    expect(block).not.toContain('canary');
    const shown = await printed('ps', ['eww', '-p', String(program.pid)]);
    expect(shown).toContain('GITHUB_TOKEN=');
    expect(shown).not.toContain('canary');
    expect(readFileSync(`/proc/${program.pid}/coredump_filter`, 'latin1').trim()).toBe('00000000');
  } finally {
    await program.end('SIGKILL');
  }
});

function printed(program: string, argv: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { stdio: ['ignore', 'pipe', 'ignore'] });
    let text = '';
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8');
    });
    child.on('close', () => resolve(text));
  });
}
