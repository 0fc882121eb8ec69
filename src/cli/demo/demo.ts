// `ai-ops demo`: the whole pipeline on an example service, in a temporary directory. Real are the crash, the log, the
// watching, the tests, the commit and the request; Claude's answers are recorded, and nothing is sent anywhere.
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Outcome } from '../../core/model.ts';
import { ownCommand } from '../../embedded.ts';
import { CATALOGUE, type ErrorCode, EXIT, fail } from '../../errors.ts';
import { repair } from '../../pipeline/repair.ts';
import { type WatchListener, watch } from '../../pipeline/watch.ts';
import { wireDemo } from '../../wiring/demo.ts';
import * as wiring from '../../wiring.ts';
import type { CommandContext } from '../command-line/context.ts';
import type { OptionsOf } from '../command-line/options.ts';
import { called } from '../naming/called.ts';
import { calledOf } from '../naming/names.ts';
import { reasonIn } from '../output/explain.ts';
import { incidentJson, resultJson } from '../output/json.ts';
import { duration } from '../output/units.ts';
import { pad } from '../output/width.ts';
import { type Stage, setStage, type Tell } from './stage.ts';
import { type Scene, storyLines } from './story.ts';

const QUEUE_CAPACITY = 10;

/** Made anew by every demo, it is the same all the same: what was proposed once is known. */
const THE_SERVICE = { name: 'path:/demo/orders-service', mark: null };

export async function run(context: CommandContext, _args: readonly string[], _options: OptionsOf['demo']): Promise<number> {
  const { output, signal } = context;
  if (context.flags.config !== undefined) throw fail('usage', { detail: 'the demo brings its own configuration', command: 'demo' });
  const progress = context.progress();
  const tell: Tell = (name, since, text) =>
    progress.note(
      `${output.paintTalk.good('✓')} ${pad(output.say(name), 9)} ${output.paintTalk.faint(pad(duration(performance.now() - since), 8, 'right'))}  ${text}`,
    );

  output.note(output.say('demo: the crash, the log, the tests and the commits are real; the answers are recorded and no model is called'));
  const stage = await setStage(context, tell);
  const ledger = await wiring.openLedgerFor(stage.loaded, { ...context, cwd: stage.service, repository: THE_SERVICE }, (error) =>
    output.warn(`${error.message}; ${error.hint}`),
  );
  try {
    const around = { cwd: stage.service, env: stage.env, progress, store: ledger };
    const demo = await wireDemo(stage.loaded, around, stage);
    const outcomes = await watchOnce(context, stage, ledger, demo.ports);
    progress.stop();
    if (signal.aborted) return EXIT.interrupted;
    if (outcomes.length === 0) return await nothingToDo(context, stage, ledger);
    const scenes = await Promise.all(outcomes.map((outcome) => sceneOf(outcome, ledger, stage, demo.takeOver(outcome))));
    const places = { dir: stage.dir, service: stage.service, stateDir: stage.loaded.config.state.dir, called: calledHere(context) };
    for (const line of storyLines(scenes, places, output)) output.line(line);
    return exitCodeOf(outcomes);
  } finally {
    await ledger.close();
  }
}

/** Story 1 and, for each incident, story 2: exactly what `ai-ops watch --once --from start` does. */
async function watchOnce(
  context: CommandContext,
  { loaded, log }: Stage,
  ledger: wiring.OpenedLedger,
  ports: Awaited<ReturnType<typeof wireDemo>>['ports'],
): Promise<readonly Outcome[]> {
  const { signal, stdin, env } = context;
  const { config } = loaded;
  const outcomes: Outcome[] = [];
  await watch(
    {
      source: await wiring.openSource([log], loaded, { stdin, env, isGiven: true }),
      journal: ledger,
      store: ledger,
      clock: wiring.clock,
      details: context.details,
      redact: ports.redact,
      judge: await wiring.judgeFor(loaded, context.cwd),
      repair: (incident) => repair(incident, ports, wiring.repairSettings(loaded), signal),
    },
    {
      detect: await wiring.detectSettings(config, false),
      policy: wiring.policyOf(config, false),
      from: 'start',
      once: true,
      queueCapacity: QUEUE_CAPACITY,
    },
    listener(context, outcomes),
    signal,
  );
  return outcomes;
}

function listener({ output, progress }: CommandContext, outcomes: Outcome[]): WatchListener {
  const { note } = progress();
  return {
    ready: () => undefined,
    event: () => undefined,
    incident: (incident, triage) => {
      output.json(incidentJson(incident, triage));
      note(`${output.paintTalk.bad(output.say('new'))}  ${calledOf(incident, triage.place)}`);
    },
    decided: (incident, reason, triage) => {
      const name = output.paintTalk.strong(calledOf(incident, triage.place));
      note(output.say('{name}: {said}', { name, said: reasonIn(reason, output.say) }));
    },
    result: (outcome) => {
      outcomes.push(outcome);
      output.json(resultJson(outcome));
    },
    gap: ({ source, reason }) => output.warn(`${source}: ${reason}`),
    trouble: (source, message) => output.warn(`${source}: ${message}`),
  };
}

async function sceneOf(outcome: Outcome, ledger: wiring.OpenedLedger, { mailDir }: Stage, takeOver: Scene['takeOver']): Promise<Scene> {
  const [trace] = await ledger.traces({ trace: outcome.trace });
  const [incident] = await ledger.incidents({ fingerprint: outcome.fingerprint });
  if (!trace || !incident) throw fail('bug', { detail: `the ledger has lost the trace ${outcome.trace}` });
  const mail = path.join(mailDir, outcome.trace);
  const isMailed = await access(`${mail}.txt`).then(
    () => true,
    () => false, // a repair that did not end well writes none
  );
  return {
    incident,
    trace,
    takeOver,
    requestText: outcome.request === null ? '' : await readFile(outcome.request.url, 'utf8'),
    mail: isMailed ? { file: `${mail}.eml`, text: await readFile(`${mail}.txt`, 'utf8') } : null,
  };
}

const calledHere = ({ cwd, env }: CommandContext): string => called({ own: ownCommand(), cwd, env });

/** A state directory of an earlier demo knows every error already. @throws AiOpsError `no-error-found` */
async function nothingToDo(context: CommandContext, { loaded, log }: Stage, ledger: wiring.OpenedLedger): Promise<number> {
  if ((await ledger.incidents({ limit: 1 })).length === 0) throw fail('no-error-found', { source: log });
  context.output.note(
    context.output.say('nothing was repaired: these errors are known already; see {command}', {
      command: `\`${calledHere(context)} incidents --all-repositories --state-dir ${loaded.config.state.dir}\``,
    }),
  );
  return EXIT.done;
}

/** That of the first repair that did not end well. */
function exitCodeOf(outcomes: readonly Outcome[]): number {
  const bad = outcomes.find(({ code }) => code !== null);
  return bad ? CATALOGUE[bad.code as ErrorCode].exitCode : EXIT.done;
}
