// Given values → one configuration, or every problem at once. Pure: no file, no environment, no clock.
// What follows from other values (mail, code host) is worked out here too, so that it has an origin like all others.
import { HOSTS } from '../adapters/hosts/about.ts';
import { FORGE_KINDS } from '../core/tables.ts';
import type { Given } from './given.ts';
import { accept, type Kind } from './kinds.ts';
import { type Problem, received } from './problems.ts';
import { type Config, KEY_NAMES, KEYS, type Key, type Values } from './schema.ts';

/** A checked configuration. */
export interface Checked {
  readonly config: Config;
  /** For each key where its value came from, for people. */
  readonly origins: Readonly<Record<Key, string>>;
}

/** In cron and in a unit of the system there may be neither. */
const HOMELESS: Problem = {
  key: 'state.dir',
  where: 'default',
  detail: 'there is no home directory to have it in; set STATE_DIRECTORY or HOME, or name it by --state-dir',
};

type Draft = { -readonly [K in Key]: Values[K] };
type Origins = Record<Key, string>;

/**
 * @param given values in order of precedence, the strongest first. Weaker ones are checked as well: a wrong value
 *   that is overridden today is a trap for tomorrow.
 * @param stateDir default of `state.dir`, which depends on the environment; undefined where there is no place for it
 */
export function validate(given: readonly Given[], stateDir: string | undefined): Checked | { readonly problems: readonly Problem[] } {
  const problems: Problem[] = given.flatMap(check);
  const host = settleHost(given);
  problems.push(...host.problems);

  const values: Record<string, unknown> = {};
  const origins: Record<string, string> = {};
  for (const key of KEY_NAMES) {
    const winner = host.given.find((one) => one.key === key && check(one).length === 0);
    values[key] = winner === undefined ? KEYS[key].default : accept<unknown>(KEYS[key].kind, winner.value)?.value;
    origins[key] = winner?.origin ?? 'default';
  }
  if (origins['state.dir'] === 'default') values['state.dir'] = stateDir;
  if (values['state.dir'] === undefined) problems.push(HOMELESS);
  const draft = values as Draft;
  problems.push(...settleMessage(draft, origins as Origins));
  if (problems.length > 0) return { problems };
  return { config: nest(draft), origins: origins as Origins };
}

function check({ key, value, origin }: Given): readonly Problem[] {
  const kind: Kind<unknown> = KEYS[key].kind;
  if (accept(kind, value) !== undefined) return [];
  return [{ key, where: origin, detail: `expected ${kind.expects}, ${kind.wrong?.(value) ?? received(value)}` }];
}

/**
 * The variables of all code hosts set the same keys. They count for their own host only; when no host is chosen, they
 * choose it. An address that continuous integration sets everywhere chooses nothing.
 */
function settleHost(given: readonly Given[]): { readonly given: readonly Given[]; readonly problems: readonly Problem[] } {
  const chosen = given.find((one) => one.key === 'codeHost.kind')?.value ?? 'auto';
  if (chosen !== 'auto') return { given: given.filter((one) => one.host === undefined || one.host === chosen), problems: [] };

  const telling = given.filter((one) => one.host !== undefined && one.value !== HOSTS[one.host].ambientAddress);
  const [first] = telling;
  const other = telling.find((one) => one.host !== first?.host);
  if (first?.host === undefined) return { given: given.filter((one) => one.host === undefined), problems: [] };
  if (other !== undefined) {
    const detail = `is set beside ${other.origin}; set CODE_HOST to ${FORGE_KINDS.join(' or ')}`;
    return { given, problems: [{ key: 'codeHost.kind', where: first.origin, detail }] };
  }
  const implied: Given = { key: 'codeHost.kind', value: first.host, origin: first.origin };
  return { given: [implied, ...given.filter((one) => one.host === undefined || one.host === first.host)], problems: [] };
}

/** Fills what follows from other mail keys; says what is missing for a mail that was asked for. */
function settleMessage(values: Draft, origins: Origins): readonly Problem[] {
  if (origins['mail.enabled'] === 'default' && values['mail.host'] !== null && values['mail.to'].length > 0) {
    values['mail.enabled'] = true;
    origins['mail.enabled'] = 'mail.host and mail.to are set';
  }
  if (origins['mail.secure'] === 'default' && values['mail.port'] === 465) {
    values['mail.secure'] = true;
    origins['mail.secure'] = 'mail.port is 465';
  }
  if (origins['mail.port'] === 'default' && values['mail.secure']) {
    values['mail.port'] = 465;
    origins['mail.port'] = 'mail.secure is true';
  }
  const user = values['mail.user'] === null ? null : (accept(KEYS['mail.from'].kind, values['mail.user'])?.value ?? null);
  if (values['mail.from'] === null && user !== null) {
    values['mail.from'] = user;
    origins['mail.from'] = 'mail.user';
  }
  if (!values['mail.enabled']) return [];
  const where = origins['mail.enabled'];
  const missing: readonly (readonly [Key, boolean, string])[] = [
    ['mail.host', values['mail.host'] === null, 'set it or SMTP_SERVER'],
    ['mail.to', values['mail.to'].length === 0, 'set it or RECEIVER_EMAIL'],
    ['mail.from', values['mail.from'] === null, 'set it, or a mail address as SMTP_USER'],
  ];
  return missing
    .filter(([, absent]) => absent)
    .map(([key, , detail]) => ({ key, where, detail: `is missing though mail is on; ${detail}` }));
}

function nest(values: Values): Config {
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const [section, name] = key.split('.') as [string, string?];
    if (name === undefined) config[section] = value;
    else config[section] = { ...(config[section] as object | undefined), [name]: value };
  }
  return config as Config;
}
