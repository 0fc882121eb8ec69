// `ai-ops fix`: repairs an incident of a log, once. With `--dry-run` it shows what would happen and calls nothing.

import type { LoadedConfig } from '../config/load.ts';
import { logNames } from '../config/schema.ts';
import { fingerprintV1 } from '../core/group/fingerprint-v1.ts';
import type { Decision, Incident } from '../core/model.ts';
import { type CutOff, decide, type Policy } from '../core/policy/decide.ts';
import { expectedCost } from '../core/policy/expected-cost.ts';
import { figures } from '../core/policy/figures.ts';
import { sourceOf } from '../core/source-names.ts';
import type { IncidentPlace } from '../core/texts/incident/incident-name.ts';
import { asAiOpsError, EXIT, fail } from '../errors.ts';
import { post } from '../pipeline/notices/deliver.ts';
import { withheldFrom } from '../pipeline/repair/event-words.ts';
import type { RepairSettings } from '../pipeline/repair/job.ts';
import { confirmedFixes } from '../pipeline/repair/past/similar.ts';
import { planFor } from '../pipeline/repair/plan.ts';
import { cutOffOf } from '../pipeline/repair/trace.ts';
import { repair } from '../pipeline/repair.ts';
import { scan } from '../pipeline/scan.ts';
import { contextOf } from '../pipeline/steps/context.ts';
import { promptFor } from '../pipeline/steps/fix.ts';
import type { Judge } from '../pipeline/triage.ts';
import { createExplaining } from '../pipeline/watch/explaining.ts';
import { record } from '../pipeline/watch/recorder.ts';
import type { Incidents } from '../pipeline/watch/totals.ts';
import type { Source } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { isFingerprint, isOlderName, theOne } from './naming/choose.ts';
import { calledOf } from './naming/names.ts';
import { showPlan } from './output/plan.ts';
import { sayDestination } from './repairing/destination.ts';
import { leftAlone, notBegun, tell } from './repairing/ending.ts';
import { refreshed } from './repairing/refresh.ts';
import { linkedFiles } from './terminal/linked-files.ts';

type Wiring = typeof import('../wiring.ts');
type OpenedLedger = import('../wiring.ts').OpenedLedger;
type RepairTools = import('../wiring.ts').RepairTools;
type OpenedReader = import('../wiring.ts').OpenedReader;

/** One run of the command, and what it has found in the log. */
interface Run {
  readonly context: CommandContext;
  readonly loaded: LoadedConfig;
  readonly wiring: Wiring;
  readonly options: OptionsOf['fix'];
  readonly logs: readonly string[];
  readonly open: Open;
  readonly found: Incidents;
}

type Open = (logs: readonly string[]) => Promise<Source>;

export async function run(context: CommandContext, args: readonly string[], options: OptionsOf['fix']): Promise<number> {
  const loaded = await context.config();
  const wiring = await import('../wiring.ts');
  const logs = logsOf(args, options, loaded);
  const open: Open = (some) => wiring.openSource(some, loaded, { ...context, isGiven: args.length > 0 || options.fromLog !== undefined });
  const run = { context, loaded, wiring, options, logs, open, found: await read(context, loaded, wiring, { logs, open }) };
  return options.dryRun ? show(run) : repairAll(run);
}

/** @throws AiOpsError `usage` */
function logsOf(args: readonly string[], { fromLog }: OptionsOf['fix'], { config }: LoadedConfig): readonly string[] {
  if (fromLog !== undefined && args.length > 0) throw fail('usage', { detail: 'name the log once', command: 'fix' });
  if (fromLog !== undefined) return [fromLog];
  return args.length > 0 ? args : logNames(config);
}

