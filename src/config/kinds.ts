// The kinds of value a configuration key can have: what is accepted, how it is said to people, and how it is
// read from the text of an environment variable or a flag. The only file that knows valibot; it knows no key.

import * as v from 'valibot';
import { zoneOf } from '../core/formats/zones.ts';
import type { LogCommand } from '../core/log-commands.ts';
import { problemOf } from '../core/read/ignore/pattern.ts';
import { TEMPLATE_NAMES, unknownNames } from '../core/texts/template.ts';
import { splitWords } from './words.ts';

/** One kind of value. `fromText` returns `undefined` where the text cannot be read as this kind. */
export interface Kind<T> {
  /** Made when a value is looked at: most keys have none. */
  schema(): v.GenericSchema<unknown, T>;
  /** Ends the sentence "expected …". */
  readonly expects: string;
  /** A list of which one may stand as a text: `"npm test"` for `["npm test"]`. */
  readonly single?: true;
  /** Which part of a value is not of this kind, where that can be said. */
  readonly wrong?: (value: unknown) => string | undefined;
  fromText(text: string): unknown;
}

/** Parses a value of unknown origin. @returns `undefined` where it is not of this kind. */
export function accept<T>(kind: Kind<T>, value: unknown): { readonly value: T } | undefined {
  const parsed = v.safeParse(kind.schema(), kind.single && typeof value === 'string' ? [value] : value);
  return parsed.success ? { value: parsed.output } : undefined;
}

/** A whole number within limits. `1e3`, `0x10`, `5 apples` and `5.0` are refused as text. */
export function whole(least: number, most: number): Kind<number> {
  return {
    schema: () => v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most)),
    expects: `a whole number from ${least} to ${most}`,
    fromText: (text) => (/^[+-]?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined),
  };
}

/** A number within limits, fractions allowed. */
export function amount(least: number, most: number): Kind<number> {
  return {
    schema: () => v.pipe(v.number(), v.finite(), v.minValue(least), v.maxValue(most)),
    expects: `a number from ${least} to ${most}`,
    fromText: (text) => (/^[+-]?(\d{1,15}(\.\d{1,9})?|\.\d{1,9})$/.test(text.trim()) ? Number(text) : undefined),
  };
}

const price = () => v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100_000));

/** Dollars for a million tokens, or `null`. */
export function optionalPrices(): Kind<TokenPrices | null> {
  return {
    schema: () =>
      v.nullable(v.strictObject({ input: price(), output: price(), cacheRead: v.optional(price()), cacheWrite: v.optional(price()) })),
    expects:
      'US dollars for a million tokens, for example {"input": 0.6, "output": 2.2}, with cacheRead and cacheWrite where they differ from input, or null',
    fromText: () => undefined,
  };
}

export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
}

/** True or false; as text also yes/no, on/off and 1/0, in any case. */
export function toggle(): Kind<boolean> {
  return {
    schema: () => v.boolean(),
    expects: 'true or false',
    fromText: (text) => TOGGLES[text.trim().toLowerCase()],
  };
}

const TOGGLES: Readonly<Record<string, boolean>> = Object.assign(Object.create(null) as Record<string, boolean>, {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
});

/** One of a few words. */
export function choice<const T extends string>(...words: readonly T[]): Kind<T> {
  return {
    schema: () => v.picklist(words),
    expects: `one of ${words.join(', ')}`,
    fromText: (text) => text.trim(),
  };
}

/** Some of a few words, each once; in a variable separated by commas. */
export function choices<const T extends string>(...words: readonly T[]): Kind<readonly T[]> {
  return {
    schema: () => v.pipe(v.array(v.picklist(words)), v.maxLength(words.length)),
    single: true,
    expects: `a list of ${words.join(', ')}`,
    fromText: commaList('').fromText,
  };
}

const someText = () => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(4096), v.regex(/^[^\0\r\n]*$/));

/** One line of text that is not empty. */
export function line(expects = 'a text'): Kind<string> {
  return { schema: someText, expects, fromText: (text) => text };
}

