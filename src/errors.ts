// The catalogue of everything that can go wrong, and the one exception class made from it.
// A code has one message, one hint, one exit code. `{name}` in a text is filled from the parameters.
// Nothing else in the program decides by reading message text.

/** Exit codes, as in `ai-ops help` and `doc/cli.md`. */
export const EXIT = {
  done: 0,
  repairFailed: 1,
  usage: 2,
  noError: 3,
  auth: 4,
  refused: 5,
  limit: 6,
  unreachable: 7,
  bug: 70,
  interrupted: 130,
} as const;

interface Entry<M extends string = string, H extends string = string> {
  readonly exitCode: number;
  readonly message: M;
  readonly hint: H;
  /** The same call may succeed later without anybody changing anything. */
  readonly retryable?: true;
  /** Of an error that a notifier throws: nobody has got the message; it was refused for good; nobody knows. */
  readonly reach?: Reach;
  /** Of the same: whether the next message would come to the same now. */
  readonly scope?: Scope;
}

/** The texts of a code as the catalogue has them, with their placeholders. */
export const rowOf = (code: string | null): Pick<Entry, 'message' | 'hint'> | undefined =>
  code !== null && Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code as ErrorCode] : undefined;

/** Wrong with this machine, the network or a login; whatever was to be repaired has nothing to do with it. */
export function isOfMachine({ code, exitCode }: Pick<AiOpsError, 'code' | 'exitCode'>): boolean {
  return exitCode === EXIT.auth || exitCode === EXIT.unreachable || OF_MACHINE.has(code);
}

const OF_MACHINE: ReadonlySet<string> = new Set([
  'state-unwritable',
  'verify-setup-failed',
  'verify-runner-missing',
  'claude-rate-limit',
  'host-limit',
  'store-locked',
]);

export type Reach = 'nobody' | 'refused' | 'uncertain';
export type Scope = 'server' | 'message';

/** Its texts stay literal types: `Needs` reads the placeholders out of them. */
function entry<const M extends string, const H extends string>(exitCode: number, message: M, hint: H): Entry<M, H> {
  return { exitCode, message, hint };
}

function passing<const M extends string, const H extends string>(exitCode: number, message: M, hint: H): Entry<M, H> {
  return { exitCode, message, hint, retryable: true };
}

/** An error of a notifier: what is known of its message, and of the next one. */
function undelivered<M extends string, H extends string>(reach: Reach, scope: Scope, row: Entry<M, H>): Entry<M, H> {
  return { ...row, reach, scope };
}

