// The composition root: configuration in, ports out. Only this file and `wiring/` name concrete adapters.
// Adapters are imported where a command needs them, so that a short command starts at once.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { LoadedConfig } from './config/load.ts';
import type { Config } from './config/schema.ts';
import { secretValues } from './config/secrets.ts';
import type { Policy } from './core/decide.ts';
import { createRedactor } from './core/redact.ts';
import { readEmbedded, version } from './embedded.ts';
import { type AiOpsError, fail } from './errors.ts';
import type { DetectSettings } from './pipeline/intake.ts';
import type { RepairPorts, RepairSettings } from './pipeline/job.ts';
import type { Check, Clock, CodeHost, Fixer, Journal, Notifier, Processes, Progress, Redact, Source, TraceStore } from './ports.ts';

export const clock: Clock = () => new Date();

/** Who commits: the same on every box, so that equal fixes are equal commits. */
const AUTHOR = { name: 'ai-ops', email: 'ai-ops@localhost' };

export type OpenedLedger = Journal & TraceStore & { watchLock(source: string): Promise<void>; close(): Promise<void> };

/** @throws AiOpsError `ledger-…`, `state-unwritable` */
export async function openLedgerFor(config: Config, mode: 'read' | 'write', notice?: (error: AiOpsError) => void): Promise<OpenedLedger> {
  const { openLedger } = await import('./adapters/ledger/ledger.ts');
  const { dir, file, retentionDays, maxTraces } = config.state;
  return openLedger({
    dir,
    file: join(dir, file),
    clock,
    mode,
    retention: { days: retentionDays, maxTraces },
    wasm: () => readEmbedded('sql-wasm.wasm'),
    ...(notice ? { notice } : {}),
  });
}

/** The logs a command reads. @throws AiOpsError `no-logs` */
export async function openSource(names: readonly string[], stdin: NodeJS.ReadableStream, config: Config): Promise<Source> {
  const { createLogSource } = await import('./adapters/sources/combine.ts');
  return createLogSource(names, stdin as import('node:stream').Readable, { encoding: config.detect.encoding });
}

export function detectSettings({ detect, keywords }: Config): DetectSettings {
  const { level, encoding, quietMs } = detect;
  return { level, keywords, encoding, quietMs, ignore: detect.ignore.map((pattern) => `/${pattern}/`) };
}

export function policyOf({ policy, claude, dedupe }: Config, dryRun: boolean): Policy {
  const { minCount, maxAttempts, maxRepairsPerHour, maxRepairsPerDay, maxUsdPerDay } = policy;
  const windows = { dedupeWindowSeconds: dedupe.windowSeconds };
  return { mode: claude.mode, minCount, maxAttempts, maxRepairsPerHour, maxRepairsPerDay, maxUsdPerDay, ...windows, dryRun };
}

/** `verify` keys that are `null` are found from the repository. */
export function repairSettings({ config }: LoadedConfig): RepairSettings {
  const { verify, policy, claude, language, repo } = config;
  return {
    mode: claude.mode,
    language,
    version,
    guard: { maxFiles: policy.maxFiles, maxLines: policy.maxLines, protectedPaths: policy.protectedPaths },
    checks: {
      ...(verify.setup === null ? {} : { setup: verify.setup }),
      ...(verify.check === null ? {} : { check: verify.check }),
      ...(verify.test === null ? {} : { test: verify.test }),
    },
    subdir: (repo.subdir ?? '').replace(/^\.?\/+|\/+$/g, ''),
    draft: policy.draft,
  };
}

/** What a run is given: the process's surroundings and what the command has opened. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly store: TraceStore;
  /** In place of the Claude CLI: the demo's recorded answer. */
  readonly fixer?: Fixer;
}