/** A relative path would mean another file wherever it is run: in a directory that everybody may write to, anybody's. */
export function program(): Kind<string> {
  return {
    schema: () => v.pipe(someText(), v.regex(/^(?:[^/\\]+|\/.*|[A-Za-z]:[\\/].*)$/)),
    expects: 'the name of a program on the PATH, or its absolute path',
    fromText: (text) => text,
  };
}

/** The name of a file, without any directory. */
export function fileName(): Kind<string> {
  return {
    schema: () => v.pipe(v.string(), v.regex(/^(?!\.{1,2}$)[^/\\\0\r\n]{1,255}$/)),
    expects: 'the name of a file without a directory',
    fromText: (text) => text.trim(),
  };
}

/** One line of text, or `null` where ai-ops finds the value by itself. */
export function optionalLine(expects = 'a text'): Kind<string | null> {
  return { schema: () => v.nullable(someText()), expects: `${expects}, or null`, fromText: (text) => text };
}

/** A list of texts; in a variable separated by commas. */
export function commaList(expects: string): Kind<readonly string[]> {
  return {
    schema: () => v.pipe(v.array(someText()), v.maxLength(1000)),
    single: true,
    expects,
    fromText: (text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
  };
}

/** A list of shell command lines; a variable holds exactly one, since commas are part of commands. */
export function commandList(): Kind<readonly string[]> {
  return {
    schema: () => v.pipe(v.array(someText()), v.maxLength(50)),
    single: true,
    expects: 'a list of commands, for example ["npm test"]',
    fromText: (text) => [text.trim()],
  };
}

/** The same, or `null` where ai-ops finds them by itself; an empty list means none. */
export function optionalCommandList(): Kind<readonly string[] | null> {
  const list = commandList();
  return { ...list, schema: () => v.nullable(list.schema()), expects: `${list.expects}, or null` };
}

/** Arguments of a program; in a variable a JSON array, or words quoted as for a shell but never expanded. */
export function argumentList(): Kind<readonly string[]> {
  return {
    schema: () => v.pipe(v.array(v.pipe(v.string(), v.maxLength(4096), v.regex(/^[^\0]*$/))), v.maxLength(100)),
    expects: 'a list of arguments, for example ["--model", "opus"]; as text a JSON array or words with closed quotes',
    fromText: (text) => (text.trim().startsWith('[') ? parseJson(text) : splitWords(text)),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // reported by the caller as "expected a list of arguments"
  }
}

// Deliberately narrow: no quoted local parts, no comments, no groups, nothing a header could be split with. Letters of any script.
const PLAIN =
  "[\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?(?:\\.[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?)*";
const addressForm = () => new RegExp(`^(?:${PLAIN}|[^<>"\\r\\n\\0]{0,200}<${PLAIN}>)$`, 'u');
const isAddress = (text: string): boolean => addressForm().test(text.trim());
const address = () => v.pipe(v.string(), v.trim(), v.maxLength(460), v.regex(addressForm()));

/** What is wrong with an entry, without its text: what stands where an address should may be a password. */
function shapeOf(entry: unknown): string {
  if (typeof entry !== 'string') return entry === null ? 'null' : `a ${typeof entry}`;
  return `a text of ${entry.length} characters${entry.includes('@') ? '' : ' without @'}`;
}

/** As git writes who somebody is; nothing that could break out of the header of a commit. */
const identity = () => v.pipe(someText(), v.maxLength(320), v.regex(/^[^<>]{1,200} <[^<>\s@]{1,64}@[^<>\s@]{1,255}>$/));

/** A name and a mail address, or `null`. */
export function optionalIdentity(): Kind<string | null> {
  return {
    schema: () => v.nullable(identity()),
    expects: 'a name and an address such as "Robot <robot@example.org>"',
    fromText: (text) => text,
  };
}

const filled = () =>
  v.pipe(
    someText(),
    v.maxLength(300),
    v.check((text) => unknownNames(text).length === 0),
  );

/** One line with names in braces. */
export function template(): Kind<string> {
  const names = TEMPLATE_NAMES.map((name) => `{${name}}`).join(', ');
  return { schema: filled, expects: `a line in which ${names} may stand`, fromText: (text) => text };
}

/** The same, or `null`. */
export function optionalTemplate(): Kind<string | null> {
  const kind = template();
  return { ...kind, schema: () => v.nullable(filled()), expects: `${kind.expects}, or null` };
}

/** What names of branches may begin with, by git-check-ref-format(1); a name behind it makes it whole. */
export function branchPrefix(): Kind<string> {
  const isPrefix = (text: string): boolean =>
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/.test(text) && !/\.\.|\/\/|\/\.|\.lock\/|\.\/|^refs\//.test(text);
  return {
    schema: () => v.pipe(someText(), v.regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/), v.check(isPrefix)),
    expects: 'the beginning of the name of a branch, for example "bugfix/ai-ops-"',
    fromText: (text) => text.trim(),
  };
}

