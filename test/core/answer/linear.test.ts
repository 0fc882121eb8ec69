// No answer of a model is worse than linear to read and to put into form, whatever its lines hold.
import { toChanges } from '../../../src/core/answer/changes.ts';
import { applyEdits } from '../../../src/core/answer/edits.ts';
import { findElisions } from '../../../src/core/answer/elision.ts';
import { leftOut } from '../../../src/core/answer/left-out.ts';
import { parseAnswer } from '../../../src/core/answer/parse.ts';
import { isDoneWithin, isLinear } from '../../support/processor-time.ts';

type Make = (n: number) => string;

const each = (n: number, line: (at: number) => string): string => Array.from({ length: n }, (_, at) => line(at)).join('\n');
const code: Make = (n) => each(n, (at) => `    const a${at} = f(${at});`);

const FILES: readonly (readonly [string, Make, Make])[] = [
  ['code in place of nothing', code, () => 'x();\n'],
  ['blank lines', (n) => '\n'.repeat(n), () => 'x();\n'],
  ['the same line', (n) => 'x();\n'.repeat(n), () => 'x();\n'],
  ['colons', (n) => ':'.repeat(n), () => 'x();\n'],
  ['lines of a sign', (n) => ':\n'.repeat(n), () => 'x();\n'],
  ['blanks behind each line', (n) => each(n, (at) => `a${at};  `), (n) => each(n, (at) => `a${at};`)],
  ['tabs in place of blanks', (n) => code(n).replaceAll('    ', '\t'), code],
  ['deeper and deeper', (n) => each(n, (at) => `${'\t'.repeat(at % 40)}a${at};`), (n) => each(n, (at) => `${'  '.repeat(at % 40)}a${at};`)],
  ['numbers before each line', (n) => each(n, (at) => `${at} | a${at};`), (n) => each(n, (at) => `a${at};`)],
  ['a line between each two', (n) => each(n, (at) => `a${at};\n`), (n) => each(n, (at) => `a${at};`)],
  ['every second line gone', (n) => each(n, (at) => `a${2 * at};`), (n) => each(n, (at) => `a${at};`)],
  ['remarks', (n) => each(n, (at) => `// ... the rest ${at} ...`), code],
  ['entities', (n) => each(n, (at) => `if (a${at} &lt; b &amp;&amp; c) {}`), (n) => each(n, (at) => `if (a${at} < b && c) {}`)],
];

test.each(FILES)('a file: %s', async (_, after, before) => {
  const take = (size: number): void => {
    const [content, base] = [after(size), before(size)];
    const bytes = Buffer.from(base);
    toChanges('c0ffee', [{ path: 'src/a.js', content, isNew: false }], new Map([['src/a.js', { bytes, mode: '100644' as const }]]));
    findElisions(content, base, 'src/a.js');
    leftOut([{ path: 'src/a.js', before: base, after: content, isWhole: true }]);
  };
  expect(await isLinear(take, 600)).toBe(true);
});

const ANSWERS: readonly (readonly [string, Make])[] = [
  ['words', (n) => 'word '.repeat(n)],
  ['blocks', (n) => each(n, (at) => `<code_block filename="src/a${at}.js">\nx();\n</code_block>`)],
  ['blocks that are not closed', (n) => '<code_block filename="src/a.js">\n'.repeat(n)],
  ['ends of blocks', (n) => '</code_block>\n'.repeat(n)],
  ['fences', (n) => '```js\nx();\n```\n'.repeat(n)],
  ['fences that are not closed', (n) => each(n, (at) => `${'`'.repeat(3 + (at % 9))}js`)],
  ['lines of a patch', (n) => each(n, (at) => `@@ -${at},1 +${at},1 @@\n-a\n+b`)],
  ['quotation marks', (n) => `<code_block filename="${'"'.repeat(n)}`],
];

test.each(ANSWERS)('an answer: %s', async (_, make) => {
  expect(await isLinear((size) => parseAnswer(make(size)), 600)).toBe(true);
});

/** Each edit looks through the file: so many as an answer holds, in as long a file, are done at once. */
const EDITS: readonly (readonly [string, Make, Make])[] = [
  [
    'each another line',
    (n) => each(n, (at) => `<<<<<<< SEARCH\na${at};\n=======\nb${at};\n>>>>>>> REPLACE`),
    (n) => each(n, (at) => `a${at};`),
  ],
  ['what is nowhere', (n) => `<<<<<<< SEARCH\n${code(n)}\n=======\nb\n>>>>>>> REPLACE`, (n) => each(n, (at) => `a${at};`)],
];

test.each(EDITS)('edits: %s', async (_, edits, base) => {
  expect(await isDoneWithin(3000, () => applyEdits('src/a.js', edits(2000), base(2000)))).toBe(true);
});
