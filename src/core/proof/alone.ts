// How the test files of a change are run alone, by their runner's own argument for a file: where a suite is red or does not
// end without the fix, that is what can still be shown. A command whose form is not known is not guessed at.
import type { Verification } from '../model.ts';
import { onlyTests } from '../repository/in-source/split.ts';
import { type NodeScript, type TestPart, testPart } from '../repository/script-chain.ts';

import type { CheckPlan } from './checks.ts';

export interface TestFile {
  /** From the directory that the command is run in. */
  readonly path: string;
  /** Absent where the change adds it. */
  readonly before?: string;
  readonly after: string;
}

export interface AloneRun {
  readonly command: string;
  readonly isNew: boolean;
}

/** @example aloneRuns('go test ./...', [{ path: 'a/b_test.go', after: 'func TestX(t *testing.T) {}' }]) // go test -run '^(TestX)$' ./a */
export function aloneRuns(command: string, files: readonly TestFile[], node?: NodeScript): readonly AloneRun[] {
  const [, to = '', dir = '', rest = ''] = /^(cd '?([\w./@+-]+)'? && )?(.*)$/s.exec(command) ?? [];
  const below = dir === '' ? '' : `${dir}/`;
  return files.flatMap((file) => {
    if (!file.path.startsWith(below)) return [];
    const inside = { ...file, path: file.path.slice(below.length) };
    const script = node && nodeRun(node, rest, inside);
    const line = script === undefined ? formOf(rest, inside) : `${binPath(dir)} && ${to}${script}`;
    if (line === undefined) return [];
    return [{ command: script === undefined ? to + line : line, isNew: file.before === undefined }];
  });
}

/**
 * What runs the tests where a command has ended before any of them: those of a script that does more than test, or another
 * tool of the project.
 * @example behind('npm test', { scripts: { test: 'npm run types && npm run unit', types: 'tsc', unit: 'mocha' }, name: 'test', manager: 'npm' })
 */
export function behind(command: string, { node, otherwise }: Pick<CheckPlan, 'node' | 'otherwise'>): string | undefined {
  const [, to = '', dir = ''] = /^(cd '?([\w./@+-]+)'? && )?/.exec(command) ?? [];
  const part = node && testPart(node.scripts, node.name);
  if (node === undefined || part === undefined || !part.isChained) return otherwise;
  if (part.needs.length === 0 && part.script !== undefined) return `${to}${node.manager} run ${part.script}`;
  return `${binPath(dir)} && ${to}${lineOf(part, part.words)}`;
}

/** The plan as it was run: the tests behind a script that ended before them stand for it. */
export function asRun(plan: CheckPlan, ran: Verification | null): CheckPlan {
  const test = plan.test.map((command) => {
    const other = behind(command, plan);
    return other !== undefined && ran?.runs.some((run) => run.command === other) ? other : command;
  });
  return { ...plan, test };
}

/** Where the programs are that scripts call by their names. */
const binPath = (dir: string): string =>
  `export PATH="${['', ...(dir === '' ? [] : [`/${dir}`])]
    .toReversed()
    .map((at) => `$PWD${at}/node_modules/.bin`)
    .join(':')}:$PATH"`;

const lineOf = ({ needs, env, runner }: TestPart, words: readonly string[]): string =>
  [...needs, [env, runner, ...words].filter(Boolean).join(' ')].join(' && ');

const NODE_FILE = /\.[cm]?[jt]sx?$/;
/** Helpers, snapshots and types beside the tests are no tests. */
const NOT_A_TEST =
  /(?:^|\/)(?:fixtures?|helpers?|utils?|support|__snapshots__|__mocks__|testdata)\/|\.d\.[cm]?ts$|(?:^|\/)(?:setup|helpers?|utils?|index)\.[cm]?[jt]sx?$/;

function nodeRun(node: NodeScript, rest: string, file: TestFile): string | undefined {
  const part = testPart(node.scripts, node.name);
  const isPlain = /^(?:npm|pnpm|yarn|bun)(?: run)?(?: [\w:.-]+)?$/.test(rest) || rest.startsWith('export PATH=');
  if (part === undefined || !isPlain || !NODE_FILE.test(file.path) || NOT_A_TEST.test(file.path)) return undefined;
  const by = part.runner === 'jest' ? ['--runTestsByPath'] : [];
  return lineOf(part, [...options(part.words), ...by, quoted(file.path)]);
}

