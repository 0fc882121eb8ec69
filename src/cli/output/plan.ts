// What `fix --dry-run` shows: the decision, the files with their price, the command, the caps, the expected cost, the prompt.

import { estimateTokens } from '../../core/context/tokens.ts';
import type { Decision, FixMode, Incident } from '../../core/model.ts';
import { wordsOfReason } from '../../core/policy/decide.ts';
import type { ExpectedCost } from '../../core/policy/expected-cost.ts';
import type { CheckPlan } from '../../core/proof/checks.ts';
import { type IncidentPlace, incidentName } from '../../core/texts/incident/incident-name.ts';
import { suspectWords } from '../../core/texts/last-change.ts';
import { commandsJson, proofLines } from '../../core/texts/proof-commands.ts';
import type { Context } from '../../pipeline/repair/handed-on.ts';
import { leftWords, partsWords } from '../../pipeline/steps/context.ts';
import type { Base, Destination } from '../../ports.ts';
import type { Output } from './output.ts';
import { table } from './table.ts';
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
  for (const [heading, lines] of sections(plan)) {
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

function sections(plan: Plan): readonly (readonly [string, readonly string[]])[] {
  const { incident, place, destination, decision, base, argv, environment, caps, context } = plan;
  const reason = wordsOfReason(decision.reason);
  return [
    ['Incident', [`  ${incidentName(incident, place)}`, `  ${incident.title}`, `  ${incident.fingerprint}`]],
    ['Destination', [destination.words, destination.hint].filter(Boolean).map((line) => `  ${line}`)],
    ['Decision', [`  ${decision.kind}: ${reason}`]],
    ['Base', [`  ${base.branch} at ${base.commit} of ${base.remote}`]],
    ['Files in the prompt, the likeliest first', fileLines(plan)],
    ...(context.suspect ? [['Last change of the line', [`  ${suspectWords(context.suspect, incident)}`]] as const] : []),
    ['Commands of the proof', proofLines(plan.commands).map((line) => `  ${line}`)],
    [
      'Command of Claude',
      [
        `  ${argv.map((word) => (/^[\w./:=,-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')}`,
        `  environment: ${environment.join(' ')}`,
      ],
    ],
    [
      'Caps',
      [
        `  ${Object.entries(caps)
          .map(([name, value]) => `${name} ${value}`)
          .join(', ')}`,
      ],
    ],
    ['Expected cost', [`  ${costWords(plan)}`]],
    [
      `Prompt (by standard input), about ${estimateTokens(plan.prompt)} tokens, ${plan.withheld === 1 ? '1 secret' : `${plan.withheld} secrets`} withheld`,
      [plan.prompt],
    ],
  ];
}

function fileLines({ context, maxContextTokens, mode }: Plan): readonly string[] {
  const { files, left, notes, usedTokens } = context;
  const shape = [
    { title: 'file', cell: ({ path, line }: Context['files'][number]) => (line ? `${path}:${line}` : path) },
    ...(mode === 'agentic'
      ? []
      : [{ title: 'tokens', align: 'right' as const, cell: ({ tokens }: Context['files'][number]) => String(tokens) }]),
    { title: 'why', cell: ({ why, parts }: Context['files'][number]) => `${why}${partsWords(parts)}` },
  ];
  const budget =
    mode === 'agentic'
      ? 'only their paths: in agentic mode Claude reads them itself'
      : `about ${usedTokens} of ${maxContextTokens} tokens (claude.maxContextTokens)`;
  return [...table(shape, files), ...left.map(leftWords), ...notes, budget].map((line) => `  ${line}`);
}

function costWords({ expected, caps, mode }: Plan): string {
  const most = `at most ${usd(caps.maxBudgetUsd)} (claude.maxBudgetUsd)`;
  if (expected.usd === null) return `unknown, ${most}`;
  return `${usd(expected.usd)}, the median of ${expected.repairs} earlier ${expected.repairs === 1 ? 'repair' : 'repairs'} in ${mode} mode; ${most}`;
}
