// gitlab.com and GitLab servers of one's own, also below a path, by their addresses.
import { type HostAbout, type HostAddress, pathAbove } from '../descriptor.ts';

const API_PATH = 'api/v4';

export const GITLAB = {
  kind: 'gitlab',
  label: 'GitLab',
  home: 'https://gitlab.com',
  baseUrlIs: 'server',

  secretName: 'gitlabToken',
  tokenVariables: ['GITLAB_TOKEN'],
  ownServerTokenVariables: [],
  // Older and newer `glab` print a token in different ways.
  programs: (host) => [
    ['glab', 'auth', 'token', '--hostname', host],
    ['glab', 'config', 'get', 'token', '--host', host],
  ],
  gitUser: 'oauth2',
  tokenFollowsRemote: true,

  publicHosts: ['gitlab.com'],
  addressVariables: ['GITLAB_BASE_URL', 'GITLAB_HOST', 'CI_SERVER_URL'],
  namingVariables: { 'codeHost.baseUrl': 'GITLAB_BASE_URL', 'codeHost.project': 'GITLAB_PROJECT' },
  ambientAddress: null,

  apiPath: API_PATH,
  addressOf,
  headerPrefix: 'x-gitlab-',
  hasSubPath: true,
  // Its number, too: continuous integration knows a project by it.
  projectPattern: /^(?:[\w.-]+(?:\/[\w.-]+)+|\d+)$/,
  projectExample: 'group/name or the number of a project',
  pages: { file: '/-/blob/', commit: '/-/commit/', plain: '?plain=1' },
} as const satisfies HostAbout;

function addressOf(base: URL): HostAddress {
  const path = pathAbove(base, API_PATH);
  const web = path === '' ? base.origin : `${base.origin}/${path}`;
  return { host: base.host, baseUrl: web, web };
}