/** A known form of a command, which of the files it can run, and how. */
interface Form {
  readonly of: RegExp;
  readonly files: RegExp;
  /** @param words what stands behind the runner */
  run(runner: string, words: readonly string[], file: TestFile): string | undefined;
}

/** The file takes the place of whatever else was named. */
const byFile: Form['run'] = (runner, words, { path }) => [runner, ...options(words), quoted(path)].join(' ');

const PYTHON_TEST = /(?:^|\/)(?:tests?_[^/]*|[^/]*_tests?|tests?)\.py$/;
const JVM = /(?:^|\/)\w+\.(?:java|kt|groovy|scala)$/;

const FORMS: readonly Form[] = [
  {
    of: /^((?:[A-Z_]+=\S+ )*(?:(?:uv|pdm|poetry|pipenv) run (?:--frozen )?)?(?:\S*python3? -m )?pytest|hatch test)\b/,
    files: PYTHON_TEST,
    run: byFile,
  },
  { of: /^(.*\bpython3? -m unittest discover)\b/, files: /\.py$/, run: discovered },
  {
    of: /^(.*\bpython3? -m unittest)\b/,
    files: /\.py$/,
    run: (runner, words, { path }) => [runner, ...options(words), dotted(path)].join(' '),
  },
  {
    of: /^(.*\bmanage\.py test)\b/,
    files: PYTHON_TEST,
    run: (runner, words, { path }) => [runner, ...options(words), dotted(path)].join(' '),
  },
  { of: /^(go test)\b/, files: /_test\.go$/, run: goTests },
  {
    of: /^((?:npx --no-install |pnpm exec |yarn run |bunx )?(?:vitest run|mocha|ava)|node --test|bun test|deno test)(?= |$)/,
    files: NODE_FILE,
    run: byFile,
  },
  {
    of: /^((?:npx --no-install |pnpm exec |yarn run |bunx )?jest)(?= |$)/,
    files: NODE_FILE,
    run: (runner, words, { path }) => [runner, ...options(words), '--runTestsByPath', quoted(path)].join(' '),
  },
  {
    of: /^(cargo test)\b/,
    files: /(?:^|\/)tests\/\w+\.rs$/,
    run: (runner, words, { path }) => [runner, ...options(words), '--test', nameOf(path)].join(' '),
  },
  { of: /^(cargo test)\b/, files: /\.rs$/, run: cargoTests },
  { of: /^((?:sh )?(?:\.\/mvnw|mvn))\b/, files: JVM, run: mavenTest },
  { of: /^((?:sh )?(?:\.\/gradlew|gradle))\b/, files: JVM, run: gradleTest },
  {
    of: /^((?:bundle exec )?rspec|ruby bin\/rails test|mix test|(?:dart|flutter) test|vendor\/bin\/pest)(?= |$)/,
    files: /\.(?:rb|exs|dart|php)$/,
    run: byFile,
  },
  { of: /^((?:bundle exec )?rake test)$/, files: /\.rb$/, run: (runner, _, { path }) => `${runner} TEST=${quoted(path)}` },
  { of: /^((?:bundle exec )?ruby -Ilib -Itest) -e /, files: /\.rb$/, run: (runner, _, { path }) => `${runner} ${quoted(path)}` },
  { of: /^(vendor\/bin\/phpunit|php bin\/phpunit)(?= |$)/, files: /\.php$/, run: byFile },
  {
    of: /^(prove)\b/,
    files: /\.t$/,
    run: (runner, words, { path }) =>
      [runner, ...words.filter((word) => word !== 't').map((word) => word.replace('r', '')), quoted(path)].join(' '),
  },
];

