// `node test/bench/hosts.js`: what listening on open requests costs in calls, counted at the stand-ins of both hosts: an hour of
// looks every 300 s in which nothing happens, with checks that have ended well; the mean of twelve hours. No time is measured.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHubHost } from '../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../src/adapters/hosts/gitlab/host.ts';
import { createCheckWatch } from '../../src/pipeline/replies/red-checks.ts';
import { startGitHubStandIn } from '../standins/github/server.ts';
import { startGitLabStandIn } from '../standins/gitlab/server.ts';

const LOOKS = 12;
const HOURS = 12;
const signal = new AbortController().signal;
const RULES = { reviews: true, prefix: '/ai-ops', checks: true, staleDays: 30, maxRounds: 3 };

function repository(count) {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-bench-'));
  const git = (...args) =>
    execFileSync('git', ['-C', dir, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args])
      .toString()
      .trim();
  git('init', '-q', '-b', 'main');
  writeFileSync(join(dir, 'a.txt'), 'a\n');
  git('add', '.');
  git('commit', '-qm', 'a');
  for (let n = 1; n <= count; n += 1) {
    git('checkout', '-q', '-b', `ai-ops/fix-${String(n).padStart(12, '0')}`, 'main');
    writeFileSync(join(dir, `${n}.txt`), `${n}\n`);
    git('add', '.');
    git('commit', '-qm', String(n));
  }
  return { dir: join(dir, '.git'), tip: (name) => git('rev-parse', name), remove: () => rmSync(dir, { recursive: true }) };
}

async function counted(kind, count) {
  const repo = repository(count);
  const isGitHub = kind === 'GitHub';
  const standIn = isGitHub
    ? await startGitHubStandIn({
        repo: repo.dir,
        project: 'acme/app',
        tokens: { t: { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } },
      })
    : await startGitLabStandIn({
        repo: repo.dir,
        project: 'acme/app',
        tokens: { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } },
      });
  let now = Date.now() + 3_600_000;
  const options = { baseUrl: standIn.baseUrl, token: 't', project: 'acme/app', userAgent: 'bench', clock: () => new Date(now) };
  const host = (isGitHub ? createGitHubHost : createGitLabHost)(options);
  const watched = createCheckWatch(host.checks, RULES);
  const [numbers, seen] = [new Map(), new Map()];
  for (let n = 1; n <= count; n += 1) {
    const branch = `ai-ops/fix-${String(n).padStart(12, '0')}`;
    numbers.set(branch, await standIn.openByHand({ branch, base: 'main', title: branch, body: '' }));
    if (isGitHub) standIn.checkByHand(repo.tip(branch), { name: 'ci', conclusion: 'success' });
    else standIn.jobByHand(repo.tip(branch), { name: 'ci', status: 'success' });
  }
  const look = async () => {
    for (const branch of numbers.keys()) seen.set(branch, await host.findRequest(branch, signal, seen.get(branch)));
    const me = await host.talk.me(signal);
    for (const [, number] of numbers) {
      const conversation = await host.talk.read(number, signal);
      await watched.isRed(number, conversation, me, signal);
    }
    now += 300_000;
  };
  await look();
  await look();
  const before = [standIn.log.length, standIn.unmodified.length];
  for (let n = 0; n < LOOKS * HOURS; n += 1) await look();
  const [all, unmodified] = [standIn.log.length - before[0], standIn.unmodified.length - before[1]].map((sum) => Math.round(sum / HOURS));
  const { violations } = standIn;
  await standIn.close();
  repo.remove();
  if (violations.length > 0) throw new Error(violations.join('\n'));
  return `| ${kind} | ${count} | ${all} | ${unmodified} |`;
}

const lines = ['', '| host | open requests | calls in an hour | of them "not modified" |', '|---|---|---|---|'];
for (const kind of ['GitHub', 'GitLab']) for (const count of [1, 20]) lines.push(await counted(kind, count));
console.log(lines.join('\n'));
