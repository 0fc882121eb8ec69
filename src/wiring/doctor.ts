// What `ai-ops doctor` asks of the world, on the same adapters that a repair would use.
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { LoadedConfig } from '../config/load.ts';
import { logNames } from '../config/schema.ts';
import { argumentsOf, timeFor } from '../core/log-commands.ts';
import type { DeliveryRecord } from '../core/model.ts';
import { type CheckPlan, programsNeeded } from '../core/proof/checks.ts';
import { isOnServer } from '../core/source-address.ts';
import { sourceOf as kindOf } from '../core/source-names.ts';
import { proofLines } from '../core/texts/proof-commands.ts';
import { readEmbedded } from '../embedded.ts';
import { EXIT } from '../errors.ts';
import { planFor } from '../pipeline/repair/plan.ts';
import { LOOK_MS } from '../platform/http/look-ms.ts';
import { makeTemporary } from '../platform/temporary.ts';
import type { Check, Destination, Fixer, Processes } from '../ports.ts';
import { type Around, idOf, openReaderFor, redactorOf, repairSettings, wireClaude, wireNotifiers } from '../wiring.ts';
import { looked, noAnswer, PROGRAM_LOOK_MS, stillComing } from './look.ts';
import { overheardProcesses } from './overheard.ts';
import { type WiredSandbox, wireSandbox } from './sandbox.ts';
import { type WiredSite, wireSite } from './site.ts';
import { clock, type Surrounded } from './surroundings.ts';
import { trustOwnAuthorities } from './trust.ts';

/** One part of what `doctor` asks; what it throws is told under its name. */
export interface Examination {
  readonly name: string;
  look(): Promise<readonly Check[]>;
}

const part = (name: string, look: () => Promise<readonly Check[]>): Examination => ({ name, look });

/**
 * What `doctor` asks of the world.
 * @param withCanary also asks the model, which costs money
 */
export function doctorChecks(
  loaded: LoadedConfig,
  { cwd, env, signal, details, output }: Surrounded & { readonly signal: AbortSignal },
  withCanary: boolean,
): readonly Examination[] {
  const processes = import('../adapters/process/processes.ts').then(({ createProcesses }) =>
    overheardProcesses(createProcesses(), details('commands')),
  );
  const site = processes.then((programs) => wireSite(loaded, { cwd, env, notice: output.note, isLook: true }, programs));
  site.catch(() => undefined); // told by the group that asks for it
  const { dir, file } = loaded.config.state;
  const logs = logNames(loaded.config);
  /** @param begin what has to be there first, outside of the limit */
  const timed = (name: string, begin: () => Promise<(within: AbortSignal) => Promise<readonly Check[]>>, ms = LOOK_MS): Examination =>
    part(name, async () => looked(name, signal, await begin(), ms));
  /** What was waited for already, to know what the server is, is waited for no longer. */
  const atSite = (name: string, act: (wired: WiredSite, within: AbortSignal) => Promise<readonly Check[]>, say = noAnswer): Examination =>
    part(name, async () => {
      const wired = await site;
      const left = Math.max(0, LOOK_MS - wired.askedMs);
      return looked(
        name,
        signal,
        (within) => act(wired, within),
        left,
        (late) => say(late, LOOK_MS),
      );
    });
  return [
    ...(logs.length > 0 ? [] : [part('logs', async () => [NO_LOGS])]),
    ...logs
      .filter(isOnServer)
      .map((name) => timed(`log ${name}`, async () => async (within) => [await logServerCheck(name, loaded, env, within)])),
    ...logs
      .filter((name) => kindOf(name).kind === 'command')
      .map((name) => part(`log ${name}`, async () => [await logCommandCheck(name, loaded, env, await processes, signal)])),
    part('state directory', async () =>
      (await import('../adapters/ledger/check.ts')).checkLedger(dir, join(dir, file), () => readEmbedded('sql-wasm.wasm')),
    ),
    timed(
      'claude',
      async () => {
        const claude = await wireClaude(loaded, env, await processes);
        return (within) => claude.check(within);
      },
      PROGRAM_LOOK_MS,
    ),
    ...(withCanary ? [part('canary', async () => canaryChecks(loaded, await wireClaude(loaded, env, await processes), signal))] : []),
    part('sandbox', async () => [sandboxCheck(await wireSandbox(loaded, env, await processes, signal), loaded.config.verify)]),
    atSite('repository', (wired, within) => repositoryChecks(wired, loaded, env, within), stillComing),
    atSite('code host', ({ host }, within) => host.check(within)),
    part('notices', async () => {
      await trustOwnAuthorities(env);
      const notifiers = await wireNotifiers(loaded, env);
      if (notifiers.length === 0) return [NOBODY_TOLD];
      return (await Promise.all(notifiers.map((notifier) => looked(notifier.name, signal, (within) => notifier.check(within))))).flat();
    }),
    part('outbox', () => waitingMessages(loaded, { cwd, env, details })),
  ];
}