function formOf(line: string, file: TestFile): string | undefined {
  for (const { of, files, run } of FORMS) {
    const [whole = '', runner = ''] = of.exec(line) ?? [];
    if (whole === '' || !files.test(file.path) || NOT_A_TEST.test(file.path)) continue;
    const words = line.slice(runner.length).trim();
    // A chain, or what only a shell understands.
    if (/[|;&`$<>]/.test(words.replace(/'[^']*'/g, ''))) continue;
    return run(runner, words.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [], file);
  }
  return undefined;
}

/** Options that take no value behind a blank. */
const BARE =
  /^-[qvxs]+$|^--(?:ci|coverage|run|runInBand|verbose|silent|quiet|test|bail|frozen|failfast|[\w-]+=.*|no-[\w-]+|all|full-trace)$/;

/** Without files and directories: what may be the value of an option is kept. */
const options = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => {
    const last = words[at - 1];
    return word.startsWith('-') || (last?.startsWith('-') === true && !BARE.test(last));
  });

/** `discover` takes a pattern of names; where it begins stays as it is. */
function discovered(runner: string, words: readonly string[], { path }: TestFile): string {
  const at = words.findIndex((word) => word === '-p' || word === '--pattern');
  const rest = at < 0 ? words : words.toSpliced(at, 2);
  return [runner, ...rest, '-p', quoted(path.slice(path.lastIndexOf('/') + 1))].join(' ');
}

/** The tests of a package whose text the change has touched. */
function goTests(runner: string, words: readonly string[], { path, before = '', after }: TestFile): string | undefined {
  const old = goFunctions(before);
  const names = [...goFunctions(after)].filter(([name, text]) => old.get(name) !== text).map(([name]) => name);
  if (names.length === 0) return undefined;
  const dir = path.includes('/') ? `./${path.slice(0, path.lastIndexOf('/'))}` : '.';
  return [runner, ...options(words), '-run', `'^(${names.join('|')})$'`, quoted(dir)].join(' ');
}

const goFunctions = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split(/^(?=func )/m).flatMap((part) => {
      const name = /^func ((?:Test|Example|Fuzz)\w*)\(/.exec(part)?.[1];
      return name === undefined ? [] : [[name, part.slice(0, part.search(/^\}/m) + 1)] as const];
    }),
  );

/** The tests within a source that the change has touched, by their names. */
function cargoTests(runner: string, words: readonly string[], { path, before = '', after }: TestFile): string | undefined {
  const old = rustTests(path, before);
  const names = [...rustTests(path, after)].filter(([name, text]) => old.get(name) !== text).map(([name]) => name);
  const at = words.indexOf('--');
  const [own, theirs] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at + 1)];
  return names.length === 0 ? undefined : [runner, ...options(own), '--', ...options(theirs), ...names].join(' ');
}

const rustTests = (path: string, source: string): ReadonlyMap<string, string> =>
  new Map(
    onlyTests(path, source)
      .split(/^(?=[^\S\n]*#\[(?:\w+::)*(?:test|rstest|test_case)\b)/m)
      .flatMap((part) => {
        const name = /\bfn\s+(\w+)/.exec(part)?.[1];
        return name === undefined || !/^\s*#\[/.test(part) ? [] : [[name, part.trim()] as const];
      }),
  );

function mavenTest(runner: string, words: readonly string[], { path }: TestFile): string {
  const module = moduleOf(path);
  const only = module === '' ? [] : ['-pl', quoted(module), '-am'];
  const none = ['-Dsurefire.failIfNoSpecifiedTests=false', '-DfailIfNoTests=false'];
  return [runner, ...words, ...only, `-Dtest=${nameOf(path)}`, ...none].join(' ');
}

function gradleTest(runner: string, words: readonly string[], { path }: TestFile): string {
  const module = moduleOf(path);
  const task = `${module === '' ? '' : `:${module.replaceAll('/', ':')}:`}test`;
  return [runner, ...words.filter((word) => word.startsWith('-')), quoted(task), '--tests', `'*${nameOf(path)}'`].join(' ');
}

/** The directory of the module that a test belongs to. */
const moduleOf = (path: string): string => /^(.*?)\/?src\//.exec(path)?.[1] ?? '';

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
const dotted = (path: string): string => quoted(path.replace(/\.py$/, '').replaceAll('/', '.'));

/** The name of a file is the model's: quoted, whatever it is. */
const quoted = (path: string): string =>
  /^[\w./@+:][\w./@+:-]*$/.test(path) ? path : `'${path.replace(/^-/, './-').replaceAll("'", `'\\''`)}'`;
