// Names that are a function of the fingerprint alone: the branch of a fix and the marker in a request's body.

/** What the branches of all fixes begin with, unless a team has set it otherwise. */
export const BRANCH_PREFIX = 'ai-ops/';

/**
 * The prefix, `fix-` and the first 12 hexadecimal digits of the fingerprint, without its version prefix:
 * a colon is not allowed in a ref name.
 * @param nth counts the fixes of one bug: a second one is made when the first was merged and the error came back
 * @example fixBranch('v1:0123456789abcdef0123456789abcdef') // 'ai-ops/fix-0123456789ab'
 */
export function fixBranch(fingerprint: string, nth = 1, prefix = BRANCH_PREFIX): string {
  return `${prefix}fix-${shortFingerprint(fingerprint)}${nth > 1 ? `-${nth}` : ''}`;
}

/** Whether a branch is called as one of a fix, whatever prefix was set when it was made. */
export function isFixBranch(branch: string): boolean {
  return /fix-[0-9a-f]{12}(?:-\d+)?$/.test(branch);
}

/** The 12 digits of the branch name; also what people may type for a fingerprint. */
export function shortFingerprint(fingerprint: string): string {
  return fingerprint.replace(/^v\d+:/, '').slice(0, 12);
}

/** Hidden in the Markdown of a request: tells which bug it is about whatever happens to its title. */
export function marker(fingerprint: string): string {
  return `<!-- ai-ops:${fingerprint} -->`;
}
