// Every way the program touches the world, as small interfaces that belong to their users in `pipeline/`.
// Only `wiring.ts` knows which adapter stands behind which port. No behaviour here.

import type {
  AboutCommit,
  ChangeSet,
  CommandRun,
  DeliveryRecord,
  DeliveryState,
  ErrorEvent,
  Facts,
  FileMode,
  FileStat,
  FixAnswer,
  FixMode,
  Follows,
  Ignored,
  Incident,
  IncidentState,
  Isolation,
  Issue,
  LastChange,
  NoticeKind,
  Occurrence,
  Origin,
  Outcome,
  Request,
  Sequel,
  StepName,
  StepRecord,
  StoppedTry,
  Trace,
  TraceState,
} from './core/model.ts';
import type { ClaimEnding, ClaimState } from './core/policy/claim.ts';
import type { Budget } from './core/policy/decide.ts';
import type { Author, Conversation, Remark } from './core/policy/follow-up.ts';
import type { FormRule } from './core/policy/form-rules.ts';
import type { CommitCheck } from './core/policy/red-checks.ts';
import type { PastCommit } from './core/proof/bisection.ts';
import type { CodePages } from './core/repository/code-pages.ts';
import type { HostKind, SandboxKind } from './core/tables.ts';
import type { Joining } from './core/texts/joined-request.ts';
import type { NoticeAbout } from './core/texts/mail/layout.ts';

/** The time now. Passed in so that nothing but `wiring.ts` reads a clock. */
export type Clock = () => Date;

/** Text in, text without secrets or hidden characters out. Idempotent. */
export type Redact = (text: string) => string;

// ---------------------------------------------------------------- reading logs

/**
 * A place in a stream where reading may start again. A stream is what has an order of its own: one life of a file, a partition
 * of a topic, the output of a command. Its name and the token are opaque to all but the source, and durable.
 * No event goes on across a position, unless every line has one: a record of several lines begins where an event does.
 */
export interface Position {
  readonly source: string;
  readonly stream: string;
  readonly token: string;
}

/** Where reading of a stream may start again: everything that begins before it is counted. */
export interface Checkpoint {
  readonly position: Position;
  /** Tokens of events that begin at or after it and are counted already (interleaved streams); those of `Place.tokenAt`. */
  readonly counted: readonly string[];
  /** Lines of the stream before it, where the source knows: what people are shown. */
  readonly line?: number;
}

/** Bytes of a stream and the places in them. `n` counts from the first of these bytes; the one just after the last counts too. */
export interface Place {
  /** Names the event that begins at byte n: no other event of the stream, and the same whenever it is read again. */
  tokenAt(n: number): string;
  /**
   * Where the event or the position of that token is: below 0 before these bytes.
   * @returns `undefined` where nothing is known of it here
   */
  byteAt(token: string): number | undefined;
  /**
   * The last position at or before byte n that can be started from again.
   * @param ahead writers of whose bytes more is decided, each up to which byte (maybe of a later block): reading again has to leave
   *   these out, and what is left out of others since the position at which this run began
   * @returns `undefined` where there is none, or not now: the one before it stays
   */
  positionAt(n: number, ahead?: ReadonlyMap<string, number>): Position | undefined;
  /** `ahead` is of no use here: all behind a position is given again, and what of it is counted is known by its token. */
  readonly givesAgain?: true | undefined;
  /** What is known beside its bytes of the record in which byte n lies; absent for bytes of a file. */
  recordAt?(n: number): RecordFacts | undefined;
}

/** What a source says of a record. */
export interface RecordFacts {
  /** Its time, ISO 8601 UTC: of an event that says none itself. */
  readonly time?: string;
  /** How many occurrences an event in it stands for; 1 where absent. Such a record is one event, complete in itself. */
  readonly count?: number;
  /** Its number, which people find it by: shown as the line of events that begin in it. */
  readonly number?: number;
  /** Where it came from, as far as the source knows that: of events that do not say it themselves. */
  readonly origin?: Origin;
}

/**
 * Bytes of one stream, in its order and without holes.
 * A chunk ends just after a newline, except the last one of a stream, the pieces of a line longer than 1 MiB, and a half
 * line that has been quiet for long: the next chunk goes on in it.
 */
export interface Chunk extends Place {
  readonly source: string;
  readonly stream: string;
  /** Valid until the promise that the sink returned has settled (without one, until it returns): copy what is kept. */
  readonly bytes: Buffer;
  /**
   * Whose lines these are, where several write to one stream (a key of a topic, a host): an event goes on in the next chunk of
   * its own writer only. Chunks of several writers consist of whole lines. Absent: one writer, of the same name in all.
   */
  readonly writer?: string;
  /** In place of `writer`, where they take turns within a chunk: whose the bytes are up to each `end`, the last of which is that of the chunk. */
  readonly runs?: readonly { readonly writer: string; readonly end: number }[];
  /** So many of the first bytes lie before the stream's checkpoint: their events are counted, and are read only to be shown. */
  readonly known?: number;
}

