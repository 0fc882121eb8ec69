// GitHub, GitHub Enterprise Cloud with data residency (`*.ghe.com`) and GitHub Enterprise Server, by their addresses.
import { type HostAbout, type HostAddress, pathAbove } from '../descriptor.ts';

const API_PATH = 'api/v3';

export const GITHUB = {
  kind: 'github',
  label: 'GitHub',
  home: 'https://github.com',
  baseUrlIs: 'API',

  secretName: 'githubToken',
  tokenVariables: ['GITHUB_TOKEN', 'GH_TOKEN'],
  ownServerTokenVariables: ['GH_ENTERPRISE_TOKEN', 'GITHUB_ENTERPRISE_TOKEN'],
  programs: (host) => [['gh', 'auth', 'token', '--hostname', host]],
  gitUser: 'x-access-token',
  // As `gh` does: a token for the public GitHub is not one for a server of one's own, unless the environment says so.
  tokenFollowsRemote: false,

  publicHosts: ['github.com', '*.ghe.com'],
  addressVariables: ['GITHUB_API_URL', 'GITHUB_SERVER_URL', 'GH_HOST'],
  namingVariables: { 'codeHost.baseUrl': 'GITHUB_API_URL', 'codeHost.project': 'GITHUB_REPO' },
  ambientAddress: 'https://api.github.com',

  apiPath: API_PATH,
  addressOf,
  hasSubPath: false,
  projectPattern: /^[\w.-]+\/[\w.-]+$/,
  projectExample: 'owner/name',
} as const satisfies HostAbout;

function addressOf(base: URL): HostAddress {
  const name = base.hostname.replace(/^(?:www|api)\.(?=github\.com$|[^.]+\.ghe\.com$)/, '');
  if (name === 'github.com' || name.endsWith('.ghe.com')) return { host: name, baseUrl: `https://api.${name}` };
  const path = pathAbove(base, API_PATH);
  return { host: base.host, baseUrl: `${base.origin}/${path === '' ? '' : `${path}/`}${API_PATH}` };
}
