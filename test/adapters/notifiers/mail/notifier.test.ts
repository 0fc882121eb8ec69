import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { SMTPServerOptions } from 'smtp-server';
import { readAddress } from '../../../../src/adapters/notifiers/mail/addresses.ts';
import { createMailNotifier, type MailSettings } from '../../../../src/adapters/notifiers/mail/notifier.ts';
import { fail } from '../../../../src/errors.ts';
import type { Delivery, Message } from '../../../../src/ports.ts';
import { type Fault, startFaultProxy } from '../../../stress/fault-proxy.ts';
import { type MailboxOptions, startMailbox } from '../../../support/smtp.ts';

const MAIL: Message = {
  ...{ id: 'trace.abc123def456', kind: 'proposed', notifier: 'mail', line: 'x', deliveryId: '<ai-ops.trace.abc123def456@example.org>' },
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
    ['fix-0123456789ab.patch', 'text/x-diff', MAIL.patch],
  ]);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
});

describe('a token of OAuth2', () => {
  /** As Gmail and Exchange: XOAUTH2 and nothing else. */
  const tokenOnly: SMTPServerOptions = {
    authOptional: false,
    authMethods: ['XOAUTH2'],
    onAuth: ({ accessToken, username }, _session, done) =>
      done(
        null,
        accessToken === 'right' && username === 'bot@example.org' ? { user: 'bot' } : { data: { status: '401', schemes: 'bearer' } },
      ),
  };
  const user = 'bot@example.org';

  test.each([
    ['the right one', { user, token: async (): Promise<string> => 'right' }, 'mail sent to 1 recipient'],
    ['one that has ended', { user, token: async (): Promise<string> => 'ended' }, 'mail-auth'],
    ['a password, which such a server does not take', { user, password: 'p' }, 'mail-auth'],
    ['none to be had', { user, token: (): Promise<string> => Promise.reject(fail('mail-token', { detail: 'd' })) }, 'mail-token'],
  ] as const)('%s', async (_, client, expected) => {
    const mailbox = await startMailbox({ server: tokenOnly });
    try {
      expect(await outcome(createMailNotifier(settings(mailbox.port, client)).send(MAIL, LIVE))).toBe(expected);
      const [check] = await createMailNotifier(settings(mailbox.port, client)).check(LIVE);
      expect([check?.status, check?.detail]).toEqual([
        expected.startsWith('mail sent') ? 'ok' : 'failed',
        expect.not.stringContaining('right'),
      ]);
    } finally {
      await mailbox.close();
    }
  });
});

