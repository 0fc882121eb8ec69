// Which repository something belongs to. A repository is what its remote's address names, however that is spelt; one
// without a remote is its directory. It stays the same when its address changes, as long as its git directory is the
// same one. Nothing here looks at a disk or a host; nothing secret of an address is kept.
import { createHash } from 'node:crypto';

/** An address in parts, without credentials. */
export interface RepositoryAddress {
  readonly protocol: 'https' | 'http' | 'ssh' | 'git' | 'file';
  readonly host: string;
  readonly port?: number;
  /** Without `.git` and slashes at its ends. */
  readonly path: string;
}

/** A repository as it is met. */
export interface MetRepository {
  /** `host/owner/name`, or `path:` and the absolute path of the directory. */
  readonly name: string;
  /** The same as long as it is the same git directory, wherever that is moved on its disk; `null` where that is not known. */
  readonly mark: string | null;
}

/** A repository as it was met before. */
export interface KnownRepository extends MetRepository {
  readonly id: string;
  /** Names that it had. */
  readonly formerly: readonly string[];
}

export type Recognition =
  | { readonly kind: 'known' | 'new'; readonly id: string }
  /** It is known under another name: `from`. */
  | { readonly kind: 'renamed'; readonly id: string; readonly from: string };

const BY_PATH = 'path:';
const WEB_PORTS: Readonly<Record<string, number>> = { https: 443, http: 80 };

/**
 * The port is part of it where the address is one of the web; that of ssh says nothing of where the web is.
 * @param address of the remote, where it has one
 * @param root absolute path of its directory: of the main one, where several work trees share it
 * @example repositoryName(parseRemote('git@github.com:acme/shop.git'), '/srv/shop') // 'github.com/acme/shop'
 */
export function repositoryName(address: RepositoryAddress | undefined, root: string): string {
  if (address === undefined || address.protocol === 'file') return `${BY_PATH}${root}`;
  const { protocol, host, port, path } = address;
  const isOwnPort = port !== undefined && protocol in WEB_PORTS && port !== WEB_PORTS[protocol];
  return `${host}${isOwnPort ? `:${port}` : ''}/${path}`;
}

/** Under which a name is looked for: hosts do not tell upper from lower case, disks do. */
function nameKey(name: string): string {
  return name.startsWith(BY_PATH) ? name : name.toLowerCase();
}

/**
 * The repository that a pull or merge request of it belongs to.
 * @returns `undefined` for what is no address of one
 * @example nameOfRequest('https://gitlab.com/ops/mailer/-/merge_requests/3') // 'gitlab.com/ops/mailer'
 */
export function nameOfRequest(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host, pathname } = new URL(url);
  const path = /^\/(.+?)(?:\/-\/merge_requests|\/pull)\/\d+\/?$/.exec(pathname)?.[1];
  return path === undefined || !(protocol.slice(0, -1) in WEB_PORTS) ? undefined : `${host}/${path}`;
}

/**
 * Finds a repository among those that were met before. Its name decides; where nobody has that name, its git directory
 * does: then it was renamed, was moved, or has got a remote since. A directory that somebody else has moved into is not
 * known by the name that it once had.
 */
export function recognise({ name, mark }: MetRepository, known: readonly KnownRepository[]): Recognition {
  const key = nameKey(name);
  const named = known.find((one) => nameKey(one.name) === key);
  if (named) return { kind: 'known', id: named.id };
  const marked = mark === null ? undefined : known.find((one) => one.mark === mark);
  if (marked) return { kind: 'renamed', id: marked.id, from: marked.name };
  const former = key.startsWith(BY_PATH) ? undefined : known.find(({ formerly }) => formerly.some((each) => nameKey(each) === key));
  if (former) return { kind: 'known', id: former.id };
  return { kind: 'new', id: freeId(key, new Set(known.map(({ id }) => id))) };
}

/**
 * The name of its own directory below the state directory: for people to find, and different for every repository.
 * @example directoryName('github.com/acme/shop') // 'shop-…'
 */
export function directoryName(name: string): string {
  const last = (name.split('/').at(-1) ?? '').replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[.-]+/, '');
  return `${last.slice(0, 40) || 'repository'}-${digest(nameKey(name)).slice(0, 8)}`;
}

/** A function of the name, so that two who begin a ledger at one time give the same; another one where it is taken. */
function freeId(key: string, taken: ReadonlySet<string>): string {
  for (let nth = 0; ; nth += 1) {
    const id = digest(nth === 0 ? key : `${key}\n${nth}`).slice(0, 12);
    if (!taken.has(id)) return id;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
