// The tokens the stand-in knows in tests: one for each way a token can be short of a right.

export interface GitHubToken {
  readonly login: string;
  /** `none`: the project is private and not visible to it. */
  readonly access: 'none' | 'read' | 'write';
  /** Fine-grained tokens have rights instead of scopes. */
  readonly kind: 'classic' | 'fine-grained';
  /** Right to open pull requests; a fine-grained token may lack it while it can push. */
  readonly pulls: boolean;
  /** Right to write issues, where it is another one. */
  readonly issues?: false;
  /** Right to see Actions, and to run them again; `write` where it is not said. */
  readonly actions?: 'none' | 'read';
  /** Default `repo, read:org`, of a classic token. */
  readonly scopes?: string;
  /** The organisation wants it to be authorised for single sign-on first. */
  readonly unauthorised?: true;
  /** The token of a workflow is no user. */
  readonly workflow?: true;
  /** As GitHub writes it: `2026-01-05 00:00:00 UTC`. */
  readonly expires?: string;
}

export const GITHUB_TOKENS: Readonly<Record<string, GitHubToken>> = {
  'classic-write': { login: 'robot', access: 'write', kind: 'classic', pulls: true },
  'fine-write': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true },
  'fine-no-issues': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true, issues: false },
  'fine-no-pulls': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: false },
  'classic-read': { login: 'reader', access: 'read', kind: 'classic', pulls: false },
  'classic-narrow': { login: 'robot', access: 'write', kind: 'classic', pulls: true, scopes: 'read:org' },
  'classic-sso': { login: 'robot', access: 'write', kind: 'classic', pulls: true, unauthorised: true },
  'fine-expiring': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true, expires: '2026-01-05 00:00:00 UTC' },
  workflow: { login: 'github-actions[bot]', access: 'write', kind: 'fine-grained', pulls: true, workflow: true },
  'classic-blind': { login: 'stranger', access: 'none', kind: 'classic', pulls: false },
};
