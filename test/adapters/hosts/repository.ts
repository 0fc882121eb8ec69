// A real bare repository with the branches of the code-host contract, made by git in a temporary directory.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BRANCH, EMPTY_BRANCH } from '../../contracts/code-host.ts';

export interface TestRepository {
  /** The bare repository. */
  readonly dir: string;
  /** Tip of `BRANCH`. */
  readonly commit: string;
  /** Makes another branch with the same tip. */
  branch(name: string): void;
  git(...args: readonly string[]): string;
  remove(): void;
}

const WHO = 'Test <test@example.invalid> 1700000000 +0000';

function commit(ref: string, mark: number, from: number | null, content: string): string {
  const parent = from === null ? '' : `from :${from}\n`;
  return `commit refs/heads/${ref}\nmark :${mark}\ncommitter ${WHO}\ndata 4\ntest\n${parent}M 100644 inline app.js\ndata ${content.length}\n${content}\n`;
}

export function createTestRepository(): TestRepository {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-hosts-'));
  const dir = join(root, 'app.git');
  const git = (...args: readonly string[]): string => execFileSync('git', ['--git-dir', dir, ...args], { encoding: 'utf8' }).trim();
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', dir]);
  const stream = [
    commit('main', 1, null, 'one\n'),
    commit(BRANCH, 2, 1, 'two\n'),
    commit('ai-ops/fix-stranger', 3, null, 'three\n'),
    ...['release', EMPTY_BRANCH].map((name) => `reset refs/heads/${name}\nfrom :1\n\n`),
  ];
  execFileSync('git', ['--git-dir', dir, 'fast-import', '--quiet'], { input: stream.join('') });
  return {
    dir,
    commit: git('rev-parse', `refs/heads/${BRANCH}`),
    branch: (name) => {
      git('branch', name, BRANCH);
    },
    git,
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
