// Text in, text without secrets and hidden characters out: the one filter on every way out.
// It knows the secrets of the configuration by value and others by their form (`secret-rules.ts`). What it misses stands
// in the table of known-wrong answers beside its tests.
import { createHash } from 'node:crypto';
import { remembering } from '../formats/remember.ts';
import { isDrawn, isPathOrThing } from './drawn.ts';
import { lookFor } from './look.ts';
import { isHarmless } from './no-value.ts';
import type { Rule } from './rule.ts';
import { RULES } from './secret-rules.ts';
import { ARGUMENTS } from './structures/arguments.ts';
import { SECTIONS } from './structures/sections.ts';
import { STATEMENTS } from './structures/statements.ts';
import type { Structure } from './structures/structure.ts';
import { TABLES } from './structures/tables.ts';

/** CSI and OSC sequences; C0 controls but tab and newline, C1, zero-width, bidirectional, tag and soft-hyphen characters. */
const HIDDEN =
  /(?:\u001b\[|\u009b)[0-9;?]*[ -/]*[@-~]|(?:\u001b\]|\u009d)[^\u0007\u001b\n]*(?:\u0007|\u001b\\)?|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udfff]/g;

/** Colours that JSON has written out: they would split a token in two. */
const WRITTEN_COLOUR = /\\(?:u001b|x1b|033)\[[0-9;]{0,20}m/gi;

const PLACEHOLDER = /\[redacted [a-z-]+ \d+\]/g;

/** Behind all rules of form: what the place among other values says. */
const STRUCTURES: readonly Structure[] = [ARGUMENTS, STATEMENTS, SECTIONS, TABLES];
const ALL: readonly Rule[] = [...RULES, ...STRUCTURES.map(({ look: rule }) => rule)];
const look = lookFor(ALL);

/** So many different secrets are remembered, those that came last; a log may hold any number of them. */
const MAX_KNOWN = 10_000;
/** So much of what stands before a word may say what it is. */
const LOOK_BACK = 240;
const LOOK_AHEAD = 40;
/** Longer texts seldom come again. */
const MAX_PART = 120;
/** So many secrets of one text are looked for in all of it. */
const MAX_REPEATED = 64;
/** Longer secrets are remembered by their hash. */
const MAX_KEPT = 64;

/** A letter or a figure: marks alone are the punctuation around a secret. */
const HAS_SIGN = /[A-Za-z0-9\u0080-\uffff]/;

/** Told of each secret; what it returns takes the secret's place. */
type Visit = (kind: string, secret: string, quoted: boolean) => string;

/** A secret by its form. `quoted`: it stood in quotes, so it is a value and no expression. */
export interface FoundSecret {
  readonly kind: string;
  readonly value: string;
  readonly quoted: boolean;
}

/**
 * Makes the filter for one run. The same secret gets the same placeholder within it, unless 10,000 others came between.
 * @param secrets values that must never leave, from the configuration; raw, base64, hexadecimal, JSON and URL-encoded forms are found
 * @example createRedactor(['hunter2'])('pw hunter2') // 'pw [redacted configured-secret 1]'
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const known = new Map<string, string>();
  let made = 0;
  const forms = secrets.filter((secret) => secret.length >= 4).flatMap((secret) => encodings(secret).map((form) => ({ form, secret })));
  forms.sort((a, b) => b.form.length - a.form.length);

  const placeholder = (kind: string, secret: string): string => {
    const key = secret.length > MAX_KEPT ? createHash('sha256').update(secret).digest('hex') : secret;
    const earlier = known.get(key);
    const shown = earlier ?? `[redacted ${kind} ${++made}]`;
    // The newest stand last. A part of a text would keep all of the text in memory; a copy does not.
    if (earlier !== undefined) known.delete(key);
    known.set(Buffer.from(key, 'utf16le').toString('utf16le'), shown);
    if (known.size > MAX_KNOWN) known.delete(known.keys().next().value!);
    return shown;
  };

  const redacted = (text: string, visit: Visit): string => {
    let clean = stripHidden(text);
    for (const { form, secret } of forms)
      if (clean.includes(form)) clean = clean.replaceAll(form, () => visit('configured-secret', secret, false));
    return replaceSecrets(clean, visit);
  };

  /** The files and functions of frames come again and again: where no secret is in one, it is the same each time. */
  const withoutAny = remembering((text) => {
    let isAny = false;
    const clean = redacted(text, (_, secret) => {
      isAny = true;
      return secret;
    });
    return isAny ? undefined : clean;
  });

  return (text) => (text.length > MAX_PART ? undefined : withoutAny(text)) ?? redacted(text, placeholder);
}

/**
 * The secrets that a text shows by their form, each value once. The guard asks this of added lines.
 * @example findSecrets('password=correct-horse') // [{ kind: 'secret', value: 'correct-horse', quoted: false }]
 */
export function findSecrets(text: string): readonly FoundSecret[] {
  const found = new Map<string, FoundSecret>();
  replaceSecrets(stripHidden(text), (kind, value, quoted) => {
    if (!found.has(value)) found.set(value, { kind, value, quoted });
    return `[redacted ${kind} 1]`;
  });
  return [...found.values()];
}

/** How many different secrets were taken out of a redacted text: "3 secrets withheld". */
export function countWithheld(redacted: string): number {
  return new Set(redacted.match(PLACEHOLDER)).size;
}

