// The set as a whole: how much of it there is on this machine, and that nothing of it is missing.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, KINDS } from './row.ts';
import { ROWS } from './rows.ts';
import { runnable } from './toolchains.ts';

test('at least 12 repositories in 6 languages are run, also where no large toolchain is', () => {
  const here = runnable(ROWS);
  expect(here.length).toBeGreaterThanOrEqual(12);
  expect(new Set(here.map(({ language }) => language)).size).toBeGreaterThanOrEqual(6);
});

/** What stands beside the repositories: their rows, and small programs of another test. */
const NO_REPOSITORIES = new Set(['rows', 'reproductions', 'runner-changes']);

test('every repository has its row, its log and its four answers', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !NO_REPOSITORIES.has(entry.name),
  );
  expect(folders.map(({ name }) => name).sort()).toEqual(ROWS.map(({ name }) => name).sort());
  const wanted = ROWS.flatMap(({ name }) =>
    ['crash.log', ...KINDS.map((kind) => join('answers', `${kind}.txt`))].map((file) => join(folderOf(name), file)),
  );
  expect(wanted.filter((file) => !existsSync(file))).toEqual([]);
});