/** Every error ai-ops can show. Add a row here, nowhere else. */
export const CATALOGUE = {
  // usage and configuration
  usage: entry(EXIT.usage, '{detail}', 'run `ai-ops {command} --help` for the options and examples'),
  'usage-general': entry(EXIT.usage, '{detail}', 'run `ai-ops --help` for the commands and examples'),
  'usage-earlier': entry(EXIT.usage, '{detail}: a word of the Python AI-Ops', '{instead}'),
  'config-invalid': entry(
    EXIT.usage,
    '{count} in the configuration{problems}',
    'correct the keys named above; `ai-ops config` shows every value and where it came from',
  ),
  'config-unreadable': entry(
    EXIT.usage,
    'cannot read the configuration file {file}: {detail}',
    'check the path, the permissions and the syntax of the file',
  ),
  'config-script': entry(
    EXIT.usage,
    'the configuration file {file} is a program and was not run',
    'name it with --config {file} if you trust it, or write the same as JSON or YAML',
  ),
  'file-exists': entry(EXIT.usage, '{file} is there already', 'give --force to overwrite it, or edit it'),
  'file-unwritable': undelivered(
    'nobody',
    'message',
    entry(EXIT.usage, 'cannot write {file}: {detail}', 'the directory has to be there, and to be writable'),
  ),
  'no-logs': entry(EXIT.usage, 'no log to read', 'name a file, a glob or `-`, or set `logs` in .aiopsrc.json'),
  'trace-not-found': entry(EXIT.usage, 'no trace {trace} in the ledger', 'run `ai-ops status` for the traces there are'),
  'trace-elsewhere': entry(EXIT.usage, 'trace {trace} is of {repository}', 'run `ai-ops retry {trace}` in a checkout of that'),
  'key-unknown': entry(
    EXIT.usage,
    'there is no key {key} in the configuration',
    'did you mean {nearest}? `ai-ops config` lists all keys, `ai-ops config --explain KEY` says what one means',
  ),
  'incident-not-found': entry(EXIT.usage, 'no incident {fingerprint} here', 'run `ai-ops incidents` for the fingerprints there are'),
  'sign-failed': entry(
    EXIT.usage,
    'commits cannot be signed with {key}: {detail}',
    'name in commit.sign a private key of ssh without a passphrase, or the .pub file of one that your agent holds',
  ),
  'sign-unbound': entry(
    EXIT.usage,
    'commit.sign stands in {file}: a repository does not say which of your keys signs',
    'set it in your own configuration file instead',
  ),
  'destination-unmeant': entry(EXIT.usage, '{words}', '{hint}'),
  'already-watched': entry(
    EXIT.usage,
    'another ai-ops (pid {pid}) is already watching {source} for this repository with this state directory',
    'end it, or give this one its own --state-dir',
  ),
  'directory-gone': entry(
    EXIT.usage,
    'the working directory is not there any more',
    'change to one that is, and run the same command again',
  ),
  // logs
  'log-not-found': entry(
    EXIT.usage,
    'no such log: {source}',
    'check the path; `watch` waits for a file that is not there yet; `watch --once`, `scan` and `fix` do not',
  ),
  'log-unreadable': entry(EXIT.usage, 'cannot read the log {source}: {detail}', 'check the permissions of the file and of its directory'),
  'log-is-directory': entry(EXIT.usage, 'the log {source} is a directory', 'name the files in it, for example {source}/*.log'),
  'log-binary': entry(
    EXIT.usage,
    'the log {source} is not text',
    'name a text log; set detect.encoding if it is UTF-16 or another encoding',
  ),
  'log-cut': entry(
    EXIT.usage,
    'the compressed log {source} is damaged or not whole; what could be unpacked of it was read',
    'make or fetch it again; `gzip -t {source}` says whether it is whole',
  ),
  'log-topic': entry(
    EXIT.usage,
    'no such topic: {source}',
    'check its name, and that the user may describe it; `kafka-topics.sh --list` names those that are there',
  ),
  'log-empty': entry(EXIT.noError, 'no record in {source}', 'check that this is the right topic, and that something writes to it'),
  'log-refused': entry(EXIT.auth, '{source} may not be read: {detail}', 'log in again where it reads from; `ai-ops doctor` tries it'),
  'log-name': entry(
    EXIT.usage,
    '{source} names no log: {detail}',
    'write journald:UNIT, docker:NAME, kubernetes:NAMESPACE/NAME, kubernetes:NAMESPACE/LABEL=VALUE or cloudwatch:GROUP; `./{source}` is a file of that name',
  ),
  'log-command-unbound': entry(
    EXIT.usage,
    'only {file} asks for {program} to be run to read logs: {command}',
    'if it is yours, `ai-ops config --trust {program}`; or name it as `logs` in your own configuration file',
  ),
  'program-unbound': entry(
    EXIT.usage,
    '{program} is not run: only {file} of the repository asks for it, in {key}',
    'if it is yours, `ai-ops config --trust {program}`; or give it in the environment or in a file named by --config',
  ),
  'file-unbound': entry(
    EXIT.usage,
    '{path} is not read: only {file} of the repository asks for it, in {key}',
    'if that is meant, `ai-ops config --trust {path}`; or give it on the command line, in the environment or in a file named by --config',
  ),
  'log-command': entry(
    EXIT.unreachable,
    'the command of {source} ended {ending}: {detail}',
    'run it by hand to see what it wants; `ai-ops doctor` tries it',
  ),
  'log-unreachable': entry(
    EXIT.unreachable,
    '{source} cannot be read now: {detail}',
    'check the name and the network; `watch` goes on trying',
  ),
  'log-query': entry(EXIT.usage, '{source} cannot be asked so: {detail}', 'correct the address: its path, its query or its limit'),
  'log-no-time': entry(
    EXIT.usage,
    '{source} cannot be followed: {detail}',
    'name the field that holds the time of a record as ?time=FIELD; it must be mapped as date or date_nanos',
  ),
  'log-address': entry(EXIT.usage, 'the address {source} {detail}', 'correct it; the key logs in the configuration page has the forms'),
  'log-unbound': entry(
    EXIT.usage,
    'the secret {variable} would go to {host}, which only {file} names',
    'if it is yours, `ai-ops config --trust {host}`; or give the log in LOG_FILE_PATH or on the command line',
  ),
  'no-error-found': entry(EXIT.noError, 'no error found in {source}', 'lower --level, add a keyword, or check that this is the right log'),
  // state
  'state-unwritable': entry(
    EXIT.usage,
    'cannot write the state directory {dir}: {detail}',
    'make it writable, or choose another with --state-dir',
  ),
  'state-of-others': entry(
    EXIT.usage,
    'not used: {path} {detail}',
    'make it your own (`chown`, `chmod go-w {path}`), or choose another state directory with --state-dir',
  ),
  'temporary-unwritable': entry(
    EXIT.usage,
    'the temporary directory {dir} cannot be used: {detail}',
    'set TMPDIR to a directory that is there and takes files',
  ),
  'ledger-damaged': entry(
    EXIT.usage,
    'the ledger {file} was damaged and is now {aside}',
    'a new ledger has been started; keep the old file if you want to recover it with sqlite3',
  ),
  'ledger-changes-damaged': entry(
    EXIT.usage,
    'changes to the ledger {file} could not be carried out and are now in {aside}',
    'the ledger goes on from what stands in it, and what was read of the logs since is read again; what became of a repair since stands only in that file, which is text',
  ),
  'ledger-unreadable': entry(
    EXIT.usage,
    'the ledger {file} cannot be read: {detail}',
    'check its permissions; if it is damaged, the next `ai-ops watch` or `ai-ops fix` sets it aside and starts a new one',
  ),
  'ledger-absent': entry(
    EXIT.usage,
    'there is no ledger at {path}',
    'name the state directory of a box, or its ai-ops.sqlite; a copy needs ai-ops.sqlite.changes beside it, where that is there',
  ),
  'ledger-foreign': entry(
    EXIT.usage,
    'the file {file} is no ledger of ai-ops',
    'choose another state directory with --state-dir, or another file with TRACE_DB_PATH',
  ),
  'ledger-locked': passing(
    EXIT.unreachable,
    'the ledger {file} is locked by process {pid}',
    'wait for it to end; if no such process exists, delete {lock}',
  ),
  'ledger-newer': entry(
    EXIT.usage,
    'the ledger {file} was written by a newer ai-ops (schema {found}, this one knows {known})',
    'update ai-ops, or use another --state-dir',
  ),
  // repository
  'no-repository': entry(EXIT.usage, 'no git repository at {path}', 'run ai-ops inside the repository, or set repo.path or repo.url'),
  'repository-twice': entry(
    EXIT.usage,
    'two entries of `repos` are one repository: {first} and {second}',
    'remove one of them; several directories of one repository are one entry',
  ),
  'repository-empty': entry(
    EXIT.usage,
    'the repository {remote} has no commit',
    'push a first commit, or set repo.baseBranch to a branch that has one',
  ),
  'repository-unsupported': entry(
    EXIT.usage,
    'the repository {remote} cannot be read: {detail}',
    'use a SHA-1 repository with the usual files layout, or set repo.url to an https remote',
  ),
  'remote-ssh': entry(
    EXIT.usage,
    'the remote {remote} speaks SSH and no https address is known for it',
    'set repo.url to the https address of the repository',
  ),
  'remote-plain-http': entry(
    EXIT.usage,
    'the remote {remote} would send the token in clear',
    'use https; plain http is accepted for loopback addresses only',
  ),
  'branch-not-found': entry(EXIT.usage, 'the remote {remote} has no branch {branch}', 'correct repo.baseBranch'),
  'git-auth': entry(
    EXIT.auth,
    'the remote {remote} refused the token: {detail}',
    'give the token read and write access to this repository',
  ),
  'git-not-found': entry(
    EXIT.auth,
    'the remote {remote} was not found: {detail}',
    'check the address, and that the token can see a private repository',
  ),
  'git-unreachable': passing(
    EXIT.unreachable,
    'the remote {remote} could not be reached: {detail}',
    'check the network, the proxy, the certificate (SSL_CERT_FILE names authorities of your own) and the address, then try again',
  ),
  'push-rejected': entry(
    EXIT.auth,
    'the remote refused the branch {branch}: {detail}',
    'allow the token to create this branch, and check the rules of the repository',
  ),
  'rule-refused': entry(EXIT.auth, 'a rule of the repository refuses the branch {branch}: {detail}', '{advice}'),
  'branch-blocked': entry(
    EXIT.usage,
    'git cannot have the branch {branch} beside the branch {other}',
    'set request.branchPrefix to another beginning, or delete {other} on the host',
  ),
  'branch-taken': entry(
    EXIT.repairFailed,
    'the branch {branch} exists already with other commits',
    'look at the branch; delete it on the host if ai-ops may propose the fix again',
  ),
  'store-damaged': passing(
    EXIT.repairFailed,
    'our copy of {remote} was damaged: {detail}',
    'it has been removed and is fetched again on the next run',
  ),
  'store-locked': passing(
    EXIT.unreachable,
    'our copy of {remote} is in use by process {pid}',
    'wait for it to end; if no such process exists, delete {lock}',
  ),
  // Claude
  'claude-not-found': entry(
    EXIT.unreachable,
    'the Claude Code CLI `{command}` was not found',
    'install it with `npm install -g @anthropic-ai/claude-code`, or set claude.command',
  ),
  'claude-auth': entry(EXIT.auth, 'Claude refused the login: {detail}', 'run `claude` once and log in, or set ANTHROPIC_API_KEY'),
  'claude-rate-limit': passing(EXIT.limit, 'Claude is over its rate or usage limit: {detail}', 'wait and try again; nothing was changed'),
  'claude-budget': entry(
    EXIT.limit,
    'the budget of {limit} USD for one repair is used up',
    'raise claude.maxBudgetUsd, or look at the incident yourself',
  ),
  'claude-turns': entry(EXIT.limit, 'Claude stopped at the limit of {limit} turns', 'raise claude.maxTurns, or use code_blocks mode'),
  'claude-timeout': passing(
    EXIT.limit,
    'Claude did not answer within {seconds} s and was ended',
    'raise claude.timeoutSeconds, or check the network',
  ),
  'claude-garbage': entry(
    EXIT.repairFailed,
    'Claude answered in a form that could not be read: {detail}',
    'check the versions with `ai-ops doctor`; the answer is in the trace',
  ),
  'claude-failed': entry(EXIT.repairFailed, 'Claude ended with an error: {detail}', 'run `ai-ops doctor`; the trace holds what it printed'),
  'claude-unreachable': passing(
    EXIT.unreachable,
    'Claude could not be reached: {detail}',
    'check the network, the proxy and ANTHROPIC_BASE_URL, then try again',
  ),
  'claude-model': entry(
    EXIT.unreachable,
    'where Claude is asked there is no such model: {detail}',
    'set claude.model (or ANTHROPIC_MODEL) to one that is offered there, or correct the address; `ai-ops doctor --canary` tries it',
  ),
  'claude-unsupported': entry(
    EXIT.unreachable,
    'the Claude Code CLI {version} does not know {flag}, which keeps it within its walls',
    'update it with `claude update` or `npm install -g @anthropic-ai/claude-code`, then run `ai-ops doctor`',
  ),
  'claude-walls': entry(
    EXIT.refused,
    'the Claude Code CLI {version} ran with {detail}, which ai-ops had forbidden; its answer is not used',
    'look for settings that an administrator of this machine has forced on the CLI (managed settings)',
  ),
  'claude-args-refused': entry(
    EXIT.usage,
    'claude.args may not hold {arg}: it takes down a safety wall, or may do so',
    'remove it from claude.args and CLAUDE_ARGS, or name it in claude.unsafeArgs outside of the repository; allowed are {allowed}',
  ),
  // answer and judgement
  'answer-empty': entry(EXIT.repairFailed, 'Claude proposed no change', 'read its words with `ai-ops status {trace}`'),
  'answer-declined': entry(
    EXIT.done,
    'Claude says that nothing should be changed',
    'read why with `ai-ops status {trace}`; `ai-ops fix --fingerprint` asks again',
  ),
  'answer-unusable': entry(
    EXIT.repairFailed,
    'the answer could not be applied: {detail}',
    'read it with `ai-ops status {trace}`; agentic mode may do better',
  ),
  'test-reproduces': entry(
    EXIT.repairFailed,
    'your test shows the error of the log, as it should: give that same test again, unchanged, together with the fix that makes it pass',
    'the fix did not come: read the trace with `ai-ops status {trace}`',
  ),
  'test-shows-nothing': entry(
    EXIT.refused,
    'the test does not show the error of the log, so no fix was asked for: {detail}',
    'read it with `ai-ops status {trace}`; without `--test-first` the fix is asked for at once',
  ),
  'answer-outside': entry(
    EXIT.refused,
    'the answer names a file that is not in the repository: {path}',
    'nothing was written; read the answer with `ai-ops status {trace}`',
  ),
  'change-unsafe': entry(
    EXIT.refused,
    'the change to {path} may not be written: {detail}',
    'nothing was committed; read the diff with `ai-ops status`',
  ),
  'guard-patch-only': entry(
    EXIT.refused,
    'the guard leaves this change to a person: {detail}',
    'read the patch with `ai-ops status {trace}` and apply it yourself if it is right',
  ),
  'guard-refused': entry(
    EXIT.refused,
    'the guard refused the change: {detail}',
    'read the diff with `ai-ops status {trace}`; policy.protectedPaths and policy.max* hold the rules',
  ),
  'proof-refused': entry(EXIT.refused, 'the fix was refused: {detail}', 'read the diff and the output with `ai-ops status {trace}`'),
  'verify-setup-failed': entry(
    EXIT.repairFailed,
    'verify.setup failed before the fix: {detail}',
    'read what it printed with `ai-ops status {trace}`; run it by hand in a clean clone',
  ),
  'verify-runner-missing': entry(
    EXIT.repairFailed,
    'the tests cannot be run on this machine: {detail}',
    'Claude was not asked; install what is missing, or name other commands in verify.setup and verify.test (`[]` repairs without tests)',
  ),
  // decisions
  'policy-skip': entry(EXIT.done, 'not repaired: {reason}', '`ai-ops explain FINGERPRINT` says why, and which key of the policy decides'),
  'reply-skipped': entry(EXIT.done, 'nothing was done about what was asked for: {why}', 'the request is looked at again by itself'),
  'base-mended': entry(
    EXIT.done,
    'the base mends it already, at {commit}: the test of the fix is green without it',
    'the request is closed; where the error comes back, it is repaired again',
  ),
  'base-conflict': entry(
    EXIT.refused,
    'the change does not fit the base any more: {paths}',
    'resolve the conflict on the branch, or close the request and ask for another fix with `ai-ops fix --again`',
  ),
  'issue-opened': entry(
    EXIT.done,
    'told in an issue, not proposed: {why}',
    'the patch stands in it, and in `ai-ops status {trace}`; policy.openAt says what is proposed',
  ),
  'below-open-at': entry(
    EXIT.refused,
    'not proposed: {why}',
    'read the patch with `ai-ops status {trace}`; policy.openAt says what is proposed, policy.issues whether an issue tells of the rest',
  ),
  'claimed-elsewhere': passing(
    EXIT.done,
    'not repaired: another box is repairing it (its claim holds until {until})',
    'it is looked at again by itself; the request will be shown here',
  ),
  'tried-elsewhere': passing(
    EXIT.done,
    'not repaired: another box tried it ({ending}), not before {until}',
    'look into that box with `ai-ops status`; `ai-ops fix` tries it here all the same',
  ),
  'policy-limit': entry(EXIT.limit, 'not repaired: {reason}', 'raise the limit in the policy, or wait'),
  'retry-needs-answer': entry(
    EXIT.refused,
    'trace {trace} cannot go on with its answer: {reason}',
    'a new answer is needed: `ai-ops fix --from-log LOG --fingerprint {fingerprint}` asks Claude for one',
  ),
  'repair-taken': passing(EXIT.done, 'another ai-ops is repairing {fingerprint} now', 'see `ai-ops status`'),
  // hosts
  'certificates-unreadable': entry(
    EXIT.usage,
    '{variable} names {file}, which holds no certificate that can be read',
    'name a file with the certificates of your authorities in PEM, or unset {variable}',
  ),
  'token-missing': entry(EXIT.auth, 'no token for {host}', 'set {variable}, or codeHost.kind to local to get a patch instead of a request'),
  'token-unbound': entry(
    EXIT.usage,
    'the token is not sent to {host}: only {file} of the repository names that host',
    'if it is yours, `ai-ops config --trust {host}`; or say so by {variable} in the environment, a file named by --config, or the checkout’s remote',
  ),
  'password-unbound': entry(
    EXIT.usage,
    'the mail password is not sent to {host}: only {file} of the repository names that server',
    'if it is yours, `ai-ops config --trust {host}`; or say so by SMTP_SERVER in the environment',
  ),
  'webhook-unbound': entry(
    EXIT.usage,
    'nothing is signed with WEBHOOK_SECRET for {host}: only {file} of the repository names that address',
    'if it is yours, `ai-ops config --trust {host}`; or set WEBHOOK_URL in the environment',
  ),
  'host-auth': entry(
    EXIT.auth,
    '{host} refused the token: {detail}',
    'make a new token with the rights named in the README and set {variable}',
  ),
  'host-forbidden': entry(EXIT.auth, '{host} does not allow this: {detail}', '{grant}'),
  'host-not-found': entry(
    EXIT.auth,
    '{host} knows no project {project}, or the token may not see it',
    'check codeHost.project and the rights of the token',
  ),
  'issues-off': entry(
    EXIT.refused,
    'the issue tracker of {project} on {host} is switched off',
    'switch it on, or set policy.issues to false; the patch and the words stand in `ai-ops status {trace}`',
  ),
  'host-invalid': entry(
    EXIT.repairFailed,
    '{host} refused the request: {detail}',
    'the branch is pushed; open the request by hand or correct the cause and try again',
  ),
  'host-moved': entry(
    EXIT.usage,
    '{host} sends the request on to {location}',
    'set codeHost.baseUrl and codeHost.project to the new address if you trust it',
  ),
  'host-limit': passing(EXIT.limit, '{host} is over its rate limit: {detail}', 'wait until {until}'),
  'host-unreachable': passing(
    EXIT.unreachable,
    '{host} could not be reached: {detail}',
    'check the network, the proxy, the certificate (SSL_CERT_FILE names authorities of your own) and codeHost.baseUrl',
  ),
  'host-garbage': passing(
    EXIT.unreachable,
    '{host} answered something that is not its API: {detail}',
    'check codeHost.baseUrl; a sign-in page or a proxy may stand in between',
  ),
  // mail
  'mail-address': undelivered('refused', 'message', entry(EXIT.usage, 'not a mail address: {address}', 'correct mail.to and mail.from')),
  'mail-ca': entry(EXIT.usage, 'cannot read the certificates of mail.ca, {file}: {detail}', 'name a file of PEM certificates'),
  'mail-auth': undelivered(
    'nobody',
    'server',
    entry(
      EXIT.auth,
      'the mail server {host} refused the login: {detail}',
      'check SMTP_USER and SMTP_PASSWORD; a server that takes only tokens of OAuth2 (XOAUTH2, OAUTHBEARER) needs SMTP_OAUTH_TOKEN or mail.tokenCommand',
    ),
  ),
  'mail-token': undelivered(
    'nobody',
    'server',
    entry(
      EXIT.auth,
      'no token for the mail server: {detail}',
      'run the command of mail.tokenCommand by hand: it has to print the token alone',
    ),
  ),
  'mail-token-unbound': entry(
    EXIT.usage,
    'mail.tokenCommand of {file} is not run: a file of the repository under repair may name no command',
    'set SMTP_OAUTH_COMMAND in the environment, or the key in your own file or one named by --config',
  ),
  'mail-insecure': undelivered(
    'nobody',
    'server',
    entry(EXIT.auth, 'the mail server {host} offers no encryption', 'use port 465 with mail.secure, or a server with STARTTLS'),
  ),
  'mail-deferred': undelivered(
    'nobody',
    'message',
    passing(
      EXIT.unreachable,
      'the mail server {host} does not take the mail now: {detail}',
      'nothing to do: it is tried again by `ai-ops watch`, and after each `ai-ops fix` and `ai-ops retry`',
    ),
  ),
  'mail-rejected': undelivered(
    'refused',
    'message',
    entry(EXIT.repairFailed, 'the mail server {host} refused the mail: {detail}', 'check mail.from and mail.to'),
  ),
  'mail-unreachable': undelivered(
    'nobody',
    'server',
    passing(
      EXIT.unreachable,
      'the mail server {host} could not be reached: {detail}',
      'check mail.host, mail.port, mail.secure (true for port 465 only), the certificate (mail.ca) and the network; nothing was delivered, it is tried again',
    ),
  ),
  'mail-tls': undelivered(
    'nobody',
    'server',
    passing(
      EXIT.unreachable,
      'no encrypted connection to the mail server {host}: {detail}',
      'port 465 goes with mail.secure, other ports without it; for a certificate of your own authority set mail.ca',
    ),
  ),
  'mail-uncertain': undelivered(
    'uncertain',
    'message',
    entry(
      EXIT.repairFailed,
      'the mail may or may not have been delivered: {detail}',
      'look in the mailbox; it is not sent again by itself',
    ),
  ),
  // webhook
  'webhook-url': entry(
    EXIT.usage,
    'WEBHOOK_URL is no address that can be posted to',
    'set it to the https:// address that the other side has given, without a user in it (http:// for loopback addresses only)',
  ),
  'webhook-unreachable': undelivered(
    'nobody',
    'server',
    passing(
      EXIT.unreachable,
      'the webhook at {host} could not be reached: {detail}',
      'check WEBHOOK_URL, the network, the proxy and the certificate (SSL_CERT_FILE); nothing was delivered, it is tried again',
    ),
  ),
  'webhook-deferred': undelivered(
    'nobody',
    'server',
    passing(
      EXIT.unreachable,
      'the webhook at {host} does not take the message now: {detail}',
      'nothing to do: it is tried again by `ai-ops watch`, and after each `ai-ops fix` and `ai-ops retry`',
    ),
  ),
  'webhook-closed': undelivered(
    'nobody',
    'server',
    entry(
      EXIT.auth,
      'the webhook at {host} does not accept the address or its signature: {detail}',
      'check WEBHOOK_URL, WEBHOOK_SECRET, and what the other side asks of a message (keywords, addresses)',
    ),
  ),
  'webhook-rejected': undelivered(
    'refused',
    'message',
    entry(
      EXIT.repairFailed,
      'the webhook at {host} refused the message: {detail}',
      'check notify.webhook: it has to be the form of the other side',
    ),
  ),
  'sentry-deferred': undelivered(
    'nobody',
    'server',
    passing(
      EXIT.unreachable,
      'Sentry at {host} does not take the note now: {detail}',
      'nothing to do: it is tried again by `ai-ops watch`, and after each `ai-ops fix` and `ai-ops retry`',
    ),
  ),
  'sentry-refused': undelivered(
    'refused',
    'message',
    entry(
      EXIT.auth,
      'Sentry at {host} refuses the note: {detail}',
      'give the token the right to write events (event:write), or set sentry.note to false',
    ),
  ),
  'webhook-uncertain': undelivered(
    'uncertain',
    'message',
    entry(
      EXIT.repairFailed,
      'the message to {host} may or may not have been delivered: {detail}',
      'look there; it is not sent again by itself',
    ),
  ),
  // programs
  'program-not-found': entry(
    EXIT.unreachable,
    'the program `{program}` was not found',
    'install it, or correct the command in the configuration',
  ),
  'claude-not-shut': entry(
    EXIT.unreachable,
    'verify.sandbox is required, and `{command}` does not start in a sandbox',
    'set claude.command to the program itself rather than a wrapper, or verify.sandbox to auto',
  ),
  'sandbox-missing': entry(
    EXIT.unreachable,
    'verify.sandbox is required, and no sandbox can be started here: {detail}',
    'install bubblewrap and allow user namespaces (`bwrap --ro-bind / / true` says what is missing), or set verify.sandbox to auto',
  ),
  interrupted: entry(EXIT.interrupted, 'interrupted', 'what was done is kept; run the same command again to go on'),
  bug: entry(EXIT.bug, 'ai-ops made a mistake: {detail}', 'please report it with the output of --verbose'),
} as const satisfies Readonly<{ [code: string]: Entry }>;

