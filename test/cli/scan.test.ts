// `ai-ops scan` for people: each incident by type and place, its fingerprint last.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runCli } from '../support/cli-world.ts';
import { makeRepository } from '../support/git-program.ts';
import { MAIN } from '../support/main-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 's-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('by type and place; without a place by what it says', async () => {
  const trace = "TypeError: no price of 'tea'\n    at discount (/srv/shop/src/price.js:13:5)\n    at node:internal/main:1:1\n";
  writeFileSync(path.join(dir, 'app.log'), `${trace}2026-01-02 03:04:05 ERROR queue is full\n2026-01-02 03:04:06 INFO ok\n${trace}`);
  const { code, stdout } = await runCli(['scan', path.join(dir, 'app.log')], { cwd: dir });
  const [head, ...rows] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.trim().split(/ {2,}/));
  expect([code, head]).toEqual([0, ['COUNT', 'LEVEL', 'LAST', 'INCIDENT', 'FINGERPRINT']]);
  expect(rows).toEqual([
    ['2', 'error', `${dir}/app.log:6`, 'TypeError in discount · src/price.js:13', expect.stringMatching(/^[0-9a-f]{12}$/)],
    ['1', 'error', `${dir}/app.log:4`, 'queue is full', expect.stringMatching(/^[0-9a-f]{12}$/)],
  ]);
});

test('the place is that of the repository, for people as in JSON', async () => {
  await makeRepository(dir, { 'cart.py': 'def total(order):\n    return order["price"]\n' });
  writeFileSync(
    path.join(dir, 'app.log'),
    'Traceback (most recent call last):\n  File "/srv/shop/cart.py", line 2, in total\n    return order["price"]\nKeyError: \'price\'\n',
  );
  const shown = await runCli(['scan', path.join(dir, 'app.log')], { cwd: dir });
  expect(shown.stdout).toContain('KeyError in total · cart.py:2');
  const told = await runCli(['scan', '--json', path.join(dir, 'app.log')], { cwd: dir });
  expect(JSON.parse(told.stdout).place).toBe('cart.py:2 total');
});

test.each(['"$0" "$1" scan --json < app.log', 'cat app.log | "$0" "$1" scan --json'])(
  'without a name it reads what it is given: %s',
  (script) => {
    writeFileSync(path.join(dir, 'app.log'), '2026-01-02 03:04:05 ERROR queue is full\n');
    const stdout = execFileSync('sh', ['-c', script, process.execPath, MAIN], {
      cwd: dir,
      env: { HOME: dir, PATH: '/usr/bin:/bin' },
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'incident', count: 1, first: { source: '-' } });
  },
);
