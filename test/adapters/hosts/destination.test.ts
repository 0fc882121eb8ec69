// Nobody who has wished for a host ends up with a local file in silence. Rows: what there is, whether it is meant, what the hint names.
import { chooseHost, type HostWish } from '../../../src/adapters/hosts/choice.ts';
import { destinationOf } from '../../../src/adapters/hosts/destination.ts';

const ssh = (host: string) => ({ protocol: 'ssh', host, path: 'acme/app' });
interface Row {
  readonly wish: HostWish;
  readonly hasToken?: true;
  readonly words: string;
  readonly hint: string;
}

const ROWS: Readonly<Record<string, Row>> = {
  'an alias that nobody knows, with a token': { wish: { remote: ssh('gh-work') }, hasToken: true, words: 'not known', hint: 'CODE_HOST' },
  'an alias that nobody knows, without': { wish: { remote: ssh('gh-work') }, words: 'not known', hint: 'CODE_HOST' },
  'a host without its token': { wish: { remote: ssh('github.com') }, words: 'no token for', hint: 'GITHUB_TOKEN' },
  'a server of one’s own without its token': { wish: { remote: ssh('gitlab.acme.com') }, words: 'no token for', hint: 'GITLAB_TOKEN' },
  'two remotes, a token': { wish: {}, hasToken: true, words: 'no remote called origin', hint: 'repo.url' },
  'neither remote nor token': { wish: {}, words: 'no remote on a host', hint: '' },
  'a path for a remote': { wish: { remote: { protocol: 'file', host: '', path: '/srv/a.git' } }, words: 'no remote on a host', hint: '' },
  'asked for': { wish: { kind: 'local', remote: ssh('github.com') }, hasToken: true, words: 'codeHost.kind is local', hint: '' },
  'a host': {
    wish: { remote: ssh('github.com'), token: 't' },
    hasToken: true,
    words: 'GitHub, github.com/acme/app (GITHUB_TOKEN)',
    hint: '',
  },
};

test.each(Object.entries(ROWS))('%s', (_name, { wish, hasToken = false, words, hint }) => {
  const remote = wish.remote?.host ? `ssh://${wish.remote.host}/acme/app` : null;
  const said = destinationOf({ choice: chooseHost(wish), remote, tokenOrigin: 'GITHUB_TOKEN', hasToken });
  expect(said.words).toContain(words);
  expect([said.isUnmeant, said.hint]).toEqual([hint !== '', expect.stringContaining(hint)]);
});