export type ErrorCode = keyof typeof CATALOGUE;

/** The names in `{…}` of a text. */
type Placeholder<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;

/** Of a hint, `{trace}` is filled when the outcome of a repair is concluded: who fails need not know it. */
type FilledLater = 'trace';

type Needs<C extends ErrorCode> = C extends ErrorCode
  ? Placeholder<(typeof CATALOGUE)[C]['message']> | Exclude<Placeholder<(typeof CATALOGUE)[C]['hint']>, FilledLater>
  : never;

/** What the texts of a code are filled with: exactly their placeholders. */
export type ErrorParameters<C extends ErrorCode = ErrorCode> = Readonly<Record<Needs<C>, string | number>>;

/** `fail(code, parameters, cause)`; a code without placeholders needs no parameters. */
type Rest<C extends ErrorCode> = [Needs<C>] extends [never]
  ? [parameters?: Readonly<Record<string, never>>, cause?: unknown]
  : [parameters: ErrorParameters<C>, cause?: unknown];

type Parameters = Readonly<Record<string, string | number>>;

/** The only exception class. Made by `fail`, shown by `main.ts`, kept in step rows. */
export class AiOpsError extends Error {
  override readonly name = 'AiOpsError';
  readonly code: ErrorCode;
  readonly hint: string;
  readonly exitCode: number;
  readonly retryable: boolean;
  readonly reach: Reach | undefined;
  readonly scope: Scope | undefined;

