// On a real terminal (tmux). Progress: one line that moves, finished lines that stay, nothing left behind.
// Questions: asked, answered, and left by Ctrl-C.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MAIN } from '../support/main-file.ts';

const own = mkdtempSync(path.join(tmpdir(), 'ai-ops-tmux-'));
const socket = path.join(own, 'socket');
const tmux = (...argv: readonly string[]): string =>
  spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...argv], { encoding: 'utf8' }).stdout;
const screen = (): readonly string[] => tmux('capture-pane', '-p', '-t', 'it').trimEnd().split('\n');

async function eventually(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the terminal shows\n${screen().join('\n')}`);
}

afterAll(() => {
  tmux('kill-server');
  rmSync(own, { recursive: true });
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
  tmux('kill-session', '-t', 'it');
});

describe('init', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'ai-ops-init-'));
    const program = `'${process.execPath}' '${MAIN}' init; echo ended with \\$?; cat`;
    tmux('new-session', '-d', '-s', 'it', '-x', '100', '-y', '20', '-c', dir, `NO_COLOR=1 LC_ALL=C.UTF-8 TERM=screen sh -c "${program}"`);
  });
  afterEach(() => {
    tmux('kill-session', '-t', 'it');
    rmSync(dir, { recursive: true });
  });
  const file = (): string => path.join(dir, '.aiopsrc.json');

  test('asks and writes', async () => {
    await eventually(() => screen().at(-1)!.startsWith('Logs to follow'));
    tmux('send-keys', '-t', 'it', 'a.log', 'Enter', 'Enter', 'agentic', 'Enter', 'Enter', 'Enter');
    await eventually(() => screen().at(-1) === 'ended with 0');
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ logs: ['a.log'], claude: { mode: 'agentic' } });
  });

  test('Ctrl-C ends it with 130 and writes nothing', async () => {
    await eventually(() => screen().at(-1)!.startsWith('Logs to follow'));
    tmux('send-keys', '-t', 'it', 'C-c');
    await eventually(() => screen().at(-1) === 'ended with 130');
    expect([existsSync(file()), screen().filter((line) => line.startsWith('ai-ops:'))]).toEqual([
      false,
      ['ai-ops: error: interrupted', 'ai-ops: hint: what was done is kept; run the same command again to go on'],
    ]);
  });
});
