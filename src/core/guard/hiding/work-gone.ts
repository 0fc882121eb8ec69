// Principle: what failed has to be done in another way. Where it is not done any more, nothing fails, and nothing is mended:
// a function that only hands on what it was given, a count that never begins, a check that raised and is not there, a promise
// that is asked for what no promise has. Read from both sides of sources; who may take work out on purpose is a person.
import { JS } from '../file-names.ts';
import { patchOnly, quote, type ReadFile } from '../policy.ts';
import { outlineOf } from './outline.ts';
import type { InFile, Sides } from './sides.ts';
import { HANDS_ERROR, LITERAL } from './what-lines-do.ts';

/** A value that comes from nowhere. */
const CONSTANT =
  /^(?:None|null|nil|undefined|true|false|True|False|nullptr|NULL|void 0|-?\d[\d._]*|"[^"\n]*"|'[^'\n]*'|``|\[\s*\]|\{\s*\}|\(\s*\)|Some\(\)|Ok\(\(\)\)|Vec::new\(\)|String::new\(\)|(?:Collections|List|Map|Set|Optional|Array)\.(?:empty\w*|of)\(\s*\)|new\s+\w+(?:<[^>]*>)?\(\s*\)|(?:dict|list|set|str|int|float|tuple)\(\s*\)|(?:empty|listOf|mapOf|setOf)\w*\(\s*\))$/;
