// The contract of what is said on requests, on the fake and on both hosts; and what a look costs.

import { createTalk, type TalkForge } from '../../../src/adapters/hosts/forge/talk.ts';
import { createGitHubHost } from '../../../src/adapters/hosts/github/host.ts';
import { createGitLabHost } from '../../../src/adapters/hosts/gitlab/host.ts';
import type { Talk } from '../../../src/ports.ts';
import { BRANCH } from '../../contracts/code-host.ts';
import { talkContract } from '../../contracts/talk.ts';
import { createFakeCodeHost } from '../../fakes/code-host.ts';
import { startGitHubStandIn } from '../../standins/github/server.ts';
import { startGitLabStandIn } from '../../standins/gitlab/server.ts';
import { createTestRepository } from './repository.ts';

const of = (baseUrl: string) => ({
  ...{ baseUrl, token: 't', project: 'acme/app', userAgent: 'ai-ops/test', clock: () => new Date() },
  pause: async () => undefined,
});
const talkOf = ({ talk }: { readonly talk: Talk | null }): Talk => {
  if (talk === null) throw new Error('nobody can say anything');
  return talk;
};
const REQUEST = { branch: BRANCH, base: 'main', title: 'Fix', body: '' };

talkContract('fake', async () => {
  const fake = createFakeCodeHost();
  const { number } = fake.open({ ...REQUEST, commit: 'c'.repeat(40), draft: false, fork: null });
  const { talk } = fake;
  talk.writers.add('jo').add('helper[bot]');
  let count = 0;
  const say = (author: string, body: string, more: object = {}): string => {
    count += 1;
    const remark = {
      id: `comment:${count}`,
      kind: 'comment',
      author: { id: author, name: author, isBot: author.endsWith('[bot]') },
      body,
    } as const;
    talk.said.set(number, [...(talk.said.get(number) ?? []), { ...remark, at: new Date().toISOString(), ...more }]);
    return remark.id;
  };
  return {
    ...{ talk, request: number, hasVerdictWords: false, violations: () => [], close: async () => undefined },
    world: {
      comment: say,
      review: (author, _verdict, lines) => {
        for (const { body, ...place } of lines) say(author, body, { kind: 'line', ...place, id: `line:${count + 1}` });
      },
      edit: (id, body) =>
        talk.said.set(
          number,
          (talk.said.get(number) ?? []).map((one) => (one.id === id ? { ...one, body } : one)),
        ),
      label: (name) => talk.labels.set(number, [name]),
      close: () => Object.assign(fake.requests[0] ?? {}, { state: 'closed' }),
      readers: (id) => (talk.acknowledged.has(id) ? ['robot'] : []),
      loseNextAnswer: () => undefined,
      reads: () => null,
    },
  };
});

talkContract('GitHub', async () => {
  const repo = createTestRepository();
  const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: { t: robot } });
  Object.assign(standIn.rights, { outsider: 'read', 'helper[bot]': 'write' });
  const number = await standIn.openByHand(REQUEST);
  const numberIn = (id: string): number => Number(id.split(':')[1]);
  return {
    ...{
      talk: talkOf(createGitHubHost(of(standIn.baseUrl))),
      request: number,
      hasVerdictWords: true,
      violations: () => standIn.violations,
    },
    close: async () => {
      await standIn.close();
      repo.remove();
    },
    world: {
      comment: (author, body) => `comment:${standIn.commentByHand(number, author, body)}`,
      review: (author, verdict, lines, body) =>
        void standIn.reviewByHand(number, author, {
          state: verdict === 'changes' ? 'CHANGES_REQUESTED' : 'APPROVED',
          lines,
          ...(body === undefined ? {} : { body }),
        }),
      edit: (id, body) => standIn.editByHand(numberIn(id), body),
      label: (name) => standIn.labelByHand(number, name),
      close: () => standIn.closeByHand(number),
      readers: (id) => standIn.comments.find((one) => one.id === numberIn(id))?.reactions ?? [],
      loseNextAnswer: () => standIn.faults.push({ on: 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', kind: 'lost' }),
      reads: () => ({
        whole: standIn.log.filter((call) => call.startsWith('GET')).length - standIn.unmodified.length,
        unmodified: standIn.unmodified.length,
      }),
    },
  };
});

