// Where requests go, from how a checkout and its surroundings stand: each row of remotes, said alike by every command that opens or
// would open a request; and repairs carried to their request where the way there is not the usual one.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { git } from '../support/git-program.ts';
import { slowDescribe, slowTest } from '../support/lane.ts';
import { createAuthority, startProxy, startTlsFront } from '../support/tls-front.ts';
import { type HostName, type Place, PROJECT, place, TOKEN } from './place.ts';

const LIMIT = 300_000;
const HOSTS = ['github', 'gitlab'] as const;

interface Silent {
  /** Remotes of the checkout, by their names. */
  readonly remotes: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** Why requests are local, and what to do about it. */
  readonly words: RegExp;
  readonly hint: RegExp;
}

const GITHUB = { GITHUB_TOKEN: TOKEN };
const alone = (url: string, env: Silent['env'] = GITHUB, words = /is not known as GitHub or GitLab/, hint = /CODE_HOST/): Silent => ({
  ...{ remotes: { origin: url }, env, words, hint },
});

/** Nobody meant any of these. */
const SILENT: Readonly<Record<string, Silent>> = {
  'an alias of ssh for another account': alone('git@github-work:acme/app.git'),
  'a short alias of ssh': alone('git@gh:acme/app.git'),
  'a server of one’s own': alone('https://git.corp.invalid/acme/app.git', { GITLAB_TOKEN: TOKEN }),
  'two remotes, none of them origin': {
    remotes: { upstream: 'https://github.com/acme/app.git', fork: 'https://github.com/me/app.git' },
    ...{ env: GITHUB, words: /no remote called origin/, hint: /repo\.url/ },
  },
  'no token': alone('https://github.com/acme/app.git', {}, /no token for/, /GITHUB_TOKEN/),
  'a token of the other host': alone('https://gitlab.com/acme/app.git', GITHUB, /no token for/, /GITLAB_TOKEN/),
  Bitbucket: alone('git@bitbucket.org:acme/app.git', {}),
  'Azure DevOps': alone('https://dev.azure.com/acme/p/_git/app', {}),
  Codeberg: alone('https://codeberg.org/acme/app.git', {}),
};

slowDescribe.each(Object.entries(SILENT))('%s', (_name, { remotes, env, words, hint }) => {
  let at: Place;
  beforeAll(async () => {
    at = await place('github');
    await git(at.repo, 'remote', 'remove', 'origin');
    for (const [name, url] of Object.entries(remotes)) await git(at.repo, 'remote', 'add', name, url);
  });
  afterAll(() => at.close());

  test.each([
    ['fix --dry-run', ['fix', 'app.log', '--dry-run']],
    ['watch --dry-run', ['watch', 'app.log', '--once', '--dry-run']],
    ['fix', ['fix', 'app.log']],
  ])(
    '%s says that requests are local, and why',
    async (_command, argv) => {
      const { said } = await at.run(argv, {}, env);
      expect(said).toMatch(words);
      expect(said).toMatch(hint);
    },
    LIMIT,
  );

  test(
    'watch refuses with exit 2, doctor is red; asked to be local, both are content',
    async () => {
      const watched = await at.run(['watch', 'app.log', '--once'], {}, env);
      expect([watched.code, watched.said]).toEqual([2, expect.stringMatching(words)]);
      expect(watched.said).toMatch(hint);
      const destination = async (more: object): Promise<string> => {
        const { said } = await at.run(['doctor', '--json'], {}, { ...env, ...more });
        return /"name":"destination","status":"(\w+)"/.exec(said)?.[1] ?? said;
      };
      expect([await destination({}), await destination({ CODE_HOST: 'local' })]).toEqual(['failed', 'ok']);
      const asked = await at.run(['watch', 'app.log', '--once'], { codeHost: { kind: 'local' } }, env);
      expect([asked.code, asked.said]).toEqual([0, expect.not.stringMatching(/not known|no token|no remote called/)]);
    },
    LIMIT,
  );
});

