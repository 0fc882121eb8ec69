// How projects of each language say that they have tests, what installs their packages into the work tree, and what runs
// the tests. Principle: the lock or the tool's own file names the runner, the manifest names the script, what a manifest
// declares is installed and nothing else, and nothing that watches is started without its flag for one run. Where a test command
// fetches packages by itself (Maven, Gradle, Cargo, Go, .NET) there is no setup: a failing setup would end the repair.

import { defined } from '../defined.ts';
import { CALLS_SCRIPT, LINTERS, type NodeScript } from './script-chain.ts';

/** One directory of a listing. */
export interface Place {
  /** A path below the directory. */
  has(path: string): boolean;
  /** The first path below the directory that fits. */
  first(pattern: RegExp): string | undefined;
  /** Text of a manifest; empty where there is none. */
  text(name: string): string;
  /** The nearest directory upwards, this one included, with a file of that name. */
  above(name: string): string | undefined;
  textAbove(dir: string, name: string): string;
  /** Whether a directory above this one has such a file. */
  isBelow(name: string): boolean;
}

export interface Found {
  readonly setup: readonly string[];
  /** Directory of the setup, from the root; absent is the directory of the tests. */
  readonly setupAt?: string;
  readonly test: string;
  /** Directory of the tests' command, from the root; absent is the one whose manifest names them. */
  readonly testAt?: string;
  /** The file that says so. */
  readonly from: string;
  /** What the test command calls, where that is a script of a package.json. */
  readonly node?: NodeScript;
  /** The same tests by another tool, where the first ends before any of them. */
  readonly otherwise?: string;
}

export interface Ecosystem {
  /** Source files of its languages. */
  readonly sources: RegExp;
  find(place: Place): Found | undefined;
}

/** Where the language of the file at fault is not known, the first that is there wins. */
export const ECOSYSTEMS: readonly Ecosystem[] = [
  { sources: /\.([cm]?[jt]s|[jt]sx)$/, find: deno },
  { sources: /\.([cm]?[jt]s|[jt]sx|vue|svelte)$/, find: node },
  { sources: /\.py$/, find: python },
  { sources: /\.go$/, find: ({ has }) => given(has('go.mod'), 'go.mod', 'go test ./...') },
  { sources: /\.rs$/, find: ({ has }) => given(has('Cargo.toml'), 'Cargo.toml', 'cargo test --quiet --no-fail-fast') },
  { sources: /\.(java|kt|kts|groovy|scala)$/, find: gradle },
  { sources: /\.(java|kt|scala)$/, find: maven },
  { sources: /\.(scala|sc)$/, find: ({ has }) => given(has('build.sbt'), 'build.sbt', `${has('sbt') ? './sbt' : 'sbt'} -batch test`) },
  { sources: /\.(rb|rake|erb|ru)$/, find: ruby },
  { sources: /\.(php|phtml)$/, find: php },
  { sources: /\.(cs|fs|vb)$/, find: dotnet },
  { sources: /\.exs?$/, find: mix },
  { sources: /\.swift$/, find: ({ has }) => given(has('Package.swift'), 'Package.swift', 'swift test') },
  { sources: /\.dart$/, find: dart },
  { sources: /\.(pl|pm|t)$/, find: perl },
  { sources: /\.(c|cc|cpp|cxx|h|hpp)$/, find: native },
  // A target of that name is a promise in any language.
  { sources: /./, find: make },
];

function given(isThere: boolean, from: string, test: string, setup: readonly string[] = []): Found | undefined {
  return isThere ? { setup, test, from } : undefined;
}

/** npm writes a test script that only fails; it proves nothing. */
const PLACEHOLDER = /no test specified/;

/** A lock of an older npm may hold packages whose peers a newer one refuses: what is in it is installed all the same. */
const NPM_CI = 'npm ci --no-audit --no-fund || npm ci --no-audit --no-fund --legacy-peer-deps';

