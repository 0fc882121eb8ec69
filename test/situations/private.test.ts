// Fourteen values of people and three secrets in a log, and those of a known form in Claude's own words too: a whole repair, an issue in
// place of a request, and a reply to a person leave none of them in the repository, on the host, in mails and in chats.
import { git } from '../support/git-program.ts';
import { slowTest } from '../support/lane.ts';
import { startMailbox } from '../support/smtp.ts';
import { SECRET, startWebhook } from '../support/webhook.ts';
import { type Place, place } from './place.ts';

const LIMIT = 300_000;

const OF_A_FORM = [
  'jo.q@example.org',
  '+49 151 23456789',
  '5555444433332226',
  'DE89370400440532013000',
  '11010519491231002X',
  '123-45-6788',
  '203.0.113.77',
];
const PLANTED = [
  ...OF_A_FORM,
  'ORD-2024-000123',
  'Mistress Quickly',
  '7 Eastcheap Lane',
  'c0ffee00c0ffee00c0ffee00',
  '0171 2345678',
  '6f1c24ab-7d0e-4b5f-9a1c-3c5d7e9f1b2d',
  'session=abc123',
];
// In parts, so that no scanner takes this file for a leak.
const SECRETS = [`ghp_${'a1B2c3D4e5'.repeat(3)}f6G7h8`, `hunter2${'-of-the-shop'}`, `AKIA${'IOSFODNN7TESTING'}`];
const message = [
  ...PLANTED.map((value) => (value.startsWith('session') ? `https://shop.example/u?${value}` : `'${value}'`)),
  `token ${SECRETS[0]}`,
  `password=${SECRETS[1]}`,
  `aws_access_key_id=${SECRETS[2]}`,
].join(' ');
const words = `No account for ${[...OF_A_FORM, ...SECRETS.slice(0, 1)].join(', ')}.`;

/** All that anybody but the owner of the machine could read. */
async function told(at: Place, mails: readonly { raw: string }[], posts: readonly string[]): Promise<string> {
  const { github, gitlab } = at.standIn;
  const calls = (github ?? gitlab)?.calls.map(({ body, query }) => JSON.stringify([body, [...query]])) ?? [];
  const history = await git(at.bare, 'log', '--all', '-p', '--format=%an %ae %cn %ce %B%N');
  // As mail programs read it: lines are broken, and characters written out.
  const plain = mails.map(({ raw }) =>
    raw.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number(`0x${hex}`))),
  );
  const decoded = plain.flatMap((raw) =>
    (raw.match(/(?:^[A-Za-z0-9+/]{40,}={0,2}\r?\n?)+/gm) ?? []).map((part) => Buffer.from(part, 'base64').toString()),
  );
  return [...calls, history, ...plain, ...decoded, ...posts].join('\n');
}

const CASES = (['github', 'gitlab'] as const).flatMap((host) =>
  (['abstracted', 'frames', 'raw'] as const).map((event) => [host, event] as const),
);

slowTest.each(CASES)(
  '%s, request.event %s',
  async (host, event) => {
    const mailbox = await startMailbox();
    const hook = await startWebhook('json');
    const at = await place(host, { message, words });
    try {
      const config = {
        ...{
          request: { event },
          mail: { host: '127.0.0.1', port: mailbox.port, from: 'ai-ops@example.invalid', to: ['b@example.invalid'] },
        },
        notify: { webhook: 'json' },
      };
      const env = { ...at.env, WEBHOOK_URL: hook.url, WEBHOOK_SECRET: SECRET };
      const made = await at.run(['fix', 'app.log', '--json'], config, env);
      expect([made.said.slice(-1500), made.result?.outcome]).toEqual([expect.anything(), 'proposed']);
      const ago = new Date(Date.now() - 600_000).toISOString();
      if (at.standIn.github) at.standIn.github.commentByHand(1, 'jo', '/ai-ops please do it once more', ago);
      if (at.standIn.gitlab) at.standIn.gitlab.noteByHand(1, 'jo', '/ai-ops please do it once more', ago);
      await at.run(['watch', 'app.log', '--once', '--json'], config, env);
      const replies = (at.standIn.github?.comments ?? at.standIn.gitlab?.notes ?? []).filter(({ author }) => author === 'robot');
      expect(replies).toHaveLength(1);
      expect([mailbox.mails.length > 0, hook.taken.length > 0]).toEqual([true, true]);
      const all = await told(
        at,
        mailbox.mails,
        hook.taken.map(({ body }) => JSON.stringify(body)),
      );
      const shown = PLANTED.filter((value) => all.includes(value));
      expect(SECRETS.filter((secret) => all.includes(secret))).toEqual([]);
      if (event === 'raw') expect(shown.length).toBeGreaterThan(10);
      else expect(shown).toEqual([]);
    } finally {
      await at.close();
      await Promise.all([mailbox.close(), hook.close()]);
    }
  },
  LIMIT,
);

slowTest.each(['github', 'gitlab'] as const)(
  '%s: an issue in place of a request',
  async (host) => {
    const at = await place(host, { message, words });
    try {
      const made = await at.run(['fix', 'app.log', '--json'], { policy: { openAt: 'L4' } });
      expect([made.said.slice(-1500), made.result?.outcome]).toEqual([expect.anything(), 'issued']);
      const all = await told(at, [], []);
      expect([...PLANTED, ...SECRETS].filter((value) => all.includes(value))).toEqual([]);
    } finally {
      await at.close();
    }
  },
  LIMIT,
);
