// The table of bad input: what is wrong, how the place is made so, what is called, and how it must end.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { block } from '../e2e/conversations.ts';
import { git } from '../support/git-program.ts';
import { plantClaude, says } from '../support/shell-claude.ts';
import type { Servers } from './hosts.ts';
import { CART, giveAway, type Place } from './world.ts';

type Prepare = (place: Place, servers: Servers) => void | Promise<void>;

export interface Row {
  readonly name: string;
  readonly prepare?: Prepare;
  readonly argv: readonly string[];
  readonly code: number;
  /** Code of the error; `null` where it is no error after all. */
  readonly error: string | null;
  /** In what is said. */
  readonly says?: RegExp;
}

const config =
  (text: string): Prepare =>
  ({ repo }) =>
    writeFileSync(join(repo, '.aiopsrc.json'), text);
const env =
  (more: Readonly<Record<string, string>>): Prepare =>
  (place) =>
    void Object.assign(place.env, more);
const claude =
  (reaction: string): Prepare =>
  ({ bin }) =>
    void plantClaude(bin, `cat > /dev/null\n${reaction}`);
const CART_FIXED = 'export function total(cart) {\n  return cart === undefined ? 0 : cart.items.length;\n}\n';
const fix = (path: string, content: string, isNew = false): Prepare =>
  claude(says(`The cause is a missing check.\n\n${block(path, content, isNew)}`));
const log =
  (bytes: string | Buffer): Prepare =>
  (place) =>
    writeFileSync(place.log, bytes);
const nothing: Prepare = (place) => rmSync(place.log);
const directory: Prepare = (place) => {
  rmSync(place.log);
  mkdirSync(place.log);
};
/** The program runs as somebody without special rights, who owns all here; one path is closed to it. */
const closed =
  (path: (place: Place) => string, mode: number): Prepare =>
  (place) => {
    place.asNobody = true;
    giveAway(place.root);
    chmodSync(path(place), mode);
  };
const host =
  (kind: 'github' | 'gitlab', token: string | null): Prepare =>
  (place, servers) =>
    servers.connect(place, kind, token);
const elsewhere =
  (...more: readonly string[]): Prepare =>
  async (place) => {
    place.cwd = join(place.root, 'elsewhere');
    mkdirSync(place.cwd);
    if (more.length > 0) await git(place.cwd, ...more);
  };

const FIX = ['fix', '--from-log', '../app.log'];
const PREVIEW = [...FIX, '--dry-run'];
const SCAN = ['scan', '../app.log'];
const DRY = ['watch', '--once', '--dry-run', '../app.log'];
const ONCE = ['watch', '--once', '../app.log'];
const READ_LOG = [SCAN, FIX, DRY];
const READ_LEDGER = [['status'], ['incidents']];
const CONFIGURED = [DRY, SCAN, FIX, ['doctor'], ['config'], ...READ_LEDGER];

type Shape = Omit<Row, 'argv'>;

const each = (commands: readonly (readonly string[])[], row: Shape): readonly Row[] =>
  commands.map((argv) => ({ ...row, name: `${row.name}: ${argv.join(' ')}`, argv }));
const at = (name: string, prepare: Prepare | undefined, code: number, error: string | null, words?: RegExp): Shape => ({
  ...{ name, code, error },
  ...(prepare && { prepare }),
  ...(words && { says: words }),
});

