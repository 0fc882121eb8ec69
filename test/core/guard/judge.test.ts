// Rules on what a file is: its name, mode and size. Rules on what stands in it: guard-content.test.ts.
import { GUARD_RULES, type GuardPolicy, judge, strictest } from '../../../src/core/guard/judge.ts';
import type { FileChange, Verdict } from '../../../src/core/model.ts';
import { isLinear } from '../../support/processor-time.ts';

const POLICY: GuardPolicy = { maxFiles: 3, maxLines: 50, protectedPaths: ['infra/**', 'src/*.key'], links: ['current'] };
const text = (words: string): Buffer => Buffer.from(words);
const edit = (path: string, more: Partial<FileChange> = {}): FileChange => ({
  path,
  mode: '100644',
  oldMode: '100644',
  before: text('a\n'),
  after: text('b\n'),
  ...more,
});
const made = (path: string): FileChange => ({ path, mode: '100644', after: text('x\n') });
const gone = (path: string): FileChange => ({ path, mode: '100644', oldMode: '100644', before: text('a\n') });

const ROWS: readonly (readonly [name: string, files: readonly FileChange[], lines: number, rules: readonly string[]])[] = [
  ['an ordinary edit', [edit('src/pricing.js')], 4, []],
  ['a new file', [made('src/new.js')], 4, []],
  ['an edited test', [edit('test/pricing.test.js')], 4, []],
  ['too many files', ['a', 'b', 'c', 'd'].map((name) => edit(`src/${name}.js`)), 4, ['max-files']],
  ['too many lines', [edit('src/a.js')], 51, ['max-lines']],
  ['CI of GitHub', [edit('.github/workflows/ci.yml')], 1, ['protected-path']],
  ['CI of GitHub in another case', [edit('.GitHub/workflows/ci.yml')], 1, ['protected-path']],
  ['CI of GitLab', [edit('.gitlab-ci.yml')], 1, ['protected-path']],
  ['CI of CircleCI', [edit('.circleci/config.yml')], 1, ['protected-path']],
  ['Jenkins', [edit('Jenkinsfile')], 1, ['protected-path']],
  ['Azure', [edit('azure-pipelines.yml')], 1, ['protected-path']],
  ['agent settings', [edit('.claude/settings.json')], 1, ['protected-path']],
  ['agent instructions in a package', [edit('packages/a/CLAUDE.md')], 1, ['protected-path']],
  ['MCP servers', [edit('.mcp.json')], 1, ['protected-path']],
  ['our own configuration', [edit('.aiopsrc.json')], 1, ['protected-path']],
  ['editor tasks', [edit('.vscode/tasks.json')], 1, ['protected-path']],
  ['attributes', [edit('src/.gitattributes')], 1, ['protected-path']],
  ['submodule list', [edit('.gitmodules')], 1, ['protected-path']],
  ['hooks', [edit('.husky/pre-commit')], 1, ['protected-path']],
  ['npm lock', [edit('package-lock.json')], 1, ['protected-path']],
  ['any lock', [edit('api/poetry.lock')], 1, ['protected-path']],
  ['Makefile', [edit('Makefile')], 1, ['protected-path']],
  ['Dockerfile with a suffix', [edit('Dockerfile.prod')], 1, ['protected-path']],
  ['secrets file', [edit('config/.env.production')], 1, ['protected-path']],
  ['npm settings', [edit('.npmrc')], 1, ['protected-path']],
  ['configured directory', [edit('infra/main.tf')], 1, ['protected-path']],
  ['configured pattern', [edit('src/server.key')], 1, ['protected-path']],
  ['a star stays within its directory', [edit('src/deep/server.key')], 1, []],
  ['full-width letters fold to the protected name', [edit('\uff2dakefile')], 1, ['protected-path']],
  ['renamed away from a protected name', [gone('.github/workflows/ci.yml'), made('src/ci.yml')], 1, ['protected-path']],
  ['a deleted test', [gone('test/a.test.js')], 1, ['test-deleted']],
  ['a test moved out of the tests', [gone('test/a.test.js'), made('src/old.js')], 1, ['test-deleted']],
  ['a symbolic link', [edit('src/a', { mode: '120000' })], 1, ['symlink', 'mode-change']],
  ['a submodule', [{ path: 'vendor/x', mode: '160000' }], 1, ['submodule']],
  ['a new exec bit', [edit('src/a.sh', { mode: '100755' })], 1, ['mode-change']],
  ['bytes that are not text', [edit('src/a.js', { after: Buffer.from([1, 0, 2]) })], 1, ['binary']],
  ['CI of Bitbucket', [edit('bitbucket-pipelines.yml')], 1, ['protected-path']],
  ['CI of Woodpecker', [edit('.woodpecker/test.yml')], 1, ['protected-path']],
  ['CI of Drone', [edit('.drone.yml')], 1, ['protected-path']],
  ['CI of Tekton', [edit('.tekton/pull.yaml')], 1, ['protected-path']],
  ['CI of AppVeyor', [edit('appveyor.yml')], 1, ['protected-path']],
  ['CI of Forgejo', [edit('.forgejo/workflows/a.yml')], 1, ['protected-path']],
  ['a build of a cloud in a package', [edit('services/a/cloudbuild.yaml')], 1, ['protected-path']],
  ['rules of Cursor', [edit('.cursorrules')], 1, ['protected-path']],
  ['rules of Windsurf', [edit('web/.windsurfrules')], 1, ['protected-path']],
  ['instructions for Gemini', [edit('GEMINI.md')], 1, ['protected-path']],
  ['hooks of pre-commit', [edit('.pre-commit-config.yaml')], 1, ['protected-path']],
  ['a dev container', [edit('.devcontainer/devcontainer.json')], 1, ['protected-path']],
  ['a workspace of an editor', [edit('shop.code-workspace')], 1, ['protected-path']],
  ['the Maven wrapper', [edit('mvnw')], 1, ['protected-path']],
  ['settings of Cargo', [edit('.cargo/config.toml')], 1, ['protected-path']],
  ['code that Python runs at its start', [edit('lib/sitecustomize.py')], 1, ['protected-path']],
  ['lock of uv', [edit('uv.lock')], 1, ['protected-path']],
  ['sums of Go', [edit('go.sum')], 1, ['protected-path']],
  ['a trailing dot', [edit('Makefile.')], 1, ['protected-path']],
  ['an NTFS stream', [edit('Makefile::$DATA')], 1, ['protected-path']],
  ['the short name of .git', [edit('GIT~1/config')], 1, ['protected-path']],
  ['a dotless i', [edit('.g\u0131thub/workflows/a.yml')], 1, ['protected-path']],
  ['a letter with its mark apart', [edit('.gi\u0301thub/x.yml')], 1, ['protected-path']],
  ['an invisible letter', [edit('.git\u200chub/x.yml')], 1, ['protected-path']],
  ['renamed onto a protected name', [gone('src/npmrc.txt'), made('.npmrc')], 1, ['protected-path']],
  ['a path that climbs', [edit('src/../../etc/passwd')], 1, ['outside']],
  ['an absolute path', [edit('/etc/passwd')], 1, ['outside']],
  ['a path with backslashes', [edit('src\\..\\a.js')], 1, ['outside']],
  ['a file behind a symbolic link', [edit('current/a.js')], 1, ['symlink']],
  ['a file behind a symbolic link, in another case', [edit('Current/a.js')], 1, ['symlink']],
  ['a file that only begins like a link', [edit('currently/a.js')], 1, []],
  ['a new executable', [{ path: 'src/run', mode: '100755', after: text('x\n') }], 1, ['mode-change']],
  ['a binary that becomes text', [edit('src/a.js', { before: Buffer.from([0]) })], 1, ['binary']],
  ['a snapshot deleted', [{ path: 'src/__snapshots__/a.snap', mode: '100644', oldMode: '100644', before: text('a') }], 1, ['test-deleted']],
  ['a Java test deleted', [{ path: 'src/OrderTest.java', mode: '100644', oldMode: '100644', before: text('a') }], 1, ['test-deleted']],
  ['a source named like a Dockerfile', [edit('src/dockerfile-parser.ts')], 1, []],
  ['a guide to make', [edit('docs/makefile-guide.md')], 1, []],
  ['a source named like an environment', [edit('src/environment.ts')], 1, []],
  ['a route named like an agent', [edit('src/routes/claude.ts')], 1, []],
  ['a source named like a test is none', [{ path: 'src/latest.js', mode: '100644', oldMode: '100644', before: text('a') }], 1, []],
];

