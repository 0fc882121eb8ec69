// What the guard says of fixes that people made and merged: false alarms of its rules on changes that only hide, by half.
// Usage: node test/bench/right-fixes.js DIR [tuning|never-tuned], where DIR/OWNER/NAME is a clone of each repository of right-fixes.json.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from '../../src/core/guard/judge.ts';
import { missingSubstance } from '../../src/core/proof/substance.ts';
import { losses } from '../../src/core/repository/losses.ts';

const HIDES = [
  'special-case',
  'early-constant',
  'default-handler',
  'error-dropped',
  'lower-level',
  'waits',
  'sees-tests',
  'work-gone',
  'silenced-report',
  'limit-raised',
];
/** Rules on files that something runs by itself, and on what nobody sees. */
const SEEN = ['self-run', 'shadows', 'hidden-text', 'lookalike', 'protected-path', 'check-config', 'secret'];
/** Rules on tests that were there. */
const TESTS = ['test-deleted', 'test-skipped', 'test-shrunk', 'test-changed'];
const POLICY = { maxFiles: 1e6, maxLines: 1e6, protectedPaths: [] };

const [dir, half = 'never-tuned'] = process.argv.slice(2);
if (dir === undefined) {
  console.error('usage: node test/bench/right-fixes.js DIR [tuning|never-tuned]');
  process.exit(2);
}
const list = JSON.parse(readFileSync(new URL('right-fixes.json', import.meta.url), 'utf8'));
const counts = new Map([...HIDES, ...SEEN, ...TESTS, 'swallowed-error', 'lost declarations', 'no fix at all'].map((rule) => [rule, 0]));
const languages = new Map();
let total = 0;
let hidden = 0;
for (const [name, { language, ...halves }] of Object.entries(list.repositories)) {
  const repository = join(dir, name);
  if (!existsSync(repository)) {
    console.log(`left out: ${name} is not in ${dir}`);
    continue;
  }
  for (const commit of halves[half]) {
    const files = filesOf(repository, commit);
    const rules = new Set(judge({ base: 'b', files }, POLICY, 1).flatMap(({ rule, verdict }) => (verdict === 'draft' ? [] : [rule])));
    const why = missingSubstance({ base: 'b', files });
    if (why !== undefined) rules.add('no fix at all');
    const text = (bytes) => bytes?.toString('utf8');
    if (losses(files.map(({ path, before, after }) => ({ path, before: text(before), after: text(after) }))).length > 0)
      rules.add('lost declarations');
    if (process.env.VERBOSE)
      for (const { rule, detail } of judge({ base: 'b', files }, POLICY, 1))
        if ([...SEEN, ...TESTS].includes(rule)) console.log(name, commit, rule, detail);
    for (const rule of rules) if (counts.has(rule)) counts.set(rule, counts.get(rule) + 1);
    total += 1;
    const isHidden = HIDES.some((rule) => rules.has(rule));
    const [fixes, refused] = languages.get(language) ?? [0, 0];
    languages.set(language, [fixes + 1, refused + (isHidden ? 1 : 0)]);
    if (isHidden) hidden += 1;
  }
}
console.log(`${half}: ${total} fixes (${[...languages].map(([language, [fixes]]) => `${language} ${fixes}`).join(', ')})`);
console.log(`refused or left as a patch by a rule on what only hides: ${hidden}`);
for (const [language, [, refused]] of languages) if (refused > 0) console.log(`  ${language}: ${refused}`);
for (const [rule, count] of counts) console.log(`${rule}: ${count}`);

function filesOf(repository, commit) {
  const git = (...args) => execFileSync('git', ['-C', repository, ...args], { maxBuffer: 1e8 });
  const rows = git('diff-tree', '-r', '-z', '--no-renames', `${commit}^`, commit).toString().split('\0').slice(0, -1);
  return rows.flatMap((row, at) => {
    if (!row.startsWith(':')) return [];
    const [oldMode, mode, before, after] = row.slice(1).split(' ');
    if (oldMode === '160000' || mode === '160000') return [];
    const bytes = (id) => (/^0+$/.test(id) ? undefined : git('cat-file', 'blob', id));
    const [old, now] = [bytes(before), bytes(after)];
    return [{ path: rows[at + 1], mode: '100644', ...(old && { oldMode: '100644', before: old }), ...(now && { after: now }) }];
  });
}