const CONFIGURATION: readonly Row[] = [
  ...each(
    CONFIGURED,
    at(
      'unknown key',
      config('{"claude":{"comand":"x"}}'),
      2,
      'config-invalid',
      /claude\.comand in \.aiopsrc\.json: unknown key; did you mean claude\.command/,
    ),
  ),
  ...each(
    CONFIGURED,
    at('wrong type', config('{"claude":{"maxTurns":"many"}}'), 2, 'config-invalid', /claude\.maxTurns in .*whole number.*got "many"/),
  ),
  ...each(
    CONFIGURED,
    at('limit that is no number, environment', env({ MAX_USD_PER_DAY: 'abc' }), 2, 'config-invalid', /environment MAX_USD_PER_DAY/),
  ),
  ...each(
    [SCAN],
    at('limit that is no number, file', config('{"policy":{"maxUsdPerDay":"ten"}}'), 2, 'config-invalid', /policy\.maxUsdPerDay/),
  ),
  ...each([['status']], at('all problems at once', config('{"a":1,"language":"fr","logs":7}'), 2, 'config-invalid', /3 problems/)),
  ...each([SCAN], at('a text to ignore that is no expression', config('{"detect":{"ignore":["["]}}'), 0, null)),
  ...each([SCAN], at('an expression to ignore', config('{"detect":{"ignore":["/properties of UNDEFINED/i"]}}'), 3, 'no-error-found')),
  ...each([SCAN], at('an expression that is none', config('{"detect":{"ignore":["/[/"]}}'), 2, 'config-invalid', /detect\.ignore/)),
  ...each([['config']], at('half a file', config('{"claude":'), 2, 'config-unreadable')),
  ...each([['config', '--config', 'nowhere.json']], at('no such file', undefined, 2, 'config-unreadable')),
  ...each([['config', '--config', '.']], at('a directory', undefined, 2, 'config-unreadable')),
];

const both =
  (...all: readonly Prepare[]): Prepare =>
  async (place, servers) => {
    for (const one of all) await one(place, servers);
  };

const HOSTS: readonly Row[] = (['github', 'gitlab'] as const).flatMap((kind) => [
  ...each([FIX, PREVIEW, ONCE], at(`missing token, ${kind}`, host(kind, null), 4, 'token-missing', /GIT(?:HUB|LAB)_TOKEN/)),
  ...each([FIX], at(`wrong token, ${kind}`, both(claude(''), host(kind, 'wrong')), 4, 'host-auth', /refused the token/)),
  ...each([ONCE], at(`wrong token, ${kind}`, both(claude(''), host(kind, 'wrong')), 4, null, /paused: .*refused the token/)),
  ...each([PREVIEW], at(`wrong token, ${kind}`, host(kind, 'wrong'), 4, 'git-auth', /refused the token/)),
]);

/** What `doctor` finds: as data, with the code of the first finding. */
const FINDINGS: readonly Row[] = [
  ...each([['doctor']], at('no Claude', undefined, 7, 'claude-not-found')),
  ...each(
    [['doctor']],
    at(
      'a Claude that is another program',
      ({ bin }) => writeFileSync(join(bin, 'claude'), '#!/bin/sh\necho hello\n', { mode: 0o755 }),
      1,
      'claude-garbage',
    ),
  ),
  ...each([['doctor']], at('no repository', both(claude(''), elsewhere()), 2, 'no-repository')),
  ...each([['doctor']], at('wrong token, github', both(claude(''), host('github', 'wrong')), 4, 'git-auth')),
  ...each([['doctor']], at('missing token, gitlab', both(claude(''), host('gitlab', null)), 4, 'token-missing')),
  ...each([['doctor']], at('log is a directory', both(claude(''), directory, env({ LOG_FILE_PATH: '../app.log' })), 2, 'log-is-directory')),
  ...each(
    [['doctor']],
    at(
      'log is closed to us',
      both(
        claude(''),
        env({ LOG_FILE_PATH: '../app.log' }),
        closed((place) => place.log, 0),
      ),
      2,
      'log-unreadable',
    ),
  ),
  ...each(
    [['doctor']],
    at(
      'state directory closed',
      both(
        claude(''),
        closed((place) => place.stateDir, 0o500),
      ),
      2,
      'state-unwritable',
    ),
  ),
];