/** One mail address, or `null`. */
export function optionalAddress(): Kind<string | null> {
  return {
    schema: () => v.nullable(address()),
    expects: 'one mail address such as ops@example.org or "Ops <ops@example.org>"',
    fromText: (text) => text,
  };
}

/** Mail addresses; in a variable separated by commas. */
export function addressList(): Kind<readonly string[]> {
  return {
    schema: () => v.pipe(v.array(address()), v.maxLength(100)),
    single: true,
    expects: 'a list of mail addresses such as ["ops@example.org", "Ops <ops@example.org>"]',
    wrong: (value) => {
      const list: unknown = typeof value === 'string' ? [value] : value;
      if (!Array.isArray(list)) return undefined;
      const at = list.findIndex((entry) => typeof entry !== 'string' || !isAddress(entry));
      return at < 0 ? undefined : `entry ${at + 1} of ${list.length} is none: ${shapeOf(list[at])}`;
    },
    fromText: commaList('').fromText,
  };
}

/** Texts, or regular expressions written as in JavaScript, `/…/i`; these are checked to compile. */
export function patternList(): Kind<readonly string[]> {
  return {
    schema: () =>
      v.pipe(
        v.array(someText()),
        v.maxLength(200),
        v.check((patterns) => problemOf(patterns) === undefined),
      ),
    single: true,
    expects: 'a list of texts or regular expressions, for example ["healthcheck", "/time.?out/i"]',
    wrong: (value) => {
      const problem = v.is(v.array(v.string()), value) ? problemOf(value) : undefined;
      return problem && `got one that cannot be used: ${problem}`;
    },
    fromText: commaList('').fromText,
  };
}

/** `auto`, or a label of the WHATWG Encoding Standard. */
export function encodingLabel(): Kind<string> {
  const isKnown = (label: string): boolean => label === 'auto' || succeeds(() => new TextDecoder(label));
  return {
    schema: () => v.pipe(someText(), v.check(isKnown)),
    expects:
      '`auto` or an encoding: utf-8, utf-16le, utf-16be, gb18030, gbk, big5, shift_jis, euc-jp, euc-kr, koi8-r, windows-1250 to windows-1258, iso-8859-2 to iso-8859-16',
    fromText: (text) => text.trim(),
  };
}

const isKnown = (zone: string): boolean => succeeds(() => zoneOf(zone));
const someZone = () => v.pipe(someText(), v.check(isKnown));

/** A log, with what holds for it alone. */
export interface LogEntry {
  /** A path, a glob, or another name of a log. */
  readonly path: string;
  readonly timezone?: string | undefined;
  /** Whose log it is: where its records do not say so. */
  readonly service?: string | undefined;
  /** `url` of the entry of `repos` that all in it is of. */
  readonly repository?: string | undefined;
}

/** A command that prints a log. */
export interface CommandEntry extends LogCommand {
  readonly timezone?: string | undefined;
  readonly service?: string | undefined;
  readonly repository?: string | undefined;
}

const someArguments = () => v.pipe(v.array(someText()), v.minLength(1), v.maxLength(100));
const commandEntry = () =>
  v.strictObject({
    command: someArguments(),
    cursor: someText(),
    first: v.optional(v.pipe(v.array(someText()), v.maxLength(100))),
    id: v.optional(someText()),
    overlapSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3600))),
    lost: v.optional(someText()),
    timezone: v.optional(someZone()),
    service: v.optional(someText()),
    repository: v.optional(someText()),
  });

