// What one step hands to the next. The values flow downwards as constants of `repair.ts`; no step imports another.
// In the order of the steps.

import type { Meeting } from '../../core/answer/touched-lines.ts';
import type { RankedFile } from '../../core/context/rank.ts';
import type { LeftFile } from '../../core/context/token-budget.ts';
import type { ChangeSet, FixAnswer, Issue, LastChange, Proof, Request, Verification } from '../../core/model.ts';
import type { Below } from '../../core/policy/open-at.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import type { STEPS, StepName } from '../../core/tables.ts';
import type { Rejected } from '../../core/texts/follow-up.ts';
import type { PromptFile } from '../../core/texts/prompt.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import type { Base, Claim, Proposed, TreeEntry, Workspace } from '../../ports.ts';

/** What the repair may go on with. */
export interface Claimed {
  /** Branch of the fix. */
  readonly branch: string;
  /** The request that this one follows: merged, or closed and asked for again. */
  readonly earlier: Request | null;
  /** `null` where there is no remote to claim on, or it takes no claims. */
  readonly held: Claim | null;
}

/** The base commit of a repair, and its work tree where one is needed. Disposing gives the work tree back. */
export interface Site extends AsyncDisposable {
  readonly base: Base;
  readonly entries: readonly TreeEntry[];
  readonly plan: CheckPlan;
  /** Files of the base commit that the plan's commands run. */
  readonly programs: readonly string[];
  readonly workspace: Workspace | null;
  /** Made again after a crash: what the baseline has set up in its work tree is gone. */
  readonly isRemade: boolean;
  /** Names what the setup installs; `null` where there is none to be kept. */
  readonly setupKey: string | null;
  /** It is there from an earlier repair. */
  readonly isSetUp: boolean;
}

/** A file as it goes into the prompt. */
export interface ContextFile extends Omit<PromptFile, 'role'>, Pick<RankedFile, 'why' | 'role'> {
  /** About how many tokens it takes; 0 in agentic mode, where only its path goes in. */
  readonly tokens: number;
}

/** What Claude is shown of the repository. */
export interface Context {
  /** The likeliest to hold the bug first. */
  readonly files: readonly ContextFile[];
  readonly left: readonly LeftFile[];
  /** What could not be told apart, for people. */
  readonly notes: readonly string[];
  /** About how many tokens all files take. */
  readonly usedTokens: number;
  /** The commit that last changed the line of the nearest frame; redacted. */
  readonly suspect: LastChange | null;
}

/** What Claude said, and in agentic mode what git says it has done: its work tree does not outlive a crash. */
export interface Answered {
  readonly answer: FixAnswer;
  readonly changes: ChangeSet | null;
}

/** Why the next answer is asked for, and what is left for it. Made of redacted facts. */
export interface Refused extends Rejected {
  /** Claude's test shows the error already: now the fix is asked for. */
  readonly isReproduced?: true;
  /** Answers so far. */
  readonly answers: number;
  readonly budgetUsd: number;
}

/** An answer that stands, and what came of it. */
export interface Proven {
  readonly answer: Answered;
  readonly changes: ChangeSet;
  readonly proof: Proof;
}

/** A committed fix and the facts that its texts are written from. */
export interface Fix {
  readonly commit: string;
  readonly message: string;
  readonly patch: string;
  readonly proposal: Proposal;
}

/** What the request is to be about. */
export type Pushed =
  | { readonly kind: 'branch'; readonly branch: string; readonly commit: string }
  | { readonly kind: 'joins'; readonly proposed: Proposed; readonly how: Meeting }
  /** Too little was shown for a request. */
  | { readonly kind: 'issue'; readonly below: Below };

/** What the row `request` may come to in place of a request. */
export interface InIssue {
  readonly issue: Issue;
  /** Why there is no request. */
  readonly why: string;
}

/** Every name of `Names` has a field in `T`. */
type Each<Names extends string, T extends Readonly<Record<Names, unknown>>> = T & Readonly<Record<Names, unknown>>;

/** Steps by what `STEPS` says that they keep for a resume. */
export type Keeping<K extends (typeof STEPS)[number]['keeps']> = Extract<(typeof STEPS)[number], { readonly keeps: K }>['name'];

/** What each step finds. */
export type Found = Each<
  StepName,
  {
    claim: Claimed;
    checkout: Site;
    context: Context;
    baseline: Verification | null;
    fix: Answered;
    guard: ChangeSet;
    verify: Proof;
    commit: Fix;
    push: Pushed;
    request: Request | InIssue;
    notify: unknown;
  }
>;

/** What is kept of it, where it is made again from a part. */
export type KeptParts = Each<
  Keeping<'part'>,
  {
    claim: Omit<Claimed, 'held'>;
    checkout: Base;
    /** The base commit has the files. */
    context: LastChange | null;
    commit: Omit<Fix, 'patch'>;
  }
>;
