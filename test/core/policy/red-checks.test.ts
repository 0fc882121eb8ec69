// Which red checks are a request's own, and which of them a change of the code can mend. Lines are as hosts and tools print them.
import { type CommitCheck, checksKey, lastLines, machineCause, redOnes, spokenOfChecks } from '../../../src/core/policy/red-checks.ts';
import { type Half, halfOf } from '../redact/kinds/draw.ts';
import { OF_THE_CODE, OF_THE_MACHINE } from './red-check-kinds.ts';

const check = (name: string, state: CommitCheck['state']): CommitCheck => ({ id: `run:${name}`, name, state, says: '' });
const names = (found: ReturnType<typeof redOnes>): unknown => (found === 'waits' ? found : found.map(({ name }) => name));

test.each<[string, readonly CommitCheck[], readonly CommitCheck[], unknown]>([
  ['green before, red now', [check('unit', 'red')], [check('unit', 'green')], ['unit']],
  ['red before too', [check('unit', 'red')], [check('unit', 'red')], []],
  ['never run on the base', [check('unit', 'red')], [], []],
  ['under way on the base', [check('unit', 'red')], [check('unit', 'runs')], []],
  ['another one still runs', [check('unit', 'red'), check('slow', 'runs')], [check('unit', 'green')], 'waits'],
  ['stopped by somebody', [check('unit', 'other')], [check('unit', 'green')], []],
  ['one of two of that name was red before', [check('unit', 'red')], [check('unit', 'green'), check('unit', 'red')], []],
  ['all green', [check('unit', 'green')], [check('unit', 'green')], []],
  ['one of several', [check('unit', 'green'), check('lint', 'red')], [check('unit', 'green'), check('lint', 'green')], ['lint']],
])('%s', (_name, head, base, expected) => {
  expect(names(redOnes(head, base))).toEqual(expected);
});

test.each<[string, string, string | null, ReturnType<typeof machineCause>]>([
  // Of the code.
  ['a failed test', 'failure', 'not ok 3 - totals\n# fail 1\n##[error]Process completed with exit code 1.', undefined],
  ['a script on GitLab', 'script_failure', '$ npm test\n1 failing\nERROR: Job failed: exit code 1', undefined],
  ['a linter', 'failure', 'src/cart.js\n  3:1  error  Unexpected var  no-var\n1 problem', undefined],
  ['a type checker', 'failure', "src/a.ts(3,1): error TS2304: Cannot find name 'x'.", undefined],
  ['a test that waits too long', 'failure', 'Error: Timeout of 2000ms exceeded. For async tests ensure "done()" is called', undefined],
  ['a test named after a time-out', 'failure', 'FAIL retries when the connection timed out', undefined],
  ['a refused connection of the code under test', 'failure', 'Error: connect ECONNREFUSED 127.0.0.1:5432\n    at Pool.js:3', undefined],
  ['a network error that a test expects', 'failure', 'AssertionError: expected "ECONNRESET" to equal "ETIMEDOUT"', undefined],
  ['a quota that a test speaks of', 'failure', 'expected status 429 (quota exceeded), got 500', undefined],
  ['a runner that the project has itself', 'failure', 'TestRunner: runner lost its place, 2 tests failed', undefined],
  ['a wrong link in the documents', 'failure', 'ERROR: 404 https://example.org/page', undefined],
  ['a dependency that is not there', 'failure', "npm error code E404\nnpm error 404 'left-pad@9' is not in this registry.", undefined],
  [
    'a version that nobody can resolve',
    'failure',
    'npm error code ERESOLVE\nnpm error ERESOLVE unable to resolve dependency tree',
    undefined,
  ],
  ['a job without a log', 'failure', null, undefined],
  // Used up.
  [
    'minutes that are used up',
    'failure\nThe job was not started because recent account payments have failed or your spending limit needs to be increased. Please check the billing section in your settings',
    null,
    'quota',
  ],
  ['minutes on GitLab', 'ci_quota_exceeded', null, 'quota'],
  [
    'pulls of Docker Hub',
    'failure',
    'toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit',
    'quota',
  ],
  ['calls of the API', 'failure', '##[error]API rate limit exceeded for installation ID 123.', 'quota'],
  ['artifacts', 'failure', 'Failed to CreateArtifact: Artifact storage quota has been hit. Unable to upload any new artifacts.', 'quota'],
  // Time.
  ['too long, as GitHub ends it', 'timed_out', null, 'timeout'],
  [
    'too long, as GitHub notes it',
    'failure\nThe job running on runner GitHub Actions 2 has exceeded the maximum execution time of 360 minutes.',
    null,
    'timeout',
  ],
  ['too long, in the log', 'failure', "##[error]The action 'Run tests' has timed out after 10 minutes.", 'timeout'],
  ['too long on GitLab', 'job_execution_timeout', 'ERROR: Job failed: execution took longer than 1h0m0s seconds', 'timeout'],
  ['stuck on GitLab', 'stuck_or_timeout_failure', null, 'timeout'],
  // The machine.
  [
    'a runner that went',
    'failure\nThe hosted runner: GitHub Actions 3 lost communication with the server. Anything in your workflow that terminates the runner process can cause this error.',
    null,
    'runner',
  ],
  [
    'a runner that was shut down',
    'failure',
    '##[error]The runner has received a shutdown signal. This can happen when the runner service is stopped, or a manually started runner is canceled.',
    'runner',
  ],
  ['a runner that nobody has', 'failure\nThe job was not acquired by Runner of type hosted even after multiple attempts', null, 'runner'],
  [
    'a system failure on GitLab',
    'runner_system_failure',
    'ERROR: Job failed (system failure): prepare environment: exit status 1',
    'runner',
  ],
  ['a full disk', 'failure', 'write /var/lib/docker/tmp/x: no space left on device', 'runner'],
  ['killed for its memory', 'failure', '##[error]Process completed with exit code 137.', 'runner'],
  ['a workflow that cannot start', 'startup_failure', null, 'runner'],
  // The network of what fetches.
  ['git', 'failure', "fatal: unable to access 'https://github.com/acme/app/': Could not resolve host: github.com", 'network'],
  ['npm', 'failure', 'npm error code ECONNRESET\nnpm error network aborted', 'network'],
  ['npm, older', 'failure', 'npm ERR! code ETIMEDOUT\nnpm ERR! errno ETIMEDOUT', 'network'],
  ['yarn', 'failure', 'error An unexpected error occurred: "https://registry.yarnpkg.com/x: ESOCKETTIMEDOUT".', 'network'],
  ['curl', 'failure', 'curl: (6) Could not resolve host: example.org', 'network'],
  ['pip', 'failure', 'WARNING: Retrying (Retry(total=0, connect=None, read=None)) after connection broken by ReadTimeoutError', 'network'],
  ['apt', 'failure', 'E: Failed to fetch http://deb.debian.org/debian/pool/x.deb  Connection timed out', 'network'],
  [
    'Maven',
    'failure',
    '[ERROR] Could not transfer artifact org.x:y:pom:1 from/to central (https://repo.maven.apache.org/maven2): Connect to repo.maven.apache.org:443 failed: connect timed out',
    'network',
  ],
  [
    'Go',
    'failure',
    'go: github.com/x/y@v1.0.0: Get "https://proxy.golang.org/x": dial tcp: lookup proxy.golang.org: i/o timeout',
    'network',
  ],
  ['Docker', 'failure', 'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout', 'network'],
  ['Bundler', 'failure', 'Could not reach host index.rubygems.org. Check your network connection and try again.', 'network'],
])('%s', (_name, host, log, expected) => {
  expect(machineCause(host, log)).toBe(expected);
});