interface Way {
  readonly hosts: readonly HostName[];
  readonly begin: (at: Place) => Promise<Readonly<Record<string, string>>>;
}

/** Without the address of the API and the project: the remote has to tell. */
const tokenOf = ({ host }: Place): Readonly<Record<string, string>> =>
  host === 'github' ? { CODE_HOST: 'github', GITHUB_TOKEN: TOKEN } : { CODE_HOST: 'gitlab', GITLAB_TOKEN: TOKEN };
/** Of the one server of a company. */
const baseOf = ({ host, company }: Place): Readonly<Record<string, string>> =>
  host === 'github' ? { GITHUB_API_URL: `${company}/api/v3` } : { GITLAB_BASE_URL: `${company}/lab` };
const gitAt = ({ host, company }: Place): string => `${company}${host === 'gitlab' ? '/lab' : ''}`;
const setRemote = (at: Place, url: string): Promise<string> => git(at.repo, 'remote', 'set-url', 'origin', url);

const WAYS: Readonly<Record<string, Way>> = {
  'a remote of ssh, and the base of its server with a port and a path': {
    hosts: HOSTS,
    async begin(at) {
      await setRemote(at, `git@127.0.0.1:${PROJECT}.git`);
      return { ...tokenOf(at), ...baseOf(at) };
    },
  },
  'a remote of http at that server, and its base': {
    hosts: HOSTS,
    async begin(at) {
      await setRemote(at, `${gitAt(at)}/${PROJECT}.git`);
      return { ...tokenOf(at), ...baseOf(at) };
    },
  },
  'an alias of ssh whose HostName is that server': {
    hosts: HOSTS,
    async begin(at) {
      mkdirSync(join(at.home, '.ssh'));
      writeFileSync(join(at.home, '.ssh', 'config'), 'Include conf.d/*\n');
      mkdirSync(join(at.home, '.ssh', 'conf.d'));
      writeFileSync(join(at.home, '.ssh', 'conf.d', 'work'), 'Host git-?ork !git-pork\n  HostName 127.0.0.1\n');
      await setRemote(at, `git@git-work:${PROJECT}.git`);
      return { ...tokenOf(at), ...baseOf(at) };
    },
  },
  'insteadOf in the file of the user': {
    hosts: HOSTS,
    async begin(at) {
      writeFileSync(join(at.home, '.gitconfig'), `[include]\n\tpath = ~/more\n`);
      writeFileSync(join(at.home, 'more'), `[url "${gitAt(at)}/"]\n\tinsteadOf = co:\n`);
      await setRemote(at, `co:${PROJECT}.git`);
      return { ...tokenOf(at), ...baseOf(at) };
    },
  },
  'no origin, and the branch has a remote': {
    hosts: HOSTS,
    async begin(at) {
      await git(at.repo, 'remote', 'rename', 'origin', 'company');
      await git(at.repo, 'remote', 'add', 'other', 'https://other.invalid/x/y.git');
      await git(at.repo, 'config', 'branch.main.remote', 'company');
      return { ...at.env, ...(at.host === 'github' ? { GITHUB_REPO: '' } : { GITLAB_PROJECT: '' }) };
    },
  },
  'the number of the project, as CI knows it': {
    hosts: ['gitlab'],
    begin: async (at) => ({ ...at.env, GITLAB_PROJECT: '278' }),
  },
};

slowTest.each(Object.entries(WAYS).flatMap(([name, { hosts }]) => hosts.map((host) => [host, name] as const)))(
  '%s: %s: a request',
  async (host, name) => {
    const at = await place(host);
    try {
      const env = await (WAYS[name] as Way).begin(at);
      const ran = await at.run(['fix', 'app.log', '--json'], {}, env);
      expect([ran.said.slice(-1500), ran.result?.outcome, at.requests().length]).toEqual([expect.anything(), 'proposed', 1]);
      expect(ran.said).toMatch(/requests go to Git(?:Hub|Lab), /);
    } finally {
      await at.close();
    }
  },
  LIMIT,
);

