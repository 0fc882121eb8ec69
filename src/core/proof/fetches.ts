// Principle: what a test command would download by itself is fetched before, by a command of the same tool, because tests
// have no network. Read from the manifests that stand where the command runs, and from the command line. A fetch that fails
// is no fault of the project: everything may be there already.

/** Tools that fetch by what their manifest says, whoever calls them later. */
const BY_MANIFEST: readonly { readonly file: string; readonly fetch: string }[] = [
  { file: 'go.mod', fetch: 'go mod download' },
  { file: 'go.work', fetch: 'go mod download' },
  { file: 'Cargo.toml', fetch: 'cargo fetch' },
  { file: 'Package.swift', fetch: 'swift package resolve' },
  { file: 'build.sbt', fetch: 'sbt Test/update' },
];

/** Tools that know only while they run what they need: the same command, asked for a test that is not there. */
const BY_COMMAND: readonly { readonly match: RegExp; readonly more: string }[] = [
  {
    match: /(?:^|[\s&;/])mvnw?\s[^&|;]*\b(?:test|verify|package|install)\b[^&|;]*$/,
    more: '-Dtest=NoSuchTestAtAll -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false',
  },
  { match: /(?:^|[\s&;/])gradlew?\s[^&|;]*\w*[tT]est\b[^&|;]*$/, more: '--tests NoSuchTestAtAll' },
];

/**
 * @param paths of the tree, relative to where commands run
 * @example fetches({ setup: [], check: [], test: ['go test ./...'] }, ['go.mod']) // ['go mod download']
 */
export function fetches(
  { setup, check, test }: { readonly setup: readonly string[]; readonly check: readonly string[]; readonly test: readonly string[] },
  paths: readonly string[],
): readonly string[] {
  const there = new Set(paths);
  const found = [...check, ...test].flatMap((command) => {
    const [, cd = '', dir = ''] = /^(cd ([\w./@-]+) && )?/.exec(command) ?? [];
    const beside = dir === '' || dir === '.' ? '' : `${dir.replace(/^\.\/|\/+$/g, '')}/`;
    const manifests = BY_MANIFEST.filter(({ file }) => there.has(beside + file)).map(({ fetch }) => cd + fetch);
    const asked = test.includes(command)
      ? BY_COMMAND.filter(({ match }) => match.test(command)).map(({ more }) => `${command} ${more}`)
      : [];
    return [...manifests, ...asked];
  });
  return [...new Set(found)].filter((fetch) => !setup.includes(fetch));
}
