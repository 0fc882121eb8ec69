// What the rules of a repository ask of the form of a fix, and which of them it would break: known before Claude is paid.
// Only what is certain is judged; the host itself has the last word at the push. Pure.
import { assertNever } from '../never.ts';

/** A text that something has to match, or must not. */
export interface FormPattern {
  readonly operator: 'regex' | 'starts_with' | 'ends_with' | 'contains';
  readonly text: string;
  readonly isNegated: boolean;
}

/** One rule, in no host's words. */
export type FormRule =
  | { readonly kind: 'branch' | 'message' | 'author' | 'committer'; readonly pattern: FormPattern }
  /** Branches of this name may not be made; commits have to be signed, or signed off. */
  | { readonly kind: 'creation' | 'signature' | 'signoff' };

/** How a fix would look. */
export interface Form {
  readonly branch: string;
  /** As far as it is known yet. */
  readonly message: string;
  /** Mail addresses. */
  readonly author: string;
  readonly committer: string;
  readonly isSigned: boolean;
  readonly isSignedOff: boolean;
}

/** A rule that is broken: what it asks for, and the key to set. */
export interface BrokenRule {
  readonly words: string;
  readonly key: string;
}

/**
 * @returns the first that is broken for certain
 * @example brokenRule([{ kind: 'signature' }], form)?.key // 'commit.sign'
 */
export function brokenRule(rules: readonly FormRule[], form: Form): BrokenRule | undefined {
  for (const rule of rules) {
    const broken = judged(rule, form);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

function judged(rule: FormRule, form: Form): BrokenRule | undefined {
  switch (rule.kind) {
    case 'branch':
      return unless(rule.pattern, form.branch, `the name of a branch, ${form.branch},`, 'request.branchPrefix');
    case 'message':
      return unless(rule.pattern, form.message, 'a commit message', 'commit.subject');
    case 'author':
      return unless(rule.pattern, form.author, `the address of an author, ${form.author},`, 'commit.author');
    case 'committer':
      return unless(rule.pattern, form.committer, `the address of a committer, ${form.committer},`, 'commit.committer');
    case 'creation':
      return { words: `a branch named ${form.branch} may not be made`, key: 'request.branchPrefix' };
    case 'signature':
      return form.isSigned ? undefined : { words: 'commits have to be signed', key: 'commit.sign' };
    case 'signoff':
      return form.isSignedOff ? undefined : { words: 'commits have to be signed off', key: 'commit.signoff' };
    default:
      return assertNever(rule);
  }
}

const VERBS = { regex: 'match', starts_with: 'begin with', ends_with: 'end with', contains: 'hold' } as const;

function unless(pattern: FormPattern, text: string, what: string, key: string): BrokenRule | undefined {
  const keeps = keepsPattern(pattern, text);
  if (keeps !== false) return undefined;
  return { words: `${what} ${pattern.isNegated ? 'may not' : 'has to'} ${VERBS[pattern.operator]} ${pattern.text}`, key };
}

/** @returns `undefined` where it is not certain */
function keepsPattern({ operator, text: wanted, isNegated }: FormPattern, text: string): boolean | undefined {
  switch (operator) {
    case 'starts_with':
      return text.startsWith(wanted) !== isNegated;
    case 'ends_with':
      return text.trimEnd().endsWith(wanted.trimEnd()) !== isNegated;
    case 'contains':
      return text.includes(wanted) !== isNegated;
    case 'regex': {
      const found = matched(wanted, text);
      return found === undefined ? undefined : found !== isNegated;
    }
    default:
      return assertNever(operator);
  }
}

/** Hosts read RE2, and whether `^` is also the beginning of a line is theirs to say: what hangs on that is not certain. */
function matched(source: string, text: string): boolean | undefined {
  const ignoresCase = /^\(\?i\)/.test(source);
  const plain = source
    .replace(/^\(\?[a-z]+\)/, '')
    .replaceAll('\\A', '^')
    .replace(/\\[zZ]/g, '$')
    .replaceAll('(?P<', '(?<');
  // Where RE2 is linear, another engine may not come to an end.
  if (/[+*}]\)*[+*{]|\([^)]*[+*|][^)]*\)[+*{]/.test(plain)) return undefined;
  const flags = ignoresCase ? 'iu' : 'u';
  try {
    const [whole, byLine] = [new RegExp(plain, flags).test(text), new RegExp(plain, `${flags}m`).test(text)];
    return whole === byLine ? whole : undefined;
  } catch {
    return undefined;
  }
}
