// Every key of the configuration in one table: its variables, kind, default and meaning. `Config`, the JSON Schema,
// `doc/configuration.md` and all checks come from it. No reading and no checking happens here.
import { ALL_HOSTS, TOKEN_VARIABLES_WORDS, variablesOf } from '../adapters/hosts/about.ts';
import { commandName } from '../core/log-commands.ts';
import { FIX_MODES, HOST_KINDS, LEVELS, PROOF_LEVELS, TRIAGE_CLASSES } from '../core/tables.ts';
import type { TextLanguage } from '../core/texts/phrases.ts';
import {
  amount,
  argumentList,
  choice,
  choices,
  commaList,
  commandList,
  encodingLabel,
  fileName,
  line,
  logList,
  optionalCommandList,
  optionalLine,
  optionalPrices,
  optionalRemote,
  optionalWebAddress,
  optionalZone,
  patternList,
  program,
  repositoryList,
  toggle,
  whole,
} from './kinds.ts';
import { MAIL_KEYS, NOTIFY_KEYS } from './mail-keys.ts';
import { COMMIT_KEYS, FOLLOW_KEYS, REQUEST_KEYS } from './request-keys.ts';
import { type Row, row } from './row.ts';

/** The table. The order is the order of documents and of `ai-ops config`. */
export const KEYS = {
  logs: row(
    logList(),
    [],
    'Logs to follow: paths or globs, `-` for standard input, `journald:UNIT`, `docker:NAME`, `kubernetes:NAMESPACE/NAME` or `kubernetes:NAMESPACE/LABEL=VALUE`, `cloudwatch:GROUP`, or addresses: `elasticsearch://[USER@]HOST[:PORT]/INDEX` (also `opensearch://`), `loki://[USER@]HOST[:PORT]/?query=LOGQL`, `sentry://HOST/ORGANIZATION[/PROJECT]` (also GlitchTip); see [logs on servers](running.md#logs-on-servers). `{"path": …}` is one with a `timezone` (as `detect.timezone`), a `service` (of records that name none) or a `repository` (`url` of an entry of `repos`) of its own, `{"command": […], "cursor": …}` [a command](running.md#from-a-command). `kafka://broker:9092,…/topic?group=NAME` is a topic, which all boxes of that group share out among them; further `writer=FIELD` (who wrote a record without a key), `tls=on`, `ca=FILE`, `sasl=plain`, `scram-sha-256` or `scram-sha-512`, `user=NAME`.',
    {
      env: ['LOG_FILE_PATH'],
      paths: true,
      reach: 'file',
    },
  ),
  'sentry.note': row(
    toggle(),
    true,
    'Write the address of the request as a note on the issue of Sentry or GlitchTip that an incident came from.',
  ),
  'sentry.resolve': row(toggle(), false, 'Mark that issue as resolved when the fix is confirmed.'),
  keywords: row(
    commaList('a list of words, for example ["ERROR", "Exception"]'),
    ['ERROR', 'Exception', 'CRITICAL', 'FATAL', 'SEVERE', 'PANIC', 'Traceback', 'Unhandled'],
    'Words that make a line an error when the line itself states no level.',
    { env: ['KEYWORDS'] },
  ),
  'dedupe.windowSeconds': row(
    whole(0, 31_536_000),
    3600,
    'Seconds after an attempt during which the same incident is not repaired again.',
    {
      env: ['DEDUP_WINDOW_SECONDS'],
    },
  ),
  'detect.level': row(choice(...LEVELS, 'all'), 'error', 'Lowest level that counts as an error; `all` takes every record.'),
  'detect.ignore': row(
    patternList(),
    [],
    'Texts, or regular expressions as `/…/i`; an event whose first 16,384 signs hold one is not counted. What would make an expression slow is refused: look-around (`(?=`), back-references (`\\1`), more than 1,000 states in all.',
  ),
  'detect.encoding': row(
    encodingLabel(),
    'auto',
    'Encoding of the logs, a label of the WHATWG Encoding Standard; `auto` is UTF-8, UTF-16 where a byte order mark says so, and guessed for lines that are neither.',
  ),
  'detect.timezone': row(
    optionalZone(),
    null,
    'Time zone of times in the logs that name none: a name such as `Europe/Berlin`, or an offset such as `+08:00`.',
    { env: ['TZ'], defaultText: "the machine's" },
  ),
  'detect.quietMs': row(whole(0, 600_000), 500, 'Milliseconds without a new line after which an open event is complete.', {
    env: ['DEBOUNCE_SECONDS'],
  }),
  'repo.url': row(optionalRemote(TOKEN_VARIABLES_WORDS), null, 'Address of the repository to repair.', {
    env: ['REPO_URL'],
    defaultText: '`origin` of the enclosing repository',
    reach: 'server',
  }),
  'repo.path': row(optionalLine('a path'), null, 'Path of a checkout to repair; it is read, never written to.', {
    defaultText: 'the enclosing repository',
    paths: true,
    reach: 'file',
  }),
  'repo.baseBranch': row(optionalLine('the name of a branch'), null, 'Branch that fixes start from and requests target.', {
    defaultText: 'the default branch of the remote',
  }),
  'repo.subdir': row(optionalLine('a path within the repository'), null, 'Directory of the service within the repository.', {
    defaultText: 'the root of the repository',
  }),
  repos: row(
    repositoryList(),
    [],
    'Repositories that one `watch` repairs, in place of the one it stands in: `url` (an address, or the path of a checkout), `services` (names that its programs have in records), `paths` (globs of its logs and of directories that its programs run in), `subdir`, `baseBranch`, and of its own `tokenVariable` (the variable with its token, where that is not the one of its host), `mailTo`, `maxRepairsPerDay` and `maxUsdPerDay`. See [many repositories](running.md#many-repositories).',
  ),
  'codeHost.kind': row(
    choice('auto', ...HOST_KINDS),
    'auto',
    "Where requests are opened; `auto` judges by the remote's address and takes `local` when there is no token.",
    { env: ['CODE_HOST'] },
  ),
  'codeHost.baseUrl': row(
    optionalWebAddress(),
    null,
    `Address ${ALL_HOSTS.map(({ baseUrlIs, label }) => `of the ${baseUrlIs} (${label})`).join(' or ')}, for servers of your own.`,
    {
      env: variablesOf('codeHost.baseUrl'),
      defaultText: "from the remote's address",
      reach: 'server',
    },
  ),
  'codeHost.project': row(
    optionalLine('a project such as owner/name'),
    null,
    'Project on the code host: `owner/name`, or `group/subgroup/name`.',
    {
      env: variablesOf('codeHost.project'),
      defaultText: "from the remote's address",
    },
  ),
  'claude.command': row(program(), 'claude', 'Program of the Claude Code CLI.', { env: ['CLAUDE_COMMAND'], reach: 'program' }),
  'claude.args': row(
    argumentList(),
    [],
    'Further arguments for it; as a variable a JSON array or words quoted as for a shell, never expanded.',
    {
      env: ['CLAUDE_ARGS'],
    },
  ),
  'claude.unsafeArgs': row(
    commaList('names of flags, for example ["--mcp-config"]'),
    [],
    'Flags, each by its name such as `--mcp-config`, that `claude.args` may hold although a safety wall goes down with them. Every request is then a draft that names them. Not read from a file of the repository.',
    { reach: 'wall' },
  ),
  'claude.mode': row(
    choice(...FIX_MODES),
    'code_blocks',
    '`code_blocks`: Claude sees the files of the trace and answers with whole files or exact edits, without tools; `agentic`: it reads and edits a throw-away work tree.',
    { env: ['CLAUDE_FIX_MODE'] },
  ),
  'claude.model': row(optionalLine('the name of a model'), null, 'Model to ask for.', { defaultText: 'the default of the CLI' }),
  'claude.usdPerMTokens': row(
    optionalPrices(),
    null,
    'Prices of a model that the CLI does not know: cost is then counted from the tokens that it names. The limit within one answer still goes by its own prices.',
    { defaultText: "the CLI's own prices" },
  ),
  'claude.timeoutSeconds': row(whole(1, 86_400), 900, 'Seconds after which Claude is ended.'),
  'claude.maxTurns': row(whole(1, 1000), 40, 'Turns that Claude may take in one repair.'),
  'claude.maxBudgetUsd': row(amount(0.01, 1000), 2, 'US dollars that one repair may cost.'),
  'claude.maxContextTokens': row(
    whole(1000, 1_000_000),
    30_000,
    'Tokens that the files of one prompt may take in code_blocks mode, at about four bytes each; the likeliest files first, what does not fit is shown in parts. `fix --dry-run` shows them.',
  ),
  'claude.maxRetries': row(
    whole(0, 5),
    1,
    'Further answers that Claude is asked for in one repair, told what was wrong: where an answer cannot be applied, changes nothing, is refused by the guard or breaks the proof, and at least half of `claude.maxBudgetUsd` is left. `0` for none.',
  ),
  'claude.testFirst': row(
    toggle(),
    false,
    'Ask Claude for the test before the fix: the fix is paid for only once that test shows the error of the log. In code_blocks and agentic mode.',
  ),
  'verify.setup': row(
    optionalCommandList(),
    null,
    'Commands that prepare a fresh work tree, for example `npm ci`; `[]` for none. Not run again for the next repair while lock files, manifests and tools are the same.',
    {
      defaultText: 'found from the repository where it is plain',
      reach: 'proof',
    },
  ),
  'verify.check': row(commandList(), [], 'Commands that must pass for proof level L1: linters, type checks, builds.', { reach: 'proof' }),
  'verify.test': row(optionalCommandList(), null, 'Commands that must pass for proof level L2: the tests; `[]` for none.', {
    env: ['VERIFY_TEST'],
    defaultText: 'found from the repository where it is plain',
    reach: 'proof',
  }),
  'verify.env': row(
    commaList('names of variables, for example ["DATABASE_URL"]'),
    [],
    'Variables of your environment that setup, checks and tests need beside the usual ones of tools, languages and proxies; all others they do not see. A file of the repository cannot name one that is called like a secret.',
    { reach: 'wall' },
  ),
  'verify.sandbox': row(
    choice('auto', 'required', 'off'),
    'auto',
    'Run each of these commands, and Claude, in a sandbox (bubblewrap on Linux): processes, HOME and TMPDIR of its own, nothing of yours but tools. `auto`: where this machine lets one start; `required`: no repair without one; `off`, which counts as `auto` where only a file of the repository says so.',
    { reach: 'wall' },
  ),
  'verify.network': row(
    choice('none', 'setup', 'all'),
    'setup',
    'What of these commands reaches the network in a sandbox: none, setup, or checks and tests too. Without it they have a loopback of their own.',
  ),
  'verify.read': row(
    commaList('a list of paths, for example ["~/.m2/settings.xml"]'),
    [],
    'Files and directories that these commands may read in a sandbox beside the system and the tools that PATH and variables name: settings of a registry of your own. Not read from a file of the repository.',
    { paths: true, reach: 'wall' },
  ),
  'verify.timeoutSeconds': row(whole(1, 86_400), 600, 'Seconds after which one of these commands is ended.'),
  'verify.bisectSeconds': row(
    whole(0, 86_400),
    300,
    'Seconds that the search for the commit that brought an error may take, in at most 8 runs, before the request is opened; 0 for no search. Only where a test of the fix shows the error of the log.',
  ),
  'verify.maxMemoryMb': row(
    whole(16, 1_048_576),
    8192,
    'Megabytes of memory that one of these commands may hold with all that it starts; it is killed when it holds more. Linux only.',
  ),
  'policy.minCount': row(whole(1, 1_000_000), 1, 'Occurrences of an incident before it is repaired.', { env: ['MIN_COUNT'] }),
  'policy.minAgeSeconds': row(
    whole(0, 31_536_000),
    0,
    'Seconds that the first occurrence of an incident must be back before it is repaired; judged when the incident is seen. `ai-ops fix` does not wait.',
    { env: ['MIN_AGE_SECONDS'] },
  ),
  'policy.maxAttempts': row(whole(1, 100), 2, 'Repairs of one incident, ever.', { env: ['MAX_ATTEMPTS'] }),
  'policy.maxRepairsPerHour': row(whole(0, 10_000), 5, 'Repairs begun within an hour.', { env: ['MAX_REPAIRS_PER_HOUR'] }),
  'policy.maxRepairsPerDay': row(whole(0, 100_000), 20, 'Repairs begun within 24 hours.', { env: ['MAX_REPAIRS_PER_DAY'] }),
  'policy.maxUsdPerDay': row(amount(0, 100_000), 10, 'US dollars spent within 24 hours.', { env: ['MAX_USD_PER_DAY'] }),
  'policy.maxConsecutiveFailures': row(
    whole(1, 1000),
    3,
    'Repairs that may fail in a row, whatever the incident; then none is begun until an hour after the last. `ai-ops fix` and `ai-ops retry` are not held back.',
    { env: ['MAX_CONSECUTIVE_FAILURES'] },
  ),
  'policy.repair': row(
    choices(...TRIAGE_CLASSES),
    ['code-fault', 'unknown'],
    'Classes of incidents that are repaired: `code-fault`, `denied` (somebody was rightly refused), `bad-input` (a caller sent what the code rightly refuses), `environment` (the machine or another service said no), `unknown`. The others are counted and told; `ai-ops fix --fingerprint` repairs any.',
    { env: ['REPAIR_CLASSES'] },
  ),
  'policy.maxOpenRequests': row(
    whole(1, 1000),
    5,
    'Requests of one repository that may be open at one time; no repair is begun beyond them. `ai-ops fix` is not held back.',
    { env: ['MAX_OPEN_REQUESTS'] },
  ),
  'policy.maxFiles': row(whole(1, 10_000), 10, 'Files that one fix may change.', { env: ['MAX_FILES'] }),
  'policy.maxLines': row(whole(1, 1_000_000), 400, 'Lines that one fix may add and remove together.', { env: ['MAX_LINES'] }),
  'policy.protectedPaths': row(
    commaList('a list of patterns, for example ["migrations/**"]'),
    [],
    'Patterns of files that a fix may not touch, beside the built-in ones: `*` within a name, `**` across directories.',
  ),
  'policy.claimSeconds': row(
    whole(1, 86_400),
    1800,
    'Seconds that a claim on the remote holds while a repair runs; it is renewed in time. When a box dies, another takes its bugs over after this time.',
    { env: ['CLAIM_SECONDS'] },
  ),
  'policy.openAt': row(
    choice('auto', ...PROOF_LEVELS),
    'auto',
    'Lowest proof level at which a fix is proposed; below it an issue tells of it, with the patch. `auto`: L2 where a test command is known, any level where the repository has none, or where its tests were red before, got no worse and those of the change alone show the error, and L3 while the guard objects that it is only hidden.',
    { env: ['OPEN_AT'] },
  ),
  'policy.issues': row(
    toggle(),
    true,
    'Open an issue where a fix is not proposed for `policy.openAt`, and where Claude says that nothing should be changed: one for each incident, closed when its error is gone. Locally a Markdown file. Off, the trace alone tells.',
    { env: ['OPEN_ISSUES'] },
  ),
  'policy.draft': row(toggle(), true, 'Open requests as drafts.'),
  'policy.refreshSeconds': row(
    whole(1, 86_400),
    300,
    'Seconds between two looks of `watch` at what became of its open requests; more after a failure. Closed ones are looked at every twelfth time.',
  ),
  'policy.deploySeconds': row(
    whole(0, 31_536_000),
    3600,
    'Seconds after the merge of a fix within which its error may still come from the program before it.',
  ),
  'policy.staleDays': row(
    whole(0, 3650),
    30,
    'Days without the error after which a request is closed by itself, where the base has meanwhile changed a file that the error was raised in. It is proposed again when the error comes back. `0` for never.',
  ),
  'policy.confirmSeconds': row(
    whole(1, 31_536_000),
    86_400,
    'Seconds without the error, after the merge and `policy.deploySeconds`, that confirm a fix. Only time in which `watch` follows its log counts.',
  ),
  ...COMMIT_KEYS,
  ...REQUEST_KEYS,
  ...FOLLOW_KEYS,
  ...NOTIFY_KEYS,
  ...MAIL_KEYS,
  trust: row(
    commaList('a list of names, for example ["git.acme.com", "/opt/claude/claude"]'),
    [],
    'What files of repositories may ask for although only they name it: servers, each as `name` or `name:port`, that secrets of your environment may be sent to; programs; paths outside of the repository. `ai-ops config --trust NAME` adds one. Not read from a file of a repository.',
    { reach: 'wall' },
  ),
  'state.dir': row(line('a path'), '', 'Directory of the trace database, the workspaces and the object stores.', {
    env: ['TRACE_DB_PATH'],
    defaultText: '`$STATE_DIRECTORY` of a service, else `$XDG_STATE_HOME/ai-ops`, else `~/.local/state/ai-ops`',
    paths: true,
    reach: 'file',
  }),
  'state.file': row(fileName(), 'ai-ops.sqlite', 'Name of the trace database within it; `TRACE_DB_PATH` sets both.'),
  'state.retentionDays': row(whole(1, 36_500), 90, 'Days that traces are kept.'),
  'state.maxTraces': row(whole(1, 1_000_000), 2000, 'Traces that are kept, newest first.'),
  'state.incidentDays': row(
    whole(1, 36_500),
    90,
    'Days after which an incident is forgotten that was seen once and that nothing was done about.',
  ),
  'state.maxIncidents': row(
    whole(100, 10_000_000),
    100_000,
    'Incidents that are kept; beyond it those go first that were seen once. What has a trace, a request or a decision of a person stays.',
  ),
  language: row(
    choice('en', 'zh', 'auto'),
    'en',
    'Language of prompts, requests, mails and errors: English or Chinese; `auto` is that of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`).',
    { env: ['AIOPS_LANGUAGE'] },
  ),
} as const;

