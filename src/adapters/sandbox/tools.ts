// The tools of the user, which lie where they were installed, and the caches of package managers. Tools are found by what
// names them: the PATH, the links in its directories, and every other variable that a command is given. What managers look
// for without a variable stands in the tables, with the place that each has by itself below HOME.
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { isOfSystem, type Mount, namesIn } from './system.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** `variable` names the place, `path` is below HOME where it does not; `within` what of it is meant. */
interface Place {
  readonly variable?: string;
  readonly path: string;
  readonly within?: string;
  /** Each file is named by what it was made of: many may have it in common. */
  readonly isShareable?: true;
}

const place = (path: string, variable?: string, within?: string): Place => ({
  path,
  ...(variable === undefined ? {} : { variable }),
  ...(within === undefined ? {} : { within }),
});

/** Toolchains of managers that find them by HOME. */
const TOOLS: readonly Place[] = [
  place('.rustup', 'RUSTUP_HOME'),
  place('.pyenv', 'PYENV_ROOT'),
  place('.rbenv', 'RBENV_ROOT'),
  place('.nvm', 'NVM_DIR'),
  place('.volta', 'VOLTA_HOME'),
  place('.local/share/fnm', 'FNM_DIR'),
  place('.sdkman', 'SDKMAN_DIR'),
  place('.jenv', 'JENV_ROOT'),
  place('.asdf', 'ASDF_DATA_DIR'),
  place('.local/share/mise', 'MISE_DATA_DIR'),
  place('.dotnet', 'DOTNET_ROOT'),
  place('.local/share/uv', 'UV_PYTHON_INSTALL_DIR'),
  place('.local/lib'),
  place('.gem/ruby'),
  place('.local/share/gem/ruby'),
  place('perl5', 'PERL_LOCAL_LIB_ROOT'),
  place('.mix', 'MIX_HOME'),
  place('.cache/ms-playwright', 'PLAYWRIGHT_BROWSERS_PATH'),
];

/** What package managers have fetched: setup adds to it, tests read it. */
const PACKAGES: readonly Place[] = [
  place('.npm/_cacache', 'npm_config_cache', '_cacache'),
  place('.cache/yarn', 'YARN_CACHE_FOLDER'),
  place('.yarn/berry'),
  place('.local/share/pnpm/store'),
  place('.bun/install/cache'),
  place('.cache/deno', 'DENO_DIR'),
  place('.cache/node', 'COREPACK_HOME'),
  place('.cache/node-gyp'),
  place('.cache/pip', 'PIP_CACHE_DIR'),
  place('.cache/uv', 'UV_CACHE_DIR'),
  place('.cache/pypoetry', 'POETRY_CACHE_DIR'),
  place('.cache/pipenv', 'PIPENV_CACHE_DIR'),
  place('.cargo/registry', 'CARGO_HOME', 'registry'),
  place('.cargo/git', 'CARGO_HOME', 'git'),
  place('.m2/repository'),
  place('.m2/wrapper'),
  place('.ivy2'),
  place('.sbt'),
  place('.cache/coursier', 'COURSIER_CACHE'),
  place('.nuget/packages', 'NUGET_PACKAGES'),
  place('.cache/composer', 'COMPOSER_CACHE_DIR'),
  place('.bundle/cache'),
  place('.hex', 'HEX_HOME'),
  place('.pub-cache', 'PUB_CACHE'),
  place('.cache/org.swift.swiftpm'),
];

/** What compilers leave for the next run and will not work without writing: of one work tree each. */
const BUILDS: readonly Place[] = [{ ...place('.cache/go-build', 'GOCACHE'), isShareable: true }, place('.gradle', 'GRADLE_USER_HOME')];

/** Directories of HOME that are nobody's own: what lies in them is named one by one. */
const SHARED = ['', '.local', '.local/share', '.local/state', '.config', '.cache'];
const PROGRAMS = new Set(['bin', 'sbin', '.bin', 'shims', 'libexec']);
/** Marks of a project, in which settings of production may lie: of such a directory only the programs are shown. */
const PROJECT = ['.git', '.env'];
/** Variables that name where something is to be written, or where the command stands. */
const NO_TOOL = /^(?:HOME|PWD|OLDPWD|TMPDIR|TEMP|TMP|XDG_\w+|SHELL|CLAUDE_CONFIG_DIR)$/;
/** Files beside a tool that hold a login, by their names. */
const LOGIN =
  /credential|secret|token|passw|\.(?:pem|key|p12|pfx)$|^\.?(?:npmrc|netrc|pypirc|env)$|^(?:auth\.json|gradle\.properties|settings\.xml)$|^nuget\.config$/i;

/**
 * @param home directory that is empty inside
 * @param programs files that are started, by their paths
 * @param kept places of caches: what lies around one is shown piece by piece
 */
