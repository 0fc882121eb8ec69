// A fifth set, written after the rules had been mended with the four before: nothing was mended for it.
import { type Base, C, CS, GO, HTML, JAVA, KT, MAKE, PHP, PY, RB, RS, SH, SQL, TSX, YAML } from './bases.ts';
import { block, type Case, named, sr } from './case.ts';

const fenced = (text: string, info = '', mark = '```'): string => `${mark}${info}\n${text.replace(/\n?$/, '\n')}${mark}\n`;
const edit = (base: Base): string => sr(`${base.line}\n`, `${base.fixedLine}\n`);
function without(base: Base, from: string, to: string, words: string): string {
  const start = base.fixed.indexOf(from);
  const end = base.fixed.indexOf(to, start + 1);
  if (start < 0 || end <= start) throw new Error(`${base.path} lacks ${from} or ${to}`);
  return block(base, base.fixed.slice(0, start) + words + base.fixed.slice(end));
}
const swapped = (base: Base, old: string, now: string): string => block(base, base.fixed.replaceAll(old, now));

export const FIFTH: readonly Case[] = [
  {
    name: 'sr: citations of a search in it',
    base: PY,
    answer: block(PY, edit(PY).replace('SEARCH\n', 'SEARCH 【4†source】\n')),
    want: ['applied', 'again'],
  },
  { name: 'sr: two names above', base: PY, answer: `In app/orders.py\napp/orders.py\n${edit(PY)}`, want: ['applied', 'again'] },
  {
    name: 'sr: an absolute name above',
    base: JAVA,
    answer: `/repo/${JAVA.path}\n${fenced(edit(JAVA), 'java')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'sr: words between mark and text',
    base: JAVA,
    answer: block(JAVA, edit(JAVA).replace('SEARCH\n', 'SEARCH\n(line 13)\n')),
    want: ['again'],
  },
  {
    name: 'sr: the marks closed with the same one',
    base: RS,
    answer: block(RS, edit(RS).replace('>>>>>>> REPLACE', '<<<<<<< REPLACE')),
    want: ['again'],
  },
  {
    name: 'sr: more indentation than there is',
    base: TSX,
    answer: block(TSX, sr(`    ${TSX.line}\n`, `    ${TSX.fixedLine}\n`)),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: from an older version of the file',
    base: CS,
    answer: block(CS, sr('            return this.prices[name];\n', `${CS.fixedLine}\n`)),
    want: ['again'],
  },
  {
    name: 'sr: a blank line too many',
    base: KT,
    answer: block(KT, sr(`    fun width(): Int {\n\n${KT.line}\n`, `    fun width(): Int {\n${KT.fixedLine}\n`)),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: removes a method in passing',
    base: PHP,
    answer: block(
      PHP,
      edit(PHP) +
        sr("    public function isEmpty(): bool\n    {\n        return $this->name === null || trim($this->name) === '';\n    }\n", ''),
    ),
    want: ['again'],
  },
  { name: 'sr: empties a function', base: SH, answer: block(SH, edit(SH) + sr('  echo "/backup/$1"\n', '  # ...\n')), want: ['again'] },
  {
    name: 'patch: no names, hunks alone',
    base: GO,
    answer: fenced(
      `@@ -9,3 +9,6 @@\n func (f *Feed) Add(name string) {\n-\tf.seen[name]++\n+\tif f.seen == nil {\n+\t\tf.seen = map[string]int{}\n+\t}\n+\tf.seen[name]++\n }`,
      'diff',
    ),
    want: ['again', 'applied'],
  },
  {
    name: 'patch: of two files, one of them new',
    base: GO,
    answer: fenced(
      `--- a/${GO.path}\n+++ b/${GO.path}\n@@ -10 +10 @@\n-\tf.seen[name]++\n+\tf.add(name)\n--- /dev/null\n+++ b/feed/add.go\n@@ -0,0 +1 @@\n+package feed\n`,
      'diff',
    ),
    want: ['again'],
  },
  {
    name: 'patch: within an edit',
    base: RB,
    answer: block(RB, `<<<<<<< SEARCH\n-${RB.line}\n=======\n+${RB.fixedLine}\n>>>>>>> REPLACE\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'patch: each line a sign and a number',
    base: SQL,
    answer: `${SQL.path}\n- 5   note VARCHAR(10)\n+ 5   note VARCHAR(200)\n`,
    want: ['again', 'none'],
  },
  {
    name: 'v4a: absolute path',
    base: RB,
    answer: `*** Begin Patch\n*** Update File: /repo/${RB.path}\n@@ class Mailer\n@@   def greet(name)\n-${RB.line}\n+${RB.fixedLine}\n*** End Patch\n`,
    want: ['again', 'applied'],
  },
  {
    name: 'v4a: in our block, without the envelope',
    base: RB,
    answer: block(RB, `@@ def greet(name)\n-${RB.line}\n+${RB.fixedLine}\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'tool: an object of calls',
    base: PY,
    answer: JSON.stringify({ tool: 'Write', input: { file_path: PY.path, content: PY.fixed } }),
    want: ['again'],
  },
  {
    name: 'tool: Edit as a function',
    base: PY,
    answer: `Edit(file_path="${PY.path}", old_string='for item in order["items"]:', new_string='for item in order.get("items", []):')`,
    want: ['again'],
  },
  {
    name: 'tool: antml',
    base: PHP,
    answer: `<function_calls>\n<invoke name="str_replace_based_edit_tool">\n<parameter name="command">str_replace</parameter>\n<parameter name="path">${PHP.path}</parameter>\n<parameter name="old_str">strtoupper($this->name)</parameter>\n</invoke>\n</function_calls>`,
    want: ['again'],
  },
  { name: 'tool: a broken JSON', base: YAML, answer: `{"path": "${YAML.path}", "content": "server:\\n  port: 80`, want: ['again'] },
  {
    name: 'tool: reads first',
    base: YAML,
    answer: `Let me look at the file first.\n\n${fenced(`cat ${YAML.path}`, 'bash')}`,
    want: ['none', 'again'],
  },
  {
    name: 'md: a heading of a file and two fences',
    base: TSX,
    answer: `### ${TSX.path}\n\nBefore:\n${fenced(TSX.line, 'tsx')}\nAfter:\n${fenced(TSX.fixedLine, 'tsx')}`,
    want: ['again'],
  },
  { name: 'md: the file in a fence of its name', base: MAKE, answer: fenced(MAKE.fixed, 'Makefile'), want: ['again', 'applied'] },
  { name: 'md: the answer ends with the fence open', base: RS, answer: `${RS.path}:\n\`\`\`rust\n${RS.fixed}`, want: ['again'] },
  {
    name: 'md: a path with a line above a snippet',
    base: JAVA,
    answer: `${JAVA.path}:12\n${fenced('    public String first() {\n        return names.isEmpty() ? "" : names.get(0);\n    }', 'java')}`,
    want: ['again'],
  },
  { name: 'md: HTML of a page', base: HTML, answer: `Here is the page:\n\n${HTML.fixed}`, want: ['again', 'applied'] },
  {
    name: 'md: an inline fix in a sentence',
    base: SQL,
    answer: 'Widen the column: `note VARCHAR(200)` in `db/schema.sql`.',
    want: ['none', 'again'],
  },
  {
    name: 'tag: closing tag before the last line',
    base: RB,
    answer: `<code_block filename="${RB.path}">\n${RB.fixed.replace(/end\n$/, '')}</code_block>\nend\n`,
    want: ['again', 'left'],
  },
  {
    name: 'tag: quotes of HTML',
    base: RB,
    answer: `<code_block filename=&quot;${RB.path}&quot;>\n${RB.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: a backslash in the name',
    base: RB,
    answer: `<code_block filename="lib\\mailer.rb">\n${RB.fixed}</code_block>`,
    want: ['applied'],
  },
  { name: 'tag: a full stop behind the name', base: RB, answer: named(RB, 'lib/mailer.rb.'), want: ['applied', 'again'] },
  {
    name: 'tag: the tag in a fence, the file behind it',
    base: RB,
    answer: `\`\`\`\n<code_block filename="${RB.path}">\n\`\`\`\n${RB.fixed}\n\`\`\`\n</code_block>\n\`\`\``,
    want: ['again', 'applied'],
  },
  { name: 'tag: delete', base: RB, answer: `<delete_file>${RB.path}</delete_file>`, want: ['again'] },
  { name: 'note: Markdown front matter', base: SH, answer: `---\nfile: ${SH.path}\n---\n${SH.fixed}`, want: ['applied', 'again'] },
  {
    name: 'note: XML of a document',
    base: CS,
    answer: `<?xml version="1.0"?>\n<files><file name="${CS.path}"><![CDATA[${CS.fixed}]]></file></files>`,
    want: ['again', 'applied'],
  },
  { name: 'note: Lisp', base: YAML, answer: `(write-file "${YAML.path}" "server:\\n  port: 80\\n")`, want: ['again', 'none'] },
  {
    name: 'left: Danish, Java',
    base: JAVA,
    answer: without(JAVA, '    public int size', '    public String joined', '    // uændret\n'),
    want: ['again'],
  },
  {
    name: 'left: Estonian, PHP',
    base: PHP,
    answer: without(PHP, '    public function short', '    public function isEmpty', '    // ülejäänud kood jääb samaks\n'),
    want: ['again'],
  },
  {
    name: 'left: Tamil, Python',
    base: PY,
    answer: without(PY, 'def label', 'def is_large', '# மீதமுள்ள குறியீடு மாறவில்லை\n\n\n'),
    want: ['again'],
  },
  {
    name: 'left: Serbian, in a body of Go',
    base: GO,
    answer: without(GO, '\tif n, ok', '}\n\nfunc Title', '\t// остало исто\n\treturn 0\n'),
    want: ['again'],
  },
  {
    name: 'left: a comment within a call',
    base: TSX,
    answer: swapped(TSX, '<ul>{shown.map((name) => <li key={name}>{name}</li>)}</ul>', '<ul>{/* list */}</ul>'),
    want: ['again', 'left'],
  },
  {
    name: 'left: three dots alone',
    base: C,
    answer: block(C, C.fixed.replaceAll('\r\n', '\n').replace(/int get[\s\S]*$/, '...\n')),
    want: ['again'],
  },
  { name: 'left: etc.', base: SQL, answer: without(SQL, 'CREATE TABLE items', 'CREATE VIEW', '-- etc.\n'), want: ['again'] },
  {
    name: 'left: same as above',
    base: KT,
    answer: without(KT, '    fun sum', '}\n', '    fun sum(): Int { /* same as above */ }\n'),
    want: ['again'],
  },
  {
    name: 'left: an ellipsis for arguments',
    base: CS,
    answer: swapped(CS, 'throw new System.ArgumentException(nameof(price));', 'throw ...;'),
    want: ['again'],
  },
  {
    name: 'left: the class line',
    base: PHP,
    answer: block(PHP, PHP.fixed.replace('final class Street\n{\n', '').replace(/\}\n$/, '')),
    want: ['again'],
  },
  { name: 'path: capital letters of a folder', base: CS, answer: named(CS, 'shop/Prices.cs'), want: ['applied', 'again'] },
  { name: 'path: two folders too many', base: CS, answer: named(CS, 'src/main/Shop/Prices.cs'), want: ['applied', 'again'] },
  { name: 'path: with the name of the repository', base: CS, answer: named(CS, 'myrepo/Shop/Prices.cs'), want: ['applied', 'again'] },
  {
    name: 'path: another file of the same name',
    base: { ...CS, path: 'Shop/Prices.cs' },
    others: [{ ...RB, path: 'Web/Prices.cs' }],
    answer: named(CS, 'Prices.cs'),
    want: ['again'],
  },
  { name: 'path: a device', base: CS, answer: named(CS, '/dev/stdout'), want: ['outside'] },
  {
    name: 'form: an arrow that points at the change',
    base: RB,
    answer: block(RB, RB.fixed.replace(RB.fixedLine, `${RB.fixedLine}   <-- here`)),
    want: ['again'],
  },
  { name: 'form: line ends of an old Macintosh', base: RB, answer: block(RB, RB.fixed).replaceAll('\n', '\r'), want: ['applied', 'again'] },
  { name: 'form: an accent composed', base: PY, answer: block(PY, PY.fixed.normalize('NFD')), want: ['applied', 'again'] },
  { name: 'form: soft hyphens', base: JAVA, answer: swapped(JAVA, 'names', 'na\u00admes'), want: ['applied', 'again'] },
  {
    name: 'form: a prompt of a shell',
    base: SH,
    answer: block(
      SH,
      SH.fixed
        .trimEnd()
        .split('\n')
        .map((line) => `$ ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'form: comment marks before every line',
    base: YAML,
    answer: block(
      YAML,
      YAML.fixed
        .trimEnd()
        .split('\n')
        .map((line) => `# ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  { name: 'form: the language on the first line', base: GO, answer: block(GO, `go\n${GO.fixed}`), want: ['applied', 'again'] },
  {
    name: 'form: br for line ends',
    base: YAML,
    answer: block(YAML, `${YAML.fixed.trimEnd().replaceAll('\n', '<br>\n')}\n`),
    want: ['applied', 'again'],
  },
  {
    name: 'whole: the fix of another bug',
    base: KT,
    answer: block(KT, KT.text.replace('rows[y][x]', 'rows.getOrNull(y)?.getOrNull(x) ?: 0')),
    want: ['left'],
  },
  { name: 'whole: the base unchanged', base: KT, answer: `Fixed.\n${block(KT, KT.text)}`, want: ['again'] },
  {
    name: 'whole: in German with a quoted line',
    base: KT,
    answer: `Die Zeile \`${KT.line.trim()}\` ist richtig; das Raster darf nicht leer sein. Keine Änderung.`,
    want: ['none'],
  },
  {
    name: 'whole: declined with numbers',
    base: KT,
    answer: '1. The grid came empty from the API.\n2. The caller must check it.\n\nI propose no change.',
    want: ['none'],
  },
  {
    name: 'whole: declined with a command to look',
    base: KT,
    answer: `Check the service:\n\n${fenced('kubectl logs deploy/grid | head -n 20', 'sh')}\n`,
    want: ['none'],
  },
  {
    name: 'whole: declined with JSON of a response',
    base: KT,
    answer: `The API returned\n\n${fenced('{"rows": [], "error": "no data"}', 'json')}\n\nso nothing in the code is at fault.`,
    want: ['none'],
  },
  {
    name: 'whole: promises',
    base: KT,
    answer: "I'll fix this by guarding `rows.maxOf`. Let me write the change now.",
    want: ['none', 'again'],
  },
];
