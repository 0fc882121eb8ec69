// Why a server refuses a push: a rule of the repository, which another form of the same commit keeps, or a right that the token
// has not. That it is refused is known by the protocol; the words only choose what is advised, and there is no code for them.
// Words: GitHub's GH006 and GH013, GitLab's push rules, hooks that people write.
import { type AiOpsError, fail } from '../../../errors.ts';

/** A hook or a rule has judged the push. Who may not push at all is refused before, by the status of the answer. */
const BY_RULE = /\bhook declined\b|rule violations|\bGH0\d\d\b/i;
/** The hook of GitLab also says whose right it is; GitHub guards workflows by a scope of the token. */
const BY_RIGHT = /without `\w+` scope|not allowed to push code to this project|\bpermission\b.* denied/i;

/** What is said of the name of a branch. */
const NAME =
  /\bbranch(?:es)?\b.*\b(?:names?|named|patterns?|prefix|called)\b|\b(?:names?|patterns?)\b.*\bbranch(?:es)?\b|creations? being restricted|protected branch/i;

/** What is at fault, by the first part of a commit that the words name; the narrower first. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/sign(?:ed)?[ -]?off|\bDCO\b/i, 'set commit.signoff to true'],
  [/\bsignatures?\b|\bunsigned\b|\bsigned\b|\bGPG\b/i, 'set commit.sign to the key of a user whom the host knows'],
  [/\bcommitter\b/i, 'set commit.committer (GIT_COMMITTER_NAME, GIT_COMMITTER_EMAIL) to somebody whom the rule lets through'],
  [/\bauthor\b|\be-?mail\b/i, 'set commit.author (GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL) to somebody whom the rule lets through'],
  [NAME, 'set request.branchPrefix to a beginning that the rule lets through'],
  [/\bmessage\b|\bsubject\b/i, 'set commit.subject to a form that the rule lets through'],
];

/** Whether a refusal of the try is about the name: what it says of commits is about the base commit, not about ours. */
export function isOfName(reason: string): boolean {
  return isRule(reason) && adviceFor(reason) === adviceFor('branch name');
}

/** @param detail the server's words, safe to show */
export function refusedPush(branch: string, detail: string): AiOpsError {
  return isRule(detail) ? ruleRefused(branch, detail) : fail('push-rejected', { branch, detail });
}

export function ruleRefused(branch: string, detail: string): AiOpsError {
  const advice = adviceFor(detail) ?? 'look at its rules and hooks; request.branchPrefix and the keys of commit say how we look';
  return fail('rule-refused', { branch, detail, advice });
}

const isRule = (reason: string): boolean => BY_RULE.test(reason) && !BY_RIGHT.test(reason);

function adviceFor(reason: string): string | undefined {
  return ADVICE.find(([words]) => words.test(reason))?.[1];
}
