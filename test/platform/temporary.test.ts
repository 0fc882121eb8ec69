// In processes of their own: where the directory is belongs to the environment of one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'ai-ops-temporary-'));
afterAll(() => rmSync(place, { recursive: true }));

const SOURCE = join(import.meta.dirname, '../../src');

/** What the program prints, or code, message and hint of what it throws. */
function ran(TMPDIR: string, program: string): string {
  const text = `
    import { tmpdir } from 'node:os';
    import { statSync } from 'node:fs';
    const { makeTemporary } = await import('${SOURCE}/platform/temporary.ts');
    const { createProcesses } = await import('${SOURCE}/adapters/process/processes.ts');
    const run = (dir) => createProcesses().run({ argv: [process.execPath, '-e', '0'], dir, env: {}, timeoutMs: 60_000 });
    try { ${program} } catch ({ code, message, hint }) { console.log([code, message, hint].join('\\n')); }`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', text], { env: { ...process.env, TMPDIR }, encoding: 'utf8' }).trim();
}

test('is made where TMPDIR says, for its owner only', () => {
  const made = ran(place, "const made = await makeTemporary('a-'); console.log(made, (statSync(made).mode & 0o777).toString(8));");
  expect(made).toMatch(new RegExp(`^${place}/a-\\w{6} 700$`));
});

const TOLD = [
  'temporary-unwritable',
  `the temporary directory ${place}/gone cannot be used: ENOENT`,
  'set TMPDIR to a directory that is there and takes files',
].join('\n');

test('one that is not there is told, with what to set', () => {
  expect(ran(join(place, 'gone'), "await makeTemporary('a-');")).toBe(TOLD);
});

test('a program that is to run in it is told the same; any other directory that is missing is our own mistake', () => {
  expect(ran(join(place, 'gone'), 'await run(tmpdir());')).toBe(TOLD);
  expect(ran(join(place, 'gone'), `await run('${place}/other');`)).toMatch(/^bug\n/);
});
