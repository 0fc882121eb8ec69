// Edits in forms that other tools ask for, or that models make of them: search and replace, patches, calls of tools.
import { type Base, C, GO, HTML, JAVA, KT, MAKE, PHP, PY, RB, RS, SQL, TSX, YAML } from './bases.ts';
import { block, type Case, sr } from './case.ts';

const fenced = (text: string, info = ''): string => `\`\`\`${info}\n${text.replace(/\n?$/, '\n')}\`\`\`\n`;
const edit = (base: Base): string => sr(`${base.line}\n`, `${base.fixedLine}\n`);
/** A hunk with three lines around, without its head. */
function hunk({ text, line, fixedLine }: Base): string {
  const lines = text.split(/\r?\n/);
  const at = lines.indexOf(line);
  const plus = fixedLine.split('\n').map((each) => `+${each}\n`);
  const side = (from: number, to: number): string =>
    lines
      .slice(Math.max(0, from), to)
      .map((each) => ` ${each}\n`)
      .join('');
  return `${side(at - 3, at)}-${line}\n${plus.join('')}${side(at + 1, at + 4)}`;
}
const udiff = (base: Base, from = `a/${base.path}`, to = `b/${base.path}`): string =>
  `--- ${from}\n+++ ${to}\n@@ -1,7 +1,7 @@\n${hunk(base)}`;

