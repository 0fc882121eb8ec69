// Answers as models write them, well and badly. What is not clearly a block must be a problem, never a guess.
import { readdirSync, readFileSync } from 'node:fs';
import { parseAnswer } from '../../../src/core/answer/parse.ts';
import { isLinear } from '../../support/processor-time.ts';

interface Expected {
  readonly summary?: string;
  /** File name, content, and `new` where the answer says so. */
  readonly blocks?: readonly (readonly [string, string] | readonly [string, string, 'new'])[];
  readonly problems?: readonly string[];
}

const block = (name: string, content: string, more = ''): string => `<code_block filename="${name}"${more}>\n${content}</code_block>`;

test.each<[string, string, Expected]>([
  ['one block', block('a.js', 'let a;\n'), { blocks: [['a.js', 'let a;\n']] }],
  ['words before and after', `Guard it.\n\n${block('a.js', 'a\n')}\n\nDone.`, { summary: 'Guard it.\n\nDone.', blocks: [['a.js', 'a\n']] }],
  [
    'two blocks',
    `${block('a.js', 'a\n')}\n${block('b.js', 'b\n')}`,
    {
      blocks: [
        ['a.js', 'a\n'],
        ['b.js', 'b\n'],
      ],
    },
  ],
  ['only words', 'I could not find the cause.', { summary: 'I could not find the cause.' }],
  ['nothing at all', '', {}],
  ['a new file', block('t.js', 't\n', ' new="true"'), { blocks: [['t.js', 't\n', 'new']] }],
  ['a new file, bare attribute', block('t.js', 't\n', ' new'), { blocks: [['t.js', 't\n', 'new']] }],
  ['new="false" is not new', block('t.js', 't\n', ' new="false"'), { blocks: [['t.js', 't\n']] }],
  ['attributes in another order', '<code_block new="true" filename="t.js">\nt\n</code_block>', { blocks: [['t.js', 't\n', 'new']] }],
  ['single quotes', "<code_block filename='a.js'>\na\n</code_block>", { blocks: [['a.js', 'a\n']] }],
  ['no quotes', '<code_block filename=src/a.js>\na\n</code_block>', { blocks: [['src/a.js', 'a\n']] }],
  ['spaces around the equals sign', '<code_block filename = "a.js" >\na\n</code_block>', { blocks: [['a.js', 'a\n']] }],
  ['a line break in the tag', '<code_block\n  filename="a.js"\n>\na\n</code_block>', { blocks: [['a.js', 'a\n']] }],
  ['capital letters in the tag', '<Code_Block FileName="a.js">\na\n</CODE_BLOCK>', { blocks: [['a.js', 'a\n']] }],
  ['entities in the name', block('R&amp;D/it&#39;s &quot;x&quot;.js', 'a\n'), { blocks: [['R&D/it\'s "x".js', 'a\n']] }],
  ['entities in the content stay', block('a.html', '&lt;b&gt;\n'), { blocks: [['a.html', '&lt;b&gt;\n']] }],
  ['a > within the quoted name', block('a>b.js', 'a\n'), { blocks: [['a>b.js', 'a\n']] }],
  ['CRLF', '<code_block filename="a.js">\r\nlet a;\r\n</code_block>\r\n', { blocks: [['a.js', 'let a;\n']] }],
  ['byte order mark before the answer', `\uFEFF${block('a.js', 'a\n')}`, { blocks: [['a.js', 'a\n']] }],
  ['content on the line of the tags', '<code_block filename="a.txt">one line</code_block>', { blocks: [['a.txt', 'one line']] }],
  ['indented closing tag', '<code_block filename="a.js">\na\n  </code_block>', { blocks: [['a.js', 'a\n']] }],
  ['leading empty lines are content', block('a.py', '\n\nx = 1\n'), { blocks: [['a.py', '\n\nx = 1\n']] }],
  ['indentation is content', block('a.py', '    x = 1\n'), { blocks: [['a.py', '    x = 1\n']] }],
  ['fence just inside', block('a.js', '```js\nlet a;\n```\n'), { blocks: [['a.js', 'let a;\n']] }],
  ['tilde fence just inside', block('a.js', '~~~\nlet a;\n~~~\n'), { blocks: [['a.js', 'let a;\n']] }],
  ['fence inside with a longer mark', block('a.js', '````js\nlet a = `\n```\n`;\n````\n'), { blocks: [['a.js', 'let a = `\n```\n`;\n']] }],
  ['fence just around', `Here:\n\`\`\`xml\n${block('a.js', 'a\n')}\n\`\`\`\nEnd.`, { summary: 'Here:\n\nEnd.', blocks: [['a.js', 'a\n']] }],
  ['a Markdown file keeps its fences', block('x.md', '```js\na\n```\n'), { blocks: [['x.md', '```js\na\n```\n']] }],
  ['a fence within a file is content', block('a.js', '/*\n```\n*/\n'), { blocks: [['a.js', '/*\n```\n*/\n']] }],
  [
    'the closing tag within the file',
    block('a.js', "const close = '</code_block>';\nlet b;\n"),
    { blocks: [['a.js', "const close = '</code_block>';\nlet b;\n"]] },
  ],
  [
    'the closing tag alone on a line within the file',
    block('a.html', '<p>\n</code_block>\n<p>\n'),
    { blocks: [['a.html', '<p>\n</code_block>\n<p>\n']] },
  ],
  [
    'the closing tag in the words after',
    `${block('a.js', 'a\n')}\nI closed it with </code_block> as asked.`,
    { summary: 'I closed it with </code_block> as asked.', blocks: [['a.js', 'a\n']] },
  ],
  [
    'an opening tag quoted in the words',
    `I use \`<code_block filename="a.js">\` below.\n${block('a.js', 'a\n')}`,
    { summary: 'I use `<code_block filename="a.js">` below.', blocks: [['a.js', 'a\n']] },
  ],
  ['another element is no block', '<code_blocks filename="a.js">\na\n</code_blocks>', { blocks: [], problems: ['no-blocks'] }],
  ['the same block twice', `${block('a.js', 'a\n')}\n${block('a.js', 'a\n')}`, { blocks: [['a.js', 'a\n']] }],
  ['two versions of one file', `${block('a.js', 'a\n')}\n${block('a.js', 'b\n')}`, { problems: ['conflict'] }],
  [
    'two versions, another file stays',
    `${block('a.js', 'a\n')}${block('a.js', 'b\n')}${block('c.js', 'c\n')}`,
    { blocks: [['c.js', 'c\n']], problems: ['conflict'] },
  ],
  ['not closed', '<code_block filename="a.js">\nlet a;\n', { problems: ['unterminated'] }],
  [
    'the first not closed',
    `<code_block filename="a.js">\nlet a;\n${block('b.js', 'b\n')}`,
    { blocks: [['b.js', 'b\n']], problems: ['unterminated'] },
  ],
  ['a tag that is cut', 'words <code_block filename="a', { problems: ['no-blocks'], summary: 'words <code_block filename="a' }],
  ['no name', '<code_block>\na\n</code_block>', { problems: ['no-filename'] }],
  ['an empty name', block('', 'a\n'), { problems: ['no-filename'] }],
  ['no content', block('a.js', ''), { problems: ['empty'] }],
  ['only white space', block('a.js', ' \n\n'), { problems: ['empty'] }],
  ['a fence opened and not closed', block('a.js', '```js\nlet a;\n'), { problems: ['unfinished-fence'] }],
])('%s', (_name, text, expected) => {
  const answer = parseAnswer(text);
  expect(answer.blocks.map(({ filename, content, isNew }) => (isNew ? [filename, content, 'new'] : [filename, content]))).toEqual(
    expected.blocks ?? [],
  );
  expect(answer.problems.map(({ kind }) => kind)).toEqual(expected.problems ?? []);
  if (expected.summary !== undefined) expect(answer.summary).toBe(expected.summary);
});