export type Key = keyof typeof KEYS;

/** Every value under its dotted key. */
export type Values = { readonly [K in Key]: (typeof KEYS)[K] extends Row<infer T> ? T : never };

type SectionName = Key extends infer K ? (K extends `${infer Section}.${string}` ? Section : never) : never;
type Section<S extends string> = { readonly [K in Key as K extends `${S}.${infer Name}` ? Name : never]: Values[K] };

/** The whole configuration, as `wiring.ts` hands it out slice by slice. */
export type Config = { readonly [K in Exclude<Key, 'language'> as K extends `${string}.${string}` ? never : K]: Values[K] } & {
  readonly [S in SectionName]: Section<S>;
} & {
  /** `auto` is what the locale says when the configuration is read. */
  readonly language: TextLanguage;
};

/** All keys in the order of the table. */
export const KEY_NAMES = Object.keys(KEYS) as readonly Key[];

/** Whether a dotted name is a key. */
export function isKey(name: string): name is Key {
  return Object.hasOwn(KEYS, name);
}

/** Names that keys had in older files. */
const FORMER = new Map(KEY_NAMES.flatMap((key) => (KEYS[key].formerly === undefined ? [] : [[KEYS[key].formerly, key] as const])));

/** @returns the key that once had this name */
export function formerKey(name: string): Key | undefined {
  return FORMER.get(name);
}

/** Paths, globs, `-` and other names, as a user would type them. */
export const logNames = ({ logs }: Pick<Config, 'logs'>): readonly string[] =>
  logs.map((log) => (typeof log === 'string' ? log : 'path' in log ? log.path : commandName(log)));
