// The progress display on a real terminal (tmux): one line that moves, finished lines that stay, nothing left behind.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const socket = `ai-ops-test-${process.pid}`;
const tmux = (...argv: readonly string[]): string =>
  spawnSync('tmux', ['-L', socket, '-f', '/dev/null', ...argv], { encoding: 'utf8' }).stdout;
const screen = (): readonly string[] => tmux('capture-pane', '-p', '-t', 'it').trimEnd().split('\n');

async function eventually(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the terminal shows\n${screen().join('\n')}`);
}

afterAll(() => {
  tmux('kill-server');
});

test('progress', async () => {
  const program = `'${process.execPath}' '${path.resolve('test/support/show-progress.ts')}' && echo over; cat`;
  tmux('new-session', '-d', '-s', 'it', '-x', '40', '-y', '10', `LC_ALL=C.UTF-8 TERM=screen sh -c "stty -echo; ${program}"`);

  await eventually(() => screen().length === 2 && /^[⠀-⣿] fix {7}/u.test(screen()[1]!));
  expect(screen()[0]).toBe('✓ checkout     1.5 s  基础提交 on main');
  const first = screen()[1];
  await eventually(() => screen()[1] !== first);
  await eventually(() => screen().length === 2 && /fix {7}\d+\.\d s {2}a summary.*…$/u.test(screen()[1]!));

  tmux('send-keys', '-t', 'it', 'Enter');
  await eventually(() => screen().includes('over'));
  expect(screen().filter((line) => line !== '')).toEqual([
    '✓ checkout     1.5 s  基础提交 on main',
    '✓ fix          1.5 s  answered',
    'over',
  ]);
}, 30_000);
