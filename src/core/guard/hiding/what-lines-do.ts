// What a line does, by its words alone and for all rules: raises, tells, gives a value that says nothing, or asks first.
export const LITERAL =
  /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|(?<=[(,=~!&|]\s*|\b(?:if|unless|when)\s+)\/(?![/*])(?:[^/\\\n]|\\.)+\/|%w\[[^\]\n]*\]|(?<![\w$.])(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?)/g;
/** What of an answer is no value of anybody's. */
export const NO_VALUE = /\b(?:return|None|null|nil|undefined|true|false|True|False)\b|[\s[\](){},;:-]/g;
export const RAISES = /^\s*(?:throw|raise|panic!|fatalError|die|abort)\b|^\s*return\s+(?:[\w.]+,\s*)*(?:err\b|fmt\.Errorf\(|errors\.\w+\()/;
export const MODIFIER = /\s(?:if|unless)[\s(!].+$/;
export const LOGS =
  /^\s*(?:[@$]?\w+(?:\.|->|::))?[_$@]{0,2}(?:\w+\s*\(\s*\)\s*\.)?(?:console|log|logg?er|logging|LOG|LOGGER|warnings|print(?:ln|f|_r)?|puts|p|pp|warn|error_log|System\.(?:out|err)|Debug|Trace|Rails\.logger|slog|fmt|std::cerr|traceback|Sentry|sentry_sdk)\b[\s.:>(-]/i;
/** A value that says nothing of what was asked for. */
export const GIVES_DEFAULT =
  /^\s*(?:(?:return|(?:(?:const|let|var|final)\s+)?[\w.$@]+\s*:?=(?!=))\s*(?:None|null|nil|undefined|true|false|True|False|-?\d[\d.]*|"[^"\n]*"|'[^'\n]*'|[sS]tring(?:\.Empty|::new\(\))|default|\[\s*\]|\{\s*\}(?:\s*as\s+\w+)?|\(\s*\)|(?:Collections|List|Map|Set|Optional|Array)\.(?:empty\w*|of)\(\s*\)|new\s+\w+(?:<[^>]*>)?\(\s*\)|(?:(?:dict|list|set|str|int|float|tuple|bytes|frozenset|OrderedDict|Counter|cls|type\(self\)|self\.__class__|new\s+(?:self|static)|Self::(?:new|default)|Default::default)\(\s*\)|defaultdict\(\s*\w*\s*\)))?|continue|break|next|nil|null|false|true|0|"[^"\n]*"|'[^'\n]*'|\[\s*\]|\{\s*\})\s*;?\s*$/;
export const FUNCTION = /\b(?:def|function|func|fn|fun|sub|lambda|proc)\b|=>\s*\{?\s*$|->\s*\{?\s*$/;
export const LOOPS = /^\s*(?:for|while|until|loop|foreach|do)\b|\b(?:each\w*|times|map|loop)\b[^\n]*(?:\bdo\b|\{)/;

/** An error as a value: whoever gets it has to ask for it. */
export const HANDS_ERROR =
  /\b(?:Err|Left|Failure|failure|Fail|Failed|Result\.\w*[eE]rror|reject|Problem|BadRequest|NotFound|Unauthorized|Forbidden|Conflict|UnprocessableEntity|[A-Z]\w*(?:Error|Exception))\s*[({]|\(?\{?:error\b/;

const GIVES = /^\s*(?:return\s+|(?:(?:const|let|var|final|val)\s+)?[\w.$@]+\s*:?=(?!=)\s*)?(\S.*?);?\s*$/;

/** A constant, a type by its name, or what is made of such alone: nothing that was given to the program takes part. */
export function isMadeUp(line: string): boolean {
  const value = GIVES.exec(line)?.[1];
  return (
    value !== undefined &&
    !/^\s*(?:throw|raise|panic)\b/.test(line) &&
    !HANDS_ERROR.test(value) &&
    (value !== line.trim().replace(/;$/, '') || /^[A-Z]/.test(value)) &&
    value
      .replace(LITERAL, '')
      .replace(/(?<=[{,]\s*)[\w$]+\s*:(?!:)/g, '')
      .replace(/(?<![\w$.])(?:new\s+|\\)?[A-Z][\w$]*(?:(?:\.|::|->)[A-Za-z_]\w*)*/g, '')
      .replace(NO_VALUE, '') === ''
  );
}

/** A call over several lines is one. */
export function statements(body: readonly string[]): readonly string[] {
  const found: string[] = [];
  let open = 0;
  for (const line of body) {
    if (open > 0) found[found.length - 1] += ` ${line.trim()}`;
    else found.push(line);
    open += (line.match(/\(/g)?.length ?? 0) - (line.match(/\)/g)?.length ?? 0);
  }
  return found;
}
