// Principle: what a program's own words say of its input holds for a fix too. Where they say that each one counts, or name just
// what the added test gives, an entry that is left out, a return with nothing or a default hides what they ask for. Words that
// say what may be missing, skipped or unknown leave it to the fix.
import type { Source } from '../source.ts';
import { FUNCTION, LITERAL, LOOPS } from '../what-lines-do.ts';
import { commentAbove, saidOf, textBelow } from './said-of.ts';

/** What the added tests give to the program. */
export interface Given {
  /** Texts and numbers, without their quotes. */
  readonly values: ReadonlySet<string>;
  /** Names of what an entry has. */
  readonly keys: ReadonlySet<string>;
}

const ALL =
  /\b(?:every(?:body|one|thing)?|each|all|whoever|whatever)\b|\bno(?:ne| \w+) (?:is|are|may be|gets?) (?:ever )?(?:lost|left|skipped|dropped|forgotten|missed)\b|\b(?:ha(?:s|ve) to|must|should) (?:agree|match|balance|be equal|add up)\b/i;
const TOO =
  /\b(?:also (?:for|those|if|when|where|the|to)|too(?=\s*(?:[.,;]|$))|as well(?! as)|whoever|even (?:for|if|when|those|without)|whether or not|with or without)/i;
/** What is said of such an entry is that nothing is done with it, or what is given for it. */
const LEFT_TO_FIX =
  /\b(?:skip\w*|ignor\w*|left out|leav\w* out|stays?|drop(?:s|ped)?|discard\w*|optional\w*|need not|default\w*|fall\w* back|fallback|unless|otherwise|counts? for|filter\w*|(?:gives?|returns?|yields?|is|are|as) (?:an? )?(?:0|zero|null|nil|none|nothing|undefined|false|empty|guests?))\b/i;
/** That it may not be there. */
const MAY_BE_MISSING =
  /\b(?:missing|absent|empty|blank|unknown|invalid|malformed|unsupported|null|nil|none|nothing|undefined|without|no|may (?:be|have|lack) (?:no|missing|absent|empty|null|nil|none))\b/i;
const AGREES = /\b(?:agree|match|balance|be equal|add up)\s(?:with|to)\b/gi;
const DEPENDS = /\b(?:if|when|where|may|might|can|could|only|not|exists?|existing|valid|known|given|that (?:has|have|is|are)|with)\b/i;

