// The keys of what is told to people: of what, and by mail where to and how.
import { NOTICE_KINDS, WEBHOOK_FORMS } from '../core/tables.ts';
import { addressList, choice, choices, optionalAddress, optionalLine, toggle, whole } from './kinds.ts';
import { row } from './row.ts';

export const NOTIFY_KEYS = {
  'notify.on': row(
    choices(...NOTICE_KINDS),
    ['proposed', 'issued', 'declined', 'refused', 'failed', 'regressed', 'stopped', 'environment'],
    'What is told to people: a request, an issue in place of one (`issued`), an answer that nothing should be changed (`declined`), a repair that was refused or has failed, what became of a request (`merged`, `closed`, `confirmed`, `regressed`), repairs held back by a limit (`stopped`, once a day and limit), and what no change of the code mends (`environment`: once, again when it is ten times worse or over).',
    { env: ['NOTIFY_ON', 'MAIL_ON'], formerly: 'mail.on' },
  ),
  'notify.webhook': row(
    choice(...WEBHOOK_FORMS),
    'json',
    'Form of what is posted to the webhook whose address is in `WEBHOOK_URL`; without one nothing is posted. `json` is of ai-ops, signed with `WEBHOOK_SECRET` (`doc/webhook.md`); `slack`, `teams`, `mattermost`, `dingtalk`, `feishu` and `wecom` are messages of chats; `dingtalk` and `feishu` are signed with it as they ask.',
    { env: ['WEBHOOK_FORM'] },
  ),
} as const;

export const MAIL_KEYS = {
  'mail.enabled': row(toggle(), false, 'Send mails; of what says `notify.on`.', {
    env: ['EMAIL_ENABLED'],
    defaultText: 'true when `mail.host` and `mail.to` are set',
  }),
  'mail.host': row(optionalLine('the name of a mail server'), null, 'SMTP server.', { env: ['SMTP_SERVER'], reach: 'server' }),
  'mail.port': row(whole(1, 65_535), 587, 'Port of the SMTP server.', {
    env: ['SMTP_PORT'],
    defaultText: '587, or 465 with `mail.secure`',
  }),
  'mail.secure': row(toggle(), false, 'TLS from the first byte; otherwise STARTTLS is required (loopback excepted).', {
    defaultText: 'true for port 465',
  }),
  'mail.user': row(optionalLine('a user name'), null, 'User at the SMTP server; the password comes from `SMTP_PASSWORD`.', {
    env: ['SMTP_USER'],
  }),
  'mail.tokenCommand': row(
    optionalLine('a command'),
    null,
    'Command of a shell that prints a token of OAuth2 for `mail.user`, run with each login: for servers that take no password (XOAUTH2 or OAUTHBEARER). A token that lives long enough may be in `SMTP_OAUTH_TOKEN`. Not read from a file of the repository.',
    { env: ['SMTP_OAUTH_COMMAND'], reach: 'program' },
  ),
  'mail.from': row(optionalAddress(), null, 'Sender; also `Name <address>`.', { defaultText: '`mail.user` where that is an address' }),
  'mail.to': row(addressList(), [], 'Receivers; also `Name <address>`, and domains of any script.', { env: ['RECEIVER_EMAIL'] }),
  'mail.maxPerHour': row(
    whole(0, 1000),
    10,
    'Mails sent one by one within an hour; further ones are gathered into one digest. 0 makes every mail part of a digest.',
  ),
  'mail.digestSeconds': row(
    whole(1, 86_400),
    3600,
    'Seconds until the digest is sent, from its first notice on; at the end of `fix`, `retry` and `watch --once` it is sent at once.',
  ),
  'mail.ca': row(
    optionalLine('a path'),
    null,
    'File of PEM certificates of authorities that the mail server’s certificate may be from, beside those of Node and of the system.',
    { env: ['SMTP_CA_FILE'], paths: true, reach: 'file' },
  ),
} as const;
