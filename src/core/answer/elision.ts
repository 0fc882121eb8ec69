// Finds where an answer left out what it should have written: "rest unchanged", "existing code", a lone "...", in any comment
// syntax, in English and Chinese. A line that the base holds already is never one.
// Says where, never what was meant: nobody can put back what was left out.

export interface Elision {
  /** Counted from 1 in the answer's content. */
  readonly line: number;
  readonly text: string;
}

const DOTS = '(?:\\.{3,}|…+|。{3,})';
const THINGS =
  '(?:file|code|class|function|method|module|component|implementation|script|content|contents|document|imports?|methods|functions|fields|routes|tests?|cases|lines|handlers|logic|body|definitions?|exports?|declarations?|properties|styles|rules|rows|entries|items|values|program|source|template|markup|section|helpers|constants|types|interfaces|config(?:uration)?|setup|stuff|parts?)';
const STAYS =
  '(?:\\s*(?:is|are|as|be|been)?\\s*(?:(?:remains?|stays?|left|kept|keep)\\s*)?(?:completely |exactly |entirely )?(?:unchanged|the same|as (?:is|before|above|it (?:is|was))|same|here|goes here|go here|omitted|unmodified|untouched|truncated|elided|below|above|continues?|follows?|intact|identical|as original(?:ly)?|same as (?:before|above|the original)|for brevity)(?: (?:for brevity|here|as before|below|from (?:the )?original))?)';

/** Said of what is not shown, whatever it is called. */
const LEFT =
  '(?:(?:is|are|remains?|stays?|left|kept) )*(?:unchanged|unmodified|untouched|omitted|elided|truncated|not shown|as (?:is|before|(?:it|they) (?:is|are|was|were))|(?:the )?same as (?:before|above|the original)|intact)(?: (?:here|below|above|for brevity))?';

