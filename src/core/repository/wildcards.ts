// Patterns of paths with wildcards, matched in time that grows with pattern times path, whatever both hold: who writes a pattern into
// a repository must not be able to stop what reads it. Expressions cannot promise that: `**/a/**/a/**/a` as one tries, in a tree of
// directories called `a`, every way to divide them. All places of the pattern that the path may have reached are held at once instead
// (K. Thompson, "Regular expression search algorithm", Communications of the ACM 11(6), 1968).

/** One step of a pattern. A string is that one character. */
export type Step =
  | string
  /** One character of a set, never `/`. */
  | { readonly set: (char: string) => boolean }
  /** `name`: any run of characters but `/`. `any`: any run. `directories`: nothing, or a run that ends with `/`. */
  | { readonly run: 'name' | 'any' | 'directories' };

export type Wildcard = (path: string) => boolean;

export const ONE_OF_NAME: Step = { set: () => true };
export const NAME: Step = { run: 'name' };
export const ANY: Step = { run: 'any' };
export const DIRECTORIES: Step = { run: 'directories' };

/** The pattern has to match the whole path. A run behind the same run says nothing new and is dropped. */
export function wildcard(pattern: readonly Step[]): Wildcard {
  const steps = pattern.filter((step, at) => !isRun(step) || step !== pattern[at - 1]);
  const [deep, ...rest] = steps;
  if (deep === DIRECTORIES && rest.every((step) => step !== ANY && step !== DIRECTORIES)) {
    // `**/dist/*.js` is of the last two names, whatever stands before them.
    const matches = wildcard(rest);
    const slashes = rest.filter((step) => step === '/').length;
    return (path) => {
      const tail = lastNames(path, slashes + 1);
      return tail !== undefined && matches(tail);
    };
  }
  const first = steps.findIndex((step) => typeof step !== 'string');
  if (first < 0) {
    const only = steps.join('');
    return (path) => path === only;
  }
  const last = steps.findLastIndex((step) => typeof step !== 'string');
  const [head, tail] = [steps.slice(0, first).join(''), steps.slice(last + 1).join('')];
  const between = steps.slice(first, last + 1);
  const isOneName = between.length === 1 && between[0] === NAME;
  const needed = longestText(between);
  return (path) => {
    if (path.length < head.length + tail.length || !path.startsWith(head) || !path.endsWith(tail)) return false;
    const middle = path.slice(head.length, path.length - tail.length);
    // `*.log`, `build-*`: nearly all that people write.
    return isOneName ? !middle.includes('/') : middle.includes(needed) && reaches(between, middle);
  };
}

/** The longest piece of it that says each character: most paths do not hold it. */
function longestText(steps: readonly Step[]): string {
  const pieces = steps
    .map((step) => (typeof step === 'string' ? step : '\0'))
    .join('')
    .split('\0');
  return pieces.reduce((most, piece) => (piece.length > most.length ? piece : most), '');
}

const isRun = (step: Step): boolean => typeof step !== 'string' && 'run' in step;

/** @example lastNames('a/b/c', 2) // 'b/c'; `undefined` where there are fewer */
function lastNames(path: string, count: number): string | undefined {
  let from = path.length;
  for (let left = count; left > 0; left -= 1) {
    if (from < 0) return undefined;
    from = path.lastIndexOf('/', from - 1);
    if (from === -1) return left === 1 ? path : undefined;
  }
  return path.slice(from + 1);
}

function reaches(steps: readonly Step[], text: string): boolean {
  /** Twice the place of a step; one more within a run of directories. */
  let places: number[] = [];
  let next: number[] = [];
  const seen = new Int32Array(2 * steps.length + 2).fill(-1);
  const add = (list: number[], place: number, at: number): void => {
    if (seen[place] === at) return;
    seen[place] = at;
    list.push(place);
    const step = place % 2 === 0 ? steps[place / 2] : undefined;
    // A run may be empty.
    if (typeof step === 'object' && 'run' in step) add(list, place + 2, at);
  };
  add(places, 0, 0);
  for (let at = 0; at < text.length && places.length > 0; at += 1) {
    const char = text[at]!;
    for (const place of places) {
      const step = steps[place >> 1];
      if (step === undefined) continue;
      if (typeof step === 'string') {
        if (step === char) add(next, place + 2, at + 1);
      } else if ('set' in step) {
        if (char !== '/' && step.set(char)) add(next, place + 2, at + 1);
      } else if (step.run === 'any' || (step.run === 'name' && char !== '/')) add(next, place, at + 1);
      else if (step.run === 'directories') {
        add(next, place | 1, at + 1);
        if (char === '/') add(next, (place | 1) + 1, at + 1);
      }
    }
    [places, next] = [next, places];
    next.length = 0;
  }
  return places.includes(2 * steps.length);
}
