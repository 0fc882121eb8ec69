// `ai-ops report`: one self-contained page of HTML about the incidents and traces of the ledger. Reads the ledger only.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defined } from '../core/defined.ts';
import type { Incident } from '../core/model.ts';
import { sayIn } from '../core/texts/chinese/say.ts';
import { incidentName } from '../core/texts/incident/incident-name.ts';
import { version } from '../embedded.ts';
import { EXIT, fail } from '../errors.ts';
import { createSimilar } from '../pipeline/repair/past/similar.ts';
import { replaceFile } from '../platform/atomic.ts';
import { systemWords } from '../platform/errno.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { createNames } from './naming/names.ts';
import { reasonWords } from './naming/reason-words.ts';
import { sharesOf } from './output/boxes.ts';
import { triageWords } from './output/explain.ts';
import type { IncidentPage } from './output/report/incident.ts';
import { reportPage } from './output/report/page.ts';
import { parseMoment, size, when } from './output/units.ts';

type Options = OptionsOf['report'];

/** Incidents on one page, the newest first. */
const MOST_INCIDENTS = 2_000;

/** Earlier repairs that are told of one incident. */
const MOST_SIMILAR = 5;

export async function run(context: CommandContext, _args: readonly string[], options: Options): Promise<number> {
  const { output, cwd } = context;
  const { page, incidents, traces, boxes } = await makeReport(context, options);
  if (options.output === '-') {
    output.raw(page);
    return EXIT.done;
  }
  const file = resolve(cwd, options.output);
  await replace(file, options.output, page);
  const bytes = Buffer.byteLength(page);
  output.json({ kind: 'report', file, bytes, incidents, traces, ...defined({ boxes }) });
  output.line(output.paint.link(file, pathToFileURL(file).href));
  output.note(
    output.say('incidents: {incidents}, repairs: {repairs}, {size}; open it in a browser', {
      incidents,
      repairs: traces,
      size: size(bytes),
    }),
  );
  return EXIT.done;
}

/** Without a word. @throws AiOpsError `file-unwritable` */
export async function writeReport(context: CommandContext, options: Options): Promise<void> {
  await replace(resolve(context.cwd, options.output), options.output, (await makeReport(context, options)).page);
}

interface Report {
  readonly page: string;
  /** How many are on it. */
  readonly incidents: number;
  readonly traces: number;
  readonly boxes: ReturnType<typeof sharesOf> | undefined;
}

async function makeReport(context: CommandContext, { since, limit, allRepositories, merge }: Options): Promise<Report> {
  const { cwd } = context;
  const [loaded, { judgeFor, openReadersFor, ownAmongOthers, placesFor }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const now = new Date();
  const from = since === undefined ? undefined : parseMoment(since, now);
  const ledger = await openReadersFor(loaded, context, merge);
  try {
    const { language } = loaded.config;
    const say = sayIn(language);
    const filter = { allRepositories, ...(from === undefined ? {} : { since: from }) };
    const all = await ledger.incidents({ limit: MOST_INCIDENTS + 1, allRepositories });
    const found = await ledger.traces({ ...filter, limit });
    const count = (await ledger.traces({ ...filter, brief: true })).length;
    const incidents = all.slice(0, MOST_INCIDENTS);
    const here = await ownAmongOthers(loaded, context, { allRepositories, merge });
    const judge = await judgeFor(loaded, cwd, here);
    const names = createNames(ledger, await placesFor(loaded, cwd, here));
    const traces = await names.named(found);
    const left = [
      ...(all.length > incidents.length ? [say('Only the {count} incidents seen last are on this page.', { count: MOST_INCIDENTS })] : []),
      ...(count > traces.length
        ? [say('Only the newest {shown} of {count} repairs are on this page (--limit).', { shown: traces.length, count })]
        : []),
      ...(from === undefined ? [] : [say('Repairs begun since {from}.', { from: when(from) })]),
    ];
    const repairs = Map.groupBy(traces, keyOf);
    const similar = await createSimilar({ store: ledger, journal: ledger });
    const pages = await Promise.all(
      incidents.map(async (incident): Promise<IncidentPage> => {
        const own = repairs.get(keyOf(incident)) ?? [];
        const triage = await judge(incident, incident.sample);
        return {
          ...{ incident, name: incidentName(incident, triage.place), repairs: own },
          ...{ reason: reasonWords(incident, own[0], language), class: triageWords(triage, say) },
          similar: similar(incident)
            .filter((one) => keyOf(one.incident) !== keyOf(incident))
            .slice(0, MOST_SIMILAR),
        };
      }),
    );
    const onPage = new Set(incidents.map(keyOf));
    const repository = (incidents[0] ?? traces[0])?.repository;
    const page = reportPage({
      ...{ incidents: pages, traces, others: traces.filter((trace) => !onPage.has(keyOf(trace))) },
      ...{ withRepository: allRepositories, ...defined({ repository }) },
      ...{ version, now, language, left },
    });
    const boxes = merge.length > 0 ? sharesOf(incidents, traces) : undefined;
    return { page, incidents: incidents.length, traces: traces.length, boxes };
  } finally {
    await ledger.close();
  }
}

const keyOf = ({ repository, fingerprint }: Pick<Incident, 'repository' | 'fingerprint'>): string => `${repository} ${fingerprint}`;

/** Whole or not at all. @throws AiOpsError `file-unwritable` */
async function replace(file: string, name: string, text: string): Promise<void> {
  try {
    // Who shows the page to others has given it another mode.
    await replaceFile(file, text, { keep: true });
  } catch (thrown) {
    throw fail('file-unwritable', { file: name, detail: systemWords(thrown) }, thrown);
  }
}
