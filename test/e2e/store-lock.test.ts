// The copy of the repository was in use by somebody who was killed: in another container, or below a parent that never
// asks what became of it. The next repair goes on, says what it waits for, and does not wait in vain.

import { readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { elsewhere, isElsewherePermitted } from '../support/elsewhere.ts';
import { slowTest } from '../support/lane.ts';
import { eventually, type Program } from '../support/program.ts';
import { startWorld, type World } from '../support/world.ts';
import { LIMIT } from './observe.ts';

const DRY_RUN = ['fix', '--from-log', 'app.log', '--dry-run'];

let world: World;
beforeEach(async () => {
  world = await startWorld({ host: 'github', isNotOfClaude: true, script: [] });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
}, LIMIT);
afterEach(() => world.close(), LIMIT);

const lockFile = (): string | undefined => {
  const stores = join(world.stateDir, 'repos');
  const locks = readdirSync(stores, { recursive: true, encoding: 'utf8' }).filter((name) => /^[0-9a-f]{64}.lock$/.test(name));
  return locks[0] === undefined ? undefined : join(stores, locks[0]);
};

/** An ai-ops that waits for the git server, with the store in its hands. */
async function holder(place: (command: readonly string[]) => readonly string[]): Promise<Program> {
  const isHanging = world.breakGit({ on: 'git-upload-pack', kind: 'hang' });
  const program = world.start(DRY_RUN, {}, place);
  await eventually(
    () => (isHanging() && lockFile() !== undefined) || undefined,
    () => program.stderr(),
  );
  return program;
}

async function dryRun(): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const { code, stderr } = await world.run(DRY_RUN);
  return { code, stderr };
}

(isElsewherePermitted ? test : test.skip)(
  'killed in another container: it is waited for, told, and taken over',
  async () => {
    await (await holder((command) => elsewhere('faraway', command))).end('SIGKILL');
    // Its last touch was up to 5 s ago. Twenty more, so that the test need not wait for them.
    const before = Date.now() / 1000 - 20;
    utimesSync(lockFile() ?? '', before, before);
    expect(await dryRun()).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^waiting for process \d+ on faraway, which has our copy of http:\S+; without a sign of life it is taken over after 30 s$/m,
      ),
    });
    expect(lockFile()).toBeUndefined();
  },
  LIMIT,
);

slowTest(
  'killed, and a zombie since: it is taken over at once',
  async () => {
    const parent = await holder((command) => ['sh', '-c', '"$@" & echo "pid $!" >&2; exec sleep 600', 'sh', ...command]);
    process.kill(Number(/pid (\d+)/.exec(parent.stderr())?.[1]), 'SIGKILL');
    expect(await dryRun()).toEqual({ code: 0, stderr: expect.not.stringContaining('waiting') });
    await parent.end('SIGKILL');
  },
  LIMIT,
);
