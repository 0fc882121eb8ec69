// Every command with its arguments, options and examples, as data: the parser, `--help`, completion and `doc/cli.md`
// are made from it. No behaviour; that is in one file per command.

import type { Key } from '../../config/schema.ts';
import { FIX_MODES, HOST_KINDS, INCIDENT_STATES, LEVELS, TRACE_STATES, TRIAGE_CLASSES } from '../../core/tables.ts';
import type { CommandName } from './options.ts';

/** One option. `flags` as commander reads it: `-o, --long <value>`. */
export interface OptionShape {
  readonly flags: string;
  readonly doc: string;
  readonly choices?: readonly string[];
  readonly default?: string | number | readonly string[];
  /** How the value is read; a plain text otherwise. */
  readonly value?: 'count' | 'moment' | 'list';
  /** Names (camel case) of options it cannot stand beside. */
  readonly conflicts?: readonly string[];
  /** The configuration key that it overrides. */
  readonly key?: Key;
  readonly completes?: Completes;
}

/** What a shell should offer for a value. */
export type Completes = 'file' | 'directory' | 'traces' | 'fingerprints';

export interface CommandShape {
  readonly summary: string;
  /** `[name...]` optional, `<name>` required. */
  readonly argument?: {
    readonly name: string;
    readonly doc: string;
    readonly choices?: readonly string[];
    readonly completes?: Completes;
  };
  readonly options: readonly OptionShape[];
  /** Command line and what it does. */
  readonly examples: readonly (readonly [string, string])[];
}

const SOURCES = {
  name: '[source...]',
  doc: 'log files, globs, or `-` for standard input; default: `logs` of the configuration',
  completes: 'file',
} as const;
const MODE: OptionShape = { flags: '--mode <mode>', doc: 'how Claude works', choices: FIX_MODES, key: 'claude.mode' };
const LEVEL: OptionShape = {
  flags: '--level <level>',
  doc: 'lowest level that counts; `all` takes every record',
  choices: [...LEVELS, 'all'],
  key: 'detect.level',
};
const SINCE: OptionShape = {
  flags: '--since <time>',
  doc: 'only traces begun since: ISO 8601, or an age such as 30min, 2h, 7d',
  value: 'moment',
};

const ALL_REPOSITORIES: OptionShape = {
  flags: '--all-repositories',
  doc: 'of all repositories that share the state directory, not only of this one',
};

const MERGE: OptionShape = {
  flags: '--merge <ledger...>',
  doc: 'add up with the ledgers of other boxes: their state directories, or their `ai-ops.sqlite`; they are only read',
  value: 'list',
  default: [],
  completes: 'file',
};

/** Options of every command. */
export const COMMON_OPTIONS: readonly OptionShape[] = [
  { flags: '--config <file>', doc: 'read this configuration file instead of searching for one', completes: 'file' },
  { flags: '--json', doc: 'print one JSON object a line on standard output' },
  { flags: '--quiet', doc: 'say nothing but warnings and errors' },
  {
    flags: '--verbose',
    doc: 'say why: where logs are read from, why lines are no errors, decisions with their figures, programs, requests to servers, the ledger; AIOPS_DEBUG=area,… narrows it; errors come with their stack',
  },
  { flags: '--no-color', doc: 'no colours and no links (also: the variable NO_COLOR)' },
  { flags: '--no-pager', doc: 'print long lists as they are (also: the variable AI_OPS_PAGER or PAGER, empty or `cat`)' },
  { flags: '--state-dir <dir>', doc: 'where the trace database and the workspaces live', key: 'state.dir', completes: 'directory' },
];