/** Everything that story 2 needs. @throws AiOpsError for a configuration that cannot work, before anything is spent */
export async function wireRepair(loaded: LoadedConfig, around: Surroundings): Promise<RepairPorts & Pick<WiredSite, 'repository'>> {
  const { config, secrets } = loaded;
  const { createProcesses } = await import('./adapters/process/processes.ts');
  const { createCommands } = await import('./adapters/process/commands.ts');
  const { createWorkspaces } = await import('./adapters/git/workspaces.ts');
  const { formatPatch, fileStats, unifiedDiff } = await import('./adapters/git/patch.ts');
  const { createSyntaxChecker } = await import('./adapters/syntax/parsers.ts');
  const processes = createProcesses();
  const site = await wireSite(loaded, around.cwd, around.env, processes);
  const known = [...secretValues(secrets), ...(site.token === null ? [] : [site.token])];
  const redact = createRedactor(known);
  return {
    store: around.store,
    repository: site.repository,
    workspaces: createWorkspaces({ repository: site.repository, dir: join(config.state.dir, 'workspaces') }),
    fixer: around.fixer ?? (await wireClaude(loaded, around.env, processes)),
    commands: createCommands({
      processes,
      env: commandEnvironment(around.env, known),
      timeoutMs: config.verify.timeoutSeconds * 1000,
      redact,
    }),
    syntax: createSyntaxChecker(),
    patches: {
      diff: unifiedDiff,
      stats: fileStats,
      formatPatch: (changes, { id, message, date }) => formatPatch(changes, { commit: id, message, date, author: AUTHOR }),
    },
    host: site.host,
    notifiers: await wireNotifiers(loaded),
    redact,
    progress: around.progress,
    clock,
    newId,
  };
}

/** The redactor for what is known before a repository is opened. */
export function redactorOf({ secrets }: LoadedConfig): Redact {
  return createRedactor(secretValues(secrets));
}

/** The Claude CLI with what the configuration says of it. */
export async function wireClaude(
  { config, secrets }: LoadedConfig,
  env: Surroundings['env'],
  processes: Processes,
): Promise<Fixer & { check(signal: AbortSignal): Promise<readonly Check[]> }> {
  const { createClaudeCli } = await import('./adapters/claude/cli.ts');
  const { command, args, model, timeoutSeconds, maxTurns, maxBudgetUsd } = config.claude;
  return createClaudeCli({
    processes,
    command,
    args,
    ...(model === null ? {} : { model }),
    timeoutMs: timeoutSeconds * 1000,
    maxTurns,
    maxBudgetUsd,
    env: secrets.anthropicKey === null ? env : { ...env, ANTHROPIC_API_KEY: secrets.anthropicKey },
  });
}

export async function wireNotifiers({ config, secrets }: LoadedConfig): Promise<readonly Notifier[]> {
  const { enabled, host, port, secure, user, from, to } = config.mail;
  if (!enabled || host === null || to.length === 0) return [];
  const { createMailNotifier } = await import('./adapters/notifiers/mail.ts');
  const login = user === null ? {} : { user, password: secrets.smtpPassword ?? '' };
  return [createMailNotifier({ host, port, secure, from: from ?? `ai-ops@${host}`, to, ...login })];
}

export interface WiredSite {
  readonly repository: import('./adapters/git/repository.ts').StoredRepository;
  readonly host: CodeHost;
  readonly token: string | null;
  /** For people: where requests go, and why. */
  readonly description: string;
}

