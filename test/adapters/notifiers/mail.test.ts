import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { readAddress } from '../../../src/adapters/notifiers/addresses.ts';
import { createMailNotifier, type MailSettings } from '../../../src/adapters/notifiers/mail.ts';
import type { Delivery, Mail } from '../../../src/ports.ts';
import { type MailboxOptions, startMailbox } from '../../support/smtp.ts';

const MAIL: Mail = {
  ...{ id: 'trace.abc123def456', kind: 'proposed', notifier: 'mail', line: 'x', messageId: '<ai-ops.trace.abc123def456@example.org>' },
  recipients: ['dev@example.org'],
  trace: 'abc123def456',
  fingerprint: 'v1:0123456789abcdef0123456789abcdef',
  subject: '[ai-ops] Fix TypeError\r\nBcc: evil@example.org',
  text: 'plain words',
  html: '<p>rich words</p>',
  patch: 'From 1111\n--- a/x\n+++ b/x\n',
};
const LIVE = new AbortController().signal;

const settings = (port: number, more: Partial<MailSettings> = {}): MailSettings => ({
  host: '127.0.0.1',
  port,
  secure: false,
  from: 'ai-ops <ai-ops@example.org>',
  to: ['dev@example.org'],
  ...more,
});

async function outcome(run: Promise<unknown>): Promise<string> {
  return run.then(
    (done) => (done as Delivery).said,
    (error: { code?: string }) => error.code ?? String(error),
  );
}

test('one mail with text, HTML, patch and a fixed Message-ID', async () => {
  const mailbox = await startMailbox();
  const to = ['dev@example.org', 'lead@example.org'];
  const { said } = await createMailNotifier(settings(mailbox.port, { to })).send({ ...MAIL, recipients: to }, LIVE);
  await mailbox.close();

  expect(said).toBe('mail sent to 2 recipients');
  expect(mailbox.mails).toHaveLength(1);
  const { mail, recipients } = mailbox.mails[0]!;
  expect(recipients).toEqual(['dev@example.org', 'lead@example.org']);
  expect(mail.messageId).toBe('<ai-ops.trace.abc123def456@example.org>');
  expect(mail.text?.trim()).toBe('plain words');
  expect(mail.html).toContain('<p>rich words</p>');
  expect(mail.attachments.map((file) => [file.filename, file.contentType, file.content.toString()])).toEqual([
    ['fix.patch', 'text/x-diff', MAIL.patch],
  ]);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
});

test('a line break in the subject adds no header', async () => {
  const mailbox = await startMailbox();
  await createMailNotifier(settings(mailbox.port)).send(MAIL, LIVE);
  await mailbox.close();
  expect(mailbox.mails[0]!.mail.bcc).toBeUndefined();
  expect(mailbox.mails[0]!.recipients).toEqual(['dev@example.org']);
});

interface Row {
  readonly name: string;
  readonly server?: MailboxOptions;
  readonly client?: Partial<MailSettings>;
  readonly expected: string;
}

const ROWS: readonly Row[] = [
  { name: 'right login', server: { user: 'u', password: 'p' }, client: { user: 'u', password: 'p' }, expected: 'mail sent to 1 recipient' },
  { name: 'wrong login', server: { user: 'u', password: 'p' }, client: { user: 'u', password: 'x' }, expected: 'mail-auth' },
  { name: 'no login where one is needed', server: { user: 'u', password: 'p' }, expected: 'mail-rejected' },
  { name: 'the only recipient refused', server: { refuse: 'dev@example.org' }, expected: 'mail-rejected' },
  {
    name: 'one of two recipients refused is said',
    server: { refuse: 'gone@example.org' },
    client: { to: ['dev@example.org', 'gone@example.org'] },
    expected: 'mail sent to 1 recipient; refused: gone@example.org',
  },
  { name: 'TLS from the first byte where there is none', client: { secure: true }, expected: 'mail-tls' },
];

test.each(ROWS)('$name', async ({ server, client, expected }) => {
  const mailbox = await startMailbox(server);
  const mail = { ...MAIL, recipients: client?.to ?? MAIL.recipients };
  expect(await outcome(createMailNotifier(settings(mailbox.port, client)).send(mail, LIVE))).toBe(expected);
  await mailbox.close();
});

test('a server without STARTTLS gets nothing, unless it is on this machine', async () => {
  const mailbox = await startMailbox({ server: { disabledCommands: ['STARTTLS'] } });
  const other = settings(mailbox.port, { host: '0.0.0.0', user: 'u', password: 'p' });
  expect(await outcome(createMailNotifier(other).send(MAIL, LIVE))).toBe('mail-insecure');
  expect(mailbox.mails).toHaveLength(0);
  await mailbox.close();
});

test('nobody listens', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  expect(await outcome(createMailNotifier(settings(port)).send(MAIL, LIVE))).toBe('mail-unreachable');
  const [check] = await createMailNotifier(settings(port)).check(LIVE);
  expect(check).toMatchObject({ name: 'mail', status: 'failed' });
});

test('check logs in and sends nothing', async () => {
  const mailbox = await startMailbox({ user: 'u', password: 'p' });
  const [good] = await createMailNotifier(settings(mailbox.port, { user: 'u', password: 'p' })).check(LIVE);
  const [bad] = await createMailNotifier(settings(mailbox.port, { user: 'u', password: 'x' })).check(LIVE);
  await mailbox.close();
  expect([good!.status, bad!.status, mailbox.mails.length]).toEqual(['ok', 'failed', 0]);
});

const ADDRESSES: readonly (readonly [text: string, expected: string])[] = [
  ['dev@example.org', 'dev@example.org'],
  ['Dev Team <dev@example.org>', 'Dev Team <dev@example.org>'],
  [' dev+tag@sub.example.org ', 'dev+tag@sub.example.org'],
  ['root@localhost', 'root@localhost'],
  ['not an address', 'mail-address'],
  ['a@b, c@d', 'mail-address'],
  ['a@b;c@d', 'mail-address'],
  ['group: a@b;', 'mail-address'],
  ['b@x\r\nBcc: evil@x', 'mail-address'],
  ['a@b <c@d> <e@f>', 'mail-address'],
  ['@example.org', 'mail-address'],
  ['', 'mail-address'],
];

test.each(ADDRESSES)('address %j', (text, expected) => {
  const read = (): string => {
    try {
      const { name, address } = readAddress(text);
      return name ? `${name} <${address}>` : address;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  expect(read()).toBe(expected);
});