/** Lock files, and what installs exactly what is in them. */
const NODE_LOCKS: readonly (readonly [lock: string, manager: string, install: string])[] = [
  ['package-lock.json', 'npm', NPM_CI],
  ['npm-shrinkwrap.json', 'npm', NPM_CI],
  ['pnpm-lock.yaml', 'pnpm', 'pnpm install --frozen-lockfile'],
  ['yarn.lock', 'yarn', 'yarn install --frozen-lockfile'],
  ['bun.lock', 'bun', 'bun install --frozen-lockfile'],
  ['bun.lockb', 'bun', 'bun install --frozen-lockfile'],
];

/** Scripts that run the tests where none is called `test`, the plainest first. */
const OTHER_SCRIPTS = ['test:unit', 'test:ci', 'unit', 'unit-test', 'tests', 'jest', 'vitest', 'mocha'];

/** Runners that need no script, by their package or their own file; each ends by itself. */
const RUNNERS: readonly (readonly [name: string, config: RegExp, command: string])[] = [
  ['vitest', /^vitest\.(?:config|workspace)\.[cm]?[jt]s$/, 'vitest run'],
  ['jest', /^jest\.config\.(?:[cm]?[jt]s|json)$/, 'jest --ci'],
  ['mocha', /^\.mocharc\.(?:[cm]?js|json|ya?ml)$/, 'mocha'],
  ['ava', /^ava\.config\.[cm]?js$/, 'ava'],
];