/** A server that takes tokens by the standard and in no other way (RFC 7628); why it takes none stands in a challenge. */
async function startBearer(): Promise<{ readonly port: number; readonly logins: readonly string[]; close(): Promise<void> }> {
  const logins: string[] = [];
  const server = createServer((socket) => {
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let [isMail, isChallenged] = [false, false];
    say('220 mx.example.org ESMTP');
    createInterface(socket).on('line', (line) => {
      if (isMail) {
        isMail = line !== '.';
        return isMail ? undefined : say('250 taken');
      }
      if (isChallenged) {
        isChallenged = false;
        logins.push(Buffer.from(line, 'base64').toString());
        return say('535 5.7.8 not authenticated');
      }
      const [verb = '', , given] = line.split(' ');
      if (verb === 'EHLO') return say('250-mx.example.org\r\n250-AUTH OAUTHBEARER PLAIN\r\n250 8BITMIME');
      if (verb === 'AUTH') {
        const login = Buffer.from(given ?? '', 'base64').toString();
        logins.push(login);
        if (login.includes('Bearer right\x01')) return say('235 2.7.0 welcome');
        isChallenged = true;
        return say(`334 ${Buffer.from('{"status":"invalid_token"}').toString('base64')}`);
      }
      isMail = verb === 'DATA';
      return say(isMail ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 yes');
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, logins, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

test.each([
  ['right', 'mail sent to 1 recipient', []],
  ['ended', 'mail-auth', ['\x01']],
] as const)('a token by OAUTHBEARER, where a server has no XOAUTH2: %s', async (token, expected, after) => {
  const server = await startBearer();
  const client = { user: 'a,b=c@example.org', token: async (): Promise<string> => token };
  expect(await outcome(createMailNotifier(settings(server.port, client)).send(MAIL, LIVE))).toBe(expected);
  await server.close();
  const { host } = settings(server.port, client);
  const login = `n,a=a=2Cb=3Dc@example.org,\x01host=${host}\x01port=${server.port}\x01auth=Bearer ${token}\x01\x01`;
  expect(server.logins).toEqual([login, ...after]);
});

test.each([
  ['a name of any script', 'Ops 值班 <dev@example.org>', 'dev@example.org', 'Ops 值班'],
  ['a domain of any script', 'dev@bücher.example', 'dev@bücher.example', ''],
  ['a name with what would split a list', 'A, B; C: D <dev@example.org>', 'dev@example.org', 'A, B; C: D'],
])('%s', async (_, to, recipient, name) => {
  const mailbox = await startMailbox();
  const notifier = createMailNotifier(settings(mailbox.port, { to: [to] }));
  await notifier.send({ ...MAIL, recipients: notifier.address('x').recipients }, LIVE);
  await mailbox.close();
  expect(mailbox.mails[0]?.recipients).toEqual([recipient]);
  expect(mailbox.mails[0]?.mail.to).toMatchObject({ value: [{ name }] });
  // The server shows labels as they are read; on the wire and in the header they are ASCII.
  if (to.includes('bücher')) expect(mailbox.mails[0]?.raw).toMatch(/^To: dev@xn--bcher-kva\.example\r?$/m);
});

test('a receiver whose own name is not ASCII', async () => {
  const mailbox = await startMailbox({ server: { hideSMTPUTF8: false } });
  const to = ['用户@example.org'];
  expect(await outcome(createMailNotifier(settings(mailbox.port, { to })).send({ ...MAIL, recipients: to }, LIVE))).toBe(
    'mail sent to 1 recipient',
  );
  await mailbox.close();
  expect(mailbox.mails[0]?.recipients).toEqual(to);
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

/** Answers a recipient or a whole mail with a code. */
const answering = (where: 'onRcptTo' | 'onData', responseCode: number, address?: string): SMTPServerOptions => ({
  ...(where === 'onData'
    ? {
        onData: (stream, _session, done) => {
          stream.resume().on('end', () => done(Object.assign(new Error('not now'), { responseCode })));
        },
      }
    : {
        onRcptTo: (to, _session, done) =>
          done(address === undefined || to.address === address ? Object.assign(new Error('not now'), { responseCode }) : null),
      }),
});

const BOTH = ['dev@example.org', 'slow@example.org'];
const ANSWERS: readonly (readonly [name: string, server: SMTPServerOptions, to: readonly string[], expected: string])[] = [
  ['the only recipient put off', answering('onRcptTo', 451), ['dev@example.org'], 'mail-deferred'],
  ['one of two put off', answering('onRcptTo', 451, 'slow@example.org'), BOTH, 'mail sent to 1 recipient; later: slow@example.org'],
  ['the whole mail put off', answering('onData', 452), BOTH, 'mail-deferred'],
  ['the whole mail refused', answering('onData', 552), BOTH, 'mail-rejected'],
  [
    'the session put off',
    { onConnect: (_session, done) => done(Object.assign(new Error('busy'), { responseCode: 421 })) },
    BOTH,
    'mail-deferred',
  ],
];

test.each(ANSWERS)('%s', async (_name, server, to, expected) => {
  const mailbox = await startMailbox({ server });
  expect(await outcome(createMailNotifier(settings(mailbox.port, { to })).send({ ...MAIL, recipients: to }, LIVE))).toBe(expected);
  await mailbox.close();
});

const LONG = { connectionTimeout: 60_000, greetingTimeout: 60_000, socketTimeout: 60_000 };
/** Short where it is waited for in vain: a busy machine must not be taken for a server that is silent before its time. */
const TIMEOUTS: { readonly [fault in Fault]?: typeof LONG } = {
  'black hole': { connectionTimeout: 700, greetingTimeout: 700, socketTimeout: 700 },
  'silent after DATA': { ...LONG, socketTimeout: 3000 },
};

/** `there` is how many mails the server has got, whatever the client was told. */
const FAULTS: readonly (readonly [fault: Fault, expected: string, there: number])[] = [
  ['none', 'mail sent to 1 recipient', 1],
  ['refuse', 'mail-unreachable', 0],
  ['black hole', 'mail-unreachable', 0],
  ['cut at RCPT', 'mail-unreachable', 0],
  ['cut mid-DATA', 'mail-uncertain', 0],
  ['lost final 250', 'mail-uncertain', 1],
  ['silent after DATA', 'mail-uncertain', 1],
  ['slow', 'mail sent to 1 recipient', 1],
];

test.each(FAULTS)('a line that fails: %s is %s', async (fault, expected, there) => {
  const mailbox = await startMailbox();
  const proxy = await startFaultProxy(mailbox.port);
  proxy.fault = fault;
  expect(await outcome(createMailNotifier(settings(proxy.port, { timeouts: TIMEOUTS[fault] ?? LONG })).send(MAIL, LIVE))).toBe(expected);
  await proxy.close();
  await mailbox.close();
  expect(mailbox.mails).toHaveLength(there);
});

test.each([
  ['black hole', 'interrupted'],
  ['silent after DATA', 'mail-uncertain'],
] as const)('interrupted in a %s: %s', async (fault, expected) => {
  const mailbox = await startMailbox();
  const proxy = await startFaultProxy(mailbox.port);
  proxy.fault = fault;
  const stop = new AbortController();
  const sending = outcome(createMailNotifier(settings(proxy.port)).send(MAIL, stop.signal));
  while (fault !== 'black hole' && mailbox.mails.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  setTimeout(() => stop.abort(), 100);
  expect(await sending).toBe(expected);
  expect(await outcome(createMailNotifier(settings(proxy.port)).send(MAIL, stop.signal))).toBe('interrupted');
  await proxy.close();
  await mailbox.close();
});

test('a certificate of nobody is refused before the password is sent', async () => {
  const logins: string[] = [];
  const onAuth: SMTPServerOptions['onAuth'] = (auth, _session, done) => {
    logins.push(String(auth.password));
    done(null, { user: 'u' });
  };
  const mailbox = await startMailbox({ server: { hideSTARTTLS: false, onAuth, logger: false } });
  const error = await createMailNotifier(settings(mailbox.port, { user: 'u', password: 'p' }))
    .send(MAIL, LIVE)
    .catch((thrown: unknown) => thrown);
  await mailbox.close();
  expect(error).toMatchObject({ code: 'mail-tls', hint: expect.stringContaining('mail.ca') });
  expect([logins, mailbox.mails.length]).toEqual([[], 0]);
});

test('notices of one bug are one thread, of a list that can be filtered, from no person', async () => {
  const mailbox = await startMailbox();
  const notifier = createMailNotifier(settings(mailbox.port));
  await notifier.send(MAIL, LIVE);
  await notifier.send({ ...MAIL, ...notifier.address('failed.other'), trace: 'other' }, LIVE);
  await notifier.send({ ...MAIL, ...notifier.address('stopped.daily-limit.2026-03-01'), fingerprint: null }, LIVE);
  await mailbox.close();
  const seen = mailbox.mails.map(({ mail, raw }) => [mail.messageId, mail.references, /^list-id: (.*)$/im.exec(raw)?.[1]?.trim()]);
  const thread = '<ai-ops.v10123456789abcdef0123456789abcdef@example.org>';
  expect(seen).toEqual([
    ['<ai-ops.trace.abc123def456@example.org>', thread, '"ai-ops" <ai-ops.example.org>'],
    ['<ai-ops.failed.other@example.org>', thread, '"ai-ops" <ai-ops.example.org>'],
    ['<ai-ops.stopped.daily-limit.2026-03-01@example.org>', undefined, '"ai-ops" <ai-ops.example.org>'],
  ]);
});

test('recipients that come from the outbox are read once more', async () => {
  const mailbox = await startMailbox();
  const hostile = { ...MAIL, recipients: ['dev@example.org\r\nBcc: evil@example.org'] };
  expect(await outcome(createMailNotifier(settings(mailbox.port)).send(hostile, LIVE))).toBe('mail-address');
  await mailbox.close();
  expect(mailbox.mails).toHaveLength(0);
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
  ['"a b"@example.org', 'mail-address'],
  ['a(comment)@example.org', 'mail-address'],
  ['a@[127.0.0.1]', 'mail-address'],
  ['"Evil, b@c" <a@example.org>', 'mail-address'],
  ['ü@example.org', 'ü@example.org'],
  ['a@bücher.example', 'a@xn--bcher-kva.example'],
  ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
  ['a@example.org\u202e', 'mail-address'],
  ['a@example.org\0', 'mail-address'],
  ['Bcc: a@example.org', 'mail-address'],
  [`${'a'.repeat(65)}@example.org`, 'mail-address'],
  ['a@example..org', 'mail-address'],
  ['a@-example.org', 'mail-address'],
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
