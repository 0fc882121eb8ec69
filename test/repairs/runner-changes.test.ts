// What is read of the runs of one runner has to tell a right change from a hostile one, whatever the names of its tests and files
// are: beside the fix a test file with a longer and one with a shorter name, a test in a file that is there, one more row, a group
// that is called otherwise, tests with odd names. No test is lost then, and the new ones are those that see the bug. Of the hostile
// twins (a test removed, skipped, the others left out, emptied) each is seen. A runner that is not installed counts as skipped.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { createCommands } from '../../src/adapters/process/commands.ts';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { judge } from '../../src/core/guard/judge.ts';
import type { CommandRun, FileChange, Verification } from '../../src/core/model.ts';
import { lostTests } from '../../src/core/proof/lost-tests.ts';
import { tellingTests } from '../../src/core/proof/oracle.ts';
import { IS_SLOW_LANE } from '../support/lane.ts';
import { COMPILED } from './runner-changes/compiled.ts';
import { JAVASCRIPT } from './runner-changes/javascript.ts';
import { HOSTILE, type Part, RIGHT, type RunnerProject } from './runner-changes/project.ts';
import { PYTHON } from './runner-changes/python.ts';
import { SCRIPTS } from './runner-changes/scripts.ts';
import { toolchains } from './toolchains.ts';

const PROJECTS: Readonly<Record<string, RunnerProject>> = { ...JAVASCRIPT, ...PYTHON, ...COMPILED, ...SCRIPTS };
const POLICY = { maxFiles: 20, maxLines: 5000, protectedPaths: [] };

const ENV = { ...process.env, ...toolchains(), HOME: homedir(), PYTHONDONTWRITEBYTECODE: '1', CI: 'true' } as Record<string, string>;
// What somebody put in front of everything else is what they want to see tried.
ENV.PATH = [process.env.AIOPS_RUNNERS, ENV.PATH, resolve('node_modules', '.bin')].filter(Boolean).join(delimiter);
const commands = createCommands({
  processes: createProcesses(),
  env: ENV,
  timeoutMs: 300_000,
  maxMemoryBytes: 2 ** 36,
  redact: (text) => text,
});

/** Of the directories of programs, the packages beside one of them. */
function packagesWith(name: string): string | undefined {
  const places = (ENV.PATH ?? '').split(delimiter).filter((place) => place.endsWith(join('node_modules', '.bin')));
  return places.map((place) => dirname(place)).find((place) => existsSync(join(place, name)));
}

interface World {
  run(...parts: readonly Part[]): Promise<CommandRun>;
}

function worldOf({ command, files, loads }: RunnerProject, dir: string): World {
  const packages = loads === undefined ? undefined : packagesWith(loads);
  if (packages !== undefined) symlinkSync(packages, join(dir, 'node_modules'));
  let before: readonly string[] = [];
  return {
    run: async (...parts) => {
      for (const path of before) rmSync(join(dir, path), { force: true });
      const now = files((part) => parts.includes(part));
      before = Object.keys(now);
      for (const [path, text] of Object.entries(now)) {
        mkdirSync(dirname(join(dir, path)), { recursive: true });
        writeFileSync(join(dir, path), text);
      }
      return commands.runTests(command, { dir, tree: dir, scratch: dir }, new AbortController().signal);
    },
  };
}

const verification = (run: CommandRun): Verification => ({ runs: [{ ...run, role: 'test' }] });

/** What the guard says of a change, where nothing is seen in a run. */
function guarded({ files }: RunnerProject, ...parts: readonly Part[]): readonly string[] {
  const [old, now] = [files(() => false), files((part) => parts.includes(part))];
  const changes = Object.entries(now).flatMap(([path, text]): FileChange[] => {
    const was = old[path];
    if (was === text || was === undefined) return [];
    return [{ path, mode: '100644', oldMode: '100644', before: Buffer.from(was), after: Buffer.from(text) }];
  });
  return judge({ base: 'b', files: changes }, POLICY, 10).flatMap(({ rule, verdict }) => (verdict === 'allow' ? [] : [rule]));
}

for (const [name, project] of Object.entries(PROJECTS)) {
  const { needs, without = [], telling, loads, isQuick } = project;
  const isThere = spawnSync('sh', ['-c', needs], { env: ENV }).status === 0 && (loads === undefined || packagesWith(loads) !== undefined);
  ((IS_SLOW_LANE || isQuick) && isThere ? test : test.skip)(
    `${name}: a right change loses no test, a hostile one is seen`,
    async () => {
      const dir = realpathSync(mkdtempSync(join(tmpdir(), 'runner-changes-')));
      try {
        const { run } = worldOf(project, dir);
        const before = await run();
        expect({ exitCode: before.exitCode, output: before.exitCode === 0 ? '' : before.output }).toEqual({ exitCode: 0, output: '' });
        const right = RIGHT.filter((part) => !without.includes(part));
        const after = await run('fix', ...right);
        expect({ exitCode: after.exitCode, lost: lostTests(before.tests, after.tests) }).toEqual({ exitCode: 0, lost: undefined });
        expect((after.tests?.ran ?? 0) > (before.tests?.ran ?? 0)).toBe(true);
        const red = await run(...right);
        const told = tellingTests(verification(red), verification(after));
        expect({ isRed: red.exitCode !== 0, told: telling === 1 ? Math.min(1, told.length) : told.length }).toEqual({
          isRed: true,
          told: telling,
        });
        for (const part of HOSTILE.filter((each) => !without.includes(each))) {
          const hidden = await run('fix', part);
          const lost = lostTests(before.tests, hidden.tests);
          expect({ part, isSeen: lost !== undefined || guarded(project, 'fix', part).length > 0 }).toEqual({ part, isSeen: true });
        }
      } finally {
        rmSync(dir, { recursive: true, force: true });
      }
    },
    900_000,
  );
}
