// Certificates of authorities that the system and the user trust, besides those that come with Node, for everything that speaks
// TLS here: git, the code host and the mail server. Node itself reads `NODE_EXTRA_CA_CERTS` only, and only as the process starts.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fail } from '../errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** As OpenSSL, git, Node and a GitLab runner name a file of certificates in PEM. */
const VARIABLES = ['SSL_CERT_FILE', 'GIT_SSL_CAINFO', 'NODE_EXTRA_CA_CERTS', 'CI_SERVER_TLS_CA_FILE'] as const;

/** For connections made from now on. Safe to call twice. @throws AiOpsError `certificates-unreadable` */
export async function trustOwnAuthorities(env: Env): Promise<void> {
  // Brings all of the network along, which a command that contacts nobody does without.
  const tls = await import('node:tls');
  const named = VARIABLES.flatMap((variable) => (env[variable] ? [[variable, env[variable]] as const] : []));
  const own = await Promise.all([...named, ...(await namedByGit(env))].map(([from, file]) => certificatesIn(from, file)));
  tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...own])]);
}

/** `http.sslCAInfo` of the user's own and the system's configuration: that of a repository is not asked. */
async function namedByGit(env: Env): Promise<readonly (readonly [from: string, file: string])[]> {
  const { gitEntries, inHome } = await import('../adapters/git/user-config.ts');
  const entries = gitEntries(env, [], '');
  const file = entries.findLast(([key]) => key === 'http.sslcainfo')?.[1];
  return file ? [['http.sslCAInfo', inHome(file, env.HOME ?? '')]] : [];
}

async function certificatesIn(variable: string, file: string): Promise<string> {
  try {
    const text = await readFile(file, 'utf8');
    // What follows would accept anything, and leave it out.
    new X509Certificate(text);
    return text;
  } catch (error) {
    throw fail('certificates-unreadable', { variable, file }, error);
  }
}