/** A stream that is being followed from now on. */
export interface Opening extends Place {
  /** As the user named it (after expansion of globs), or `-` for standard input. */
  readonly source: string;
  readonly stream: string;
  /** Bytes and lines of the stream before it, where the source counts them: what people are shown. */
  readonly offset?: number;
  readonly line?: number;
  /** For people: why reading begins here. */
  readonly why: string;
  /** Tokens of events from here on that are counted already, by this box or another: in place of those of the checkpoint. */
  readonly counted?: readonly string[];
}

/** A source that is followed or waited for. */
export interface Ready {
  readonly source: string;
  /** Where a stream of it is being read: bytes before it, where the source counts them. */
  readonly offset: number;
  /** Nothing is there yet: what says so at the next start, so that all that comes meanwhile is new. */
  readonly waiting?: Position;
}

/** Receives what a source reads. A returned promise holds the source back until it settles. */
export interface SourceSink {
  /** Called before the first chunk of a stream. */
  opened(at: Opening): void;
  chunk(chunk: Chunk): void | Promise<void>;
  /**
   * No more bytes are to come now; the stream lives on. Used to close quiet events.
   * @returns whether something of it still waits for silence: then it is told again, else not before more has come
   */
  idle(stream: string): boolean | Promise<boolean>;
  /** The stream is over (a file that was rotated away and drained, truncated, deleted): what is open is complete. */
  ended(stream: string): void | Promise<void>;
  /** Something of a stream is gone and could not be read: what, where and why, in words. */
  gap(gap: { readonly source: string; readonly stream: string; readonly reason: string }): void;
  /** Every configured source is being followed (or waited for). Called once, after `opened` of all that is there. */
  ready(sources: readonly Ready[]): void;
  /** Something is wrong with one source; it is tried again. */
  trouble(source: string, message: string): void;
  /** What the other side says to people beside what is read: a line of words, each once. */
  said?(source: string, words: string): void;
  /** Absent where nothing of what is read is kept: then no other box is to be told either how far that is. */
  readonly handover?: Handover;
}

/** For a source whose streams are shared out among several boxes, each with a ledger of its own. */
export interface Handover {
  /**
   * How far each stream is counted for good: told to others never before. What is not named was not read by this run.
   * @param isNow makes it durable first; else what is durable already, which is seldom much older
   */
  counted(isNow: boolean): Promise<readonly Checkpoint[]>;
  /** Another box goes on with the stream, or this one later: what is open in it is not counted, and belongs to whoever reads it again. */
  left(stream: string): Promise<void>;
}

export interface FollowOptions {
  /** Where to begin in what was there before: both `start` and `resume` go on where a checkpoint says; else at the first byte, or at the end. */
  readonly from: 'start' | 'end' | 'resume';
  /** Read to the end of what is there, then return. */
  readonly once: boolean;
  /** With `once`: compressed files are read as what is in them, as far as that goes. */
  readonly unpacks?: boolean;
  readonly checkpoints: readonly Checkpoint[];
  readonly signal: AbortSignal;
}

/** What logs are read from: files, standard input. */
export interface Source {
  /**
   * Reads until `signal` aborts, or to the end of what is there with `once`.
   * Resolves after the last sink call has settled.
   * @throws AiOpsError `log-not-found`, `log-unreadable`, `log-is-directory` with `once`; follows and retries otherwise.
   */
  follow(sink: SourceSink, options: FollowOptions): Promise<void>;
}

/** Runs programs that may never end. */
export interface LongRunning {
  /**
   * Settles when it has ended and all that it has printed was taken. Each piece is waited for before more is read.
   * The signal ends it, and all that it has started.
   * @throws AiOpsError `program-not-found`, `directory-gone`; what `stdout` and `stderr` throw ends it
   */
  run(request: LongRunningRequest): Promise<{ readonly exitCode: number | null; readonly signal: string | null }>;
}