/** The repository and its code host. Contacts neither. @throws AiOpsError `state-unwritable`, `no-repository`, `token-missing`, `remote-ssh`, … */
export async function wireSite(loaded: LoadedConfig, cwd: string, env: Surroundings['env'], processes: Processes): Promise<WiredSite> {
  const { config, secrets } = loaded;
  const { findRepository } = await import('./adapters/git/checkout.ts');
  const { parseRemote, withoutCredentials } = await import('./adapters/git/remote.ts');
  const { createRepository } = await import('./adapters/git/repository.ts');
  const { chooseHost, identifyHost } = await import('./adapters/hosts/choice.ts');
  const { findToken } = await import('./adapters/hosts/credentials.ts');
  const { createHost } = await import('./adapters/hosts/registry.ts');

  const place = config.repo.path ?? cwd;
  const found = config.repo.url !== null && config.repo.path === null ? undefined : await findRepository(place);
  const url = config.repo.url ?? found?.remoteUrl;
  if (url === undefined && found === undefined) throw fail('no-repository', { path: place });
  const remote = url === undefined ? null : (parseRemote(url) ?? null);
  await (await import('./adapters/ledger/check.ts')).proveWritable(config.state.dir);

  const { kind, baseUrl, project } = config.codeHost;
  const wish = { kind, remote, baseUrl, project };
  const forge = identifyHost(wish);
  const configured = forge.kind === 'gitlab' ? secrets.gitlabToken : secrets.githubToken;
  const ownHosts = remote === null ? [] : [remote.port === undefined ? remote.host : `${remote.host}:${remote.port}`];
  const token =
    forge.kind === 'local' ? null : await findToken({ kind: forge.kind, host: forge.host, env, configured, ownHosts }, processes);
  const choice = chooseHost({ ...wish, token: token?.token ?? null });

  const source =
    choice.kind === 'local' && found
      ? ({ kind: 'local', path: found.root } as const)
      : ({
          kind: 'remote',
          url: choice.kind === 'local' ? (url ?? '') : (remote?.httpsUrl ?? url ?? ''),
          proxyEnv: env,
          ...(token ? { token: token.token, username: choice.kind === 'gitlab' ? 'oauth2' : 'x-access-token' } : {}),
        } as const);
  const repository = await createRepository({
    source,
    ...(config.repo.baseBranch === null ? {} : { baseBranch: config.repo.baseBranch }),
    storeDir: join(config.state.dir, 'repos'),
    author: AUTHOR,
    clock,
  });
  const host = createHost(choice, {
    token: token?.token ?? '',
    userAgent: `ai-ops/${version}`,
    clock,
    requestsDir: join(config.state.dir, 'requests'),
    storePath: repository.storePath,
  });
  const shown = source.kind === 'local' ? source.path : withoutCredentials(source.url);
  const where = choice.kind === 'local' ? `local (${choice.reason})` : `${choice.kind} ${choice.project} (${token?.origin ?? 'no token'})`;
  return { repository, host, token: token?.token ?? null, description: `${shown}, requests: ${where}` };
}

/** What `doctor` asks of the world, one group a part; a group that throws has failed. */
export function doctorChecks(
  loaded: LoadedConfig,
  { cwd, env, signal }: { cwd: string; env: Surroundings['env']; signal: AbortSignal },
): readonly (() => Promise<readonly Check[]>)[] {
  const processes = import('./adapters/process/processes.ts').then(({ createProcesses }) => createProcesses());
  const site = processes.then((programs) => wireSite(loaded, cwd, env, programs));
  site.catch(() => undefined); // told by the group that asks for it
  const { dir, file } = loaded.config.state;
  return [
    async () => (await import('./adapters/ledger/check.ts')).checkLedger(dir, join(dir, file), () => readEmbedded('sql-wasm.wasm')),
    async () => (await wireClaude(loaded, env, await processes)).check(signal),
    async () => [await repositoryCheck(await site, signal)],
    async () => (await site).host.check(signal),
    async () => (await Promise.all((await wireNotifiers(loaded)).map((notifier) => notifier.check(signal)))).flat(),
  ];
}

async function repositoryCheck({ repository, description }: WiredSite, signal: AbortSignal): Promise<Check> {
  const base = await repository.sync(signal);
  return { name: 'repository', status: 'ok', detail: `${base.branch} at ${base.commit.slice(0, 12)} of ${description}` };
}

/** Names of variables that hold credentials; what tests need beyond this is said in their command. */
const CREDENTIAL = /TOKEN|SECRET|PASSW(OR)?D|CREDENTIAL|API_?KEY|PRIVATE_KEY|ACCESS_KEY|^SMTP_|^ANTHROPIC_|^CLAUDE_|^AWS_|^SSH_AUTH_SOCK$/i;

/** The environment of test commands: ours without anything that opens a door. */
function commandEnvironment(env: Surroundings['env'], secrets: readonly string[]): Readonly<Record<string, string>> {
  const harmless = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !CREDENTIAL.test(entry[0]) && !secrets.some((secret) => secret !== '' && entry[1]?.includes(secret)),
  );
  return { ...Object.fromEntries(harmless), CI: 'true' };
}

/** 12 lower-case letters and digits, about 60 random bits. */
function newId(): string {
  const number = randomBytes(8).readBigUInt64BE();
  return number.toString(36).padStart(13, '0').slice(-12);
}
