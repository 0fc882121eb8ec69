// Files in another form than ours: an answer that was to have some and has no block that could be read. Principle: a file is
// meant where a change of one is written down, in whatever form, and where code stands in a fence under, beside or below its
// name. Marks stand alone on a line, so that words about them are none. What shells are told to do elsewhere is no change.
import type { AnswerProblem } from './problems.ts';

const NAME = '[\\w@+./-]{0,200}\\w\\.\\w{1,8}';

const FORMS: readonly (readonly [mark: RegExp, what: string])[] = [
  [/<code[_-]?block\b[^>\n]{0,200}\\["']/i, 'the tags stand within a string'],
  [/^<{5,9} ?(?:SEARCH|ORIGINAL|HEAD)\b|^-{5,9} ?SEARCH\b/m, 'the change is written as search and replace'],
  [/^<file-[a-z0-9]{4,}\s[^>\n]*>[ \t]*$/m, 'the files stand in the tags of the question'],
  [
    /^(?:diff --git a\/|--- \S+.*\n\+\+\+ \S+|\*\*\* \S+.*\n--- \S+|[^\n]{0,80}\*\*\* (?:Begin Patch|(?:Update|Add|Delete) File: ))/im,
    'the change is written as a patch',
  ],
  [/^[ \t]*(?:`{3,}|~{3,})[a-z]*(?:diff|patch)\b[^\n]*\n(?:[^\n]*\n)*?[ \t]*[-+](?![-+])/m, 'the change is written as a patch'],
  [
    /^[ \t]*<(?:invoke|parameter|tool_call|function|edit|replace_in_file|write_to_file)\b[^>\n]*>/m,
    'the change is written as a call of a tool',
  ],
  [
    /<[a-z][\w-]*\s[^<>\n]*\b(?:file(?:name|_?path)?|path|src|name)\s*=\s*["'][^"'\n]*\.\w{1,8}["'][^<>\n]*>[ \t]*\n/i,
    'the files stand in other tags',
  ],
  [
    /^[ \t]*<[a-z][\w-]*\s(?:[^<>\n]*\b(?:file\w*|path|src|target)\s*=\s*["'][^"'\n]*\.\w{1,8}["'][^<>\n]*\/>|[^<>\n]*>(?:[^\n]*>)?[ \t]*[\w.-]*\/[\w./-]*\.\w{1,8}[ \t]*<\/)/im,
    'the files stand in other tags',
  ],
  [/^[ \t]*<\w{0,20}(?:file|path|delete|remove|rename)\w{0,20}>[ \t]*[\w./-]{1,200}\.\w{1,8}[ \t]*<\//im, 'the files stand in other tags'],
  [/"[\w@./-]{1,200}\.\w{1,8}"\s*:\s*"(?:[^"\\\n]|\\[^n])*\\n/, 'the files are written as JSON'],
  [
    /^[ \t]*(?:(?:cat|tee|ed|ex|patch|python3?|node|perl|ruby|php)\b[^\n]*<<-?\s*['"]?\w+|(?:echo|printf)\b[^\n]*>{1,2}\s*[\w./-]+\.\w+[ \t]*$)/m,
    'the change is written as commands of a shell',
  ],
  [
    /^[^\n]{0,400}(?:>\s*['"]?[\w./-]+\.\w+['"]?\s*<<-?\s*['"]?\w|<<-?\s*['"]?\w+['"]?\s*>\s*['"]?[\w./-]+\.\w|>\s*\S+\s*&&\s*mv\b)/m,
    'the change is written as commands of a shell',
  ],
  [/^[ \t]*(?:sed\s+(?:-\w+\s+)*-i|perl\s+-\w*i|patch\s+-p|git\s+apply)\b/m, 'the change is written as commands of a shell'],
  [
    /\b(?:writeFile(?:Sync)?|write_text|file_put_contents|WriteAllText|WriteFile|File\.(?:write|open)|fs::write)\s*\(|\bopen\([^()\n]*,\s*['"]w/,
    'the change is written as a program that makes it',
  ],
  [/^[ \t]*(?:[^\n|]{0,200}\|[ \t]*)?(?:Set-Content|Add-Content|Out-File)\b/m, 'the change is written as commands of a shell'],
];

/** A file with its text in JSON. */
const key = (names: string): string => `(?:["']\\w{0,20}(?:${names})\\w{0,10}["']\\s*[:=]|[(,]\\s*\\w{0,20}(?:${names})\\s*=)\\s*`;
const IN_JSON = new RegExp(`${key('path|file(?:_?name)?|name|uri|target')}["'][^"'\\n]*\\.\\w{1,8}["']`, 'i');
const TEXT_IN_JSON = new RegExp(
  `${key('contents?|code|text|body|value|lines|edits?|old|new|str(?:ing)?|replace(?:ment)?|diff|patch')}(?:["']|[[{]\\s*["'{])`,
  'i',
);
const COLOUR = /\u001b\[[\d;]*m/g;

/** What a string of a string of JSON holds, at whatever depth. */
const unescaped = (text: string): string => text.replace(/\\+n/g, '\n').replace(/\\+(?=["'])/g, '');

const FENCE = /^([ \t]*)(`{3,}|~{3,})([^\n`]*)$/;
/** Not files: what is typed, and what was printed. */
const NO_CODE = /^(?:sh|bash|shell|zsh|console|terminal|powershell|cmd|text|txt|plain|log|output|traceback|stacktrace)\b/i;

/** @param info what stands behind the mark that opens a fence */
export const isSpokenFence = (info: string): boolean => NO_CODE.test(info.trim());

/** @param source an answer without a block */
export function otherForm(source: string): AnswerProblem | undefined {
  if (/&lt;code_block\b/i.test(source) && /&lt;\/code_block&gt;/i.test(source)) {
    const detail = 'the tags are written as HTML entities; write <code_block filename="…"> with plain characters';
    return { kind: 'escaped', filename: null, detail };
  }
  const flat = unescaped(source).replace(COLOUR, '');
  const what = FORMS.find(([mark]) => mark.test(source) || mark.test(flat))?.[1];
  if (what !== undefined) return missing(what, null);
  if (IN_JSON.test(flat) && TEXT_IN_JSON.test(flat)) return missing('the files are written as JSON', null);
  if (/(?<!`)<code[_-]?block\b[^\n]*["'=\w.]\s*>?[ \t]*$/im.test(source)) return missing('the tag of a block cannot be read', null);
  const lines = source.split('\n');
  const fenced = fencedFile(lines);
  if (fenced !== undefined) return missing('the files are in Markdown fences', fenced);
  const bare = bareFile(lines);
  return bare === undefined ? undefined : missing('the files stand among the words', bare);
}

const missing = (what: string, filename: string | null): AnswerProblem => ({
  kind: 'no-blocks',
  filename,
  detail: `${what}; put each whole file into a <code_block filename="…"> of its own`,
});

/** The first name that a fence of code has: beside its mark, above it, or in a comment that it begins with. */
function fencedFile(lines: readonly string[]): string | undefined {
  let open: string | undefined;
  for (const [at, line] of lines.entries()) {
    const [, , mark = '', info = ''] = FENCE.exec(line) ?? [];
    if (mark === '' || (open !== undefined && !(mark.startsWith(open) && info.trim() === ''))) continue;
    if (open !== undefined) {
      open = undefined;
      continue;
    }
    open = mark;
    if (isSpokenFence(info)) continue;
    const above = lines.slice(Math.max(0, at - 3), at).findLast((each) => /[^\s=~-]/.test(each)) ?? '';
    const name = beside(info) ?? standsAbove(above) ?? asComment(lines[at + 1] ?? '');
    if (name !== undefined) return name;
  }
  return undefined;
}

const CODE =
  /[;{}]\s*$|^\s*(?:import|from|export|def|class|func|fn|function|return|if|for|while|const|let|var|public|private|use|require|package|#include)\b.*[)\]'"`;:{]\s*$|^\s+\S.*[()=].*$/;
/** Places of a trace look like code. */
const OF_TRACE = /^\s*(?:at |from |File "|#\d+ |\.\.\. )/;
/** Lines of code that are no example within a sentence. */
const MOST_SPOKEN = 3;

/** A file in no fence: several lines of code in a row below its name. */
function bareFile(lines: readonly string[]): string | undefined {
  let name: string | undefined;
  let run = 0;
  let fence: string | undefined;
  for (const line of lines) {
    const mark = FENCE.exec(line)?.[2];
    if (mark !== undefined) fence = fence === undefined ? mark : undefined;
    if (mark !== undefined || fence !== undefined) run = 0;
    else if (CODE.test(line) && !OF_TRACE.test(line)) run += 1;
    else if (line.trim() !== '') run = 0;
    if (run > MOST_SPOKEN && name !== undefined) return name;
    if (run <= 1) name = new RegExp(`(?:^|[\\s"'\`=([])(${NAME})(?=$|[\\s"'\`:,)\\]}])`).exec(line)?.[1] ?? name;
  }
  return undefined;
}

const beside = (info: string): string | undefined =>
  new RegExp(`^\\s*(?:[\\w+-]*[ \\t:]+)?(?:(?:file(?:name)?|title|path)=)?["']?(${NAME}|[\\w@.-]+\\/[\\w@./-]+)["']?\\s*$`).exec(info)?.[1];

/** A line that is but a name, in whatever dress and behind whatever label, or that names a file and leads to what follows. */
function standsAbove(line: string): string | undefined {
  const alone = new RegExp(
    `^[\\s#>*\`_-]*(?:\\d+[.)]\\s*)?(?:<\\w+>)*(?:<!--\\s*)?(?:[\\p{L} ]{1,20}[:：]\\s*|file(?:name)?\\s+)?[*\`"'_]*(${NAME})[*\`"'_:]*(?:\\s*\\([^)]*\\))?[*\`:]*(?:\\s*-->)?(?:</\\w+>)*\\s*$`,
    'iu',
  );
  return alone.exec(line)?.[1] ?? (/:\s*$/.test(line) ? new RegExp(`[\`"'*]?(${NAME})[\`"'*]?(?=[\\s,:)])`).exec(line)?.[1] : undefined);
}

const asComment = (line: string): string | undefined => commentedName(line);

/** The file that a line of comment names, and nothing else. @example commentedName('// src/a.js') // 'src/a.js' */
export function commentedName(line: string): string | undefined {
  return new RegExp(`^\\s*(?://|#|--|;|%|/\\*|<!--|\\{/\\*)\\s*(?:file(?:name|path)?:\\s*)?(${NAME})\\s*(?:\\*/\\}?|-->)?\\s*$`, 'i').exec(
    line,
  )?.[1];
}
