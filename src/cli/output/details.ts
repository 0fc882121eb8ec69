// What `--verbose` tells beside errors and their stacks, and which areas of it: all with the flag, those that
// `AIOPS_DEBUG` names with the variable. Without either nobody listens, and nothing is put into words.
import type { DetailArea, Details } from '../../ports.ts';

/** Every area, in words for people. */
export const AREAS: Readonly<Record<DetailArea, string>> = {
  sources: 'where each log is read from, and why there',
  detect: 'why a line that looked like an error is none',
  decide: 'each decision, with the figures it rests on',
  steps: 'steps that are taken from an earlier run of the same repair',
  commands: 'each program that is run, with its times',
  http: 'each exchange with a code host or a git server',
  ledger: 'what is read from the ledger and written to it, with its times',
};

const isArea = (name: string): name is DetailArea => Object.hasOwn(AREAS, name);

export interface Wanted {
  readonly areas: ReadonlySet<DetailArea>;
  /** Names in `AIOPS_DEBUG` that are no area. */
  readonly unknown: readonly string[];
}

/** @param debug the value of `AIOPS_DEBUG` */
export function wantedAreas(isVerbose: boolean, debug: string | undefined): Wanted {
  const names = (debug ?? '').split(/[,\s]+/).filter((name) => name !== '');
  const named = names.filter(isArea);
  const all = Object.keys(AREAS).filter(isArea);
  return { areas: new Set(named.length > 0 ? named : isVerbose ? all : []), unknown: names.filter((name) => !isArea(name)) };
}

/** @param print puts one line on standard error, redacted and in the language of the rest */
export function createDetails(areas: ReadonlySet<DetailArea>, print: (area: string, words: string) => void): Details {
  return (area) => (areas.has(area) ? (words) => print(area, words) : undefined);
}
