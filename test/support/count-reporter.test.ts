// The last line that scripts read, from a run of its own with a passing, a failing, a skipped test and a file that does not load.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const place = mkdtempSync(join(tmpdir(), 'ai-ops-count-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

function lastLine(files: Readonly<Record<string, string>>): string | undefined {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text);
  const args = [resolve('node_modules/jest/bin/jest.js'), '--rootDir', place, '--config', '{}', '--reporters', 'default'];
  const { stdout } = spawnSync(process.execPath, [...args, '--reporters', resolve('test/support/count-reporter.js')], {
    cwd: place,
    encoding: 'utf8',
  });
  return stdout.trimEnd().split('\n').at(-1);
}

test('passed, failed and skipped; a file that does not load counts as a failure', () => {
  const skipped = `test.${'skip'}('c', () => {});`;
  const files = { 'a.test.js': `test('a', () => {}); test('b', () => { throw new Error('b'); }); ${skipped}`, 'b.test.js': 'nonsense(' };
  expect(lastLine(files)).toBe('1 passed, 2 failed, 1 skipped');
  expect(lastLine({ 'a.test.js': "test('a', () => {});", 'b.test.js': "test('b', () => {});" })).toBe('2 passed, 0 failed');
});
