// Finds a token for one host: what the user has set, else the host's own program, else git's credential helper.
// A token set for one host never goes to another: every way to one is an entry of the host's own record, and there is no
// other. Reads no environment by itself and prints nothing.
import { tmpdir } from 'node:os';
import { AiOpsError } from '../../errors.ts';
import type { Processes, ProcessRequest } from '../../ports.ts';
import { isLoopback } from './choice.ts';
import { type HostAbout, isPublic, nameOf } from './descriptor.ts';

export interface TokenQuestion {
  readonly about: HostAbout;
  /** Name and port, as `ForgeChoice.host`. */
  readonly host: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The secrets that the configuration has read (from `GITHUB_TOKEN` or a `_FILE` of it, for example), by the names that records give. */
  readonly secrets: Readonly<Record<string, string | null>>;
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
  const { about, host, env } = question;
  if (!takesTokens(about)) return null;
  const configured = configuredFor(question);
  if (configured !== null && mayReceive(question)) return { token: configured, origin: 'configured token' };
  const own = ownServerToken(question);
  if (own !== null) return own;
  for (const argv of about.programs(host)) {
    const token = oneWord(await printed({ argv, ...surroundings(env), timeoutMs: LIMIT_MS }, processes));
    if (token !== undefined) return { token, origin: argv.slice(0, 3).join(' ') };
  }
  const token = await fromGit(host, env, processes);
  return token === undefined ? null : { token, origin: 'git credential helper' };
}

/** A record that names no variable for a token gets none, from nowhere. */
const takesTokens = ({ tokenVariables }: HostAbout): boolean => tokenVariables.length > 0;

/** The token of this kind of host, and of no other. */
export function configuredFor({ about, secrets }: Pick<TokenQuestion, 'about' | 'secrets'>): string | null {
  return takesTokens(about) ? secrets[about.secretName] || null : null;
}

/** Whether the configured token may go to this host. */
export function mayReceive({ about, host, env, ownHosts, namedHosts = [] }: Omit<TokenQuestion, 'secrets'>): boolean {
  if (!takesTokens(about)) return false;
  if (isLoopback(nameOf(host)) || namedHosts.includes(host) || isPublic(about, host)) return true;
  if (about.tokenFollowsRemote && ownHosts.includes(host)) return true;
  return about.addressVariables.some((variable) => hostIn(env[variable]) === host);
}

/**
 * Whether a token that was found for the API's host may be sent to the host of the git remote too. A stored token belongs to
 * one host, a configured one to all that `mayReceive` it.
 */
export function mayGoAlong(question: TokenQuestion, { token }: FoundToken, remoteHost: string): boolean {
  if (remoteHost === question.host || isLoopback(nameOf(remoteHost)) || question.ownHosts.includes(remoteHost)) return true;
  return token === configuredFor(question) && mayReceive({ ...question, host: remoteHost });
}

function ownServerToken({ about, host, env, ownHosts, namedHosts = [] }: TokenQuestion): FoundToken | null {
  if (isPublic(about, host) || !(ownHosts.includes(host) || namedHosts.includes(host))) return null;
  for (const variable of about.ownServerTokenVariables) {
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

function hostIn(address: string | undefined): string | undefined {
  if (!address) return undefined;
  const url = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  const { host } = new URL(url);
  return host;
}