/** How the tests are run, behind the manager's own words; `undefined` where nothing says so. */
function scriptOf(
  place: Place,
  manifest: Readonly<Record<string, unknown>>,
): { readonly name: string } | { readonly bin: string } | { readonly line: string } | undefined {
  const scripts = asObject(manifest.scripts);
  const isReal = (name: string): boolean => typeof scripts[name] === 'string' && !PLACEHOLDER.test(String(scripts[name]));
  // Without more words it watches, and never ends.
  if (isReal('test') && /^(?:npx )?ng test\b(?!.*--watch)/.test(String(scripts.test)))
    return { bin: 'ng test --watch=false --browsers=ChromeHeadless' };
  const name = ['test', ...OTHER_SCRIPTS].find(isReal);
  if (name !== undefined) return onceOnly(String(scripts[name])) ?? behindLint(scripts, name) ?? { name };
  const packages = { ...asObject(manifest.dependencies), ...asObject(manifest.devDependencies) };
  const runner = RUNNERS.find(([bin, config]) => bin in packages || place.first(config) !== undefined);
  if (runner !== undefined) return { bin: runner[2] };
  const file = place.first(NODE_TEST_FILE);
  const builtIn = file === undefined ? undefined : /["'](node|bun):test["']/.exec(place.text(file))?.[1];
  return builtIn === undefined ? undefined : { line: builtIn === 'bun' ? 'bun test' : 'node --test' };
}

export const NODE_TEST_FILE = /(?:^|\/)[^/]+[.-](?:test|spec)\.[cm]?[jt]sx?$/;

/** A script that watches never ends: its runner is called for one run. */
function onceOnly(script: string): { readonly bin: string } | undefined {
  if (/\bkarma start\b(?!.*--single-run)/.test(script)) return { bin: 'karma start --single-run' };
  if (!/\s--?w(?:atch(?:All)?)?(?!\S*=false)\b/.test(script)) return undefined;
  const runner = RUNNERS.find(([name]) => new RegExp(`\\b${name}\\b`).test(script));
  return runner && { bin: runner[2] };
}

/** A script that lints beside testing, without that, where the tests are one script of their own. */
function behindLint(scripts: Readonly<Record<string, unknown>>, name: string): { readonly name: string } | undefined {
  const parts = String(scripts[name])
    .split('&&')
    .map((part) => CALLS_SCRIPT.exec(part.trim())?.[1] ?? '');
  if (parts.some((part) => typeof scripts[part] !== 'string')) return undefined;
  const left = parts.filter((part) => !LINTERS.test(String(scripts[part]).trim()));
  const [only] = left;
  return left.length === 1 && parts.length > 1 && only !== undefined ? { name: only } : undefined;
}

function node(place: Place): Found | undefined {
  const manifest = parseObject(place.text('package.json'));
  const script = scriptOf(place, manifest) ?? nxTarget(place);
  if (script === undefined || (!place.has('package.json') && !('target' in script))) return undefined;
  const locks = NODE_LOCKS.flatMap((row) => {
    const dir = place.above(row[0]);
    return dir === undefined ? [] : [{ dir, manager: row[1], install: row[2] }];
  });
  const nearest = locks.sort((a, b) => b.dir.length - a.dir.length)[0];
  const top = nearest === undefined ? manifest : parseObject(place.textAbove(nearest.dir, 'package.json'));
  const named = /^(npm|pnpm|yarn|bun)@(\d+)/.exec(String(manifest.packageManager ?? top.packageManager ?? ''));
  const lock = locks.find(({ manager }) => manager === named?.[1]) ?? (named ? undefined : nearest);
  const manager = named?.[1] ?? lock?.manager ?? 'npm';
  const isBerry = manager === 'yarn' && (Number(named?.[2] ?? 1) > 1 || place.above('.yarnrc.yml') !== undefined);
  const run = commandOf(script, manager, typeof manifest.name === 'string' ? manifest.name : undefined, nearest?.dir, place);
  const projects = nearest && vitestProjects(script, manifest, nearest.dir, place);
  const needsInstall = [manifest, top].some(({ dependencies, devDependencies }) => !isEmpty(dependencies) || !isEmpty(devDependencies));
  const tests = {
    ...{ test: projects === undefined ? run : `${execOf(manager)} vitest run ${projects}/`, from: 'package.json' },
    ...(projects === undefined ? {} : { testAt: nearest?.dir ?? '' }),
    ...('name' in script && projects === undefined ? { node: { scripts: asObject(manifest.scripts), name: script.name, manager } } : {}),
  };
  if (!needsInstall) return { setup: [], ...tests };
  if (lock === undefined) return { setup: [`${manager} install${manager === 'npm' ? ' --no-audit --no-fund' : ''}`], ...tests };
  return { setup: [isBerry ? 'yarn install --immutable' : lock.install], setupAt: lock.dir, ...tests };
}

/** A project of nx may have no package.json of its own. */
function nxTarget(place: Place): { readonly target: string } | undefined {
  const project = parseObject(place.text('project.json'));
  if (typeof project.name !== 'string' || !/^[\w@./-]+$/.test(project.name) || place.above('nx.json') === undefined) return undefined;
  return asObject(project.targets).test === undefined ? undefined : { target: `${project.name}:test` };
}

const execOf = (manager: string): string =>
  ({ npm: 'npx --no-install', pnpm: 'pnpm exec', yarn: 'yarn run', bun: 'bunx' })[manager] ?? 'npx --no-install';

const VITEST_FILES = ['workspace', 'projects', 'config'].flatMap((name) =>
  ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `vitest.${name}.${ending}`),
);

/**
 * A package that Vitest runs as one of several projects of a workspace: its configuration may be a part of the one above, and
 * not start without it.
 * @param top where the workspace is installed
 * @returns the directory of the package from there
 */
