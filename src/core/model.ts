// The nouns of ai-ops, used with the same meaning in code, tables, mails and documents.
// Only types: no behaviour lives here; the closed lists are in `tables.ts`. Offsets are bytes, times are ISO 8601 UTC with milliseconds,
// durations are milliseconds, money is US dollars.

import type {
  FactName,
  FixMode,
  FollowCause,
  IncidentState,
  Language,
  Level,
  NoticeKind,
  OutcomeKind,
  PROOF_LEVELS,
  SandboxKind,
  StepName,
  TraceState,
} from './tables.ts';

export type { FixMode, IncidentState, Language, Level, NoticeKind, OutcomeKind, StepName, TraceState };

/** One frame of a stack trace, as written in the log. */
export interface Frame {
  readonly file: string;
  /** `null` where the trace gives none (native code). */
  readonly line: number | null;
  readonly column?: number;
  readonly function?: string;
  /** False for the standard library and installed packages. */
  readonly inApp: boolean;
}

/** What one record says of where it came from: each a short text of a stranger. */
export type Origin = { readonly [name in FactName]?: string };

/** One value of several that the occurrences of an incident have. */
export interface FactValue {
  readonly value: string;
  /** Times of its first and last occurrence, ISO 8601 UTC; the last one to the minute. */
  readonly first: string;
  readonly last: string;
}

/** Where the occurrences of an incident came from, each name with its values in the order in which they were seen first. */
export type Facts = { readonly [name in FactName]?: readonly FactValue[] } & {
  /** Names that had more values than are kept: the first one, and those seen last. */
  readonly more?: readonly FactName[];
};

/** One occurrence of an error, assembled from one or more records. */
export interface ErrorEvent {
  /** `<stream>:<token>`: the same event always gives the same id. */
  readonly id: string;
  readonly source: string;
  /** Name of the log dialect, from the registry in `core/formats/`. */
  readonly format: string;
  readonly language: Language;
  readonly level: Level;
  readonly type: string | null;
  readonly message: string | null;
  /** What its record says of the error in a field beside the message: `"msg":"get failed","error":"pool timeout"`. One line. */
  readonly cause?: string;
  /** Crash site first, whatever order the language prints. */
  readonly frames: readonly Frame[];
  /** Innermost cause of a chained error, where the trace shows one. */
  readonly rootCause?: { readonly type: string; readonly message: string | null };
  /** Where it came from, as its record or its source says; absent where neither does. */
  readonly origin?: Origin;
  readonly line: number;
  readonly endLine: number;
  readonly offset: number;
  readonly endOffset: number;
  readonly time?: string;
  /** The exact decoded text, lines joined by `\n`, without a trailing newline. */
  readonly text: string;
}

/** One ingredient of a fingerprint, kept so that a person can be told why events group together. */
export interface FingerprintPart {
  readonly kind: 'type' | 'root-cause' | 'fault' | 'code' | 'frame' | 'message' | 'language';
  readonly value: string;
  readonly contributes: boolean;
  /** What was normalised away, or why the part does not contribute. */
  readonly hint?: string;
}

/** The identity of a bug. `id` is `v2:` and 32 hexadecimal digits. */
export interface Fingerprint {
  readonly id: string;
  readonly parts: readonly FingerprintPart[];
}

/** Where and when an occurrence was seen. */
export interface Occurrence {
  readonly source: string;
  readonly line: number;
  readonly offset: number;
  /** Time written in the log, else the time of reading. */
  readonly time: string;
}

/** Everything known about one fingerprint. */
export interface Incident {
  readonly fingerprint: string;
  /** What older versions called it, where one has seen it: its requests, claims and mails may bear these names. */
  readonly formerly?: readonly string[];
  /** Whose it is: `host/owner/name`, or `path:/…`; absent where no repository is known. */
  readonly repository?: string;
  readonly title: string;
  readonly level: Level;
  readonly type: string | null;
  readonly message: string | null;
  readonly language: Language;
  readonly frames: readonly Frame[];
  /** The first occurrence's event, the one a repair works on. */
  readonly sample: ErrorEvent;
  readonly count: number;
  readonly first: Occurrence;
  readonly last: Occurrence;
  readonly state: IncidentState;
  /** Name of the last decision's reason, e.g. `below-min-count`. */
  readonly reason: string | null;
  /** Repairs begun for this fingerprint. */
  readonly attempts: number;
  /** When the last repair began. */
  readonly lastAttemptAt: string | null;
  /** A person has said that it is never to be repaired. */
  readonly ignored?: Ignored;
  /** Where its occurrences came from; absent where no record says so. */
  readonly facts?: Facts;
  /** Where several ledgers are looked at together: what each has of it. */
  readonly boxes?: readonly BoxShare[];
}

