// What an exchange with git or a host is for, read from the exchange itself. Whatever may change something there and is not
// known here is named `METHOD path`: a new write of the program is seen in the traffic, and needs a row.

const NOTHING = '0'.repeat(40);

/** Only what receive-pack takes changes anything: its first line says which ref becomes what. */
export function nameOfGit(method: string, path: string, body: Buffer): string {
  if (!path.endsWith('/git-receive-pack') || method !== 'POST') return `read ${path.replace(/^.*\.git/, '')}`;
  const [from, to, ref = ''] = body.toString('latin1', 4, 500).split('\0', 1)[0]?.split(' ') ?? [];
  const isClaim = /^refs\/(ai-ops\/claims\/|heads\/ai-ops\/claim-)/.test(ref);
  if (isClaim && to === NOTHING) return 'release';
  if (isClaim) return from === NOTHING ? 'claim' : 'reclaim';
  // From a commit to itself, where there is no such branch: asked whether the name may be had, and never carried out.
  if (from === to) return 'read whether a name may be had';
  return ref.startsWith('refs/heads/ai-ops/fix-') ? 'push' : `push ${ref}`;
}

export function nameOfHost(method: string, path: string): string {
  const { pathname } = new URL(path, 'http://localhost');
  if (method === 'GET') return `read ${pathname}`;
  if (method === 'POST' && /\/(pulls|merge_requests)$/.test(pathname)) return 'create';
  if (method === 'POST' && /\/issues\/\d+\/labels$/.test(pathname)) return 'label';
  if (/^(PATCH|PUT)$/.test(method) && /\/(pulls|merge_requests)\/\d+$/.test(pathname)) return 'update';
  return `${method} ${pathname}`;
}