function vitestProjects(
  script: NonNullable<ReturnType<typeof scriptOf>> | { readonly target: string },
  manifest: Readonly<Record<string, unknown>>,
  top: string,
  place: Place,
): string | undefined {
  const own = place.above('package.json') ?? '';
  const line = 'name' in script ? String(asObject(manifest.scripts)[script.name]) : 'bin' in script ? script.bin : '';
  if (own === top || !/^(?:(?:npx|bunx|pnpm|yarn|npm)\s+(?:exec\s+|run\s+)?)?vitest(?:\s+(?:run|--run))?$/.test(line.trim()))
    return undefined;
  const below = own.slice(top === '' ? 0 : top.length + 1);
  const said = VITEST_FILES.filter((name) => place.above(name) !== undefined).map((name) => [name, place.textAbove(top, name)] as const);
  const isOne = said.some(
    ([name, text]) => (/\bprojects\b/.test(text) || !name.startsWith('vitest.config')) && text.includes(below.split('/')[0] as string),
  );
  return isOne && /^[\w@./-]+$/.test(below) ? below : undefined;
}

function commandOf(
  script: NonNullable<ReturnType<typeof scriptOf>> | { readonly target: string },
  manager: string,
  name: string | undefined,
  top: string | undefined,
  place: Place,
): string {
  const exec = execOf(manager);
  if ('target' in script) return `${exec} nx run ${script.target}`;
  if ('line' in script) return script.line;
  if ('bin' in script) return `${exec} ${script.bin}`;
  // In a workspace the task runner builds what the package depends on.
  if (top !== undefined && name !== undefined && /^[\w@./-]+$/.test(name)) {
    const within = place.above('package.json') !== top;
    if (within && place.above('turbo.json') === top)
      return `${manager === 'npm' ? exec : manager} turbo run ${script.name} --filter=${name}`;
    if (within && place.above('nx.json') === top) return `${exec} nx run ${name}:${script.name}`;
  }
  if (script.name !== 'test') return `${manager} run ${script.name}`;
  return manager === 'bun' ? 'bun run test' : `${manager} test`;
}

function deno(place: Place): Found | undefined {
  const from = ['deno.json', 'deno.jsonc'].find(place.has);
  if (from === undefined) return undefined;
  const tasks = asObject(parseObject(place.text(from).replace(/^\s*\/\/.*$/gm, '')).tasks);
  return { setup: [], test: tasks.test === undefined ? 'deno test --allow-read --allow-env' : 'deno task test', from };
}

function mix(place: Place): Found | undefined {
  if (!place.has('mix.exs')) return undefined;
  const lock = place.above('mix.lock');
  return {
    setup: lock === undefined ? [] : ['mix deps.get'],
    ...(lock === undefined ? {} : { setupAt: lock }),
    test: 'mix test',
    from: 'mix.exs',
  };
}

function dart(place: Place): Found | undefined {
  if (!place.has('pubspec.yaml')) return undefined;
  const tool = /^\s+sdk:\s*flutter/m.test(place.text('pubspec.yaml')) ? 'flutter' : 'dart';
  return { setup: [`${tool} pub get`], test: `${tool} test`, from: 'pubspec.yaml' };
}

function perl(place: Place): Found | undefined {
  const test = place.first(/^t\/.*\.t$/);
  return test === undefined ? undefined : { setup: [], test: 'prove -lr t', from: test };
}