slowTest(
  'an archived project: the same words for everybody, and nobody is paid',
  async () => {
    const at = await place('github');
    try {
      if (at.standIn.github) at.standIn.github.archived = true;
      await at.server.hook(PROJECT, 'pre-receive', 'echo "ERROR: This repository was archived so it is read-only." >&2; exit 1');
      const ran = await at.run(['fix', 'app.log', '--json']);
      expect([ran.code, at.paid(), ran.said]).toEqual([4, 0, expect.stringMatching(/is archived[\s\S]*unarchive it/)]);
      expect((await at.run(['doctor'])).said).toMatch(/archived/);
    } finally {
      await at.close();
    }
  },
  LIMIT,
);

slowDescribe.each(HOSTS)('behind TLS, on %s', (host) => {
  const known = tls.getCACertificates('default');
  afterEach(() => tls.setDefaultCACertificates(known));

  test.each([
    ['a private authority that git names (GIT_SSL_CAINFO)', (file: string) => ({ GIT_SSL_CAINFO: file })],
    [
      'one in http.sslCAInfo',
      (file: string, at: Place) => {
        writeFileSync(join(at.home, '.gitconfig'), `[http]\n\tsslCAInfo = ${file}\n`);
        return {};
      },
    ],
    ['one in SSL_CERT_FILE, through a proxy that asks for a login', (file: string) => ({ SSL_CERT_FILE: file })],
  ] as const)(
    '%s: a request',
    async (name, by) => {
      const at = await place(host);
      const proxy = await startProxy('robot:pass-word');
      const authority = createAuthority(at.home);
      const front = await startTlsFront(authority, Number(new URL(at.company).port));
      try {
        const base = `https://127.0.0.1:${front.port}`;
        await setRemote(at, `${base}${host === 'gitlab' ? '/lab' : ''}/${PROJECT}.git`);
        const api = host === 'github' ? { GITHUB_API_URL: `${base}/api/v3` } : { GITLAB_BASE_URL: `${base}/lab` };
        const through = name.includes('proxy') ? { ALL_PROXY: `http://robot:pass-word@127.0.0.1:${proxy.port}` } : {};
        const ran = await at.run(['fix', 'app.log', '--json'], {}, { ...tokenOf(at), ...api, ...by(authority.file, at), ...through });
        expect([ran.said.slice(-1500), ran.result?.outcome, at.requests().length]).toEqual([expect.anything(), 'proposed', 1]);
        expect(ran.said).not.toContain('pass-word');
        expect(proxy.heads.length > 0).toBe(name.includes('proxy'));
        expect(proxy.heads.join()).not.toMatch(/"authorization"/i);
      } finally {
        await Promise.all([front.close(), proxy.close()]);
        await at.close();
      }
    },
    LIMIT,
  );

  test(
    'an authority that nobody names: the hint names the variable, and nobody is paid',
    async () => {
      const at = await place(host);
      const authority = createAuthority(at.home);
      const front = await startTlsFront(authority, Number(new URL(at.company).port));
      try {
        const base = `https://127.0.0.1:${front.port}`;
        await setRemote(at, `${base}${host === 'gitlab' ? '/lab' : ''}/${PROJECT}.git`);
        const api = host === 'github' ? { GITHUB_API_URL: `${base}/api/v3` } : { GITLAB_BASE_URL: `${base}/lab` };
        const ran = await at.run(['fix', 'app.log', '--json'], {}, { ...tokenOf(at), ...api });
        expect([ran.code, at.paid(), ran.said]).toEqual([7, 0, expect.stringContaining('SSL_CERT_FILE')]);
      } finally {
        await front.close();
        await at.close();
      }
    },
    LIMIT,
  );
});
