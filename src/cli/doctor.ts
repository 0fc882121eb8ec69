// `ai-ops doctor`: checks everything the configuration needs and says what to do about each finding.

import { constants } from 'node:fs';
import { access, glob, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { logNames } from '../config/schema.ts';
import { sourceOf } from '../core/source-names.ts';
import { listed, named } from '../core/texts/chinese/say.ts';
import { asAiOpsError, EXIT, fail, failedCheck } from '../errors.ts';
import type { Check } from '../ports.ts';
import type { Examination } from '../wiring/doctor.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { labelled } from './output/output.ts';

const MARK = { ok: '✓', warning: '!', failed: '✗' } as const;

export async function run(context: CommandContext, _args: readonly string[], options: OptionsOf['doctor']): Promise<number> {
  const { output, cwd } = context;
  const loaded = await context.config();
  const [{ doctorChecks }, { redactorOf, readableLogs }] = await Promise.all([import('../wiring/doctor.ts'), import('../wiring.ts')]);
  // A server may repeat what it was given.
  const redact = redactorOf(loaded);
  const mayRead = readableLogs(loaded);
  const parts: readonly Examination[] = [
    ...logNames(loaded.config)
      .filter((name) => sourceOf(name).isPath)
      .map((name) => ({ name: `log ${name}`, look: async () => [await logCheck(name, cwd, mayRead)] })),
    ...doctorChecks(loaded, context, options.canary),
  ];
  if (options.canary)
    output.note(output.say('the canary asks Claude once: it costs money, at most 0.25 USD and no more than claude.maxBudgetUsd'));
  const told = new Set<string>();
  let worst: number = EXIT.done;
  // All at once, shown in their order: together they take as long as the slowest.
  const looks = parts.map(examine);
  for (const look of looks) look.catch(() => undefined);
  sayWhoIsLate(context, parts, looks);
  for (const look of looks) {
    const { checks, code } = await look;
    if (worst === EXIT.done) worst = code;
    // One cause may fail several parts: it is told once.
    for (const check of checks.filter((each) => !told.has(causeOf(each))))
      show(context, { ...check, detail: redact(check.detail), ...(check.hint === undefined ? {} : { hint: redact(check.hint) }) });
    for (const each of checks) told.add(causeOf(each));
  }
  output.note(
    output.say(worst === EXIT.done ? 'everything that is configured works' : 'something needs your attention: see the hints above'),
  );
  return worst;
}

/** By then every server has answered, or is not waited for. */
const LATE_MS = 5000;

/** Nobody sits in front of a terminal that says nothing. */
function sayWhoIsLate({ output }: CommandContext, parts: readonly Examination[], looks: readonly Promise<unknown>[]): void {
  const late = new Set(parts.map(({ name }) => nameIn(name, output.say)));
  for (const [at, look] of looks.entries()) {
    const isThere = (): void => void late.delete(nameIn(parts[at]?.name ?? '', output.say));
    look.then(isThere, isThere);
  }
  const tell = (): void => output.note(output.say('still waited for: {names}', { names: listed([...late], output.say) }));
  setTimeout(() => late.size > 0 && tell(), LATE_MS).unref();
}

/** What throws has failed; its error says why, and with which exit code. */
async function examine({ name, look }: Examination): Promise<{ checks: readonly Check[]; code: number }> {
  try {
    const checks = await look();
    const failed = checks.find(({ status }) => status === 'failed');
    return { checks, code: failed === undefined ? EXIT.done : (failed.exitCode ?? EXIT.repairFailed) };
  } catch (thrown) {
    const error = asAiOpsError(thrown);
    if (error.code === 'interrupted') throw error;
    return { checks: [failedCheck(name, error)], code: error.exitCode };
  }
}

/** Two that do not answer are two causes. */
const causeOf = ({ name, code = name, detail }: Check): string => `${code}: ${detail}`;

function show({ output }: CommandContext, check: Check): void {
  output.json({ kind: 'check', ...check });
  // For cron, which mails whatever is said.
  if (output.isQuiet && check.status === 'ok') return;
  const paint = check.status === 'ok' ? output.paint.good : check.status === 'failed' ? output.paint.bad : output.paint.warning;
  const { say } = output;
  const told = output.errorWords({ code: check.code ?? null, message: check.detail, hint: check.hint ?? '' });
  const mark = paint(MARK[check.status]);
  output.line(`${mark} ${say('{name}: {said}', { name: nameIn(check.name, say), said: say.told(told.message) })}`);
  if (check.hint !== undefined) output.line(`  ${labelled('hint:', say.told(told.hint), say, output.paint.accent)}`);
}

function nameIn(check: string, say: CommandContext['output']['say']): string {
  const log = /^log (.+)$/.exec(check)?.[1];
  return log === undefined ? named(check, say) : say('log {name}', { name: log });
}

/** @throws AiOpsError `file-unbound`, `log-is-directory`, `log-unreadable` */
async function logCheck(pattern: string, cwd: string, mayRead: ((path: string) => Promise<void>) | undefined): Promise<Check> {
  const name = `log ${pattern}`;
  const files = await Array.fromAsync(glob(pattern, { cwd }));
  if (files.length === 0)
    return { name, status: 'warning', detail: 'no such file yet', hint: '`watch` waits for it; check the path if that is a surprise' };
  for (const file of files) {
    const path = resolve(cwd, file);
    await mayRead?.(path);
    const facts = await stat(path).catch((error: unknown) => {
      throw fail('log-unreadable', { source: file, detail: asAiOpsError(error).message }, error);
    });
    if (facts.isDirectory()) throw fail('log-is-directory', { source: file });
    if (!facts.isFile()) throw fail('log-unreadable', { source: file, detail: 'not a regular file' });
    await access(path, constants.R_OK).catch((error: unknown) => {
      throw fail('log-unreadable', { source: file, detail: 'permission denied' }, error);
    });
  }
  return { name, status: 'ok', detail: `${files.length} ${files.length === 1 ? 'file' : 'files'}, readable` };
}
