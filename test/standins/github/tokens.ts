// The tokens the stand-in knows in tests: one for each way a token can be short of a right.

export interface GitHubToken {
  readonly login: string;
  /** `none`: the project is private and not visible to it. */
  readonly access: 'none' | 'read' | 'write';
  /** Fine-grained tokens have rights instead of scopes. */
  readonly kind: 'classic' | 'fine-grained';
  /** Right to open pull requests; a fine-grained token may lack it while it can push. */
  readonly pulls: boolean;
}

export const GITHUB_TOKENS: Readonly<Record<string, GitHubToken>> = {
  'classic-write': { login: 'robot', access: 'write', kind: 'classic', pulls: true },
  'fine-write': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: true },
  'fine-no-pulls': { login: 'robot', access: 'write', kind: 'fine-grained', pulls: false },
  'classic-read': { login: 'reader', access: 'read', kind: 'classic', pulls: false },
  'classic-blind': { login: 'stranger', access: 'none', kind: 'classic', pulls: false },
};