export const EDITS: readonly Case[] = [
  // search and replace
  { name: 'sr: the name within the fence', base: PY, answer: fenced(`${PY.path}\n${edit(PY)}`, 'python'), want: ['applied', 'again'] },
  {
    name: 'sr: an indented fence',
    base: PY,
    answer: `Fix:\n\n  \`\`\`python\n  ${PY.path}\n  \`\`\`\n${edit(PY)}`,
    want: ['applied', 'again'],
  },
  { name: 'sr: a numbered name in bold', base: JAVA, answer: `1. **${JAVA.path}** (edit)\n${edit(JAVA)}`, want: ['applied', 'again'] },
  {
    name: 'sr: a Chinese heading',
    base: RB,
    answer: `### 文件：\`${RB.path}\`\n\n${fenced(edit(RB), 'ruby')}`,
    want: ['applied', 'again'],
  },
  { name: 'sr: the name on the mark', base: PY, answer: edit(PY).replace('SEARCH', `SEARCH ${PY.path}`), want: ['applied', 'again'] },
  {
    name: 'sr: marks without a blank',
    base: PY,
    answer: block(PY, edit(PY).replace('< SEARCH', '<SEARCH').replace('> REPLACE', '>REPLACE')),
    want: ['applied', 'again'],
  },
  {
    name: 'sr: marks in lower case',
    base: PY,
    answer: block(PY, edit(PY).replace('SEARCH', 'search').replace('REPLACE', 'replace')),
    want: ['applied', 'again'],
  },
  {
    name: 'sr: marks with a colon',
    base: PHP,
    answer: block(PHP, edit(PHP).replace('SEARCH', 'SEARCH:').replace('REPLACE', 'REPLACE:')),
    want: ['applied', 'again'],
  },
  {
    name: 'sr: marks in Chinese',
    base: PY,
    answer: block(PY, edit(PY).replace('SEARCH', '查找').replace('REPLACE', '替换')),
    want: ['again'],
  },
  { name: 'sr: indented marks', base: PY, answer: block(PY, edit(PY).replace(/^(?=[<=>])/gm, '  ')), want: ['applied', 'again'] },
  { name: 'sr: dashes for the divider', base: PY, answer: block(PY, edit(PY).replace('=======', '-------')), want: ['again'] },
  { name: 'sr: no divider', base: RB, answer: block(RB, edit(RB).replace('=======\n', '')), want: ['again'] },
  { name: 'sr: no end', base: RB, answer: block(RB, edit(RB).replace('>>>>>>> REPLACE\n', '')), want: ['again'] },
  {
    name: 'sr: branches of a conflict',
    base: GO,
    answer: block(GO, edit(GO).replace('SEARCH', 'HEAD').replace('REPLACE', 'fix/nil-map')),
    want: ['applied', 'again'],
  },
  { name: 'sr: before and after swapped', base: JAVA, answer: block(JAVA, sr(`${JAVA.fixedLine}\n`, `${JAVA.line}\n`)), want: ['again'] },
  { name: 'sr: nothing changed', base: JAVA, answer: block(JAVA, sr(`${JAVA.line}\n`, `${JAVA.line}\n`)), want: ['again'] },
  {
    name: 'sr: two edits that follow each other',
    base: PY,
    answer: block(PY, sr('LIMIT = 10\n', 'LIMIT = 11\n') + sr('LIMIT = 11\n', 'LIMIT = 10\n') + edit(PY)),
    want: ['applied', 'again'],
  },
  { name: 'sr: the same edit twice', base: PY, answer: block(PY, edit(PY) + edit(PY)), want: ['applied', 'again'] },
  {
    name: 'sr: the first of two edits only',
    base: PY,
    answer: block(PY, edit(PY) + sr('def missing(order):\n', 'def missing():\n')),
    want: ['again'],
  },
  { name: 'sr: what stands in two functions', base: SQL, answer: block(SQL, sr('  id INT', '  id BIGINT')), want: ['again', 'left'] },
  {
    name: 'sr: blanks for tabs',
    base: GO,
    answer: block(GO, sr('    f.seen[name]++\n', `${GO.fixedLine.replaceAll('\t', '    ')}\n`)),
    want: ['applied', 'again'],
  },
  {
    name: 'sr: no indentation',
    base: PY,
    answer: block(PY, sr(`${PY.line.trim()}\n`, `${PY.fixedLine.trim()}\n`)),
    want: ['applied', 'again'],
  },
  { name: 'sr: of a file with CRLF', base: C, answer: block(C, edit(C)), want: ['applied'] },
  {
    name: 'sr: with line numbers',
    base: PY,
    answer: block(PY, sr(`10 | ${PY.line}\n`, `10 | ${PY.fixedLine}\n`)),
    want: ['again', 'applied'],
  },
  {
    name: 'sr: an arrow behind the number',
    base: PY,
    answer: block(PY, sr(`    10→${PY.line}\n`, `    10→${PY.fixedLine}\n`)),
    want: ['again', 'applied'],
  },
  { name: 'sr: curly quotes in what is searched', base: PY, answer: block(PY, edit(PY).replaceAll('"', '”')), want: ['again'] },
  {
    name: 'sr: entities',
    base: TSX,
    answer: block(TSX, edit(TSX).replaceAll('&', '&amp;').replaceAll('=>', '=&gt;')),
    want: ['applied', 'again'],
  },
  {
    name: 'sr: entities that the file has',
    base: HTML,
    answer: block(HTML, sr('<section id="list"><p>Write <b> for bold</p></section>\n', '') + edit(HTML)),
    want: ['again'],
  },
  { name: 'sr: in CDATA', base: RS, answer: block(RS, `<![CDATA[\n${edit(RS)}]]>\n`), want: ['applied', 'again'] },
  {
    name: 'sr: dots in what is put',
    base: JAVA,
    answer: block(JAVA, sr('    public int size() {\n        int count = 0;\n', '    public int size() {\n        // ... unchanged\n')),
    want: ['again'],
  },
  {
    name: 'sr: dots for what is searched',
    base: JAVA,
    answer: block(
      JAVA,
      sr('    public int size() {\n        ...\n    }\n', '    public int size() {\n        return names.size();\n    }\n'),
    ),
    want: ['again'],
  },
  {
    name: 'sr: takes a function away',
    base: PY,
    answer: block(PY, `${edit(PY)}${sr('def is_large(order):\n    return total(order) > LIMIT\n', '')}`),
    want: ['again'],
  },
  { name: 'sr: of an empty search in a file', base: PY, answer: block(PY, `${edit(PY)}${sr('', 'import os\n')}`), want: ['again'] },
  {
    name: 'sr: in the form of Cline, bare',
    base: PY,
    answer: `${PY.path}\n${edit(PY).replace('<<<<<<< SEARCH', '------- SEARCH').replace('>>>>>>> REPLACE', '+++++++ REPLACE')}`,
    want: ['applied', 'again'],
  },
  {
    name: 'sr: in the form of Roo',
    base: PY,
    answer: block(PY, edit(PY).replace('SEARCH\n', 'SEARCH\n:start_line:10\n:end_line:10\n-------\n')),
    want: ['applied', 'again'],
  },
  { name: 'sr: words before the edit in a block', base: PY, answer: block(PY, `Guard the key:\n${edit(PY)}`), want: ['again', 'applied'] },
  { name: 'sr: of another file in the same block', base: PY, answer: block(PY, `${edit(PY)}${edit(RB)}`), others: [RB], want: ['again'] },
  {
    name: 'sr: of a test that is new',
    base: PY,
    answer: `${block(PY, edit(PY))}<code_block filename="tests/test_orders.py" new="true">\n${sr('', 'def test_total():\n    assert True\n')}</code_block>`,
    want: ['left', 'again'],
  },
  { name: 'sr: marks as a comment', base: PY, answer: block(PY, edit(PY).replace(/^(?=[<=>]{7})/gm, '# ')), want: ['again'] },
  // patches
  { name: 'patch: a unified diff', base: PY, answer: fenced(udiff(PY), 'diff'), want: ['applied', 'again'] },
  {
    name: 'patch: without numbers',
    base: JAVA,
    answer: fenced(udiff(JAVA).replace(/@@.*@@/, '@@ ... @@'), 'diff'),
    want: ['applied', 'again'],
  },
  {
    name: 'patch: names with versions',
    base: TSX,
    answer: fenced(udiff(TSX, `${TSX.path}-v1`, `${TSX.path}-v2`), 'diff'),
    want: ['applied', 'again'],
  },
  {
    name: 'patch: as a mail',
    base: RS,
    answer: `From 1234567 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.c>\nSubject: [PATCH] guard\n\n---\n ${RS.path} | 2 +-\n\ndiff --git a/${RS.path} b/${RS.path}\n${udiff(RS)}-- \n2.43.0\n`,
    want: ['applied', 'again'],
  },
  { name: 'patch: within our block', base: KT, answer: block(KT, udiff(KT)), want: ['applied', 'again'] },
  {
    name: 'patch: within our block, hunk alone',
    base: KT,
    answer: block(KT, `@@ -6,7 +6,7 @@ class Grid\n${hunk(KT)}`),
    want: ['applied', 'again'],
  },
  { name: 'patch: within our block, no head', base: RB, answer: block(RB, hunk(RB)), want: ['applied', 'again'] },
  { name: 'patch: within our block, in a fence', base: RB, answer: block(RB, fenced(udiff(RB), 'diff')), want: ['applied', 'again'] },
  {
    name: 'patch: old form with stars',
    base: PHP,
    answer: `*** ${PHP.path}\t2026-01-01\n--- ${PHP.path}\t2026-01-02\n***************\n*** 11 ****\n! ${PHP.line}\n--- 11 ----\n! ${PHP.fixedLine}\n`,
    want: ['again'],
  },
  {
    name: 'patch: as diff without options',
    base: PY,
    answer: `${PY.path}:\n\`\`\`\n10c10\n< ${PY.line}\n---\n> ${PY.fixedLine}\n\`\`\`\n`,
    want: ['again'],
  },
  {
    name: 'patch: of Subversion',
    base: GO,
    answer: `Index: ${GO.path}\n===================================================================\n${udiff(GO, GO.path, GO.path)}`,
    want: ['again', 'applied'],
  },
  { name: 'patch: in a tag', base: GO, answer: `<diff>\n${udiff(GO)}</diff>\n`, want: ['again', 'applied'] },
  {
    name: 'patch: signs doubled',
    base: YAML,
    answer: fenced(`*** Begin Patch\n*** Update File: ${YAML.path}\n@@\n--  timeout: none\n+-  timeout: 30\n*** End Patch`),
    want: ['again'],
  },
  { name: 'patch: with words between', base: PY, answer: `In ${PY.path}, at line 10:\n- ${PY.line}\n+ ${PY.fixedLine}\n`, want: ['again'] },
  {
    name: 'patch: Before and After',
    base: PY,
    answer: `**Before** (\`${PY.path}\`):\n${fenced(PY.line, 'python')}\n**After:**\n${fenced(PY.fixedLine, 'python')}`,
    want: ['again'],
  },
  {
    name: 'patch: Before and After in blocks',
    base: PY,
    answer: `Before:\n${block(PY, PY.text)}\nAfter:\n${block(PY, PY.fixed)}`,
    want: ['again', 'applied'],
  },
  // V4A
  {
    name: 'v4a: with the function',
    base: PY,
    answer: `*** Begin Patch\n*** Update File: ${PY.path}\n@@ def total(order):\n${hunk(PY)}*** End Patch\n`,
    want: ['applied', 'again'],
  },
  {
    name: 'v4a: as arguments',
    base: PY,
    answer: JSON.stringify({ command: ['apply_patch', `*** Begin Patch\n*** Update File: ${PY.path}\n@@\n${hunk(PY)}*** End Patch\n`] }),
    want: ['again'],
  },
  {
    name: 'v4a: without its end',
    base: JAVA,
    answer: `*** Begin Patch\n*** Update File: ${JAVA.path}\n@@\n${hunk(JAVA)}`,
    want: ['again'],
  },
  {
    name: 'v4a: within our block',
    base: MAKE,
    answer: block(MAKE, `*** Begin Patch\n*** Update File: ${MAKE.path}\n@@\n${hunk(MAKE)}*** End Patch\n`),
    want: ['applied', 'again'],
  },
  { name: 'v4a: deletes the file', base: MAKE, answer: `*** Begin Patch\n*** Delete File: ${MAKE.path}\n*** End Patch\n`, want: ['again'] },
  {
    name: 'v4a: adds a file only',
    base: MAKE,
    answer: '*** Begin Patch\n*** Add File: test/ring.sh\n+#!/bin/sh\n+./ring\n*** End Patch\n',
    want: ['again'],
  },
  // calls of tools
  {
    name: 'tool: nested JSON',
    base: PY,
    answer: JSON.stringify({
      tool_calls: [
        {
          type: 'function',
          function: {
            name: 'str_replace_editor',
            arguments: JSON.stringify({ command: 'str_replace', path: `/repo/${PY.path}`, old_str: PY.line, new_str: PY.fixedLine }),
          },
        },
      ],
    }),
    want: ['again'],
  },
  {
    name: 'tool: a list of edits in JSON',
    base: JAVA,
    answer: fenced(JSON.stringify([{ file: JAVA.path, search: JAVA.line, replace: JAVA.fixedLine }], null, 2), 'json'),
    want: ['again'],
  },
  {
    name: 'tool: [TOOL_CALLS]',
    base: PY,
    answer: `[TOOL_CALLS]edit_file{"target_file": "${PY.path}", "code_edit": "# ... existing code ...\\n${PY.fixedLine.replaceAll('"', '\\"')}\\n"}`,
    want: ['again'],
  },
  {
    name: 'tool: <tool_call> on one line',
    base: RB,
    answer: `<tool_call>{"name": "edit", "arguments": {"filePath": "${RB.path}", "oldString": "last.capitalize", "newString": "(last || first).capitalize"}}</tool_call>`,
    want: ['again'],
  },
  {
    name: 'tool: function= and parameter=',
    base: RS,
    answer: `<function=str_replace_editor>\n<parameter=command>str_replace</parameter>\n<parameter=path>${RS.path}</parameter>\n<parameter=old_str>${RS.line}</parameter>\n<parameter=new_str>${RS.fixedLine}</parameter>\n</function>`,
    want: ['again'],
  },
  {
    name: 'tool: marks of a tokenizer',
    base: PY,
    answer: `<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>write_file\n\`\`\`json\n{"file_path": "${PY.path}", "content": ${JSON.stringify(PY.fixed)}}\n\`\`\`<｜tool▁call▁end｜>`,
    want: ['again'],
  },
  {
    name: 'tool: python_tag',
    base: PY,
    answer: `<|python_tag|>edit(file="${PY.path}", old="""${PY.line}""", new="""${PY.fixedLine}""")`,
    want: ['again'],
  },
  {
    name: 'tool: write_to_file with tags of its own',
    base: GO,
    answer: `<write_to_file>\n<path>${GO.path}</path>\n<content>\n${GO.fixed}</content>\n</write_to_file>`,
    want: ['again', 'applied'],
  },
  {
    name: 'tool: replace_in_file within words',
    base: GO,
    answer: `I'll fix it. <replace_in_file><path>${GO.path}</path><diff>\n${edit(GO)}</diff></replace_in_file>`,
    want: ['again', 'applied'],
  },
  {
    name: 'tool: lines as a list',
    base: YAML,
    answer: JSON.stringify({ path: YAML.path, lines: YAML.fixed.split('\n') }),
    want: ['again'],
  },
  { name: 'tool: a message of commit', base: YAML, answer: `git commit -m "fix: timeout" -- ${YAML.path}`, want: ['none', 'again'] },
  { name: 'tool: ed', base: SQL, answer: `\`\`\`sh\ned ${SQL.path} <<'E'\n5s/10/200/\nw\nE\n\`\`\``, want: ['again'] },
  { name: 'tool: Vim', base: SQL, answer: `Open ${SQL.path} and run :%s/VARCHAR(10)/VARCHAR(200)/g`, want: ['none', 'again'] },
];
