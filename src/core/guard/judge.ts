// Judges a change set by rule, after Claude has ended. Reads what git says has changed, never what the answer claims.
// A rule sees paths, modes and bytes; it cannot be talked to. The rules stand in `guard/`, one file per family.

import type { ChangeSet, Verdict } from '../model.ts';
import { blobs, hosts, secrets } from './additions.ts';
import { hides } from './hiding/hides.ts';
import { manifests } from './manifests.ts';
import { protection, shape, sizes } from './paths.ts';
import { patterns } from './patterns.ts';
import { draft, type GuardPolicy, readChange, readParts } from './policy.ts';
import { reaches } from './reaches.ts';
import { shadows } from './shadows.ts';
import { steering } from './steering.ts';
import { testSettings } from './test-settings.ts';
import { tests } from './tests.ts';
import { unseen } from './unseen.ts';

export type { GuardPolicy } from './policy.ts';

/** Every rule, what it says at its strictest and why: doc/security.md is written from it. */
export const GUARD_RULES: Readonly<Record<string, { readonly verdict: Verdict['verdict']; readonly why: string }>> = {
  'max-files': { verdict: 'refuse', why: 'more files than a fix may touch' },
  'max-lines': { verdict: 'refuse', why: 'more lines than a fix may touch' },
  outside: { verdict: 'refuse', why: 'a path that is no plain path of the repository' },
  'protected-path': { verdict: 'refuse', why: 'CI, agents, editors, hooks, builds, lock files, git itself, and what the policy names' },
  symlink: { verdict: 'refuse', why: 'a symbolic link, or a file behind one' },
  submodule: { verdict: 'refuse', why: 'a submodule' },
  'mode-change': { verdict: 'refuse', why: 'another mode, or a new executable' },
  binary: { verdict: 'refuse', why: 'bytes that are no text' },
  'long-line': { verdict: 'patch-only', why: 'a line that nobody can review' },
  'check-config': { verdict: 'patch-only', why: 'settings that the proof runs by, and programs of the repository that its commands run' },
  'self-run': { verdict: 'patch-only', why: 'what bundlers, builds, tasks, machines and tools run or obey without being asked' },
  shadows: { verdict: 'patch-only', why: 'a new module in the place of one of the standard library, or code that runs before the tests' },
  'hidden-text': { verdict: 'refuse', why: 'letters that a reviewer does not see, or that turn a line around' },
  lookalike: { verdict: 'patch-only', why: 'a name with a letter of another alphabet that looks the same' },
  'package-script': { verdict: 'refuse', why: 'commands that a package manager runs by itself' },
  'new-dependency': { verdict: 'patch-only', why: 'packages that would be installed' },
  'package-entry': { verdict: 'draft', why: 'how a package is loaded' },
  'test-deleted': { verdict: 'refuse', why: 'an existing test that goes' },
  'test-skipped': { verdict: 'refuse', why: 'tests that no longer run' },
  'test-shrunk': { verdict: 'refuse', why: 'fewer test cases or assertions than before' },
  'test-changed': { verdict: 'patch-only', why: 'an existing test that expects something else' },
  'test-reaches': { verdict: 'refuse', why: 'a test that reads the home of the user, the environment or files of the machine' },
  'snapshot-churn': { verdict: 'patch-only', why: 'recorded results that change' },
  secret: { verdict: 'refuse', why: 'a secret in an added line; in a test, a draft' },
  'new-host': { verdict: 'patch-only', why: 'a host that the changed files did not name; in a comment, a draft' },
  'encoded-blob': { verdict: 'patch-only', why: 'encoded text that nobody can review' },
  'runs-code': { verdict: 'patch-only', why: 'calls that run a program, or text as a program' },
  'ends-run': { verdict: 'patch-only', why: 'calls that end the process as if all were well: tests are green without having run' },
  'swallowed-error': { verdict: 'patch-only', why: 'a handler that only hides the error; with a default value, a draft' },
  'suspicious-log': { verdict: 'patch-only', why: 'a log event that looks written for a model' },
  'tried-outside': { verdict: 'draft', why: 'Claude tried what its walls do not allow, and was stopped' },
  'wall-down': { verdict: 'draft', why: 'a flag of claude.args that takes a safety wall down' },
  'special-case': { verdict: 'patch-only', why: 'a condition whose every literal stands in the added test' },
  'early-constant': { verdict: 'patch-only', why: 'what is given back in front of the code at fault, which nothing reaches any more' },
  'default-handler': { verdict: 'patch-only', why: 'a new handler of every error that only logs, or gives a default' },
  'error-dropped': { verdict: 'patch-only', why: 'words or a constant in the very place of an error that was raised' },
  'against-words': {
    verdict: 'patch-only',
    why: 'an entry left out, a return with nothing or a default, where the words of the function say that each one counts, or name just this input',
  },
  'lower-level': { verdict: 'patch-only', why: 'the same words at a level that nobody is told of; beside other work, a draft' },
  'work-gone': {
    verdict: 'patch-only',
    why: 'what does nothing any more: only hands on what it got or a constant, asks of everything whether it is there, is switched off, is written over for the whole program, or is no longer done in any case',
  },
  'silenced-report': {
    verdict: 'patch-only',
    why: 'what keeps errors from being told: a filter, a level, a hook, an output that leads nowhere, a report that is gone or said below a further condition',
  },
  'limit-raised': { verdict: 'patch-only', why: 'a limit of the language put further away: what ran into it runs into it later' },
  waits: { verdict: 'patch-only', why: 'a new wait, but for the pace of a loop that was there: the error may pass, and come again' },
  'sees-tests': { verdict: 'patch-only', why: 'code that asks whether tests or a CI machine run it' },
  suppression: { verdict: 'patch-only', why: 'a comment that silences a check' },
};

/** A change that is refused for its number of files is read as far as this: what the rest holds changes nothing. */
const READ_FILES = 100;

/**
 * Every rule that has something to say gives one verdict per finding; an empty list means: allowed.
 * @param lines added and removed lines together
 * @example judge(changes, policy, 12).some((verdict) => verdict.verdict === 'refuse')
 */
export function judge(changes: ChangeSet, policy: GuardPolicy, lines: number): readonly Verdict[] {
  const files = changes.files.slice(0, Math.max(policy.maxFiles, READ_FILES)).map(readChange);
  const parts = files.flatMap(readParts);
  const guarded = protection(policy);
  const steered = steering(policy.programs ?? []);
  return [
    ...sizes(changes.files, policy, lines),
    ...files.flatMap((file) => [
      ...shape(file),
      ...guarded(file),
      ...steered(file),
      ...shadows(file),
      ...unseen(file),
      ...manifests(file),
      ...testSettings(file),
      ...blobs(file),
    ]),
    ...parts.flatMap((part) => [...tests(part), ...reaches(part)]),
    ...secrets(parts),
    ...hosts(parts),
    ...patterns(parts),
    ...hides(parts, policy.event),
    ...(policy.wallsDown ?? []).map((flag) => draft('wall-down', `claude.unsafeArgs lets ${flag} through`)),
  ];
}

/** The strictest verdict, or `allow`. */
export function strictest(verdicts: readonly Verdict[]): Verdict['verdict'] {
  const order: readonly Verdict['verdict'][] = ['refuse', 'patch-only', 'draft'];
  return order.find((kind) => verdicts.some((verdict) => verdict.verdict === kind)) ?? 'allow';
}
