// `ai-ops retry TRACE`: goes on with a repair that failed or was cut off, at the step that did not end.
// What was paid for is used again; an answer that was refused is not: that takes a new one, by `ai-ops fix`.

import type { Incident, Outcome, Trace } from '../core/model.ts';
import { decide, heldBack } from '../core/policy/decide.ts';
import { figures } from '../core/policy/figures.ts';
import type { FollowRules } from '../core/policy/follow-up.ts';
import { resumability } from '../core/policy/steps.ts';
import { EXIT, fail } from '../errors.ts';
import { post } from '../pipeline/notices/deliver.ts';
import type { RepairPorts, RepairSettings } from '../pipeline/repair/job.ts';
import { stillToSpend } from '../pipeline/repair/trace.ts';
import { repair } from '../pipeline/repair.ts';
import { createExplaining } from '../pipeline/watch/explaining.ts';
import type { TraceStore } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { theOne } from './naming/choose.ts';
import { calledOf } from './naming/names.ts';
import { resultJson } from './output/json.ts';
import { leftAlone, tell } from './repairing/ending.ts';

export async function run(context: CommandContext, [typed = '']: readonly string[], _options: OptionsOf['retry']): Promise<number> {
  const { output, cwd, env, signal } = context;
  const loaded = await context.config();
  const wiring = await import('../wiring.ts');
  // For writing from the start: what a dead process was running becomes interrupted only then.
  const ledger = await wiring.openLedgerFor(loaded, context, (error) => output.warn(error.message));
  try {
    const trace = await named(ledger, typed);
    if (!isToGoOn(context, trace)) return EXIT.done;
    const { fingerprint } = trace;
    const [incident] = await ledger.incidents({ fingerprint });
    if (!incident) throw fail('incident-not-found', { fingerprint });
    const now = wiring.clock();
    const policy = wiring.policyOf(loaded.config, false);
    const spending = await ledger.spending(now);
    const cutOff = await stillToSpend(ledger, trace);
    // The incident has its request: what holds an answer back is the money alone.
    const decision = trace.follows
      ? (heldBack(policy, spending, now) ?? ({ kind: 'repair', reason: 'asked-for' } as const))
      : decide(incident, policy, spending, now, { asked: true, cutOff });
    createExplaining(context.details('decide'))?.(incident, figures(incident, policy, spending, decision));
    const { place } = await (await wiring.judgeFor(loaded, cwd))(incident, incident.sample);
    const called = calledOf(incident, place);
    if (decision.kind !== 'repair') return tell(context, await leftAlone(ledger, incident, decision), called);
    const ports = await wiring.wireRepair(loaded, { cwd, env, progress: context.progress(), store: ledger });
    const settings = { ...wiring.repairSettings(loaded), asked: true };
    const outcome = trace.follows
      ? await replyAgain(trace, incident, ports, settings, wiring.followRules(loaded.config), signal)
      : await repair(incident, ports, settings, signal, trace);
    const code = tell(context, outcome, called);
    await post(ports, wiring.noticePolicy(loaded.config), signal, true);
    return code;
  } finally {
    await ledger.close();
  }
}

/** What was asked for on a request is answered there. */
async function replyAgain(
  trace: Trace,
  incident: Incident,
  ports: RepairPorts,
  settings: RepairSettings,
  rules: FollowRules,
  signal: AbortSignal,
): Promise<Outcome> {
  const { talk, checks } = ports.host;
  if (talk === null || !trace.follows) throw fail('trace-not-found', { trace: trace.trace });
  const { replyOn } = await import('../pipeline/reply.ts');
  return replyOn(incident, trace.follows, ports, { talk, checks, rules }, settings, signal, trace);
}

/** @throws AiOpsError `trace-not-found`, `usage` */
async function named(store: TraceStore, typed: string): Promise<Trace> {
  const unknown = () => fail('trace-not-found', { trace: typed });
  const ids = (await store.traces({ brief: true, allRepositories: true })).map(({ trace }) => trace);
  const id = theOne(ids, typed, (each) => each.startsWith(typed), unknown, 'retry');
  const [trace] = await store.traces({ trace: id });
  if (!trace) throw unknown();
  const isOurs = (await store.traces({ brief: true, fingerprint: trace.fingerprint })).some((one) => one.trace === id);
  if (!isOurs) throw fail('trace-elsewhere', { trace: id, repository: trace.repository ?? 'another repository' });
  return trace;
}

/** @throws AiOpsError `retry-needs-answer`, `repair-taken` */
function isToGoOn({ output }: CommandContext, trace: Trace): boolean {
  const kind = resumability(trace);
  if (kind === 'can-go-on') return true;
  if (kind === 'running') throw fail('repair-taken', { fingerprint: trace.fingerprint });
  output.json(resultJson(trace));
  if (kind === 'new-answer') {
    throw fail('retry-needs-answer', { trace: trace.trace, reason: trace.reason, fingerprint: trace.fingerprint });
  }
  output.note(
    output.say('nothing to do: trace {trace} has ended ({reason})', { trace: trace.trace, reason: output.say.told(trace.reason) }),
  );
  return false;
}
