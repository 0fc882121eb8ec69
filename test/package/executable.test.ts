// Makes the single executable for this machine. `bin/package.js` tries it out (bin/smoke-test.js) and fails if it does
// not do what it should.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'ai-ops-package-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function pack(...args: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  return spawnSync(process.execPath, ['bin/package.js', '--out', place, ...args], { encoding: 'utf8' });
}

test('the executable is made, tried and summed', () => {
  const { status, stderr } = pack();
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('smoke test: demo ok') });
  const [sum = '', name = ''] = readFileSync(join(place, readdirSync(place).find((file) => file.endsWith('.sha256')) ?? ''), 'utf8').split(
    /\s+/,
  );
  expect(
    createHash('sha256')
      .update(readFileSync(join(place, name)))
      .digest('hex'),
  ).toBe(sum);
});

test('a target that does not exist is named with those that do', () => {
  expect(pack('beos-ppc')).toMatchObject({ status: 2, stderr: expect.stringMatching(/beos-ppc.*linux-x64/) });
});
