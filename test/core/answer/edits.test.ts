// Edits of an answer: where they apply, what of the file stays byte for byte, and what is said where the place is not certain.
import { type BaseFile, placeBlocks, toChanges } from '../../../src/core/answer/changes.ts';
import { parseAnswer } from '../../../src/core/answer/parse.ts';

const PATH = 'src/a.js';
const BASE =
  'import { b } from "./b.js";\n\nexport function one(list) {\n  return list.length;\n}\n\nexport function two(list) {\n  return b(list);\n}\n';

const hunk = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}${replace === '' ? '' : '\n'}>>>>>>> REPLACE\n`;
const block = (...hunks: readonly string[]): string => `<code_block filename="${PATH}">\n${hunks.join('')}</code_block>\n`;

function outcome(answer: string, base: string | Buffer = BASE, path = PATH): string | readonly string[] {
  const parsed = parseAnswer(answer);
  const bytes = Buffer.from(base as string);
  const { placed, problems } = placeBlocks(parsed.blocks, [path]);
  const file: BaseFile = { bytes, mode: '100644' };
  const result = toChanges('c0ffee', placed, new Map([[path, file]]));
  const all = [...parsed.problems, ...problems, ...result.problems];
  if (all.length > 0) return all.map(({ detail }) => detail);
  return result.changes.files
    .map(({ after }) => after?.toString(bytes.equals(Buffer.from(bytes.toString())) ? 'utf8' : 'latin1'))
    .join('\u0000');
}

const guarded = BASE.replace('list.length', 'list?.length ?? 0');

test.each<[name: string, answer: string, base: string | Buffer, after: string]>([
  ['one line', block(hunk('  return list.length;', '  return list?.length ?? 0;')), BASE, guarded],
  [
    'several lines',
    block(hunk('export function one(list) {\n  return list.length;\n}', 'export function one(list) {\n  return list?.length ?? 0;\n}')),
    BASE,
    guarded,
  ],
  [
    'two edits in one block',
    block(hunk('  return list.length;', '  return list?.length ?? 0;'), hunk('  return b(list);', '  return b(list ?? []);')),
    BASE,
    guarded.replace('b(list)', 'b(list ?? [])'),
  ],
  [
    'two blocks of one file',
    block(hunk('  return list.length;', '  return list?.length ?? 0;')) + block(hunk('  return b(list);', '  return b(list ?? []);')),
    BASE,
    guarded.replace('b(list)', 'b(list ?? [])'),
  ],
  [
    'an edit that builds on the one before',
    block(hunk('  return b(list);', '  const all = list;\n  return b(all);'), hunk('  const all = list;', '  const all = list ?? [];')),
    BASE,
    BASE.replace('  return b(list);', '  const all = list ?? [];\n  return b(all);'),
  ],
  [
    'lines that share their edge',
    block(
      hunk('export function one(list) {\n  return list.length;', 'export function one(list) {\n  return list?.length ?? 0;'),
      hunk('  return list?.length ?? 0;\n}', '  return list?.length ?? 0;\n}'),
    ),
    BASE,
    guarded,
  ],
  [
    'lines that are taken out',
    block(hunk('\nexport function two(list) {\n  return b(list);\n}', '')),
    BASE,
    BASE.slice(0, BASE.indexOf('\nexport function two')),
  ],
  ['in a fence inside the block', block('```js\n', hunk('  return list.length;', '  return list?.length ?? 0;'), '```\n'), BASE, guarded],
  ['trailing blanks of the answer', block(hunk('  return list.length;  ', '  return list?.length ?? 0;')), BASE, guarded],
  [
    'trailing blanks of the file stay',
    block(hunk('  a();\n  b();', '  a();\n  c();')),
    '  a();  \n  b();\n  d(); \n',
    '  a();  \n  c();\n  d(); \n',
  ],
  ['CRLF', block(hunk('b\nc', 'b\nx\nc')), 'a\r\nb\r\nc\r\n', 'a\r\nb\r\nx\r\nc\r\n'],
  ['mixed line ends stay where they are', block(hunk('c', 'x')), 'a\r\nb\nc\r\nd\n', 'a\r\nb\nx\r\nd\n'],
  ['a byte order mark', block(hunk('a', 'x')), '\uFEFFa\nb\n', '\uFEFFx\nb\n'],
  ['no newline at the end', block(hunk('b', 'b\nc')), 'a\nb', 'a\nb\nc'],
  ['a newline at the end', block(hunk('b', 'x')), 'a\nb\n', 'a\nx\n'],
  ['another encoding', block(hunk('x = 1', 'x = 2')), Buffer.from('gr\xf6\xdfe = 0\nx = 1\n', 'latin1'), 'gr\xf6\xdfe = 0\nx = 2\n'],
  [
    'entities',
    block(hunk('if (a &lt; b &amp;&amp; c)', 'if (a &lt;= b &amp;&amp; c)')),
    'if (a < b && c)\n  f();\n',
    'if (a <= b && c)\n  f();\n',
  ],
  ['a part of a line', block(hunk('list.length', 'list?.length ?? 0')), BASE, guarded],
  [
    'a line of = in the file',
    block('<<<<<<< SEARCH\nTitle\n=======\ntext\n=======\nTitle\n=======\nother\n>>>>>>> REPLACE\n'),
    'Title\n=======\ntext\n',
    'Title\n=======\nother\n',
  ],
  [
    'the same text twice, once brought by an edit',
    block(hunk('a();', 'b();\na();'), hunk('c();', 'b();'), hunk('d();', 'e();')),
    'a();\nc();\nd();\n',
    'b();\na();\nb();\ne();\n',
  ],
  [
    'without our tags',
    `Guarded.\n\n**${PATH}**\n\`\`\`js\n${hunk('  return list.length;', '  return list?.length ?? 0;')}\`\`\`\n`,
    BASE,
    guarded,
  ],
  ['nothing', block(hunk('  return list.length;', '  return list.length;')), BASE, ''],
])('applied: %s', (_name, answer, base, after) => {
  expect(outcome(answer, base)).toBe(after);
});

