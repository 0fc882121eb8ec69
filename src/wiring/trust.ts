// Certificates of one's own authorities, trusted besides those that come with Node, by everything that speaks TLS here:
// git, the code host and the mail server. Node itself reads `NODE_EXTRA_CA_CERTS` only, and only as the process starts.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import { fail } from '../errors.ts';

/** As OpenSSL, Node and a GitLab runner name a file of certificates in PEM. */
const VARIABLES = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS', 'CI_SERVER_TLS_CA_FILE'] as const;

/** For connections made from now on. Safe to call twice. @throws AiOpsError `certificates-unreadable` */
export async function trustOwnAuthorities(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  for (const variable of VARIABLES) {
    const file = env[variable];
    if (!file) continue;
    try {
      const text = await readFile(file, 'utf8');
      // What follows would accept anything, and leave it out.
      new X509Certificate(text);
      tls.setDefaultCACertificates([...tls.getCACertificates('default'), text]);
    } catch (error) {
      throw fail('certificates-unreadable', { variable, file }, error);
    }
  }
}
