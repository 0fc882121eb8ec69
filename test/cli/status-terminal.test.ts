// `ai-ops status --watch` on a real terminal: drawn again in place, ended with Ctrl-C. The terminal is tmux.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN } from '../support/main-file.ts';
import { createState, FAILED, keep, OUTCOME, type State, sight } from '../support/state.ts';

const ROWS = 12;

let state: State;
let place: string;
// A socket of its own: no other tmux of this machine is spoken to.
const tmux = (...args: readonly string[]): string =>
  execFileSync('tmux', ['-S', join(place, 'socket'), '-f', '/dev/null', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: place, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8' },
  });
const screen = (): string => tmux('capture-pane', '-p', '-t', 'watch').trimEnd();

beforeEach(() => {
  state = createState();
  place = mkdtempSync(join(tmpdir(), 'ai-ops-tmux-'));
});
afterEach(() => {
  tmux('kill-server');
  state.remove();
  rmSync(place, { recursive: true, force: true });
});

async function shows(pattern: RegExp): Promise<string> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const text = screen();
    if (pattern.test(text)) return text;
  }
  throw new Error(`${pattern} was not shown; the screen is:\n${screen()}`);
}

function start(...args: readonly string[]): void {
  const command = [process.execPath, MAIN, 'status', '--watch', '--state-dir', state.dir, ...args].map((part) => `'${part}'`).join(' ');
  tmux('new-session', '-d', '-s', 'watch', '-c', place, '-x', '100', '-y', String(ROWS), `${command}; echo "exit=$?"; cat`);
}

test('a new trace appears above the others, in the same table', async () => {
  start();
  await shows(/no traces yet/);
  const ledger = await state.open();
  await sight(ledger);
  await keep(ledger, FAILED, new Date(Date.now() - 3_600_000).toISOString());
  expect(await shows(/ccc333ddd444/)).not.toContain('no traces yet');
  await keep(ledger, OUTCOME, new Date().toISOString());
  const text = await shows(/aaa111bbb222 +proposed/);
  await ledger.close();
  expect(text.split('\n').map((line) => line.split(/ {2,}/).slice(1, 3))).toEqual([
    ['TRACE', 'STATE'],
    [OUTCOME.trace, 'proposed'],
    [FAILED.trace, 'failed'],
  ]);
  tmux('send-keys', '-t', 'watch', 'C-c');
  expect(await shows(/exit=/)).toMatch(/aaa111bbb222[\s\S]*ccc333ddd444[\s\S]*exit=130$/);
});

test('one trace that is higher than the screen keeps its head in place', async () => {
  const ledger = await state.open();
  await sight(ledger);
  await keep(ledger, OUTCOME, new Date().toISOString(), { ended: false });
  start(OUTCOME.trace);
  const first = await shows(/runs for +[1-9]\S* s/);
  const ran = /runs for +(\S+)/.exec(first)?.[1];
  const second = await shows(new RegExp(`runs for +(?!${ran?.replace('.', '\\.')} )`));
  for (const text of [first, second]) {
    expect(text.split('\n')[0]).toMatch(/^TypeError in orderTotal · src\/pricing\.js:12$/);
    expect(text).toMatch(/… \d+ more lines$/);
  }
  tmux('send-keys', '-t', 'watch', 'C-c');
  await shows(/exit=130/);
  await ledger.close();
});