/** What one box has of an incident that several have seen. */
export interface BoxShare {
  readonly box: string;
  readonly count: number;
  /** Times of its first and last occurrence there. */
  readonly first: string;
  readonly last: string;
  readonly state: IncidentState;
  readonly reason: string | null;
}

/** Since when a person has it left alone, and why. */
export interface Ignored {
  readonly at: string;
  readonly reason: string | null;
}

/** Why the policy repairs, waits or skips; every value of `reason` is listed in `decide.ts`. */
export type Decision =
  | { readonly kind: 'repair'; readonly reason: string }
  | { readonly kind: 'wait'; readonly until: string | null; readonly reason: string }
  | { readonly kind: 'skip'; readonly reason: string };

/** One `<code_block filename="…">` of an answer: a whole file or edits of one, as Claude wrote it. */
export interface FileBlock {
  readonly filename: string;
  readonly content: string;
  /** The answer says that this file is new. */
  readonly isNew: boolean;
}

/** A call of Claude's that its walls stopped, as the CLI recorded it. Text from a stranger. */
export interface StoppedTry {
  readonly tool: string;
  /** One short line: the command, the path or the address. */
  readonly input: string;
  readonly times: number;
}

/** What Claude says. Never evidence. */
export interface FixAnswer {
  readonly summary: string;
  /** The answer's whole text. */
  readonly text: string;
  readonly costUsd?: number;
  readonly turns?: number;
  /** Time spent in the model, as the CLI reports it. */
  readonly modelMs?: number;
  /** What Claude tried and could not do; absent and empty mean nothing. */
  readonly stopped?: readonly StoppedTry[];
  /** Who answered: `claude 2.1.197 (claude-…)`, or `recorded answer`. */
  readonly engine: string;
  /** What Claude was shut in by; absent for what is no program. */
  readonly sandbox?: Isolation['sandbox'];
}

/** Git's file modes that ai-ops can carry. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** One changed file, as git sees it. `before` is absent for an added file, `after` for a deleted one; a moved file is both. */
export interface FileChange {
  readonly path: string;
  readonly mode: FileMode;
  readonly oldMode?: FileMode;
  readonly before?: Buffer;
  readonly after?: Buffer;
}

/** What git says has changed against a base commit: this is what is judged. */
export interface ChangeSet {
  /** Commit id of the base. */
  readonly base: string;
  readonly files: readonly FileChange[];
}

/** What a commit says of itself. `author` and `subject` are words of strangers. */
export interface AboutCommit {
  readonly commit: string;
  readonly author: string;
  /** When it was made, ISO 8601 UTC. */
  readonly date: string;
  /** First line of its message. */
  readonly subject: string;
}

/** The commit that last changed one line. */
export interface LastChange extends AboutCommit {
  /** The line, in the file as it is now. */
  readonly path: string;
  readonly line: number;
}

/** Summary of one changed file for people and scripts. */
export interface FileStat {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'deleted';
  readonly added: number;
  readonly removed: number;
}

/** What one rule of the guard says. */
export interface Verdict {
  readonly rule: string;
  readonly verdict: 'allow' | 'draft' | 'patch-only' | 'refuse';
  readonly detail: string;
}

export type TestOutcome = 'passed' | 'failed' | 'skipped';

/** The tests of one run. */
export interface TestResults {
  /** Tests that ran, whatever came of it; skipped ones did not. */
  readonly ran: number;
  /** What came of each name, as often as it stands there; absent where names cannot be had. */
  readonly names?: Readonly<Record<string, readonly TestOutcome[]>>;
}

/** One run of one command. `exitCode` is `null` when a signal or the timeout ended it. */
export interface CommandRun {
  readonly command: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly timedOut: boolean;
  /** Killed for `verify.maxMemoryMb`. */
  readonly overMemory?: true;
  /** The last part of what it printed, redacted. */
  readonly output: string;
  /** Of a command that runs tests: what its runner says of them; absent where that could not be read. */
  readonly tests?: TestResults;
}

