// A text that a regular expression of our own tables matches, drawn from a seed. Knows what those tables use: classes,
// groups, alternatives, bounded repetition; what only looks around is tried out by drawing again.

/** A generator of numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const CLASSES: Readonly<Record<string, string>> = {
  w: 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789',
  d: '23456789',
  s: ' ',
};

/** @throws Error where no sample is found: the expression uses something unknown, or contradicts itself */
export function sampleOf(source: string, random: () => number): string {
  const whole = new RegExp(`^(?:${source})$`);
  for (let tries = 0; tries < 200; tries += 1) {
    const text = draw(source, random);
    if (whole.test(text)) return text;
  }
  throw new Error(`no sample of ${source}`);
}

function draw(source: string, random: () => number): string {
  let at = 0;
  const pick = (from: string): string => from[Math.floor(random() * from.length)] ?? '';
  const alternatives = (): string => {
    const all = [sequence()];
    while (source[at] === '|') {
      at += 1;
      all.push(sequence());
    }
    return all[Math.floor(random() * all.length)] ?? '';
  };
  const sequence = (): string => {
    let text = '';
    while (at < source.length && source[at] !== '|' && source[at] !== ')') text += repeated();
    return text;
  };
  const repeated = (): string => {
    const from = at;
    const one = atom();
    const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at)) ?? [];
    const mark = source[at];
    let times = 1;
    const end = least === undefined ? at + (mark === '?' || mark === '*' || mark === '+' ? 1 : 0) : source.indexOf('}', at) + 1;
    if (least !== undefined)
      times = comma === '' ? Number(least) : Math.min(Number(least) + 3, most === '' ? Number.POSITIVE_INFINITY : Number(most));
    else if (mark === '?') times = random() < 0.5 ? 0 : 1;
    else if (mark === '*' || mark === '+') times = 3;
    let text = times === 0 ? '' : one;
    for (let n = 1; n < times; n += 1) {
      at = from;
      text += atom();
    }
    at = end;
    return text;
  };
  const atom = (): string => {
    const char = source[at] as string;
    if (char === '(') return group();
    if (char === '[') return pick(set());
    at += 1;
    if (char !== '\\') return char === '.' ? 'x' : char;
    const escaped = source[at] as string;
    at += 1;
    return CLASSES[escaped] === undefined ? escaped : pick(CLASSES[escaped]);
  };
  const group = (): string => {
    const looks = /^\(\?<?[=!]/.test(source.slice(at));
    at += /^\(\?(?::|<?[=!])/.exec(source.slice(at))?.[0].length ?? 1;
    const text = alternatives();
    at += 1;
    return looks ? '' : text;
  };
  const set = (): string => {
    at += 1;
    const isNot = source[at] === '^';
    if (isNot) at += 1;
    let chars = '';
    while (source[at] !== ']') {
      if (source[at] === '\\') {
        chars += CLASSES[source[at + 1] as string] ?? source[at + 1];
        at += 2;
      } else if (source[at + 1] === '-' && source[at + 2] !== ']') {
        for (let code = source.charCodeAt(at); code <= source.charCodeAt(at + 2); code += 1) chars += String.fromCharCode(code);
        at += 3;
      } else chars += source[at++];
    }
    at += 1;
    return isNot ? [...(CLASSES.w as string)].filter((char) => !chars.includes(char)).join('') : chars;
  };
  return alternatives();
}
