// A real SMTP server on 127.0.0.1 that keeps what it receives, parsed.
import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Mailbox {
  readonly port: number;
  readonly mails: readonly { readonly recipients: readonly string[]; readonly mail: ParsedMail; readonly raw: string }[];
  close(): Promise<void>;
}

export interface MailboxOptions {
  readonly user?: string;
  readonly password?: string;
  /** Reply to RCPT for this address with 550. */
  readonly refuse?: string;
  /** Further options of the server, for example to hide STARTTLS. */
  readonly server?: SMTPServerOptions;
}

export async function startMailbox(options: MailboxOptions = {}): Promise<Mailbox> {
  const mails: { recipients: readonly string[]; mail: ParsedMail; raw: string }[] = [];
  const server = new SMTPServer({
    authOptional: options.user === undefined,
    hideSTARTTLS: true,
    closeTimeout: 200,
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) => {
      const right = auth.username === options.user && auth.password === options.password;
      done(right ? null : new Error('Invalid username or password'), right ? { user: auth.username } : undefined);
    },
    onRcptTo: (address, _session, done) => {
      if (address.address !== options.refuse) return done();
      done(Object.assign(new Error('No such user here'), { responseCode: 550 }));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        mails.push({
          recipients: session.envelope.rcptTo.map((to) => to.address),
          mail: await simpleParser(raw),
          raw: raw.toString('utf8'),
        });
        done();
      });
    },
    ...options.server,
  });
  server.on('error', () => {
    // A client that goes away in the middle is part of some tests.
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, close: () => new Promise((resolve) => server.close(resolve)) };
}