/** All commands of one verification, in order, with what each is for. */
export interface Verification {
  readonly runs: readonly (CommandRun & {
    readonly role: 'setup' | 'check' | 'test';
    /** Run twice on the same files, it ended once well and once not; `exitCode` is the first one's. */
    readonly flaky?: true;
  })[];
}

/** What the checks and tests of a proof were shut in by, and whether they could reach the network. */
export interface Isolation {
  readonly sandbox: SandboxKind | 'none';
  readonly network: boolean;
}

export type ProofLevel = (typeof PROOF_LEVELS)[number];

/** The commit that brought an error. */
export interface Introduced extends AboutCommit {
  /**
   * `proven`: the test of the fix passes at its parents and fails at it with the error, twice; `bounded`: between those
   * parents and it lie commits at which the test cannot be run, and one of these may have brought it; `blamed`: it last
   * changed the line, and nothing was shown.
   */
  readonly how: 'proven' | 'bounded' | 'blamed';
  /** The newest commits before it at which the test passes; absent where nothing was shown. */
  readonly passesAt?: readonly string[];
  /** Commits between those and it. */
  readonly between?: number;
}

/** The evidence for a fix. `level` is `null` where nothing could be shown. */
export interface Proof {
  readonly level: ProofLevel | null;
  /**
   * Whether a test of the change showed the error of the log without the fix; `unknown` where no such test was run, or its
   * output does not tell. Absent in traces of older versions.
   */
  readonly reproduced?: 'yes' | 'no' | 'unknown';
  /** The commit that brought the error, and how that is known; `null` where it is not, absent in traces of older versions. */
  readonly introduced?: Introduced | null;
  readonly commands: readonly {
    readonly command: string;
    /** Without the fix: on the base commit, or what `variant` says. */
    readonly before: { readonly exitCode: number | null; readonly durationMs: number } | null;
    readonly after: { readonly exitCode: number | null; readonly durationMs: number };
    /**
     * `tests-only`: `before` was run on the base commit with the test files of the change and nothing else of it;
     * `fix-removed`: on the same files, after the run with the whole change.
     */
    readonly variant?: 'tests-only' | 'fix-removed';
    /** Run a second time with the fix, it ended the other way: it proves nothing. */
    readonly flaky?: true;
  }[];
  /**
   * The suite was red without the fix, or did not end, and got no worse; the test files of the change by themselves showed what
   * L4 asks for. The level stays that of the whole suite.
   */
  readonly isShownAlone?: true;
  /** Absent where nothing was run, and in traces of older versions. */
  readonly isolation?: Isolation;
  /** One line for people: why the level is what it is. */
  readonly detail: string;
  /** Set when the fix must be refused: it breaks what passed, or does not parse. */
  readonly broken?: string;
  /** The end of what the first red command printed, redacted: why the fix was refused, or the level is no higher. */
  readonly output?: string;
}

/** A pull request, a merge request, or a local proposal. */
export interface Request {
  readonly url: string;
  readonly number: number | null;
  readonly state: 'open' | 'merged' | 'closed' | 'local';
  /** When it was merged, where the host tells; ISO 8601 UTC. */
  readonly mergedAt?: string;
  /** It was ai-ops that closed it: its error may be proposed again. */
  readonly isOwnClosing?: true;
  /** Of a local proposal: the command lines that take it over, either of which will do. Typed in the user's own checkout. */
  readonly takeOver?: readonly string[];
}

/** What tells people of a bug where a request would be wrong: an issue on the host, or a local file. */
export interface Issue {
  readonly url: string;
  readonly number: number | null;
  readonly state: 'open' | 'closed' | 'local';
}

/** One row of a trace. */
export interface StepRecord {
  readonly name: StepName;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number | null;
  readonly outcome: 'running' | 'ok' | 'failed' | 'skipped' | 'interrupted';
  readonly summary: string;
  readonly error?: { readonly code: string; readonly message: string; readonly hint: string };
}

/** How a repair ended: the `result` object of the contract, without its `kind`. */
export interface Outcome {
  readonly trace: string;
  readonly fingerprint: string;
  /** As that of its incident. */
  readonly repository?: string;
  readonly outcome: OutcomeKind;
  /** One line for people. */
  readonly reason: string;
  /** Code of the error that ended it, or `null`. */
  readonly code: string | null;
  /** What to do about that error. */
  readonly hint?: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly request: Request | null;
  /** What tells of it where there is no request. */
  readonly issue?: Issue | null;
  readonly proof: Proof | null;
  readonly files: readonly FileStat[];
  readonly guard: readonly Verdict[];
  readonly costUsd: number | null;
  readonly turns: number | null;
  readonly durationMs: number;
  readonly modelMs: number | null;
  /** Different secrets taken out of what is told of it; absent while Claude has not answered. */
  readonly withheld?: number;
  /** Another box has it, or has tried it: not looked at again before; ISO 8601 UTC. */
  readonly until?: string;
  /** What ended it is wrong with the machine, the network or a login, and nothing was paid: no attempt of the incident. */
  readonly ofMachine?: true;
}

