// A process that is killed between the post and its record: the other side has the message once, and the next process says that it
// is not known and posts nothing.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SENDER = new URL('./sender.ts', import.meta.url).pathname;

test.each([
  ['before it is answered', 'begun', 'uncertain', 1],
  ['not at all', 'never', 'sent', 1],
] as const)('killed %s', async (_, when, state, posts) => {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-webhook-'));
  let received = 0;
  let sender: number | undefined;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      received += 1;
      if (when === 'begun' && sender !== undefined) process.kill(sender, 'SIGKILL');
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/x`;
  const run = () =>
    new Promise<string>((resolve, reject) => {
      const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', SENDER, join(dir, 'state'), url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      sender = child.pid;
      let told = '';
      child.stdout.on('data', (part) => {
        told += part;
      });
      child.on('error', reject);
      child.on('close', (code, signal) => resolve(signal ?? (told.trim() || `ended with ${code}`)));
    });
  try {
    expect(await run()).toBe(when === 'begun' ? 'SIGKILL' : 'sent');
    expect([await run(), received]).toEqual([state, posts]);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(dir, { recursive: true, force: true });
  }
});
