// A constant in front: what is given back before the code at fault, which nothing reaches any more.
import { indentOf, nearest } from './outline.ts';
import type { Source } from './source.ts';
import { LITERAL, MODIFIER } from './what-lines-do.ts';
import { commentAbove, textBelow } from './words/said-of.ts';

const CONSTANT =
  /^\s*return(?:\s+(?:None|null|nil|undefined|true|false|True|False|-?\d[\d.]*|""|''|\[\s*\]|\{\s*\}|\(\s*\)|nullptr|std::nullopt))?\s*;?\s*$/;
const OPENS_FUNCTION =
  /\b(?:def|function|func|fn|fun|sub)\b|=>\s*\{\s*$|^\s*(?:[\w<>[\],.?*&:]+\s+)+\w+\s*\([^;]*\)\s*(?:throws[\w., ]+)?\{\s*$|^\s+\w+\s*\([^;]*\)\s*\{\s*$/;

/** Without a condition, and with code behind it that is never reached. */
export function isEarly({ lines, added }: Source, at: number): boolean {
  const line = lines[at] as string;
  if ((!CONSTANT.test(line) && !RETURNS.test(line)) || isConditional(line)) return false;
  const depth = indentOf(line);
  const above = lines[nearest(lines, at, -1, (other) => other.trim() !== '' && !TEXT_ALONE.test(other))] ?? '';
  const behind = nearest(lines, at, 1, (other) => other.trim() !== '');
  const next = lines[behind] ?? '';
  if (indentOf(next) !== depth || UNREACHED.test(next) || OPENS_BRANCH.test(above)) return false;
  if (CONSTANT.test(line) && OPENS_FUNCTION.test(above)) return true;
  // Of what was there before nothing is reached any more, whatever is given back.
  return RETURNS.test(line) && !added.has(behind) && indentOf(above) === depth && /[;)\w"'\]}]\s*$/.test(above);
}

const TEXT_ALONE = /^\s*(?:"""|'''|["'].*["'];?\s*$)/;

/** Ruby and Perl ask behind what is done; with an `else` it is the choice of a value, and done in any case. */
const isConditional = (line: string): boolean => {
  const asked = MODIFIER.exec(line.replace(LITERAL, "''"));
  return asked !== null && !/\belse\b/.test(asked[0]);
};

/** What may well stand behind a return. */
const UNREACHED =
  /^\s*(?:[})\]]|;;|(?:end|def|case|default|else|elif|elsif|elseif|until|fi|done|esac|rescue|ensure|except|finally|catch|when|yield|function|class|async|fn|func|sub)\b|\w+:\s*$|#)/;
const OPENS_BRANCH = /^\s*\}?\s*(?:if|elif|elsif|else|unless|while|for|switch|case|try|catch|with|when)\b/;
const RETURNS = /^\s*return\b[^{([]*(?:\([^()]*\)[^{([]*)?;?\s*$/;

const GIVES_NOTHING = /^\s*return(?:\s+(?:None|null|nil|undefined))?\s*;?\s*$/;
const SAYS_WHAT = /\b(?:gives?|returns?|yields?)\b/i;
/** That there may be nothing to give. */
const SAYS_NOTHING =
  /\b(?:none|null|nil|nothing|undefined|void|empty|optional(?:ly)?|missing|absent|if any|if there|if (?:it|one) exists|unless|not found|no such|may|could not|cannot|false)\b|\?/i;

/** In a new branch, of a function whose own words say what it gives and not that it may be nothing. */
export function isAgainstItsWord({ lines, text, outline: { heads }, added }: Source, at: number): boolean {
  const branch = heads[at] ?? -1;
  if (!GIVES_NOTHING.test(lines[at] as string) || !added.has(branch) || !OPENS_BRANCH.test(lines[branch] as string)) return false;
  let head = heads[branch] ?? -1;
  while (head >= 0 && !OPENS_FUNCTION.test(lines[head] as string)) head = heads[head] as number;
  if (head < 0 || added.has(head)) return false;
  const words = [...commentAbove(text, head), ...textBelow(text, head)].join(' ');
  return SAYS_WHAT.test(words) && !SAYS_NOTHING.test(words);
}
