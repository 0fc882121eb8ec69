// Whole answers against a file of the base: what is put right exactly, what is refused and why, and what is left alone.

import { placeBlocks, toChanges } from '../../../src/core/answer/changes.ts';
import { describeProblems, parseAnswer } from '../../../src/core/answer/parse.ts';
import type { FileMode } from '../../../src/core/model.ts';
import { isDoneWithin } from '../../support/processor-time.ts';
import { block, FIXED, JS } from './answers.ts';

const LONG = `${Array.from({ length: 60 }, (_value, index) => `export const price${index} = ${index};`).join('\n')}\n`;
const PY = 'def total(order):\n    total = 0\n    for item in order["items"]:\n        total += item["price"]\n    return total\n';
const PAGE = '<ul>\n  <li class="a">one & two</li>\n  <li>three</li>\n</ul>\n';

interface Row {
  readonly name: string;
  readonly path?: string;
  readonly base?: string;
  readonly mode?: FileMode;
  /** What stands between the tags, or the whole answer. */
  readonly content?: string;
  readonly answer?: string;
  readonly after?: string;
  readonly problem?: string;
}

/** The closing tag on a line of its own. */
const lined = (path: string, content: string): string => block(path, `${content}\n`);
const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const ROWS: readonly Row[] = [
  // put right, or left as it is
  { name: 'the whole file', content: FIXED.trimEnd(), after: FIXED },
  { name: 'a fence around the content', content: `\`\`\`js\n${FIXED}\`\`\``, after: FIXED },
  { name: 'a fence around the block', answer: `\`\`\`xml\n${lined('src/a.js', FIXED.trimEnd())}\n\`\`\``, after: FIXED },
  {
    name: 'words before, between and after',
    answer: `The list may be missing.\n\n${lined('src/a.js', FIXED.trimEnd())}\n\nThat is all.`,
    after: FIXED,
  },
  { name: 'the same block twice', answer: `${lined('src/a.js', FIXED)}\nAgain:\n${lined('src/a.js', FIXED)}`, after: `${FIXED}\n` },
  {
    name: 'the file under two names, the same',
    answer: `${lined('src/a.js', FIXED)}${lined('/app/src/a.js', FIXED)}`,
    after: `${FIXED}\n`,
  },
  { name: 'CRLF', base: JS.replaceAll('\n', '\r\n'), content: FIXED.trimEnd(), after: FIXED.replaceAll('\n', '\r\n') },
  { name: 'a byte order mark', base: `\uFEFF${JS}`, content: FIXED.trimEnd(), after: `\uFEFF${FIXED}` },
  {
    name: 'a byte order mark and CRLF',
    base: `\uFEFF${JS.replaceAll('\n', '\r\n')}`,
    content: FIXED.trimEnd(),
    after: `\uFEFF${FIXED.replaceAll('\n', '\r\n')}`,
  },
  { name: 'no newline at the end', base: JS.trimEnd(), content: FIXED.trimEnd(), after: FIXED.trimEnd() },
  { name: 'an executable', mode: '100755', content: FIXED.trimEnd(), after: FIXED },
  {
    name: 'the closing tag in the file',
    content: `${FIXED}export const close = '</code_block>';`,
    after: `${FIXED}export const close = '</code_block>';\n`,
  },
  { name: 'path= in place of filename=', answer: `<code_block path="src/a.js">\n${FIXED}</code_block>`, after: FIXED },
  { name: 'entities throughout', content: escaped(FIXED.trimEnd()), after: FIXED },
  {
    name: 'entities in one line only',
    content: FIXED.trimEnd().replace('item.price < 0 && item.count > 0', 'item.price &lt; 0 &amp;&amp; item.count &gt; 0'),
    after: FIXED,
  },
  {
    name: 'entities that the file has itself',
    path: 'a.html',
    base: '<p>a &lt; b</p>\n',
    content: '<p>a &lt; c</p>',
    after: '<p>a &lt; c</p>\n',
  },
  {
    name: 'an entity that the fix writes',
    content: FIXED.trimEnd().replace('return round(sum);', "return String(round(sum)).replace('<', '&lt;');"),
    after: FIXED.replace('return round(sum);', "return String(round(sum)).replace('<', '&lt;');"),
  },
  { name: 'an indentation of the whole', content: FIXED.trimEnd().replace(/^(?=.)/gm, '    '), after: FIXED },
  {
    name: 'line numbers',
    content: FIXED.trimEnd()
      .split('\n')
      .map((line, index) => `${String(index + 1).padStart(4)} | ${line}`)
      .join('\n'),
    after: FIXED,
  },
  { name: 'a line that goes', content: FIXED.trimEnd().replace('  let sum = 0;\n', ''), after: FIXED.replace('  let sum = 0;\n', '') },
  {
    name: 'a function that goes from the end',
    content: FIXED.slice(0, FIXED.indexOf('\nexport function tax')).trimEnd(),
    after: FIXED.slice(0, FIXED.indexOf('\nexport function tax')),
  },
  {
    name: 'a long file that loses a third',
    base: LONG,
    content: LONG.split('\n').slice(20).join('\n').trimEnd(),
    after: LONG.split('\n').slice(20).join('\n'),
  },
  {
    name: 'a fence in a comment of the file',
    base: `/**\n * \`\`\`js\n * f()\n * \`\`\`\n */\n${JS}`,
    content: `/**\n * \`\`\`js\n * f()\n * \`\`\`\n */\n${FIXED.trimEnd()}`,
    after: `/**\n * \`\`\`js\n * f()\n * \`\`\`\n */\n${FIXED}`,
  },
  {
    name: 'spread syntax',
    content: FIXED.trimEnd().replace('let sum = 0;', 'let sum = 0;\n  const all = {\n    ...order,\n  };'),
    after: FIXED.replace('let sum = 0;', 'let sum = 0;\n  const all = {\n    ...order,\n  };'),
  },
  {
    name: 'a regular expression with a bracket',
    content: FIXED.trimEnd().replace('let sum = 0;', 'let sum = /[{(]/.test(order) ? 1 : 0;'),
    after: FIXED.replace('let sum = 0;', 'let sum = /[{(]/.test(order) ? 1 : 0;'),
  },
  { name: 'Markdown with fences', path: 'README.md', base: '# A\n', content: '# A\n\n```js\na\n```', after: '# A\n\n```js\na\n```\n' },
  // refused, with the reason
  {
    name: 'rest unchanged',
    content: FIXED.slice(0, FIXED.indexOf('\nexport function tax')).concat('\n// … rest unchanged'),
    problem: 'elided',
  },
  { name: 'existing code in Python', path: 'a.py', base: PY, content: '# ... existing code ...\n    return total or 0', problem: 'elided' },
  {
    name: 'an unchanged function',
    content: FIXED.trimEnd().replace('  return round(total(order) * 0.19);', '  /* unchanged */'),
    problem: 'elided',
  },
  { name: 'left out in Chinese', content: `${FIXED.slice(0, 200)}\n// 其余代码保持不变`, problem: 'elided' },
  { name: 'a bracketed note', content: `${FIXED.slice(0, 200)}\n[rest of file]`, problem: 'elided' },
  { name: 'cut in the middle of a line', content: FIXED.slice(0, FIXED.indexOf('sum += item') + 6), problem: 'truncated' },
  { name: 'cut after a line', content: FIXED.slice(0, FIXED.indexOf('  return round(sum);')).trimEnd(), problem: 'truncated' },
  { name: 'cut with brackets open', content: `${FIXED.trimEnd()}\nexport function more() {\n  if (a) {`, problem: 'truncated' },
  { name: 'the second half gone', base: LONG, content: LONG.split('\n').slice(0, 32).join('\n'), problem: 'truncated' },
  { name: 'the first half gone', base: LONG, content: LONG.split('\n').slice(45).join('\n').trimEnd(), problem: 'shrunk' },
  { name: 'only the changed function of a long file', base: `${LONG}${JS}`, content: FIXED.trimEnd(), problem: 'shrunk' },
  { name: 'not closed', answer: `<code_block filename="src/a.js">\n${FIXED}`, problem: 'unterminated' },
  { name: 'a patch', content: '--- a/src/a.js\n+++ b/src/a.js\n@@ -5,1 +5,1 @@\n-a\n+b', problem: 'patch' },
  { name: 'an edit of what is not there', content: '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE', problem: 'edit' },
  { name: 'conflict marks', content: '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> fix', problem: 'patch' },
  { name: 'words before a fence in the block', content: `Here is the file:\n\`\`\`js\n${FIXED}\`\`\``, problem: 'stray-fence' },
  { name: 'a fence that is closed too early', content: `${FIXED}\`\`\`\nThis guards the list.`, problem: 'stray-fence' },
  { name: 'a fence that is not closed', content: `\`\`\`js\n${FIXED.trimEnd()}`, problem: 'unfinished-fence' },
  {
    name: 'entities in a changed line',
    path: 'a.html',
    base: PAGE,
    content: PAGE.trimEnd().replace('  <li class="a">one & two</li>', '  &lt;li class="a"&gt;one &amp; two or three&lt;/li&gt;'),
    problem: 'entities',
  },
  { name: 'two versions', answer: `${lined('src/a.js', FIXED)}\nBetter:\n${lined('src/a.js', JS)}`, problem: 'conflict' },
  { name: 'two names, two versions', answer: `${lined('src/a.js', FIXED)}${lined('/app/src/a.js', JS)}`, problem: 'conflict' },
  { name: 'the tags as entities', answer: escaped(lined('src/a.js', FIXED)), problem: 'escaped' },
  { name: 'fences with names in place of blocks', answer: `\`\`\`js src/a.js\n${FIXED}\`\`\``, problem: 'no-blocks' },
  {
    name: 'a new file with something left out',
    answer: `<code_block filename="test/a.test.js" new="true">\ntest('a', () => {\n  // ... rest of the test\n});\n</code_block>`,
    problem: 'elided',
  },
];

