// What one repair works with: the incident, the ports it may use and the settings it obeys.

import type { GuardPolicy } from '../../core/guard/judge.ts';
import type { FixMode, Follows, Incident } from '../../core/model.ts';
import type { ClaimWindows } from '../../core/policy/claim.ts';
import type { FollowRules } from '../../core/policy/follow-up.ts';
import type { OpenAt } from '../../core/policy/open-at.ts';
import type { ConfiguredChecks } from '../../core/proof/checks.ts';
import type { EventForm } from '../../core/tables.ts';
import type { Audience } from '../../core/texts/phrases.ts';
import type {
  Checks,
  Claims,
  Clock,
  CodeHost,
  Commands,
  Fixer,
  History,
  Journal,
  Notifier,
  Outbox,
  PatchWriter,
  Progress,
  Redact,
  Repository,
  SourceMaps,
  SyntaxChecker,
  Talk,
  TraceStore,
  Workspaces,
} from '../../ports.ts';
import type { NoticePolicy } from '../notices/write.ts';

export interface RepairPorts {
  readonly store: TraceStore & Pick<Journal, 'facts'>;
  /** The incidents of this repository. */
  readonly journal: Pick<Journal, 'incidents'>;
  readonly repository: Repository;
  readonly history: History;
  readonly sourceMaps: SourceMaps;
  /** `null` where there is no remote: the ledger is enough. */
  readonly claims: Claims | null;
  readonly workspaces: Workspaces;
  readonly fixer: Fixer;
  readonly commands: Commands;
  readonly syntax: SyntaxChecker;
  readonly patches: PatchWriter;
  readonly host: CodeHost;
  readonly notifiers: readonly Notifier[];
  readonly outbox: Outbox;
  readonly redact: Redact;
  /** Name of the state directory, as others see it. */
  readonly box: () => Promise<string>;
  readonly progress: Progress;
  /** The repository with one of our branches in the place of the base branch, and work trees of it. */
  readonly onBranch: (branch: string) => Promise<Pick<RepairPorts, 'repository' | 'workspaces'>>;
  readonly clock: Clock;
  /** A new random identifier of 12 lower-case letters and digits: for traces and fences. */
  readonly newId: () => string;
}

export interface RepairSettings extends Audience {
  readonly mode: FixMode;
  /** Version of ai-ops. */
  readonly version: string;
  readonly guard: GuardPolicy;
  readonly checks: ConfiguredChecks;
  /** Directory of the application within the repository, without slashes at its ends; empty for the root. */
  readonly subdir: string;
  /** Tokens that the files of one prompt may take, as `token-budget.ts` estimates them. */
  readonly maxContextTokens: number;
  /** Answers that Claude is asked for beside the first, where that cannot stand. */
  readonly maxRetries: number;
  /** What the search for the commit that brought an error may take; 0 is none. */
  readonly bisectSeconds: number;
  /** The test is asked for before the fix, which is paid for only once that test shows the error of the log. */
  readonly testFirst?: boolean;
  /** US dollars that one repair may cost, all answers together. */
  readonly maxBudgetUsd: number;
  /** Propose as a draft. */
  readonly draft: boolean;
  /** Below it a fix is not proposed. */
  readonly openAt: OpenAt;
  /** Tell of what is not proposed in an issue. */
  readonly issues: boolean;
  /** What a comment begins with that is for ai-ops, and whether reviews are. */
  readonly asks?: { readonly prefix: string; readonly reviews: boolean };
  /** What the branches of fixes begin with. */
  readonly branchPrefix: string;
  /** Templates of a commit's first line and of a request's title, as a team has set them. */
  readonly subject: string;
  readonly title: string | null;
  /** Commits are signed off by who commits. */
  readonly signoff: boolean;
  /** Commits are signed by a key. */
  readonly isSigned: boolean;
  /** How much of the event others are told. */
  readonly event: EventForm;
  /** Which notices are written, and how many. */
  readonly notices: NoticePolicy;
  /** How long a claim holds, and others are held back by one that ended badly. */
  readonly claim: { readonly seconds: number } & ClaimWindows;
  /** A person has named the bug. */
  readonly asked?: boolean;
  /** They want another fix, although one was merged or closed. */
  readonly again?: boolean;
}

/** What follows a request up works with beside. */
export interface Replying {
  readonly talk: Talk;
  /** `null` where its host runs none. */
  readonly checks: Checks | null;
  readonly rules: FollowRules;
}

/** One repair under way. */
export interface Job {
  readonly trace: string;
  /** The same however often the repair goes on. */
  readonly startedAt: Date;
  readonly incident: Incident;
  /** It follows a request up. */
  readonly follows?: Follows;
  readonly ports: RepairPorts;
  readonly settings: RepairSettings;
  readonly signal: AbortSignal;
}