const REPOSITORIES: readonly Row[] = [
  ...each([FIX, PREVIEW, ONCE], at('no repository', elsewhere(), 2, 'no-repository')),
  ...each([FIX, PREVIEW], at('empty repository', both(claude(''), elsewhere('init', '-q')), 2, 'repository-empty')),
  ...each(
    [FIX, PREVIEW],
    at(
      'empty remote',
      both(claude(''), async (place, servers) => void Object.assign(place.env, { REPO_URL: await servers.emptyRemote(place) })),
      2,
      'repository-empty',
    ),
  ),
  ...each(
    [FIX],
    at('a remote that speaks SSH', env({ REPO_URL: 'git@git.example.invalid:acme/shop.git', CODE_HOST: 'local' }), 2, 'remote-ssh'),
  ),
  ...each(
    [PREVIEW],
    at(
      'a remote that speaks SSH, with a token: https is tried',
      env({ REPO_URL: 'git@127.0.0.1:acme/shop.git', CODE_HOST: 'gitlab', GITLAB_TOKEN: 'some' }),
      7,
      'git-unreachable',
      /https:\/\/127\.0\.0\.1\/acme\/shop/,
    ),
  ),
];

const CLAUDES: readonly Row[] = [
  ...each([FIX], at('no Claude', undefined, 7, 'claude-not-found')),
  ...each([ONCE], at('no Claude', undefined, 7, null, /paused: .*looked for again every 60 s/)),
  ...each([FIX], at('Claude hangs', both(config('{"claude":{"timeoutSeconds":1}}'), claude('sleep 600')), 6, 'claude-timeout')),
  ...each([FIX], at('Claude prints garbage', claude('echo "<html>502</html>"'), 1, 'claude-garbage')),
  ...each([FIX], at('Claude prints nothing', claude('exit 3'), 1, 'claude-failed')),
  ...each([FIX], at('Claude changes nothing and says why', claude(says('I am not sure.')), 0, 'answer-declined')),
  ...each([FIX], at('Claude writes what is there', fix('src/cart.js', CART), 1, 'answer-empty')),
  ...each([FIX], at('Claude names a path outside', fix('../../etc/passwd', 'x\n', true), 5, 'answer-outside')),
  ...each([FIX], at('Claude is over its limit', claude(says('You have hit your limit', { is_error: true })), 6, 'claude-rate-limit')),
  ...each([FIX], at('Claude breaks the syntax', fix('src/cart.js', `${CART_FIXED}}}\n`), 5, 'proof-refused')),
];

const LOGS: readonly Row[] = [
  ...each([SCAN, FIX, DRY], at('missing log', nothing, 2, 'log-not-found')),
  ...each(READ_LOG, at('log is a directory', directory, 2, 'log-is-directory')),
  ...each(
    READ_LOG,
    at(
      'log is closed to us',
      closed((place) => place.log, 0),
      2,
      'log-unreadable',
      /permission denied/,
    ),
  ),
  ...each(
    READ_LOG.map((argv) => argv.with(-1, '/proc/self/mem')),
    at('log refuses to be read', undefined, 2, 'log-unreadable'),
  ),
  ...each(
    READ_LOG.map((argv) => argv.with(-1, '/dev/null')),
    at('log is a device', undefined, 2, 'log-unreadable', /not a regular file/),
  ),
  ...each(READ_LOG, at('log is binary', log(Buffer.from(Array.from({ length: 9000 }, (_, index) => (index * 37) % 256))), 2, 'log-binary')),
  ...each(READ_LOG, at('log is all NUL', log(Buffer.alloc(5000)), 2, 'log-binary')),
  ...each(
    [SCAN, FIX],
    at('log is a .gz that was cut', log(gzipSync('2026-01-01T00:00:00.000Z INFO all is well\n').subarray(0, 40)), 2, 'log-cut'),
  ),
  ...each([SCAN, FIX], at('log is empty', log(''), 3, 'no-error-found')),
  ...each([SCAN, FIX], at('log without errors', log('2026-01-01T00:00:00.000Z INFO all is well\n'), 3, 'no-error-found')),
  ...each([DRY], at('log without errors', log('2026-01-01T00:00:00.000Z INFO all is well\n'), 0, null)),
  ...each(
    [
      ['scan', '-'],
      ['fix', '--from-log', '-'],
    ],
    at('nothing on standard input', undefined, 3, 'no-error-found'),
  ),
  ...each([SCAN], at('no UTF-8', log(Buffer.from('2026-01-01T00:00:00.000Z ERROR caf\xe9 \xff\x80\n', 'latin1')), 0, null)),
  ...each([['scan', '../*.nothing']], at('a glob without files', undefined, 2, 'log-not-found')),
  ...each([['scan'], ['fix'], ['watch', '--once'], ['scan', ''], ['fix', '--from-log', '']], at('no log named', undefined, 2, 'no-logs')),
];

