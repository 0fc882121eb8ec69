// Sends notices by SMTP. The only door to nodemailer.
// One mail per trace with a fixed Message-ID; what is not known to have failed is never sent again.
import { createTransport, type Transporter } from 'nodemailer';
import { type AiOpsError, fail } from '../../errors.ts';
import type { Check, Notice, Notifier } from '../../ports.ts';
import { readAddress } from './addresses.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is required unless the server is on this machine. */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM of further certificate authorities. */
  readonly ca?: string;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** ms: a mail server that is there answers within these. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** @throws AiOpsError `mail-address` for a sender or recipient that is not one plain address */
export function createMailNotifier(settings: MailSettings): Notifier {
  const from = readAddress(settings.from);
  const to = settings.to.map((text) => readAddress(text));
  const domain = domainOf(from);

  return {
    name: 'mail',
    notify: async (notice, signal) => {
      const transport = connect(settings);
      const stop = (): void => transport.close();
      signal.addEventListener('abort', stop, { once: true });
      try {
        const info = await transport.sendMail({ ...compose(notice, domain), from: toMailbox(from), to: to.map(toMailbox) });
        return told(info.accepted?.length ?? 0, (info.rejected ?? []).map(String));
      } catch (thrown) {
        throw explain(thrown, settings.host);
      } finally {
        signal.removeEventListener('abort', stop);
        transport.close();
      }
    },
    check: async () => [await verify(settings)],
  };
}

/** The mail as it would go over the line, without any server. @throws AiOpsError `mail-address` */
export async function renderMail(notice: Notice, people: Pick<MailSettings, 'from' | 'to'>): Promise<Buffer> {
  const from = readAddress(people.from);
  const to = people.to.map((text) => toMailbox(readAddress(text)));
  const transport = createTransport({ streamTransport: true, buffer: true, disableFileAccess: true, disableUrlAccess: true });
  const { message } = await transport.sendMail({ ...compose(notice, domainOf(from)), from: toMailbox(from), to });
  return Buffer.from(message as Buffer);
}

function connect(settings: MailSettings): Transporter {
  const { host, port, secure, user, password, ca } = settings;
  return createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !LOOPBACK.test(host),
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...TIMEOUTS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function compose(notice: Notice, domain: string) {
  const thread = `<ai-ops.${notice.fingerprint.replace(/[^a-z0-9]/gi, '')}@${domain}>`;
  return {
    messageId: `<ai-ops.trace.${notice.trace}@${domain}>`,
    inReplyTo: thread,
    references: thread,
    subject: notice.subject,
    text: notice.text,
    html: notice.html,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: notice.patch === '' ? [] : [{ filename: 'fix.patch', content: notice.patch, contentType: 'text/x-diff; charset=utf-8' }],
  };
}

function domainOf({ address }: { readonly address: string }): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function toMailbox(mailbox: { readonly name?: string; readonly address: string }): { name: string; address: string } {
  return { name: mailbox.name ?? '', address: mailbox.address };
}

function told(accepted: number, rejected: readonly string[]): string {
  const sent = `mail sent to ${accepted} ${accepted === 1 ? 'recipient' : 'recipients'}`;
  return rejected.length === 0 ? sent : `${sent}; refused: ${rejected.join(', ')}`;
}

interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
  readonly message: string;
}

/** Classes by nodemailer's codes and SMTP reply codes (RFC 5321 section 4.2), never by text. */
function explain(thrown: unknown, host: string): AiOpsError {
  const error = thrown as SmtpError;
  const detail = error.message.split('\n')[0] ?? '';
  if (error.code === 'EAUTH') return fail('mail-auth', { host, detail }, thrown);
  if (error.code === 'ETLS') return fail('mail-insecure', { host }, thrown);
  if (error.responseCode !== undefined) return fail('mail-rejected', { host, detail }, thrown);
  if (error.command === 'DATA' || error.command === 'API') return fail('mail-uncertain', { detail }, thrown);
  return fail('mail-unreachable', { host, detail }, thrown);
}

async function verify(settings: MailSettings): Promise<Check> {
  const name = 'mail';
  const transport = connect(settings);
  try {
    await transport.verify();
    return { name, status: 'ok', detail: `${settings.host}:${settings.port} answers` };
  } catch (thrown) {
    const error = explain(thrown, settings.host);
    return { name, status: 'failed', detail: error.message, hint: error.hint };
  } finally {
    transport.close();
  }
}
