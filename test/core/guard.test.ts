import { type GuardPolicy, judge, strictest } from '../../src/core/guard.ts';
import type { FileChange } from '../../src/core/model.ts';

const POLICY: GuardPolicy = { maxFiles: 3, maxLines: 50, protectedPaths: ['infra/**', 'src/*.key'] };
const text = (words: string): Buffer => Buffer.from(words);
const edit = (path: string, more: Partial<FileChange> = {}): FileChange => ({
  path,
  mode: '100644',
  oldMode: '100644',
  before: text('a\n'),
  after: text('b\n'),
  ...more,
});

const ROWS: readonly (readonly [name: string, files: readonly FileChange[], lines: number, rules: readonly string[]])[] = [
  ['an ordinary edit', [edit('src/pricing.js')], 4, []],
  ['a new file', [{ path: 'src/new.js', mode: '100644', after: text('x\n') }], 4, []],
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
  ['renamed away from a protected name', [edit('src/ci.yml', { oldPath: '.github/workflows/ci.yml' })], 1, ['protected-path']],
  ['a deleted test', [{ path: 'test/a.test.js', mode: '100644', oldMode: '100644', before: text('a') }], 1, ['test-deleted']],
  ['a test moved out of the tests', [edit('src/old.js', { oldPath: 'test/a.test.js' })], 1, ['test-deleted']],
  ['a symbolic link', [edit('src/a', { mode: '120000' })], 1, ['symlink', 'mode-change']],
  ['a submodule', [{ path: 'vendor/x', mode: '160000' }], 1, ['submodule']],
  ['a new exec bit', [edit('src/a.sh', { mode: '100755' })], 1, ['mode-change']],
  ['bytes that are not text', [edit('src/a.js', { after: Buffer.from([1, 0, 2]) })], 1, ['binary']],
];

test.each(ROWS)('%s', (_name, files, lines, rules) => {
  const verdicts = judge({ base: 'b', files }, POLICY, lines);
  expect(verdicts.map((verdict) => verdict.rule)).toEqual(rules);
  expect(strictest(verdicts)).toBe(rules.length === 0 ? 'allow' : 'refuse');
});

/** Known wrong: what the guard does not see yet. A row that begins to fail here has been mended: move it up. */
const KNOWN_WRONG: readonly (readonly [name: string, file: FileChange])[] = [
  ['package scripts in package.json', edit('package.json', { after: text('{"scripts":{"postinstall":"curl evil"}}') })],
  ['an assertion taken out of a test', edit('test/a.test.js', { before: text('assert(a)'), after: text('') })],
];

test.each(KNOWN_WRONG)('known wrong: allows %s', (_name, file) => {
  expect(judge({ base: 'b', files: [file] }, POLICY, 1)).toEqual([]);
});