test.each(ROWS)('%s', (_name, files, lines, rules) => {
  const verdicts = judge({ base: 'b', files }, POLICY, lines);
  expect(verdicts.map((verdict) => verdict.rule)).toEqual(rules);
  expect(strictest(verdicts)).toBe(rules.length === 0 ? 'allow' : 'refuse');
});

test('a protected pattern of a repository takes no more time for a path that it nearly fits', async () => {
  const policy = { ...POLICY, protectedPaths: [`${'**/a/'.repeat(30)}x`] };
  expect(await isLinear((size) => judge({ base: 'b', files: [edit(`${'a/'.repeat(size)}y`)] }, policy, 4))).toBe(true);
});

test('of a change with too many files, the first hundred are read', () => {
  const files = Array.from({ length: 3000 }, (_, n) => edit(`ci/${n}/.gitlab-ci.yml`));
  const rules = judge({ base: 'b', files }, POLICY, 4).map(({ rule }) => rule);
  expect(rules).toEqual(['max-files', ...Array.from({ length: 100 }, () => 'protected-path')]);
});

test('every rule is in the list of rules', () => {
  const rules = ROWS.flatMap(([_name, _files, _lines, names]) => names);
  expect(rules.filter((rule) => GUARD_RULES[rule] === undefined)).toEqual([]);
});

test.each<[string, readonly Verdict['verdict'][], Verdict['verdict']]>([
  ['nothing said', [], 'allow'],
  ['a draft', ['draft'], 'draft'],
  ['a patch only', ['draft', 'patch-only'], 'patch-only'],
  ['a refusal', ['patch-only', 'refuse', 'draft'], 'refuse'],
])('the strictest of: %s', (_name, said, expected) => {
  expect(strictest(said.map((verdict) => ({ rule: 'x', verdict, detail: '' })))).toBe(expected);
});