const pathEntry = () =>
  v.strictObject({
    path: someText(),
    timezone: v.optional(someZone()),
    service: v.optional(someText()),
    repository: v.optional(someText()),
  });

/** Logs by their names; those that write times of another zone, and commands, as objects. */
export function logList(): Kind<readonly (string | LogEntry | CommandEntry)[]> {
  return {
    schema: () => v.pipe(v.array(v.union([someText(), pathEntry(), commandEntry()])), v.maxLength(1000)),
    single: true,
    expects:
      'a list of paths or globs, for example ["logs/*.log", {"path": "old/*.log", "timezone": "Asia/Tokyo"}], or of commands such as {"command": ["journalctl", "-o", "json", "-f", "--after-cursor", "{cursor}"], "cursor": "__CURSOR"}',
    fromText: commaList('').fromText,
  };
}

/** One of several repositories that a watcher repairs. */
export interface RepositoryEntry {
  /** Its address, or the path of a checkout. */
  readonly url: string;
  readonly paths?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly subdir?: string | undefined;
  readonly baseBranch?: string | undefined;
  /** Variable with the token for it, where that is not the one for its host. */
  readonly tokenVariable?: string | undefined;
  readonly mailTo?: readonly string[] | undefined;
  readonly maxRepairsPerDay?: number | undefined;
  readonly maxUsdPerDay?: number | undefined;
}

const someWords = () => v.pipe(v.array(someText()), v.maxLength(100));
const repositoryEntry = () =>
  v.strictObject({
    url: v.pipe(someText(), v.check(hasNoPassword)),
    paths: v.optional(someWords()),
    services: v.optional(someWords()),
    subdir: v.optional(someText()),
    baseBranch: v.optional(someText()),
    tokenVariable: v.optional(v.pipe(someText(), v.regex(/^[A-Z][A-Z0-9_]{0,99}$/))),
    mailTo: v.optional(v.pipe(v.array(address()), v.minLength(1), v.maxLength(100))),
    maxRepairsPerDay: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000))),
    maxUsdPerDay: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(100_000))),
  });

/** Repositories, each at most once. */
export function repositoryList(): Kind<readonly RepositoryEntry[]> {
  return {
    schema: () =>
      v.pipe(
        v.array(repositoryEntry()),
        v.maxLength(100),
        v.check((all) => new Set(all.map(({ url }) => url)).size === all.length),
      ),
    expects:
      'a list of different repositories such as {"url": "https://github.com/acme/shop", "services": ["shop"], "paths": ["/srv/shop/**"]}, without a password or token in them',
    fromText: (text) => JSON.parse(text) as readonly RepositoryEntry[],
  };
}

/** A zone of the IANA data base, an offset, or `null`. What `TZ` may hold beside these is the system's own affair. */
export function optionalZone(): Kind<string | null> {
  return {
    schema: () => v.nullable(someZone()),
    expects: 'the name of a time zone such as Europe/Berlin, an offset such as +08:00, or null',
    fromText: (text) => (isKnown(text.trim()) ? text.trim() : null),
  };
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** An https address without user or password, or `null`; plain http for this machine only. */
export function optionalWebAddress(): Kind<string | null> {
  return {
    schema: () => v.nullable(v.pipe(someText(), v.check(isSafeWebAddress))),
    expects: 'an https:// address without user or password (http:// for loopback addresses only), or null',
    fromText: (text) => text.trim(),
  };
}

function isSafeWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Address of a repository (https, ssh, or a path) without a password in it, or `null`.
 * @param instead the variables to give a token in
 */
export function optionalRemote(instead: string): Kind<string | null> {
  return {
    schema: () => v.nullable(v.pipe(someText(), v.check(hasNoPassword))),
    expects: `the address of a repository without a password or token in it (give the token in ${instead}), or null`,
    fromText: (text) => text.trim(),
  };
}

function hasNoPassword(text: string): boolean {
  // `https://TOKEN@host` is how tokens are pasted, so over http no user at all is accepted; `ssh://git@host` is plain.
  const found = /^([a-z][a-z0-9+.-]*):\/\/([^/@]*)@/i.exec(text);
  if (found === null) return true;
  return !/^https?$/i.test(found[1]!) && !found[2]!.includes(':');
}