export function toolMounts(env: Env, home: string, programs: readonly string[], kept: readonly Cache[]): readonly Mount[] {
  const shown = new Set<string>();
  const show = (path: string | undefined): void => {
    if (path !== undefined && path !== '/' && !isOfSystem(path) && kindOf(path) !== undefined) shown.add(path);
  };
  const dirs = (env.PATH ?? '').split(delimiter).filter((dir) => isAbsolute(dir));
  for (const dir of new Set(dirs)) {
    for (const each of around(dir, home)) show(each);
    for (const target of linksIn(dir)) for (const each of around(dirname(target), home, target)) show(each);
  }
  for (const program of programs) for (const each of around(dirname(program), home, program)) show(each);
  for (const [name, value] of Object.entries(env)) {
    if (name === 'PATH' || NO_TOOL.test(name)) continue;
    for (const path of (value ?? '').split(delimiter))
      if (isAbsolute(path) && !isShared(path, home) && !isProject(path)) show(path.replace(/\/+$/, ''));
  }
  for (const each of TOOLS) show(placeOf(each, env, home));
  const paths = [...shown].filter((path) => ![...shown].some((other) => path.startsWith(`${other}/`)));
  return paths.sort().flatMap((path) => pieces(path, kept));
}

/** A place that a cache is to be put into cannot be shown as a whole: nothing can be made in it. */
function pieces(path: string, kept: readonly Cache[]): readonly Mount[] {
  if (kept.some(({ at }) => at === path) || LOGIN.test(basename(path))) return [];
  if (kept.some(({ at }) => at.startsWith(`${path}/`))) return namesIn(path).flatMap((name) => pieces(join(path, name), kept));
  const kind = kindOf(path);
  return kind === undefined ? [] : [{ kind: 'read', from: path, at: path }, ...(kind === 'dir' ? logins(path) : [])];
}

/** A cache and where it is, or would be. */
export interface Cache {
  readonly at: string;
  /** Name of it in a directory of ours, where the user has none. */
  readonly name: string;
  readonly isThere: boolean;
  readonly isShareable: boolean;
}

export const packageCaches = (env: Env, home: string): readonly Cache[] => caches(PACKAGES, env, home);
export const buildCaches = (env: Env, home: string): readonly Cache[] => caches(BUILDS, env, home);

/** A JVM takes the home that stands in the password file for that of the user, whatever HOME says. */
const OF_JVM = /^\.(?:m2|ivy2|sbt|gradle)\b/;

function caches(places: readonly Place[], env: Env, home: string): readonly Cache[] {
  const rows = places.map((each) => [placeOf(each, env, home), each.isShareable === true] as const);
  const own = ownHome();
  if (own !== undefined && own !== home) for (const each of places) if (OF_JVM.test(each.path)) rows.push([placeOf(each, env, own), false]);
  if (places === PACKAGES) rows.push([goModules(env, home), false]);
  return [...new Map(rows)].map(([at, isShareable]) => ({
    at,
    isShareable,
    name: at
      .replace(`${home}/`, '')
      .replace(`${own}/`, '')
      .replace(/[^\w.-]+/g, '-'),
    isThere: kindOf(at) === 'dir',
  }));
}

function ownHome(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined; // nobody that the system knows
  }
}

/** `go env GOMODCACHE`: the first directory of GOPATH unless named. */
function goModules(env: Env, home: string): string {
  const paths = env.GOPATH?.split(delimiter)[0];
  return absolute(env.GOMODCACHE) ?? join(absolute(paths) ?? join(home, 'go'), 'pkg', 'mod');
}

function placeOf({ variable, path, within }: Place, env: Env, home: string): string {
  const named = variable === undefined ? undefined : absolute(env[variable] ?? env[variable.toUpperCase()]);
  if (named !== undefined) return within === undefined ? named : join(named, within);
  const cacheHome = absolute(env.XDG_CACHE_HOME);
  return cacheHome !== undefined && path.startsWith('.cache/') ? join(cacheHome, path.slice('.cache/'.length)) : join(home, path);
}

const absolute = (path: string | undefined): string | undefined => (path !== undefined && isAbsolute(path) ? path : undefined);

/** What belongs to the programs of a directory: what was installed together with them, where that is no place of everything. */
function around(dir: string, home: string, file?: string): readonly string[] {
  if (isOfSystem(dir)) return [];
  const prefix = dirname(dir);
  const isInstalled = PROGRAMS.has(basename(dir)) && !isShared(prefix, home) && !isProject(prefix);
  if (isInstalled) return [prefix];
  if (!isShared(dir, home)) return [dir];
  return file === undefined ? [] : [file];
}

const isProject = (dir: string): boolean => PROJECT.some((name) => kindOf(join(dir, name)) !== undefined);

/** HOME, what is above it, and its directories that are shared by all. */
function isShared(path: string, home: string): boolean {
  return path === '/' || home.startsWith(`${path}/`) || SHARED.some((name) => path === join(home, name).replace(/\/$/, ''));
}

/** Where the links of a directory of programs lead, out of it. */
function linksIn(dir: string): readonly string[] {
  return entriesIn(dir)
    .filter((entry) => entry.isSymbolicLink())
    .flatMap(({ name }) => {
      const target = real(join(dir, name));
      return target === undefined || isOfSystem(target) || dirname(target) === dir ? [] : [target];
    });
}

function logins(dir: string): readonly Mount[] {
  return namesIn(dir)
    .filter((name) => LOGIN.test(name) && lstatSync(join(dir, name), { throwIfNoEntry: false })?.isFile())
    .map((name) => ({ kind: 'hidden', at: join(dir, name) }));
}

/** No socket and no device is ever shown. */
function kindOf(path: string): 'dir' | 'file' | undefined {
  let found: Stats | undefined;
  try {
    found = statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined; // a directory of somebody else
  }
  return found?.isDirectory() ? 'dir' : found?.isFile() ? 'file' : undefined;
}

function entriesIn(dir: string): readonly Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}

function real(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
