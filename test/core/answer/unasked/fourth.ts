// A fourth set, written after the rules had been mended with the three before: nothing was mended for it.
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

export const MORE: readonly Case[] = [
  { name: 'sr: OLD and NEW', base: CS, answer: block(CS, `OLD\n${CS.line}\nNEW\n${CS.fixedLine}\n`), want: ['again'] },
  {
    name: 'sr: the path after the fence, in brackets',
    base: CS,
    answer: `\`\`\`csharp (${CS.path})\n${edit(CS)}\`\`\`\n`,
    want: ['applied', 'again'],
  },
  {
    name: 'sr: a colon behind each mark',
    base: TSX,
    answer: `${TSX.path}:\n${edit(TSX).replace('SEARCH', 'SEARCH :').replace('REPLACE', 'REPLACE :')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'sr: divided by one more mark',
    base: TSX,
    answer: block(TSX, edit(TSX).replace('=======\n', '=======\n=======\n')),
    want: ['again', 'left'],
  },
  {
    name: 'sr: the searched line has a comment more',
    base: GO,
    answer: block(GO, sr(`${GO.line} // panics\n`, `${GO.fixedLine}\n`)),
    want: ['again'],
  },
  {
    name: 'sr: of two lines joined',
    base: JAVA,
    answer: block(JAVA, sr('    public String first() { return names.get(0); }\n', `${JAVA.fixedLine}\n`)),
    want: ['again'],
  },
  {
    name: 'sr: of the last line, which has no end',
    base: { ...SH, text: SH.text.trimEnd(), fixed: SH.fixed.trimEnd() },
    answer: block(SH, edit(SH)),
    want: ['applied'],
  },
  {
    name: 'patch: hunk with the count wrong',
    base: RS,
    answer: fenced(`--- a/${RS.path}\n+++ b/${RS.path}\n@@ -1,99 +1,99 @@\n-${RS.line}\n+${RS.fixedLine}\n`, 'diff'),
    want: ['applied', 'again'],
  },
  {
    name: 'patch: git with a binary',
    base: RS,
    answer: `diff --git a/logo.png b/logo.png\nGIT binary patch\nliteral 0\n\n`,
    want: ['again'],
  },
  {
    name: 'patch: by line numbers',
    base: RB,
    answer: `${RB.path}\n-7:     "Dear #{last.capitalize}"\n+7:     "Dear #{(last || first).capitalize}"\n`,
    want: ['again'],
  },
  {
    name: 'patch: in words and code',
    base: MAKE,
    answer: 'In the `Makefile`, replace\n\n\trm ring\n\nby\n\n\trm -f ring\n',
    want: ['again', 'none'],
  },
  {
    name: 'patch: a rename alone',
    base: KT,
    answer: `diff --git a/${KT.path} b/app/src/main/kotlin/Rows.kt\nsimilarity index 100%\nrename from ${KT.path}\nrename to app/src/main/kotlin/Rows.kt\n`,
    want: ['again'],
  },
  {
    name: 'v4a: end of file',
    base: PHP,
    answer: `*** Begin Patch\n*** Update File: ${PHP.path}\n@@\n-${PHP.line}\n+${PHP.fixedLine}\n*** End of File\n*** End Patch\n`,
    want: ['applied', 'again'],
  },
  {
    name: 'tool: Gemini code',
    base: PY,
    answer: fenced(
      `print(default_api.replace(file_path="${PY.path}", old_string="""${PY.line}""", new_string="""${PY.fixedLine}"""))`,
      'tool_code',
    ),
    want: ['again'],
  },
  {
    name: 'tool: harmony',
    base: PY,
    answer: `<|channel|>commentary to=functions.edit <|constrain|>json<|message|>{"path":"${PY.path}","replacement":"for item in []:"}<|call|>`,
    want: ['again'],
  },
  {
    name: 'tool: view first',
    base: PY,
    answer: `<tool_use>\n{"name":"view","input":{"path":"${PY.path}"}}\n</tool_use>`,
    want: ['again', 'none'],
  },
  {
    name: 'tool: XML-RPC',
    base: YAML,
    answer: `<function_call name="write_file"><arg name="path">${YAML.path}</arg><arg name="content">server:\n  port: 80\n</arg></function_call>`,
    want: ['again'],
  },
  { name: 'tool: perl', base: YAML, answer: fenced(`perl -pi -e 's/timeout: none/timeout: 30/' ${YAML.path}`, 'bash'), want: ['again'] },
  { name: 'tool: yq', base: YAML, answer: fenced(`yq -i '.database.timeout = 30' ${YAML.path}`, 'bash'), want: ['again', 'none'] },
  {
    name: 'md: the name in italics and brackets',
    base: HTML,
    answer: `*(${HTML.path})*\n\n${fenced(HTML.fixed, 'html')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'md: two names above',
    base: HTML,
    others: [YAML],
    answer: `${HTML.path} and ${YAML.path}:\n${fenced(HTML.fixed, 'html')}${fenced(YAML.fixed, 'yaml')}`,
    want: ['again'],
  },
  {
    name: 'md: a definition list',
    base: SH,
    answer: `${SH.path}\n: \n${fenced(SH.fixed, 'sh').replace(/^/gm, '    ')}`,
    want: ['applied', 'again'],
  },
  { name: 'md: wiki', base: SQL, answer: `{code:sql|title=${SQL.path}}\n${SQL.fixed}{code}\n`, want: ['applied', 'again'] },
  {
    name: 'md: a collapsed part in the file',
    base: GO,
    answer: `**${GO.path}**\n${fenced(GO.fixed.replace(/\tif n, ok[\s\S]*?\treturn 0\n/, '\t⋮\n'), 'go')}`,
    want: ['again'],
  },
  {
    name: 'tag: with a version',
    base: GO,
    answer: `<code_block filename="${GO.path}" version="2">\n${GO.fixed}</code_block>`,
    want: ['applied'],
  },
  {
    name: 'tag: in upper case with a dash',
    base: GO,
    answer: `<CODE-BLOCK FILE='${GO.path}'>\n${GO.fixed}</CODE-BLOCK>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: twice the same attribute',
    base: GO,
    answer: `<code_block filename="${GO.path}" filename="b.go">\n${GO.fixed}</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: nested',
    base: GO,
    answer: `<code_block filename="${GO.path}">\n<code_block filename="${GO.path}">\n${GO.fixed}</code_block>\n</code_block>`,
    want: ['applied', 'again'],
  },
  {
    name: 'tag: markdown bold around',
    base: GO,
    answer: `**<code_block filename="${GO.path}">**\n${GO.fixed}**</code_block>**`,
    want: ['applied', 'again'],
  },
  { name: 'tag: a list item', base: RB, answer: `1. ${block(RB, RB.fixed)}`, want: ['applied'] },
  { name: 'note: CSV', base: YAML, answer: `path,line,old,new\n${YAML.path},6,timeout: none,timeout: 30\n`, want: ['again', 'none'] },
  {
    name: 'note: XML with attributes only',
    base: YAML,
    answer: `<change path="${YAML.path}" line="6" old="timeout: none" new="timeout: 30"/>`,
    want: ['again'],
  },
  { name: 'note: a map of JSON', base: SQL, answer: JSON.stringify({ [SQL.path]: SQL.fixed }), want: ['again'] },
  {
    name: 'left: Bulgarian, Rust',
    base: RS,
    answer: without(RS, 'pub fn count', 'pub fn is_word', '// останалото е без промяна\n'),
    want: ['again'],
  },
  {
    name: 'left: Urdu, Ruby',
    base: RB,
    answer: without(RB, '  def deliver', '  def host_name', '  # باقی کوڈ ویسا ہی\n'),
    want: ['again'],
  },
  {
    name: 'left: Slovak, in a body of C#',
    base: CS,
    answer: without(CS, '            if (price', '        }\n', '            // bez zmeny\n'),
    want: ['again'],
  },
  {
    name: 'left: Malay, TSX',
    base: TSX,
    answer: without(TSX, '      <input', '    </main>', '      {/* kekal sama */}\n'),
    want: ['again'],
  },
  { name: 'left: Esperanto, shell', base: SH, answer: without(SH, 'target() {', 'cd ', '# la cetero restas sama\n'), want: ['again'] },
  {
    name: 'left: a note in brackets, Go',
    base: GO,
    answer: block(GO, `${GO.fixed.slice(0, GO.fixed.indexOf('func Title'))}[Title stays]\n`),
    want: ['again'],
  },
  { name: 'path: a drive of WSL', base: KT, answer: named(KT, '/mnt/c/work/app/src/main/kotlin/Grid.kt'), want: ['applied'] },
  {
    name: 'path: a share',
    base: KT,
    answer: named(KT, '\\\\server\\share\\repo\\app\\src\\main\\kotlin\\Grid.kt'),
    want: ['applied', 'again'],
  },
  { name: 'path: a module', base: KT, answer: named(KT, ':app:Grid.kt'), want: ['applied', 'again'] },
  { name: 'path: of Python', base: PY, answer: named(PY, 'app.orders'), want: ['applied', 'again'] },
  {
    name: 'form: bold in code',
    base: PHP,
    answer: block(PHP, PHP.fixed.replace(PHP.fixedLine, `**${PHP.fixedLine}**`)),
    want: ['again', 'applied'],
  },
  { name: 'form: a cursor', base: JAVA, answer: block(JAVA, JAVA.fixed.replace('count++;', 'count++;█')), want: ['again', 'applied'] },
  { name: 'form: letters of Cyrillic', base: GO, answer: block(GO, GO.fixed.replaceAll('e', 'е')), want: ['again', 'left'] },
  {
    name: 'form: ligatures',
    base: GO,
    answer: block(GO, GO.fixed.replaceAll(':=', '≔').replaceAll('&&', '＆＆')),
    want: ['again', 'applied'],
  },
  {
    name: 'form: a tab after each number',
    base: C,
    answer: block(
      C,
      C.fixed
        .trimEnd()
        .split('\r\n')
        .map((line, at) => `${at + 1}\t${line}`)
        .join('\n'),
    ),
    want: ['applied', 'again'],
  },
  {
    name: 'whole: declined in Turkish',
    base: KT,
    answer: 'Kodda hata yok; yapılandırma dosyası eksik. Değişiklik önerilmiyor.',
    want: ['none'],
  },
  {
    name: 'whole: declined with a request of curl',
    base: KT,
    answer: `The service answers 503. Try:\n\n${fenced('curl -X POST https://example.org/api -d \'{"file":"x.csv"}\'', 'bash')}`,
    want: ['none'],
  },
  {
    name: 'whole: declined with advice on a later change',
    base: KT,
    answer: 'I would not change the code now. Later, `rows` could be checked when it is read.',
    want: ['none'],
  },
  { name: 'whole: cut in a word', base: KT, answer: `The rows may be em`, want: ['none', 'again'] },
  {
    name: 'whole: only the summary',
    base: KT,
    answer: 'I have updated app/src/main/kotlin/Grid.kt so that an empty grid has the width 0.',
    want: ['none', 'again'],
  },
];