export const NO_STATEMENT = /^\s*(?:pass|\.\.\.|[{}()[\];,]*|end|begin|"""(?:[^"]|"(?!""))*"""|'''.*'''|["'].*["'];?)\s*$/;
const NAMED =
  /^\s*(?:@\w+\s+)*(?:[\w<>[\],.?*&:\\]+\s+)*?(?:(?:def|function|func|fn|fun|sub)\s+)?(?:\([^()]*\)\s*)?([\w$.?!]+)\s*(?:<[^<>]*>)?\(([^;]*)$/;
const PLAIN = /^\s*def\s+([\w.?!=]+)\s*$/;
const OPENS = /[{:]\s*$|\)\s*$|^\s*def\b/;
const NO_FUNCTION =
  /^\s*\}?\s*(?:if|elif|elsif|else|unless|while|for|foreach|switch|case|try|catch|with|when|match|return|class|await|new|until|using|lock|synchronized)\b/;

/** Of a line that begins a function: its name and what stands in its brackets. */
function headOf(line: string): readonly [name: string, given: string] | undefined {
  if (NO_FUNCTION.test(line) || !OPENS.test(line)) return undefined;
  const plain = PLAIN.exec(line)?.[1];
  if (plain !== undefined) return [plain, ''];
  const found = NAMED.exec(line);
  const isFunction = /\b(?:def|function|func|fn|fun|sub)\b|\)[^()]*\{\s*$/.test(line);
  return found === null || !isFunction ? undefined : [found[1] as string, found[2] as string];
}

/** Of each function that stands once its statements, and the line that begins it. */
function functionsOf(
  lines: readonly string[],
): ReadonlyMap<string, { readonly at: number; readonly given: string; readonly body: readonly string[] }> {
  const { ends } = outlineOf(lines);
  const found = new Map<string, { at: number; given: string; body: readonly string[] }>();
  const twice = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (line.length > 300) continue;
    const [name, given] = headOf(line) ?? [];
    if (name === undefined || given === undefined) continue;
    if (found.has(name)) twice.add(name);
    found.set(name, { at, given, body: bodyOf(lines.slice(at + 1, ends[at])) });
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** Statements without the text that a function may begin with, and without what only ends one. */
function bodyOf(lines: readonly string[]): readonly string[] {
  const said = lines.join('\n').replace(/^\s*("""|''')[\s\S]*?\1/, '');
  return said.split('\n').filter((line) => !NO_STATEMENT.test(line));
}

const wordsOf = (given: string): ReadonlySet<string> => new Set(given.match(/[\p{L}_$@][\p{L}\p{N}_$]*/gu) ?? []);

/** A list, a table or an object of values that stand there: whatever the function is asked for, it is the same. */
function isFixedContainer(value: string): boolean {
  const bare = value.replace(TEXT, "''");
  return (
    !HANDS_ERROR.test(value) &&
    /^(?:new\s+|\\)?(?:[A-Z][\w$]*(?:(?:\.|::|->)\w+)*)?\s*[[({]/.test(bare) &&
    bare
      .replace(/[\w$]+\s*:(?!:)|''\s*(?:=>|:)/g, '')
      .replace(/(?<![\w$.])(?:new\s+|\\)?[A-Z][\w$]*(?:(?:\.|::|->)[A-Za-z_]\w*)*/g, '')
      .replace(/''|\b(?:None|null|nil|undefined|true|false|True|False)\b|-?\d[\d._]*\w?|[\s[\](){},;:&-]/g, '') === ''
  );
}

const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** What it was given, or a constant, and nothing else. */
function isHollow(value: string, given: string): boolean {
  const plain = value.replace(/^\s*(?:return\b)?\s*/, '').replace(/\s*;?\s*$/, '');
  return (
    plain === '' ||
    CONSTANT.test(plain) ||
    isFixedContainer(plain) ||
    (/^\$?[\w]+$/.test(plain) && wordsOf(given).has(plain) && !/^(?:self|this|cls)$/.test(plain))
  );
}

function hollowed(was: readonly string[], now: readonly string[]): string | undefined {
  const [had, has] = [functionsOf(was), functionsOf(now)];
  for (const [name, { at, given, body }] of has) {
    const before = had.get(name);
    if (before === undefined || body.length > 1) continue;
    const isEmpty = (lines: readonly string[], from: string): boolean =>
      lines.length === 0 || (lines.length === 1 && isHollow(lines[0] as string, from));
    if (isEmpty(body, given) && !isEmpty(before.body, before.given) && !isAbstract(before.body)) return now[at];
  }
  return undefined;
}

/** What only says that it is not there yet, or gave a text that was longer, did nothing before. */
const isAbstract = (body: readonly string[]): boolean =>
  body.join('\n').replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\breturn\b|[\s()+;.,\\]/g, '') === '' ||
  (body.length === 1 && /NotImplemented|NotSupported|todo!|unimplemented!|\bTODO\b/.test(body[0] as string));

/** A function in one line: what stands before its value, and the value. */
const ONE_LINE =
  /^(\s*(?:(?:export|default|public|private|protected|internal|static|override|async|suspend|const|let|var|val|def|fun)\b\s*)+[^=]*?(?:=\s*(?:async\s*)?\(?[^()=]*\)?\s*=>|\)[^=]*?=>|\)[^=]*=(?![=>])))\s*([^\s{].*?);?\s*$/;

function hollowedLine(gone: readonly string[], added: readonly string[]): string | undefined {
  const had = new Map(
    gone.flatMap((line) => {
      const found = ONE_LINE.exec(line);
      return found === null ? [] : [[found[1]?.trim(), found[2] as string] as const];
    }),
  );
  return added.find((line) => {
    const [, head = '', value = ''] = ONE_LINE.exec(line) ?? [];
    const before = had.get(head.trim());
    return before !== undefined && isHollow(value, head) && !isHollow(before, head);
  });
}

/** Asks of a value whether it is there, and nothing else. */
const IS_THERE =
  /\b(?:defined|isset|exists|empty|is_null|is|not|None|null|nil|undefined|in|present|blank|key|has_key|include|includes|has|contains\w*)\b|[\s?!()&;:{}=.]/g;

/** `counts[k] += 1` that became `counts[k] = counts[k]&.succ`: what is missing stays missing. */
function neverBegun(gone: readonly string[], added: readonly string[]): string | undefined {
  const counted = new Set(gone.flatMap((line) => /^\s*([\w.@$[\]"':>()-]+?)\s*(?:[-+*/|&]|<<|\|\||&&)=(?!=)/.exec(line)?.[1] ?? []));
  if (counted.size === 0) return undefined;
  return added.find((line) => {
    const [, place = '', value = ''] = /^\s*([\w.@$[\]"':>()-]+?)\s*(?:[-+*/|&])?=(?!=)\s*(.+)$/.exec(line) ?? [];
    if (!counted.has(place) || /\|\||\?\?|\?:|\belse\b|\bor\b/.test(value)) return false;
    const asked = /\b(?:if|unless)\b(.*)$/.exec(value)?.[1] ?? '';
    const isSkipped = asked.includes(place) && asked.replaceAll(place, '').replace(IS_THERE, '') === '';
    return (
      isSkipped || [`${place}&.`, `${place}?.`, `${place}?->`, `${place} && `, `${place} and `].some((start) => value.startsWith(start))
    );
  });
}

/** What a promise has. */
const OF_PROMISE = /^(?:then|catch|finally)\b/;

/** A property of what an asynchronous function gives is asked for with care, and what it gives is not waited for. */
function notWaited(now: readonly string[], added: readonly string[], asynchronous: ReadonlySet<string>): string | undefined {
  const promises = new Set(
    now.flatMap((line) => {
      const [, name, called = ''] = /\b(?:const|let|var)\s+(\w+)\s*=\s*(?:this\.)?(\w+)\s*\(/.exec(line) ?? [];
      return name !== undefined && asynchronous.has(called) ? [name] : [];
    }),
  );
  if (promises.size === 0) return undefined;
  return added.find((line) =>
    [...line.matchAll(/(?<![\w$.])(\w+)(?:\?\.(\w+)|\.(\w+)\s*\?\.)/g)].some(
      ([, name = '', first, second]) => promises.has(name) && !OF_PROMISE.test(first ?? second ?? ''),
    ),
  );
}

const PANICS = /\.(?:go|rs)$/i;

const RAISE = /(?:\b(?:throw|raise|panic!?|fatalError|preconditionFailure|bail!|croak|confess|die|abort)(?=[\s(!;]|$)|\.orElseThrow\s*\()/;
const CHECK =
  /^\s*(?:assert!?\b|debug_assert!?|assert_eq!|ensure!|precondition\s*\(|require\s*\([^"']|requireNotNull\s*\(|check(?:NotNull)?\s*\(|(?:Objects|Preconditions|Assert|Guard|ArgumentNullException)\.\w+\s*\()/;
const MODIFIED = /\b(?:raise|throw|die|croak)\b.*\s(?:if|unless)\s/;
const HANDS_ON = /^\s*return\s+(?:[\w.]+,\s*)*(?:err\b|fmt\.Errorf\(|errors\.\w+\()/;
const SAYS =
  /^\s*(?:[\w$]+(?:\.|->|::))*(?:console|log|logg?er|logging|print(?:ln|f)?|puts|warn|warning|error_log|fmt|slog|Log)\b[\s.:>(-]/i;

export const raises = (line: string): boolean => RAISE.test(line) || CHECK.test(line) || HANDS_ON.test(line);

/** Where it raised a value is given now: the same line up to there, and nothing that was worked out behind it. */
function neutral({ path, gone, added }: Sides, given: string): string | undefined {
  const raised = new Set(
    gone.flatMap((line) => {
      const at = RAISE.exec(line)?.index ?? -1;
      const head = line.slice(0, Math.max(0, at)).trim();
      return /[\w)]/.test(head) ? [head] : [];
    }),
  );
  if (raised.size === 0) return undefined;
  return added.find((line) => {
    const text = line.trim();
    return [...raised].some((head) => {
      if (!text.startsWith(head)) return false;
      const rest = text
        .slice(head.length)
        .trim()
        .replace(/^\.orElse(?:Get)?\s*\(\s*(?:\(\)\s*->\s*)?(.*?)\)+\s*;?$/, '$1')
        .replace(/[\s;,}]+$/, '');
      // What may be nothing is asked for before it is used.
      if (/\.rs$/i.test(path) && /^(?:return\s+)?None$/.test(rest)) return false;
      return rest === '' || rest === '{' || /^(?:continue|break|next|pass)$/.test(rest) || SAYS.test(rest) || isHollow(rest, given);
    });
  });
}

/** A line without the word that only says where of several it stands. */
const condition = (line: string): string =>
  line
    .replace(/^[\s}]*(?:else\s+)?(?:elif|elsif|elseif|if)\b/, '')
    .replace(/[\s{:]+$/, '')
    .trim();

/** Of what raised and is gone, the lines that it stood below. */
function conditionsOf({ was, gone }: Sides): readonly string[] {
  const raised = new Set(gone.filter((line) => raises(line)));
  if (raised.size === 0) return [];
  const { heads } = outlineOf(was);
  return was.flatMap((line, at) => (raised.has(line) && isAsked(was[heads[at] ?? -1] ?? '') ? [was[heads[at] ?? -1] as string] : []));
}

/** Nothing that is new does anything. */
function doesNothing(added: readonly string[], gone: readonly string[], given: string, conditions: readonly string[]): boolean {
  const had = new Set(gone.map(condition));
  // A check whose own condition is gone too, or that asks by itself, was replaced.
  const asked = wordsOf([...conditions, ...gone.filter((line) => CHECK.test(line) || MODIFIED.test(line))].join(' '));
  const isReplaced = asked.size > 0 && added.some((line) => isBent(line, asked) || (/^\s*return\b/.test(line) && isHollow(line, given)));
  // What was raised in one place is raised in another.
  if (added.some(raises)) return false;
  return added.every(
    (line) =>
      NO_STATEMENT.test(line) ||
      (SAYS.test(line) && !raises(line)) ||
      had.has(condition(line)) ||
      (/^\s*return\b/.test(line) && isHollow(line, given)) ||
      /^\s*\}?\s*(?:else|import|from|use|using)\b/.test(line) ||
      (isReplaced && (isAsked(line) || isBent(line, asked))),
  );
}

/** Only asks; what is done where it holds stands below. */
const isAsked = (line: string): boolean =>
  /^\s*(?:if|unless|elif|elsif|guard)\b[^;]*[:{)]?\s*$|^\s*\}?\s*else\s+if\b/.test(line) && !/\belse\s*\{\s*return\b/.test(line);

/** What was asked for is made to be as it should have been: `n = 0`, `n = abs(n)`, `n = Math.max(0, n)`. */
function isBent(line: string, asked: ReadonlySet<string>): boolean {
  const [, name = '', value = ''] = /^\s*(?:(?:let|const|var|my|int|long|auto)\s+)?([\w$.@]+)\s*=(?!=)\s*(.+?);?\s*$/.exec(line) ?? [];
  if (!asked.has(name.replace(/^.*\./, ''))) return false;
  const rest = value
    .replace(LITERAL, '')
    .replace(/\b(?:Math|std|cmp|abs|fabs|max|min|clamp|None|null|nil|undefined|true|false|True|False)\b|[\s().,:;-]/g, '');
  return rest === '' || rest === name;
}

/** What a program answers at: `'/refund'`, `"POST /refund"`, in a call or an entry of a table. */
const ADDRESS = /["'`](?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+)?\/[\w\-/:{}<>*.]{0,200}["'`](?=\s*(?:,|=>|:))/g;

/** An address that nothing of the change answers at any more, and no other stands in its place. */
function unanswered({ gone, added }: Sides, said: string): string | undefined {
  const addresses = (line: string): readonly string[] => (/[(,[:]|=>/.test(line) ? (line.match(ADDRESS) ?? []) : []);
  if (added.some((line) => addresses(line).length > 0)) return undefined;
  return gone.find((line) => {
    const [address] = addresses(line);
    return address !== undefined && !said.includes(address.slice(1, -1));
  });
}

/** One finding for each kind and file. */
export function workGone(files: readonly ReadFile[], sides: readonly Sides[], isCode: (path: string) => boolean): readonly InFile[] {
  const asynchronous = new Set(
    sides.flatMap(({ now }) => [...now.join('\n').matchAll(/\basync\s+(?:function\s+)?(\w+)\s*\(/g)].map(([, name = '']) => name)),
  );
  const elsewhere = new Set(
    files.filter(({ isTest, path }) => !isTest && isCode(path)).flatMap(({ added }) => added.map((line) => line.trim())),
  );
  const said = files
    .filter(({ isTest }) => !isTest)
    .map(({ after }) => after.uncommented)
    .join('\n');
  const given = sides.flatMap(({ was }) => was.flatMap((line) => headOf(line)?.[1] ?? [])).join(' ');
  const says = (rule: string, path: string, what: string, line: string | undefined): readonly InFile[] =>
    line === undefined ? [] : [{ path, verdict: patchOnly(rule, `${path} gets ${what}: ${quote(line)}`) }];
  const isNothing =
    files.every((file) => file.isTest || !isCode(file.path) || (file.before.text !== '' && file.after.text !== '')) &&
    doesNothing(
      sides.flatMap(({ added }) => added),
      sides.flatMap(({ gone }) => gone),
      given,
      sides.flatMap(conditionsOf),
    );
  return sides.flatMap((side) => {
    const { path, was, now, gone, added } = side;
    // In Go and Rust whoever panics ends the program; to go back with what the function gives is an answer to it.
    const isAnswer = (line: string): boolean => PANICS.test(path) && /^\s*panic!?\s*\(/.test(line) && added.length > 0;
    const check = isNothing ? gone.find((line) => raises(line) && !isAnswer(line) && !elsewhere.has(line.trim())) : undefined;
    return [
      ...says('work-gone', path, 'a function that does nothing any more', hollowed(was, now) ?? hollowedLine(gone, added)),
      ...says('work-gone', path, 'a line that leaves what is missing as it is', neverBegun(gone, added)),
      ...(JS.test(path) ? says('work-gone', path, 'a look at what is not waited for', notWaited(now, added, asynchronous)) : []),
      ...says('work-gone', path, 'no answer any more at an address', unanswered(side, said)),
      ...says('error-dropped', path, 'a value in place of an error that was raised', neutral(side, given)),
      ...(check === undefined
        ? []
        : [{ path, verdict: patchOnly('error-dropped', `${path} loses a check that raised, and gets nothing for it: ${quote(check)}`) }]),
    ];
  });
}
