// `ai-ops doctor`: checks everything the configuration needs and says what to do about each finding.
import { constants } from 'node:fs';
import { access, glob, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { asAiOpsError, EXIT } from '../errors.ts';
import type { Check } from '../ports.ts';
import type { CommandContext } from './context.ts';

const MARK = { ok: '✓', warning: '!', failed: '✗' } as const;

export async function run(context: CommandContext): Promise<number> {
  const { output, cwd } = context;
  const loaded = await context.config();
  const { doctorChecks } = await import('../wiring.ts');
  const groups: readonly (() => Promise<readonly Check[]>)[] = [
    async () => [await stateCheck(loaded.config.state.dir)],
    async () => Promise.all(loaded.config.logs.filter((name) => name !== '-').map((name) => logCheck(name, cwd))),
    ...doctorChecks(loaded, context),
  ];
  let worst: number = EXIT.done;
  for (const group of groups) {
    const { checks, code } = await examine(group);
    if (worst === EXIT.done) worst = code;
    for (const check of checks) show(context, check);
  }
  output.note(worst === EXIT.done ? 'everything that is configured works' : 'something needs your attention: see the hints above');
  return worst;
}

/** A check that throws has failed; its error says why, and with which exit code. */
async function examine(group: () => Promise<readonly Check[]>): Promise<{ checks: readonly Check[]; code: number }> {
  try {
    const checks = await group();
    return { checks, code: checks.some(({ status }) => status === 'failed') ? EXIT.repairFailed : EXIT.done };
  } catch (thrown) {
    const error = asAiOpsError(thrown);
    if (error.code === 'interrupted') throw error;
    return { checks: [{ name: error.code, status: 'failed', detail: error.message, hint: error.hint }], code: error.exitCode };
  }
}

function show({ output }: CommandContext, check: Check): void {
  output.json({ kind: 'check', ...check });
  const paint = check.status === 'ok' ? output.paint.good : check.status === 'failed' ? output.paint.bad : output.paint.warning;
  output.line(`${paint(MARK[check.status])} ${check.name}: ${check.detail}`);
  if (check.hint !== undefined) output.line(`  ${output.paint.accent('hint:')} ${check.hint}`);
}

async function stateCheck(dir: string): Promise<Check> {
  const name = 'state directory';
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const probe = join(dir, `.doctor-${process.pid}`);
    await writeFile(probe, '', { mode: 0o600 });
    await rm(probe);
    return { name, status: 'ok', detail: `${dir} is writable` };
  } catch (error) {
    return {
      name,
      status: 'failed',
      detail: `${dir}: ${(error as Error).message}`,
      hint: 'make it writable, or choose another with --state-dir',
    };
  }
}

async function logCheck(pattern: string, cwd: string): Promise<Check> {
  const name = `log ${pattern}`;
  const files = await Array.fromAsync(glob(pattern, { cwd }));
  if (files.length === 0)
    return { name, status: 'warning', detail: 'no such file yet', hint: '`watch` waits for it; check the path if that is a surprise' };
  for (const file of files) {
    const path = resolve(cwd, file);
    const readable = await access(path, constants.R_OK).then(
      () => true,
      () => false,
    );
    const isDirectory = readable && (await stat(path)).isDirectory();
    if (isDirectory)
      return { name, status: 'failed', detail: `${file} is a directory`, hint: `name the files in it, for example ${file}/*.log` };
    if (!readable)
      return { name, status: 'failed', detail: `${file} cannot be read`, hint: 'check the permissions of the file and of its directory' };
  }
  return { name, status: 'ok', detail: `${files.length} ${files.length === 1 ? 'file' : 'files'}, readable` };
}
