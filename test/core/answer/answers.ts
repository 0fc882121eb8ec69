// What answers are tried on: a small repository, its fix, and what came of an answer in one word. `ok`: exactly the file that
// was meant; `again`: told what was wrong and asked once; `none`: words alone, nothing is to be changed; `outside`: ended at
// once; `ok+`: the file that was meant, and others; `left`: taken as it is written.
import { placeBlocks, toChanges } from '../../../src/core/answer/changes.ts';
import { parseAnswer } from '../../../src/core/answer/parse.ts';
import { losses } from '../../../src/core/repository/losses.ts';

/** @param want outcomes that are right, decided before it was run, with `|` between them */
export type Row = readonly [name: string, answer: string, want: string];

export const JS = [
  "import { round } from './round.js';",
  '',
  'export function total(order) {',
  '  let sum = 0;',
  '  for (const item of order.items) {',
  '    if (item.price < 0 && item.count > 0) continue;',
  '    sum += item.price * item.count;',
  '  }',
  '  return round(sum);',
  '}',
  '',
  'export function tax(order) {',
  '  return round(total(order) * 0.19);',
  '}',
  '',
].join('\n');
export const FIXED = JS.replace('order.items)', 'order.items ?? [])');
export const GO = 'package a\n\nfunc Total(xs []int) int {\n\tsum := 0\n\tfor _, x := range xs {\n\t\tsum += x\n\t}\n\treturn sum\n}\n';
export const GO_FIXED = GO.replace('sum += x', 'sum += 2 * x');
const paths = ['src/a.js', 'src/lib/b.js', 'a.go', 'test/a.test.js', 'README.md', 'src/old.js'];
const files: Readonly<Record<string, string>> = {
  'src/a.js': JS,
  'src/lib/b.js': 'export const b = 1;\n',
  'a.go': GO,
  'test/a.test.js': "test('x', () => {});\n",
  'README.md': '# A\n',
  'src/old.js': 'export const o = 1;\n',
};
/** @param attributes with a blank in front */
export const block = (path: string, text: string, attributes = ''): string =>
  `<code_block filename="${path}"${attributes}>\n${text}</code_block>`;
export const EDIT =
  '<<<<<<< SEARCH\n  for (const item of order.items) {\n=======\n  for (const item of order.items ?? []) {\n>>>>>>> REPLACE\n';

/** What came of it, in the words of the tables. */
export function outcomeOf(answer: string, want: string): string {
  const parsed = parseAnswer(answer);
  const { placed, problems } = placeBlocks(parsed.blocks, paths);
  const base = new Map(
    placed
      .filter(({ path, isNew }) => !isNew && files[path] !== undefined)
      .map(({ path }) => [path, { bytes: Buffer.from(files[path] as string), mode: '100644' as const }]),
  );
  const { changes, problems: unfit } = toChanges('c', placed, base);
  const all = [...parsed.problems, ...problems, ...unfit];
  if (all.some(({ kind }) => kind === 'outside')) return 'outside';
  if (all.length > 0) return 'again';
  if (changes.files.length === 0) return parsed.blocks.length === 0 && parsed.summary.trim() !== '' ? 'none' : 'again';
  const sides = changes.files.map(({ path, before, after }) => ({
    path,
    before: before?.toString('utf8'),
    after: after?.toString('utf8'),
  }));
  // What a file has lost is asked for by the step that parses the change.
  if (losses(sides).length > 0) return 'again';
  const text = (path: string): string | undefined => changes.files.find((file) => file.path === path)?.after?.toString('utf8');
  const isOne = changes.files.length === 1;
  if (isOne && text('src/a.js') === FIXED) return 'ok';
  if (isOne && text('a.go') === GO_FIXED) return 'ok:a.go';
  const isMeant = changes.files.some(({ after }) => after?.includes('?? []'));
  return isMeant && want.includes('ok+') ? 'ok+' : 'left';
}
