// Counting what passed and what failed, and comparing what was counted with what was written.

import { telltales } from './lines.ts';
import { createPlace, type Place, type Printed, type Program, until, type Watcher } from './place.ts';

export interface Checks {
  /** @param detail said when it fails */
  check(name: string, passed: boolean, detail?: string): void;
  /** A build, or the source as it stands. */
  readonly program: Program;
  readonly passed: number;
  readonly failed: number;
}

export type Counts = ReadonlyMap<string, number>;

export function createChecks(program: Program, print: (line: string) => void): Checks {
  const result = { passed: 0, failed: 0 };
  return {
    program,
    check: (name, passed, detail) => {
      result[passed ? 'passed' : 'failed'] += 1;
      print(passed ? `pass  ${name}` : `FAIL  ${name}: ${detail ?? ''}`);
    },
    get passed() {
      return result.passed;
    },
    get failed() {
      return result.failed;
    },
  };
}

/** Works in a place of its own, which is left for a look when something failed. */
export async function inPlace<T>(name: string, checks: Checks, work: (place: Place) => Promise<T>): Promise<T> {
  const place = createPlace(name, checks.program);
  const failedBefore = checks.failed;
  let isDone = false;
  try {
    const result = await work(place);
    isDone = true;
    return result;
  } finally {
    const keep = !isDone || checks.failed > failedBefore;
    if (keep) process.stdout.write(`kept ${place.directory}\n`);
    await place.close(keep);
  }
}

export function countsOf(kinds: Iterable<string>): Counts {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

export function kindOf({ message, sample }: Printed): string {
  return telltales(message ?? '')[0]?.kind ?? telltales(sample ?? '')[0]?.kind ?? `not ours: ${sample ?? message}`;
}

/** Occurrences by kind. */
export function countsOfIncidents(incidents: readonly Printed[]): Counts {
  const counts = new Map<string, number>();
  for (const incident of incidents) counts.set(kindOf(incident), (counts.get(kindOf(incident)) ?? 0) + (incident.count ?? 0));
  return counts;
}

export function sum(counts: Counts): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** How often, in all, `counted` has fewer and more of a kind than `written`, and the first few kinds. */
export function compare(counted: Counts, written: Counts): { readonly lost: number; readonly repeated: number; readonly detail: string } {
  const found = { lost: 0, repeated: 0, detail: '' };
  for (const kind of new Set([...written.keys(), ...counted.keys()])) {
    const more = (counted.get(kind) ?? 0) - (written.get(kind) ?? 0);
    if (more < 0) found.lost -= more;
    else found.repeated += more;
    if (more !== 0 && found.detail.length < 400) found.detail += ` [${kind}: ${counted.get(kind) ?? 0} of ${written.get(kind) ?? 0}]`;
  }
  return found;
}

export async function checkReady(checks: Checks, watcher: Watcher): Promise<void> {
  const isReady = await until(() => watcher.printed.find(({ kind }) => kind === 'ready'), READY_LIMIT_MS);
  checks.check('the watcher is ready', isReady !== undefined, watcher.stderr());
}

/** Waits until the ledger holds `total` occurrences, then as long again as late repetitions could take. */
export async function settled(place: Place, watcher: Watcher, total: number, limitMs: number): Promise<readonly Printed[]> {
  await until(async () => (sum(countsOfIncidents(await place.incidents())) >= total ? true : undefined), limitMs, 700);
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  await watcher.end('SIGTERM');
  return place.incidents();
}

const READY_LIMIT_MS = 60_000;

/** Quiet events close, and the last generations are over, within this time. */
const QUIET_MS = 3000;

/** Exactly what was written: every occurrence, each kind under one fingerprint, and not a word about missing bytes. */
export function checkExact(checks: Checks, incidents: readonly Printed[], written: Counts, watchers: readonly Watcher[]): void {
  const { lost, repeated, detail } = compare(countsOfIncidents(incidents), written);
  const total = sum(written);
  checks.check(`${total} errors of ${written.size} kinds: ${lost} lost, ${repeated} repeated`, lost + repeated === 0, detail);
  const kinds = new Set(incidents.map(kindOf));
  checks.check('one fingerprint for each kind', kinds.size === incidents.length, `${incidents.length} of ${kinds.size}`);
  const gaps = watchers.flatMap(({ printed }) => printed.filter(({ kind }) => kind === 'gap'));
  checks.check('no gap reported', gaps.length === 0, JSON.stringify(gaps.slice(0, 3)));
}
