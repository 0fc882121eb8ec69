// Whatever ends ai-ops while it works, and however its children resist, no process of ours or of theirs is left.
// Tiny real programs stand where Claude and the tests should be: they hang, ignore every polite signal, and have a child.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_FLAGS } from '../../src/adapters/claude/argv.ts';
import { eventually } from '../support/program.ts';
import { startWorld, type World } from '../support/world.ts';
import { LIMIT, survivors } from './observe.ts';

const FLAGS = REQUIRED_FLAGS.join(' ');

let world: World;
let dir: string;
let stubborn: string;
let claude: string;
beforeEach(async () => {
  world = await startWorld({ host: 'local', script: [] });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
  dir = join(world.home, 'processes');
  mkdirSync(dir);
  // Both write down who they are.
  stubborn = plant('stubborn', `trap '' TERM INT HUP\n[ "$1" = child ] || "$0" child &\n: > '${dir}'/$$\nwhile :; do sleep 1; done`);
  claude = plant(
    'hanging-claude',
    `case $1 in --version) echo '9.9.9 (Claude Code)';; --help) echo '${FLAGS}';; *) exec '${stubborn}';; esac`,
  );
}, LIMIT);
afterEach(() => world.close());

function plant(name: string, body: string): string {
  const file = join(world.home, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return file;
}

const pids = (): readonly number[] => readdirSync(dir).map(Number);

const STEPS = {
  fix: () => ({ CLAUDE_COMMAND: claude }),
  baseline: () => ({ VERIFY_TEST: stubborn }),
} as const;

test.each([
  { step: 'fix', signals: ['SIGINT'], code: 130 },
  { step: 'fix', signals: ['SIGTERM'], code: 130 },
  { step: 'fix', signals: ['SIGINT', 'SIGINT'], code: 130 },
  { step: 'fix', signals: ['SIGKILL'], code: null },
  { step: 'baseline', signals: ['SIGINT'], code: 130 },
  { step: 'baseline', signals: ['SIGKILL'], code: null },
] as const)(
  'in the step $step: $signals',
  async ({ step, signals, code }) => {
    const program = world.start(['fix', '--from-log', 'app.log'], STEPS[step]());
    const both = await eventually(
      () => (pids().length === 2 ? pids() : undefined),
      () => `${pids()} ${program.stdout()} ${program.stderr()}`,
    );
    const began = Date.now();
    for (const signal of signals) {
      process.kill(program.pid, signal);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    expect(await program.exit).toBe(code);
    // The first one waits for its children, who are given three seconds; the second one waits for nobody.
    if (signals.length > 1) expect(Date.now() - began).toBeLessThan(2500);
    expect(await survivors([], both)).toEqual([]);
  },
  LIMIT,
);

test(
  'after a timeout',
  async () => {
    writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify({ claude: { timeoutSeconds: 1 } }));
    const { code, stderr } = await world.run(['fix', '--from-log', 'app.log'], STEPS.fix());
    expect([code, stderr]).toEqual([6, expect.stringContaining('within 1 s')]);
    expect(pids()).toHaveLength(2);
    expect(await survivors([], pids())).toEqual([]);
  },
  LIMIT,
);
