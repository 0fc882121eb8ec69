// A state directory or a ledger that others may change is not used.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseOthers } from '../../../src/adapters/ledger/foreign.ts';
import { runCli } from '../../support/cli-world.ts';

let root = '';
let dir = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ai-ops-others-'));
  dir = join(root, 'state');
  mkdirSync(dir, { mode: 0o700 });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));
const file = (): string => join(dir, 'ai-ops.sqlite');
const asRoot = process.geteuid?.() === 0 ? test : test.skip;

/** Made first where it is a file. */
const opened = (path: string, mode: number): void => {
  if (path !== dir) writeFileSync(path, '');
  chmodSync(path, mode);
};

test.each([
  ['a directory of everybody', () => opened(dir, 0o777)],
  ['a directory of the group', () => opened(dir, 0o770)],
  ['a ledger of everybody', () => opened(file(), 0o666)],
  ['changes of everybody', () => opened(`${file()}.changes`, 0o622)],
])('%s is refused by what looks and by what writes', async (_name, open) => {
  open();
  expect(() => refuseOthers(file())).toThrow(expect.objectContaining({ code: 'state-of-others', exitCode: 2 }));
  for (const argv of [['incidents'], ['watch', '--once', '--dry-run', '-']]) {
    const ran = await runCli([...argv, '--state-dir', dir], { cwd: root });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(/may be written by others[\s\S]*hint: .*chmod go-w/)]);
  }
});

test('a directory that may not be looked into is told as every refusal of the system', async () => {
  // Root may look into every directory; nobody into a name that long.
  const long = join(dir, 'x'.repeat(300));
  for (const [argv, words] of [
    [['incidents'], /the ledger .* cannot be read: ENAMETOOLONG: name too long\n/],
    [['watch', '--once', '--dry-run', '-'], /cannot write the state directory .*: ENAMETOOLONG/],
  ] as const) {
    const ran = await runCli([...argv, '--state-dir', long], { cwd: root });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringMatching(words)]);
  }
});

asRoot('what belongs to another user is refused', () => {
  writeFileSync(file(), '');
  chownSync(file(), 65534, 65534);
  expect(() => refuseOthers(file())).toThrow(expect.objectContaining({ message: expect.stringContaining('belongs to another user') }));
});

test('one’s own is used, one that does not exist yet is made so that it is, and /tmp is nobody’s to change', async () => {
  chmodSync(dir, 0o1777);
  expect(() => refuseOthers(file())).not.toThrow();
  rmSync(dir, { recursive: true });
  expect((await runCli(['watch', '--once', '--dry-run', '-', '--state-dir', dir], { cwd: root })).code).toBe(0);
  expect(existsSync(file())).toBe(true);
  expect(() => refuseOthers(file())).not.toThrow();
});

test.each(['ai-ops.sqlite', 'ai-ops.sqlite.changes'])('a pipe in the place of %s is waited for by nobody', async (name) => {
  execFileSync('mkfifo', ['-m', '600', join(dir, name)]);
  for (const argv of [['incidents'], ['watch', '--once', '--dry-run', '-']]) {
    const ran = await runCli([...argv, '--state-dir', dir], { cwd: root });
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(`${name} is no ledger of ai-ops`)]);
  }
});
