// `ai-ops explain`: why events group together, and what the policy decides and why; of one incident of the ledger, or
// of the incidents of a log. Reads only: nothing is counted, and nobody is asked.

import { fingerprint } from '../core/group/fingerprint.ts';
import { fingerprintV1 } from '../core/group/fingerprint-v1.ts';
import type { ErrorEvent, Incident, Trace } from '../core/model.ts';
import { type Budget, decide, type Policy } from '../core/policy/decide.ts';
import type { TextLanguage } from '../core/texts/phrases.ts';
import { EXIT, fail } from '../errors.ts';
import { scan } from '../pipeline/scan.ts';
import type { Judge, Judged } from '../pipeline/triage.ts';
import type { Journal, Redact } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { isFingerprint, isOlderName, theOne } from './naming/choose.ts';
import { reasonWords } from './naming/reason-words.ts';
import { type Example, type Explanation, explanationLines } from './output/explain.ts';
import { explanationJson } from './output/json.ts';

type Ledger = Pick<Journal, 'incidents' | 'names'>;

/** An incident with an event of it as it was read, so that its parts are those that were counted. */
interface Subject {
  readonly incident: Incident;
  readonly event: ErrorEvent;
  readonly examples: readonly Example[];
  /** As the ledger knows it. */
  readonly known: Incident | undefined;
}

/** What every explanation of one run has in common. */
interface Judgement {
  readonly policy: Policy;
  readonly budget: Budget;
  readonly now: Date;
  /** By fingerprint, newest first. */
  readonly traces: ReadonlyMap<string, readonly Trace[]>;
  readonly redact: Redact;
  readonly fromLog: boolean;
  readonly judge: Judge;
}

export async function run(context: CommandContext, args: readonly string[], options: OptionsOf['explain']): Promise<number> {
  const typed = typedFingerprint(args, options);
  const loaded = await context.config();
  const { clock, judgeFor, openReaderFor, policyOf, redactorOf } = await import('../wiring.ts');
  const read = options.fromLog === undefined ? undefined : await readLog(context, options.fromLog);
  const ledger = await openReaderFor(loaded, context);
  try {
    const subjects = read === undefined ? [await ofLedger(ledger, typed!)] : await ofLog(read, ledger, typed);
    const now = clock();
    await tell(context, subjects, {
      policy: policyOf(loaded.config, false),
      budget: await ledger.spending(now),
      now,
      traces: Map.groupBy(await ledger.traces({ brief: true }), ({ fingerprint: id }) => id),
      redact: redactorOf(loaded),
      fromLog: read !== undefined,
      judge: await judgeFor(loaded, context.cwd),
    });
  } finally {
    await ledger.close();
  }
  if (read?.error) throw read.error;
  return EXIT.done;
}

/** @throws AiOpsError `usage` */
function typedFingerprint([argument]: readonly string[], { fingerprint: option, fromLog }: OptionsOf['explain']): string | undefined {
  const command = 'explain';
  if (argument !== undefined && option !== undefined) throw fail('usage', { detail: 'name the fingerprint once', command });
  const typed = argument ?? option;
  if (typed === undefined && fromLog === undefined) {
    throw fail('usage', { detail: 'name a fingerprint, or a log with --from-log', command });
  }
  return typed;
}

/** The one of a log that is meant, also by what an older version calls it. @throws AiOpsError `incident-not-found`, `usage` */
function chosenOf(incidents: readonly Incident[], typed: string): string {
  const names = new Map(incidents.map(({ fingerprint: id, sample }) => [isOlderName(typed) ? fingerprintV1(sample) : id, id]));
  return names.get(chosen([...names.keys()], typed))!;
}

/** The one that is meant. @throws AiOpsError `incident-not-found`, `usage` */
function chosen(names: readonly string[], typed: string): string {
  return theOne(names, typed, isFingerprint, () => fail('incident-not-found', { fingerprint: typed }), 'explain');
}

/** @throws AiOpsError `incident-not-found`, `usage` */
async function ofLedger(ledger: Ledger, typed: string): Promise<Subject> {
  const [incident] = await ledger.incidents({ fingerprint: chosen(await ledger.names(), typed) });
  if (incident === undefined) throw fail('incident-not-found', { fingerprint: typed });
  return { incident, event: incident.sample, examples: [example(incident.sample)], known: incident };
}

