// The contract of the checks of a host, on the fake and on both hosts; and what GitHub has beside its own runs.

import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import type { CommitCheck } from '../../../src/core/policy/red-checks.ts';
import type { CodeHost } from '../../../src/ports.ts';
import { type CheckBench, checkContract } from '../../contracts/checks.ts';
import { createFakeChecks } from '../../fakes/checks.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository } from './repository.ts';

const of = (baseUrl: string, token = 'secret-of-the-host') => ({
  ...{ baseUrl, token, project: 'acme/app', userAgent: 'ai-ops/test', clock: () => new Date() },
  pause: async () => undefined,
});
const checksOf = ({ checks }: Pick<CodeHost, 'checks'>) => {
  if (checks === null) throw new Error('nothing is run');
  return checks;
};

checkContract('fake', async () => {
  const checks = createFakeChecks();
  checks.again = 'may';
  return {
    ...{ checks, blind: null, elsewhere: () => null, violations: () => [], close: async () => undefined },
    world: {
      check: (commit, name, state, said = {}) =>
        checks.runs.set(commit, [
          ...(checks.runs.get(commit) ?? []).filter((one) => one.name !== name),
          { id: name, name, state, ...said },
        ]),
      nextRun: () => undefined,
    },
  };
});

const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
const CONCLUSIONS: Readonly<Record<CommitCheck['state'], string | null>> = {
  green: 'success',
  red: 'failure',
  runs: null,
  other: 'cancelled',
};

async function startGitHub() {
  const repo = createTestRepository();
  const tokens = { 'secret-of-the-host': robot, blind: { ...robot, actions: 'none' } } as const;
  const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens });
  const close = async (): Promise<void> => {
    await standIn.close();
    repo.remove();
  };
  return { standIn, close, checks: checksOf(createGitHubHost(of(standIn.baseUrl))) };
}

checkContract('GitHub', async (): Promise<CheckBench> => {
  const { standIn, close, checks } = await startGitHub();
  return {
    ...{ checks, blind: checksOf(createGitHubHost(of(standIn.baseUrl, 'blind'))), close, violations: () => standIn.violations },
    elsewhere: () => standIn.logStore.seen,
    world: {
      check: (commit, name, state, { log, notes } = {}) =>
        standIn.checkByHand(commit, {
          ...{ name, conclusion: CONCLUSIONS[state] },
          ...(log === undefined ? {} : { log }),
          ...(notes === undefined ? {} : { notes: [notes] }),
        }),
      nextRun: (state) => {
        standIn.rerunEnds = CONCLUSIONS[state];
      },
    },
  };
});

const STATUSES = { green: 'success', red: 'failed', runs: 'running', other: 'canceled' } as const;

checkContract('GitLab', async (): Promise<CheckBench> => {
  const repo = createTestRepository();
  const tokens = { 'secret-of-the-host': { login: 'robot', accessLevel: 30, scopes: ['api'] } };
  const standIn = await startGitLabStandIn({ repo: repo.dir, project: 'acme/app', tokens });
  return {
    ...{ checks: checksOf(createGitLabHost(of(standIn.baseUrl))), blind: null, violations: () => standIn.violations },
    elsewhere: () => standIn.logStore.seen,
    close: async () => {
      await standIn.close();
      repo.remove();
    },
    world: {
      check: (commit, name, state, { log, notes } = {}) =>
        standIn.jobByHand(commit, {
          ...{ name, status: STATUSES[state] },
          ...(log === undefined ? {} : { trace: log }),
          ...(notes === undefined ? {} : { reason: notes }),
        }),
      nextRun: (state) => {
        standIn.rerunEnds = STATUSES[state];
      },
    },
  };
});

test('GitHub: statuses of older services are checks too, which nobody can run again and whose logs nobody has', async () => {
  const { standIn, close, checks } = await startGitHub();
  const [commit, signal] = ['c'.repeat(40), new AbortController().signal];
  standIn.statusByHand(commit, { name: 'ci/build', conclusion: 'error', says: 'Build failed' });
  standIn.statusByHand(commit, { name: 'ci/docs', conclusion: 'pending' });
  const found = await checks.of(commit, signal);
  expect(found.map(({ name, state, says }) => [name, state, says])).toEqual([
    ['ci/build', 'red', 'Build failed'],
    ['ci/docs', 'runs', ''],
  ]);
  expect(await checks.why(commit, found[0]!, signal)).toEqual({ notes: 'Build failed', log: null });
  expect(await checks.runAgain(commit, found.slice(0, 1), signal)).toBe('no');
  expect(standIn.violations).toEqual([]);
  await close();
});

test('GitLab: a job that may fail holds nothing up', async () => {
  const repo = createTestRepository();
  const tokens = { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } };
  const standIn = await startGitLabStandIn({ repo: repo.dir, project: 'acme/app', tokens });
  const checks = checksOf(createGitLabHost(of(standIn.baseUrl, 't')));
  standIn.jobByHand('d'.repeat(40), { name: 'audit', status: 'failed', mayFail: true });
  expect((await checks.of('d'.repeat(40), new AbortController().signal)).map(({ state }) => state)).toEqual(['other']);
  expect(standIn.violations).toEqual([]);
  await standIn.close();
  repo.remove();
});
