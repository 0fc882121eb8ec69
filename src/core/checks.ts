// Finds the commands that prove a fix where the repository says plainly what they are.
// What the configuration names always wins; nothing is guessed from a file's content but package.json's scripts.

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
}

interface Known {
  readonly file: RegExp;
  readonly test: string;
}

/** First match wins; `package.json` is looked at before all of them. */
const KNOWN: readonly Known[] = [
  { file: /^(pytest\.ini|conftest\.py|tests?\/(.*\/)?(test_[^/]*|conftest)\.py)$/, test: 'python3 -m pytest -q' },
  { file: /^go\.mod$/, test: 'go test ./...' },
  { file: /^Cargo\.toml$/, test: 'cargo test --quiet' },
  { file: /^gradlew$/, test: './gradlew --quiet test' },
  { file: /^pom\.xml$/, test: 'mvn --quiet --batch-mode test' },
  { file: /^spec\/.*_spec\.rb$/, test: 'bundle exec rspec' },
  { file: /^phpunit\.xml(\.dist)?$/, test: 'vendor/bin/phpunit' },
  { file: /^[^/]*\.sln$/, test: 'dotnet test --nologo' },
  { file: /^mix\.exs$/, test: 'mix test' },
];

/**
 * @param paths files of the base commit, relative to the directory the commands run in
 * @param packageJson text of `package.json` in that directory, if there is one
 * @example planChecks({}, ['package.json'], '{"scripts":{"test":"jest"}}').test // ['npm test']
 */
export function planChecks(configured: ConfiguredChecks, paths: readonly string[], packageJson: string | undefined): CheckPlan {
  const npm = readPackage(packageJson);
  const found = npm?.test ? { test: 'npm test', from: 'package.json' } : findKnown(paths);
  const lock = paths.includes('package-lock.json');
  const setup = configured.setup ?? (npm?.needsInstall && lock ? ['npm ci --no-audit --no-fund'] : []);
  const test = configured.test ?? (found ? [found.test] : []);
  const testFrom = configured.test ? 'configuration' : (found?.from ?? null);
  return { setup, check: configured.check ?? [], test, testFrom };
}

function findKnown(paths: readonly string[]): { test: string; from: string } | undefined {
  for (const known of KNOWN) {
    const path = paths.find((candidate) => known.file.test(candidate));
    if (path) return { test: known.test, from: path };
  }
  return undefined;
}

/** npm writes a test script that only fails; it proves nothing. */
const PLACEHOLDER = /no test specified/;

function readPackage(text: string | undefined): { test: boolean; needsInstall: boolean } | undefined {
  if (text === undefined) return undefined;
  const parsed = parseObject(text);
  const scripts = asObject(parsed.scripts);
  const test = scripts.test;
  const dependencies = { ...asObject(parsed.dependencies), ...asObject(parsed.devDependencies) };
  return { test: typeof test === 'string' && !PLACEHOLDER.test(test), needsInstall: Object.keys(dependencies).length > 0 };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // A package.json that does not parse names no command; the syntax check reports it if the fix touches it.
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