  constructor(code: ErrorCode, parameters: Parameters = {}, cause?: unknown) {
    const row: Entry = CATALOGUE[code];
    super(fill(row.message, parameters), cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = remedyOf(code, parameters, cause) ?? filledHint(row.hint, parameters);
    this.exitCode = isPassing(code, parameters, cause) ? EXIT.unreachable : row.exitCode;
    this.retryable = row.retryable === true;
    this.reach = row.reach;
    this.scope = row.scope;
  }
}

/**
 * Makes the error for `throw`.
 * @example throw fail('log-not-found', { source: 'app.log' })
 */
export function fail<C extends ErrorCode>(code: C, ...[parameters, cause]: Rest<C>): AiOpsError {
  return new AiOpsError(code, parameters, cause);
}

/** Anything thrown, as a catalogue error: what is not one of ours is our own bug. */
export function asAiOpsError(thrown: unknown): AiOpsError {
  if (thrown instanceof AiOpsError) return thrown;
  // What was closed on the way out failed too, often of the same cause: what came first says why.
  if (thrown instanceof SuppressedError) return asAiOpsError(thrown.suppressed);
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return fail('bug', { detail }, thrown);
}

/** Refusals of the file system, whose reason says better than the code what to do. */
const OF_FILES: ReadonlySet<ErrorCode> = new Set(['log-unreadable', 'state-unwritable', 'file-unwritable', 'config-unreadable'] as const);

/** By the system's names of errors (errno(3)); what is not here is a matter of permissions, as the rows of the catalogue say. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'free some space on that disk, or choose another place',
  EDQUOT: 'free some space of your quota, or choose another place',
  ENOTDIR: 'check the path: a part of it is a file',
  EROFS: 'that file system is read-only: choose another place',
  EMFILE: 'end other programs, or raise the limit of open files (`ulimit -n`)',
  ENFILE: 'end other programs, or raise the limit of open files (`ulimit -n`)',
  EIO: 'check the disk: the system log says more',
};

/** What another process may mend: a service manager may begin again, which it does not for what the user has to mend. */
const PASSING: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE']);

const isPassing = (code: ErrorCode, { detail }: Parameters, cause: unknown): boolean =>
  code === 'state-unwritable' && PASSING.has(reasonOf(detail, cause));

function remedyOf(code: ErrorCode, { detail }: Parameters, cause: unknown): string | undefined {
  if (!OF_FILES.has(code)) return undefined;
  if (String(detail).startsWith('not a regular file')) return 'let another program read it, and pipe that in as `-`';
  const reason = reasonOf(detail, cause);
  if (reason === 'ENOENT' && code.endsWith('-unwritable')) return 'check the path: a directory of it is not there';
  return REMEDIES[reason];
}

/** The system's name of what was refused, by the error that it threw or by its words. */
function reasonOf(detail: unknown, cause: unknown): string {
  const named = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
  return named in REMEDIES ? named : (/^E[A-Z]+(?=$|:)/.exec(String(detail))?.[0] ?? named);
}

function fill(text: string, parameters: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(parameters[name] ?? whole));
}

/** What stands between back-quotes is typed into a shell: a value of a stranger's stays one word there. */
function filledHint(text: string, parameters: Parameters): string {
  return text
    .split('`')
    .map((part, at) => fill(part, at % 2 === 0 ? parameters : Object.fromEntries(Object.entries(parameters).map(typed))))
    .join('`');
}

const typed = ([name, value]: readonly [string, string | number]): readonly [string, string] => {
  const text = String(value);
  return [name, /^[\w./:@%+=,~-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`];
};

/** An error as a finding of `doctor`. */
export function failedCheck(name: string, { code, message, hint, exitCode }: AiOpsError) {
  return { name, status: 'failed' as const, code, detail: message, hint, exitCode };
}