/** What a whole comment (or a whole bracketed line) says when it stands for code. Lower case. */
const PHRASES: readonly RegExp[] = [
  new RegExp(`^${DOTS}$`),
  new RegExp(`^${DOTS}.{0,80}${DOTS}$`),
  new RegExp(
    `^(?:the |and |all )*(?:rest|remainder)(?: of)?(?: the| this| your| my| its)?(?: (?:existing|original|previous))?(?: \\w+)?(?: ${THINGS})*${STAYS}?$`,
  ),
  new RegExp(
    `^(?:the |all |all the |keep |keep the |keep all |your |and |plus )*(?:other |rest of )?(?:existing|original|previous|remaining|unchanged|unmodified|other|same|prior|old|omitted)(?: \\w+)?(?: \\w+)? ${THINGS}${STAYS}?$`,
  ),
  new RegExp(
    `^(?:the |all |and |keep )*(?:rest|remainder|remaining|others?|existing|previous|original)(?: of)?(?: [\\w'’-]+){0,4} ${LEFT}$`,
  ),
  new RegExp(
    `^(?:the )?(?:code|file|everything|all|nothing|implementation|content|body|logic|method|function|class)(?: else| above| below| before| after)*${STAYS}$`,
  ),
  /^(?:unchanged|unmodified|omitted|elided|snip(?:ped)?|truncated|no changes?|same as (?:before|above|original|the original)|as before|etc|and so on|continued?|to be continued)$/,
  /^(?:unchanged|unmodified|omitted|elided|no changes?|nothing changes?|truncated|shortened|abbreviated|cut)(?: code)?(?: (?:here|below|above|needed|required|from here|in this (?:file|section|part)|to this (?:file|section|part)|for (?:brevity|clarity|space)))+$/,
  /^(?:[\w ]{1,40})(?:omitted|elided|removed|skipped|truncated|left out|abbreviated|shortened) for (?:brevity|clarity|space|length|readability)$/,
  /^(?:keep|insert|put|add|paste|include|leave|copy) (?:the |all |your |in )*(?:rest|remainder|existing|original|previous|remaining|other|unchanged)\b(?: [\w']+){0,3}$/,
  /^(?:\d+ |many |several )?(?:more )?lines (?:omitted|unchanged|skipped|not shown|elided)$/,
  /^(?:此处|以下|以上|其余|其它|其他|剩余|余下|原有|原来|现有|已有|之前|前面|后面|中间|下面|上面)?的?(?:部分|所有)?的?(?:代码|内容|部分|方法|函数|逻辑|实现|文件|导入|测试|字段|行)?(?:都|均|全部)?(?:保持|维持)?(?:不变|省略|略|未改动|未更改|未修改|未变|没有变化|无变化|无需改动|无需修改|同上|同前|与原来相同|与之前相同|与原文件相同|保持原样|照旧|不作修改)(?:的?(?:代码|内容|部分))?$/,
  /^(?:其余|其它|其他|剩余|余下|原有|现有|已有)的?(?:代码|内容|部分|方法|函数|逻辑|实现|文件|导入|测试)(?:在此|在这里|放在这里)?$/,
  /^(?:此处|这里|中间|以下|以上)?(?:省略|略去|略)(?:了)?(?:\d+ ?行|若干行|部分|其余|剩余|其他)?(?:代码|内容|部分)?$/,
];

/** Opening and closing marks of comments in the languages there are, and of the brackets that models put around a note. */
const COMMENT_HEAD = /^(?:\{\s*\/\*+|\/\*+|\/{2,}!?|#+!?|<!--|--\[*|;+|%+|\(\*|\{-|"""|'''|\*|REM\b|'|<%#?--|\{#|@\*|\/\/\/|dnl\b)\s*/i;
const COMMENT_TAIL = /\s*(?:\*+\/\s*\}?|-->|\*\)|-\}|\]*--|"""|'''|--%>|#\}|\*@)\s*$/;
const BRACKETED =
  /^(?:\[([^\]]{3,120})\]|<([^<>/]{3,120})>|\(([^()]{3,120})\)|\{\{?([^{}]{3,120})\}\}?|【([^】]{2,120})】|（([^）]{2,120})）)$/;
/** A comment after code on one line; the strings before it are not looked into. */
const TRAILING = /(?:\s|[{;(,])((?:\/\/|#|\/\*|--|<!--)\s*[^\n]{2,120})$/;
/** A body that holds nothing but a note. */
const NOTED = /[{([]\s*(\/\*[^*\n]{2,120}\*\/)\s*[})\]]\s*[;,]?$/;
const HOLLOW = /[{([]\s*(?:\.{3}|…)\s*[})\]]\s*[;,]?$/;

/**
 * Lines of `content` that stand for what was left out.
 * @param base text of the file before, empty for a new one
 * @param path tells languages where a lone `...` is code
 * @example findElisions('a();\n// … rest unchanged\n', 'a();\nb();\n', 'x.js') // [{ line: 2, text: '// … rest unchanged' }]
 */
export function findElisions(content: string, base: string, path: string): readonly Elision[] {
  const known = new Map<string, number>();
  for (const line of base.split('\n')) known.set(line.trim(), (known.get(line.trim()) ?? 0) + 1);
  const shorter = filled(content) < filled(base);
  // Nearly all lines stand there as a whole: what a text holds is looked for only where one does not.
  const whole = new Set(content.split('\n').map((line) => line.trim()));
  const gone = [...known.keys()].filter((line) => !whole.has(line) && !content.includes(line));
  const found: Elision[] = [];
  content.split('\n').forEach((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.length > 300) return;
    const left = known.get(line) ?? 0;
    known.set(line, left - 1);
    if (left <= 0 && (standsForMore(line, path, shorter) || isHollow(line, gone))) found.push({ line: index + 1, text: line });
  });
  return found;
}

/** A line of the base with dots for what stood within it. Dots before a name may be code, and in PHP those within brackets. */
function isHollow(line: string, gone: readonly string[]): boolean {
  const [, before = '', after = ''] =
    /^(.{4,}?)(?:\.{3}|…)(?![\w.$(['"\])])(.*)$/.exec(line.replace(/(\.{3}|…)\s*[;,]?\s+(?:#|\/\/|--)\s.*$/, '$1')) ?? [];
  if (before !== '' && gone.some((old) => old.length > before.length + after.length + 3 && old.startsWith(before) && old.endsWith(after)))
    return true;
  // Within a text dots may be meant; not for what nobody reads.
  const [, start = '', end = ''] = /^(.{4,}?)(?:\.{3}|…)(["'`].*)$/.exec(line) ?? [];
  return (
    start !== '' &&
    gone.some((old) => old.startsWith(start) && old.endsWith(end) && /^\S{16,}$/.test(old.slice(start.length, old.length - end.length)))
  );
}

const filled = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

/** `...` is a statement in Python and a document's end in YAML. */
const DOTS_ARE_CODE = /\.(?:pyi?|ya?ml|tsx?|r)$/i;
const IS_PROSE = /\.(?:md|mdx|rst|txt|adoc|html?)$/i;

function standsForMore(line: string, path: string, shorter: boolean): boolean {
  if (/^(?:\.{3,}|…+)$/.test(line)) return shorter || !DOTS_ARE_CODE.test(path);
  if (isPhrase(strip(line)) && COMMENT_HEAD.test(line)) return !IS_PROSE.test(path) || /^<!--/.test(line) || shorter;
  const bracketed = BRACKETED.exec(line)
    ?.slice(1)
    .find((part) => part !== undefined);
  if (bracketed !== undefined && isPhrase(strip(bracketed))) return true;
  if (/^(?:\.{3,}|…+)\s*\S+\s/.test(line) && isPhrase(line.toLowerCase())) return true;
  if (IS_PROSE.test(path)) return false;
  if (/^[^"'`#/]{0,160}$/.test(line) && HOLLOW.test(line) && !DOTS_ARE_CODE.test(path)) return true;
  const noted = NOTED.exec(line)?.[1];
  if (noted !== undefined && isPhrase(strip(noted))) return true;
  const trailing = TRAILING.exec(line)?.[1];
  return trailing !== undefined && isPhrase(strip(trailing)) && !/^(?:unchanged|etc|as before|same)$/.test(strip(trailing));
}

function strip(line: string): string {
  return line
    .replace(COMMENT_HEAD, '')
    .replace(COMMENT_TAIL, '')
    .replace(/^[\s\-=*#~>]+|[\s\-=*#~<]+$/g, '')
    .trim()
    .toLowerCase();
}

function isPhrase(words: string): boolean {
  if (PHRASES.some((phrase) => phrase.test(words))) return true;
  // "... rest of the file", "(unchanged)", "[其余代码不变]": the same without what stands around it.
  const bare = words
    .replace(/^[\s.…[(<{（【]+|[\s.…\])>}）】!:;,。！：；，]+$/g, '')
    .replace(/\s*[([（][^()[\]（）]{0,60}$/, '')
    .trim();
  return bare !== words && bare !== '' && PHRASES.slice(2).some((phrase) => phrase.test(bare));
}
