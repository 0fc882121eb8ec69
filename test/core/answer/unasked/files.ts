// Whole files: in Markdown, in other tags and notations, in parts, under names of all kinds, twice, cut, or not at all.
import { ALL, type Base, C, CS, GO, HTML, JAVA, KT, MAKE, PHP, PY, RB, RS, SH, SQL, TSX, YAML } from './bases.ts';
import { block, type Case, named } from './case.ts';

const fenced = (text: string, info = '', mark = '```'): string => `${mark}${info}\n${text.replace(/\n?$/, '\n')}${mark}\n`;
/** The fixed file, from a line that has `from` to one that has `to`, with words in its place. */
function left(base: Base, from: string, to: string, words: string): string {
  const lines = base.fixed.split(/\r?\n/);
  const start = lines.findIndex((line) => line.includes(from));
  const end = lines.findIndex((line, at) => at > start && line.includes(to));
  if (start < 0 || end < 0) throw new Error(`${base.path} lacks ${from} or ${to}`);
  return block(base, [...lines.slice(0, start), words, ...lines.slice(end)].join('\n'));
}
const indent = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

export const FILES: readonly Case[] = [
  // Markdown
  {
    name: 'md: a heading with the name',
    base: PY,
    answer: `#### \`${PY.path}\`\n\n${fenced(PY.fixed, 'python')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: File: in bold', base: JAVA, answer: `**File: ${JAVA.path}**\n${fenced(JAVA.fixed, 'java')}`, want: ['applied', 'again'] },
  { name: 'md: the title in the fence', base: RB, answer: fenced(RB.fixed, `ruby title="${RB.path}"`), want: ['applied', 'again'] },
  { name: 'md: language and name in the fence', base: GO, answer: fenced(GO.fixed, `go ${GO.path}`), want: ['applied', 'again'] },
  { name: 'md: numbers of lines in the fence', base: GO, answer: fenced(GO.fixed, `go:${GO.path}:1-21`), want: ['applied', 'again'] },
  {
    name: 'md: tildes and braces',
    base: PHP,
    answer: fenced(PHP.fixed, `php {filename="${PHP.path}"}`, '~~~'),
    want: ['applied', 'again'],
  },
  {
    name: 'md: Save as',
    base: SH,
    answer: `Save the following as \`${SH.path}\`:\n\n${fenced(SH.fixed, 'bash')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: behind a summary',
    base: RS,
    answer: `<details><summary>${RS.path}</summary>\n\n${fenced(RS.fixed, 'rust')}\n</details>`,
    want: ['applied', 'again'],
  },
  { name: 'md: the name below', base: KT, answer: `${fenced(KT.fixed, 'kotlin')}\n*${KT.path}*\n`, want: ['applied', 'again'] },
  {
    name: 'md: no name at all',
    base: PY,
    answer: `Here is the corrected file:\n\n${fenced(PY.fixed, 'python')}`,
    want: ['again', 'applied'],
  },
  {
    name: 'md: a function alone',
    base: PY,
    answer: `Change \`total\`:\n\n${fenced('def total(order):\n    return sum(i["price"] * i["count"] for i in order.get("items", []))', 'python')}`,
    want: ['again'],
  },
  {
    name: 'md: a link with the name',
    base: TSX,
    answer: `[${TSX.path}](${TSX.path})\n${fenced(TSX.fixed, 'tsx')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: a name without its folder', base: TSX, answer: `Page.tsx\n${fenced(TSX.fixed, 'tsx')}`, want: ['applied', 'again'] },
  {
    name: 'md: a comment with the whole path of a machine',
    base: CS,
    answer: fenced(`// C:\\work\\Shop\\Prices.cs\n${CS.fixed}`, 'csharp'),
    want: ['applied', 'again'],
  },
  { name: 'md: a fence without an end', base: YAML, answer: `${YAML.path}\n\`\`\`yaml\n${YAML.fixed}`, want: ['again'] },
  {
    name: 'md: a makefile without an ending',
    base: MAKE,
    answer: `**Makefile**\n${fenced(MAKE.fixed, 'make')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: reStructuredText',
    base: PY,
    answer: `.. code-block:: python\n   :caption: ${PY.path}\n\n${indent(PY.fixed, '   ')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: AsciiDoc', base: JAVA, answer: `.${JAVA.path}\n[source,java]\n----\n${JAVA.fixed}----\n`, want: ['applied', 'again'] },
  { name: 'md: Org mode', base: RB, answer: `#+BEGIN_SRC ruby :tangle ${RB.path}\n${RB.fixed}#+END_SRC\n`, want: ['applied', 'again'] },
  {
    name: 'md: LaTeX',
    base: RB,
    answer: `\\begin{lstlisting}[title=${RB.path}]\n${RB.fixed}\\end{lstlisting}\n`,
    want: ['applied', 'again'],
  },
  { name: 'md: indented code', base: RB, answer: `${RB.path}:\n\n${indent(RB.fixed, '    ')}`, want: ['applied', 'again'] },
  // other notations
  {
    name: 'tag: path and content',
    base: JAVA,
    answer: `<file><path>${JAVA.path}</path><content>\n${JAVA.fixed}</content></file>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: of an artifact',
    base: TSX,
    answer: `<antArtifact identifier="page" type="application/vnd.ant.code" title="${TSX.path}">\n${TSX.fixed}</antArtifact>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: of an action',
    base: TSX,
    answer: `<boltArtifact id="fix"><boltAction type="file" filePath="${TSX.path}">${TSX.fixed}</boltAction></boltArtifact>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: documents',
    base: PY,
    answer: `<documents>\n<document index="1">\n<source>${PY.path}</source>\n<document_content>\n${PY.fixed}</document_content>\n</document>\n</documents>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: square brackets',
    base: PY,
    answer: `[code_block filename="${PY.path}"]\n${PY.fixed}[/code_block]`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: the name within',
    base: PY,
    answer: `<code_block>\n<filename>${PY.path}</filename>\n${PY.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: the name as a comment within',
    base: PY,
    answer: `<code_block>\n# ${PY.path}\n${PY.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: the name without a key',
    base: PY,
    answer: `<code_block "${PY.path}">\n${PY.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: a colon for the sign',
    base: PY,
    answer: `<code_block filename:"${PY.path}">\n${PY.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  { name: 'tag: capitals', base: PY, answer: `<Code_Block FILENAME="${PY.path}">\n${PY.fixed}</Code_Block>`, want: ['applied'] },
  {
    name: 'tag: closed by an opening one',
    base: PY,
    answer: `<code_block filename="${PY.path}">\n${PY.fixed}<code_block>`,
    want: ['again', 'applied'],
  },
  {
    name: 'tag: a blank in the closing one',
    base: PY,
    answer: `<code_block filename="${PY.path}">\n${PY.fixed}</ code_block>`,
    want: ['applied', 'again'],
  },
  { name: 'tag: code begins beside it', base: GO, answer: `<code_block filename="${GO.path}">${GO.fixed}</code_block>`, want: ['applied'] },
  {
    name: 'tag: code ends beside it',
    base: GO,
    answer: `<code_block filename="${GO.path}">\n${GO.fixed.trimEnd()}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'tag: an apostrophe for each quote',
    base: GO,
    answer: `<code_block filename='${GO.path}'>\n${GO.fixed}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'tag: quotes within quotes',
    base: GO,
    answer: `<code_block filename="'${GO.path}'">\n${GO.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: CDATA in an indented block',
    base: KT,
    answer: `<code_block filename="${KT.path}">\n  <![CDATA[\n${KT.fixed}  ]]>\n</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: CDATA beside the code',
    base: KT,
    answer: `<code_block filename="${KT.path}"><![CDATA[${KT.fixed}]]></code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: content in a tag within',
    base: RS,
    answer: `<code_block filename="${RS.path}">\n<content>\n${RS.fixed}</content>\n</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: code in a tag within',
    base: JAVA,
    answer: `<code_block filename="${JAVA.path}">\n<code>\n${JAVA.fixed}</code>\n</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: JSON within',
    base: PY,
    answer: `<code_block filename="${PY.path}">\n${JSON.stringify({ content: PY.fixed })}\n</code_block>`,
    want: ['again'],
  },
  {
    name: 'note: YAML',
    base: JAVA,
    answer: `files:\n  - path: ${JAVA.path}\n    content: |\n${indent(JAVA.fixed, '      ')}`,
    want: ['again', 'applied'],
  },
  { name: 'note: TOML', base: PY, answer: `[[files]]\npath = "${PY.path}"\ncontent = '''\n${PY.fixed}'''\n`, want: ['again', 'applied'] },
  {
    name: 'note: a dictionary of Python',
    base: RB,
    answer: `{'path': '${RB.path}', 'content': ${JSON.stringify(RB.fixed)}}`,
    want: ['again'],
  },
  {
    name: 'note: base64',
    base: YAML,
    answer: JSON.stringify({ filename: YAML.path, encoding: 'base64', content: Buffer.from(YAML.fixed).toString('base64') }),
    want: ['again'],
  },
  {
    name: 'note: newContent',
    base: YAML,
    answer: fenced(JSON.stringify({ filename: YAML.path, newContent: YAML.fixed }), 'json'),
    want: ['again'],
  },
  {
    name: 'note: a table of Markdown',
    base: YAML,
    answer: `| file | line | before | after |\n|---|---|---|---|\n| ${YAML.path} | 6 | \`timeout: none\` | \`timeout: 30\` |\n`,
    want: ['none', 'again'],
  },
  // left out, in languages of programs and of people
  {
    name: 'left: Russian, Python',
    base: PY,
    answer: left(PY, 'def label', 'def is_large', '# … остальной код без изменений'),
    want: ['again'],
  },
  {
    name: 'left: Spanish, Java',
    base: JAVA,
    answer: left(JAVA, 'public int size', 'public String joined', '    // ... (resto de métodos sin cambios)'),
    want: ['again'],
  },
  {
    name: 'left: by a region, C#',
    base: CS,
    answer: left(CS, 'public void Set', 'public int Count', '        #region unchanged\n        #endregion'),
    want: ['again'],
  },
  { name: 'left: Italian, Ruby', base: RB, answer: left(RB, 'def deliver', 'def host_name', '  # (come prima)'), want: ['again'] },
  {
    name: 'left: Indonesian, PHP',
    base: PHP,
    answer: left(PHP, 'public function short', 'public function isEmpty', '    // ... kode lainnya tetap sama'),
    want: ['again'],
  },
  { name: 'left: Chinese, Rust', base: RS, answer: left(RS, 'pub fn count', 'pub fn is_word', '// ……其余函数同上……'), want: ['again'] },
  { name: 'left: Turkish, Kotlin', base: KT, answer: left(KT, 'fun sum', '}', '    // diğer fonksiyonlar aynı'), want: ['again'] },
  {
    name: 'left: Swedish, Go',
    base: GO,
    answer: left(GO, 'func (f *Feed) Count', 'func Title', '// övrig kod är oförändrad'),
    want: ['again'],
  },
  { name: 'left: Polish, C', base: C, answer: left(C, 'int get', '    return 0;', '/* reszta bez zmian */'), want: ['again'] },
  {
    name: 'left: Vietnamese, shell',
    base: SH,
    answer: left(SH, 'clean() {', 'cd -- ', '# ... (phần còn lại giữ nguyên)'),
    want: ['again'],
  },
  { name: 'left: Arabic, HTML', base: HTML, answer: left(HTML, '<section', '</body>', '<!-- بقية الصفحة كما هي -->'), want: ['again'] },
  { name: 'left: Hindi, YAML', base: YAML, answer: left(YAML, 'cache:', 'logging:', '# बाकी सब वैसा ही'), want: ['again'] },
  {
    name: 'left: Ukrainian, SQL',
    base: SQL,
    answer: left(SQL, 'CREATE TABLE items', 'CREATE VIEW', '-- решта таблиць без змін'),
    want: ['again'],
  },
  { name: 'left: in JSX', base: TSX, answer: left(TSX, '<input', '</main>', '      {/* ... existing JSX ... */}'), want: ['again'] },
  {
    name: 'left: in JSX, Dutch',
    base: TSX,
    answer: left(TSX, '<input', '</main>', '      {/* de rest blijft zoals het was */}'),
    want: ['again'],
  },
  { name: 'left: targets of make', base: MAKE, answer: left(MAKE, 'test: all', 'clean:', '# ...'), want: ['again'] },
  {
    name: 'left: a body, Python pass',
    base: PY,
    answer: left(PY, '    rate = 0.19', 'def label', '    # corpo invariato\n    pass\n\n'),
    want: ['again'],
  },
  {
    name: 'left: a body, Java throws',
    base: JAVA,
    answer: left(
      JAVA,
      '        int count = 0;',
      '    public String joined',
      '        throw new UnsupportedOperationException(); // wie bisher\n    }\n',
    ),
    want: ['again'],
  },
  {
    name: 'left: a body, Rust todo',
    base: RS,
    answer: left(RS, '    let mut counts', 'pub fn is_word', '    todo!()\n}\n'),
    want: ['again'],
  },
  {
    name: 'left: a body, Go returns zero',
    base: GO,
    answer: left(GO, '\tif n, ok', 'func Title', '\t// implementation as before\n\treturn 0\n}\n'),
    want: ['again'],
  },
  {
    name: 'left: a body, PHP, French',
    base: PHP,
    answer: left(
      PHP,
      '        if ($this->name === null || $length',
      '    public function isEmpty',
      '        // corps de la méthode inchangé\n    }\n',
    ),
    want: ['again'],
  },
  {
    name: 'left: a body, Ruby, comment alone',
    base: RB,
    answer: left(RB, '    lines = text', '  def host_name', '    # 変更なし\n  end\n'),
    want: ['again'],
  },
  { name: 'left: a body, Python dots', base: PY, answer: left(PY, '    name = order', 'def is_large', '    ...\n\n'), want: ['again'] },
  {
    name: 'left: a body, C#, NotImplemented',
    base: CS,
    answer: left(CS, 'if (price < 0)', 'public int Count', '            throw new System.NotImplementedException();\n        }\n'),
    want: ['again'],
  },
  {
    name: 'left: the end, in words',
    base: PY,
    answer: `<code_block filename="${PY.path}">\n${PY.fixed.slice(0, PY.fixed.indexOf('def label'))}</code_block>\nThe rest of the file stays as it is.`,
    want: ['again'],
  },
  {
    name: 'left: the beginning, in words',
    base: PY,
    answer: `Keep the imports.\n<code_block filename="${PY.path}">\n${PY.fixed.slice(PY.fixed.indexOf('def total'))}</code_block>`,
    want: ['again'],
  },
  // paths
  { name: 'path: in another folder', base: PY, answer: named(PY, 'src/orders.py'), want: ['applied', 'again'] },
  { name: 'path: capitals', base: PY, answer: named(PY, 'App/Orders.py'), want: ['again', 'applied'] },
  { name: 'path: of the machine of the log', base: PY, answer: named(PY, '/srv/app/app/orders.py'), want: ['applied'] },
  { name: 'path: of a home', base: PY, answer: named(PY, '~/project/app/orders.py'), want: ['applied', 'again', 'outside'] },
  { name: 'path: coded as in an address', base: PY, answer: named(PY, 'app%2Forders.py'), want: ['applied', 'again'] },
  { name: 'path: dots in front', base: JAVA, answer: named(JAVA, '.../shop/Cart.java'), want: ['applied', 'again'] },
  { name: 'path: a class', base: JAVA, answer: named(JAVA, 'shop.Cart'), want: ['applied', 'again'] },
  { name: 'path: a package', base: JAVA, answer: named(JAVA, 'shop/Cart.java'), want: ['applied'] },
  {
    name: 'path: an address of a host',
    base: GO,
    answer: named(GO, 'https://github.com/o/r/blob/main/feed/feed.go'),
    want: ['applied', 'again'],
  },
  { name: 'path: a commit in front', base: GO, answer: named(GO, 'HEAD:feed/feed.go'), want: ['applied', 'again'] },
  { name: 'path: a folder', base: GO, answer: named(GO, 'feed/'), want: ['again', 'outside'] },
  { name: 'path: without an ending', base: GO, answer: named(GO, 'feed/feed'), want: ['again', 'applied'] },
  { name: 'path: a function behind it', base: GO, answer: named(GO, 'feed/feed.go::Add'), want: ['applied', 'again'] },
  { name: 'path: a line and a column', base: GO, answer: named(GO, 'feed/feed.go(10,2)'), want: ['applied', 'again'] },
  {
    name: 'path: new said beside the name',
    base: GO,
    answer: `${block(GO, GO.fixed)}${named({ ...GO, fixed: 'package feed\n' }, 'feed/feed_test.go (new file)')}`,
    want: ['left', 'again'],
  },
  {
    name: 'path: a key of ours',
    base: GO,
    answer: `${block(GO, GO.fixed)}<code_block filename="../../.ssh/authorized_keys" new="true">\nx\n</code_block>`,
    want: ['outside'],
  },
  // form of lines
  {
    name: 'form: tabs of make as blanks',
    base: MAKE,
    answer: block(MAKE, MAKE.fixed.replaceAll('\t', '    ')),
    want: ['applied', 'again'],
  },
  { name: 'form: tabs in YAML', base: YAML, answer: block(YAML, YAML.fixed.replaceAll('  ', '\t')), want: ['applied', 'again'] },
  { name: 'form: escaped underscores', base: PY, answer: block(PY, PY.fixed.replaceAll('_', '\\_')), want: ['applied', 'again'] },
  { name: 'form: escaped stars', base: PY, answer: block(PY, PY.fixed.replaceAll('*', '\\*')), want: ['applied', 'again'] },
  { name: 'form: mojibake', base: PY, answer: block(PY, PY.fixed.replaceAll('ü', 'Ã¼')), want: ['applied', 'again'] },
  { name: 'form: a character that was lost', base: PY, answer: block(PY, PY.fixed.replaceAll('ü', '\ufffd')), want: ['applied', 'again'] },
  {
    name: 'form: escapes for letters',
    base: PY,
    answer: block(PY, PY.fixed.replaceAll('ü', '\\u00fc')),
    want: ['applied', 'again', 'left'],
  },
  { name: 'form: letters without their dots', base: PY, answer: block(PY, PY.fixed.replaceAll('ü', 'u')), want: ['again', 'left'] },
  {
    name: 'form: wide brackets',
    base: PY,
    answer: block(PY, PY.fixed.replaceAll('(', '（').replaceAll(')', '）')),
    want: ['again', 'applied'],
  },
  { name: 'form: long dashes', base: SH, answer: block(SH, SH.fixed.replaceAll(' -', ' –')), want: ['again', 'applied'] },
  {
    name: 'form: entities decoded that the file has',
    base: HTML,
    answer: block(HTML, HTML.fixed.replace('&lt;b&gt;', '<b>').replaceAll('&amp;', '&')),
    want: ['again', 'applied'],
  },
  { name: 'form: entities doubled', base: HTML, answer: block(HTML, HTML.fixed.replaceAll('&', '&amp;')), want: ['again', 'applied'] },
  { name: 'form: entities in JSX', base: TSX, answer: block(TSX, TSX.fixed.replaceAll('=>', '=&gt;')), want: ['again', 'applied'] },
  { name: 'form: generics lost', base: JAVA, answer: block(JAVA, JAVA.fixed.replaceAll('<String>', '')), want: ['again', 'left'] },
  {
    name: 'form: arrows of a reader',
    base: JAVA,
    answer: block(
      JAVA,
      JAVA.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `${String(at + 1).padStart(6)}→${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'form: numbers in brackets',
    base: JAVA,
    answer: block(
      JAVA,
      JAVA.fixed
        .trimEnd()
        .split('\n')
        .map((line, at) => `[${at + 1}] ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  { name: 'form: no line ends', base: JAVA, answer: block(JAVA, `${JAVA.fixed.replaceAll('\n', ' ')}\n`), want: ['again'] },
  { name: 'form: CRLF kept', base: C, answer: block(C, C.fixed.replaceAll('\r\n', '\n')), want: ['applied'] },
  { name: 'form: the file twice', base: JAVA, answer: block(JAVA, JAVA.fixed + JAVA.fixed), want: ['again'] },
  {
    name: 'form: words behind the code',
    base: RB,
    answer: block(RB, `${RB.fixed}\nThis guards against names of one word. Let me know if you need more!\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'form: words in front of the code',
    base: RB,
    answer: block(RB, `Sure! The following is the whole file with the guard in it:\n\n${RB.fixed}`),
    want: ['again', 'applied'],
  },
  { name: 'form: a fence and words', base: RB, answer: block(RB, `Here you go\n${fenced(RB.fixed, 'ruby')}`), want: ['again', 'applied'] },
  {
    name: 'form: reindented by four',
    base: TSX,
    answer: block(
      TSX,
      TSX.fixed.replace(/^( {2})+/gm, (lead) => lead.repeat(2)),
    ),
    want: ['left', 'applied', 'again'],
  },
  // thoughts, repeats, halves, nothing
  {
    name: 'whole: thoughts with a draft',
    base: PY,
    answer: `<think>\nMaybe:\n${block(PY, PY.text.replace('LIMIT = 10', 'LIMIT = 0'))}\nNo.\n</think>\n${block(PY, PY.fixed)}`,
    want: ['applied', 'again'],
  },
  {
    name: 'whole: thoughts without an end',
    base: PY,
    answer: `<think>\nThe key may be missing.\n${block(PY, PY.fixed)}`,
    want: ['applied', 'again'],
  },
  {
    name: 'whole: in two parts',
    base: PY,
    answer: `Part 1:\n${block(PY, PY.fixed.slice(0, PY.fixed.indexOf('def label')))}\nPart 2:\n${block(PY, PY.fixed.slice(PY.fixed.indexOf('def label')))}`,
    want: ['again'],
  },
  { name: 'whole: three times the same', base: PY, answer: block(PY, PY.fixed).repeat(3), want: ['applied'] },
  {
    name: 'whole: another program',
    base: PY,
    answer: block(PY, 'import sys\n\n\ndef main():\n    print("hello", sys.argv)\n\n\nif __name__ == "__main__":\n    main()\n'),
    want: ['again'],
  },
  { name: 'whole: dots for the file', base: PY, answer: block(PY, '...\n'), want: ['again'] },
  { name: 'whole: a note for the file', base: PY, answer: block(PY, 'No changes needed.\n'), want: ['again'] },
  { name: 'whole: cut in the tag', base: PY, answer: `The key may be missing.\n\n<code_block filename="app/ord`, want: ['again'] },
  { name: 'whole: cut behind the tag', base: PY, answer: `The key may be missing.\n\n<code_block filename="${PY.path}">`, want: ['again'] },
  { name: 'whole: cut in the code', base: PY, answer: `<code_block filename="${PY.path}">\n${PY.fixed.slice(0, 300)}`, want: ['again'] },
  { name: 'whole: announced and not given', base: PY, answer: `I will now write the fixed file app/orders.py:\n`, want: ['again', 'none'] },
  { name: 'whole: empty', base: PY, answer: '', want: ['again'] },
  { name: 'whole: blanks', base: PY, answer: ' \n\t\n', want: ['again'] },
  { name: 'whole: refused', base: PY, answer: "I'm unable to assist with modifying this code.", want: ['none'] },
  { name: 'whole: refused in French', base: PY, answer: 'Je suis désolé, je ne peux pas vous aider avec cette demande.', want: ['none'] },
  {
    name: 'whole: asks for more',
    base: PY,
    answer: 'Could you show me `app/models.py`? I cannot see how `order` is built.',
    want: ['none'],
  },
  {
    name: 'whole: about something else',
    base: PY,
    answer: 'Paris is the capital of France. It has about two million inhabitants.',
    want: ['none'],
  },
  { name: 'whole: declined in a fence', base: PY, answer: '```\nNo code change is needed.\n```', want: ['none'] },
  {
    name: 'whole: declined with a trace',
    base: PY,
    answer:
      'The disk was full:\n\n```\nTraceback (most recent call last):\n  File "app/orders.py", line 10, in total\nOSError: [Errno 28] No space left on device\n```\n\nNothing in the code is wrong.',
    want: ['none'],
  },
  { name: 'whole: declined as JSON', base: PY, answer: '{"status":"no_fix","explanation":"the input is invalid"}', want: ['none'] },
  {
    name: 'whole: an error of the service',
    base: PY,
    answer: 'API Error: 529 {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}',
    want: ['none', 'again'],
  },
  ...ALL.map(
    (base): Case => ({
      name: `whole: as it was asked, ${base.path}`,
      base,
      answer: `The cause.\n\n${block(base, base.fixed.replaceAll('\r\n', '\n'))}`,
      want: ['applied'],
    }),
  ),
];