/** Text without characters that a person does not see. Newlines and tabs stay, CRLF becomes LF. */
export function stripHidden(text: string): string {
  const unix = text.includes('\r') ? text.replace(/\r\n/g, '\n') : text;
  const shown = unix.replace(HIDDEN, '');
  return shown.includes('\\') ? shown.replace(WRITTEN_COLOUR, '') : shown;
}

function replaceSecrets(text: string, visit: Visit): string {
  const { woken, mayMatch } = look(text);
  if (woken.length === 0) return text;
  let clean = text;
  const seen = new Map<string, string>();
  const noted: Visit = (kind, secret, quoted) => {
    const shown = visit(kind, secret, quoted);
    if (seen.size < MAX_REPEATED && (isTelling(secret) || (quoted && isOneWord(secret)))) seen.set(secret, shown);
    return shown;
  };
  for (const place of woken) {
    if (!mayMatch(place, clean)) continue;
    const structure = STRUCTURES[place - RULES.length];
    clean = structure === undefined ? apply(ALL[place]!, clean, noted) : withoutCells(clean, structure, noted);
  }
  return seen.size === 0 ? clean : withoutRepeats(clean, seen);
}

function withoutCells(text: string, structure: Structure, visit: Visit): string {
  let [clean, done] = ['', 0];
  for (const { from, to } of structure.find(text)) {
    clean += text.slice(done, from) + visit('secret', text.slice(from, to), /["']/.test(text[from - 1] ?? ''));
    done = to;
  }
  return done === 0 ? text : clean + text.slice(done);
}

/** Nothing else is called so: an ordinary word, which a password may be, is a part of other things as well. */
const isTelling = (secret: string): boolean => secret.length >= 8 && secret.length <= 400 && isDrawn(secret) && !isPathOrThing(secret);

/** An ordinary word is the same thing where it stands in quotes again, and is no name of anything. */
const isOneWord = (secret: string): boolean => secret.length >= 6 && !/\s|pass|token|secret|key|user|admin|auth/i.test(secret);
const QUOTE = /["'`]/;
const isQuoted = (text: string, at: number, end: number): boolean =>
  QUOTE.test(text[at - 1] ?? '') && QUOTE.test(text[end] ?? '') && !/^["'`]\s?(?:[:=]|=>)/.test(text.slice(end, end + 4));

/** What was known by its place once is known wherever it stands in the same text. */
function withoutRepeats(text: string, seen: ReadonlyMap<string, string>): string {
  let clean = text;
  for (const [secret, shown] of seen) {
    const isAnywhere = isTelling(secret);
    for (let at = clean.indexOf(secret); at >= 0; at = clean.indexOf(secret, at)) {
      const end = at + secret.length;
      const isWhole = !(isSign(clean[at - 1]) && isSign(secret[0])) && !(isSign(secret.at(-1)) && isSign(clean[end]));
      const isIt = isWhole && (isAnywhere || isQuoted(clean, at, end));
      if (isIt) clean = clean.slice(0, at) + shown + clean.slice(end);
      at += isIt ? shown.length : secret.length;
    }
  }
  return clean;
}

const isSign = (sign: string | undefined): boolean => sign !== undefined && /[A-Za-z0-9]/.test(sign);

function apply({ kind, pattern, accept }: Rule, text: string, visit: Visit): string {
  return text.replace(pattern, (match: string, ...rest: unknown[]) => {
    const last = rest.findIndex((value) => typeof value === 'number');
    const groups = rest.slice(0, last) as (string | undefined)[];
    const secret = groups.length === 0 ? match : groups.find((value) => value !== undefined);
    if (secret === undefined || !HAS_SIGN.test(secret) || isHarmless(secret) || isTaken(secret)) return match;
    const at = match.lastIndexOf(secret);
    const start = (rest[last] as number) + at;
    const end = start + secret.length;
    if (accept?.(secret, match, text.slice(Math.max(0, start - LOOK_BACK), start), text.slice(end, end + LOOK_AHEAD)) === false)
      return match;
    return match.slice(0, at) + visit(kind, secret, /["'`]/.test(match[at - 1] ?? '')) + match.slice(at + secret.length);
  });
}

/** All of it was taken out before; what stands beside a placeholder is still worth taking, a cut placeholder is not. */
function isTaken(secret: string): boolean {
  const rest = secret.replace(PLACEHOLDER, '');
  return rest !== secret ? rest.trim() === '' : secret.includes('[redacted');
}

/** How the bytes of a secret may be written in a log. */
function encodings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const percent = encodeURIComponent(secret);
  const forms = [secret, percent, percent.replace(/%../g, (code) => code.toLowerCase()), percent.replaceAll('%20', '+')];
  forms.push(JSON.stringify(secret).slice(1, -1), bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'));
  if (bytes.length >= 8) forms.push(bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...embedded(bytes));
  return [...new Set(forms)].filter((form, index) => index === 0 || form.length >= Math.min(8, secret.length));
}

/** Base64 of the secret after one or two other bytes, as in `user:secret`: the characters that only it decides. */
function embedded(bytes: Buffer): readonly string[] {
  return [1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const encoded = whole.toString('base64').replace(/=+$/, '');
    const decided = Math.floor((whole.length * 8) / 6);
    return encoded.slice(before + 1, decided);
  });
}