const NEUTRAL = String.raw`(?:null|nil|None|undefined|0(?:\.0+)?[LlmMfFdD]?|""|''|\[\s*\]|\{\s*\}|false|False)`;
const DEFAULTS = new RegExp(
  String.raw`\.(?:get|getOrDefault|fetch|pop|GetValueOrDefault|unwrap_or|value_or|orElse)\((?:[^()]|\([^()]*\))*?(?:,\s*|(?<=\())${NEUTRAL}\s*\)|(?:\?\?|\|\||\?:|\bor\b)\s*${NEUTRAL}(?![\w.])|\?(?![?.])[^?:]*:\s*${NEUTRAL}(?![\w.])|\belse\s+${NEUTRAL}(?![\w.])|\.unwrap_or_default\(`,
);
const FILTERS =
  /\.(?:filter|select|reject|filter_map|flatten|flat_map|compact|grep|Where|OfType|filterNotNull|mapNotNull|compactMap|filterIsInstance)\b\s*[({&<]?|\barray_filter\s*\(|\bfilter\s*\(|\bfor\b.*\bin\b.*\bif\b/;
const GOES_ON = /^\s*(?:continue|next|break)\b|\b(?:continue|next|break)\s*;?\s*\}?\s*$|^\s*next (?:if|unless)\b/;
const GOES_BACK = new RegExp(
  String.raw`^\s*(?:(?:if|unless)\b.*[)\s:{])?\s*return(?:\s+${NEUTRAL})?(?:\s+(?:if|unless)\b.*)?\s*;?\s*\}?\s*$`,
);
const CATCHES = /^\s*\}?\s*(?:except|rescue|catch)\b/;
const ASKS = /^\s*(?:if|unless)\b/;
const WITH_CARE = /[\w)\]]\?\.(?=[\w[(])|&\.|\?->/g;
/** Whether a text says anything at all is asked of lines. */
const OF_BLANK = /\b(?:trim|strip|split|lines|splitlines|blank\?|isBlank|IsNullOrWhiteSpace|TrimSpace)\b/;

const marks = (line: string): number => line.match(WITH_CARE)?.length ?? 0;
const bare = (line: string): string =>
  line
    .replace(/\?\.(?=[[(])|!(?=[.[(])/g, '')
    .replace(/\?\.|&\.|\?->|->/g, '.')
    .replace(/\s+/g, '');

/** Longer lines are made by a machine. */
const LONGEST = 500;

type LeavesOut = 'entry' | 'whole';

/** How a new line leaves out what was done, if it does. */
function leavesOut(source: Source, at: number): LeavesOut | undefined {
  const { lines, outline, added } = source;
  const gone = source.gone.filter((each) => each.length < LONGEST);
  const line = lines[at] as string;
  const { heads, ends } = outline;
  if (OF_BLANK.test(line)) return undefined;
  const head = heads[at] ?? -1;
  const isBelowNew = added.has(head) && (ASKS.test(lines[head] as string) || CATCHES.test(lines[head] as string));
  const isInLoop = ((): boolean => {
    for (let up = head; up >= 0; up = heads[up] as number)
      if (LOOPS.test(lines[up] as string) || /=>\s*\{?\s*$|\|\s*$/.test(lines[up] as string)) return true;
    return false;
  })();
  if (FILTERS.test(line) && !gone.some((other) => FILTERS.test(other))) return 'entry';
  if (GOES_ON.test(line) && (isBelowNew || ASKS.test(line) || /\b(?:if|unless)\b/.test(line))) return 'entry';
  if (GOES_BACK.test(line) && (isBelowNew || /\b(?:if|unless)\b/.test(line))) return isInLoop ? 'entry' : 'whole';
  const isBegun = /^\s*([\w.$@]+)(?:\[|\.(?:put|set)\()[^\n]*\1(?:\.get|\[)/.test(line) && /[-+*|]/.test(line);
  if (DEFAULTS.test(line) && !isBegun && !gone.some((other) => DEFAULTS.test(other)))
    return /(?:\?\?|\|\||\?:|\bor\b|,)\s*(?:\[\s*\]|\{\s*\})/.test(line)
      ? 'whole'
      : isInLoop || /=>|\blambda\b|\||\bfor\b|\bfn\b/.test(line)
        ? 'entry'
        : 'whole';
  const was = marks(line) > 0 ? gone.find((other) => bare(other) === bare(line)) : undefined;
  if (was !== undefined && marks(was) < marks(line)) return isInLoop || /=>|\|/.test(line) ? 'entry' : 'whole';
  // What was done is done below a condition.
  if (ASKS.test(line) && !gone.some((other) => ASKS.test(other)) && !/\belse\b/.test(lines[ends[at] as number] ?? '')) {
    const body = lines.slice(at + 1, ends[at]).filter((each) => each.trim() !== '');
    const rest = /^\s*if\s*\((?:[^()]|\([^()]*\))*\)\s*(\S.*\));\s*$/.exec(line)?.[1];
    const wasDone = (each: string): boolean => gone.some((other) => bare(other).replace(/;$/, '') === bare(each).replace(/;$/, ''));
    const isSame = body.length > 0 && body.every((_each, index) => !added.has(at + 1 + index));
    if (isSame || (rest !== undefined && wasDone(rest))) return isInLoop ? 'entry' : 'whole';
  }
  return undefined;
}

/** Why the words of the program speak against a new line; nothing where they do not. */
export function againstWords(source: Source, given: Given, at: number): string | undefined {
  const how = leavesOut(source, at);
  if (how === undefined) return undefined;
  const { text, outline, added, had, lines } = source;
  for (let head = outline.heads[at] ?? -1; head >= 0; head = outline.heads[head] as number)
    if (added.has(head) && FUNCTION.test(lines[head] as string)) return undefined;
  const words = saidOf(text, outline.heads, at)
    .filter((line) => had.has(line.trim()))
    .join(' ')
    .replaceAll('"""', ' ')
    .replace(/[\s*/#]+/g, ' ');
  if (words.trim() === '' || LEFT_TO_FIX.test(words)) return undefined;
  const sentences = words.split(/(?<=[.;!?])\s/);
  if (sentences.some((one) => TOO.test(one))) return 'too';
  const isOpen = (one: string): boolean => MAY_BE_MISSING.test(one.replace(ALL, ''));
  if (how === 'entry' && !sentences.some(isOpen) && sentences.some((one) => ALL.test(one) && !DEPENDS.test(one.replace(AGREES, ''))))
    return 'all';
  const spoken = new Set(
    (
      sentences
        .filter((one) => !isOpen(one))
        .join(' ')
        .match(LITERAL) ?? []
    ).map((one) => one.replace(/^["'`]|["'`]$/g, '')),
  );
  if ([...given.values].some((value) => value.length > 1 && spoken.has(value))) return 'value';
  const used = new Set(
    bodyOf(source, at)
      .join('\n')
      .match(/[A-Za-z_]\w+/g) ?? [],
  );
  const named = new Set(
    sentences.filter((one) => ANOTHER.test(one)).flatMap((one) => one.toLowerCase().match(/(?<![\w@.{])[a-z_]\w+(?![\w:(])/g) ?? []),
  );
  return [...given.keys].some((key) => key.length > 2 && named.has(key.toLowerCase()) && !used.has(key) && !/^https?$/i.test(key))
    ? 'key'
    : undefined;
}

/** What it is, or has, in place of another. */
const ANOTHER = /\b(?:or|instead|their|his|hers?|its|else)\b/i;

/** What stands below the nearest line of which something is said. */
function bodyOf({ text, lines, outline: { heads, ends } }: Source, at: number): readonly string[] {
  let head = heads[at] ?? -1;
  while (head >= 0 && commentAbove(text, head).length + textBelow(text, head).length === 0) head = heads[head] as number;
  return lines.slice(head, ends[head]);
}

const KEY = /(?<![\w$.?:])["':]?([A-Za-z_]\w+)["']?\s*(?::(?!:)|=>|=(?![=>]))/g;

export const keysOf = (line: string): readonly string[] => [...line.matchAll(KEY)].map(([, name = '']) => name);
