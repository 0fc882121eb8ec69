// What the search of the hot path decides, in plain TypeScript: the readable specification of `search/wasm`, and what its
// tests hold it against. Nothing of the program calls it. A line is passed over
// - when its beginning is a known head (`headPattern`),
// - when it is a JSON record whose signature is approved (`signature`),
// - when no needle stands in it (`findNeedle`).
import type { Part } from './search/head-states.ts';
import type { Check, Needle } from './search/prefilter-strings.ts';
import { ENVELOPE_NAMES, levelPaths, NOT_RECORDS } from './search/record-rows.ts';

const isLetter = (byte: number | undefined): boolean => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** Does the needle that was found at `at` count? `end` is behind its last byte. */
type CheckAt = (bytes: Buffer, at: number, end: number) => boolean;

const isSevere =
  (limit: number): CheckAt =>
  (bytes, at) => {
    const priority = /^\n<(\d+)>/.exec(bytes.toString('latin1', at, at + 16))?.[1];
    return priority !== undefined && Number(priority) % 8 <= limit;
  };

/** Levels of syslog are the worse the lower, those of OpenTelemetry and pino the worse the higher. */
const isHighNumber =
  (low: number, high: number): CheckAt =>
  (bytes, _, end) => {
    const value = /^[\\": ]*(\d+)/.exec(bytes.toString('latin1', end, end + 64))?.[1];
    return value !== undefined && (Number(value) <= low || Number(value) >= high);
  };

export const CHECK: Readonly<Record<Check, CheckAt>> = {
  always: () => true,
  endsWord: (bytes, _, end) => !isLetter(bytes[end]) && !isDigit(bytes[end]) && bytes[end] !== 95,
  // It stands alone; the `m` that ends a colour code may stand before it.
  isWord: (bytes, at, end) => {
    if (isLetter(bytes[end])) return false;
    return !isLetter(bytes[at - 1]) || (bytes[at - 1] === 109 && (isDigit(bytes[at - 2]) || bytes[at - 2] === 91));
  },
  beforeDigit: (bytes, _, end) => isDigit(bytes[end]),
  beforeLetter: (bytes, _, end) => isLetter(bytes[end]),
  // `file.js:12` at the end of a line, or of a line inside a JSON string.
  endsLine: (bytes, _, end) => /^\d+(?:[\n\r\\"\x1b]|$)/.test(bytes.toString('latin1', end, end + 64)),
  // A letter after a lower-case word or a full stop is an article or a name, not a column.
  isColumn: (bytes, at, end) => {
    if (bytes[at] === 109) return isDigit(bytes[at - 1]) || bytes[at - 1] === 91;
    if (bytes[at] !== 32 || bytes[end - 1] === 47) return true;
    // Blanks fill up the column before.
    if (bytes[at - 1] === 32 && bytes[at - 2] === 32) return true;
    let before = at - 1;
    while (bytes[before] === 32) before--;
    return !/[a-z.]/.test(String.fromCharCode(bytes[before] ?? 10));
  },
  isSevere: isSevere(3),
  isSevereOrWarning: isSevere(4),
  isHighNumber: isHighNumber(3, 17),
  isHighNumberOrWarning: isHighNumber(4, 13),
  // `E0102 03:04:05`, `E260102 03:04:05`, `E20260102 03:04:05`
  isDated: (bytes, _, end) => /^\d{3}(?:\d\d){0,2} \d\d:/.test(bytes.toString('latin1', end, end + 11)),
  // `Process Worker-1:`
  beforeTitle: (bytes, _, end) => /^[^\0-\x20\\"]+:(?=[\0-\x20\\"]|$)/.test(bytes.toString('latin1', end, end + 250)),
};

/** @returns whether a needle stands in the line [at, end) of `bytes`, or begins with the newline before it */
export function hasNeedle(bytes: Buffer, at: number, end: number, needles: readonly Needle[]): boolean {
  const text = bytes.toString('latin1', Math.max(0, at - 1), end);
  const from = Math.max(0, at - 1);
  return needles.some((needle) => {
    const [where, what] = needle.anyCase ? [text.toLowerCase(), needle.text.toLowerCase()] : [text, needle.text];
    for (let found = where.indexOf(what); found !== -1; found = where.indexOf(what, found + 1)) {
      if (CHECK[needle.check](bytes, from + found, from + found + what.length)) return true;
    }
    return false;
  });
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** @param anyWord a word may be any other that names no level */
export function headPattern(parts: readonly Part[], anyWord = false): RegExp {
  const source = (part: Part): string => {
    if (part.kind === 'any') return '\\d+';
    if (part.kind === 'fixed') return `\\d{${part.text.length}}`;
    if (part.kind === 'quoted') return '"[^"\\\\\\n]*';
    if (part.kind === 'word') return anyWord && part.mayBeAny() ? '[\\w.$-]+' : part.inside.map(source).join('');
    return escaped(part.text);
  };
  return new RegExp(`^${parts.map(source).join('')}`);
}

const PATHS = levelPaths();
const NESTED = [...PATHS.keys()].map((path) => `${path.replaceAll('.', '\0')}\0`);

/** What a record says at the names that its level may depend on; `undefined` where it is no record, or says it in an odd way. */
export function signature(text: string): string | undefined {
  if (!text.startsWith('{') || !isJson(text)) return undefined;
  const signed: string[] = [];
  let isStrange = false;
  let fields = 0;
  let isForeign = false;
  const walk = (value: Json, path: string | undefined): void => {
    for (const [name, inner] of value.fields ?? []) {
      if (path !== undefined && name.includes('\\')) isStrange = true;
      if (path === '' && ++fields > 0 && !ENVELOPE_NAMES.includes(name)) isForeign = true;
      if (path === '' && NOT_RECORDS.includes(name)) isStrange = true;
      const below = path === '' ? name : path === undefined ? undefined : `${path}\0${name}`;
      const asPath = below?.replaceAll('\0', '.');
      const isKnown =
        below !== undefined &&
        (NESTED.some((known) => known.startsWith(`${below}\0`)) || (path === '' && (PATHS.has(name) || ENVELOPE_NAMES.includes(name))));
      if (!isKnown) {
        if (inner.fields) walk(inner, undefined);
        continue;
      }
      const isExact = PATHS.get(asPath!) === true || (path === '' && name === 'stream');
      signed.push(`${below}=${said(inner, isExact, path === '' && name === 'log')}`);
      if (isExact && inner.text !== undefined && isOdd(inner.text)) isStrange = true;
      if (inner.fields) {
        walk(inner, below);
        signed.push('}');
      }
    }
  };
  walk(parsed(text), '');
  return isStrange ? undefined : `${signed.join(';')}|${isForeign ? 0 : fields}`;
}

/** Too long, or with something escaped. */
const isOdd = (text: string): boolean => (text.startsWith('"') ? text.length > 26 || text.includes('\\') : text.length > 24);

function said(value: Json, isExact: boolean, isLine: boolean): string {
  if (value.fields) return '{';
  const text = value.text!;
  if (text === '[') return text;
  if (text.startsWith('"')) return isLine ? `line ${/(?:^|[^\\])\\n"$/.test(text)}` : isExact ? text : 'string';
  return isExact || text.length <= 2 ? text : /^[-\d]/.test(text) ? 'number' : text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value as it is written: the fields of an object in their order, doubles too; or its text; `[` for a list. */
interface Json {
  readonly fields?: readonly (readonly [name: string, value: Json])[];
  readonly text?: string;
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+)/y;

function parsed(text: string): Json {
  TOKEN.lastIndex = 0;
  const next = (): string => TOKEN.exec(text)![1]!;
  const value = (token: string): Json => {
    if (token === '[') {
      for (let depth = 1; depth > 0; ) {
        const inside = next();
        if (inside === '[' || inside === '{') depth++;
        if (inside === ']' || inside === '}') depth--;
      }
      return { text: token };
    }
    if (token !== '{') return { text: token };
    const fields: (readonly [string, Json])[] = [];
    for (let name = next(); name !== '}'; name = next()) {
      if (name === ',') continue;
      next();
      fields.push([name.slice(1, -1), value(next())]);
    }
    return { fields };
  };
  return value(next());
}