/** Changes nothing and calls nobody who costs anything. */
async function show(run: Run): Promise<number> {
  const { context, loaded, wiring, options, found } = run;
  const ledger = await wiring.openReaderFor(loaded, context);
  try {
    const judge = await wiring.judgeFor(loaded, context.cwd);
    const chosen = await choose(found, options, { ledger, judge, policy: wiring.policyOf(loaded.config, false) });
    const tools = await wiring.wireTools(loaded, { cwd: context.cwd, env: context.env, progress: context.progress(), isLook: true });
    for (const one of chosen) {
      const incident = await known(ledger, one);
      const decision = await decided(run, ledger, judge, incident);
      const { place } = await judge(incident, incident.sample);
      await preview(context, loaded, { incident, place, decision, tools, ledger, settings: settingsOf(run) });
    }
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

async function repairAll(run: Run): Promise<number> {
  const { context, loaded, wiring, options, logs, open, found } = run;
  const { cwd, env, output, signal } = context;
  const ledger = await wiring.openLedgerFor(loaded, context, (error) => output.warn(error.message));
  try {
    const judge = await wiring.judgeFor(loaded, cwd);
    const chosen = await choose(found, options, { ledger, judge, policy: wiring.policyOf(loaded.config, false) });
    await count(context, loaded, wiring, { ledger, logs, open, chosen });
    const ports = await wiring.wireRepair(loaded, { cwd, env, progress: context.progress(), store: ledger });
    sayDestination(output, ports.destination);
    const preflight = wiring.preflightFor(loaded, env, ports.host);
    const settings = settingsOf(run);
    let code: number = EXIT.done;
    for (const one of chosen) {
      await refreshed(context, loaded, wiring, { ...ports, journal: ledger }, one);
      const incident = await known(ledger, one);
      // Begun and counted already, where it was cut off.
      const cutOff = await cutOffOf(ledger, incident, settings.mode);
      const decision = await decided(run, ledger, judge, incident, cutOff);
      const fault = decision.kind === 'repair' ? await preflight(signal) : undefined;
      if (fault) {
        code = worst(code, notBegun(context, incident, fault));
        continue;
      }
      const outcome =
        decision.kind === 'repair' ? await repair(incident, ports, settings, signal) : await leftAlone(ledger, incident, decision);
      const { place } = await judge(incident, incident.sample);
      code = worst(code, tell(context, outcome, calledOf(incident, place), await linkedFiles(context, loaded)));
    }
    await post(ports, wiring.noticePolicy(loaded.config), signal, true);
    return code;
  } finally {
    await ledger.close();
  }
}

function settingsOf({ wiring, loaded, options }: Run): RepairSettings {
  const settings = wiring.repairSettings(loaded);
  return { ...settings, asked: true, again: options.again, testFirst: options.testFirst || settings.testFirst === true };
}

/** As the ledger has it, where it does. */
async function known(ledger: OpenedReader, incident: Incident): Promise<Incident> {
  return (await ledger.incidents({ fingerprint: incident.fingerprint }))[0] ?? incident;
}

async function decided(
  { context, loaded, wiring, options }: Run,
  ledger: OpenedReader,
  judge: Judge,
  incident: Incident,
  cutOff?: CutOff,
): Promise<Decision> {
  const now = wiring.clock();
  const [policy, spending] = [wiring.policyOf(loaded.config, false), await ledger.spending(now)];
  const decision = decide(incident, policy, spending, now, {
    asked: options.again ? 'again' : true,
    cutOff,
    class: (await judge(incident, incident.sample)).class,
    isNamed: options.fingerprint !== undefined,
  });
  createExplaining(context.details('decide'))?.(incident, figures(incident, policy, spending, decision));
  return decision;
}

/** The incidents of the log. @throws AiOpsError `no-error-found`, or why the log cannot be read, where nothing was found in it */
async function read(
  context: CommandContext,
  loaded: LoadedConfig,
  wiring: Wiring,
  { logs, open }: Pick<Run, 'logs' | 'open'>,
): Promise<Incidents> {
  const source = await open(logs);
  const { incidents, error } = await scan(
    { source, clock: wiring.clock, redact: wiring.redactorOf(loaded), details: context.details },
    await wiring.detectSettings(loaded.config, false),
    () => undefined,
    context.signal,
  );
  if (error && incidents.length === 0) throw error;
  if (error) context.output.warn(asAiOpsError(error).message);
  if (incidents.length === 0) throw fail('no-error-found', { source: logs.join(', ') });
  return incidents;
}

interface Choosing {
  readonly ledger: OpenedReader;
  readonly judge: Judge;
  readonly policy: Policy;
}

/** The one that was named; all, newest first; or the newest that is not proposed and of a class that is repaired. */
async function choose(
  incidents: Incidents,
  { all, fingerprint: typed }: OptionsOf['fix'],
  choosing: Choosing,
): Promise<readonly Incident[]> {
  const newestFirst = incidents.newestFirst();
  if (all) return [...newestFirst];
  // A log may hold a hundred thousand of them: one is made at a time.
  if (typed === undefined) return newestToRepair(newestFirst, choosing);
  const nameOf = ({ fingerprint, sample }: Incident): string => (isOlderName(typed) ? fingerprintV1(sample) : fingerprint);
  const names = [...new Set(Array.from(newestFirst, nameOf))];
  const wanted = theOne(names, typed, isFingerprint, () => fail('incident-not-found', { fingerprint: typed }), 'fix');
  for (const incident of newestFirst) if (nameOf(incident) === wanted) return [incident];
  return [];
}

/** What a repair of them has come to waits for people. */
const ANSWERED: ReadonlySet<Incident['state']> = new Set(['proposed', 'issued', 'declined']);

/** Incidents that are looked at, newest first, before the newest of all is taken. */
const LOOKED_AT = 200;

/** Where none is to be repaired it is the newest: what is told of it says why. */
async function newestToRepair(newestFirst: Iterable<Incident>, { ledger, judge, policy }: Choosing): Promise<readonly Incident[]> {
  let newest: Incident | undefined;
  let looked = 0;
  for (const incident of newestFirst) {
    newest ??= incident;
    looked += 1;
    if (looked > LOOKED_AT) break;
    const [known] = await ledger.incidents({ fingerprint: incident.fingerprint });
    if (known !== undefined && ANSWERED.has(known.state)) continue;
    if (policy.repair.includes((await judge(incident, incident.sample)).class)) return [incident];
  }
  return newest === undefined ? [] : [newest];
}

/** Counts the logs' events that the ledger does not know yet. A watcher on the same log counts them itself. */
async function count(
  context: CommandContext,
  loaded: LoadedConfig,
  wiring: Wiring,
  { ledger, logs, open, chosen }: { ledger: OpenedLedger; logs: readonly string[]; open: Open; chosen: readonly Incident[] },
): Promise<void> {
  // What comes once can be read once only, and no position in it can be found again.
  const once = new Set(logs.filter((log) => sourceOf(log).once));
  if (once.size > 0) await ledger.record({ checkpoint: null, sightings: chosen.filter(({ first }) => once.has(first.source)) });
  const ours: string[] = [];
  for (const log of logs) if (!once.has(log) && (await isOurs(ledger, log))) ours.push(log);
  if (ours.length > 0) {
    const source = await open(ours);
    const ports = { source, journal: ledger, clock: wiring.clock, redact: wiring.redactorOf(loaded) };
    // What could not be read has been told by the scan that found the incidents.
    await record(ports, await wiring.detectSettings(loaded.config, false), context.signal).catch((thrown: unknown) => {
      if (!asAiOpsError(thrown).code.startsWith('log-')) throw thrown;
    });
  }
  await ledger.flush(true);
}

async function isOurs(ledger: OpenedLedger, log: string): Promise<boolean> {
  return ledger.watchLock(log).then(
    () => true,
    (thrown: unknown) => {
      if (asAiOpsError(thrown).code === 'already-watched') return false;
      throw thrown;
    },
  );
}

/** The first ending that was not good. */
function worst(code: number, next: number): number {
  return code === EXIT.done ? next : code;
}

interface Preview {
  readonly incident: Incident;
  readonly place: IncidentPlace | undefined;
  readonly decision: Decision;
  readonly tools: RepairTools;
  readonly ledger: OpenedReader;
  readonly settings: RepairSettings;
}

/** Earlier repairs that the expected cost is taken from: older ones were other models at other prices. */
const COMPARED = 100;

async function preview(
  { output, signal }: CommandContext,
  { config }: LoadedConfig,
  { incident, place, decision, tools, ledger, settings }: Preview,
): Promise<void> {
  const { mode, maxContextTokens, guard } = settings;
  const base = await tools.repository.sync(signal);
  const entries = await tools.repository.list(base.commit);
  const context = await contextOf(tools, settings, incident, base, entries, signal);
  const commands = await planFor(tools.repository, base, entries, settings, incident.sample);
  const fixes = await confirmedFixes({ store: ledger, journal: ledger, redact: tools.redact }, incident);
  const { timeoutSeconds, maxTurns, maxBudgetUsd, maxRetries } = config.claude;
  showPlan(output, {
    incident,
    place,
    destination: tools.destination,
    decision,
    base,
    mode,
    context,
    maxContextTokens,
    prompt: promptFor(tools, settings, { incident }, context.files, fixes),
    withheld: withheldFrom(incident, null, tools.redact),
    ...tools.fixer.plan(mode),
    commands,
    caps: { timeoutSeconds, maxTurns, maxBudgetUsd, maxRetries, maxFiles: guard.maxFiles, maxLines: guard.maxLines },
    expected: expectedCost(await ledger.traces({ brief: true, limit: COMPARED }), mode),
  });
}
