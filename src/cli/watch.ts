// `ai-ops watch`: follows logs for ever and repairs what the policy says.

import type { LoadedConfig } from '../config/load.ts';
import { logNames } from '../config/schema.ts';
import { defined } from '../core/defined.ts';
import type { Decision, Incident, Trace } from '../core/model.ts';
import { shortFingerprint } from '../core/texts/branch.ts';
import { errorWordsIn } from '../core/texts/chinese/errors.ts';
import { eventLine } from '../core/texts/incident/event-text.ts';
import type { IncidentPlace } from '../core/texts/incident/incident-name.ts';
import { version } from '../embedded.ts';
import { asAiOpsError, CATALOGUE, type ErrorCode, EXIT, fail } from '../errors.ts';
import { post } from '../pipeline/notices/deliver.ts';
import { outageMessages, sequelMessages, stopMessages } from '../pipeline/notices/write.ts';
import type { RepairPorts } from '../pipeline/repair/job.ts';
import { repair } from '../pipeline/repair.ts';
import type { Replies } from '../pipeline/replies/replies.ts';
import type { OutageNews } from '../pipeline/watch/outages.ts';
import { type WatchListener, type WatchPorts, watch } from '../pipeline/watch.ts';
import type { Repository } from '../ports.ts';
import type { KnownTree, OneOfSeveral } from '../wiring/repositories.ts';
import type { OpenedLedger } from '../wiring.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { calledOf } from './naming/names.ts';
import { sequelWords } from './output/after-request.ts';
import { pace } from './output/backpressure.ts';
import { reasonIn } from './output/explain.ts';
import { eventJson, incidentJson, readyJson, resultJson, traceJson } from './output/json.ts';
import { outcomeLines } from './output/trace.ts';
import { sayDestination } from './repairing/destination.ts';
import { showLife } from './watching/life.ts';
import { createRounds } from './watching/rounds.ts';
import { createVitals, type Vitals } from './watching/vitals.ts';

/** Incidents waiting for repair in memory; all others wait in the ledger. */
const QUEUE_CAPACITY = 100;

export async function run(context: CommandContext, names: readonly string[], options: OptionsOf['watch']): Promise<number> {
  const vitals = createVitals({ version, startedAt: new Date() });
  await using life = await showLife(vitals, context, options);
  const rounds = createRounds(vitals, context, options.once);
  for (let from = options.from; ; from = 'resume') {
    const code = await follow({ ...context, signal: rounds.begin() }, names, { ...options, from }, vitals);
    if (!rounds.goesOn()) {
      if (context.signal.aborted) life.stopped();
      return code;
    }
    context.output.note(context.output.say('the configuration was read again'));
  }
}

/** From the configuration as it is now until `signal` aborts. */
async function follow(context: CommandContext, names: readonly string[], options: OptionsOf['watch'], vitals: Vitals): Promise<number> {
  const { output, stdin, cwd, env, signal } = context;
  const loaded = await context.config();
  const { config } = loaded;
  const wiring = await import('../wiring.ts');
  const sources = names.length > 0 ? names : logNames(config);
  const source = await wiring.openSource(sources, loaded, { stdin, env, isGiven: names.length > 0 });
  const several =
    config.repos.length === 0 ? undefined : await (await import('../wiring/repositories.ts')).severalRepositories(loaded, context);
  const around = { ...context, ...defined({ others: several?.map(({ met }) => met) }) };
  await using ledger = disposable(await wiring.openLedgerFor(loaded, around, (error) => output.warn(`${error.message}; ${error.hint}`)));
  for (const name of sources) await ledger.watchLock(name);
  const ending: Ending = { code: EXIT.done };
  const told = {
    details: context.details,
    clock: wiring.clock,
    redact: wiring.redactorOf(loaded),
    judge: await wiring.judgeFor(loaded, cwd),
  };
  const ports = several
    ? { ...told, journal: ledger, store: ledger, repair: nobody, ...(await watchSeveral(context, loaded, several, ledger, options, told)) }
    : { ...told, ...(await storyOf(context, loaded, ledger, options)) };

  await watch(
    { source, ...ports },
    {
      detect: await wiring.detectSettings(config, options.events),
      policy: wiring.policyOf(config, options.dryRun),
      from: options.from,
      once: options.once,
      queueCapacity: QUEUE_CAPACITY,
    },
    vitals.hearing(listener(context, options, ending)),
    signal,
  ).catch((thrown: unknown) => {
    if (asAiOpsError(thrown).code !== 'interrupted') throw thrown;
  });
  return options.once ? ending.code || (ending.paused ?? EXIT.done) : EXIT.done;
}

