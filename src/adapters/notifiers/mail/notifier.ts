// Sends mails by SMTP. The only door to nodemailer. Each call is one try of one mail; whether it may be tried again is
// told by the error, and that rests on one fact: whether the server was given the body (`conversation.ts`).
import { getCACertificates } from 'node:tls';
import { createTransport, type Transporter } from 'nodemailer';
import { shortFingerprint } from '../../../core/texts/branch.ts';
import { AiOpsError, fail, failedCheck } from '../../../errors.ts';
import type { Check, Delivery, Message, Notifier } from '../../../ports.ts';
import { readAddress } from './addresses.ts';
import { type Conversation, createConversation } from './conversation.ts';
import { explain, type SmtpError } from './errors.ts';
import { tokenLogin } from './token-login.ts';

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise STARTTLS is required unless the server is on this machine. */
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
  /** A token of OAuth2 in place of a password, asked for with each login. @throws AiOpsError `mail-token` */
  readonly token?: (signal: AbortSignal) => Promise<string>;
  readonly from: string;
  readonly to: readonly string[];
  /** PEM of further certificate authorities, beside those of Node and of the system. */
  readonly ca?: string;
  /** ms; shorter in tests. */
  readonly timeouts?: Partial<Timeouts>;
}

interface Timeouts {
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
  readonly dnsTimeout: number;
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/;

/** ms: a mail server that is there answers within these. */
const TIMEOUTS: Timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };

/** @throws AiOpsError `mail-address` for a sender or recipient that is not one plain address */
export function createMailNotifier(settings: MailSettings): Notifier {
  const from = readAddress(settings.from);
  const to = settings.to.map((text) => readAddress(text).address);

  return {
    name: 'mail',
    address: (id) => ({ deliveryId: messageId(id, from), recipients: to }),
    send: async (mail, signal) => {
      // Read once more: it comes from a file.
      const recipients = mail.recipients.map((text) => readAddress(text));
      if (signal.aborted) throw fail('interrupted');
      const conversation = createConversation();
      const transport = connect(settings, conversation, await settings.token?.(signal));
      try {
        const envelope = { from: from.address, to: recipients.map(({ address }) => address) };
        const info = await transport.sendMail({ ...compose(mail, settings.from, settings.to), envelope, signal });
        return delivered(info as Told, recipients.length);
      } catch (thrown) {
        throw explain(thrown as SmtpError, settings, conversation.bodyWasBegun(), signal);
      } finally {
        transport.close();
      }
    },
    check: async (signal) => [await verify(settings, signal)],
  };
}

/** The mail as it would go over the line, without any server. @throws AiOpsError `mail-address` */
export async function renderMail(mail: Message, people: Pick<MailSettings, 'from' | 'to'>): Promise<Buffer> {
  const transport = createTransport({ streamTransport: true, buffer: true, disableFileAccess: true, disableUrlAccess: true });
  const { message } = await transport.sendMail(compose(mail, people.from, people.to));
  return Buffer.from(message as Buffer);
}

/** Given by its id and the sender's domain, so that the same news has it on every box that shares a ledger. */
export function messageId(id: string, { address }: { readonly address: string }): string {
  return `<ai-ops.${id.replace(/[^A-Za-z0-9.-]/g, '-')}@${domainOf(address)}>`;
}

function connect(settings: MailSettings, conversation: Conversation, token: string | undefined): Transporter {
  const { host, port, secure, user, password, ca } = settings;
  return createTransport({
    host,
    port,
    secure,
    requireTLS: !secure && !LOOPBACK.test(host),
    ...(user === undefined
      ? {}
      : token === undefined
        ? { auth: { user, pass: password ?? '' } }
        : {
            auth: { type: 'custom', method: 'TOKEN', user, pass: token },
            customAuth: { TOKEN: tokenLogin({ host, port, offers: conversation.offers }) },
          }),
    ...(ca === undefined ? {} : { tls: { ca: [...getCACertificates('default'), ...getCACertificates('system'), ca] } }),
    ...TIMEOUTS,
    ...settings.timeouts,
    logger: conversation.logger,
    transactionLog: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function compose(mail: Message, sender: string, receivers: readonly string[]) {
  const from = readAddress(sender);
  const domain = domainOf(from.address);
  const thread = mail.fingerprint === null ? undefined : `<ai-ops.${mail.fingerprint.replace(/[^a-z0-9]/gi, '')}@${domain}>`;
  return {
    messageId: mail.deliveryId,
    ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
    from: toMailbox(from),
    to: receivers.map((text) => toMailbox(readAddress(text))),
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    // Only as an object: a plain text here makes a header that mail programs do not understand.
    list: { id: { url: `ai-ops.${domain}`, comment: 'ai-ops' } },
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    attachments: mail.patch === '' ? [] : [{ filename: patchName(mail), content: mail.patch, contentType: 'text/x-diff; charset=utf-8' }],
  };
}

/** By the branch of the fix: several of them lie in one folder of downloads. */
function patchName({ fingerprint }: Message): string {
  return fingerprint === null ? 'fix.patch' : `fix-${shortFingerprint(fingerprint).replace(/\W/g, '')}.patch`;
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function toMailbox(mailbox: { readonly name?: string; readonly address: string }): { name: string; address: string } {
  return { name: mailbox.name ?? '', address: mailbox.address };
}

/** What nodemailer says of a mail that at least one recipient was accepted for. */
interface Told {
  readonly rejectedErrors?: readonly { readonly recipient?: string; readonly responseCode?: number }[];
}

function delivered({ rejectedErrors = [] }: Told, all: number): Delivery {
  const named = rejectedErrors.map(({ recipient = '?', responseCode = 500 }) => ({ recipient, isLater: responseCode < 500 }));
  const [later, refused] = [true, false].map((wanted) => named.filter((one) => one.isLater === wanted).map((one) => one.recipient));
  const count = all - named.length;
  const parts = [
    `mail sent to ${count} ${count === 1 ? 'recipient' : 'recipients'}`,
    ...(refused?.length ? [`refused: ${refused.join(', ')}`] : []),
    ...(later?.length ? [`later: ${later.join(', ')}`] : []),
  ];
  return { said: parts.join('; '), later: later ?? [], refused: refused ?? [] };
}

async function verify(settings: MailSettings, signal: AbortSignal): Promise<Check> {
  const name = 'mail';
  let transport: Transporter | undefined;
  try {
    transport = connect(settings, createConversation(), await settings.token?.(signal));
    await transport.verify();
    return { name, status: 'ok', detail: `${settings.host}:${settings.port} answers` };
  } catch (thrown) {
    return failedCheck(name, thrown instanceof AiOpsError ? thrown : explain(thrown as SmtpError, settings, false));
  } finally {
    transport?.close();
  }
}
