// A second set of the same kinds and some more, written when the rules had been mended with the first: nothing was mended for
// these, and only the figures of them were looked at.
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

export const FRESH: readonly Case[] = [
  {
    name: 'sr: name and mark on one line',
    base: RB,
    answer: `${RB.path} <<<<<<< SEARCH\n${RB.line}\n=======\n${RB.fixedLine}\n>>>>>>> REPLACE\n`,
    want: ['applied', 'again'],
  },
  { name: 'sr: quoted as in a mail', base: RB, answer: block(RB, edit(RB)).replace(/^/gm, '> '), want: ['applied', 'again'] },
  {
    name: 'sr: two files, the second without a name',
    base: PY,
    others: [RB],
    answer: `${PY.path}\n${edit(PY)}\nAnd:\n${edit(RB)}`,
    want: ['again'],
  },
  {
    name: 'sr: more context than there is',
    base: KT,
    answer: block(KT, sr(`    fun width(): Int {\n        // the widest\n${KT.line}\n`, `    fun width(): Int {\n${KT.fixedLine}\n`)),
    want: ['again'],
  },
  { name: 'sr: the whole file searched', base: SQL, answer: block(SQL, sr(SQL.text, SQL.fixed)), want: ['applied'] },
  {
    name: 'sr: upper marks within the tag alone',
    base: SH,
    answer: block(SH, `SEARCH\n${SH.line}\nREPLACE\n${SH.fixedLine}\n`),
    want: ['again'],
  },
  {
    name: 'sr: emptied replacement of the line at fault',
    base: JAVA,
    answer: block(JAVA, sr(`    public String joined() {\n        return String.join(", ", names);\n    }\n`, '')),
    want: ['again'],
  },
  {
    name: 'sr: a body of dots in Go',
    base: GO,
    answer: block(
      GO,
      edit(GO) +
        sr('func Title(name string) string {\n\treturn strings.ToUpper(name)\n}\n', 'func Title(name string) string {\n\t// ...\n}\n'),
    ),
    want: ['again'],
  },
  {
    name: 'patch: quilt style',
    base: C,
    answer: fenced(
      `--- ring.orig/src/ring.c\n+++ ring/src/ring.c\n@@ -5,3 +5,3 @@\n void put(size_t at, int value) {\n-    slots[at] = value;\n+    if (at < 8) slots[at] = value;\n }\n`,
      'patch',
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'patch: colours of a terminal',
    base: PY,
    answer: `\u001b[1mdiff --git a/${PY.path} b/${PY.path}\u001b[m\n\u001b[31m-${PY.line}\u001b[m\n\u001b[32m+${PY.fixedLine}\u001b[m\n`,
    want: ['again', 'applied'],
  },
  { name: 'patch: arrows for signs', base: PY, answer: `${PY.path}\n\n← ${PY.line}\n→ ${PY.fixedLine}\n`, want: ['again'] },
  {
    name: 'patch: was and is now',
    base: PHP,
    answer: `In \`${PHP.path}\`\n\nwas:\n${fenced(PHP.line, 'php')}\nis now:\n${fenced(PHP.fixedLine, 'php')}`,
    want: ['again'],
  },
  {
    name: 'patch: suggestion of a review',
    base: JAVA,
    answer: `On line 13 of Cart.java:\n${fenced(JAVA.fixedLine, 'suggestion')}`,
    want: ['again'],
  },
  {
    name: 'v4a: moves the file',
    base: SH,
    answer: `*** Begin Patch\n*** Update File: ${SH.path}\n*** Move to: bin/save.sh\n@@\n-${SH.line}\n+${SH.fixedLine}\n*** End Patch`,
    want: ['again'],
  },
  {
    name: 'v4a: in a fence of bash',
    base: RS,
    answer: fenced(
      `apply_patch <<'PATCH'\n*** Begin Patch\n*** Update File: ${RS.path}\n@@ pub fn second\n-${RS.line}\n+${RS.fixedLine}\n*** End Patch\nPATCH`,
      'bash',
    ),
    want: ['again'],
  },
  {
    name: 'tool: a plan in JSON',
    base: YAML,
    answer: fenced(
      JSON.stringify({ steps: [{ action: 'edit', target: YAML.path, find: YAML.line, replaceWith: YAML.fixedLine }] }),
      'json',
    ),
    want: ['again'],
  },
  {
    name: 'tool: arguments beside each other',
    base: YAML,
    answer: `Edit(${YAML.path})\n  old: timeout: none\n  new: timeout: 30\n`,
    want: ['again', 'none'],
  },
  {
    name: 'tool: JSON lines',
    base: TSX,
    answer: `{"type":"file_start","path":"${TSX.path}"}\n${TSX.fixed
      .split('\n')
      .map((line) => JSON.stringify({ type: 'line', text: line }))
      .join('\n')}\n{"type":"file_end"}\n`,
    want: ['again'],
  },
  {
    name: 'tool: sed with a pipe',
    base: SQL,
    answer: fenced(`sed 's/VARCHAR(10)/VARCHAR(200)/' ${SQL.path} > /tmp/x && mv /tmp/x ${SQL.path}`, 'bash'),
    want: ['again'],
  },
  {
    name: 'tool: awk in place',
    base: SQL,
    answer: fenced(`awk '{sub(/VARCHAR\\(10\\)/,"VARCHAR(200)")}1' ${SQL.path} > t && mv t ${SQL.path}`, 'sh'),
    want: ['again', 'none'],
  },
  {
    name: 'md: a heading in Japanese',
    base: CS,
    answer: `## 修正後のファイル（${CS.path}）\n${fenced(CS.fixed, 'csharp')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: an emoji and a name', base: CS, answer: `📄 **${CS.path}**\n${fenced(CS.fixed, 'cs')}`, want: ['applied', 'again'] },
  {
    name: 'md: three dots of a fence',
    base: KT,
    answer: `Put this into ${KT.path}:\n'''kotlin\n${KT.fixed}'''\n`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: a fence in a quotation',
    base: KT,
    answer: `> ${KT.path}\n>\n${fenced(KT.fixed, 'kotlin').replace(/^/gm, '> ')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: HTML pre',
    base: GO,
    answer: `<h3>${GO.path}</h3>\n<pre><code class="language-go">${GO.fixed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</code></pre>`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: only the changed function in a block',
    base: JAVA,
    answer: block(JAVA, '    public String first() {\n        return names.isEmpty() ? "" : names.get(0);\n    }\n'),
    want: ['again'],
  },
  {
    name: 'md: only the changed function, one name in common',
    base: PY,
    answer: block(
      PY,
      'def total(order):\n    """Sum of an order."""\n    return sum(i["price"] * i["count"] for i in order.get("items", []))\n',
    ),
    want: ['again'],
  },
  {
    name: 'tag: a prefix of names',
    base: PY,
    answer: `<ai:code_block filename="${PY.path}">\n${PY.fixed}</ai:code_block>`,
    want: ['applied', 'again'],
  },
  { name: 'tag: braces', base: PY, answer: `{code_block filename="${PY.path}"}\n${PY.fixed}{/code_block}`, want: ['applied', 'again'] },
  {
    name: 'tag: closed by another',
    base: RB,
    answer: `<code_block filename="${RB.path}">\n${RB.fixed}</file>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: the path as an element of its own',
    base: RB,
    answer: `<code_block>\n<path>${RB.path}</path>\n<code>\n${RB.fixed}</code>\n</code_block>`,
    want: ['applied', 'again'],
  },
  { name: 'tag: within a comment', base: RB, answer: `<!--\n${block(RB, RB.fixed)}-->`, want: ['applied', 'again'] },
  { name: 'note: INI sections', base: SH, answer: `[file:${SH.path}]\n${SH.fixed}`, want: ['applied', 'again'] },
  { name: 'note: Jupyter cell', base: PY, answer: `%%writefile ${PY.path}\n${PY.fixed}`, want: ['applied', 'again'] },
  { name: 'note: txtar', base: GO, answer: `-- ${GO.path} --\n${GO.fixed}`, want: ['applied', 'again'] },
  {
    name: 'note: a shell archive',
    base: SQL,
    answer: `#!/bin/sh\nsed 's/^X//' >'${SQL.path}' <<'END'\n${SQL.fixed.replace(/^/gm, 'X')}\nEND\n`,
    want: ['again'],
  },
  {
    name: 'left: Greek, Python',
    base: PY,
    answer: without(PY, 'def tax', 'def is_large', '# ο υπόλοιπος κώδικας παραμένει ίδιος\n\n\n'),
    want: ['again'],
  },
  {
    name: 'left: Hebrew, Java',
    base: JAVA,
    answer: without(JAVA, '    public int size', '    public String joined', '    // שאר הקוד ללא שינוי\n'),
    want: ['again'],
  },
  {
    name: 'left: Thai, Go',
    base: GO,
    answer: without(GO, 'func (f *Feed) Count', 'func Title', '// โค้ดส่วนที่เหลือเหมือนเดิม\n'),
    want: ['again'],
  },
  {
    name: 'left: Czech, SQL',
    base: SQL,
    answer: without(SQL, 'CREATE TABLE items', 'CREATE VIEW', '-- zbytek beze změny\n'),
    want: ['again'],
  },
  { name: 'left: Finnish, HTML', base: HTML, answer: without(HTML, '<section', '</body>', '<!-- loput ennallaan -->\n'), want: ['again'] },
  {
    name: 'left: Hungarian, within a function',
    base: JAVA,
    answer: without(JAVA, '        int count', '        return count;', '        // változatlan\n'),
    want: ['again'],
  },
  {
    name: 'left: Norwegian, within a function of Python',
    base: PY,
    answer: without(PY, '    rate = 0.19', '    return round', '    # uendret\n'),
    want: ['again'],
  },
  { name: 'left: Bengali, YAML', base: YAML, answer: without(YAML, 'cache:', 'logging:', '# বাকিটা অপরিবর্তিত\n'), want: ['again'] },
  {
    name: 'left: unimplemented, Rust',
    base: RS,
    answer: without(RS, '    let mut counts', 'pub fn is_word', '    unimplemented!("as before")\n}\n\n'),
    want: ['again'],
  },
  {
    name: 'left: an empty body, PHP',
    base: PHP,
    answer: without(PHP, '        if ($this->name === null ||', '    public function isEmpty', '    }\n\n'),
    want: ['again'],
  },
  { name: 'left: an empty body, shell', base: SH, answer: without(SH, '  find ', '}\n\ncd', '  :\n'), want: ['again'] },
  { name: 'left: a target, make', base: MAKE, answer: without(MAKE, 'test: all', 'clean:', ''), want: ['again'] },
  { name: 'path: two names for one', base: PY, answer: named(PY, 'app/orders.py → app/orders.py'), want: ['applied', 'again'] },
  { name: 'path: a wildcard', base: PY, answer: named(PY, 'app/*.py'), want: ['again'] },
  { name: 'path: an older folder', base: TSX, answer: named(TSX, 'frontend/src/Page.tsx'), want: ['applied', 'again'] },
  { name: 'path: another ending', base: TSX, answer: named(TSX, 'web/src/Page.jsx'), want: ['again'] },
  { name: 'path: blanks about the slash', base: TSX, answer: named(TSX, 'web / src / Page.tsx'), want: ['applied', 'again'] },
  { name: 'path: a key of git', base: TSX, answer: named(TSX, '.git/hooks/pre-commit'), want: ['outside'] },
  {
    name: 'form: superfluous semicolons',
    base: JAVA,
    answer: block(JAVA, JAVA.fixed.replaceAll(';', ';;')),
    want: ['left', 'again', 'applied'],
  },
  { name: 'form: tabs written out', base: GO, answer: block(GO, GO.fixed.replaceAll('\t', '\\t')), want: ['applied', 'again'] },
  {
    name: 'form: a byte order mark in the middle',
    base: GO,
    answer: `Sure.\n<code_block filename="${GO.path}">\n\ufeff${GO.fixed}</code_block>`,
    want: ['applied'],
  },
  { name: 'form: non-breaking hyphens', base: SH, answer: block(SH, SH.fixed.replaceAll('-', '\u2011')), want: ['applied', 'again'] },
  { name: 'form: guillemets', base: PY, answer: block(PY, PY.fixed.replace(/"([^"\n]*)"/g, '«$1»')), want: ['applied', 'again'] },
  {
    name: 'form: numbers with a dot',
    base: RB,
    answer: block(
      RB,
      RB.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `${at + 1}. ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'form: stars for every line',
    base: RB,
    answer: block(
      RB,
      RB.fixed
        .trimEnd()
        .split('\n')
        .map((line) => `* ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'form: mojibake in words that are kept',
    base: HTML,
    answer: block(HTML, HTML.fixed.replaceAll('&copy;', 'Â©')),
    want: ['again', 'left', 'applied'],
  },
  {
    name: 'form: HTML entities in Rust',
    base: RS,
    answer: block(RS, RS.fixed.replaceAll('->', '-&gt;').replaceAll('&&', '&amp;&amp;')),
    want: ['applied', 'again'],
  },
  { name: 'form: lost angle brackets', base: RS, answer: block(RS, RS.fixed.replaceAll(/<[^<>\n]*>/g, '')), want: ['again', 'left'] },
  {
    name: 'form: a remark in the last line',
    base: C,
    answer: block(C, `${C.fixed.replaceAll('\r\n', '\n')}The guard keeps the write within the ring.\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'whole: the answer as a question',
    base: PY,
    answer: 'Should a missing list count as an empty one? Then I can write the change.',
    want: ['none'],
  },
  {
    name: 'whole: declined with a list',
    base: PY,
    answer: 'Nothing in the code is wrong:\n\n- the order came without items\n- the caller must send them\n',
    want: ['none'],
  },
  {
    name: 'whole: declined with the line quoted',
    base: PY,
    answer: `The line\n\n${fenced(PY.line, 'python')}\nis right: the order must have items.`,
    want: ['none'],
  },
  {
    name: 'whole: declined with a call of the shell',
    base: SH,
    answer: `${SH.path} is right; call it with a folder:\n\n${fenced('bin/backup.sh /srv/data', 'sh')}`,
    want: ['none'],
  },
  {
    name: 'whole: declined with a statement for the database',
    base: SQL,
    answer: `The schema is right. One row is too long, so shorten it:\n\n${fenced('UPDATE orders SET note = left(note, 10);', 'sql')}`,
    want: ['none'],
  },
  {
    name: 'whole: declined in Chinese with a trace',
    base: PY,
    answer: '代码没有问题，是磁盘已满：\n\n```\nOSError: [Errno 28] No space left on device\n```',
    want: ['none'],
  },
  {
    name: 'whole: declined by a tag of ours',
    base: PY,
    answer: '<code_block></code_block>\nNothing is to be changed.',
    want: ['none', 'again'],
  },
  { name: 'whole: half of the tags', base: PY, answer: `${PY.fixed}</code_block>`, want: ['again', 'applied'] },
  {
    name: 'whole: the prompt repeated',
    base: PY,
    answer: `<file-abcd1234 path="${PY.path}">\n${PY.text}</file-abcd1234>\n`,
    want: ['again', 'none'],
  },
  {
    name: 'whole: twice, the second cut',
    base: PY,
    answer: `${block(PY, PY.fixed)}\n<code_block filename="${PY.path}">\n${PY.fixed.slice(0, 200)}`,
    want: ['again'],
  },
  {
    name: 'whole: thoughts in a fence',
    base: PY,
    answer: `\`\`\`thinking\nMaybe order["items"] is missing.\n\`\`\`\n${block(PY, PY.fixed)}`,
    want: ['applied'],
  },
];