describe('ends of jobs that were written down after the table', () => {
  const causeOf = (line: string) => machineCause('failure', `$ make\n${line}\nexit`);
  const half = (wanted: Half) => OF_THE_MACHINE.filter(([name]) => halfOf(name) === wanted);

  test('the half tuned on: each is seen', () => {
    const wrong = half('tuning').flatMap(([name, cause, line]) => (causeOf(line) === cause ? [] : [name]));
    expect(wrong).toEqual([]);
  });

  test('the half never tuned on: at most a quarter is missed, and none is taken for another cause', () => {
    const rows = half('never tuned').map(([, cause, line]) => [cause, causeOf(line)] as const);
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(([cause, found]) => found !== undefined && found !== cause)).toEqual([]);
    expect(rows.filter(([, found]) => found === undefined).length / rows.length).toBeLessThanOrEqual(0.25);
  });

  test('what is of the code is never left to the machine', () => {
    expect(OF_THE_CODE.flatMap(([name, line]) => (causeOf(line) === undefined ? [] : [name]))).toEqual([]);
  });
});

test('the end of a log, without clocks, colours and what was written over', () => {
  const log = `${'old\n'.repeat(300)}2026-01-01T00:00:00.1234567Z \u001b[31mnot ok\u001b[0m\r\n10%\r50%\rdone\n\n`;
  expect(lastLines(log, 3)).toBe('old\nnot ok\ndone');
});

describe('what was said of checks', () => {
  const head = 'a'.repeat(40);
  const mark = (round: number, of: string) => ({ round, ending: 'none', keys: [checksKey(of, [check('unit', 'red')])] }) as const;
  test.each([
    ['nothing', [], undefined],
    ['on this commit', [mark(0, head)], 'told'],
    ['on another commit', [mark(0, 'b'.repeat(40))], undefined],
    ['tried, on whatever commit', [mark(1, 'b'.repeat(40))], 'tried'],
    ['a round of people', [{ round: 1, ending: 'commit', keys: ['comment:1@0123456789abcdef'] }], undefined],
  ] as const)('%s', (_name, marks, expected) => {
    expect(spokenOfChecks(marks, head)).toBe(expected);
  });
});
