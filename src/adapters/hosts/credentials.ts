// Finds a token for one host: what the user has set, else the host's own program, else git's credential helper.
// A token set for one host never goes to another. Reads no environment by itself and prints nothing.
import { tmpdir } from 'node:os';
import { AiOpsError } from '../../errors.ts';
import type { Processes, ProcessRequest } from '../../ports.ts';
import { isLoopback } from './choice.ts';

export interface TokenQuestion {
  readonly kind: 'github' | 'gitlab';
  /** Name and port, as `ForgeChoice.host`. */
  readonly host: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The token of this kind that the configuration has read (`GITHUB_TOKEN`, `GH_TOKEN`, `GITLAB_TOKEN`, or a `_FILE` of them). */
  readonly configured: string | null;
  /**
   * Hosts that the user has named, and not a file of the repository under repair: the remote's host, that of a flag.
   * A configured token goes to the public service, to these, and to those the environment names; to no other.
   */
  readonly ownHosts: readonly string[];
  /** Hosts of an API that the user has named outside of the repository, for this very purpose. */
  readonly namedHosts?: readonly string[];
}

export interface FoundToken {
  readonly token: string;
  /** For `doctor`: where it came from. */
  readonly origin: string;
}

const LIMIT_MS = 3_000;

/** @returns `null` when nobody knows a token for this host. @throws AiOpsError `interrupted` */
export async function findToken(question: TokenQuestion, processes: Processes): Promise<FoundToken | null> {
  const { kind, host, env } = question;
  if (question.configured && mayReceive(question)) return { token: question.configured, origin: 'configured token' };
  const enterprise = enterpriseToken(question);
  if (enterprise !== null) return enterprise;
  for (const argv of PROGRAMS[kind](host)) {
    const token = oneWord(await printed({ argv, ...surroundings(env), timeoutMs: LIMIT_MS }, processes));
    if (token !== undefined) return { token, origin: argv.slice(0, 3).join(' ') };
  }
  const token = await fromGit(host, env, processes);
  return token === undefined ? null : { token, origin: 'git credential helper' };
}

/** Asked in this order. Older and newer `glab` print a token in different ways. */
const PROGRAMS = {
  github: (host: string) => [['gh', 'auth', 'token', '--hostname', host]],
  gitlab: (host: string) => [
    ['glab', 'auth', 'token', '--hostname', host],
    ['glab', 'config', 'get', 'token', '--host', host],
  ],
} as const;

/** As `gh` does: a token for the public GitHub is not one for a server of one's own, unless the environment says so. */
export function mayReceive({ kind, host, env, ownHosts, namedHosts = [] }: Omit<TokenQuestion, 'configured'>): boolean {
  const name = nameOf(host);
  if (isLoopback(name) || namedHosts.includes(host)) return true;
  if (kind === 'github' && (name === 'github.com' || name.endsWith('.ghe.com'))) return true;
  if (kind === 'gitlab' && (name === 'gitlab.com' || ownHosts.includes(host))) return true;
  const naming =
    kind === 'github' ? ['GITHUB_API_URL', 'GITHUB_SERVER_URL', 'GH_HOST'] : ['GITLAB_BASE_URL', 'GITLAB_HOST', 'CI_SERVER_URL'];
  return naming.some((variable) => hostIn(env[variable]) === host);
}

/**
 * Whether a token that was found for the API's host may be sent to the host of the git remote too. A stored token belongs to
 * one host, a configured one to all that `mayReceive` it.
 */
export function mayGoAlong(question: TokenQuestion, { token }: FoundToken, remoteHost: string): boolean {
  if (remoteHost === question.host || isLoopback(nameOf(remoteHost)) || question.ownHosts.includes(remoteHost)) return true;
  return token === question.configured && mayReceive({ ...question, host: remoteHost });
}

function enterpriseToken({ kind, host, env, ownHosts, namedHosts = [] }: TokenQuestion): FoundToken | null {
  const name = nameOf(host);
  if (kind !== 'github' || name === 'github.com' || name.endsWith('.ghe.com') || !(ownHosts.includes(host) || namedHosts.includes(host)))
    return null;
  for (const variable of ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN']) {
    const token = oneWord(env[variable] ?? '');
    if (token !== undefined) return { token, origin: variable };
  }
  return null;
}

async function fromGit(host: string, env: TokenQuestion['env'], processes: Processes): Promise<string | undefined> {
  const protocol = isLoopback(nameOf(host)) ? 'http' : 'https';
  const { dir, env: kept } = surroundings(env);
  const silent = { GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', SSH_ASKPASS: '', GCM_INTERACTIVE: 'never' };
  const argv = ['git', '-c', 'core.askPass=', '-c', 'credential.interactive=false', 'credential', 'fill'];
  const stdin = `protocol=${protocol}\nhost=${host}\n\n`;
  const answer = await printed({ argv, dir, env: { ...kept, ...silent }, stdin, timeoutMs: LIMIT_MS }, processes);
  const fields = new Map(answer.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  // A helper that answers for another host has misunderstood the question.
  return fields.get('host') === host ? oneWord(fields.get('password') ?? '') : undefined;
}

/** A program that is missing, refuses or hangs has no token; only the user's own interruption ends the search. */
async function printed(request: ProcessRequest, processes: Processes): Promise<string> {
  try {
    const { exitCode, stdout } = await processes.run(request);
    return exitCode === 0 ? stdout : '';
  } catch (error) {
    if (error instanceof AiOpsError && error.code === 'program-not-found') return '';
    throw error;
  }
}

const KEPT = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SYSTEMROOT',
  'XDG_CONFIG_HOME',
  'XDG_RUNTIME_DIR',
  'DBUS_SESSION_BUS_ADDRESS',
  'GH_CONFIG_DIR',
  'GLAB_CONFIG_DIR',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_NOSYSTEM',
];

/** No token in the environment, or the program would hand back that one; a neutral directory, or a repository's settings would count. */
function surroundings(env: TokenQuestion['env']): Pick<ProcessRequest, 'dir' | 'env'> {
  const kept = KEPT.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { dir: tmpdir(), env: Object.fromEntries(kept) };
}

/** A token is one word; help texts and questions are not. */
function oneWord(text: string): string | undefined {
  const word = text.trim();
  return /^[\x21-\x7e]+$/.test(word) ? word : undefined;
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

function hostIn(address: string | undefined): string | undefined {
  if (!address) return undefined;
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  const { host } = new URL(url);
  return host;
}