export interface LongRunningRequest {
  /** Program and arguments; no shell. */
  readonly argv: readonly string[];
  readonly dir: string;
  /** All of its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  stdout(bytes: Buffer): Promise<void>;
  stderr(bytes: Buffer): Promise<void>;
}

/** The application's source as it stands in the checkout. Reads only; what cannot be read is absent, never an error. */
export interface SourceTree {
  /** Paths of all files, parts joined by `/`; none where there is no repository. */
  list(): Promise<readonly string[]>;
  /** Text of one of them; `undefined` where it is not there, too large or unreadable. */
  read(path: string): Promise<string | undefined>;
}

// ---------------------------------------------------------------- the ledger

/** Effects of one piece of reading: applied together with the checkpoint or not at all. */
export interface JournalEntry {
  readonly checkpoint: Checkpoint | null;
  readonly sightings: readonly Sighting[];
}

/** Occurrences of one fingerprint within one piece of reading. */
export interface Sighting {
  readonly fingerprint: string;
  /** What older versions would have called it: asked for only where it is new. */
  readonly formerly?: readonly string[];
  readonly title: string;
  /** The first of these occurrences, or an earlier one. */
  readonly sample: ErrorEvent;
  readonly count: number;
  readonly first: Occurrence;
  readonly last: Occurrence;
  /** Where these occurrences came from; redacted. */
  readonly facts?: Facts | undefined;
  /** Name of the repository that it is of, where that is another than the journal's: one of those that the ledger was opened with. */
  readonly repository?: string | undefined;
}

/** Everything that is read is of the repository that the ledger was opened for, unless it says otherwise. */
interface Reaching {
  readonly allRepositories?: boolean;
}

export interface IncidentFilter extends Reaching {
  /** As it is, or as an older version called it. */
  readonly fingerprint?: string;
  /** Of these, by their present names; the other conditions are then not looked at. */
  readonly fingerprints?: readonly string[];
  readonly state?: IncidentState;
  /** Seen last at or after it; ISO 8601 UTC. */
  readonly since?: string;
  readonly limit?: number;
}

/** An incident that was seen, as it now stands. */
export interface Recorded {
  readonly incident: Incident;
  readonly isNew: boolean;
  /** `Sighting.repository` of what was seen. */
  readonly of?: string | undefined;
}

/** Offsets and incidents. Changes are kept in memory until `flush`, which writes all of them or none. */
export interface Journal {
  checkpoints(): Promise<readonly Checkpoint[]>;
  /** @returns the incidents touched, as they now stand, with whether each is new. */
  record(entry: JournalEntry): Promise<readonly Recorded[]>;
  incidents(filter?: IncidentFilter): Promise<readonly Incident[]>;
  /** Each once, newest sighting first: a list that stays small where the incidents themselves are many. */
  fingerprints(filter?: Pick<IncidentFilter, 'allRepositories' | 'state' | 'since'>): Promise<readonly string[]>;
  /** All that people may type for an incident: the fingerprints, then what older versions called them. */
  names(filter?: Pick<IncidentFilter, 'allRepositories'>): Promise<readonly string[]>;
  /** Where the occurrences of all incidents came from together, of many values of a name those that were seen last. */
  facts(filter?: Pick<IncidentFilter, 'allRepositories'>): Promise<Facts>;
  /** What is to be judged again: it waits, has come back, or was never judged. What was cut off first, then the newest sighting. */
  waiting(limit: number): Promise<readonly string[]>;
  setState(fingerprint: string, state: IncidentState, reason: string | null): Promise<void>;
  /**
   * Writes what is dirty. Safe to call at any time; `force` ignores the write pacing.
   * @returns whether all that was recorded before the call is durable
   */
  flush(force?: boolean): Promise<boolean>;
}

/** What a person says of an incident. Every call is durable when it resolves. */
export interface Rulings {
  /** Never to be repaired; `null` takes that back. @returns whether there is such an incident */
  ignore(fingerprint: string, ignored: Ignored | null): Promise<boolean>;
  /**
   * Forgets attempts and refusals: it is judged as if it were new. What has a request keeps its state.
   * @returns `running` where it is being repaired now: then nothing is changed
   */
  reset(fingerprint: string): Promise<'done' | 'running'>;
}

export interface TraceFilter extends Reaching {
  /** One trace by its id, of whatever repository. */
  readonly trace?: string;
  /** Leaves `steps`, `diff` and `summary` empty: much less to read where a list is all that is shown. */
  readonly brief?: boolean;
  /** As it is, or as an older version called it. */
  readonly fingerprint?: string;
  readonly state?: TraceState;
  /** ISO 8601 UTC. */
  readonly since?: string;
  readonly limit?: number;
}

/** What a step leaves for a resume: opaque to the ledger, and the money it has cost so far. */
export interface Kept {
  readonly value: string;
  readonly costUsd: number | null;
}

export interface TraceStart {
  readonly id: string;
  readonly fingerprint: string;
  readonly title: string;
  readonly mode: FixMode;
  readonly startedAt: string;
  /** It answers people on a request: no attempt of the incident, which stays as it stands whatever comes of it. */
  readonly follows?: Follows;
}

/** Traces and their steps. Every call is durable when it resolves. */
export interface TraceStore {
  /**
   * Takes the fingerprint for this process and opens a trace, or opens one again that was interrupted or has failed.
   * A new one and one that had failed count as an attempt.
   * @returns `taken` when another live process is repairing it.
   */
  begin(trace: TraceStart): Promise<'begun' | 'taken'>;
  /**
   * Writes or replaces the step of that name; steps keep their order. `kept` is stored with it, both or neither.
   * A step that begins again (`running`) takes with it what was kept of it, and every step after it; what comes with
   * that row is then kept: what the step begins with.
   */
  step(trace: string, step: StepRecord, kept?: Kept): Promise<void>;
  /** What was kept of the steps of a trace that has not ended, was interrupted or has failed. */
  kept(trace: string): Promise<ReadonlyMap<StepName, string>>;
  /** Stores the ending and the incident's new state together. After a good one nothing is kept of this incident's traces. */
  end(
    trace: string,
    ending: {
      outcome: Outcome;
      state: TraceState;
      endedAt: string;
      diff: string;
      summary: string;
      /** Put into the outbox with it, both or neither. */
      messages?: readonly NewMessage[];
    },
  ): Promise<void>;
  /**
   * Stores what became of a trace's request. The incident takes the new state with it where this is its newest trace that
   * has a request, and no other repair has been decided on since. `messages` go into the outbox with it, all or nothing.
   * @returns false where the trace is not in the state `from` any more: nothing is stored
   */
  follow(
    trace: string,
    change: {
      from: TraceState;
      state: TraceState;
      request: Request | null;
      issue?: Issue | null;
      sequel: Sequel;
      messages?: readonly NewMessage[];
    },
  ): Promise<boolean>;
  traces(filter?: TraceFilter): Promise<readonly Trace[]>;
  spending(now: Date): Promise<Budget>;
}

// ---------------------------------------------------------------- repository

/** Where requests go, and why, in words. */
export interface Destination {
  /** One line. */
  readonly words: string;
  /** Requests are local although something speaks for a host: a remote that is no path, or a token. */
  readonly isUnmeant: boolean;
  /** What to set; empty where nothing is missing. */
  readonly hint: string;
}

/** The commit a repair starts from. */
export interface Base {
  readonly commit: string;
  /** Branch that a request will target, e.g. `main`. */
  readonly branch: string;
  /** Remote without credentials, or the local path. */
  readonly remote: string;
}

export interface TreeEntry {
  readonly path: string;
  readonly mode: FileMode;
}

/** The tip of a branch on the remote, held against a commit of ours. */
export interface BranchTip {
  readonly commit: string;
  /** Its files are those of our commit. */
  readonly isSame: boolean;
  /** Made by an ai-ops, and one commit above what it began with: nothing of a person is in it. */
  readonly isOurs: boolean;
}

/** Who commits. */
export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Our own object store of one repository. Never writes to the user's checkout or its `.git`. */
export interface Repository {
  /** Fetches the tip of the base branch. */
  sync(signal: AbortSignal): Promise<Base>;
  /** All files of a commit, without reading their contents. */
  list(commit: string): Promise<readonly TreeEntry[]>;
  /** @returns the exact blob, or `undefined` where the path is absent or a directory. */
  read(commit: string, path: string): Promise<{ readonly bytes: Buffer; readonly mode: FileMode } | undefined>;
  /** Who commits: the same on every box that is set alike, so that equal fixes are equal commits. */
  author(signal: AbortSignal): Promise<Identity>;
  committer(signal: AbortSignal): Promise<Identity>;
  /**
   * Writes blobs, trees and one commit on `changes.base`. Untouched entries are carried over byte for byte. The same arguments give the same commit.
   * @param merges a commit that becomes its first parent: the base is merged into it
   */
  commit(changes: ChangeSet, message: string, date?: Date, merges?: string): Promise<string>;
  /**
   * Makes `branch` point at `commit` on the remote, created only if absent. In local mode the ref is written in our own store.
   * @param replaces the commit that it may point at instead, by compare-and-swap
   * @returns `created`, or `exists` when the branch is already there with the same commit.
   * @throws AiOpsError `push-rejected`, `rule-refused`, `branch-taken`, `git-auth`, `git-unreachable`
   */
  push(branch: string, commit: string, signal: AbortSignal, replaces?: string): Promise<'created' | 'exists'>;
  /**
   * Whether a branch may be made on the remote, before there is anything to put into it: its name is tried against the rules
   * there, and nothing is written.
   * @returns `ours` where it is there already and only ai-ops has written it
   * @throws AiOpsError `branch-taken`, `branch-blocked`, `rule-refused`, `git-auth`, `git-unreachable`
   */
  tryBranch(branch: string, signal: AbortSignal): Promise<'free' | 'ours'>;
  /** Whether a commit is in our own store already; the remote is not asked. A store that is damaged is mended first. */
  holds(commit: string): Promise<boolean>;
  /** What a commit says, and what it was made on. */
  about(commit: string): Promise<{ readonly parents: readonly string[]; readonly message: string }>;
  /** Paths of the files that two commits do not have alike. */
  changed(from: string, to: string): Promise<readonly string[]>;
  /** @returns `undefined` where the remote has no such branch */
  tip(branch: string, commit: string, signal: AbortSignal): Promise<BranchTip | undefined>;
}

export interface ClaimWish {
  readonly fingerprint: string;
  /** What older versions called it: a claim that another box holds under such a name is respected. */
  readonly formerly?: readonly string[];
  /** A person has named it: a tombstone of another box does not hold it back. */
  readonly asked: boolean;
  /** How long it holds unless it is renewed. */
  readonly seconds: number;
}

export type ClaimAnswer =
  | { readonly kind: 'held'; readonly claim: Claim }
  /** Another box's holds: it is at work, or it has tried. `until` is by our own clock. */
  | { readonly kind: 'respected'; readonly state: ClaimState; readonly until: Date }
  /** The remote takes no claims; the branch's own create-if-absent still lets only one fix through. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** A claim that is ours. */
export interface Claim {
  /** Repairs of this bug that were begun, by any box, this one included. */
  readonly attempts: number;
  /** Holds it for as long again. @returns `lost` when another box has taken it over */
  renew(signal: AbortSignal): Promise<'held' | 'lost'>;
  /** Takes it away or leaves a tombstone, unless it has changed hands. */
  end(ending: ClaimEnding, signal: AbortSignal): Promise<void>;
}

/** One box of many repairs a bug: a ref per fingerprint on the remote. */
export interface Claims {
  /**
   * Of several boxes exactly one gets it. The same box gets its own again.
   * @throws AiOpsError `git-auth`, `git-not-found`, `git-unreachable`, `interrupted`
   */
  take(wish: ClaimWish, signal: AbortSignal): Promise<ClaimAnswer>;
}

/** The past of a repository. */
export interface History {
  /**
   * Who last touched a line, as far as the history that is on this machine tells. Contacts nobody.
   * @param line from 1, in the file as it is at the base commit
   * @returns `null` where the history here ends before it tells, or looking further would take too long
   */
  lastChange(base: Base, path: string, line: number, signal: AbortSignal): Promise<LastChange | null>;
  /**
   * What the base commit was made of, as far as is known: on this machine, or at the remote, which may be asked for more.
   * @param paths files of the base commit: commits are marked that touch one, whatever it was called then
   */
  past(base: Base, paths: readonly string[], signal: AbortSignal): Promise<Past>;
  /** What a commit says of itself; `null` where it is not here. */
  about(commit: string): Promise<AboutCommit | null>;
  /**
   * The files of a commit of its past.
   * @param names what files of the base commit are called there
   * @returns `null` where they cannot be had, or laid out
   */
  asOf(base: Base, commit: string, names: ReadonlyMap<string, string>): Promise<AsOf | null>;
}

/** Newest first, each commit before its parents. */
export type Past = readonly (PastCommit & {
  /** Of the files that were asked for, those that are there: what they are called. */
  readonly names: ReadonlyMap<string, string>;
})[];

/** The files of an older commit, as a change of the base commit. */
export interface AsOf {
  readonly files: ChangeSet['files'];
  /** What files of the base commit are called there: they are there under both names. */
  readonly names: ReadonlyMap<string, string>;
}

/** One source map, read. */
export interface SourceMap {
  /** Where a position came from, lines and columns from 1; `undefined` where the map does not say. */
  original(line: number, column: number): { readonly source: string; readonly line: number; readonly column: number } | undefined;
}

/** From compiled JavaScript to what it was made from. */
export interface SourceMaps {
  /**
   * @param address path of the map: its sources are named relative to it
   * @returns `undefined` for what is no map, or too large
   */
  open(text: string, address: string): SourceMap | undefined;
  /** The map of a file of this machine, by absolute path; `undefined` where there is none that may be read. */
  beside(file: string): Promise<{ readonly text: string; readonly address: string } | undefined>;
}

/** A throw-away work tree on disk. */
export interface Workspace {
  readonly dir: string;
  /** Beside it, for what commands leave outside of it (compilers' caches); goes when it is given back. It need not exist. */
  readonly scratch: string;
  /** Brings every file back to the base commit and removes what is not in it. `keep` names what is left alone where the base commit does not have it (`node_modules`). */
  reset(keep?: readonly string[]): Promise<void>;
  apply(changes: ChangeSet): Promise<void>;
  /** What differs from the base commit, ignored files left out. */
  changes(): Promise<ChangeSet>;
  /**
   * Whether what the setup of that key has installed here is there, exactly as it was left; what has come to it since is
   * removed. Otherwise nothing of any setup stays. `null` is the key of none.
   */
  hasSetup(key: string | null): Promise<boolean>;
  /**
   * What git ignores here now belongs to the setup of that key: it stays over every `reset`, and for the next repair.
   * @returns false where the setup has changed more than that: then nothing is kept
   */
  keepSetup(key: string): Promise<boolean>;
  /**
   * While `work` runs the tree is a git repository that knows the base commit and nothing else: no parent, no remote, no hook.
   * Afterwards it is none any more, whatever was done in it.
   */
  withGit<T>(work: () => Promise<T>): Promise<T>;
  /** Removes it, or gives it back to the pool. */
  release(): Promise<void>;
}

export interface Workspaces {
  open(base: Base): Promise<Workspace>;
  /** An empty directory, for a Claude that needs no file. */
  empty(): Promise<Pick<Workspace, 'dir' | 'release'>>;
}

/** Turns a change set into texts for people and for `git am`. */
export interface PatchWriter {
  /** Unified diff of all files. */
  diff(changes: ChangeSet): string;
  stats(changes: ChangeSet): readonly FileStat[];
  /** A mail that `git am` accepts. */
  formatPatch(
    changes: ChangeSet,
    commit: { readonly id: string; readonly message: string; readonly date: Date; readonly author: Identity },
  ): string;
}

// ---------------------------------------------------------------- fixing

export interface FixRequest {
  readonly mode: FixMode;
  readonly prompt: string;
  /** Directory Claude works in: the workspace in agentic mode, an empty directory in code_blocks mode. */
  readonly dir: string;
  /** US dollars that are left for this answer, where it is not the first; otherwise what the configuration says. */
  readonly budgetUsd?: number;
  readonly signal: AbortSignal;
}

/** What a failed fix has cost: the `cause` of the errors of `Fixer.fix`, where the CLI said so. */
export interface Spent {
  readonly costUsd: number;
  readonly turns: number;
  readonly modelMs: number;
  /** What Claude tried and could not do. */
  readonly stopped?: readonly StoppedTry[];
}

/** Claude, or a recorded answer. */
export interface Fixer {
  /** The command line that `fix` would run, without the prompt: for `fix --dry-run`. */
  plan(mode: FixMode): { readonly argv: readonly string[]; readonly environment: readonly string[] };
  /** @throws AiOpsError `claude-not-found`, `claude-auth`, `claude-rate-limit`, `claude-budget`, `claude-turns`, `claude-garbage`, `claude-timeout`, `claude-walls`, `claude-failed` */
  fix(request: FixRequest): Promise<FixAnswer>;
}

export interface ProcessRequest {
  readonly argv: readonly string[];
  readonly dir: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly timeoutMs: number;
  /** Per stream; the head and the tail are kept. */
  readonly maxOutputBytes?: number;
  /** What the whole process group may hold; it is killed when it holds more. Linux only. */
  readonly maxMemoryBytes?: number;
  readonly signal?: AbortSignal;
}

export interface ProcessResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** Killed for `maxMemoryBytes`. */
  readonly overMemory?: true;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** Programs run in a process group of their own, which ends with them. */
export interface Processes {
  /** @throws AiOpsError `program-not-found`, `interrupted` */
  run(request: ProcessRequest): Promise<ProcessResult>;
}

/** What one program in a sandbox is given, beside the system and the tools that its environment names. All paths absolute. */
export interface Inside {
  readonly network: boolean;
  readonly writable: readonly string[];
  readonly readable?: readonly string[];
  /** Directories of its own, in memory, beside HOME and TMPDIR. */
  readonly empty?: readonly string[];
  /** Files that it starts, wherever they lie. */
  readonly programs?: readonly string[];
  /** What package managers have fetched; in `dir` where the user has no such cache. */
  readonly packages?: { readonly dir: string; readonly isWritten: boolean };
  /**
   * What compilers keep: in `dir`, with what is in `shared` from other repairs. A program that fills works in `shared` itself.
   */
  readonly builds?: { readonly dir: string; readonly shared: string; readonly fills: boolean };
}

/** Shuts a program in: what it was not given does not exist for it. */
export interface Sandbox {
  readonly kind: SandboxKind;
  /** The same request as one that runs inside. The environment has to be what the program may see. */
  enclose(request: ProcessRequest, inside: Inside): ProcessRequest;
}

/** Where a command runs: in `dir`, which is the work tree or below it. */
export interface CommandPlace extends Pick<Workspace, 'scratch'> {
  readonly tree: string;
  readonly dir: string;
}

/** Runs one shell command line of the configuration in a workspace, without our secrets. */
export interface Commands {
  readonly isolation: Isolation;
  /**
   * The same for one that installs what the others need: it may reach the network, and fill the caches of package managers.
   * @param fillsBuilds also what compilers keep for other repairs: only for a command that runs nothing of a project
   */
  setUp(command: string, at: CommandPlace, signal: AbortSignal, fillsBuilds?: boolean): Promise<CommandRun>;
  /** `printed`: all that it printed, up to a bound, redacted; it is read and not kept. */
  run(command: string, at: CommandPlace, signal: AbortSignal): Promise<CommandRun & { readonly printed?: string }>;
  /** The same for a command that runs tests: its runner is asked to name them, by means that do not touch the work tree. */
  runTests(command: string, at: CommandPlace, signal: AbortSignal): Promise<CommandRun & { readonly printed?: string }>;
  /** Text that changes when the tools that install packages do, or the machine. */
  toolchain(): Promise<string>;
}

export type Syntax = { readonly kind: 'ok' } | { readonly kind: 'unknown' } | { readonly kind: 'broken'; readonly detail: string };

export interface SyntaxChecker {
  /**
   * Parses a file by its name; `unknown` where no parser is there for it, and where it had problems before the change too.
   * @param base the file before the change: what could not be read in it is not blamed on the change
   */
  check(path: string, bytes: Buffer, base?: Buffer): Promise<Syntax>;
}

// ---------------------------------------------------------------- proposing

/** Everything a host needs to open a request. Texts are complete and redacted. */
export interface RequestDraft {
  readonly fingerprint: string;
  readonly branch: string;
  readonly base: string;
  readonly commit: string;
  readonly title: string;
  /** Markdown; carries the marker `<!-- ai-ops:FINGERPRINT -->`. */
  readonly body: string;
  readonly draft: boolean;
  /** `git format-patch` text of the commit. */
  readonly patch: string;
}

/** Everything a host needs to open an issue. Texts are complete and redacted. */
export interface IssueDraft {
  /** Every name of the bug, its own first. */
  readonly names: readonly string[];
  readonly title: string;
  /** Markdown; carries the marker of each name. */
  readonly body: string;
  /** `git format-patch` text of a fix that is not proposed; empty where there is none. */
  readonly patch: string;
}

/** An issue of ours with its text as it now stands. */
export interface ToldIssue {
  readonly issue: Issue;
  readonly body: string;
}

export interface EnsuredIssue {
  readonly issue: Issue;
  readonly created: boolean;
  readonly notes: readonly string[];
}

/** One finding of `doctor`. */
export interface Check {
  readonly name: string;
  readonly status: 'ok' | 'warning' | 'failed';
  /** Of the catalogue, where it has failed by an error. */
  readonly code?: string;
  readonly detail: string;
  readonly hint?: string;
  /** Where it has failed: what `doctor` ends with; 1 without. */
  readonly exitCode?: number;
}

/** A request from a branch of ours, with its text as it now stands. */
export interface Proposed {
  readonly request: Request;
  readonly branch: string;
  readonly body: string;
}

/** What is said on the requests of a host that has people. */
export interface Talk {
  /**
   * How a request stands, and all that was said on it; `null` where it is gone.
   * @param how without `isFresh`, a request that has not changed since is not read again each time; `isMoved`: its base has
   *   moved, and whether it can be merged is asked for again
   */
  read(
    request: number,
    signal: AbortSignal,
    how?: { readonly isFresh?: boolean; readonly isMoved?: boolean },
  ): Promise<Conversation | null>;
  /** Id of the user that the token belongs to; `null` where the host does not say. */
  me(signal: AbortSignal): Promise<string | null>;
  /** Whether that person may write to the project now. No bot may. */
  mayAsk(author: Author, signal: AbortSignal): Promise<boolean>;
  /** Shows that a remark was read; safe to call twice. */
  acknowledge(request: number, remark: Remark, signal: AbortSignal): Promise<void>;
  /** Says something under the mark that it is known by; said once, however often it is called. */
  ensureSaid(request: number, said: { readonly body: string; readonly mark: string }, signal: AbortSignal): Promise<'said' | 'found'>;
}

/** The checks that a host runs on commits, or is told of. */
export interface Checks {
  /** The newest run of each check of a commit; none where nothing has run. */
  of(commit: string, signal: AbortSignal): Promise<readonly CommitCheck[]>;
  /**
   * Why a check is red: what its host notes of it, and the end of its job's log.
   * @returns `log` is `null` where there is none, or the token may not read it
   */
  why(commit: string, check: CommitCheck, signal: AbortSignal): Promise<{ readonly notes: string; readonly log: string | null }>;
  /**
   * Has the host run what failed once more.
   * @returns `was` where it has run again already; `no` where the token may not, or nothing there can be run again
   */
  runAgain(commit: string, red: readonly CommitCheck[], signal: AbortSignal): Promise<'begun' | 'was' | 'no'>;
}

export interface CodeHost {
  readonly kind: HostKind;
  /** Where it shows the code; `null` where it has no pages. */
  readonly pages: CodePages | null;
  /** `null` where nobody can say anything. */
  readonly talk: Talk | null;
  /** The same of issues: it is given their numbers. */
  readonly issueTalk: Talk | null;
  /** `null` where none are run. */
  readonly checks: Checks | null;
  /**
   * The newest request from `branch`, whatever its state. A local one is `merged` when the base branch holds its files.
   * @param known as it was seen before: then a list of all open ones may answer, which is some seconds old
   */
  findRequest(branch: string, signal: AbortSignal, known?: Request | null): Promise<Request | null>;
  /** Finds, adopts or creates; safe to call twice. `notes` are warnings for the trace (draft not supported, …). */
  ensureRequest(
    draft: RequestDraft,
    signal: AbortSignal,
  ): Promise<{ readonly request: Request; readonly created: boolean; readonly notes: readonly string[] }>;
  /**
   * Closes the newest request from `branch` under a mark by which all boxes know that no person has; one write, safe to call twice.
   * @returns it as it then stands; `null` where there is none
   */
  closeRequest(branch: string, signal: AbortSignal): Promise<Request | null>;
  /** Takes that mark out of a request that somebody has opened again. */
  disownClosing(branch: string, signal: AbortSignal): Promise<void>;
  /** The newest requests from branches of ours (`…fix-<12 digits>`), in any state, newest first; some hundred at most. */
  proposals(signal: AbortSignal): Promise<readonly Proposed[]>;
  /** Adds one more bug to the body of an open request; safe to call twice. @returns it as it then stands, also where it is not open any more */
  ensureJoined(proposed: Proposed, joining: Joining, signal: AbortSignal): Promise<Request>;
  /**
   * The issue of a bug by its names, whatever its state.
   * @throws AiOpsError `issues-off`, `host-…`
   */
  findIssue(names: readonly string[], signal: AbortSignal): Promise<ToldIssue | null>;
  /**
   * Finds, brings up to date or creates; safe to call twice. One that a person has closed stays closed, one that an ai-ops has
   * closed is opened again.
   * @throws AiOpsError `issues-off`, `host-…`
   */
  ensureIssue(draft: IssueDraft, signal: AbortSignal): Promise<EnsuredIssue>;
  /** @returns `null` where it is gone */
  readIssue(issue: Issue, signal: AbortSignal): Promise<ToldIssue | null>;
  /** @returns it as it then stands; nothing is written where nothing changes */
  changeIssue(told: ToldIssue, change: { readonly body?: string; readonly state?: 'open' | 'closed' }, signal: AbortSignal): Promise<Issue>;
  /** What the rules of the project ask of a branch of this name, as far as the token may see them. @throws AiOpsError `host-…` */
  rules(branch: string, signal: AbortSignal): Promise<readonly FormRule[]>;
  /** Whom the host takes the token for, with the address that it knows; `null` where it does not say. @throws AiOpsError `host-…` */
  self(signal: AbortSignal): Promise<Identity | null>;
  /** Token, rights and project, for `doctor`. */
  check(signal: AbortSignal): Promise<readonly Check[]>;
}

/** What is told to people. Texts are complete and redacted. */
export interface Notice {
  /** The same for the same piece of news: it is put into the outbox once. */
  readonly id: string;
  readonly kind: NoticeKind | 'digest';
  readonly trace: string | null;
  /** Notices of one bug make one thread; `null` for what is about none. */
  readonly fingerprint: string | null;
  readonly subject: string;
  /** It in one line, for a digest. */
  readonly line: string;
  readonly text: string;
  readonly html: string;
  /** Empty when there is none. */
  readonly patch: string;
  /** Not kept: what a notifier needs of these is in its `texts`. */
  readonly about?: NoticeAbout;
  /** Where the incident was seen. */
  readonly sources?: readonly string[];
}

/** Why a message waits: the `cause` of an error of `Notifier.send`, where the other side has said for how long. */
export interface Waiting {
  readonly waitMs: number;
}

/** A notice on its way by one notifier. */
export interface Message extends Notice {
  readonly notifier: string;
  /** Made by the notifier when it was put into the outbox, so that a repeat can be recognised: the same with every try. */
  readonly deliveryId: string;
  /** As the notifier names them. */
  readonly recipients: readonly string[];
}

/** What the other side said of each recipient. */
export interface Delivery {
  /** One line for the trace. */
  readonly said: string;
  /** Recipients that it may be tried for again: the other side said so, and they have not got it. */
  readonly later: readonly string[];
  readonly refused: readonly string[];
}

/** One way to tell people. */
export interface Notifier {
  readonly name: string;
  /** Of one that has a use of its own for notices: which it is given, each at once. Without it those that `notify.on` names. */
  readonly takes?: (notice: Notice) => boolean;
  /** What is fixed before the first try. @param id of the notice */
  address(id: string): Pick<Message, 'deliveryId' | 'recipients'>;
  /** What is kept of a notice to be sent, where that is not a mail. */
  readonly texts?: (notice: Notice) => Pick<Message, 'text' | 'html' | 'patch'>;
  /**
   * Tries once.
   * @throws AiOpsError with `reach` (who may have got it) and `scope` (what the next message would come to), or `interrupted`:
   *   then it is known that nobody has got it
   */
  send(message: Message, signal: AbortSignal): Promise<Delivery>;
  check(signal: AbortSignal): Promise<readonly Check[]>;
}

/** A message that is to go out. */
export interface NewMessage extends Message {
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Where so many were put in within the last hour, it is held for a digest until `digestAt`. */
  readonly perHour: number;
  readonly digestAt: string;
}

/** What came of a try. */
export interface DeliveryEnding {
  readonly state: Extract<DeliveryState, 'queued' | 'sent' | 'refused' | 'uncertain' | 'expired'>;
  readonly detail: string;
  readonly at: string;
  /** Of one that goes back to the queue. */
  readonly dueAt?: string;
  readonly recipients?: readonly string[];
  /** An interrupted try that nobody has got anything of does not count. */
  readonly isTry: boolean;
}

/** Messages on their way. Every change is durable when it resolves. */
export interface Outbox {
  /** Puts in what is not in it yet: one of the same id and notifier stays as it is. */
  put(messages: readonly NewMessage[]): Promise<void>;
  /**
   * Takes the oldest message that is due for this process: it is `sending` from then on, with its number of tries before. What
   * a dead process was sending becomes `uncertain`.
   * @param trace only a message of this trace
   */
  take(now: Date, notifier: string, trace?: string): Promise<TakenMessage | undefined>;
  settle(message: Pick<Message, 'id' | 'notifier'>, ending: DeliveryEnding): Promise<void>;
  /** Puts a digest in, in place of what it tells of: all or nothing; nothing where one of them is not held any more. */
  gather(digest: NewMessage, ids: readonly string[]): Promise<void>;
  /** Oldest first. */
  deliveries(filter?: { readonly trace?: string; readonly states?: readonly DeliveryState[] }): Promise<readonly DeliveryRecord[]>;
}

export interface TakenMessage extends Message {
  readonly createdAt: string;
  readonly tries: number;
}

/** What a line of `--verbose` is about; `AIOPS_DEBUG` names some of these. */
export type DetailArea = 'sources' | 'detect' | 'decide' | 'steps' | 'commands' | 'http' | 'ledger';

/** Hears one detail, in one line. It may hold text of strangers; secrets are taken out behind it. */
export type Tell = (words: string) => void;

/** Who hears the details of an area; `undefined` where nobody does, and then nothing is put into words. */
export type Details = (area: DetailArea) => Tell | undefined;

/** Live progress for people: a terminal shows it, `--json` and tests ignore it. */
export interface Progress {
  /** What the step that runs is about now: a command, a question. Shown until it ends or is about something else, and kept nowhere. */
  doing?(trace: string, words: string): void;
  step(trace: string, step: StepRecord): void;
  note(message: string): void;
  /** Absent where nobody listens. */
  readonly details?: Details;
}
