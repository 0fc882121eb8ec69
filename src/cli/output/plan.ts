// What `fix --dry-run` shows: the decision, the files with their price, the command, the caps, the expected cost, the prompt.

import { estimateTokens } from '../../core/context/tokens.ts';
import type { Decision, FixMode, Incident } from '../../core/model.ts';
import type { ExpectedCost } from '../../core/policy/expected-cost.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import type { SayHere } from '../../core/texts/chinese/say.ts';
import { type IncidentPlace, incidentName } from '../../core/texts/incident/incident-name.ts';
import { suspectWords } from '../../core/texts/last-change.ts';
import { commandsJson, proofLines } from '../../core/texts/proof-commands.ts';
import type { Context } from '../../pipeline/repair/handed-on.ts';
import { leftWords } from '../../pipeline/steps/context.ts';
import type { Base, Destination } from '../../ports.ts';
import { reasonIn } from './explain.ts';
import type { Output } from './output.ts';
import { table } from './tables/table.ts';
import { secretWords } from './trace.ts';
import { usd } from './units.ts';

export interface Plan {
  readonly incident: Incident;
  /** Where it arose, as it was judged. */
  readonly place: IncidentPlace | undefined;
  readonly destination: Destination;
  readonly decision: Decision;
  readonly base: Base;
  readonly mode: FixMode;
  readonly context: Context;
  readonly maxContextTokens: number;
  readonly prompt: string;
  /** Different secrets that were taken out of it. */
  readonly withheld: number;
  readonly argv: readonly string[];
  readonly environment: readonly string[];
  /** What the proof will run. */
  readonly commands: CheckPlan;
  readonly caps: Readonly<Record<string, number>> & { readonly maxBudgetUsd: number };
  readonly expected: ExpectedCost;
}

/** Both forms: `Output` shows the one that was asked for. */
export function showPlan(output: Output, plan: Plan): void {
  output.json(planJson(plan));
  for (const [heading, lines] of sections(plan, output.say)) {
    output.line(output.paint.strong(heading));
    for (const line of lines) output.line(line);
  }
}

function planJson({
  incident,
  destination,
  decision,
  base,
  context,
  maxContextTokens,
  prompt,
  withheld,
  argv,
  environment,
  commands,
  caps,
  expected,
}: Plan): object {
  const { fingerprint, title } = incident;
  return {
    kind: 'plan',
    fingerprint,
    title,
    destination: { words: destination.words, isUnmeant: destination.isUnmeant, hint: destination.hint || null },
    decision,
    base,
    files: context.files.map(({ path }) => path),
    left: context.left.map(leftWords),
    context: {
      maxTokens: maxContextTokens,
      usedTokens: context.usedTokens,
      promptTokens: estimateTokens(prompt),
      files: context.files.map(({ path, line = null, role, why, tokens }) => ({ path, line, role, why, tokens })),
      left: context.left,
      notes: context.notes,
    },
    lastChange: context.suspect,
    commands: commandsJson(commands),
    expectedCost: { ...expected, atMostUsd: caps.maxBudgetUsd },
    prompt,
    withheld,
    argv,
    environment,
    caps,
  };
}

function sections(plan: Plan, say: SayHere): readonly (readonly [string, readonly string[]])[] {
  const { incident, place, destination, decision, base, argv, environment, caps, context } = plan;
  return [
    [say('Incident'), [`  ${incidentName(incident, place)}`, `  ${incident.title}`, `  ${incident.fingerprint}`]],
    [say('Destination'), [destination.words, destination.hint].filter(Boolean).map((line) => `  ${say.told(line)}`)],
    [say('Decision'), [`  ${say('{name}: {said}', { name: say(decision.kind), said: reasonIn(decision.reason, say) })}`]],
    [say('Base'), [`  ${say('{branch} at {commit} of {remote}', { branch: base.branch, commit: base.commit, remote: base.remote })}`]],
    [say('Files in the prompt, the likeliest first'), fileLines(plan, say)],
    ...(context.suspect ? [[say('Last change of the line'), [`  ${say.told(suspectWords(context.suspect, incident))}`]] as const] : []),
    [say('Commands of the proof'), proofLines(plan.commands).map((line) => `  ${say.told(line)}`)],
    [
      say('Command of Claude'),
      [
        `  ${argv.map((word) => (/^[\w./:=,-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}`,
        `  ${say('environment: {names}', { names: environment.join(' ') })}`,
      ],
    ],
    [
      say('Caps'),
      [
        `  ${Object.entries(caps)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}`,
      ],
    ],
    [say('Expected cost'), [`  ${costWords(plan, say)}`]],
    [
      say('Prompt (by standard input), about {tokens} tokens, {secrets} withheld', {
        ...{ tokens: estimateTokens(plan.prompt), secrets: secretWords(plan.withheld, say) },
      }),
      [plan.prompt],
    ],
  ];
}

function fileLines({ context, maxContextTokens, mode }: Plan, say: SayHere): readonly string[] {
  const { files, left, notes, usedTokens } = context;
  const shape = [
    { title: say('file'), cell: ({ path, line }: Context['files'][number]) => (line ? `${path}:${line}` : path) },
    ...(mode === 'agentic'
      ? []
      : [{ title: say('tokens'), align: 'right' as const, cell: ({ tokens }: Context['files'][number]) => String(tokens) }]),
    { title: say('why'), cell: ({ why, parts }: Context['files'][number]) => whyWords(why, parts, say) },
  ];
  const budget =
    mode === 'agentic'
      ? say('only their paths: in agentic mode Claude reads them itself')
      : say('about {used} of {most} tokens (claude.maxContextTokens)', { used: usedTokens, most: maxContextTokens });
  return [...table(shape, files), ...left.map((one) => say.told(leftWords(one))), ...notes.map(say.told), budget].map(
    (line) => `  ${line}`,
  );
}

function whyWords(why: string, parts: Context['files'][number]['parts'], say: SayHere): string {
  const told = say.told(why);
  if (parts === undefined) return told;
  return say('{why}, in parts (lines {lines})', { why: told, lines: parts.map(({ from, to }) => `${from}-${to}`).join(', ') });
}

function costWords({ expected, caps, mode }: Plan, say: SayHere): string {
  const most = say('at most {usd} (claude.maxBudgetUsd)', { usd: usd(caps.maxBudgetUsd) });
  if (expected.usd === null) return say('unknown, {most}', { most });
  const values = { usd: usd(expected.usd), count: expected.repairs, mode, most };
  return expected.repairs === 1
    ? say('{usd}, the median of 1 earlier repair in {mode} mode; {most}', values)
    : say('{usd}, the median of {count} earlier repairs in {mode} mode; {most}', values);
}