talkContract('GitLab', async () => {
  const repo = createTestRepository();
  const tokens = { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } };
  const standIn = await startGitLabStandIn({ repo: repo.dir, project: 'acme/app', tokens });
  // Programs have other names there; the stand-in tells people apart by the length of theirs.
  const names: Record<string, string> = { 'helper[bot]': 'service_account_7', outsider: 'the_outsider' };
  const nameOf = (author: string): string => names[author] ?? author;
  Object.assign(standIn.rights, { the_outsider: 20, service_account_7: 30 });
  const iid = await standIn.openByHand(REQUEST);
  const numberIn = (id: string): number => Number(id.split(':')[1]);
  return {
    ...{ talk: talkOf(createGitLabHost(of(standIn.baseUrl))), request: iid, hasVerdictWords: false, violations: () => standIn.violations },
    close: async () => {
      await standIn.close();
      repo.remove();
    },
    world: {
      comment: (author, body) => `comment:${standIn.noteByHand(iid, nameOf(author), body)}`,
      review: (author, _verdict, lines) => {
        for (const line of lines) standIn.lineNoteByHand(iid, nameOf(author), line);
      },
      edit: (id, body) => standIn.editByHand(numberIn(id), body),
      label: (name) => standIn.labelByHand(iid, name),
      close: () => standIn.closeByHand(iid),
      readers: (id) => standIn.notes.find((one) => one.id === numberIn(id))?.awards ?? [],
      loseNextAnswer: () => standIn.faults.push({ on: 'POST /projects/{id}/merge_requests/{iid}/notes', kind: 'lost' }),
      reads: () => ({
        whole: standIn.log.filter((call) => call.startsWith('GET')).length - standIn.unmodified.length,
        unmodified: standIn.unmodified.length,
      }),
    },
  };
});

test('on GitHub a comment is heard of by a list of the whole repository, also where its request looks unchanged; nothing else is read again', async () => {
  const repo = createTestRepository();
  const robot = { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } as const;
  const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: { t: robot } });
  const number = await standIn.openByHand(REQUEST);
  const id = standIn.commentByHand(number, 'jo', '/ai-ops one');
  let now = Date.now() + 3_600_000;
  const talk = talkOf(createGitHubHost({ ...of(standIn.baseUrl), clock: () => new Date(now) }));
  const read = async () => {
    now += 300_000;
    const found = await talk.read(number, new AbortController().signal);
    return found?.remarks.map(({ body }) => body);
  };
  for (let look = 0; look < 3; look += 1) await read();
  const before = standIn.log.length;
  expect(await read()).toEqual(['/ai-ops one']);
  expect(standIn.log.slice(before)).toEqual([
    'GET /repos/{owner}/{repo}/pulls 200',
    'GET /repos/{owner}/{repo}/issues/comments 200',
    'GET /repos/{owner}/{repo}/pulls/comments 200',
  ]);
  const stored = standIn.comments.find((one) => one.id === id);
  Object.assign(stored ?? {}, { body: '/ai-ops two', changedAt: '2030-01-01T00:00:00Z' });
  expect(await read()).toEqual(['/ai-ops two']);
  const after = standIn.log.length;
  expect(await read()).toEqual(['/ai-ops two']);
  expect(standIn.log.length - after).toBe(3);
  expect(standIn.violations).toEqual([]);
  await standIn.close();
  repo.remove();
});

test('an internal note on GitLab is for members alone, and what is done about a remark is told to everybody: it is not read', async () => {
  const repo = createTestRepository();
  const standIn = await startGitLabStandIn({
    repo: repo.dir,
    project: 'acme/app',
    tokens: { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } },
  });
  const iid = await standIn.openByHand(REQUEST);
  standIn.internalNoteByHand(iid, 'jo', '/ai-ops hide that customer 4711 pays nothing');
  standIn.noteByHand(iid, 'jo', '/ai-ops do it');
  const found = await talkOf(createGitLabHost(of(standIn.baseUrl))).read(iid, new AbortController().signal);
  expect(found?.remarks.map(({ body }) => body)).toEqual(['/ai-ops do it']);
  expect(standIn.violations).toEqual([]);
  await standIn.close();
  repo.remove();
});

