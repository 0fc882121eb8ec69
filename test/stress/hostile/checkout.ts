// A checkout with one commit, by git itself.
import { execFileSync } from 'node:child_process';

export function gitIn(dir: string, remote?: string): void {
  const git = (...args: readonly string[]): void => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
    execFileSync('git', [...who, ...args], { cwd: dir, stdio: 'ignore', env: { PATH: process.env.PATH ?? '', HOME: dir } });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=first');
  if (remote !== undefined) git('remote', 'add', 'origin', remote);
}