function native(place: Place): Found | undefined {
  if (/^\s*test\s*\(/m.test(place.text('meson.build')))
    return { setup: [], test: 'meson setup build && meson test -C build', from: 'meson.build' };
  if (place.has('configure') && (place.has('Makefile.in') || place.has('Makefile.am')) && !place.has('Makefile'))
    return { setup: [], test: 'sh ./configure && make check', from: 'configure' };
  if (!/\b(?:enable_testing|include\s*\(\s*CTest)/i.test(place.text('CMakeLists.txt'))) return undefined;
  const build = 'cmake -S . -B build && cmake --build build';
  return { setup: [], test: `${build} && ctest --test-dir build --output-on-failure`, from: 'CMakeLists.txt' };
}

function make(place: Place): Found | undefined {
  const from = ['Makefile', 'makefile', 'GNUmakefile'].find(place.has);
  const target = from === undefined ? undefined : /^(test|check)\s*:(?!=)/m.exec(place.text(from))?.[1];
  return from === undefined || target === undefined ? undefined : { setup: [], test: `make ${target}`, from };
}

const TEST_FILE = /^(tests?\/(.*\/)?)?(test_[^/]*|[^/]*_test)\.py$/;

function python(place: Place): Found | undefined {
  const manifests = [
    'pyproject.toml',
    'setup.cfg',
    'setup.py',
    'tox.ini',
    'requirements.txt',
    'requirements-dev.txt',
    'requirements-test.txt',
  ];
  // Tests beside the code are run from where the project is.
  const isProject = PYTHON_PROJECT.some(place.has);
  if (!isProject && (place.has('__init__.py') || [...PYTHON_PROJECT, 'conftest.py'].some(place.isBelow))) return undefined;
  const own = pythonTool(place);
  if (own !== undefined) return own;
  const told = ['pytest.ini', 'conftest.py', 'tests/conftest.py', 'test/conftest.py'].find(place.has);
  const mentioned = manifests.find((name) => /\bpytest\b/.test(place.text(name)));
  const file = place.first(TEST_FILE) ?? (isProject ? place.first(ANY_TEST_FILE) : undefined) ?? wholeUnittest(place);
  const from = told ?? (file === undefined ? undefined : (mentioned ?? file));
  if (from === undefined) return undefined;
  // Without a word of pytest anywhere, tests of the standard library are run by it: it is there wherever Python is.
  const isUnittest = told === undefined && mentioned === undefined && /\bunittest\b/.test(place.text(file ?? ''));
  const { setup, run } = pythonRunner(place);
  return { setup, test: `${run} ${isUnittest ? unittest(place, file ?? '') : '-m pytest -q'}`, from };
}

/** One file of all tests, by the name that unittest finds and pytest does not. */
const wholeUnittest = ({ first, text }: Place): string | undefined =>
  [first(/^tests\.py$/), first(/^test\.py$/)].find((file) => file !== undefined && /\bunittest\b/.test(text(file)));

const ANY_TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test)\.py$/;
const PYTHON_PROJECT = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'tox.ini', 'pytest.ini', 'manage.py'];