describe('a look at a request that nothing has happened to', () => {
  const CHANGED = '2026-01-01T00:00:00Z';
  test('asks for the request alone; all is read once more now and then', async () => {
    const calls: string[] = [];
    let changedAt = CHANGED;
    const forge: Pick<TalkForge, 'standing' | 'standings' | 'remarks'> = {
      standings: async () => new Map(),
      standing: async () => {
        calls.push('standing');
        return { state: 'open', head: null, base: null, isConflicting: null, isClosedByUs: false, labels: [], changedAt };
      },
      remarks: async () => {
        calls.push('remarks');
        return [];
      },
    };
    let now = Date.parse(CHANGED) + 10_000;
    const talk = createTalk(
      forge as TalkForge,
      async () => undefined,
      () => new Date(now),
    );
    const signal = new AbortController().signal;
    const looks = async (count: number): Promise<number> => {
      calls.length = 0;
      for (let look = 0; look < count; look += 1) await talk.read(1, signal);
      return calls.filter((call) => call === 'remarks').length;
    };
    // A time has seconds: what was changed just now may change once more without a difference.
    expect(await looks(3)).toBe(3);
    now += 3_600_000;
    expect(await looks(12)).toBe(1);
    expect(await looks(12)).toBe(1);
    changedAt = '2026-01-01T00:30:00Z';
    expect(await looks(2)).toBe(1);
  });
});

describe.each(['GitHub', 'GitLab'] as const)('what is said on an issue of %s', (kind) => {
  test('read, shown to have been read, answered once; an issue has no branch', async () => {
    const repo = createTestRepository();
    const signal = new AbortController().signal;
    const gitHub = { t: { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true } } as const;
    const gitLab = { t: { login: 'robot', accessLevel: 30, scopes: ['api'] } };
    const issue = { title: 'told', body: 'x', isMember: true };
    const world = async () => {
      if (kind === 'GitHub') {
        const standIn = await startGitHubStandIn({ repo: repo.dir, project: 'acme/app', tokens: gitHub });
        const number = standIn.openIssueByHand(issue);
        return {
          standIn,
          number,
          ask: (body: string) => standIn.commentByHand(number, 'jo', body),
          host: createGitHubHost(of(standIn.baseUrl)),
        };
      }
      const standIn = await startGitLabStandIn({ repo: repo.dir, project: 'acme/app', tokens: gitLab });
      const number = standIn.openIssueByHand(issue);
      return {
        standIn,
        number,
        ask: (body: string) => standIn.issueNoteByHand(number, 'jo', body),
        host: createGitLabHost(of(standIn.baseUrl)),
      };
    };
    const { standIn, number, ask, host } = await world();
    const talk = talkOf({ talk: host.issueTalk });
    expect(await talk.read(number, signal)).toMatchObject({ state: 'open', head: null, base: null, remarks: [] });
    expect(await talk.read(999, signal)).toBeNull();
    ask('/ai-ops try it again');
    const [remark] = (await talk.read(number, signal))?.remarks ?? [];
    expect(remark).toMatchObject({ body: '/ai-ops try it again', author: { name: 'jo' } });
    expect(await talk.mayAsk(remark!.author, signal)).toBe(true);
    for (let count = 0; count < 2; count += 1) await talk.acknowledge(number, remark!, signal);
    const words = { mark: '<!-- ai-ops-reply:v1 round=1 ending=none keys= -->', body: 'Done.' };
    expect([await talk.ensureSaid(number, words, signal), await talk.ensureSaid(number, words, signal)]).toEqual(['said', 'found']);
    expect((await talk.read(number, signal))?.remarks).toHaveLength(2);
    standIn.setIssueByHand(number, { state: 'closed' });
    expect((await talk.read(number, signal, { isFresh: true }))?.state).toBe('closed');
    expect(standIn.violations).toEqual([]);
    await standIn.close();
    repo.remove();
  });
});
