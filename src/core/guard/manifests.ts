// Manifests of package managers: what would be installed or run because of them, before and after.
// Each format gives a set of entries that are compared as texts. It reads no more of a format than it needs to list them.
import type { Verdict } from '../model.ts';
import { draft, patchOnly, quote, type ReadFile, refuse } from './policy.ts';

/** What a manifest asks for. `runs`: commands that a tool will run by itself; a new one is refused. */
interface Entries {
  readonly depends: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
  /** Fields that steer how the package is loaded. */
  readonly entry: ReadonlySet<string>;
}

type Extractor = (text: string) => Entries | undefined;

const FORMATS: readonly (readonly [names: RegExp, extract: Extractor])[] = [
  [/(?:^|\/)package\.json$/i, (text) => json(text, NPM)],
  [/(?:^|\/)composer\.json$/i, (text) => json(text, COMPOSER)],
  [/(?:^|\/)deno\.jsonc?$/i, (text) => json(text, DENO)],
  [/(?:^|\/)(?:bower|component|vcpkg)\.json$/i, (text) => json(text, NPM)],
  [/(?:^|\/)(?:requirements|constraints)[\w.-]*\.(?:txt|in|pip)$|(?:^|\/)requirements\/[^/]+\.txt$/i, (text) => lines(text, /\S/, /^#/)],
  [/(?:^|\/)(?:pyproject|cargo|pipfile|uv|pdm|poetry|libs\.versions|pixi)(?:\.toml)?$/i, toml],
  [
    /(?:^|\/)(?:gemfile|gems\.rb)$|\.gemspec$/i,
    (text) =>
      lines(
        text,
        /\b(?:gem|source|git|git_source|path|gemspec|eval_gemfile|plugin|add_(?:runtime_|development_)?dependency|extensions|post_install_message)\b/,
        /^#/,
      ),
  ],
  [/(?:^|\/)go\.mod$/i, (text) => lines(text, /\S/, /^(?:\/\/|module\b|go\b|\)|require \($|replace \($|exclude \($)/)],
  [/(?:^|\/)pom\.xml$|\.(?:cs|fs|vb)proj$|(?:^|\/)(?:directory\.(?:packages|build)\.(?:props|targets)|packages\.config|ivy\.xml)$/i, xml],
  [
    /\.gradle(?:\.kts)?$/i,
    (text) =>
      lines(
        text,
        /^(?:implementation|api|compile\w*|runtime\w*|test\w*Implementation|kapt|ksp|annotationProcessor|classpath|id|plugin|kotlin|maven|url|apply|exec|commandLine|dependsOn|platform)\b|\b(?:Exec|commandLine|maven)\b/,
        /^\/\//,
      ),
  ],
  [/(?:^|\/)mix\.exs$/i, (text) => lines(text, /^\{:\w+\s*,|\baliases\b|\bgit:/, /^#/)],
  [
    /(?:^|\/)(?:pubspec|environment|conda|meta|shard)\.ya?ml$|(?:^|\/)stack\.ya?ml$/i,
    (text) => lines(text, /\S/, /^(?:#|name:|version:|description:|homepage:|repository:|publish_to:)/),
  ],
  [/(?:^|\/)package\.swift$/i, (text) => lines(text, /\.(?:package|plugin|binaryTarget|systemLibrary)\b/, /^\/\//)],
  [
    /(?:^|\/)(?:podfile|cartfile|conanfile\.(?:txt|py)|cpanfile|makefile\.pl|build\.pl|build\.rs|build\.sbt|project\.clj|rebar\.config|setup\.py|setup\.cfg|cabal\.project)$|\.cabal$/i,
    (text) => lines(text, /\S/, /^(?:#|\/\/|--|%)/),
  ],
];

/** New dependencies and new commands of the manifests in a change set. */
export function manifests(file: ReadFile): readonly Verdict[] {
  const { change, path, before, after } = file;
  const extract = FORMATS.find(([names]) => names.test(path))?.[1];
  if (extract === undefined || change.after === undefined) return [];
  const is = extract(after.text);
  if (is === undefined) return [refuse('package-script', `${path} cannot be read as what its name says`)];
  const was = extract(before.text) ?? NONE;
  const found: Verdict[] = [];
  const run = firstNew(is.runs, was.runs);
  if (run !== undefined) found.push(refuse('package-script', `${path} gets a command that a tool runs: ${quote(run)}`));
  const gone = firstNew(was.runs, is.runs);
  if (run === undefined && gone !== undefined) found.push(refuse('package-script', `${path} loses ${quote(gone)}`));
  const dependency = firstNew(is.depends, was.depends);
  if (dependency !== undefined) found.push(patchOnly('new-dependency', `${path} asks for ${quote(dependency)}`));
  const entry = firstNew(is.entry, was.entry) ?? firstNew(was.entry, is.entry);
  if (entry !== undefined) found.push(draft('package-entry', `${path} changes ${quote(entry)}`));
  return found;
}

const NONE: Entries = { depends: new Set(), runs: new Set(), entry: new Set() };

const firstNew = (is: ReadonlySet<string>, was: ReadonlySet<string>): string | undefined => [...is].find((entry) => !was.has(entry));

interface Fields {
  readonly depends: readonly string[];
  readonly runs: readonly string[];
  readonly entry: readonly string[];
}

const NPM: Fields = {
  depends: [
    'dependencies',
    'devDependencies',
    'peerDependencies',
    'optionalDependencies',
    'bundledDependencies',
    'bundleDependencies',
    'overrides',
    'resolutions',
    'workspaces',
    'packageManager',
    'pnpm',
    'patchedDependencies',
    'catalog',
  ],
  runs: [
    'scripts',
    'bin',
    'hooks',
    'husky',
    'lint-staged',
    'pre-commit',
    'simple-git-hooks',
    'gitHooks',
    'gypfile',
    'config',
    'publishConfig',
    'preinstall',
    'install',
    'postinstall',
    'allowScripts',
    'trustedDependencies',
  ],
  entry: [
    'main',
    'module',
    'browser',
    'exports',
    'imports',
    'type',
    'types',
    'files',
    'engines',
    'jest',
    'mocha',
    'ava',
    'eslintConfig',
    'babel',
    'c8',
    'nyc',
    'vitest',
    'sideEffects',
  ],
};
const COMPOSER: Fields = {
  depends: ['require', 'require-dev', 'repositories', 'replace', 'provide', 'conflict', 'minimum-stability'],
  runs: ['scripts', 'bin', 'config', 'extra'],
  entry: ['autoload', 'autoload-dev'],
};
const DENO: Fields = {
  depends: ['imports', 'scopes', 'importMap', 'links'],
  runs: ['tasks', 'permissions'],
  entry: ['exports', 'compilerOptions', 'lint', 'test'],
};

/** `undefined` where it is no JSON object: comments are allowed for, nothing else. */
function json(text: string, fields: Fields): Entries | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const of = (names: readonly string[]): ReadonlySet<string> =>
    new Set(Object.entries(parsed).flatMap(([name, value]) => (names.includes(name) ? flat(name, value) : [])));
  return { depends: of(fields.depends), runs: of(fields.runs), entry: of(fields.entry) };
}

/** `{a: {b: 1}}` → `a.b: 1`, to any depth; keys are told from values, so that a move shows. */
function flat(name: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${name}: ${String(value)}`];
  return Object.entries(value).flatMap(([key, inner]) => flat(Array.isArray(value) ? name : `${name}.${key}`, inner));
}

function lines(text: string, wanted: RegExp, unwanted: RegExp): Entries {
  const trimmed = text.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  return { ...NONE, depends: new Set(trimmed.filter((line) => line !== '' && wanted.test(line) && !unwanted.test(line))) };
}

/** Lines of the sections that name packages or build steps, and of arrays of dependencies elsewhere. */
function toml(text: string): Entries {
  const depends = new Set<string>();
  let section = '';
  let inArray = false;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(?:^|\s)#[^"']*$/, '').trim();
    if (line === '') continue;
    const header = /^\[\[?([^\]]+)\]\]?$/.exec(line)?.[1];
    if (header !== undefined) {
      section = header.toLowerCase();
      inArray = false;
      if (isPackages(section)) depends.add(line);
    } else if (isPackages(section) || inArray || /^(?:build|links|dynamic)\s*=/.test(line)) depends.add(`${section} ${line}`);
    else if (/^[\w.-]*(?:dependencies|requires)\s*=/.test(line)) {
      inArray = !/\]\s*$/.test(line);
      depends.add(`${section} ${line}`);
    }
    if (inArray && /\]\s*$/.test(line)) inArray = false;
  }
  return { ...NONE, depends };
}

const isPackages = (section: string): boolean =>
  /depend|requires|source|patch|replace|plugin|libraries|bundles|build-system|packages|versions|scripts|entry-points|registr|target\..*\.runner/.test(
    section,
  );

const XML_PARTS =
  /<(dependency|plugin|parent|repository|pluginRepository|extension)\b[^>]{0,500}>[\s\S]{0,5000}?<\/\1>|<(?:PackageReference|PackageVersion|Reference|ProjectReference|package|dependency|Import|UsingTask|Exec|Target|Sdk)\b[^>]{0,1000}>|<(?:PreBuildEvent|PostBuildEvent)>[^<]{1,2000}/g;

function xml(text: string): Entries {
  const bare = text.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  return { ...NONE, depends: new Set((bare.match(XML_PARTS) ?? []).map((part) => part.replace(/\s+/g, ' '))) };
}
