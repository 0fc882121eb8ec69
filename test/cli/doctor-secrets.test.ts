// A server that repeats the password in its refusal does not get it printed.
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '../support/cli-world.ts';

const PASSWORD = 'corr3ct-horse-battery';

/** Speaks as much of RFC 5321 and 4954 as it takes to refuse, and says the password twice. */
function startRefusing(): Promise<Server> {
  const server = createServer((socket) => {
    socket.write('220 mail.example ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const said = bytes.toString();
      if (/^EHLO/i.test(said)) socket.write('250-mail.example\r\n250 AUTH PLAIN LOGIN\r\n');
      else if (/^AUTH/i.test(said))
        socket.write(`535-5.7.8 no such password: ${PASSWORD}\r\n535 5.7.8 (${Buffer.from(PASSWORD).toString('base64')})\r\n`);
      else if (/^QUIT/i.test(said)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

test.each([[['doctor']], [['doctor', '--json']]])('%j', async (argv) => {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-'));
  const server = await startRefusing();
  const env = {
    ...{
      SMTP_SERVER: '127.0.0.1',
      SMTP_PORT: String((server.address() as AddressInfo).port),
      SMTP_USER: 'a@example.org',
      SMTP_PASSWORD: PASSWORD,
    },
    ...{ RECEIVER_EMAIL: 'b@example.org', CLAUDE_COMMAND: '/nonexistent/claude', PATH: '' },
  };
  try {
    const { stdout, stderr } = await runCli([...argv, '--state-dir', join(place, 'state')], { cwd: place, env });
    expect(stdout).toMatch(/535|no such password/);
    for (const form of [PASSWORD, Buffer.from(PASSWORD).toString('base64')]) expect(`${stdout}${stderr}`.includes(form)).toBe(false);
  } finally {
    await new Promise((resolve) => server.close(resolve));
    rmSync(place, { recursive: true, force: true });
  }
});

test('doctor --quiet is for cron: it says what is wrong and nothing else; a check keeps its name, its code is a field', async () => {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-'));
  const world = { cwd: place, env: { CLAUDE_COMMAND: '/nonexistent/claude', PATH: '', LOG_FILE_PATH: 'nowhere.log' } };
  try {
    const { stdout, stderr } = await runCli(['doctor', '--quiet', '--no-color', '--state-dir', join(place, 'state')], world);
    expect([stderr, stdout.split('\n').filter((line) => !/^(?:[!✗] | {2}hint: |$)/u.test(line))]).toEqual(['', []]);
    expect(stdout).toMatch(/^! log nowhere\.log: no such file yet$/m);
    expect(stdout).toMatch(/^✗ claude: /m);
    const told = await runCli(['doctor', '--json', '--state-dir', join(place, 'state')], world);
    const checks = told.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; code?: string; status: string });
    expect(checks.find(({ name }) => name === 'claude')).toMatchObject({ status: 'failed', code: 'claude-not-found' });
    expect(checks.find(({ name }) => name === 'notices')).toMatchObject({ status: 'ok', detail: expect.stringMatching(/^off/) });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});
