// The mail that is not sent is the same mail: a real parser reads it back.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { createFileNotifier } from '../../../../src/adapters/notifiers/file/notifier.ts';
import type { Message } from '../../../../src/ports.ts';

const MAIL: Message = {
  ...{ id: 'trace.abc123def456', kind: 'proposed', notifier: 'mail', line: 'x', deliveryId: '<ai-ops.trace.abc123def456@example.org>' },
  recipients: ['dev@example.org'],
  trace: 'abc123def456',
  fingerprint: 'v1:0123456789abcdef0123456789abcdef',
  subject: '[ai-ops] Fix TypeError\r\nBcc: evil@example.org',
  text: 'plain words: 修复\n',
  html: '<p>rich words</p>',
  patch: 'From 1111\n--- a/x\n+++ b/x\n',
};
const PEOPLE = { from: 'ai-ops@example.org', to: ['dev@example.org', 'Lead <lead@example.org>'] };
const LIVE = new AbortController().signal;

let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ai-ops-mail-file-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

test('a mail program, a browser and a person can read it', async () => {
  const dir = join(place, 'mail');
  const said = await createFileNotifier({ dir, ...PEOPLE }).send(MAIL, LIVE);

  expect(said.said).toBe(`not sent; the mail is ${dir}/abc123def456.eml`);
  expect(readdirSync(dir).sort()).toEqual(['abc123def456.eml', 'abc123def456.html', 'abc123def456.txt']);
  const mail = await simpleParser(readFileSync(join(dir, 'abc123def456.eml')));
  expect(mail.messageId).toBe('<ai-ops.trace.abc123def456@example.org>');
  expect(mail.subject).toBe('[ai-ops] Fix TypeError Bcc: evil@example.org');
  expect(mail.bcc).toBeUndefined();
  expect([mail.to].flat().flatMap((part) => part?.value.map(({ address }) => address))).toEqual(['dev@example.org', 'lead@example.org']);
  expect([mail.text, mail.html]).toEqual([MAIL.text, MAIL.html]);
  expect(mail.attachments.map(({ filename, content }) => [filename, content.toString()])).toEqual([['fix-0123456789ab.patch', MAIL.patch]]);
  expect(readFileSync(join(dir, 'abc123def456.html'), 'utf8')).toBe(MAIL.html);
  expect(readFileSync(join(dir, 'abc123def456.txt'), 'utf8')).toBe(
    'From: ai-ops@example.org\nTo: dev@example.org, Lead <lead@example.org>\n' +
      'Subject: [ai-ops] Fix TypeError Bcc: evil@example.org\n\nplain words: 修复\n',
  );
});

test('a trace never leads out of the directory', async () => {
  const dir = join(place, 'mail');
  await createFileNotifier({ dir, ...PEOPLE }).send({ ...MAIL, trace: '../../x' }, LIVE);
  expect(readdirSync(place)).toEqual(['mail']);
  expect(readdirSync(dir)).toContain('------x.eml');
});

test('a directory that cannot be made is an error with a hint, and doctor says so before', async () => {
  writeFileSync(join(place, 'file'), '');
  const notifier = createFileNotifier({ dir: join(place, 'file', 'mail'), ...PEOPLE });
  await expect(notifier.send(MAIL, LIVE)).rejects.toMatchObject({ code: 'file-unwritable' });
  expect(await notifier.check(LIVE)).toEqual([
    {
      name: 'mail',
      status: 'failed',
      exitCode: expect.any(Number),
      code: 'file-unwritable',
      detail: expect.stringContaining('ENOTDIR'),
      hint: expect.any(String),
    },
  ]);
  expect(await createFileNotifier({ dir: place, ...PEOPLE }).check(LIVE)).toMatchObject([{ status: 'ok' }]);
});