test.each(ROWS.map((row) => [row.name, row] as const))(
  '%s',
  (_name, { path = 'src/a.js', base = JS, mode = '100644', content = '', answer, after, problem }) => {
    const parsed = parseAnswer(answer ?? lined(path, content));
    const { placed, problems } = placeBlocks(parsed.blocks, [path]);
    const result = toChanges('c0ffee', placed, new Map([[path, { bytes: Buffer.from(base), mode }]]));
    const all = [...parsed.problems, ...problems, ...result.problems];
    expect([all.map(({ kind }) => kind), result.changes.files.map((file) => file.after?.toString('utf8'))]).toEqual(
      problem === undefined ? [[], [after]] : [[problem], expect.anything()],
    );
    if (problem === undefined) expect(result.changes.files[0]?.mode).toBe(mode);
    else expect(describeProblems(all)).toMatch(/^- [^\n]{10,400}$/);
  },
);

test('its own path as a comment above a first line that was changed', () => {
  const base = 'export const newest = (list) => list[0].at;\n';
  const after = (content: string, path = 'src/keep.js'): string | undefined =>
    toChanges(
      'c',
      [{ path, content, isNew: false }],
      new Map([[path, { bytes: Buffer.from(base), mode: '100644' }]]),
    ).changes.files[0]?.after?.toString();
  const fixed = base.replace('[0]', '[0]?');
  expect(after(`// src/keep.js\n${fixed}`)).toBe(fixed);
  expect(after(`// src/other.js\n${fixed}`)).toBe(`// src/other.js\n${fixed}`);
});

