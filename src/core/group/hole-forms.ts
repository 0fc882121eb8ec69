// Which form makes a token a hole. The principle: the programmer writes plain words, and what is not one was put in.
// Each form says what it is for; none asks for a word of a certain program. It sees one token and the word before it.

/** What a hole holds, as far as its form tells. */
export type HoleKind = 'number' | 'id' | 'date' | 'path' | 'url' | 'email' | 'name' | 'quoted' | 'list' | 'user';

/**
 * @param before the word right before it, '' at the beginning of the message, `undefined` where no word is there
 * @returns the kind of the hole, or `undefined` for a word
 */
export function holeOf(token: string, before: string | undefined): HoleKind | undefined {
  if (/[\d０-９]/.test(token)) return NUMBER.test(token) ? 'number' : 'id';
  if (/^[A-Za-z]?[a-z]*$|^[A-Z]+$/.test(token))
    return isUserAfter(before, token) ? 'user' : HEX.test(token) ? 'id' : token === 'localhost' ? 'name' : undefined;
  if (isPath(token)) return 'path';
  if (HEX_GROUPS.test(token)) return 'id';
  if (EMAIL.test(token)) return 'email';
  if (UNIT.test(token)) return 'name';
  // The first word names the part of the program that speaks, and the name of an error says what happened.
  if (before === '' || ERROR_NAME.test(token)) return undefined;
  return isUserAfter(before, token) ? 'user' : isName(token) ? 'name' : undefined;
}

/** A quick no, for most plain words. @param before characters of the word right before it */
export function mayBeHole(size: number, before: number): boolean {
  return size % 8 === 0 || size === 9 || (before >= 3 && before <= 8);
}

/** A number with sign, percent, or unit; a clock, a date in digits. */
const NUMBER = /^[-+#$~]?[\d０-９][\d０-９.,:/-]*(?:%|[TZ][\d.:+Z-]*|[a-zµ]{1,5}|[KMGTP]i?B?)?$/;

/** Ids in hexadecimal have digits but for one in thousands; these lengths are those of 32 to 256 bits. */
const HEX = /^(?:[a-f]{8}|[a-f]{16}|[a-f]{32}|[a-f]{40}|[a-f]{64})$/i;

/** Addresses of networks and cards. */
const HEX_GROUPS = /^[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,}$/i;

/** Also right behind the name of what it is: `key:/orders`. */
const ROOTED = /^(?:[a-z]{2,12}:(?=\/\w))?(?:[A-Za-z]:[\\/]|\\\\|~?\/|\.{1,2}[\\/])/;

/** Two names, as of a namespace, an image, a branch or a kind of content: `default/cart`, `text/html`; `and/or` is none. */
const PAIR = /^[a-z][\w-]{2,}\/[a-z][\w-]{2,}$/;

/** Rooted, or with a second separator, or a file with an extension below a folder. `and/or` and `I/O` are words. */
function isPath(token: string): boolean {
  const first = token.search(/[\\/]/);
  if (first === -1) return false;
  if (ROOTED.test(token)) return /\w/.test(token);
  return token.includes('/') && (PAIR.test(token) || /[\\/]/.test(token.slice(first + 1)) || /\/[^/]*\.\w+$/.test(token));
}

/** What systemd manages, by the kinds that it has: `cron.service`. */
const UNIT = /^[\w@.\\-]+\.(?:service|socket|timer|target|mount|automount|swap|path|slice|scope|device)$/;

const EMAIL = /^[^@\s]+@[\w-]+(?:\.[\w-]+)+$/;

/** `TimeoutError`, `java.sql.SQLException`: it is the kind of fault. */
const ERROR_NAME = /(?:Error|Exception|Fault|Failure|Warning)$/;

/**
 * What code is named by: `orderCache`, `OrderCache`, `order_cache`, `order-cache`, `shop.orders`, `Shop::Orders`,
 * `App\Orders`; hosts and files too. `ERR_BAD_REQUEST` is the name of a kind and stays, `e.g.` is none.
 */
export function isName(token: string): boolean {
  if (token.length >= 16 && RANDOM.test(token)) return true;
  if (!JOINED.test(token)) return /[a-z][A-Z]/.test(token) && LETTERS.test(token);
  if (/^(?:[A-Za-z]\.)+[A-Za-z]$/.test(token) || /^[A-Z]+(?:_[A-Z]+)+$/.test(token)) return false;
  return !/^[A-Za-z]+(?:-[A-Za-z]+)+$/.test(token) || token === token.toLowerCase();
}

const LETTERS = /^[A-Za-z]+$/;
/** Letters with one sign between each two runs of them; a lone `_` stands for no name. */
const JOINED = /^_+$|^[$_]*[\p{L}]+(?:(?:[._$#\\-]|::|->|__+)[\p{L}]+)+$/u;
/** Random letters of both cases, as base64 has them: a word changes its case a few times at the most. */
const RANDOM = /^(?=[\w+/-]{16,}=*$)(?:[^a-z]*[a-z]+[^A-Z]*[A-Z]){4}/;

const USER = /^(?:user|username|login|account|hostname|named|dev)$/i;

/**
 * Keys that say of what kind the matter is: their words are the programmer's, `state=open`; all others have values. `user=root`
 * stays too: what root may is another matter than what a guest may, and most logs have a few such accounts.
 */
export const KIND_KEY =
  /(?:^|[_.-])(?:user|state|status|code|type|kind|class|reason|cause|err|errors?|exception|result|action|op|operation|method|mode|level|severity|category|event|phase|msg|message|signal|component|module|scheme|protocol|proto)$/i;

/** The one value that is nearly always a plain word: who did it. */
function isUserAfter(before: string | undefined, token: string): boolean {
  return before !== undefined && USER.test(before) && !STOP.has(token.toLowerCase());
}

/** Words that go on with a sentence behind `user`, `for` or `by`. */
export const STOP: ReadonlySet<string> = new Set(
  (
    'for is was has not in of to at on with does and or by from name id must can cannot could will failed already exists the a an this that ' +
    'these those all any no each every some it its if when while since because during into more than less such be been are were being only'
  ).split(' '),
);