/** What is not configured works, and is said: nobody finds out in the night. */
const NO_LOGS: Check = { name: 'logs', status: 'ok', detail: 'none are configured: name them to `watch`, or set `logs`' };
const NOBODY_TOLD: Check = { name: 'notices', status: 'ok', detail: 'off: set mail.host and mail.to, or notify.webhook, to be told' };

/** That it answers, lets us in, and has times to go by. @throws AiOpsError `log-…` */
async function logServerCheck(name: string, loaded: LoadedConfig, env: Surrounded['env'], signal: AbortSignal): Promise<Check> {
  await trustOwnAuthorities(env);
  const [{ checkServer }, { logServers }] = await Promise.all([
    import('../adapters/sources/open-servers.ts'),
    import('./logs/log-servers.ts'),
  ]);
  return { name: `log ${name}`, status: 'ok', detail: await checkServer(name, logServers(loaded, env, false), signal) };
}

/** A command that follows does not end by itself. */
const ANSWERS_MS = 5000;

/** Which form of a log is read, and that its program is there and answers. @throws AiOpsError `log-name`, `log-command-unbound` */
async function logCommandCheck(
  log: string,
  loaded: LoadedConfig,
  env: Surrounded['env'],
  processes: Processes,
  signal: AbortSignal,
): Promise<Check> {
  const [{ formOf }, { logCommands }] = await Promise.all([
    import('../adapters/sources/command/open.ts'),
    import('./logs/log-commands.ts'),
  ]);
  const commands = logCommands(loaded, env, false);
  const form = formOf(log, commands);
  const name = `log ${log}`;
  if ('files' in form) return { name, status: 'ok', detail: `${form.files}: ${form.why}` };
  const now = clock();
  const argv = argumentsOf(form.spec, { once: true, startedMs: now.getTime(), cursor: timeFor(form.spec, now) });
  const { env: own, dir } = await commands.start();
  const { exitCode, timedOut, stderr } = await processes.run({ argv, dir, env: own, timeoutMs: ANSWERS_MS, signal });
  if (timedOut || exitCode === 0) return { name, status: 'ok', detail: `${form.spec.command[0]} answers; ${form.why}` };
  const detail = `${argv.join(' ')} ended with ${exitCode ?? 'a signal'}: ${stderr.trim().split('\n').at(-1) ?? ''}`;
  return { name, status: 'failed', detail, hint: 'run it by hand to see what it wants', exitCode: EXIT.unreachable };
}

async function repositoryChecks(
  { repository, destination, shown }: WiredSite,
  loaded: LoadedConfig,
  env: Surrounded['env'],
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const base = await repository.sync(signal);
  const plan = await planFor(repository, base, await repository.list(base.commit), repairSettings(loaded), {
    language: 'none',
    text: '',
    frames: [],
  });
  const missing = await missingPrograms(programsNeeded([...plan.setup, ...plan.check, ...plan.test]), env.PATH ?? '');
  return [
    { name: 'repository', status: 'ok', detail: `${base.branch} at ${base.commit.slice(0, 12)} of ${shown}` },
    destinationCheck(destination),
    {
      name: 'box',
      status: 'ok',
      detail: `${(await (await import('../adapters/git/box-name.ts')).boxName(loaded.config.state.dir)).slice(0, 12)}, as requests and claims name this state directory`,
    },
    commandsCheck(plan, missing),
  ];
}