/** The incident of the log that was named, or all. @throws AiOpsError `incident-not-found`, `usage` */
async function ofLog({ incidents, met }: LogRead, ledger: Ledger, typed: string | undefined): Promise<readonly Subject[]> {
  const wanted = typed === undefined ? undefined : chosenOf(incidents, typed);
  const subjects: Subject[] = [];
  for (const incident of incidents) {
    if (wanted !== undefined && incident.fingerprint !== wanted) continue;
    const { first, other, last } = met.get(incident.fingerprint)!;
    const all = [example(first), ...(other ? [other] : []), last];
    const examples = all.filter(({ text }, index) => all.findIndex((each) => each.text === text) === index);
    const [known] = await ledger.incidents({ fingerprint: incident.fingerprint });
    subjects.push({ incident, event: first, examples, known });
  }
  return subjects;
}

/** Events of one fingerprint: the first, the first that says something else, and the last. */
interface Met {
  readonly first: ErrorEvent;
  readonly other: Example | undefined;
  readonly last: Example;
}

interface LogRead {
  /** Most frequent first. */
  readonly incidents: readonly Incident[];
  readonly met: ReadonlyMap<string, Met>;
  /** Why a part of the log could not be read. */
  readonly error: unknown;
}

/** @throws AiOpsError `no-error-found`, or why the log cannot be read, where nothing was found in it */
async function readLog(context: CommandContext, log: string): Promise<LogRead> {
  const loaded = await context.config();
  const { clock, detectSettings, openSource, redactorOf } = await import('../wiring.ts');
  const source = await openSource([log], loaded, { ...context, isGiven: true });
  const met = new Map<string, Met>();
  const { incidents, error } = await scan(
    { source, clock, redact: redactorOf(loaded), details: context.details },
    await detectSettings(loaded.config, true),
    ({ event, fingerprint: id }) => {
      const last = example(event);
      const before = met.get(id);
      const differs = before !== undefined && example(before.first).text !== last.text;
      met.set(id, { first: before?.first ?? event, other: before?.other ?? (differs ? last : undefined), last });
    },
    context.signal,
  );
  if (error && incidents.length === 0) throw error;
  if (incidents.length === 0) throw fail('no-error-found', { source: log });
  return { incidents: [...incidents], met, error };
}

/** What is shown of an example, and what is read of it: a secret has to be seen whole to be found. */
const SHOWN = 500;
const READ = 4000;

/** What an event says, in one line: the beginning of its message, or of its text where it has none. Not redacted yet. */
function example({ message, text, source, line }: ErrorEvent): Example {
  const said = (message?.trim() || text).slice(0, READ);
  return { source, line, text: said.trim().split('\n').slice(0, 2).join(' ') };
}

async function tell({ output, stdout }: CommandContext, subjects: readonly Subject[], judgement: Judgement): Promise<void> {
  for (const [index, subject] of subjects.entries()) {
    const explanation = explain(
      subject,
      { ...judgement, language: output.isJson ? 'en' : output.language },
      await judgement.judge(subject.incident, subject.event),
    );
    if (!judgement.fromLog && fingerprint(subject.event).id !== subject.incident.fingerprint) {
      output.warn(output.say('the kept sample is redacted: its parts may not be exactly those that were counted'));
    }
    output.json(explanationJson(explanation));
    if (output.isJson) continue;
    if (index > 0) output.line();
    const place =
      subjects.length > 1 ? output.say('[{index} of {count}] {name}', { index: index + 1, count: subjects.length, name: '' }) : '';
    const look = { paint: output.paint, now: judgement.now, columns: stdout.columns, say: output.say };
    for (const line of explanationLines(explanation, place, look)) output.line(line);
  }
}

/** The decision is on the incident as the ledger knows it: that is what a watcher judges. */
function explain(
  { incident, event, examples, known }: Subject,
  judgement: Judgement & { readonly language: TextLanguage },
  triage: Judged,
): Explanation {
  const { policy, budget, now, traces, redact, fromLog, language } = judgement;
  return {
    incident,
    parts: fingerprint(event).parts.map((part) => ({ ...part, value: redact(part.value) })),
    decision: decide(known ?? incident, policy, budget, now, { class: triage.class, hasFrame: triage.hasFrame }),
    examples: examples.map((each) => ({ ...each, text: redact(each.text).slice(0, SHOWN) })),
    known,
    reason: known === undefined ? '' : reasonWords(known, traces.get(known.fingerprint)?.[0], language),
    triage,
    fromLog,
    policy,
    budget,
  };
}
