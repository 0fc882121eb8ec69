// The guard of the user's checkout sees what it is there for.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardCheckout } from './checkout.ts';
import { git, makeRepository } from './git-program.ts';

let dir = '';

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-guard-'));
  await makeRepository(dir, { 'a.txt': 'a\n' });
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

const HARM: [name: string, path: RegExp, harm: () => unknown][] = [
  ['a file', /a\.txt/, () => writeFileSync(join(dir, 'a.txt'), 'b\n')],
  ['a new file', /new\.txt/, () => writeFileSync(join(dir, 'new.txt'), '')],
  ['the time of the index', /\.git\/index/, () => utimesSync(join(dir, '.git/index'), 1, 1)],
  ['a ref', /refs\/heads\/other/, () => git(dir, 'branch', 'other')],
  ['the configuration', /\.git\/config/, () => git(dir, 'config', 'x.y', 'z')],
];

test.each(HARM)('%s', async (_name, path, harm) => {
  const guard = guardCheckout(dir, (name) => name === 'app.log');
  const ended = guard.begin();
  writeFileSync(join(dir, 'app.log'), 'not seen');
  await harm();
  ended();
  expect(() => guard.check()).toThrow(path);
});

test('nothing', () => {
  const guard = guardCheckout(dir, () => false);
  guard.begin()();
  guard.check();
});