test('edits with LF of a file with CRLF', () => {
  const base =
    "function lines(file) {\r\n  return read(file).split('\\r\\n');\r\n}\r\n\r\nfunction head(file) {\r\n  return lines(file)[0].trim();\r\n}\r\n";
  const hunk = (from: string, to: string): string => `<<<<<<< SEARCH\n${from}\n=======\n${to}\n>>>>>>> REPLACE\n`;
  const content = `${hunk("  return read(file).split('\\r\\n');", '  return read(file).split(/\\r?\\n/);')}${hunk('  return lines(file)[0].trim();', "  const [first = ''] = lines(file);\n  return first.trim();")}`;
  const { changes } = toChanges(
    'c',
    [{ path: 'a.js', content, isNew: false }],
    new Map([['a.js', { bytes: Buffer.from(base), mode: '100644' }]]),
  );
  expect(changes.files[0]?.after?.toString()).toBe(
    base
      .replace("split('\\r\\n')", 'split(/\\r?\\n/)')
      .replace('  return lines(file)[0].trim();', "  const [first = ''] = lines(file);\r\n  return first.trim();"),
  );
});

/** Known wrong: what is taken as it stands. A row that begins to fail here has been mended: move it up. */
test.each<[string, string, string]>([
  ['a file that is escaped once more than it was', '<p>a &lt; b</p>\n', '<p>a < b</p>'],
  ['a helper left out without a word', JS, JS.slice(0, JS.indexOf('\nexport function tax')).trimEnd()],
])('known wrong: %s', (_name, base, content) => {
  const { problems } = toChanges(
    'c0ffee',
    [{ path: 'a.html', content, isNew: false }],
    new Map([['a.html', { bytes: Buffer.from(base), mode: '100644' }]]),
  );
  expect(problems).toEqual([]);
});

test('a big answer is compared in time', async () => {
  const big = JS.repeat(400);
  const compare = (change: (text: string) => string): void => {
    toChanges(
      'c',
      [{ path: 'a.js', content: change(big), isNew: false }],
      new Map([['a.js', { bytes: Buffer.from(big), mode: '100644' }]]),
    );
  };
  expect(await isDoneWithin(20_000, () => compare(escaped))).toBe(true);
  expect(await isDoneWithin(20_000, () => compare((text) => text.replaceAll('0.19', '0.2 /* &lt; a b c */')))).toBe(true);
});