type View = import('../wiring.ts').OpenedView;
type StoryPorts = Omit<WatchPorts, 'source' | 'repositories' | 'route' | 'judge' | 'clock'>;

const nobody = (): never => {
  throw fail('bug', { detail: 'what is of no repository is to be repaired' });
};

/** What becomes of the incidents of one repository. @param ledger for it */
async function storyOf(
  context: CommandContext,
  loaded: LoadedConfig,
  ledger: View,
  { dryRun }: OptionsOf['watch'],
): Promise<StoryPorts & { readonly repository?: Repository }> {
  const { output, cwd, env, signal } = context;
  const { config } = loaded;
  const wiring = await import('../wiring.ts');
  const progress = context.progress();
  // A configuration that cannot repair is an error now, not at the first incident in the night.
  const ports = dryRun ? null : await wiring.wireRepair(loaded, { cwd, env, progress, store: ledger });
  // A dry run does without a repository.
  const site = ports ?? (await wiring.wireSiteOnly(loaded, context, false).catch(() => null));
  // Nobody looks at a directory of local requests in the night.
  if (ports?.destination.isUnmeant) throw fail('destination-unmeant', { ...ports.destination });
  if (site) sayDestination(output, site.destination);
  return {
    journal: ledger,
    store: ledger,
    redact: ports?.redact ?? wiring.redactorOf(loaded),
    ...(site ? { repository: site.repository } : {}),
    repair: (incident) => {
      if (!ports) throw fail('bug', { detail: 'a dry run has decided to repair' });
      return repair(incident, ports, wiring.repairSettings(loaded), signal);
    },
    ...(ports
      ? {
          preflight: wiring.preflightFor(loaded, env, ports.host),
          follow: {
            host: ports.host,
            settings: wiring.followerSettings(config),
            messages: (trace: Trace, incident: Incident, place: IncidentPlace | undefined) =>
              sequelMessages(trace, { incident, place }, ports, wiring.noticePolicy(config)),
          },
          ...(await repliesOf(ports, ledger, loaded, wiring, signal)),
          post: (isLast: boolean) => post(ports, wiring.noticePolicy(config), signal, isLast),
          outage: (news: OutageNews) => ports.outbox.put(outageMessages(news, ports, wiring.noticePolicy(config))),
          heldBack: (decision: Decision) => ports.outbox.put(stopMessages(decision, ports, wiring.noticePolicy(config))),
        }
      : {}),
  };
}

/** Each repository as if it were the only one, and what tells whose an event is. */
async function watchSeveral(
  context: CommandContext,
  loaded: LoadedConfig,
  several: readonly OneOfSeveral[],
  ledger: OpenedLedger,
  options: OptionsOf['watch'],
  told: Pick<WatchPorts, 'details' | 'clock'>,
): Promise<Pick<WatchPorts, 'repositories' | 'route'>> {
  const { output, signal, details } = context;
  const [{ createKnownTree, createRouter, keepTrees }, wiring] = await Promise.all([
    import('../wiring/repositories.ts'),
    import('../wiring.ts'),
  ]);
  const trees = new Map<string, KnownTree>();
  const repositories = new Map<string, NonNullable<WatchPorts['repositories']> extends ReadonlyMap<string, infer Ports> ? Ports : never>();
  for (const { met, loaded: own } of several) {
    const story = await storyOf(context, own, ledger.of(met.name)!, options);
    const tree =
      story.repository &&
      createKnownTree(story.repository, (message) =>
        output.warn(output.say('the files of {repository} are not known: {message}; asked again', { repository: met.name, message })),
      );
    if (tree) trees.set(met.name, tree);
    const judge = tree ? await wiring.judgeOf(own, tree) : await wiring.judgeFor(own, context.cwd);
    repositories.set(met.name, { ...told, ...story, judge, policy: wiring.policyOf(own.config, options.dryRun) });
  }
  await keepTrees([...trees.values()], signal);
  return { repositories, route: createRouter(several, trees, loaded, details('decide')) };
}