/** The commands, in the order of `--help`. */
export const COMMANDS: Readonly<Record<CommandName, CommandShape>> = {
  watch: {
    summary: 'follow logs and repair what the policy says',
    argument: SOURCES,
    options: [
      { flags: '--dry-run', doc: 'detect, count, record and print, but never repair' },
      { flags: '--events', doc: 'print every event, not only incidents' },
      {
        flags: '--from <where>',
        doc: 'where to begin: `resume` and `start` go on at the stored offset; in a file that was never seen `resume` begins at its end, `start` at its first byte; `end` passes over all that is there',
        choices: ['start', 'end', 'resume'],
        default: 'resume',
      },
      { flags: '--once', doc: 'read to the end of what is there, finish the repairs, exit' },
      {
        flags: '--textfile <file>',
        doc: 'keep counts for a monitor in this file, in the OpenMetrics format; written every 15 s and at the end',
        completes: 'file',
      },
    ],
    examples: [
      ['ai-ops watch logs/app.log', 'follow one file for ever'],
      ["ai-ops watch --dry-run 'logs/*.log'", 'only look'],
      ['journalctl -fu shop -o cat | ai-ops watch -', 'follow standard input'],
    ],
  },
  scan: {
    summary: 'read logs once and print the incidents in them; touches no state',
    argument: SOURCES,
    options: [{ flags: '--events', doc: 'print every event' }, LEVEL],
    examples: [
      ['ai-ops scan app.log', 'what is in there, most frequent first'],
      ['ai-ops scan --json --events app.log', 'every event for a script'],
    ],
  },
  explain: {
    summary: 'tell why events group together, and what the policy decides and why; changes nothing',
    argument: {
      name: '[fingerprint]',
      doc: 'the fingerprint of an incident of the ledger, or of the log; its beginning is enough',
      completes: 'fingerprints',
    },
    options: [
      {
        flags: '--from-log <path>',
        doc: 'explain the incidents of this log, or of `-` for standard input, most frequent first',
        completes: 'file',
      },
      { flags: '--fingerprint <fingerprint>', doc: 'the same as the argument', completes: 'fingerprints' },
      LEVEL,
    ],
    examples: [
      ['ai-ops explain 3f9c', 'one incident that `ai-ops incidents` lists'],
      ['ai-ops explain --from-log app.log', 'every incident of a log'],
    ],
  },
  fix: {
    summary: 'repair the newest incident of a log that is not proposed already, once',
    argument: {
      name: '[source...]',
      doc: 'log files, globs, or `-` for standard input; default: `logs` of the configuration',
      completes: 'file',
    },
    options: [
      { flags: '--from-log <path>', doc: 'the same as the argument, for one log', completes: 'file' },
      {
        flags: '--fingerprint <fingerprint>',
        doc: 'repair this incident of it, also where the policy does not repair its class',
        conflicts: ['all'],
        completes: 'fingerprints',
      },
      { flags: '--all', doc: 'repair each incident of it once' },
      {
        flags: '--again',
        doc: 'propose another fix, on a branch of its own, also where a request for it was closed without merging, or was merged',
      },
      MODE,
      { flags: '--test-first', doc: 'ask for the test before the fix, and for the fix only once that test shows the error' },
      {
        flags: '--dry-run',
        doc: 'print the decision, the files with their price, the redacted prompt, the command line, the caps and the expected cost; call nothing',
      },
    ],
    examples: [
      ['ai-ops fix app.log', 'repair the newest incident'],
      ['ai-ops fix app.log --dry-run', 'see what would be sent to Claude'],
      ['ai-ops fix app.log --fingerprint 3f9c', 'repair this one'],
    ],
  },
  status: {
    summary: 'list traces, newest first, or show one',
    argument: { name: '[trace]', doc: 'the id of a trace: show all of it', completes: 'traces' },
    options: [
      { flags: '--limit <n>', doc: 'at most so many', value: 'count', default: 20 },
      { flags: '--state <state>', doc: 'only traces in this state', choices: TRACE_STATES },
      { flags: '--fingerprint <fingerprint>', doc: 'only traces of this incident', completes: 'fingerprints' },
      SINCE,
      ALL_REPOSITORIES,
      MERGE,
      { flags: '--refresh', doc: 'first ask the code host what became of the requests', conflicts: ['merge'] },
      { flags: '--watch', doc: 'keep it live' },
      { flags: '--answer', doc: 'with one trace: all that Claude said, with the files in it' },
      { flags: '--diff', doc: 'with one trace: print its change alone, as `git apply` takes it', conflicts: ['watch', 'answer'] },
      {
        flags: '--web',
        doc: 'with one trace: open its request in the browser, else its issue, else the page of a report',
        conflicts: ['watch', 'answer', 'diff'],
      },
    ],
    examples: [
      ['ai-ops status', 'the latest repairs'],
      ['ai-ops status --state failed --since 7d', 'what failed this week'],
      ['ai-ops status --merge /mnt/web-2 /mnt/web-3', 'of this box and two others'],
      ['ai-ops status 4k2x --web', 'its request in the browser'],
      ['ai-ops status 4k2x --diff | git apply', 'takes its change over, also one that was refused'],
      ['ai-ops status --refresh', 'which requests were merged or closed meanwhile'],
    ],
  },
  incidents: {
    summary: 'list every incident with its count, state and reason, or show one',
    argument: { name: '[fingerprint]', doc: 'the fingerprint of an incident: show its sample and its traces', completes: 'fingerprints' },
    options: [
      { flags: '--state <state>', doc: 'only incidents in this state', choices: INCIDENT_STATES },
      { flags: '--class <class>', doc: 'only incidents of this class: whose matter they are', choices: TRIAGE_CLASSES },
      { flags: '--level <level>', doc: 'only incidents of this level', choices: LEVELS },
      { flags: '--since <time>', doc: 'only incidents seen since: ISO 8601, or an age such as 30min, 2h, 7d', value: 'moment' },
      { flags: '--web', doc: 'with one incident: open its newest request in the browser, else its issue, else the page of a report' },
      { flags: '--limit <n>', doc: `at most so many, seen last first; without it a table has 50 rows, and --json all`, value: 'count' },
      ALL_REPOSITORIES,
      MERGE,
    ],
    examples: [
      ['ai-ops incidents', 'what happened, and why it was or was not repaired'],
      ['ai-ops incidents --class code-fault --since 2d', 'the bugs of two days'],
      ['ai-ops incidents --all-repositories', 'of everything that is watched with this state directory'],
    ],
  },
  retry: {
    summary: 'go on with a repair that failed or was cut off, at the step that did not end',
    argument: { name: '<trace>', doc: 'the id of the trace, or its beginning; `ai-ops status` lists them', completes: 'traces' },
    options: [],
    examples: [['ai-ops retry 4k2x', 'what Claude was paid for is used again; a refused answer needs `ai-ops fix`']],
  },
  ignore: {
    summary: 'never repair an incident; it goes on being counted',
    argument: {
      name: '<fingerprint>',
      doc: 'the fingerprint of an incident, or its beginning; `ai-ops incidents` lists them',
      completes: 'fingerprints',
    },
    options: [
      { flags: '--reason <text>', doc: 'why, for those who see it later', conflicts: ['undo'] },
      { flags: '--undo', doc: 'take it back: it is judged as every other' },
    ],
    examples: [
      ['ai-ops ignore 3f9c --reason "the old importer goes away in May"', 'leave it alone'],
      ['ai-ops ignore 3f9c --undo', 'judge it again'],
    ],
  },
  reset: {
    summary: 'forget the attempts and refusals of an incident: it is judged as if it were new',
    argument: {
      name: '<fingerprint>',
      doc: 'the fingerprint of an incident, or its beginning; `ai-ops incidents` lists them',
      completes: 'fingerprints',
    },
    options: [],
    examples: [['ai-ops reset 3f9c', 'when what made its repairs fail is mended']],
  },
  clean: {
    summary:
      'remove what can be made again or is old: work trees, stores, caches of sandboxes, old traces, demo folders; nothing that is in use',
    options: [{ flags: '--dry-run', doc: 'list it with sizes, and remove nothing' }],
    examples: [
      ['ai-ops clean --dry-run', 'what would go, and what has to stay and why'],
      ['ai-ops clean', 'remove it'],
    ],
  },
  report: {
    summary: 'write one page of HTML about the incidents and the traces, with charts; it stands alone',
    options: [
      { flags: '-o, --output <file>', doc: 'where to, or `-` for standard output', default: 'ai-ops-report.html', completes: 'file' },
      SINCE,
      { flags: '--limit <n>', doc: 'at most so many traces, the newest', value: 'count', default: 500 },
      ALL_REPOSITORIES,
      MERGE,
    ],
    examples: [
      ['ai-ops report', 'ai-ops-report.html in this directory'],
      ['ai-ops report --merge /mnt/web-2 /mnt/web-3', 'this box and two others, added up'],
      ['ai-ops report --since 7d -o week.html', 'the repairs of this week'],
    ],
  },
  stats: {
    summary: 'say how many repairs were proposed, merged and confirmed, and what one has cost',
    options: [SINCE, ALL_REPOSITORIES],
    examples: [
      ['ai-ops stats', 'whole, and by proof level, class of the incident and language'],
      ['ai-ops stats --since 30d --json', 'the repairs of the last thirty days, one object a line'],
    ],
  },
  doctor: {
    summary: 'check everything the configuration needs',
    options: [
      {
        flags: '--canary',
        doc: 'also send Claude a harmless log that tells it to do something else, and show whether it was obeyed; costs one small answer',
      },
    ],
    examples: [
      ['ai-ops doctor', 'Claude, git remote, token, mail, state directory, logs'],
      ['ai-ops doctor --canary', 'the same, and one question to Claude, which costs a few cents'],
    ],
  },
  init: {
    summary: 'write .aiopsrc.json by asking, or from these options without a terminal',
    options: [
      { flags: '--log <path>', doc: 'a log to follow: path or glob; may be repeated', value: 'list', default: [], completes: 'file' },
      { flags: '--test <command>', doc: 'the test command of the project' },
      MODE,
      { flags: '--host <kind>', doc: 'where requests are opened', choices: ['auto', ...HOST_KINDS] },
      { flags: '--mail-host <host>', doc: 'SMTP server' },
      { flags: '--mail-from <address>', doc: 'sender of mails' },
      { flags: '--mail-to <address>', doc: 'receiver of mails; may be repeated', value: 'list', default: [] },
      { flags: '--force', doc: 'overwrite a file that is there' },
    ],
    examples: [
      ['ai-ops init', 'answer a few questions'],
      ["ai-ops init --log 'logs/*.log' --test 'npm test'", 'in a script'],
    ],
  },
  config: {
    summary: 'print the effective configuration and where each value came from',
    argument: { name: '[key]', doc: 'a key, or the section before the dot: only this' },
    options: [
      { flags: '--explain', doc: 'say what a key means, what it takes and which variables set it' },
      {
        flags: '--trust <name>',
        doc: 'add a server, a program or a path to `trust` of your own file: repositories may ask for it then; may be repeated',
        value: 'list',
        default: [],
        conflicts: ['explain'],
      },
    ],
    examples: [
      ['ai-ops config policy', 'one section'],
      ['ai-ops config --explain policy.openAt', 'what a key means'],
      ['ai-ops config --json', 'for a script; secrets are masked'],
      ['ai-ops config --trust git.acme.com', 'a server that a repository asks for, and that is yours'],
    ],
  },
  demo: {
    summary: 'see the whole pipeline on an example, without accounts, network or Claude',
    options: [],
    examples: [['ai-ops demo', 'under a minute, in a temporary directory']],
  },
  service: {
    summary: 'print an entry for the service manager that keeps `watch` running in this directory',
    argument: SOURCES,
    options: [
      { flags: '--install', doc: 'write it where the service manager looks; as root for the whole machine' },
      { flags: '--manager <manager>', doc: 'whose entry; default: that of this system', choices: ['systemd', 'launchd', 'task'] },
      { flags: '--name <name>', doc: 'the part after `ai-ops-` of its name; default: that of the directory' },
      { flags: '--user', doc: 'of this account, also where root asks' },
      { flags: '--force', doc: 'overwrite an entry that is there' },
    ],
    examples: [
      ['ai-ops service', 'the entry, to be read'],
      ['ai-ops service --install', 'write it; the commands that begin it are said'],
      ['sudo ai-ops service --install /var/log/shop/*.log', 'for the whole machine, as the account that called sudo'],
    ],
  },
  licenses: {
    summary: 'print the licences of everything inside the program',
    options: [],
    examples: [
      ['ai-ops licenses', 'the notices, its own first'],
      ['ai-ops licenses --json', 'one object a package'],
    ],
  },
  completion: {
    summary: 'print a completion script',
    argument: { name: '[shell]', doc: 'the shell', choices: ['bash', 'zsh', 'fish', 'powershell'] },
    options: [{ flags: '--ids <kind>', doc: 'print what a script offers for an id, with what it is', choices: ['traces', 'fingerprints'] }],
    examples: [
      ['source <(ai-ops completion bash)', 'in ~/.bashrc'],
      ['ai-ops completion fish > ~/.config/fish/completions/ai-ops.fish', 'for fish'],
      ['ai-ops completion powershell | Out-String | Invoke-Expression', 'in the profile of PowerShell'],
    ],
  },
};

/** In the order of `--help`. */
export const COMMAND_NAMES = Object.keys(COMMANDS) as readonly CommandName[];
