// Where the message of a line begins behind what collectors, tables and contexts put before it, and which level is its own.
import { readLine } from '../../../src/core/formats/dialects.ts';

const rows: readonly (readonly [name: string, line: string, level: string | undefined, message: string])[] = [
  [
    'syslog behind the labels of a collector',
    '- 1131566461 2005.11.09 n9 Nov  9 12:01:01 n9/n9 crond(pam_unix)[2915]: closed',
    undefined,
    'closed',
  ],
  ['a date that a record speaks of', 'ERROR 2026-01-02 cert ended Jan  2 03:04:05 2026 GMT', 'error', '2026-01-02 cert ended Jan'],
  ['the same behind time and level', '2026-01-02 03:04:05 ERROR cert ended Jan  2 03:04:05 2026', 'error', 'cert ended Jan'],
  ['columns glued to each other', '2026-01-02 03:04:05-[audit]-ERROR[exec-1]A.b(7) |lost', 'error', '[exec-1]A.b(7) |lost'],
  ['a name that begins as a level does', '2026-01-02 03:04:05 ERROR_CODE: 0 all well', undefined, 'ERROR_CODE'],
  ['a level between signs', '2026-01-02 03:04:05 [x]-ERROR-[y] lost', 'error', 'lost'],
  ['syslog in German', 'Mai 02 03:04:05 web1 shop[42]: ERROR lost', 'error', 'lost'],
  ['syslog in Japanese', '1月 02 03:04:05 web1 shop[42]: ERROR lost', 'error', 'lost'],
  ['a program whose name has blanks', 'Jan  2 03:04:05 mac Google Chrome[71]: lost the window', undefined, 'lost the window'],
  ['no host before the level', 'Jan 02 03:04:05 imap(ada): Error: no such mailbox', 'error', 'no such mailbox'],
  ['columns without blanks', '01/02/2026 03:00:00.7;08;Server.21;Svr;Server;job queued', undefined, 'job queued'],
  ['a label before a bar', '2026/01/02 03:00:00 kid1| cache is full', undefined, 'cache is full'],
  [
    'a process of Windows behind a day without a year',
    '[10.30 16:49:06] shop.exe *64 - a.example:443 closed',
    undefined,
    'a.example:443 closed',
  ],
  ['a row of a console', '134681 node-246 unix.hw start 1077804742 1 fan is on', undefined, 'fan is on'],
  [
    'a context in brackets before a dash',
    ' WARN [2026-01-02 03:00:00,1] ({main} A.java[open]:36) - Error is told',
    'warn',
    'Error is told',
  ],
  ['an article is no level', '2026-01-02 03:04:05 web | A connection was made', undefined, 'web | A connection was made'],
  [
    'a number that an error has is no time',
    '2026-01-02 03:04:05 web: sock 1601010750 error 1745208420 told',
    undefined,
    'web: sock 1601010750',
  ],
  ['words that end with a number name no level', '2026-01-02 03:04:05 addCache: parse failed - error: 131', undefined, 'addCache: parse'],
  ['a level that its program gave', '01-02 03:04:05.678  1976  3887 D Printer: ERROR: out of ink', 'debug', 'out of ink'],
  ['what is printed has its own', '01-02 03:04:05.678  1976  3887 I System.err: ERROR: out of ink', 'error', 'out of ink'],
];

test.each(rows)('%s', (_, line, level, message) => {
  const reading = readLine(line);
  expect(reading.level).toBe(level);
  expect(reading.text.slice(reading.body)).toMatch(new RegExp(`^${message.replaceAll(/[.*+?^$|()[\]\\]/g, '\\$&')}`));
});

test('a message before the columns of logger and thread', () => {
  expect(readLine('2026-01-02 03:04:05,678 | WARN  | Store limit is 5 | org.shop.Broker | main').message).toBe('Store limit is 5');
});
