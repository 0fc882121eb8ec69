// Problems of a configuration as data, and their words. Values are shown only where they cannot be a secret.
// Pure: reads no file and no environment.
import { ALL_HOSTS, TOKEN_VARIABLES_WORDS, tokenVariable } from '../adapters/hosts/about.ts';
import { createRedactor, stripHidden } from '../core/redact/redact.ts';
import { type AiOpsError, fail } from '../errors.ts';
import { isKey, KEY_NAMES, KEYS } from './schema.ts';

/** One thing that is wrong. `where` is a file, or a variable and where it is set. */
export interface Problem {
  readonly key: string;
  readonly where: string;
  /** What is wrong and what was expected, e.g. `expected true or false, got "maybe"`. */
  readonly detail: string;
}

/** All problems as one error: a single one on the same line, several as a list below it. */
export function invalid(problems: readonly Problem[]): AiOpsError {
  const lines = [...new Set(problems.map(({ key, where, detail }) => `${stripHidden(key).slice(0, 80)} in ${where}: ${detail}`))];
  if (lines.length === 1) return fail('config-invalid', { count: '1 problem', problems: `: ${lines[0]}` });
  return fail('config-invalid', { count: `${lines.length} problems`, problems: `\n${lines.map((line) => `  ${line}`).join('\n')}` });
}

/** What came instead of what was expected: short plain values are shown, anything longer or secret-looking only by its type. */
export function received(value: unknown): string {
  if (value === null) return 'got null';
  if (Array.isArray(value)) return 'got a list';
  if (typeof value === 'object') return 'got an object';
  const text = JSON.stringify(value) ?? typeof value;
  const short = text.length <= 40 && !looksSecret(text) && !/[@:]/.test(text);
  return short ? `got ${stripHidden(text)}` : `got a ${typeof value} that is not shown here`;
}

const redact = createRedactor([]);

/** Whether a text holds something of the form of a token, key or password, e.g. `ghp_…` or `password=hunter2`. */
export function looksSecret(text: string): boolean {
  return redact(text) !== stripHidden(text);
}

/** The same without what only stands where a secret would: a pattern such as `token: [a-z]+` is none. */
export function holdsToken(text: string): boolean {
  return /\[redacted (?!secret |authorization |bearer )/.test(redact(text));
}

const SECRET_NAME = /(token|password|passwd|passphrase|secret|api[_-]?key|private[_-]?key|credential)$/i;

/**
 * For a key that asks for a secret: the variable to use instead.
 * @returns `undefined` where the name does not sound like a secret.
 */
export function secretVariable(name: string): string | undefined {
  if (!SECRET_NAME.test(name)) return undefined;
  const host = ALL_HOSTS.find(({ kind, tokenVariables }) => [kind, ...tokenVariables.map(prefixOf)].some((part) => holds(name, part)));
  if (host !== undefined) return tokenVariable(host);
  if (/mail|smtp|pass/i.test(name)) return 'SMTP_PASSWORD';
  if (/anthropic|claude|api[_-]?key/i.test(name)) return 'ANTHROPIC_API_KEY';
  return TOKEN_VARIABLES_WORDS;
}

const prefixOf = (variable: string): string => variable.slice(0, variable.indexOf('_') + 1);
const holds = (name: string, part: string): boolean => name.toLowerCase().includes(part.toLowerCase());

/** The key that was probably meant, or `undefined`. */
export function nearestKey(name: string): string | undefined {
  if (isKey(name)) return name;
  let best: { readonly key: string; readonly distance: number } | undefined;
  for (const key of KEY_NAMES) {
    const distance = distanceToKey(name, key);
    if (best === undefined || distance < best.distance) best = { key, distance };
  }
  const length = letters(lastPart(name)).length;
  const tolerance = length <= 5 ? 1 : Math.max(2, Math.floor(length / 3));
  return best !== undefined && best.distance <= tolerance ? best.key : undefined;
}

function distanceToKey(name: string, key: keyof typeof KEYS): number {
  const squashed = letters(name);
  const alias = KEYS[key].env.some(
    (variable) => letters(variable) === squashed || (squashed.length > 4 && letters(variable).endsWith(squashed)),
  );
  if (alias) return 1;
  const elsewhere = name.includes('.') && name.split('.')[0] !== key.split('.')[0] ? 1 : 0;
  return Math.min(editDistance(squashed, letters(key)), editDistance(letters(lastPart(name)), letters(lastPart(key))) + elsewhere);
}

const letters = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Edits (insert, delete, replace, swap of neighbours) from one to the other; long names are cut: nobody mistypes eighty characters. */
function editDistance(left: string, right: string): number {
  const [a, b] = [left.slice(0, 80), right.slice(0, 80)];
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = rows[row - 1]![column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? rows[row - 2]![column - 2]! + 1 : Infinity;
      current.push(Math.min(replaced, swapped, rows[row - 1]![column]! + 1, current[column - 1]! + 1));
    }
    rows.push(current);
  }
  return rows[a.length]![b.length]!;
}