/** What people ask for on our requests is answered, where they can say anything. */
async function repliesOf(
  ports: RepairPorts,
  ledger: View,
  loaded: LoadedConfig,
  wiring: typeof import('../wiring.ts'),
  signal: AbortSignal,
): Promise<{ replies?: Replies }> {
  const { talk, checks } = ports.host;
  if (talk === null) return {};
  const { createReplies } = await import('../pipeline/replies/replies.ts');
  const { replyOn } = await import('../pipeline/reply.ts');
  const { repair } = await import('../pipeline/repair.ts');
  const rules = wiring.followRules(loaded.config);
  const settings = wiring.repairSettings(loaded);
  const replies = createReplies(
    {
      ...{
        store: ledger,
        journal: ledger,
        talk,
        checks,
        host: ports.host,
        repository: ports.repository,
        patches: ports.patches,
        claims: ports.claims,
        onBranch: ports.onBranch,
        clock: ports.clock,
        redact: ports.redact,
        issueTalk: ports.host.issueTalk,
      },
      repairAgain: (incident) => repair(incident, ports, { ...settings, asked: true, again: true }, signal),
      note: ports.progress.note,
      reply: (incident, follows, earlier) => replyOn(incident, follows, ports, { talk, checks, rules }, settings, signal, earlier),
    },
    {
      rules,
      policy: wiring.policyOf(loaded.config, false),
      claimSeconds: settings.claim.seconds,
      language: settings.language,
      zone: settings.zone,
    },
  );
  return { replies };
}

interface Ending {
  code: number;
  /** Of what is missing now; what was, and is there again, is no bad ending. */
  paused?: number | undefined;
}

/** Prints what happens. `ending.code` becomes the exit code of the first repair that did not end well. */
function listener({ output, stdout, signal }: CommandContext, { events, dryRun }: OptionsOf['watch'], ending: Ending): WatchListener {
  const { say, errorWords } = output;
  return {
    ready: (places) => {
      output.json(readyJson(places));
      const sources = places.map(({ source }) => source).join(', ');
      const words = sources === '' ? say('watching for files to appear') : say('watching {sources}', { sources });
      output.note(dryRun ? say('{words} (dry run: nothing is repaired)', { words }) : words);
    },
    event: ({ event, fingerprint }) => {
      if (!events) return;
      output.json(eventJson(event, fingerprint));
      output.line(`${event.source}:${event.line}  ${event.level}  ${shortFingerprint(fingerprint)}  ${eventLine(event)}`);
    },
    shown: () => pace(stdout, signal),
    incident: (incident, triage) => {
      output.json(incidentJson(incident, triage));
      output.line(`${output.paint.bad(say('new'))}  ${calledOf(incident, triage.place)}`);
    },
    decided: (incident, reason, triage) => {
      if (dryRun) return;
      output.note(say('{name}: {said}', { name: calledOf(incident, triage.place), said: reasonIn(reason, say) }));
    },
    result: (outcome, incident, { place }) => {
      output.json(resultJson(outcome));
      for (const line of outcomeLines(outcome, { paint: output.paint, say }, calledOf(incident, place))) output.line(line);
      const exitCode = outcome.code === null ? EXIT.done : CATALOGUE[outcome.code as ErrorCode].exitCode;
      if (exitCode !== EXIT.done) output.problem(outcome.reason, outcome.hint ?? '', outcome.code);
      if (ending.code === EXIT.done) ending.code = exitCode;
    },
    paused: (fault, lookMs) => {
      output.warn(say('paused: {message}; looked for again every {seconds} s; {hint}', { ...errorWords(fault), seconds: lookMs / 1000 }));
      ending.paused = fault.exitCode;
    },
    goesOn: () => {
      ending.paused = undefined;
      output.note(say('what was missing is there again: repairs go on'));
    },
    moved: ({ trace, incident, place }) => {
      output.json(traceJson(trace, false));
      output.note(say('{name}: {said}', { name: calledOf(incident, place), said: sequelWords(trace, say) }));
    },
    unasked: (error) =>
      output.warn(say('what became of open requests is not known now: {message}; it is asked again', { message: error.message })),
    gap: ({ source, reason }) => {
      output.json({ kind: 'gap', source, reason });
      output.warn(say('{name}: {said}', { name: source, said: say.told(reason) }));
    },
    // The message names the source.
    said: (source, words) => output.note(say('{name}: {said}', { name: source, said: say.told(words) })),
    trouble: (_source, words) =>
      output.warn(say('{message}; waiting until it can be read', { message: errorWordsIn(say.language(), CATALOGUE, words) })),
  };
}

function disposable<T extends { close(): Promise<void> }>(opened: T): T & AsyncDisposable {
  return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() });
}
