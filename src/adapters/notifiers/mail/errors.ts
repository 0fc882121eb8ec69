// What an error of SMTP means: by nodemailer's codes, by reply codes (RFC 5321 section 4.2) and by whether the body was
// begun, never by text.
import { type AiOpsError, fail } from '../../../errors.ts';

export interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly message: string;
}

/** OpenSSL and Node name what is wrong with a certificate in this way. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|HOSTNAME_|ERR_SSL_|EPROTO$)/;

/** @param bodyWasBegun the server was given (some of) the mail itself: without its answer it may have been delivered */
export function explain(
  error: SmtpError,
  { host, port, secure }: { readonly host: string; readonly port: number; readonly secure: boolean },
  bodyWasBegun: boolean,
  signal?: AbortSignal,
): AiOpsError {
  const detail = error.message.split('\n')[0] ?? '';
  const { code = '', originalCode = '', responseCode } = error;
  if (responseCode === undefined && bodyWasBegun) return fail('mail-uncertain', { detail }, error);
  if (signal?.aborted && responseCode === undefined) return fail('interrupted', {}, error);
  if (code === 'EAUTH') {
    // 454 is a server that cannot tell now; every other answer is about this login.
    return responseCode !== undefined && responseCode < 500
      ? fail('mail-deferred', { host, detail }, error)
      : fail('mail-auth', { host, detail }, error);
  }
  if (responseCode !== undefined && code !== 'ETLS')
    return fail(responseCode < 500 ? 'mail-deferred' : 'mail-rejected', { host, detail }, error);
  if (isOfTls(code, originalCode, responseCode)) return fail('mail-tls', { host, detail }, error);
  if (code === 'ETLS') return fail('mail-insecure', { host }, error);
  // A server that waits for TLS says nothing to one that does not begin it.
  if (!secure && port === 465) return fail('mail-tls', { host, detail }, error);
  return fail('mail-unreachable', { host, detail }, error);
}

function isOfTls(code: string, originalCode: string, responseCode: number | undefined): boolean {
  return CERTIFICATE.test(originalCode) || CERTIFICATE.test(code) || (code === 'ETLS' && responseCode === undefined && originalCode !== '');
}