describe('known wrong answers: what the parser should do and does not', () => {
  test.each<[string, string, { readonly desired: readonly string[]; readonly actual: readonly string[] }]>([
    [
      'a file that holds a whole block of its own is refused, not read',
      block('doc.js', `/*\n${block('x.js', 'x\n')}\n*/\n`),
      { desired: ['doc.js'], actual: ['x.js'] },
    ],
  ])('%s', (_name, text, { desired, actual }) => {
    const answer = parseAnswer(text);
    expect(answer.blocks.map(({ filename }) => filename)).toEqual(actual);
    expect(actual).not.toEqual(desired);
    // Safe all the same: a problem spoils the whole answer.
    expect(answer.problems).not.toEqual([]);
  });
});

test.each<[string, (size: number) => string]>([
  ['openers', (size) => '<code_block filename="a" '.repeat(size)],
  ['ends', (size) => `<code_block filename="a">${'</code_block> '.repeat(size)}`],
  ['blanks in one', (size) => `<code_block${' '.repeat(10 * size)}`],
])('a long answer of tags only is read in time that grows with its length: %s', async (_name, text) => {
  expect(await isLinear((size) => parseAnswer(text(size)), 2500)).toBe(true);
});

describe('golden answers', () => {
  const golden = new URL('../../golden/answers/', import.meta.url);
  const names = readdirSync(golden).filter((name) => name.endsWith('.txt'));
  test.each(names)('%s', (name) => {
    const read = (file: string): string => readFileSync(new URL(file, golden), 'utf8');
    expect(parseAnswer(read(name))).toEqual(JSON.parse(read(name.replace(/txt$/, 'json'))));
  });
});

test.each([
  ['search and replace without a name', '```\n<<<<<<< SEARCH\nf();\n=======\ng();\n>>>>>>> REPLACE\n```'],
  ['search and replace that is cut', 'src/a.js\n```\n<<<<<<< SEARCH\nf();\n=======\ng();\n'],
  ['a path, then a fence', '**src/a.js**\n\n```js\nf();\n```\n'],
  ['the tags of the question', '<file-abc12345 path="src/a.js">\nf();\n</file-abc12345>\n'],
  ['a patch', '--- a/src/a.js\n+++ b/src/a.js\n@@ -1 +1 @@\n-f();\n+g();\n'],
])('files in another form: %s', (_name, text) => {
  expect(parseAnswer(text)).toMatchObject({ blocks: [], problems: [{ kind: 'no-blocks' }] });
});

test('a tag within a sentence is spoken of', () => {
  const { blocks, problems } = parseAnswer(
    'I will write <code_block filename="a.js"> with the file.\n\n<code_block filename="a.js">\nf();\n</code_block>\n',
  );
  expect([blocks.map(({ content }) => content), problems]).toEqual([['f();\n'], []]);
});
