// What the user and the system have told git and ssh about addresses: `url.<base>.insteadOf`, `HostName` of ssh's aliases, and
// files of certificates. Read with our own parser, includes followed; nothing is run. What is not understood is passed over.
// Grammar: git-config(1), ssh_config(5).
import { readdirSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readPlainNow } from '../../platform/read-plain.ts';
import { type ConfigEntry, parseEntries } from './git-config.ts';
import { parseRemote } from './remote-address.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Files that include one another in a circle end here. */
const MOST_INCLUDED = 10;

/**
 * System, then user, then `own`: what comes later is stronger.
 * @param gitDir of the repository that it is for: `includeIf "gitdir:…"` is held against it
 */
export function gitEntries(env: Env, own: readonly ConfigEntry[], gitDir: string): readonly ConfigEntry[] {
  const home = env.HOME ?? '';
  const system = env.GIT_CONFIG_NOSYSTEM === undefined ? [env.GIT_CONFIG_SYSTEM ?? '/etc/gitconfig'] : [];
  const user = env.GIT_CONFIG_GLOBAL ?? undefined;
  const users =
    user === undefined ? [join(env.XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'), join(home, '.gitconfig')] : [user];
  return [...[...system, ...users].flatMap((file) => entriesOf(file, home, gitDir, 0)), ...own];
}

function entriesOf(file: string, home: string, gitDir: string, depth: number): readonly ConfigEntry[] {
  const entries = parseEntries(textOf(file));
  if (depth === MOST_INCLUDED) return entries;
  return entries.flatMap(([key, value]) => {
    const isWanted = key === 'include.path' || (/^includeif\..*\.path$/.test(key) && holds(key.slice(10, -5), home, gitDir));
    return isWanted ? entriesOf(resolve(dirname(file), inHome(value, home)), home, gitDir, depth + 1) : [[key, value] as const];
  });
}

/** A directory and what is below it, or just that; conditions of other kinds do not hold. */
function holds(condition: string, home: string, gitDir: string): boolean {
  const [, pattern] = /^gitdir(?:\/i)?:(.+)$/.exec(condition) ?? [];
  if (pattern === undefined) return false;
  const path = inHome(pattern, home).replace(/\/\*\*$/, '/');
  return path.endsWith('/') ? `${gitDir}/`.startsWith(path) : gitDir === path;
}

export const inHome = (path: string, home: string): string => (path.startsWith('~/') ? join(home, path.slice(2)) : path);

/** As git does it: the longest prefix that is to be replaced. */
function insteadOf(url: string, entries: readonly ConfigEntry[]): string {
  let best: readonly [prefix: string, base: string] | undefined;
  for (const [key, prefix] of entries) {
    const [, base] = /^url\.(.*)\.insteadof$/s.exec(key) ?? [];
    if (base !== undefined && prefix !== '' && url.startsWith(prefix) && prefix.length > (best?.[0].length ?? 0)) best = [prefix, base];
  }
  return best === undefined ? url : best[1] + url.slice(best[0].length);
}

/** @returns the address that git and ssh would speak to */
export function effectiveRemote(url: string, entries: readonly ConfigEntry[], env: Env): string {
  const rewritten = insteadOf(url, entries);
  const remote = parseRemote(rewritten);
  if (remote?.protocol !== 'ssh') return rewritten;
  const name = sshHostName(remote.host, env);
  return name === remote.host ? rewritten : `ssh://${name}/${remote.path}${/\.git\/*$/.test(rewritten) ? '.git' : ''}`;
}

/** The same for an address that is of no repository on this disk. */
export function asGitHas(url: string, env: Env): string {
  return effectiveRemote(url, gitEntries(env, [], ''), env);
}

/** The first `HostName` of a block whose patterns match, of the user's file, then of the system's. */
function sshHostName(host: string, env: Env): string {
  const home = env.HOME ?? '';
  for (const file of [join(home, '.ssh', 'config'), '/etc/ssh/ssh_config']) {
    const found = hostNameIn(file, host, dirname(file), home, 0);
    if (found !== undefined) return found.replaceAll('%h', host).toLowerCase();
  }
  return host;
}

function hostNameIn(file: string, host: string, dir: string, home: string, depth: number): string | undefined {
  let isMeant = true;
  for (const line of textOf(file).split(/\r?\n/)) {
    const [, word = '', rest = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*?)\s*$/.exec(line) ?? [];
    const values = (rest.match(/"[^"]*"|\S+/g) ?? []).map((value) => value.replace(/^"|"$/g, ''));
    switch (word.toLowerCase()) {
      case 'host':
        isMeant = isMatch(values, host);
        break;
      case 'match':
        isMeant = values.length === 1 && values[0]?.toLowerCase() === 'all';
        break;
      case 'hostname':
        if (isMeant && values[0]) return values[0];
        break;
      case 'include':
        if (!isMeant || depth === MOST_INCLUDED) break;
        for (const name of namedBy(values, dir, home)) {
          const found = hostNameIn(name, host, dir, home, depth + 1);
          if (found !== undefined) return found;
        }
    }
  }
  return undefined;
}

/** One pattern that is negated and matches is enough to leave the block. */
function isMatch(patterns: readonly string[], host: string): boolean {
  const matches = (pattern: string): boolean => wildcard(pattern.toLowerCase()).test(host);
  return (
    patterns.some((each) => !each.startsWith('!') && matches(each)) &&
    !patterns.some((each) => each.startsWith('!') && matches(each.slice(1)))
  );
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}

/** Files that `Include` names; wildcards stand in the last part, as they do in practice. */
function namedBy(values: readonly string[], dir: string, home: string): readonly string[] {
  return values.flatMap((value) => {
    const path = inHome(value, home);
    const whole = isAbsolute(path) ? path : join(dir, path);
    if (!/[*?]/.test(whole)) return [whole];
    const [parent, last] = [dirname(whole), wildcard(whole.slice(dirname(whole).length + 1))];
    return namesIn(parent)
      .filter((name) => last.test(name) && !name.startsWith('.'))
      .sort()
      .map((name) => join(parent, name));
  });
}

function namesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir);
  } catch {
    return [];
  }
}

const MOST_BYTES = 16 * 2 ** 20;

function textOf(path: string): string {
  try {
    return String(readPlainNow(path, MOST_BYTES));
  } catch {
    return '';
  }
}
