// `ai-ops stats`: how many repairs were proposed, merged and confirmed, by level, class and language, and what one has cost.
// Reads the ledger only.
import type { Incident } from '../core/model.ts';
import { type Counted, type Stats, statsOf } from '../core/policy/stats.ts';
import type { TriageClass } from '../core/tables.ts';
import type { SayHere, Sentence } from '../core/texts/chinese/say.ts';
import { EXIT } from '../errors.ts';
import type { Judge } from '../pipeline/triage.ts';
import type { Journal, TraceStore } from '../ports.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { parseMoment, usd } from './output/units.ts';

type Options = OptionsOf['stats'];
type Ledger = Pick<Journal, 'incidents'> & Pick<TraceStore, 'traces'>;

/** Incidents in memory together. */
const AT_ONCE = 100;

export async function run(context: CommandContext, _args: readonly string[], { since, allRepositories }: Options): Promise<number> {
  const [loaded, { judgeFor, openReaderFor, ownAmongOthers }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const from = since === undefined ? undefined : parseMoment(since, new Date());
  const judge = await judgeFor(loaded, context.cwd, await ownAmongOthers(loaded, context, { allRepositories }));
  const ledger = await openReaderFor(loaded, context);
  try {
    const stats = statsOf(await counted(ledger, judge, { allRepositories, ...(from !== undefined && { since: from }) }));
    for (const group of stats) context.output.json({ kind: 'stats', since: from ?? null, ...group });
    if (!context.output.isJson) show(context, stats);
    return EXIT.done;
  } finally {
    await ledger.close();
  }
}

/** Traces with what their incidents say, those judged once each. */
async function counted(
  ledger: Ledger,
  judge: Judge,
  filter: { readonly allRepositories: boolean; readonly since?: string },
): Promise<readonly Counted[]> {
  const traces = await ledger.traces({ ...filter, brief: true });
  const wanted = [...new Set(traces.map(({ fingerprint }) => fingerprint))];
  const kinds = new Map<string, Pick<Counted, 'class' | 'language'>>();
  const { allRepositories } = filter;
  const note = async (incidents: readonly Incident[], names: (incident: Incident) => readonly string[]): Promise<void> => {
    for (const incident of incidents) {
      const kind = { class: (await judge(incident, incident.sample)).class, language: incident.language };
      for (const name of names(incident)) kinds.set(keyOf({ ...incident, fingerprint: name }), kind);
    }
  };
  for (let from = 0; from < wanted.length; from += AT_ONCE)
    await note(await ledger.incidents({ fingerprints: wanted.slice(from, from + AT_ONCE), allRepositories }), (one) => [one.fingerprint]);
  // A trace may bear a name that its incident had with an older version.
  const rest = new Set(traces.filter((trace) => !kinds.has(keyOf(trace))).map(({ fingerprint }) => fingerprint));
  for (const fingerprint of rest) await note(await ledger.incidents({ fingerprint, allRepositories }), () => [fingerprint]);
  return traces.map((trace) => ({ ...trace, ...(kinds.get(keyOf(trace)) ?? { class: null, language: null }) }));
}

const VALUE: Readonly<Record<Exclude<Stats['by'], 'all'>, Sentence>> = {
  level: 'level {value}',
  class: 'class {value}',
  language: 'language {value}',
};

const keyOf = ({ repository, fingerprint }: Pick<Incident, 'repository' | 'fingerprint'>): string => `${repository} ${fingerprint}`;

const NONE: Readonly<Record<Stats['by'], Sentence>> = {
  all: 'all',
  level: 'no proof',
  class: 'incident forgotten',
  language: 'incident forgotten',
};

function show({ output }: CommandContext, stats: readonly Stats[]): void {
  const { say } = output;
  const [all] = stats;
  if (all === undefined || all.repairs === 0) {
    output.note(say('no repair has ended yet: `ai-ops watch` and `ai-ops fix` make them'));
    return;
  }
  const number = (title: Sentence, of: (row: Stats) => number) =>
    ({ title: say(title), cell: (row: Stats) => String(of(row)), align: 'right' }) as const;
  const money = (title: Sentence, drops: number, of: (row: Stats) => number | null) => {
    const cell = (row: Stats): string => {
      const amount = of(row);
      return amount === null ? '-' : `${row.unpriced > 0 ? '≥ ' : ''}${usd(amount)}`;
    };
    return { title: say(title), cell, align: 'right', drops } as const;
  };
  output.table<Stats>(
    [
      { title: say('REPAIRS'), cell: (row) => nameOf(row, say), main: true, shrinks: true, least: 24 },
      number('ENDED', ({ repairs }) => repairs),
      number('PROPOSED', ({ proposed }) => proposed),
      number('MERGED', ({ merged }) => merged),
      number('CONFIRMED', ({ confirmed }) => confirmed),
      money('COST', 1, ({ costUsd }) => costUsd),
      money('PER MERGED', 2, ({ usdPerMerged }) => usdPerMerged),
      money('PER CONFIRMED', 3, ({ usdPerConfirmed }) => usdPerConfirmed),
    ],
    stats,
  );
  const { closed, regressed, issued, unpriced } = all;
  output.note(
    say('closed without a merge: {closed}; merged, and the error came back: {regressed}; issues instead of a request: {issued}', {
      closed,
      regressed,
      issued,
    }),
  );
  output.note(
    say('the cost of a merged or confirmed fix holds what was paid for all repairs of its row, also for those that came to nothing'),
  );
  if (unpriced > 0) output.note(say('of {count} the price is not known: the sums are too low by theirs', { count: unpriced }));
}

function nameOf({ by, value }: Stats, say: SayHere): string {
  if (value === null || by === 'all') return say(NONE[by]);
  return say(VALUE[by], { value: by === 'class' ? say(value as TriageClass) : value });
}
