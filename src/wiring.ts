// The composition root: configuration in, ports out. Only this file and `wiring/` name concrete adapters.
// Adapters are imported where a command needs them, so that a short command starts at once.

import { join, resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { LoadedConfig } from './config/load.ts';
import { type Config, KEYS } from './config/schema.ts';
import { secretValues } from './config/secrets.ts';
import { defined } from './core/defined.ts';
import { originOfPath } from './core/formats/origin.ts';
import { zoneOf } from './core/formats/zones.ts';
import type { Origin } from './core/model.ts';
import type { Policy } from './core/policy/decide.ts';
import type { FollowRules } from './core/policy/follow-up.ts';
import { createRedactor } from './core/redact/redact.ts';
import { isOnServer } from './core/source-address.ts';
import { sourceOf } from './core/source-names.ts';
import { readEmbedded, version } from './embedded.ts';
import { type AiOpsError, asAiOpsError, EXIT, fail } from './errors.ts';
import type { IncidentPlaces } from './pipeline/incident-places.ts';
import type { NoticePolicy } from './pipeline/notices/write.ts';
import type { RepairPorts, RepairSettings } from './pipeline/repair/job.ts';
import type { Judge } from './pipeline/triage.ts';
import type { FollowerSettings } from './pipeline/watch/follower.ts';
import type { DetectSettings } from './pipeline/watch/intake.ts';
import type { MachineFault, Preflight } from './pipeline/watch/machine.ts';
import { codeOf, messageOf } from './platform/errno.ts';
import { machineInstant, machineZone } from './platform/zone.ts';
import type { Check, CodeHost, Fixer, Notifier, Processes, Redact, Source, SourceTree, Tell } from './ports.ts';
import { commandVariables } from './wiring/command-variables.ts';
import { logSources } from './wiring/logs/log-sources.ts';
import { readableLogs } from './wiring/logs/readable-logs.ts';
import { isMissed, noAnswer, PROGRAM_LOOK_MS } from './wiring/look.ts';
import { metRepository } from './wiring/met-repository.ts';
import { overheardLedger, overheardProcesses } from './wiring/overheard.ts';
import { type WiredSandbox, wireSandbox } from './wiring/sandbox.ts';
import { type WiredSite, wireSite } from './wiring/site.ts';
import { clock, type Surrounded, type Surroundings } from './wiring/surroundings.ts';
import { askedOnlyBy, bindPassword, bindSignature, isFound } from './wiring/token-hosts.ts';
import { wallsDown } from './wiring/unsafe-args.ts';

export { clock, metRepository, readableLogs };

export type OpenedLedger = import('./adapters/ledger/ledger-port.ts').Ledger;
export type OpenedView = import('./adapters/ledger/ledger-port.ts').LedgerView;
export type OpenedReader = import('./adapters/ledger/ledger-port.ts').LedgerReader;
type MergedReader = import('./adapters/ledger/boxes/merged.ts').MergedReader;

/** What a command stands in, as far as opening a ledger goes. */
export interface Around extends Pick<Surrounded, 'cwd' | 'env' | 'details'> {
  /** In place of the one that it stands in. */
  readonly repository?: import('./core/repository/identity.ts').MetRepository;
  /** Others that what is read may be of. */
  readonly others?: readonly import('./core/repository/identity.ts').MetRepository[];
}

/** The work tree that a directory is in; `undefined` where it is in none. */
export async function checkoutRoot(dir: string): Promise<string | undefined> {
  return (await import('./adapters/git/users-checkout.ts')).findRepository(dir)?.root;
}

/** To look only: nothing is made, taken or changed. */
export async function openReaderFor(loaded: LoadedConfig, { cwd, env, details }: Around): Promise<OpenedReader> {
  const { openReader } = await import('./adapters/ledger/reader.ts');
  const { dir, file } = loaded.config.state;
  // Where one watcher has several, all of them are looked at.
  const repository = loaded.config.repos.length > 0 ? undefined : await metRepository(loaded, { cwd, env });
  details('ledger')?.(`${join(dir, file)}: opened to read, for ${repository?.name ?? 'all repositories'}`);
  return openReader(join(dir, file), () => readEmbedded('sql-wasm.wasm'), repository);
}

/** The same of several boxes together, where others are named. @throws AiOpsError `ledger-absent` */
export async function openReadersFor(
  loaded: LoadedConfig,
  around: Around & { readonly output: { note(text: string): void; warn(text: string): void } },
  others: readonly string[],
): Promise<MergedReader> {
  if (others.length === 0) return openReaderFor(loaded, around);
  return (await import('./wiring/merged-ledgers.ts')).openMergedFor(loaded, around, others);
}

/** @throws AiOpsError `ledger-…`, `state-unwritable` */
export async function openLedgerFor(
  loaded: LoadedConfig,
  { cwd, env, details, output, ...around }: Around & Pick<Surrounded, 'output'>,
  notice?: (error: AiOpsError) => void,
): Promise<OpenedLedger> {
  const { openLedger } = await import('./adapters/ledger/ledger.ts');
  const { dir, file, retentionDays, maxTraces, incidentDays, maxIncidents } = loaded.config.state;
  const repository = around.repository ?? (await metRepository(loaded, { cwd, env }));
  const tell = details('ledger');
  tell?.(`${join(dir, file)}: opened to write, for ${repository.name}`);
  const opened = await openLedger({
    dir,
    file: join(dir, file),
    repository,
    ...defined({ others: around.others }),
    clock,
    retention: { days: retentionDays, maxTraces, incidentDays, maxIncidents },
    wasm: () => readEmbedded('sql-wasm.wasm'),
    ...defined({ notice }),
  });
  for (const words of recognitionWords(repository.name, opened.registered)) output.note(words);
  return overheardLedger(opened, tell);
}

/** Said once: the next time it is known. */
function recognitionWords(name: string, registered: OpenedLedger['registered']): readonly string[] {
  const { from, adopted = 0 } = registered ?? {};
  return [
    ...(from === undefined ? [] : [`${name} is known here as ${from}: its incidents and repairs go with it`]),
    ...(adopted === 0 ? [] : [`the incidents of an older version that no request tells the repository of (${adopted}) are now of ${name}`]),
  ];
}

/** Where logs are read from, beside their names. */
export interface ReadingFrom {
  /** Opened where a log is called `-`. */
  readonly stdin: () => NodeJS.ReadableStream;
  readonly env: Surroundings['env'];
  /** The user has named them here and now, and not the configuration. */
  readonly isGiven: boolean;
}

/** The logs a command reads. @throws AiOpsError `no-logs`, `log-name`, `log-command-unbound`, `log-address`, `log-unbound`, `file-unbound` */
export async function openSource(names: readonly string[], loaded: LoadedConfig, { stdin, env, isGiven }: ReadingFrom): Promise<Source> {
  const { openSources } = await import('./adapters/sources/registry.ts');
  const { logServers } = await import('./wiring/logs/log-servers.ts');
  const { kafkaLogins } = await import('./wiring/logs/kafka-logins.ts');
  const isRemote = names.some((name) => isOnServer(name) || sourceOf(name).kind === 'kafka');
  if (isRemote) await (await import('./wiring/trust.ts')).trustOwnAuthorities(env);
  const { logCommands } = await import('./wiring/logs/log-commands.ts');
  const mayRead = isGiven ? undefined : readableLogs(loaded);
  const source = await openSources(names, {
    ...defined({ mayRead }),
    stdin: stdin as () => import('node:stream').Readable,
    encoding: loaded.config.detect.encoding,
    servers: logServers(loaded, env, isGiven),
    kafkaLogin: kafkaLogins(loaded, env, isGiven),
    commands: logCommands(loaded, env, isGiven),
  });
  tuneForReading();
  return source;
}

/**
 * Reading a log makes short-lived objects by the million. V8 would let its heap grow to several times what is in use before it looks;
 * memory is to stay bounded by what is known of the log. Not before all code is loaded: what was kept of code when it was built is not
 * taken under other flags.
 */
function tuneForReading(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
  // Most expressions that redaction and triage need are used a few times: shorter steps for them cost more to make than they save.
  setFlagsFromString('--no-regexp-peephole-optimization');
}

/** @param everyEvent every occurrence is shown, so none may only be counted */
export async function detectSettings({ detect, keywords, logs }: Config, everyEvent: boolean): Promise<DetectSettings> {
  const { guessEncoding } = await import('./adapters/sources/bytes/guess.ts');
  const { level, encoding, quietMs, timezone } = detect;
  const zone = timezone ? zoneOf(timezone) : machineInstant;
  const zoneFor = logSources(logs, (log) => (log.timezone === undefined ? undefined : zoneOf(log.timezone)));
  return {
    level,
    keywords,
    encoding,
    zone,
    zoneFor,
    originFor: originsOf(logs),
    guess: guessEncoding,
    quietMs,
    everyEvent,
    ignore: detect.ignore,
  };
}

/** What the path of a log says, or the configuration of it: its records go before that. */
function originsOf(logs: Config['logs']): (source: string) => Origin | undefined {
  const serviceOf = logSources(logs, ({ service }) => service);
  return (source) => {
    const service = serviceOf(source);
    return service === undefined ? originOfPath(source) : { ...originOfPath(source), service };
  };
}

export function policyOf({ policy, claude, dedupe }: Config, dryRun: boolean): Policy {
  const {
    repair,
    maxOpenRequests,
    minCount,
    minAgeSeconds,
    maxAttempts,
    maxRepairsPerHour,
    maxRepairsPerDay,
    maxUsdPerDay,
    maxConsecutiveFailures,
  } = policy;
  const windows = { dedupeWindowSeconds: dedupe.windowSeconds };
  const limits = { maxAttempts, maxRepairsPerHour, maxRepairsPerDay, maxUsdPerDay, maxConsecutiveFailures };
  return { mode: claude.mode, minCount, minAgeSeconds, ...limits, ...windows, repair, maxOpenRequests, dryRun };
}

/** `verify` keys that are `null` are found from the repository. */
export function repairSettings(loaded: LoadedConfig): RepairSettings {
  const { config } = loaded;
  const { verify, policy, claude, dedupe, language, repo, request, commit } = config;
  return {
    mode: claude.mode,
    language,
    zone: machineZone,
    version,
    guard: { maxFiles: policy.maxFiles, maxLines: policy.maxLines, protectedPaths: policy.protectedPaths, wallsDown: wallsDown(loaded) },
    checks: defined({ setup: verify.setup ?? undefined, check: verify.check ?? undefined, test: verify.test ?? undefined }),
    subdir: subdirOf(repo),
    maxContextTokens: claude.maxContextTokens,
    maxRetries: claude.maxRetries,
    testFirst: claude.testFirst,
    bisectSeconds: verify.bisectSeconds,
    maxBudgetUsd: claude.maxBudgetUsd,
    draft: policy.draft,
    openAt: policy.openAt,
    issues: policy.issues,
    event: request.event,
    ...defined({ asks: config.follow.maxRounds === 0 ? undefined : { prefix: config.follow.prefix, reviews: config.follow.reviews } }),
    branchPrefix: request.branchPrefix,
    title: request.title,
    subject: commit.subject,
    signoff: commit.signoff,
    isSigned: commit.sign !== null,
    notices: noticePolicy(config),
    claim: { seconds: policy.claimSeconds, dedupeWindowSeconds: dedupe.windowSeconds, maxAttempts: policy.maxAttempts },
  };
}

/** Which notices are written. */
export function noticePolicy({ mail, notify, language, request }: Config): NoticePolicy {
  return {
    on: notify.on,
    perHour: mail.maxPerHour,
    digestMs: mail.digestSeconds * 1000,
    language,
    zone: machineZone,
    event: request.event,
  };
}

/** How requests are followed after their repair. */
export function followerSettings({ policy, language }: Config): FollowerSettings {
  const { refreshSeconds, deploySeconds, confirmSeconds } = policy;
  return { refreshSeconds, deploySeconds, confirmSeconds, language, zone: machineZone, jitter: Math.random() };
}

/** What counts as asked for on a request. */
export function followRules({ follow, policy }: Pick<Config, 'follow' | 'policy'>): FollowRules {
  return {
    reviews: follow.reviews,
    prefix: follow.prefix,
    checks: follow.checks,
    staleDays: policy.staleDays,
    maxRounds: follow.maxRounds,
  };
}

/** Only the repository and its code host: to look at requests, to say where they go. @throws AiOpsError as `wireRepair` */
export async function wireSiteOnly(loaded: LoadedConfig, around: Surrounded, isLook = true): Promise<WiredSite> {
  const { createProcesses } = await import('./adapters/process/processes.ts');
  const processes = overheardProcesses(createProcesses(), around.details('commands'));
  return wireSite(loaded, { ...around, notice: around.output.note, isLook }, processes);
}

/** What a repair works with, but for the ledger. */
export type RepairTools = Omit<RepairPorts, 'store' | 'outbox' | 'journal'> & Pick<WiredSite, 'repository' | 'destination'>;

/** Everything that story 2 needs. @throws AiOpsError for a configuration that cannot work, before anything is spent */
export async function wireRepair(loaded: LoadedConfig, around: Surroundings): Promise<RepairTools & RepairPorts> {
  return { ...(await wireTools(loaded, around)), store: around.store, outbox: around.store, journal: around.store };
}

/** Enough to show what a repair would do. @param around with `isLook` for who does no more than that. @throws AiOpsError as `wireRepair` */
export async function wireTools(
  loaded: LoadedConfig,
  around: Omit<Surroundings, 'store'> & { readonly isLook?: boolean },
): Promise<RepairTools> {
  const { config, secrets } = loaded;
  const { createProcesses } = await import('./adapters/process/processes.ts');
  const { createCommands } = await import('./adapters/process/commands.ts');
  const { commandEnvironment } = await import('./adapters/process/command-environment.ts');
  const { createWorkspaces } = await import('./adapters/git/worktree/workspaces.ts');
  const { formatPatch, fileStats, unifiedDiff } = await import('./adapters/git/patch.ts');
  const { createSourceMaps } = await import('./adapters/source-maps/source-maps.ts');
  const { createSyntaxChecker } = await import('./adapters/syntax/parsers.ts');
  const { randomBytes } = await import('node:crypto');
  const processes = overheardProcesses(createProcesses(), around.progress.details?.('commands'));
  const { cwd, env, isLook = false } = around;
  const site = await wireSite(loaded, { cwd, env, isLook, notice: (text) => around.progress.note(text) }, processes);
  const shut = await wireSandbox(loaded, around.env, processes);
  const known = [...secretValues(secrets), ...(site.token === null ? [] : [site.token])];
  const redact = createRedactor([...known, ...loaded.environmentSecrets]);
  return {
    repository: site.repository,
    destination: site.destination,
    history: site.history,
    sourceMaps: createSourceMaps(),
    claims: site.claims,
    workspaces: createWorkspaces({ repository: site.repository, dir: join(config.state.dir, 'workspaces') }),
    onBranch: async (branch) => {
      const repository = await site.onBranch(branch);
      return { repository, workspaces: createWorkspaces({ repository, dir: join(config.state.dir, 'workspaces') }) };
    },
    fixer: around.fixer ?? (await wireClaude(loaded, around.env, processes, shut)),
    commands: createCommands({
      processes,
      env: commandEnvironment(around.env, commandVariables(loaded), known),
      timeoutMs: config.verify.timeoutSeconds * 1000,
      maxMemoryBytes: config.verify.maxMemoryMb * 1024 * 1024,
      redact,
      network: config.verify.network,
      cacheDir: join(config.state.dir, 'caches'),
      ...defined({ sandbox: shut.sandbox }),
    }),
    syntax: createSyntaxChecker(),
    patches: {
      diff: unifiedDiff,
      stats: fileStats,
      formatPatch: (changes, { id, ...rest }) => formatPatch(changes, { commit: id, ...rest }),
    },
    box: async () => (await import('./adapters/git/box-name.ts')).boxName(config.state.dir),
    host: site.host,
    notifiers: await wireNotifiers(loaded, around.env),
    redact,
    progress: around.progress,
    clock,
    newId: () => idOf(randomBytes(8)),
  };
}

/**
 * Hears every HTTP exchange of this process.
 * @returns ends it
 */
export async function overhearRequests(tell: Tell): Promise<() => void> {
  return (await import('./platform/http/overhear.ts')).overhearHttp(tell);
}

/** Without the slashes around it. */
const subdirOf = ({ subdir }: LoadedConfig['config']['repo']): string => (subdir ?? '').replace(/^\.?\/+|\/+$/g, '');

/** The name of the repository that is checked out here, where what is shown may be of others as well. */
export async function ownAmongOthers(
  loaded: LoadedConfig,
  around: Pick<Surroundings, 'cwd' | 'env'>,
  { allRepositories, merge = [] }: { readonly allRepositories: boolean; readonly merge?: readonly string[] },
): Promise<string | undefined> {
  const mayBeOfOthers = allRepositories || merge.length > 0 || loaded.config.repos.length > 0;
  return mayBeOfOthers ? (await metRepository(loaded, around)).name : undefined;
}

/**
 * Whose matter an incident is, by the log and the source in the checkout; contacts nobody.
 * @param own see `ownAmongOthers`
 */
export async function judgeFor(loaded: LoadedConfig, cwd: string, own?: string): Promise<Judge> {
  const { repo } = loaded.config;
  const { createCheckoutSource } = await import('./adapters/git/checkout-source.ts');
  const { createJudge } = await import('./pipeline/triage.ts');
  return createJudge(createCheckoutSource(repo.path ?? cwd), subdirOf(repo), redactorOf(loaded), own);
}

/**
 * Where incidents arose, by the checkout; contacts nobody.
 * @param own see `ownAmongOthers`
 */
export async function placesFor(loaded: LoadedConfig, cwd: string, own?: string): Promise<IncidentPlaces> {
  const { repo } = loaded.config;
  const { createCheckoutSource } = await import('./adapters/git/checkout-source.ts');
  const { createIncidentPlaces } = await import('./pipeline/incident-places.ts');
  return createIncidentPlaces(createCheckoutSource(repo.path ?? cwd), subdirOf(repo), redactorOf(loaded), own);
}

/** The same by the files of a repository that is not checked out here. */
export async function judgeOf(loaded: LoadedConfig, tree: SourceTree): Promise<Judge> {
  const { createJudge } = await import('./pipeline/triage.ts');
  return createJudge(tree, subdirOf(loaded.config.repo), redactorOf(loaded));
}

/** What every repair needs: Claude and its login, the token and its rights. Costs no money. */
export function preflightFor(loaded: LoadedConfig, env: Surroundings['env'], host: CodeHost): Preflight {
  return async (signal) => {
    const within = AbortSignal.any([signal, AbortSignal.timeout(PROGRAM_LOOK_MS)]);
    const { createProcesses } = await import('./adapters/process/processes.ts');
    const claude = await wireClaude(loaded, env, createProcesses());
    const faultIn = (what: string) => (thrown: unknown) => {
      const error = asAiOpsError(thrown);
      return [isMissed(error, signal) ? ofCheck(noAnswer(what, PROGRAM_LOOK_MS)) : asFault(error)];
    };
    const looks = [claude.check(within).catch(faultIn('claude')), host.check(within).catch(faultIn('code host'))];
    const found = (await Promise.all(looks)).flat().find((each) => !('status' in each) || each.status === 'failed');
    return found !== undefined && 'status' in found ? ofCheck(found) : found;
  };
}

function ofCheck({ name, detail, hint = '', exitCode = EXIT.repairFailed }: Check): MachineFault {
  const isAuth = exitCode === EXIT.auth;
  const ofClaude = isAuth ? 'claude-auth' : 'claude-unreachable';
  // A token that is known, and may not do this there.
  const ofHost = !isAuth ? 'host-unreachable' : name === 'token' ? 'host-auth' : 'host-forbidden';
  return { code: name.startsWith('claude') ? ofClaude : ofHost, message: `${name}: ${detail}`, hint, exitCode };
}

const asFault = ({ code, message, hint, exitCode }: AiOpsError): MachineFault => ({ code, message, hint, exitCode });

/** The redactor for what is known before a repository is opened. */
export function redactorOf({ secrets, environmentSecrets }: LoadedConfig): Redact {
  return createRedactor([...secretValues(secrets), ...environmentSecrets]);
}

/** The Claude CLI with what the configuration says of it. @throws AiOpsError `claude-args-refused`, `program-unbound` */
export async function wireClaude(
  loaded: LoadedConfig,
  env: Surroundings['env'],
  processes: Processes,
  shut?: WiredSandbox,
): Promise<Fixer & { check(signal: AbortSignal): Promise<readonly Check[]> }> {
  const { createClaudeCli } = await import('./adapters/claude/cli.ts');
  const { config, secrets } = loaded;
  const { command, args, model, timeoutSeconds, maxTurns, maxBudgetUsd, usdPerMTokens } = config.claude;
  // It is run with the login of Claude. What is asked for by default needs no word of the user's.
  const asking = command === KEYS['claude.command'].default ? undefined : askedOnlyBy(loaded, 'claude.command', [command]);
  if (asking !== undefined) throw fail('program-unbound', { file: asking, program: command, key: 'claude.command' });
  const { sandbox } = shut ?? (await wireSandbox(loaded, env, processes));
  return createClaudeCli({
    processes,
    command,
    args,
    unsafeArgs: config.claude.unsafeArgs,
    ...defined({ model: model ?? undefined, sandbox, prices: usdPerMTokens ?? undefined }),
    isSandboxRequired: config.verify.sandbox === 'required',
    timeoutMs: timeoutSeconds * 1000,
    maxTurns,
    maxBudgetUsd,
    env: secrets.anthropicKey === null ? env : { ...env, ANTHROPIC_API_KEY: secrets.anthropicKey },
  });
}

/** @throws AiOpsError `file-unbound`, `mail-ca`, `mail-token-unbound`, `password-unbound`, `webhook-unbound`, `webhook-url` */
export async function wireNotifiers(loaded: LoadedConfig, env: Surroundings['env']): Promise<readonly Notifier[]> {
  return [...(await wireMail(loaded, env)), ...(await wireWebhook(loaded, env)), ...(await wireSentryNotes(loaded, env))];
}

async function wireSentryNotes(loaded: LoadedConfig, env: Surroundings['env']): Promise<readonly Notifier[]> {
  const { note, resolve } = loaded.config.sentry;
  if (loaded.secrets.sentryToken === null || (!note && !resolve)) return [];
  const { createSentryNotifier } = await import('./adapters/notifiers/sentry/notifier.ts');
  const { authorizationFor } = await import('./wiring/logs/log-servers.ts');
  const authorization = (source: string): string | undefined => authorizationFor(loaded, source);
  return [createSentryNotifier({ note, resolve, authorization, userAgent: `ai-ops/${version}`, proxyEnv: env })];
}

async function wireMail(loaded: LoadedConfig, env: Surroundings['env']): Promise<readonly Notifier[]> {
  const { config, secrets } = loaded;
  const { enabled, host, port, secure, user, from, to, ca } = config.mail;
  if (!enabled || host === null || to.length === 0) return [];
  bindPassword(loaded, host);
  const { createMailNotifier } = await import('./adapters/notifiers/mail/notifier.ts');
  const login = user === null ? {} : { user, password: secrets.smtpPassword ?? '', ...(await mailToken(loaded, env)) };
  const file = ca === null ? undefined : askedOnlyBy(loaded, 'mail.ca', [ca, resolve(ca)]);
  if (ca !== null && file !== undefined) throw fail('file-unbound', { file, path: resolve(ca), key: 'mail.ca' });
  const authorities = ca === null ? {} : { ca: await readAuthorities(ca) };
  return [createMailNotifier({ host, port, secure, from: from ?? `ai-ops@${host}`, to, ...login, ...authorities })];
}

/** @throws AiOpsError `webhook-unbound`, `webhook-url` */
async function wireWebhook(loaded: LoadedConfig, env: Surroundings['env']): Promise<readonly Notifier[]> {
  const { config, secrets } = loaded;
  const { webhookUrl: url, webhookSecret: secret } = secrets;
  if (url === null) return [];
  bindSignature(loaded);
  const { createWebhookNotifier } = await import('./adapters/notifiers/webhook/notifier.ts');
  return [createWebhookNotifier({ url, form: config.notify.webhook, secret, userAgent: `ai-ops/${version}`, clock, proxyEnv: env })];
}

/** @throws AiOpsError `mail-token-unbound` */
async function mailToken(
  loaded: LoadedConfig,
  env: Surroundings['env'],
): Promise<{ readonly token?: (signal: AbortSignal) => Promise<string> }> {
  const { tokenCommand } = loaded.config.mail;
  const { smtpToken } = loaded.secrets;
  if (tokenCommand === null) return smtpToken === null ? {} : { token: async () => smtpToken };
  if (isFound(loaded, 'mail.tokenCommand')) throw fail('mail-token-unbound', { file: loaded.origins['mail.tokenCommand'] ?? 'a file' });
  const { createProcesses } = await import('./adapters/process/processes.ts');
  const request = {
    argv: ['/bin/sh', '-c', tokenCommand],
    dir: process.cwd(),
    env: JSON.parse(JSON.stringify(env)) as Record<string, string>,
    timeoutMs: 30_000,
  };
  return {
    token: async (signal) => {
      const { exitCode, stdout } = await createProcesses().run({ ...request, signal });
      const token = stdout.trim();
      if (exitCode === 0 && /^\S{8,8192}$/.test(token)) return token;
      throw fail('mail-token', {
        detail: exitCode === 0 ? 'the command printed no token' : `the command ended with ${exitCode ?? 'a signal'}`,
      });
    },
  };
}

/** @throws AiOpsError `mail-ca` */
async function readAuthorities(file: string): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  try {
    return await readFile(file, 'utf8');
  } catch (thrown) {
    throw fail('mail-ca', { file, detail: codeOf(thrown) || messageOf(thrown) }, thrown);
  }
}

/** 12 lower-case letters and digits, about 60 bits of eight random bytes. */
export function idOf(random: Buffer): string {
  return random.readBigUInt64BE().toString(36).padStart(13, '0').slice(-12);
}
