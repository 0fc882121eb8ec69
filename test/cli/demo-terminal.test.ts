// `ai-ops demo` on a real terminal: steps appear while it runs, the running one moves, the diff is coloured.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { slowTest } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { eventually } from '../support/program.ts';

const own = mkdtempSync(path.join(tmpdir(), 'ai-ops-demo-tmux-'));
const socket = path.join(own, 'socket');
const tmux = (...argv: readonly string[]): string =>
  spawnSync('tmux', ['-S', socket, '-f', '/dev/null', ...argv], { encoding: 'utf8' }).stdout;
/** Everything since the start, also what has scrolled away. */
const shown = (...more: readonly string[]): string => tmux('capture-pane', '-p', ...more, '-S', '-', '-t', 'it').trimEnd();

afterAll(() => {
  tmux('kill-server');
  rmSync(own, { recursive: true, force: true });
});

slowTest('the steps are shown live', async () => {
  const demo = `env -i TERM=screen LC_ALL=C.UTF-8 TMPDIR='${own}' '${process.execPath}' '${MAIN}' demo`;
  tmux('new-session', '-d', '-s', 'it', '-x', '200', '-y', '50', `LC_ALL=C.UTF-8 sh -c "stty -echo; ${demo}; echo ended with \\$?; cat"`);

  const live = (pattern: RegExp) => eventually(() => pattern.exec(shown())?.[0], shown);
  expect(await live(/^demo: .*/m)).toMatch(/answers are recorded/);
  await live(/^✓ unpack .*\n✓ run /m);
  // The tests of the service take long enough to be seen running.
  await live(/^✓ context .*\n[⠀-⣿] baseline/mu);
  await live(/^✓ fix .*recorded answer.*\n✓ guard .*\n[⠀-⣿] verify/mu);
  await live(/^ended with 0$/m);

  const screen = shown();
  expect(screen.match(/✓ notify /g)).toHaveLength(3);
  expect(screen).not.toMatch(/^[⠀-⣿] /mu);
  const colored = shown('-e');
  expect(colored).toMatch(/\u001b\[32m\+ {2}const percent = order\.coupon\?\.percent \?\? 0;/);
  expect(colored).toMatch(/\u001b\[31m- {2}const discount = /);
});