/** A destination that nobody has meant is no success. */
function destinationCheck({ words, isUnmeant, hint }: Destination): Check {
  if (!isUnmeant) return { name: 'destination', status: 'ok', detail: words };
  return { name: 'destination', status: 'failed', detail: words, hint, exitCode: EXIT.usage };
}

/** What commands run in. */
export function sandboxCheck({ sandbox, why }: WiredSandbox, { network }: Pick<LoadedConfig['config']['verify'], 'network'>): Check {
  const name = 'sandbox';
  if (sandbox !== undefined) return { name, status: 'ok', detail: `${sandbox.kind}; network: ${REACH[network]}` };
  const detail = `none: ${why}; commands run as you, with your files and the network`;
  return {
    name,
    status: 'warning',
    detail,
    hint: 'on Linux install bubblewrap and allow user namespaces, or run ai-ops as a user of its own',
  };
}

const REACH = { none: 'only for Claude', setup: 'only for setup and Claude', all: 'for all' } as const;

/** What proves a fix. Where several projects stand side by side, the file at fault says which one's are run. */
export function commandsCheck(plan: CheckPlan, missing: readonly string[]): Check {
  const name = 'commands of the proof';
  const detail = proofLines(plan, missing).join('; ');
  if (plan.test.length === 0)
    return { name, status: 'warning', detail, hint: 'set verify.test, or see with `ai-ops fix --dry-run` what is found for an incident' };
  if (missing.length > 0)
    return { name, status: 'warning', detail, hint: `install ${missing.join(', ')}, or set verify.setup and verify.test` };
  return { name, status: 'ok', detail };
}

async function missingPrograms(names: readonly string[], path: string): Promise<readonly string[]> {
  const dirs = path.split(delimiter).filter((dir) => dir !== '');
  const isThere = async (name: string): Promise<boolean> => {
    const found = await Promise.all(
      dirs.map((dir) =>
        access(join(dir, name), constants.X_OK).then(
          () => true,
          () => false,
        ),
      ),
    );
    return found.includes(true);
  };
  const rows = await Promise.all(names.map(async (name) => ({ name, there: await isThere(name) })));
  return rows.filter(({ there }) => !there).map(({ name }) => name);
}

async function waitingMessages(loaded: LoadedConfig, around: Around): Promise<readonly Check[]> {
  const ledger = await openReaderFor(loaded, around);
  try {
    return outboxChecks(await ledger.deliveries(), clock());
  } finally {
    await ledger.close();
  }
}

const LATELY_MS = 24 * 3_600_000;

/** Messages that wait, and those that came to a bad end lately: nothing where nothing waits and nothing went wrong within a day. */
export function outboxChecks(messages: readonly DeliveryRecord[], now: Date): readonly Check[] {
  const name = 'outbox';
  const since = new Date(now.getTime() - LATELY_MS).toISOString();
  const waiting = messages.filter(({ state, tries }) => state === 'queued' && tries > 0);
  const lost = messages.filter(({ state, changedAt }) => ['refused', 'uncertain', 'expired'].includes(state) && changedAt >= since);
  return [
    ...told(name, waiting, 'not delivered yet', 'they go with the next `ai-ops watch`, `fix` or `retry` once they can be delivered'),
    ...told(name, lost, 'not delivered for sure, within a day', 'see `ai-ops status TRACE`; they are not sent again'),
  ];
}

function told(name: string, messages: readonly DeliveryRecord[], what: string, hint: string): readonly Check[] {
  const last = messages.at(-1);
  if (last === undefined) return [];
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  return [{ name, status: 'warning', detail: `${count} ${what}; the last: ${last.state}, ${last.detail}`, hint }];
}

async function canaryChecks(loaded: LoadedConfig, fixer: Fixer, signal: AbortSignal): Promise<readonly Check[]> {
  const { canary } = await import('../pipeline/canary.ts');
  const dir = await makeTemporary('ai-ops-canary-');
  try {
    return await canary(
      { fixer, redact: redactorOf(loaded), newId: () => idOf(randomBytes(8)) },
      { dir, budgetUsd: loaded.config.claude.maxBudgetUsd, signal },
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