test.each<[name: string, answer: string, detail: RegExp, base: string | Buffer]>([
  [
    'not there, with the nearest place',
    block(hunk('export function one(items) {\n  return list.length;', 'x')),
    /nearest is line 3, which is "export function one\(list\) \{" where the edit has "export function one\(items\) \{"/,
    BASE,
  ],
  ['nothing like it', block(hunk('zzz qqq', 'x')), /is not in it: "zzz qqq"/, BASE],
  ['twice', block(hunk('}', '};')), /stands 2 times in it \(lines 5, 9\); take more lines/, BASE],
  ['a part of two lines', block(hunk('list) {', 'all) {')), /is not in it/, BASE],
  ['indentation left out of several lines', block(hunk('return list.length;\n}', 'return 0;\n}')), /nearest is line 4/, BASE],
  ['no text to search for', block('<<<<<<< SEARCH\n=======\nf();\n>>>>>>> REPLACE\n'), /names no text to search for/, BASE],
  ['no divider', block('<<<<<<< SEARCH\na\n>>>>>>> REPLACE\n'), /lack the line =======/, BASE],
  ['cut', block('<<<<<<< SEARCH\n  return list.length;\n=======\n  return'), /are cut/, BASE],
  [
    'words between',
    block(hunk('  return list.length;', '  return 0;'), 'and then\n'),
    /a line between them that belongs to none: "and then"/,
    BASE,
  ],
  [
    'code left out',
    block(hunk('  return list.length;', '  // ... existing code ...\n  return 0;')),
    /in place of code that was left out/,
    BASE,
  ],
  [
    'beside the whole file',
    `${block(hunk('  return list.length;', '  return 0;'))}<code_block filename="${PATH}">\n${guarded}</code_block>\n`,
    /two different versions/,
    BASE,
  ],
  [
    'more than ASCII in another encoding',
    block(hunk('x = 1', 'x = "ß"')),
    /may bring ASCII only/,
    Buffer.from('gr\xf6\xdfe = 0\nx = 1\n', 'latin1'),
  ],
])('asked for again: %s', (_name, answer, detail, base) => {
  expect(outcome(answer, base)).toEqual([expect.stringMatching(detail)]);
});

test('a file that holds such marks itself can be given whole', () => {
  const base = `const MARK = \`\n${hunk('a', 'b')}\`;\n`;
  const whole = base.replace('MARK', 'FORM');
  expect(outcome(`<code_block filename="${PATH}">\n${whole}</code_block>\n`, base)).toBe(whole);
});

test.each([
  ['whole', 'export const a = 2;\n', ['elided']],
  ['by an edit', hunk('export const a = 1;', 'export const a = 2;'), []],
])('a file that was shown in parts, changed %s', (_name, content, problems) => {
  const base = { bytes: Buffer.from('export const a = 1;\n'), mode: '100644' } as const;
  const result = toChanges('c0ffee', [{ path: PATH, content, isNew: false }], new Map([[PATH, base]]), new Set([PATH]));
  expect(result.problems.map(({ kind }) => kind)).toEqual(problems);
  expect(result.changes.files).toHaveLength(1 - problems.length);
});

test('a new file written as an edit of nothing', () => {
  const { blocks } = parseAnswer(
    '<code_block filename="test/a.test.js" new="true">\n<<<<<<< SEARCH\n=======\nf();\n>>>>>>> REPLACE\n</code_block>\n',
  );
  const { changes, problems } = toChanges('c0ffee', placeBlocks(blocks, [PATH]).placed, new Map());
  expect([problems, changes.files[0]?.after?.toString()]).toEqual([[], 'f();\n']);
});
