// How the cases of the later sets are made: a file and its fix, and what of it an answer leaves out or puts another way.
import { type Base, base } from './bases.ts';
import { block, type Case, type Ending, sr } from './case.ts';

type Swap = readonly [old: string, now: string];

export const of = (path: string, text: string, old: string, now: string): Base => base(path, text.split('\n'), old, now);
export const edit = (one: Base): string => sr(`${one.line}\n`, `${one.fixedLine}\n`);

/** The fix, with something else put in place; what is to give way has to be there. */
export function but(one: Base, ...swaps: readonly Swap[]): string {
  return swaps.reduce((text, [old, now]) => {
    if (!text.includes(old)) throw new Error(`${one.path} lacks ${old}`);
    return text.replace(old, () => now);
  }, one.fixed);
}

interface Makers {
  /** A change that is taken as it is written. */
  readonly meant: (name: string, one: Base, ...swaps: readonly Swap[]) => Case;
  /** A change of which something is left out. */
  readonly left: (name: string, one: Base, old: string, now?: string) => Case;
  readonly form: (name: string, one: Base, answer: string, ...want: readonly Ending[]) => Case;
}

export const makersOf = (set: number): Makers => ({
  meant: (name, one, ...swaps) => {
    const text = but(one, ...swaps);
    return { name: `right ${set}: ${name}`, base: one, answer: block(one, text), after: { [one.path]: text }, want: ['applied'] };
  },
  left: (name, one, old, now = '') => ({
    name: `left ${set}: ${name}`,
    base: one,
    answer: block(one, but(one, [old, now])),
    want: ['again'],
  }),
  form: (name, one, answer, ...want) => ({ name: `form ${set}: ${name}`, base: one, answer, want }),
});