const STATE: readonly Row[] = [
  ...each(
    [FIX, PREVIEW, DRY],
    at(
      'state directory closed',
      closed((place) => place.stateDir, 0o500),
      2,
      'state-unwritable',
    ),
  ),
  ...each(
    [FIX, PREVIEW, DRY].map((argv) => [...argv, '--state-dir', '../app.log/state']),
    at('state directory below a file', undefined, 2, 'state-unwritable'),
  ),
  ...each(
    [FIX, PREVIEW, DRY, ['doctor']].map((argv) => [...argv, '--state-dir', '/proc/ai-ops/state']),
    at('state directory that can never be made', undefined, 2, 'state-unwritable'),
  ),
];

/** A ledger that a machine whose clock was wrong has written: seen in 2099, tried in 2099. */
const fromTheFuture: Prepare = ({ stateDir }) => {
  const sql =
    "UPDATE incidents SET first_time='2099-01-01T00:00:00.000Z', last_time='2099-01-01T00:00:00.000Z', last_attempt_at='2099-01-01T00:00:00.000Z'";
  execFileSync('sqlite3', [join(stateDir, 'ai-ops.sqlite'), sql]);
};
/** The sources are there and nobody may read them, neither in the work tree nor as objects. */
const sourcesClosed: Prepare = (place, servers) => {
  void closed(({ repo }) => join(repo, 'src', 'cart.js'), 0)(place, servers);
  chmodSync(join(place.repo, '.git', 'objects'), 0);
};

const DECISIONS: readonly Row[] = [
  ...each([DRY, PREVIEW, ...READ_LEDGER], at('a ledger from the future', fromTheFuture, 0, null)),
  ...each([SCAN, DRY], at('a source that cannot be read is no judge', sourcesClosed, 0, null, /TypeError/)),
  ...each(
    [
      ['ignore', 'zzzzzzzz'],
      ['reset', 'zzzzzzzz'],
    ],
    at('unknown incident', undefined, 2, 'incident-not-found'),
  ),
];

const USAGE: readonly Row[] = [
  ...each([['incidents', 'a\nai-ops: error: b\nc']], at('newlines in what is typed', undefined, 2, 'incident-not-found')),
  ...each([['wacth']], at('unknown command', undefined, 2, 'usage-general', /did you mean watch/)),
  ...each(
    [
      ['watch', '--dryrun'],
      ['status', '--limit', 'abc'],
      ['completion', 'tcsh'],
    ],
    at('unknown use', undefined, 2, 'usage'),
  ),
  ...each([[...FIX, '--fingerprint', 'ffffffffffff']], at('fingerprint not in the log', undefined, 2, 'incident-not-found')),
  ...each([['status', 'zzzzzzzz']], at('unknown trace', undefined, 2, 'trace-not-found')),
  ...each([['incidents', 'zzzzzzzz']], at('unknown incident', undefined, 2, 'incident-not-found')),
];

export const ROWS: readonly Row[] = [
  ...CONFIGURATION,
  ...HOSTS,
  ...FINDINGS,
  ...REPOSITORIES,
  ...CLAUDES,
  ...LOGS,
  ...STATE,
  ...DECISIONS,
  ...USAGE,
];
