// A third set, written after the rules had been mended with the two before: nothing was mended for it.
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

export const LAST: readonly Case[] = [
  { name: 'sr: FIND and REPLACE', base: PY, answer: block(PY, `FIND:\n${PY.line}\nREPLACE WITH:\n${PY.fixedLine}\n`), want: ['again'] },
  {
    name: 'sr: marks of three',
    base: PY,
    answer: block(PY, `<<< SEARCH\n${PY.line}\n===\n${PY.fixedLine}\n>>> REPLACE\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: a fence for each side',
    base: RB,
    answer: block(RB, `<<<<<<< SEARCH\n\`\`\`ruby\n${RB.line}\n\`\`\`\n=======\n\`\`\`ruby\n${RB.fixedLine}\n\`\`\`\n>>>>>>> REPLACE\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: a third part, as of diff3',
    base: GO,
    answer: block(GO, `<<<<<<< SEARCH\n${GO.line}\n||||||| base\n${GO.line}\n=======\n${GO.fixedLine}\n>>>>>>> REPLACE\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: searched without the last blank line',
    base: CS,
    answer: block(CS, edit(CS).replace('=======', '\n=======')),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: two places, one of them changed already',
    base: JAVA,
    answer: block(JAVA, edit(JAVA) + sr(`${JAVA.fixedLine}\n`, `${JAVA.fixedLine}\n`)),
    want: ['applied', 'again'],
  },
  { name: 'sr: whole file behind an edit in one block', base: RB, answer: block(RB, `${edit(RB)}\n${RB.fixed}`), want: ['again'] },
  {
    name: 'sr: in YAML, less indentation',
    base: YAML,
    answer: block(YAML, sr('timeout: none\n', 'timeout: 30\n')),
    want: ['applied', 'again'],
  },
  {
    name: 'patch: an empty context line without its blank',
    base: PHP,
    answer: block(
      PHP,
      `--- a/${PHP.path}\n+++ b/${PHP.path}\n@@ -9,5 +9,5 @@\n     public function upper(): string\n     {\n-${PHP.line}\n+${PHP.fixedLine}\n     }\n\n     public function short(int $length): string\n`,
    ),
    want: ['again', 'applied'],
  },
  {
    name: 'patch: HTML ins and del',
    base: YAML,
    answer: `${YAML.path}:<br>\n<del>timeout: none</del><br>\n<ins>timeout: 30</ins>\n`,
    want: ['again', 'none'],
  },
  {
    name: 'patch: a table of two columns',
    base: KT,
    answer: `| before | after |\n|---|---|\n| \`${KT.line.trim()}\` | \`${KT.fixedLine.trim()}\` |\n\nin ${KT.path}\n`,
    want: ['again', 'none'],
  },
  {
    name: 'patch: a comment that says which line is new',
    base: RB,
    answer: fenced(`def greet(name)\n  first, last = name.split\n  "Dear #{(last || first).capitalize}" # <- changed\nend`, 'ruby'),
    want: ['again'],
  },
  { name: 'patch: strikes', base: SQL, answer: `~~note VARCHAR(10)~~\nnote VARCHAR(200)\n`, want: ['again', 'none'] },
  {
    name: 'v4a: on one line',
    base: SQL,
    answer: `*** Begin Patch *** Update File: ${SQL.path} @@ -  note VARCHAR(10) +  note VARCHAR(200) *** End Patch`,
    want: ['again'],
  },
  {
    name: 'v4a: lower case',
    base: SQL,
    answer: `*** begin patch\n*** update file: ${SQL.path}\n@@\n-${SQL.line}\n+${SQL.fixedLine}\n*** end patch\n`,
    want: ['again'],
  },
  {
    name: 'tool: multi edit',
    base: TSX,
    answer: JSON.stringify({ file_path: TSX.path, edits: [{ old_string: 'names.filter(', new_string: '(names ?? []).filter(' }] }),
    want: ['again'],
  },
  {
    name: 'tool: an XML of edits',
    base: PHP,
    answer: `<edits>\n<edit file="${PHP.path}">\n<old>strtoupper($this->name)</old>\n<new>strtoupper($this->name ?? '')</new>\n</edit>\n</edits>`,
    want: ['again'],
  },
  {
    name: 'tool: insert at a line',
    base: SH,
    answer: '{"command":"insert","path":"bin/backup.sh","insert_line":11,"insert_text":"mkdir -p \\"$(target \\"$1\\")\\""}',
    want: ['again'],
  },
  {
    name: 'tool: a script of Node',
    base: YAML,
    answer: fenced(
      `const fs = require('fs');\nfs.writeFileSync('${YAML.path}', fs.readFileSync('${YAML.path}', 'utf8').replace('none', '30'));`,
      'js',
    ),
    want: ['again'],
  },
  {
    name: 'tool: thinks and calls',
    base: YAML,
    answer: `Thought: the timeout is none.\nAction: edit_file\nAction Input: {"path": "${YAML.path}", "content": "server:\\n  port: 80\\n"}\n`,
    want: ['again'],
  },
  {
    name: 'md: a tree of files',
    base: RS,
    answer: `crates/\n└── parser/\n    └── src/\n        └── lib.rs\n\n${fenced(RS.fixed, 'rust')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: a language that is not its own',
    base: PHP,
    answer: `${PHP.path}\n${fenced(PHP.fixed, 'text')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: five backticks', base: MAKE, answer: `Makefile\n${fenced(MAKE.fixed, 'make', '`````')}`, want: ['applied', 'again'] },
  {
    name: 'md: a class alone, in a block',
    base: RB,
    answer: block(
      RB,
      'class Mailer\n  def greet(name)\n    first, last = name.split\n    "Dear #{(last || first).capitalize}"\n  end\nend\n',
    ),
    want: ['again'],
  },
  {
    name: 'md: in two columns of a list',
    base: TSX,
    answer: `* File: ${TSX.path}\n* Code:\n${fenced(TSX.fixed, 'tsx')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: self-closing with the text as an attribute',
    base: YAML,
    answer: `<code_block filename="${YAML.path}" content="${YAML.fixed.replaceAll('\n', '&#10;')}" />`,
    want: ['again', 'applied'],
  },
  {
    name: 'tag: hyphens',
    base: YAML,
    answer: `<code-block filename="${YAML.path}">\n${YAML.fixed}</code-block>`,
    want: ['applied', 'again'],
  },
  { name: 'tag: a plural around', base: YAML, answer: `<code_blocks>\n${block(YAML, YAML.fixed)}</code_blocks>`, want: ['applied'] },
  {
    name: 'tag: another language for the key',
    base: YAML,
    answer: `<code_block 文件名="${YAML.path}">\n${YAML.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: no quote at the end',
    base: YAML,
    answer: `<code_block filename="${YAML.path}>\n${YAML.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: a file and its test, the test without a name',
    base: PY,
    answer: `${block(PY, PY.fixed)}<code_block>\ndef test_total():\n    assert total({}) == 0\n</code_block>`,
    want: ['again'],
  },
  { name: 'note: a here document of Python', base: SH, answer: `open("${SH.path}", "w").write("""${SH.fixed}""")`, want: ['again'] },
  {
    name: 'note: multipart',
    base: SH,
    answer: `--boundary\nContent-Disposition: form-data; name="file"; filename="${SH.path}"\n\n${SH.fixed}\n--boundary--\n`,
    want: ['again', 'applied'],
  },
  { name: 'note: an old archive', base: GO, answer: `==> ${GO.path} <==\n${GO.fixed}`, want: ['applied', 'again'] },
  {
    name: 'left: Romanian, C#',
    base: CS,
    answer: without(CS, '        public void Set', '        public int Count', '        // restul metodelor rămân la fel\n'),
    want: ['again'],
  },
  { name: 'left: Persian, Kotlin', base: KT, answer: without(KT, '    fun sum', '}\n', '    // بقیه بدون تغییر\n'), want: ['again'] },
  {
    name: 'left: Catalan, within a function',
    base: RS,
    answer: without(RS, '    for word in', '    counts\n', '    // igual que abans\n'),
    want: ['again'],
  },
  {
    name: 'left: a string of Python',
    base: PY,
    answer: without(PY, 'def label', 'def is_large', '"""remaining functions as before"""\n\n\n'),
    want: ['again'],
  },
  {
    name: 'left: an attribute of HTML',
    base: HTML,
    answer: without(HTML, '<section', '<footer', '<section id="list">...</section>\n'),
    want: ['again'],
  },
  { name: 'left: a key, YAML', base: YAML, answer: without(YAML, 'cache:', 'logging:', ''), want: ['again'] },
  {
    name: 'left: a view, SQL',
    base: SQL,
    answer: without(SQL, 'CREATE VIEW', '\n', '-- view\n').replace('\n\n</code', '\n</code'),
    want: ['again'],
  },
  { name: 'left: the imports', base: JAVA, answer: without(JAVA, 'package shop;', 'public class', '// imports\n\n'), want: ['again'] },
  {
    name: 'left: an interface, TypeScript',
    base: TSX,
    answer: without(TSX, 'export interface Props', 'export function Page', '// types as before\n\n'),
    want: ['again'],
  },
  {
    name: 'path: with its size',
    base: C,
    answer: named({ fixed: C.fixed.replaceAll('\r\n', '\n') }, 'src/ring.c (14 lines)'),
    want: ['applied', 'again'],
  },
  {
    name: 'path: a link of Markdown',
    base: C,
    answer: named({ fixed: C.fixed.replaceAll('\r\n', '\n') }, '[src/ring.c](src/ring.c)'),
    want: ['applied', 'again'],
  },
  { name: 'path: a container', base: RB, answer: named(RB, '/usr/src/app/lib/mailer.rb'), want: ['applied'] },
  { name: 'path: up and down', base: RB, answer: named(RB, 'lib/../lib/mailer.rb'), want: ['applied'] },
  { name: 'path: outside by dots', base: RB, answer: named(RB, '../../../etc/lib/mailer.conf'), want: ['outside'] },
  {
    name: 'form: a frame of lines',
    base: RB,
    answer: block(
      RB,
      RB.fixed
        .trimEnd()
        .split('\n')
        .map((line) => `│ ${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  { name: 'form: no indentation at all', base: PY, answer: block(PY, PY.fixed.replace(/^ +/gm, '')), want: ['again'] },
  {
    name: 'form: everything in one more pair of quotes',
    base: YAML,
    answer: block(YAML, `"${YAML.fixed.replaceAll('\n', '\\n')}"\n`),
    want: ['again', 'applied'],
  },
  {
    name: 'form: half-width kana blanks',
    base: KT,
    answer: block(KT, KT.fixed.replaceAll('    ', '\u3000\u3000')),
    want: ['applied', 'again'],
  },
  { name: 'form: a vertical tab', base: KT, answer: block(KT, KT.fixed.replaceAll('\n', '\u000b\n')), want: ['applied', 'again'] },
  { name: 'form: CRLF in an edit of an LF file', base: KT, answer: block(KT, edit(KT).replaceAll('\n', '\r\n')), want: ['applied'] },
  {
    name: 'whole: what was asked, twice in words',
    base: KT,
    answer: `Summary: guarded.\n\n${block(KT, KT.fixed)}\nThe block above holds <code_block> tags as asked.`,
    want: ['applied'],
  },
  {
    name: 'whole: declined in Portuguese with a place',
    base: KT,
    answer: 'Não há erro em app/src/main/kotlin/Grid.kt: a lista de linhas chega vazia da API.',
    want: ['none'],
  },
  {
    name: 'whole: declined with a setting',
    base: YAML,
    answer: `No change of code: set the variable on the host.\n\n${fenced('DB_TIMEOUT=30', 'env')}`,
    want: ['none'],
  },
  {
    name: 'whole: declined with a log',
    base: YAML,
    answer: `Nothing is wrong here:\n\n${fenced('2026-01-01T00:00:00Z ERROR pool timeout', 'log')}`,
    want: ['none'],
  },
  { name: 'whole: cut in the closing tag', base: KT, answer: `<code_block filename="${KT.path}">\n${KT.fixed}</code_bl`, want: ['again'] },
  {
    name: 'whole: a placeholder for the name',
    base: KT,
    answer: `<code_block filename="PATH">\n${KT.fixed}</code_block>`,
    want: ['again'],
  },
  { name: 'whole: a name and nothing', base: KT, answer: `<code_block filename="${KT.path}">\n\n</code_block>`, want: ['again'] },
];
