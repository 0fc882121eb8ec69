// A server that no name tells of is asked without a token, and what it is shows in its headers.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { askKind } from '../../../src/adapters/hosts/ask-kind.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository } from './repository.ts';

const ask = (url: string) => askKind(new URL(url), {}, 'ai-ops/test');

test('GitHub and GitLab, each by one refused question and without a token', async () => {
  const { dir: repo, remove } = createTestRepository();
  const github = await startGitHubStandIn({ repo, project: 'acme/app', tokens: {} });
  const gitlab = await startGitLabStandIn({ repo, project: 'acme/app', tokens: {} });
  try {
    expect([await ask(github.baseUrl), await ask(gitlab.baseUrl)]).toEqual(['github', 'gitlab']);
    const calls = [...github.calls, ...gitlab.calls];
    expect(calls.map(({ headers }) => headers.authorization ?? headers['private-token'])).toEqual(calls.map(() => undefined));
    expect([...github.violations, ...gitlab.violations]).toEqual([]);
  } finally {
    await Promise.all([github.close(), gitlab.close()]);
    remove();
  }
});

test('another server, and none', async () => {
  const server = createServer((_request, response) => response.writeHead(404).end('no'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await ask(url)).toBeUndefined();
  await new Promise((done) => server.close(done));
  expect(await ask(url)).toBeUndefined();
});

test('who answers late is asked everything at once', async () => {
  const waiting: ServerResponse[] = [];
  const server = createServer((_request, response) => {
    waiting.push(response);
    // Answers only those that do not wait for each other.
    if (waiting.length === 2) for (const each of waiting) each.writeHead(401, { 'x-gitlab-meta': '{}' }).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  expect(await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).toBe('gitlab');
  await new Promise((done) => server.close(done));
});
