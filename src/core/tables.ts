// The closed lists of ai-ops: each is one table here, and its union is derived from it. What depends on a member is a
// `Record` over the union, or a `switch` that ends with `assertNever`, so that a new member is a type error wherever it
// needs code of its own; `doc/recipes.md` says where that is. Nothing is decided here.

// ---------------------------------------------------------------- what a log says

/** Severity of a record, most severe first. */
export const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type Level = (typeof LEVELS)[number];

/** Languages whose stack traces are read. */
export const TRACE_LANGUAGES = [
  'python',
  'java',
  'javascript',
  'go',
  'ruby',
  'php',
  'dotnet',
  'rust',
  'cpp',
  'dart',
  'elixir',
  'swift',
  'perl',
] as const;
export type TraceLanguage = (typeof TRACE_LANGUAGES)[number];

/** Language of an event; `none` where it has no trace. */
export const LANGUAGES = [...TRACE_LANGUAGES, 'none'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a record may say of where it came from, beside what happened. */
export const FACT_NAMES = ['service', 'environment', 'release', 'host', 'container', 'trace'] as const;
export type FactName = (typeof FACT_NAMES)[number];

// ---------------------------------------------------------------- a repair

/** How Claude works: it answers with whole files and exact edits, or edits a throw-away work tree. */
export const FIX_MODES = ['code_blocks', 'agentic'] as const;
export type FixMode = (typeof FIX_MODES)[number];

/**
 * How much others are told of an event: its text without the values of users, the frames of the application alone, or all as it
 * was logged. Secrets are out of each of them.
 */
export const EVENT_FORMS = ['abstracted', 'frames', 'raw'] as const;
export type EventForm = (typeof EVENT_FORMS)[number];

/** What is posted to a webhook: JSON of our own, or a message as a chat takes it. */
export const WEBHOOK_FORMS = ['json', 'slack', 'teams', 'mattermost', 'dingtalk', 'feishu', 'wecom'] as const;
export type WebhookForm = (typeof WEBHOOK_FORMS)[number];

/** What is known of a step, wherever it is not the step's own work. */
interface StepShape {
  readonly name: string;
  /** The last step that works with what this one has found; `null` where none does. A resume makes it again where that was not kept. */
  readonly neededUntil: string | null;
  /** Costs money. */
  readonly asksClaude: boolean;
  /** Others see what it does, and it is to be there once: made again after a crash, it finds what it has done before. */
  readonly once: boolean;
  /** What is stored for a resume: the value itself, the part of it from which it is made again, or nothing. */
  readonly keeps: 'value' | 'part' | 'nothing';
  /** `ai-ops fix --dry-run` does its work too, as far as that changes nothing. */
  readonly inDryRun: boolean;
}

/** What commands and Claude can be shut in by. */
export const SANDBOX_KINDS = ['bubblewrap'] as const;
export type SandboxKind = (typeof SANDBOX_KINDS)[number];

/** The steps of a repair, in order: one row of a trace each. */
export const STEPS = [
  { name: 'claim', neededUntil: null, asksClaude: false, once: true, keeps: 'part', inDryRun: false },
  { name: 'checkout', neededUntil: 'notify', asksClaude: false, once: false, keeps: 'part', inDryRun: true },
  { name: 'context', neededUntil: 'fix', asksClaude: false, once: false, keeps: 'part', inDryRun: true },
  { name: 'baseline', neededUntil: 'verify', asksClaude: false, once: false, keeps: 'value', inDryRun: false },
  { name: 'fix', neededUntil: 'commit', asksClaude: true, once: false, keeps: 'value', inDryRun: false },
  { name: 'guard', neededUntil: 'commit', asksClaude: false, once: false, keeps: 'value', inDryRun: false },
  { name: 'verify', neededUntil: 'commit', asksClaude: false, once: false, keeps: 'value', inDryRun: false },
  { name: 'commit', neededUntil: 'notify', asksClaude: false, once: false, keeps: 'part', inDryRun: false },
  { name: 'push', neededUntil: 'request', asksClaude: false, once: true, keeps: 'value', inDryRun: false },
  { name: 'request', neededUntil: 'notify', asksClaude: false, once: true, keeps: 'value', inDryRun: false },
  { name: 'notify', neededUntil: null, asksClaude: false, once: true, keeps: 'nothing', inDryRun: false },
] as const satisfies readonly StepShape[];
export type StepName = (typeof STEPS)[number]['name'];
STEPS satisfies readonly { readonly neededUntil: StepName | null }[];

/** How much of a fix was shown, least first. */
export const PROOF_LEVELS = ['L0', 'L1', 'L2', 'L3', 'L4'] as const;

/**
 * Why a request gets one more commit: people ask for something, checks of its host that were green are red, or its base has
 * moved on.
 */
export const FOLLOW_CAUSES = ['asks', 'checks', 'base'] as const;
export type FollowCause = (typeof FOLLOW_CAUSES)[number];

/** How a repair ends. */
export const OUTCOMES = ['proposed', 'issued', 'declined', 'refused', 'failed', 'skipped'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

// ---------------------------------------------------------------- how things stand

/** States of a trace that came to something people act on, a request or an issue, and of an incident with it. */
export const FOLLOWED_STATES = ['proposed', 'issued', 'declined', 'merged', 'closed', 'confirmed', 'regressed'] as const;
export type FollowedState = (typeof FOLLOWED_STATES)[number];

/** How a trace stands. */
export const TRACE_STATES = ['running', ...FOLLOWED_STATES, 'refused', 'failed', 'skipped', 'interrupted'] as const;
export type TraceState = (typeof TRACE_STATES)[number];

/** What became of an incident so far. */
export const INCIDENT_STATES = ['new', 'waiting', 'repairing', 'refused', 'failed', 'skipped', ...FOLLOWED_STATES] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/**
 * Whose matter an incident is: of the code, of somebody who was rightly refused, of a caller, of the machine or another
 * service. `unknown` is treated as a fault of the code, so that no bug is lost to a guess.
 */
export const TRIAGE_CLASSES = ['code-fault', 'denied', 'bad-input', 'environment', 'unknown'] as const;
export type TriageClass = (typeof TRIAGE_CLASSES)[number];

/**
 * How an earlier incident is like another one, the closest first: the same bug; the same functions lead to both; the same type of
 * error in the same file.
 */
export const LIKENESSES = ['same', 'frames', 'type'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** What a notice is about; the names that `notify.on` takes. */
export const NOTICE_KINDS = [
  'proposed',
  'issued',
  'declined',
  'refused',
  'failed',
  'merged',
  'closed',
  'confirmed',
  'regressed',
  'stopped',
  'environment',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

// ---------------------------------------------------------------- the world outside

/** Code hosts that open requests. */
export const FORGE_KINDS = ['github', 'gitlab'] as const;
export type ForgeKind = (typeof FORGE_KINDS)[number];

/** Where requests are opened. */
export const HOST_KINDS = [...FORGE_KINDS, 'local'] as const;
export type HostKind = (typeof HOST_KINDS)[number];

/** What is known of a kind of source by the names that users write, before one is opened. */
interface SourceShape {
  readonly kind: string;
  /** Names of its own. */
  readonly names: RegExp;
  /** A name is a path or a glob: relative to the file that says it, and `ai-ops doctor` looks at what is there. */
  readonly isPath: boolean;
  /** It can be read only once: nobody can come back to it, so no other watcher is to be kept from it either. */
  readonly once: boolean;
}

/** What logs are read from, in the order in which a name is tried: the last one takes what nobody else does. */
export const SOURCES = [
  { kind: 'stdin', names: /^-$/, isPath: false, once: true },
  { kind: 'kafka', names: /^kafka:/i, isPath: false, once: false },
  { kind: 'elasticsearch', names: /^(?:elasticsearch|opensearch):\/\//i, isPath: false, once: false },
  { kind: 'sentry', names: /^sentry:\/\//i, isPath: false, once: false },
  { kind: 'loki', names: /^loki:\/\//i, isPath: false, once: false },
  { kind: 'command', names: /^(?:command|journald|docker|kubernetes|cloudwatch):/, isPath: false, once: false },
  { kind: 'file', names: /^/, isPath: true, once: false },
] as const satisfies readonly SourceShape[];
export type SourceKind = (typeof SOURCES)[number]['kind'];
