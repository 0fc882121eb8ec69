// A fourth set of answers in forms that nobody asked for, in other languages and as other tools write them. Each names its
// right outcomes (see answers.ts), decided before it was run. The halves are told apart by a hash of the name: the rules were
// mended with the one, the other was only counted. When they were first run 28 of 36 and 22 of 26 were right.
import { createHash } from 'node:crypto';
import { block, EDIT, FIXED, JS, outcomeOf, type Row } from './answers.ts';

const fence = (info: string, text = FIXED): string => `\`\`\`${info}\n${text}\`\`\``;
const FOR = '  for (const item of order.items) {\n';
const edit = (search: string, replace: string): string => `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;
const left = (words: string): string => block('src/a.js', FIXED.replace(/export function tax[\s\S]*$/, `${words}\n`));

const ROWS: readonly Row[] = [
  ['all of it in a fence, with words', `\`\`\`\nThe list may be missing.\n\n${block('src/a.js', FIXED)}\n\`\`\``, 'ok'],
  ['declined in Korean', '코드를 변경할 필요가 없습니다. 데이터베이스 연결 실패입니다.', 'none'],
  ['declined in Japanese', '変更は不要です。`src/a.js` は正しく、入力データが壊れています。', 'none'],
  ['declined in Spanish', 'No hay que cambiar nada: el disco está lleno (véase src/a.js).', 'none'],
  [
    'declined in German with a command',
    'Am Code ist nichts falsch. Bitte den Dienst starten:\n\n```bash\nsystemctl start postgresql\n```',
    'none',
  ],
  ['declined in Russian', 'Менять ничего не нужно: сервис был недоступен.', 'none'],
  ['refused', 'I cannot help with that.', 'none'],
  ['declined as JSON', '{"changes": [], "reason": "the input was bad"}', 'none'],
  ['declined by an empty tag', 'The input was bad.\n\n<no_change/>', 'none'],
  ['declined with the code quoted', `The code is right:\n\n\`\`\`js\n${FOR}\`\`\`\n\nNothing is to be changed.`, 'none'],
  ['declined with a test that was run', 'All 12 tests pass as it is.\n\n```\nℹ pass 12\nℹ fail 0\n```\nNo change.', 'none'],
  ['French label', `Fichier : \`src/a.js\`\n\n${fence('js')}`, 'again|ok'],
  ['Chinese label', `文件：src/a.js\n${fence('js')}`, 'again|ok'],
  ['Chinese words around a block', `修复如下：\n${block('src/a.js', FIXED)}\n以上。`, 'ok'],
  ['Japanese label', `ファイル名: src/a.js\n${fence('javascript')}`, 'again|ok'],
  ['Russian label', `Файл: src/a.js\n${fence('js')}`, 'again|ok'],
  ['corner brackets for quotes', `<code_block filename=「src/a.js」>\n${FIXED}</code_block>`, 'again|ok'],
  ['full-width tag', `＜code_block filename="src/a.js"＞\n${FIXED}＜/code_block＞`, 'again|ok'],
  ['escaped as HTML', block('src/a.js', FIXED).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'), 'again|ok'],
  ['the answer as a JSON string', JSON.stringify(block('src/a.js', FIXED)), 'again|ok'],
  ['newlines written out', block('src/a.js', FIXED).replaceAll('\n', '\\n'), 'again|ok'],
  ['new="false"', block('src/a.js', FIXED, ' new="false"'), 'ok'],
  ['new="1" for a test', block('src/a.js', FIXED) + block('test/b.test.js', "test('y', () => {});\n", ' new="1"'), 'ok+'],
  ['status="new" for a test', block('src/a.js', FIXED) + block('test/b.test.js', "test('y', () => {});\n", ' status="new"'), 'ok+|again'],
  ['attributes on lines of their own', `<code_block\n  filename="src/a.js"\n  language="js"\n>\n${FIXED}</code_block>`, 'ok'],
  ['a comment behind the opening tag', `<code_block filename="src/a.js"> <!-- fixed -->\n${FIXED}</code_block>`, 'ok|again'],
  ['attributes in the closing tag', `<code_block filename="src/a.js">\n${FIXED}</code_block filename="src/a.js">`, 'ok|again'],
  ['closed twice', `${block('src/a.js', FIXED)}</code_block>`, 'ok|again'],
  ['a fence that closes behind the tag', `<code_block filename="src/a.js">\n\`\`\`js\n${FIXED}</code_block>\n\`\`\``, 'ok|again'],
  ['ORIGINAL and UPDATED', block('src/a.js', EDIT.replace('SEARCH', 'ORIGINAL').replace('REPLACE', 'UPDATED')), 'ok|again'],
  ['an edit with numbers of lines', block('src/a.js', edit(`5 | ${FOR}`, `5 | ${FOR.replace('items)', 'items ?? [])')}`)), 'ok|again'],
  ['an edit with dots in what is searched', block('src/a.js', edit(`export function total(order) {\n  ...\n${FOR}`, FOR)), 'again'],
  ['an edit of what stands twice', block('src/a.js', edit('}\n', '};\n')), 'again'],
  ['an edit that searches nothing', block('src/a.js', edit('', FIXED)), 'again'],
  ['an edit with CRLF', block('src/a.js', EDIT).replaceAll('\n', '\r\n'), 'ok'],
  [
    'old_string and new_string in a block',
    block('src/a.js', `<old_string>\n${FOR}</old_string>\n<new_string>\n${FOR.replace('items)', 'items ?? [])')}</new_string>\n`),
    'ok|again',
  ],
  [
    'apply_patch of a shell',
    "apply_patch <<'EOF'\n*** Begin Patch\n*** Update File: src/a.js\n@@\n-  for (const item of order.items) {\n+  for (const item of order.items ?? []) {\n*** End Patch\nEOF",
    'again',
  ],
  [
    'git apply of a shell',
    "```sh\ngit apply <<'EOF'\n--- a/src/a.js\n+++ b/src/a.js\n@@ -5 +5 @@\n-  for (const item of order.items) {\n+  for (const item of order.items ?? []) {\nEOF\n```",
    'again',
  ],
  [
    'a diff by words',
    '```diff\ndiff --git a/src/a.js b/src/a.js\n@@ -5 +5 @@\n  for (const item of [-order.items)-]{+order.items ?? [])+} {\n```',
    'again',
  ],
  ['JSON Patch', '[{"op":"replace","path":"/src/a.js","value":"export const a = 1;"}]', 'again'],
  [
    'a call of a tool as JSON',
    '{"name":"str_replace","arguments":{"path":"src/a.js","old_str":"order.items)","new_str":"order.items ?? [])"}}',
    'again',
  ],
  ['the path in the fence behind a colon', fence('js:src/a.js'), 'again|ok'],
  ['the path in the fence as an attribute', fence('js {file=src/a.js}'), 'again|ok'],
  ['the path alone in the fence', fence('src/a.js'), 'again|ok'],
  ['four backticks', `\`src/a.js\`\n\n\`${fence('js')}\``, 'again|ok'],
  ['PowerShell', `\`\`\`powershell\nSet-Content -Path src/a.js -Value @'\n${FIXED}'@\n\`\`\``, 'again'],
  [
    'a script that writes',
    "```python\np = 'src/a.js'\ns = open(p).read()\nopen(p, 'w').write(s.replace('order.items)', 'order.items ?? [])'))\n```",
    'again',
  ],
  ['a summary in a tag', `<summary>Guards the list.</summary>\n${block('src/a.js', FIXED)}`, 'ok'],
  ['changes within changes', `<file_changes>\n  <change>\n${block('src/a.js', FIXED)}\n  </change>\n</file_changes>`, 'ok'],
  ['left out in Portuguese', left('// o resto do arquivo permanece igual'), 'again'],
  ['left out in Korean', left('// 나머지 코드는 동일'), 'again'],
  ['left out in square brackets', left('// [unchanged: tax()]'), 'again'],
  ['left out by a vertical ellipsis', left('⋮'), 'again'],
  ['left out by a region', left('// #region unchanged\n// #endregion'), 'again'],
  ['left out without a word', left(''), 'again'],
  ['a drive and forward slashes', block('C:/work/repo/src/a.js', FIXED), 'ok'],
  ['an address of a workspace', block('workspace://src/a.js', FIXED), 'ok|again'],
  ['a question behind the path', block('src/a.js?raw', FIXED), 'ok|again'],
  ['a full-width slash', block('src／a.js', FIXED), 'ok|again|outside'],
  ['a no-break space behind the path', block('src/a.js\u00a0', FIXED), 'ok|again'],
  ['nothing changed', block('src/a.js', JS), 'again|none'],
  [
    'a lone carriage return in a text',
    block('src/a.js', FIXED.replace('export function tax', "export const sep = '\\r';\nexport function tax")),
    'ok+',
  ],
];

const isTuned = (name: string): boolean => Number.parseInt(createHash('sha256').update(name).digest('hex').slice(0, 2), 16) < 128;

/** Of the half that is only counted. */
const RIGHT_UNSEEN = 25;

for (const [name, answer, want] of ROWS.filter(([name]) => isTuned(name)))
  test(name, () => expect(want.split('|')).toContain(outcomeOf(answer, want)));

test('of the half that nothing was mended for', () => {
  const rows = ROWS.filter(([name]) => !isTuned(name));
  const right = rows.filter(([, answer, want]) => want.split('|').includes(outcomeOf(answer, want)));
  expect(`${right.length} of ${rows.length}`).toBe(`${RIGHT_UNSEEN} of ${rows.length}`);
});
