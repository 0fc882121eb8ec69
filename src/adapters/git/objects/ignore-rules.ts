// The language of `.gitignore`, which `.gitattributes` shares: which paths the files of a commit name.
import { ANY, DIRECTORIES, NAME, ONE_OF_NAME, type Step, type Wildcard, wildcard } from '../../../core/repository/wildcards.ts';

/** Directories of which is remembered whether they are ignored. */
const MAX_KNOWN = 10_000;

/** Ignore rules of a commit: every `.gitignore` in it, each for its own directory. */
export interface IgnoreRules {
  /** @param path latin1 bytes @param directory whether `path` is one */
  ignores(path: string, directory: boolean): boolean;
}

/** What is known of a directory. */
interface Place {
  readonly ignored: boolean;
  /** Rules on the way to it, the innermost first. */
  readonly files: readonly { readonly dir: string; readonly rules: readonly Rule[] }[];
}

/** @param files bytes (latin1) of each `.gitignore` by the directory it is in, `''` for the root, otherwise ending with `/` */
export function ignoreRules(files: ReadonlyMap<string, string>): IgnoreRules {
  const rulesIn = new Map([...files].map(([dir, bytes]) => [dir, rulesOf(bytes)]));
  const decide = (path: string, directory: boolean, { files: above }: Place): boolean => {
    for (const { dir, rules } of above) {
      const inner = path.slice(dir.length);
      // The innermost file that says anything wins, and in it the last line.
      const rule = rules.findLast(({ matches, ofDirectories }) => (directory || !ofDirectories) && matches(inner));
      if (rule !== undefined) return rule.ignores;
    }
    return false;
  };
  const entering = (dir: string, above: Place, ignored: boolean): Place => {
    const rules = rulesIn.get(dir);
    return { ignored, files: rules === undefined ? above.files : [{ dir, rules }, ...above.files] };
  };
  const root = entering('', { ignored: false, files: [] }, false);
  // Paths come directory by directory: without this a deep one would ask for all above it again and again.
  const known = new Map<string, Place>();
  const placeOf = (path: string): Place => {
    const end = path.lastIndexOf('/');
    if (end < 0) return root;
    const dir = path.slice(0, end);
    const earlier = known.get(dir);
    if (earlier !== undefined) return earlier;
    const above = placeOf(dir);
    const place = entering(`${dir}/`, above, above.ignored || decide(dir, true, above));
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(dir, place);
    return place;
  };
  return {
    ignores(path, directory) {
      // A file below an ignored directory is ignored, whatever is said about the file itself.
      const place = placeOf(path);
      return place.ignored || decide(path, directory, place);
    },
  };
}

interface Rule {
  readonly ignores: boolean;
  readonly ofDirectories: boolean;
  /** @param path from the directory of the file on */
  readonly matches: Wildcard;
}

/** Source: gitignore(5); where it says nothing, git's dir.c. Letters count as they are, as git has it but where a disk does not. */
function rulesOf(bytes: string): readonly Rule[] {
  return bytes
    .replace(/^\xef\xbb\xbf/, '')
    .split('\n')
    .flatMap((line): readonly Rule[] => {
      const text = withoutTrailingBlanks(line.endsWith('\r') ? line.slice(0, -1) : line);
      if (text === '' || text.startsWith('#')) return [];
      const ignores = !text.startsWith('!');
      const said = ignores ? text : text.slice(1);
      const ofDirectories = said.endsWith('/');
      const pattern = ofDirectories ? said.slice(0, -1) : said;
      const matches = pathPattern(pattern);
      return matches === undefined ? [] : [{ ignores, ofDirectories, matches }];
    });
}

/** A blank behind a backslash stays. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && !isEscaped(line, end - 1)) end -= 1;
  return line.slice(0, end);
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (from > 0 && text[from - 1] === '\\') from -= 1;
  return (at - from) % 2 === 1;
}

/** Without a slash, or with one at its end alone, a pattern is one of names, wherever they stand. */
function pathPattern(pattern: string): Wildcard | undefined {
  const steps = stepsOf(pattern.startsWith('/') ? pattern.slice(1) : pattern);
  if (steps === undefined) return undefined;
  const matches = wildcard(steps);
  return pattern.includes('/') ? matches : (path) => matches(path.slice(path.lastIndexOf('/') + 1));
}

/** `undefined`: a pattern that matches nothing. */
function stepsOf(pattern: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '\\') {
      at += 1;
      if (at === pattern.length) return undefined;
      steps.push(pattern[at]!);
    } else if (char === '?') steps.push(ONE_OF_NAME);
    else if (char === '[') {
      const found = setAt(pattern, at);
      if (found === undefined) return undefined;
      steps.push(found.step);
      at = found.end;
    } else if (char === '*') {
      let end = at;
      while (pattern[end + 1] === '*') end += 1;
      const after = pattern[end + 1];
      const isDeep = end > at && (at === 0 || pattern[at - 1] === '/') && (after === undefined || after === '/');
      steps.push(!isDeep ? NAME : after === undefined ? ANY : DIRECTORIES);
      at = isDeep && after === '/' ? end + 1 : end;
    } else steps.push(char);
  }
  return steps;
}

const CLASSES: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[\x00-\x1f\x7f]/,
  digit: /[0-9]/,
  graph: /[\x21-\x7e]/,
  lower: /[a-z]/,
  print: /[\x20-\x7e]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\n\v\f\r]/,
  upper: /[A-Z]/,
  xdigit: /[A-Fa-f0-9]/,
};

/** A set in brackets. Source: git's wildmatch.c. @returns the place of its `]`; `undefined` where it does not end or names no class */
function setAt(pattern: string, open: number): { readonly step: Step; readonly end: number } | undefined {
  const tests: ((char: string) => boolean)[] = [];
  let at = open + 1;
  const isNot = pattern[at] === '!' || pattern[at] === '^';
  if (isNot) at += 1;
  let earlier: string | undefined;
  for (let first = true; ; first = false, at += 1) {
    let char = pattern[at];
    if (char === undefined) return undefined;
    if (char === ']' && !first) break;
    if (char === '[' && pattern[at + 1] === ':') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) return undefined;
      if (end - at >= 3 && pattern[end - 1] === ':') {
        const named = CLASSES[pattern.slice(at + 2, end - 1)];
        if (named === undefined) return undefined;
        tests.push((one) => named.test(one));
        [at, earlier] = [end, undefined];
        continue;
      }
    }
    const to = pattern[at + 1];
    if (char === '-' && earlier !== undefined && to !== undefined && to !== ']') {
      at += 1;
      let last = to;
      if (last === '\\') {
        at += 1;
        if (pattern[at] === undefined) return undefined;
        last = pattern[at]!;
      }
      const from = earlier;
      tests.push((one) => one >= from && one <= last);
      earlier = undefined;
      continue;
    }
    if (char === '\\') {
      at += 1;
      char = pattern[at];
      if (char === undefined) return undefined;
    }
    const only = char;
    tests.push((one) => one === only);
    earlier = char;
  }
  return { step: { set: (char) => tests.some((test) => test(char)) !== isNot }, end: at };
}
