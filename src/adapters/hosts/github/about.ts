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
  headerPrefix: 'x-github-',
  hasSubPath: false,
  projectPattern: /^[\w.-]+\/[\w.-]+$/,
  projectExample: 'owner/name',
  pages: { file: '/blob/', commit: '/commit/', plain: '?plain=1' },
} as const satisfies HostAbout;

/** `GITHUB_API_URL` is taken as it is; only a server's own address is none of its API yet. */
function addressOf(base: URL, isServer: boolean): HostAddress {
  const name = base.hostname.replace(/^(?:www|api)\.(?=github\.com$|[^.]+\.ghe\.com$)/, '');
  if (name === 'github.com' || name.endsWith('.ghe.com')) return { host: name, baseUrl: `https://api.${name}`, web: `https://${name}` };
  const given = base.pathname.replace(/\/+$/, '');
  const above = pathAbove(base, API_PATH);
  const isWhole = given !== '' || !isServer;
  return {
    host: base.host,
    baseUrl: `${base.origin}${isWhole ? given : `/${API_PATH}`}`,
    web: `${base.origin}${above === '' ? '' : `/${above}`}`,
  };
}