/** Tools that keep their own environment: what they run is what the project runs. */
function pythonTool(place: Place): Found | undefined {
  const { has, text } = place;
  const project = text('pyproject.toml');
  if (/^\[tool\.hatch\.envs\b/m.test(project)) return { setup: [], test: 'hatch test', from: 'pyproject.toml' };
  const isConfigured =
    has('pytest.ini') || /^\[tool\.pytest\b/m.test(project) || /^\[(?:tool:)?pytest\]/m.test(text('setup.cfg') + text('tox.ini'));
  const told = isConfigured || ['conftest.py', 'tests/conftest.py', 'test/conftest.py'].some(has) || /\bpytest\b/.test(project);
  if (has('tests/runtests.py')) return { setup: [], test: `${pythonRunner(place).run} tests/runtests.py`, from: 'tests/runtests.py' };
  if (has('noxfile.py') && !isConfigured) {
    const session = noxSession(text('noxfile.py'));
    if (session !== undefined) return { setup: [], test: `nox -s ${session}`, from: 'noxfile.py' };
  }
  if (has('tox.ini') && !told && !/\bpytest\b/.test(text('tox.ini'))) return { setup: [], test: 'tox -q', from: 'tox.ini' };
  const isDjango =
    has('manage.py') && !told && !/\bpytest\b/.test(text('requirements.txt') + text('requirements-dev.txt') + text('setup.cfg'));
  if (!isDjango) return undefined;
  const { setup, run } = pythonRunner(place);
  return { setup, test: `${run} manage.py test`, from: 'manage.py' };
}

/** Its name, or that of its function; one that is called after tests before any other. */
function noxSession(text: string): string | undefined {
  const sessions = [
    ...text.matchAll(/^@nox\.session\b(\([^\n]*\))?[^\n]*\n(?:@[^\n]*\n)*\s*def (\w+)\(|^def ((?:unit_?)?tests?\w*|unit)\(\s*session/gm),
  ].map(([, options = '', called, plain]) => /\bname\s*=\s*["']([\w.-]+)["']/.exec(options)?.[1] ?? called ?? plain ?? '');
  return sessions.find((name) => /^tests?$|^unit/.test(name)) ?? sessions.find((name) => /test/.test(name));
}

function unittest(place: Place, file: string): string {
  const dir = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  if (dir === '') return '-m unittest discover';
  return `-m unittest discover -s ${dir}${place.has(`${dir}/__init__.py`) ? ' -t .' : ''}`;
}

function pythonRunner(place: Place): { readonly setup: readonly string[]; readonly run: string } {
  if (place.has('uv.lock')) return { setup: ['uv sync --frozen'], run: 'uv run --frozen python' };
  if (place.has('pdm.lock')) return { setup: ['pdm sync --dev'], run: 'pdm run python' };
  if (place.has('Pipfile.lock'))
    return { setup: ['PIPENV_VENV_IN_PROJECT=1 pipenv sync --dev'], run: 'PIPENV_VENV_IN_PROJECT=1 pipenv run python' };
  if (place.has('poetry.lock') || /^\[tool\.poetry\.dependencies\]/m.test(place.text('pyproject.toml')))
    return {
      setup: ['POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-interaction'],
      run: 'POETRY_VIRTUALENVS_IN_PROJECT=true poetry run python',
    };
  const filled = (names: readonly string[]) => names.filter((name) => /^\s*[^\s#]/m.test(place.text(name)));
  const flat = filled([
    'requirements.txt',
    'requirements-dev.txt',
    'requirements-test.txt',
    'dev-requirements.txt',
    'test-requirements.txt',
  ]);
  const lists = flat.length > 0 ? flat : filled(IN_DIRECTORY).slice(0, 1);
  const extras = withToxExtras(extrasOf(place.text('pyproject.toml')) ?? setupExtras(place), place.text('tox.ini'));
  const groups = groupsOf(place.text('pyproject.toml'));
  const isTold = groups.length > 0 || (extras ?? '') !== '' || lists.some((name) => /test|dev/.test(name));
  const plugins = isTold ? [] : toxPackages(place.text('tox.ini') || place.text('pyproject.toml'));
  if (lists.length === 0 && extras === undefined && groups.length === 0 && plugins.length === 0) return { setup: [], run: 'python3' };
  // What the machine has already is taken from it, so that nothing is fetched where nothing is missing.
  const install = [...lists.map((name) => `-r ${name}`), ...(extras === undefined ? [] : [`-e '.${extras}'`]), ...groups, ...plugins].join(
    ' ',
  );
  const pip = '.venv/bin/python -m pip install --quiet --disable-pip-version-check';
  // A Python brings the pip of its own time, and older ones know no groups.
  const newer = groups.length > 0 ? ` && ${pip} 'pip>=25.1'` : '';
  return { setup: [`python3 -m venv --system-site-packages .venv${newer} && ${pip} ${install}`], run: '.venv/bin/python' };
}

/** Of what tox installs the runner and its plugins: the configuration of the tests may use their options. */
function toxPackages(text: string): readonly string[] {
  const deps = (section: string): readonly string[] => toxLines(text, section, 'deps');
  const named = deps('testenv').flatMap((line) => {
    const other = /^\{\[([\w:.-]+)\]deps\}$/.exec(line)?.[1];
    return other === undefined ? [line] : deps(other);
  });
  return [...new Set(named)]
    .filter((line) => /^pytest[\w.-]*(?:\[[\w,-]+\])?(?: ?[<>=!~]=?=? ?[\w.*]+,?)*$/.test(line))
    .map((line) => `'${line}'`);
}

function toxLines(text: string, section: string, key: string): readonly string[] {
  const body = `\n${text}`.split(`\n[${section}]\n`)[1]?.split(/^\[/m)[0] ?? '';
  const value = new RegExp(`^${key} *=(.*\\n(?:[ \\t]+\\S.*\\n|[ \\t]*\\n)*)`, 'm').exec(body)?.[1] ?? '';
  return value.split('\n').map((line) => line.trim());
}

/** Where the project is installed with extras, those that tox installs it with as well: its tests are written for them. */
function withToxExtras(extras: string | undefined, text: string): string | undefined {
  const named = toxLines(text, 'testenv', 'extras')
    .flatMap((line) => line.split(','))
    .map((name) => name.trim())
    .filter((name) => /^[\w.-]+$/.test(name));
  if (extras === undefined || extras === '' || named.length === 0) return extras;
  return `[${[...new Set([...extras.slice(1, -1).split(','), ...named])].join(',')}]`;
}

/** The widest first: it takes the others in. */
const IN_DIRECTORY = ['test', 'tests', 'testing', 'dev', 'development', 'local', 'base'].map((name) => `requirements/${name}.txt`);

/** A package of setuptools, with the extras for its tests. */
function setupExtras(place: Place): string | undefined {
  const text = place.text('setup.cfg') + place.text('setup.py');
  if (!/\binstall_requires\b|\bextras_require\b/.test(text)) return undefined;
  const names = [...text.matchAll(/^\s*["']?(tests?|testing|dev)["']?\s*[:=]\s*(?:\[|\w|$)/gm)].map(([, name]) => name);
  return /\bextras_require\b/.test(text) && names.length > 0 ? `[${[...new Set(names)].join(',')}]` : '';
}

/** Groups of a pyproject that its tests need: those for tests, else what its developers have. */
function groupsOf(project: string): readonly string[] {
  const section = /^\[dependency-groups\]\n((?:(?!\[)[^\n]*\n?)*)/m.exec(project)?.[1] ?? '';
  const names = [...section.matchAll(/^(tests?|testing|dev)\s*=/gm)].map(([, name = '']) => name);
  const ofTests = names.filter((name) => name !== 'dev');
  return (ofTests.length > 0 ? ofTests : names).map((name) => `--group ${name}`);
}

/** A plain pyproject that names dependencies is installed with those of its extras that tests need. */
function extrasOf(project: string): string | undefined {
  if (!/^\[project\]/m.test(project)) return undefined;
  const names = [...project.matchAll(/^(tests?|testing|dev|develop)\s*=\s*\[/gm)].map(([, name]) => name);
  if (names.length > 0 && /^\[project\.optional-dependencies\]/m.test(project)) return `[${[...new Set(names)].join(',')}]`;
  return /^dependencies\s*=\s*\[\s*["']/m.test(project) ? '' : undefined;
}

/** Its daemon would outlive the command. */
function gradle(place: Place): Found | undefined {
  const wrapper = place.has('gradlew');
  const build = ['settings.gradle', 'settings.gradle.kts', 'build.gradle', 'build.gradle.kts'].find(place.has);
  // A wrapper fetches its Gradle from a server of its own; beside it there may be a build that needs none.
  const other = wrapper ? maven(place)?.test : undefined;
  if (wrapper) return { setup: [], test: 'sh ./gradlew --no-daemon --quiet test', from: 'gradlew', ...defined({ otherwise: other }) };
  // A module of a build that begins further up is run from there.
  const isModule = !build?.startsWith('settings') && ['settings.gradle', 'settings.gradle.kts', 'gradlew'].some(place.isBelow);
  if (build === undefined || isModule) return undefined;
  return { setup: [], test: 'gradle --no-daemon --quiet test', from: build };
}

function maven(place: Place): Found | undefined {
  // A module is built with the others, from above.
  if (!place.has('pom.xml') || place.isBelow('pom.xml')) return undefined;
  const test = (program: string): string => `${program} --quiet --batch-mode test`;
  if (!place.has('mvnw')) return { setup: [], test: test('mvn'), from: 'pom.xml' };
  // Where it cannot fetch its Maven, that of the machine stands for it.
  return { setup: [], test: test('sh ./mvnw'), from: 'pom.xml', otherwise: test('mvn') };
}

function ruby(place: Place): Found | undefined {
  const hasGems = place.has('Gemfile');
  const bundled = hasGems ? 'bundle exec ' : '';
  // Gems that the machine has are taken from it; others go into the work tree.
  const setup = hasGems
    ? ['bundle check >/dev/null 2>&1 || { bundle config set --local path vendor/bundle && bundle install --quiet; }']
    : [];
  const spec = place.first(/^spec\/.*_spec\.rb$/);
  if (spec) return { setup, test: `${bundled}rspec`, from: spec };
  const test = place.first(/^test\/(.*\/)?((?:test|spec)_[^/]*|[^/]*_(?:test|spec))\.rb$/);
  if (!test) return undefined;
  if (place.has('bin/rails')) return { setup, test: 'ruby bin/rails test', from: test };
  const task = testTask(place.text('Rakefile'));
  if (task) return { setup, test: `${bundled}rake ${task}`, from: 'Rakefile' };
  const all = `Dir["./test/**/{test_*,*_test,spec_*,*_spec}.rb"].sort.each { |file| require file }`;
  return { setup, test: `${bundled}ruby -Ilib -Itest -e '${all}'`, from: test };
}

/** What a Rakefile calls its tests: all of them where one task stands for that, else the first that it has. */
function testTask(rakefile: string): string | undefined {
  const tasks = [...rakefile.matchAll(/TestTask\.new\b(?:[ (]*(?::(\w+)|["']([\w:]+)["']|(\w+):))?/g)];
  const names = tasks.map(([, symbol, text, key]) => symbol ?? text ?? key ?? 'test');
  const isAll = names.includes('test') || /^\s*(?:multi)?task[ (]+(?::test\b|test:|["']test["'])/m.test(rakefile);
  return names.length > 0 && isAll ? 'test' : names[0];
}

function php(place: Place): Found | undefined {
  const composer = parseObject(place.text('composer.json'));
  const required = { ...asObject(composer.require), ...asObject(composer['require-dev']) };
  const config = ['phpunit.xml', 'phpunit.xml.dist'].find(place.has);
  const needs = Object.keys(required).some((name) => name.includes('/'));
  const setup = needs ? ['composer install --no-interaction --no-progress --quiet'] : [];
  if (asObject(composer.scripts).test !== undefined) return { setup, test: 'composer test', from: 'composer.json' };
  if ('pestphp/pest' in required) return { setup, test: 'vendor/bin/pest', from: 'composer.json' };
  if (config) return { setup, test: place.has('bin/phpunit') ? 'php bin/phpunit' : 'vendor/bin/phpunit', from: config };
  if ('phpunit/phpunit' in required && place.first(/^tests?\//)) return { setup, test: 'vendor/bin/phpunit tests', from: 'composer.json' };
  return undefined;
}

/** Its build servers would outlive the command. */
function dotnet(place: Place): Found | undefined {
  const from = place.first(/^[^/]+\.slnx?$/) ?? place.first(/^[^/]*Tests?\.(cs|fs|vb)proj$/);
  const below = from === undefined ? place.first(/^[\w./-]*Tests?\.(cs|fs|vb)proj$/) : undefined;
  const command = `MSBUILDDISABLENODEREUSE=1 dotnet test ${below === undefined ? '' : `${below} `}--nologo -p:UseSharedCompilation=false`;
  return given((from ?? below) !== undefined, from ?? below ?? '', command);
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // A manifest that does not parse names no command; the syntax check reports it if the fix touches it.
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

const isEmpty = (value: unknown): boolean => Object.keys(asObject(value)).length === 0;
