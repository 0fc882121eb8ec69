// Values as they were given, each with where it came from: from the content of a file, from variables, from flags.
// Pure: whoever calls has read the file and the environment. Nothing is checked here but names.
import path from 'node:path';
import { ALL_HOSTS } from '../adapters/hosts/about.ts';
import { isObject } from '../core/plain-json.ts';
import type { ForgeKind } from '../core/tables.ts';
import { holdsToken, looksSecret, nearestKey, type Problem, secretVariable } from './problems.ts';
import { formerKey, isKey, KEY_NAMES, KEYS, type Key } from './schema.ts';
import { SECRET_NAMES, SECRETS } from './secrets.ts';

/** One value that somebody gave. */
export interface Given {
  readonly key: Key;
  readonly value: unknown;
  /** For people: `flag --state-dir`, `environment REPO_URL`, `.env REPO_URL`, `.aiopsrc.json`. */
  readonly origin: string;
  /** Set where the variable belongs to one code host only. */
  readonly host?: ForgeKind;
}

/** What a source gave, and what is wrong with it. */
export interface Reading {
  readonly given: readonly Given[];
  readonly problems: readonly Problem[];
}

const SECTIONS = new Set(KEY_NAMES.filter((key) => key.includes('.')).map((key) => key.slice(0, key.indexOf('.'))));

/** The content of a configuration file. `$schema` is for editors and is ignored. */
export function givenByFile(content: unknown, file: string): Reading {
  const given: Given[] = [];
  const problems: Problem[] = [];
  if (!isObject(content)) return { given, problems: [{ key: 'the whole file', where: file, detail: 'expected an object of keys' }] };
  const former: (Given & { readonly name: string })[] = [];
  const takeFormer = (name: string, value: unknown): void => {
    const key = formerKey(name);
    if (key === undefined) problems.push(unknownKey(name, value, file));
    else former.push({ key, value, origin: file, name });
  };
  const take = (name: string, value: unknown): void => {
    if (holdsSecret(name, value))
      problems.push({ key: name, where: file, detail: `holds a secret, which does not belong into a file; ${useInstead(name)}` });
    else if (isKey(name)) given.push({ key: name, value, origin: file });
    else takeFormer(name, value);
  };
  for (const [name, value] of Object.entries(content)) {
    if (name === '$schema') continue;
    if (!SECTIONS.has(name)) take(name, value);
    else if (isObject(value)) for (const [inner, innerValue] of Object.entries(value)) take(`${name}.${inner}`, innerValue);
    else problems.push({ key: name, where: file, detail: `expected an object with ${keysOf(name)}` });
  }
  for (const { name, ...one } of former) {
    const twice = given.some(({ key }) => key === one.key);
    if (twice) problems.push({ key: name, where: file, detail: `is the older name of ${one.key}, which is set too; remove one of them` });
    else given.push(one);
  }
  return { given, problems };
}

function unknownKey(name: string, value: unknown, file: string): Problem {
  const secret = [name, ...innerNames(name, value)].find((candidate) => secretVariable(candidate) !== undefined);
  if (secret !== undefined) {
    return { key: secret, where: file, detail: `is a secret, which does not belong into a file; ${useInstead(secret)}` };
  }
  const nearest = nearestKey(name);
  const section = name.includes('.') ? name.slice(0, name.indexOf('.')) : '';
  const known = SECTIONS.has(section) ? `expected ${keysOf(section)}` : '`ai-ops config` lists the keys there are';
  return { key: name, where: file, detail: `unknown key; ${nearest === undefined ? known : `did you mean ${nearest}?`}` };
}

function innerNames(name: string, value: unknown): readonly string[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([inner, deeper]) => [`${name}.${inner}`, ...innerNames(`${name}.${inner}`, deeper)])
    : [];
}

function useInstead(name: string): string {
  const variables = SECRET_NAMES.map((secret) => SECRETS[secret].variables[0]);
  const variable = secretVariable(name) ?? `${variables.slice(0, -1).join(', ')} or ${variables.at(-1)}`;
  return `set ${variable} in the environment, or the same name with _FILE`;
}

const keysOf = (section: string): string =>
  KEY_NAMES.filter((key) => key.startsWith(`${section}.`))
    .map((key) => key.slice(section.length + 1))
    .join(', ');

function holdsSecret(name: string, value: unknown): boolean {
  if (Array.isArray(value)) return value.some((each) => holdsSecret(name, each));
  if (typeof value !== 'string') return false;
  return name === 'detect.ignore' || name === 'keywords' ? holdsToken(value) : looksSecret(value);
}

/** Variables, as in `process.env` or a `.env` file. An empty one counts as not set; unknown ones are none of our business. */
export function givenByVariables(variables: Readonly<Record<string, string | undefined>>, source: string): Reading {
  const given: Given[] = [];
  const problems: Problem[] = [];
  for (const key of KEY_NAMES) {
    for (const variable of KEYS[key].env) {
      const text = variables[variable];
      if (text === undefined || text.trim() === '') continue;
      const origin = `${source} ${variable}`;
      const values = fromVariable(key, variable, text, variables);
      for (const [each, value] of values) {
        if (value === undefined) problems.push({ key: each, where: origin, detail: `expected ${expectation(each, variable)}` });
        else given.push({ key: each, value, origin, ...hostOf(variable) });
      }
      // Two variables of one key belong to two code hosts; otherwise the first that is set wins.
      if (hostOf(variable).host === undefined) break;
    }
  }
  return { given, problems };
}

function fromVariable(
  key: Key,
  variable: string,
  text: string,
  variables: Readonly<Record<string, string | undefined>>,
): readonly (readonly [Key, unknown])[] {
  if (/^GIT_(?:AUTHOR|COMMITTER)_NAME$/.test(variable)) {
    // git has two variables for one identity; half of one is somebody else's matter.
    const email = variables[variable.replace('NAME', 'EMAIL')];
    return email === undefined || email.trim() === '' ? [] : [[key, `${text.trim()} <${email.trim()}>`]];
  }
  if (variable === 'DEBOUNCE_SECONDS') {
    const seconds = /^(\d{1,6}(\.\d{1,6})?|\.\d{1,6})$/.test(text.trim()) ? Number(text) : undefined;
    return [[key, seconds === undefined ? undefined : Math.round(seconds * 1000)]];
  }
  if (variable === 'TRACE_DB_PATH') {
    // The variable names the database file; a trailing slash means that only a directory was named.
    if (/[/\\]$/.test(text)) return [['state.dir', text]];
    return [
      ['state.dir', path.dirname(text)],
      ['state.file', path.basename(text)],
    ];
  }
  return [[key, KEYS[key].kind.fromText(text)]];
}

function expectation(key: Key, variable: string): string {
  return variable === 'DEBOUNCE_SECONDS' ? 'a number of seconds such as 0.5' : KEYS[key].kind.expects;
}

function hostOf(variable: string): { readonly host?: ForgeKind } {
  const host = ALL_HOSTS.find(({ namingVariables }) => Object.values(namingVariables).some((name) => name === variable));
  return host === undefined ? {} : { host: host.kind };
}