/** Words that ask for something on a request of ours. All redacted. */
export interface Asked {
  /** Of the remark, with the words that it had. */
  readonly key: string;
  /** Name of who has said it. */
  readonly author: string;
  readonly text: string;
  /** What it is about, where it was said at a line. */
  readonly path?: string;
  readonly line?: number;
}

/** What a repair goes on with that follows a request up: one more commit on top of its branch. */
export interface Follows {
  readonly cause: FollowCause;
  readonly request: Request;
  readonly branch: string;
  /** Commit at the tip of the branch that it begins with. */
  readonly head: string;
  /** Counts the answers on that request from 1. */
  readonly round: number;
  /** What people have said, or each check with the end of its log. */
  readonly asks: readonly Asked[];
  /** Files that the request changes. */
  readonly paths: readonly string[];
  /** Where the base has moved: whether its host says that the request conflicts, and whether its test has shown the error. */
  readonly moved?: { readonly isConflicting: boolean; readonly hasShown: boolean };
}

/** What became of a request after its repair. Times are ISO 8601 UTC. */
export interface Sequel {
  /** When the trace took its present state, as far as ai-ops has noticed. */
  readonly since: string;
  /** By the host's clock, or when it was noticed. */
  readonly mergedAt?: string;
  /** Occurrences of the incident that say nothing against the fix: from before the merge, or before it can have been deployed. */
  readonly counted?: number;
  /** Occurrences that its issue speaks of. */
  readonly told?: number;
  /** A person has opened its issue again: it is not closed by itself any more. */
  readonly isKept?: true;
  /** How long its log was listened to since the fix can have been deployed, without the error in it; ms. */
  readonly quietMs?: number;
  /** It was ai-ops that closed its request. */
  readonly isOwnClosing?: true;
  /** The error after the merge. `count` is from when the merge was noticed; `first` is the first that was late. */
  readonly again?: { readonly count: number; readonly first: string; readonly last: string };
}

/** One repair as it is kept: its outcome, when it ran, what it said and changed. */
export interface Trace extends Outcome {
  readonly title: string;
  readonly state: TraceState;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly mode: FixMode;
  /** Unified diff of the change set, redacted; empty until there is one. */
  readonly diff: string;
  /** What Claude said, redacted. */
  readonly summary: string;
  readonly steps: readonly StepRecord[];
  /** How often it went on after it was interrupted or had failed. */
  readonly resumes?: number;
  readonly sequel?: Sequel;
  /** It follows the request of an earlier trace up, and stands as that one does. */
  readonly follows?: Follows;
  /** Its messages in the outbox, as they stand now; absent where there is none. */
  readonly deliveries?: readonly DeliveryRecord[];
  /** Where several ledgers are looked at together: whose it is. */
  readonly box?: string;
}

/**
 * How a message in the outbox stands. `queued` waits for its (next) try, `sending` is under way, `held` waits for a digest,
 * `gathered` went into one; `sent`, `refused`, `uncertain` and `expired` are ends.
 */
export type DeliveryState = 'queued' | 'sending' | 'held' | 'gathered' | 'sent' | 'refused' | 'uncertain' | 'expired';

/** A message of the outbox without its texts. */
export interface DeliveryRecord {
  readonly id: string;
  readonly notifier: string;
  readonly kind: NoticeKind | 'digest';
  readonly trace: string | null;
  readonly fingerprint: string | null;
  /** The same with every try. */
  readonly deliveryId: string;
  /** Those whom it has not been settled for. */
  readonly recipients: readonly string[];
  readonly subject: string;
  /** It in one line, for a digest. */
  readonly line: string;
  readonly state: DeliveryState;
  readonly tries: number;
  /** ISO 8601 UTC, as the others. */
  readonly createdAt: string;
  /** Not tried before; of one that is held: when its digest is due. */
  readonly dueAt: string;
  readonly changedAt: string;
  /** What came of the last try, in one sentence; redacted. */
  readonly detail: string;
}
