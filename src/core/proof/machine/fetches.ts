// Principle: what a test command would download by itself is fetched before, by a command of the same tool, because tests
// have no network. Read from the manifests that stand where the command runs, and from the command line. A fetch that fails
// is no fault of the project: everything may be there already.
// A command that only compiles, and runs nothing of the project, may fill what is kept of compiled code for all repairs.

export interface Fetch {
  readonly command: string;
  readonly fillsBuilds?: true;
}

/** Its tests are compiled and not run. */
const COMPILES = 'go test -exec true ./...';

/** Tools that fetch by what their manifest says, whoever calls them later. */
const BY_MANIFEST: readonly { readonly file: string; readonly fetch: string; readonly compile?: string }[] = [
  { file: 'go.mod', fetch: 'go mod download', compile: COMPILES },
  { file: 'go.work', fetch: 'go mod download' },
  { file: 'Cargo.toml', fetch: 'cargo fetch' },
  { file: 'Package.swift', fetch: 'swift package resolve' },
  { file: 'build.sbt', fetch: 'sbt Test/update' },
];

/**
 * Tools that know only while they run what they need: the same command, asked for a test that is not there. Surefire has to
 * find a class first: without one it ends before it looks for what it needs to run tests.
 */
const BY_COMMAND: readonly { readonly match: RegExp; readonly more: string }[] = [
  {
    match: /(?:^|[\s&;/])mvnw?\s[^&|;]*\b(?:test|verify|package|install)\b[^&|;]*$/,
    more: "'-Dtest=*#noSuchTestAtAll' -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false",
  },
  { match: /(?:^|[\s&;/])gradlew?\s[^&|;]*\w*[tT]est\b[^&|;]*$/, more: '--tests NoSuchTestAtAll' },
];

/**
 * @param paths of the tree, relative to where commands run
 * @example fetches({ setup: [], check: [], test: ['go test ./...'] }, ['go.mod'])[0] // { command: 'go mod download' }
 */
export function fetches(
  { setup, check, test }: { readonly setup: readonly string[]; readonly check: readonly string[]; readonly test: readonly string[] },
  paths: readonly string[],
): readonly Fetch[] {
  const there = new Set(paths);
  const found = [...check, ...test].flatMap((command) => {
    const [, cd = '', dir = ''] = /^(cd ([\w./@-]+) && )?/.exec(command) ?? [];
    const beside = dir === '' || dir === '.' ? '' : `${dir.replace(/^\.\/|\/+$/g, '')}/`;
    const manifests = BY_MANIFEST.filter(({ file }) => there.has(beside + file)).flatMap(({ fetch, compile }): readonly Fetch[] => [
      { command: cd + fetch },
      ...(compile === undefined ? [] : [{ command: cd + compile, fillsBuilds: true } as const]),
    ]);
    const asked = test.includes(command)
      ? BY_COMMAND.filter(({ match }) => match.test(command)).map(({ more }) => ({ command: `${command} ${more}` }))
      : [];
    return [...manifests, ...asked];
  });
  return [...new Map(found.map((fetch) => [fetch.command, fetch])).values()].filter(({ command }) => !setup.includes(command));
}
