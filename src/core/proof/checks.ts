// Finds the commands that prove a fix where the repository says plainly what they are: in the directory nearest to the
// file at fault whose own manifest names tests. What the configuration names always wins.
import { defined } from '../defined.ts';
import { ECOSYSTEMS, type Found, NODE_TEST_FILE, type Place } from '../repository/ecosystems.ts';
import type { NodeScript } from '../repository/script-chain.ts';

/** The `verify` keys of the configuration; `undefined` means: find it. */
export interface ConfiguredChecks {
  readonly setup?: readonly string[];
  readonly check?: readonly string[];
  readonly test?: readonly string[];
}

/** Command lines for `sh -c`, run in the repository's root or in `repo.subdir`. */
export interface CheckPlan {
  readonly setup: readonly string[];
  readonly check: readonly string[];
  readonly test: readonly string[];
  /** Where the test command came from: `configuration`, a file name, or `null` when there is none. */
  readonly testFrom: string | null;
  /** What the test command calls, where that is a script of a package.json. */
  readonly node?: NodeScript;
  /** The same tests by another tool, where the test command ends before any of them. */
  readonly otherwise?: string;
  /** What the tests may need and nobody starts, in words for people. */
  readonly hints?: readonly string[];
}

/** Files of the base commit, relative to the directory that the commands run in. */
export interface Listing {
  readonly paths: readonly string[];
  /** Texts of those that `manifestsToRead` names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Files that say how a project is tested; small, and read whole. */
const MANIFESTS =
  /^(package\.json|project\.json|vitest\.(?:config|workspace|projects)\.(?:[cm]?[jt]s|json)|setup\.py|meson\.build|pyproject\.toml|setup\.cfg|tox\.ini|requirements[^/]*\.txt|(?:tests?|testing|dev|development|local|base)\.txt|(?:dev|test)-requirements\.txt|Gemfile|Rakefile|composer\.json|deno\.jsonc?|noxfile\.py|pubspec\.yaml|CMakeLists\.txt|(?:GNUm|[Mm])akefile)$/;

/**
 * @param near the file that the incident leads to, where one is known
 * @example manifestsToRead(['package.json', 'api/package.json', 'web/package.json'], 'api/a.js') // ['api/package.json', 'package.json']
 */
export function manifestsToRead(paths: readonly string[], near: string | undefined): readonly string[] {
  const dirs = new Set(directoriesAbove(near));
  const isOne = (path: string): boolean => MANIFESTS.test(nameOf(path)) && (dirs.has(dirOf(path)) || isRequirements(path, dirs));
  const manifests = paths.filter(isOne);
  const tests = [/^(.*\/)?test_[^/]*\.py$/, /^tests\.py$/, /^test\.py$/, NODE_TEST_FILE].flatMap(
    (name) => paths.find((path) => name.test(path)) ?? [],
  );
  return [...manifests, ...tests];
}

/** `requirements/test.txt` says as much as `requirements-test.txt`. */
function isRequirements(path: string, dirs: ReadonlySet<string>): boolean {
  const dir = dirOf(path);
  return nameOf(dir) === 'requirements' && dirs.has(dirOf(dir));
}

/** @example planChecks({}, { paths: ['go.mod'], texts: new Map() }).test // ['go test ./...'] */
export function planChecks(configured: ConfiguredChecks, listing: Listing, near?: string): CheckPlan {
  const found = configured.test ? undefined : findNearest(listing, near);
  // A setup that belongs to commands which are not used would only cost time: of these, the root's own.
  const setup = configured.setup ?? (found ?? findNearest(listing, undefined))?.setup ?? [];
  return {
    setup,
    check: configured.check ?? [],
    test: configured.test ?? (found ? [found.test] : []),
    testFrom: configured.test ? 'configuration' : (found?.from ?? null),
    ...defined({ node: found?.node, otherwise: found?.otherwise }),
    hints: hintsOf(listing.paths),
  };
}

/** Services and containers that the project's own developers start first. */
const BESIDE: readonly (readonly [files: RegExp, words: string])[] = [
  [/^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/, 'its services are not started: tests that need them fail before the fix too'],
  [/^\.devcontainer(?:\.json$|\/)/, 'the tests run on this machine as it is, not in that container'],
];

function hintsOf(paths: readonly string[]): readonly string[] {
  return BESIDE.flatMap(([files, words]) => {
    const file = paths.find((path) => files.test(path));
    return file === undefined ? [] : [`${file}: ${words}`];
  });
}

/** Words of the shell itself. */
const BUILT_IN = new Set(['cd', 'test', 'true', 'false', 'export', 'set', 'echo', 'exit', '.', 'source', 'exec', 'env', '{', '}', '[', '']);

/**
 * Programs that have to be on the machine, by the first word of each command; what the project brings itself is none.
 * @example programsNeeded(['cd api && CI=1 npm test']) // ['npm']
 */
export function programsNeeded(commands: readonly string[]): readonly string[] {
  const words = commands.flatMap((line) =>
    line
      .replace(/"[^"]*"|'[^']*'/g, '_')
      .split(/&&|\|\||[;|]/)
      .map(
        (part) =>
          part
            .trim()
            .replace(/^(?:[{(!]\s*|\w+=\S*\s+)*/, '')
            .split(/\s/)[0] ?? '',
      ),
  );
  return [...new Set(words)].filter((word) => !BUILT_IN.has(word) && !word.includes('/') && /^[\w.+-]+$/.test(word));
}

/** First what is of the file's own language, upwards from it; then whatever there is. */
function findNearest(listing: Listing, near: string | undefined): Placed | undefined {
  const own = ECOSYSTEMS.filter(({ sources }) => near !== undefined && sources.test(near));
  for (const ecosystems of [own, ECOSYSTEMS]) {
    for (const dir of directoriesAbove(near)) {
      for (const { find } of ecosystems) {
        const found = find(placeAt(listing, dir));
        if (found) return placed(found, dir);
      }
    }
  }
  return undefined;
}

type Placed = Omit<Found, 'setupAt' | 'testAt'>;

function placed({ setup, setupAt, testAt, test, from, node, otherwise }: Found, dir: string): Placed {
  return {
    setup: setup.map((line) => within(setupAt ?? dir, line)),
    test: within(testAt ?? dir, test),
    from: join(dir, from),
    ...defined({ node, otherwise: otherwise && within(testAt ?? dir, otherwise) }),
  };
}

/** The directory's name is the repository's: quoted, whatever it is. */
const within = (dir: string, command: string): string => (dir === '' ? command : `cd '${dir.replaceAll("'", `'\\''`)}' && ${command}`);

function placeAt({ paths, texts }: Listing, dir: string): Place {
  const prefix = dir === '' ? '' : `${dir}/`;
  const inside = paths.filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  const known = new Set(paths);
  const names = dir === '' ? known : new Set(inside);
  const above = [...ancestors(dir)];
  return {
    has: (name) => names.has(name),
    first: (pattern) => inside.find((path) => pattern.test(path)),
    text: (name) => texts.get(join(dir, name)) ?? '',
    above: (name) => above.find((other) => known.has(join(other, name))),
    isBelow: (name) => above.slice(1).some((other) => known.has(join(other, name))),
    textAbove: (other, name) => texts.get(join(other, name)) ?? '',
  };
}

/** From a file's own directory up to the root, which is the empty name. */
function directoriesAbove(path: string | undefined): readonly string[] {
  return path === undefined ? [''] : [...ancestors(dirOf(path))];
}

function* ancestors(dir: string): Generator<string> {
  for (let at = dir; at !== ''; at = dirOf(at)) yield at;
  yield '';
}

const dirOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const join = (dir: string, name: string): string => (dir === '' ? name : `${dir}/${name}`);
