// `ai-ops report`: one self-contained page of HTML about the incidents and traces of the ledger. Reads the ledger only.
import { resolve } from 'node:path';
import { defined } from '../core/defined.ts';
import type { Incident } from '../core/model.ts';
import { version } from '../embedded.ts';
import { EXIT, fail } from '../errors.ts';
import { replaceFile } from '../platform/atomic.ts';
import { codeOf } from '../platform/errno.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { reasonWords } from './incidents.ts';
import { createNames } from './naming/names.ts';
import { sharesOf } from './output/boxes.ts';
import { reportPage } from './output/report/page.ts';
import { parseMoment, size } from './output/units.ts';

type Options = OptionsOf['report'];

/** Incidents on one page, the newest first. */
const MOST_INCIDENTS = 2_000;

export async function run(
  context: CommandContext,
  _args: readonly string[],
  { output: target, since, limit, allRepositories, merge }: Options,
): Promise<number> {
  const { output, cwd } = context;
  const [loaded, { judgeFor, openReadersFor }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const now = new Date();
  const from = since === undefined ? undefined : parseMoment(since, now);
  const ledger = await openReadersFor(loaded, context, merge);
  try {
    const filter = { allRepositories, ...(from === undefined ? {} : { since: from }) };
    const all = await ledger.incidents({ limit: MOST_INCIDENTS + 1, allRepositories });
    const traces = await ledger.traces({ ...filter, limit });
    const count = (await ledger.traces({ ...filter, brief: true })).length;
    const incidents = all.slice(0, MOST_INCIDENTS);
    const latest = Map.groupBy(traces, keyOf);
    const left = [
      ...(all.length > incidents.length ? [`Only the ${MOST_INCIDENTS} incidents seen last are on this page.`] : []),
      ...(count > traces.length ? [`Only the newest ${traces.length} of ${count} repairs are on this page (--limit).`] : []),
      ...(from === undefined ? [] : [`Repairs begun since ${from}.`]),
    ];
    const reason = (incident: (typeof incidents)[number]): string => reasonWords(incident, latest.get(keyOf(incident))?.[0]);
    const names = createNames(ledger, await judgeFor(loaded, cwd));
    const named = new Map(await Promise.all(incidents.map(async (one) => [one, await names.nameOf(one)] as const)));
    const name = (incident: Incident): string => named.get(incident) ?? incident.title;
    const page = reportPage({
      incidents,
      traces: await Promise.all(traces.map(names.named)),
      name,
      withRepository: allRepositories,
      withBoxes: merge.length > 0,
      reason,
      version,
      now,
      left,
    });
    if (target === '-') {
      output.raw(page);
      return EXIT.done;
    }
    const file = resolve(cwd, target);
    await replace(file, target, page);
    const bytes = Buffer.byteLength(page);
    const boxes = merge.length > 0 ? sharesOf(incidents, traces) : undefined;
    output.json({ kind: 'report', file, bytes, incidents: incidents.length, traces: traces.length, ...defined({ boxes }) });
    output.line(file);
    output.note(`${incidents.length} incidents and ${traces.length} repairs, ${size(bytes)}; open it in a browser`);
    return EXIT.done;
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
    throw fail('file-unwritable', { file: name, detail: codeOf(thrown) || 'unknown' }, thrown);
  }
}
