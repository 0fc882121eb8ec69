// Programs of the repository that the commands of the proof run, also through scripts of package.json: whoever rewrites
// one decides what the proof says. Files that a command only reads (`node --check src/a.js`) are not among them.
import type { Verdict } from '../model.ts';
import { patchOnly, type ReadFile } from './policy.ts';

/** Command lines, and where they run: `''` or a path without a slash at its end. */
export interface Lines {
  readonly dir: string;
  readonly commands: readonly string[];
}

/** What stands before a command without being one. */
const PREFIX = /^(?:\w+=.*|env|exec|time|nice|command|sudo|then|do|else|!|\{|\d+)$/;
const INTERPRETER = /^(?:(?:ba|da|z|k)?sh|node|nodejs|deno|bun|tsx|ts-node|python[\d.]*|pypy3?|ruby|perl|php|source|\.)$/;
/** With these nothing of the file is run, or what follows is no file. */
const READS_ONLY = /^(?:-n|-l|--check|--syntax-check|-wc|-cw|-e|--eval|-p|--print|--test)$/;
const LOADS = /^(?:-r|--require|--import|--loader|--experimental-loader)$/;
const RUNNER = /^(?:npm|yarn|pnpm|bun)$/;

/**
 * @param paths all files of the base commit
 * @param manifests texts of package.json by path, of the directories that the lines run in
 * @example programsOf({ dir: '', commands: ['./test.sh'] }, ['test.sh'], new Map()) // ['test.sh']
 */
export function programsOf(lines: Lines, paths: readonly string[], manifests: ReadonlyMap<string, string>): readonly string[] {
  const known = new Set(paths);
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (line: string, from: string): void => {
    let dir = from;
    for (const words of commandsIn(line)) {
      if (words[0] === 'cd') dir = resolve(dir, words[1] ?? '');
      for (const name of run(words)) {
        const whole = resolve(dir, name);
        const path = candidates(whole).find((each) => known.has(each));
        // Not there yet (`vendor/bin/phpunit`): a fix may not bring it either.
        if (path !== undefined || name.includes('/')) found.add(path ?? whole);
      }
      for (const script of scriptsOf(words, manifests.get(resolve(dir, 'package.json')))) {
        const key = `${dir}\0${script}`;
        if (seen.has(key)) continue;
        seen.add(key);
        walk(script, dir);
      }
    }
  };
  for (const line of lines.commands) walk(line, lines.dir);
  return [...found];
}

/** Directories in which the lines may look for a package.json. */
export function directoriesOf({ dir, commands }: Lines): readonly string[] {
  const entered = commands.flatMap((line) =>
    commandsIn(line)
      .filter(([word]) => word === 'cd')
      .map((words) => resolve(dir, words[1] ?? '')),
  );
  return [...new Set([dir, ...entered])];
}

/** A file that a command of the proof runs; a check that is put into a test of it takes no other away. */
export function steering(programs: readonly string[]): (file: ReadFile) => readonly Verdict[] {
  const names = new Set(programs);
  return (file) =>
    names.has(file.path) && !(file.isTest && onlyAdds(file))
      ? [patchOnly('check-config', `${file.path} is run by a command of the proof`)]
      : [];
}

/** Leaves, jumps, declares, loads, or changes how what stands around it is run. */
const REACHES_OUT =
  /\b(?:exit|_exit|return|die|exec|trap|kill|abort|quit|halt|eval|set|unset|alias|source|require\w*|include\w*|import|use|no|goto|break|continue|function|func|fn|def|sub|class|define|undef|ini_set|register\w*|signal|BEGIN|END|global|our|local|declare|readonly|shift|skip\w*|plan|done_testing|process|sys|os)\b|<<|\b__\w+|\w\s*\(\s*\)\s*\{|=>\s*\{|^\s*[.=]/m;

/** One block is new, whole in itself, and everything that was there is done as it was, with the values that it had. */
function onlyAdds({ before, after }: ReadFile): boolean {
  const [was, now] = [before.text.split('\n'), after.text.split('\n')];
  const many = now.length - was.length;
  if (before.text === '' || many <= 0) return false;
  const head = same(was, now, (at) => at);
  const foot = same(was, now, (at) => -1 - at);
  // The same lines may end what was there and what is new: the block begins where it is whole.
  const least = Math.max(was.length - foot, head - many, head - MOST_STARTS, 0);
  for (let start = head; start >= least; start -= 1) {
    const others = after.uncommented.split('\n').toSpliced(start, many).join('\n');
    const block = (text: string): string =>
      text
        .split('\n')
        .slice(start, start + many)
        .join('\n');
    if (others === before.uncommented && isWhole(block(after.code)) && standsAlone(block(after.code), before.code)) return true;
  }
  return false;
}

/** A block that begins as what follows it has few such places. */
const MOST_STARTS = 20;

/** So many lines of both are the same, counted from one of their ends. */
function same(one: readonly string[], other: readonly string[], place: (count: number) => number): number {
  let count = 0;
  while (count < one.length && one.at(place(count)) === other.at(place(count))) count += 1;
  return count;
}

/** What is opened in it is closed in it. */
function isWhole(code: string): boolean {
  const open: string[] = [];
  for (const [mark] of code.matchAll(/[()[\]{}]/g)) {
    if ('([{'.includes(mark)) open.push(mark);
    else if (open.pop() !== '([{'[')]}'.indexOf(mark)]) return false;
  }
  const count = (words: RegExp): number => code.match(words)?.length ?? 0;
  return (
    open.length === 0 &&
    count(/^\s*(?:if|for|while|until|case|begin|unless)\b(?!.*[:{]\s*$)(?!\s*\()/gm) === count(/^\s*(?:fi|done|esac|end)\b/gm)
  );
}

/** It gives no value to what was there. */
function standsAlone(code: string, before: string): boolean {
  if (REACHES_OUT.test(code)) return false;
  const given = [
    ...code.matchAll(/([\p{L}_$@][\p{L}\p{N}_$.:>-]*)(?:\[[^\]\n]*\])?\s*(?:[-+*/.|&?%^]|\|\||&&|<<)?=(?![=>~])|([\p{L}_$]+)(?:\+\+|--)/gu),
  ];
  return given.every(([, name = '', counted = '']) => {
    const word = /[\p{L}_][\p{L}\p{N}_]*/u.exec(name || counted)?.[0] ?? '';
    // What a whole program has as its surroundings is written in capitals.
    return /[\p{Ll}]/u.test(word) && !new RegExp(`(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])`, 'u').test(before);
  });
}

/** The simple commands of a line, as words without quotes. */
function commandsIn(line: string): readonly (readonly string[])[] {
  return line
    .split(/&&|\|\||[;|&\n()]/)
    .map((part) => (part.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map((word) => word.replace(/["']/g, '')))
    .map((words) => words.slice(words.findIndex((word) => !PREFIX.test(word))))
    .filter((words) => words.length > 0);
}

/** Files and modules that one simple command runs. */
function run([first = '', ...rest]: readonly string[]): readonly string[] {
  if (!INTERPRETER.test(first.replace(/^.*\//, ''))) return [first];
  const loaded = rest.flatMap((word, at) => {
    const [name = '', value] = word.split('=', 2);
    return LOADS.test(name) ? [value ?? rest[at + 1] ?? ''] : [];
  });
  if (rest.some((word) => READS_ONLY.test(word))) return loaded;
  const module = rest.indexOf('-m');
  if (module >= 0) return [...loaded, (rest[module + 1] ?? '').replaceAll('.', '/')];
  const script = rest.find((word, at) => !word.startsWith('-') && word !== 'run' && !LOADS.test(rest[at - 1] ?? ''));
  return script === undefined ? loaded : [...loaded, script];
}

function candidates(path: string): readonly string[] {
  return [path, ...['.js', '.mjs', '.cjs', '.ts', '.py', '/__main__.py', '/index.js'].map((end) => path + end)];
}

function scriptsOf([first = '', ...rest]: readonly string[], manifest: string | undefined): readonly string[] {
  if (!RUNNER.test(first) || manifest === undefined) return [];
  const [name = ''] = rest.filter((word) => !word.startsWith('-') && !/^run(?:-script)?$/.test(word));
  const scripts = readScripts(manifest);
  const whole = name === 't' || name === 'tst' ? 'test' : name;
  return [`pre${whole}`, whole, `post${whole}`].flatMap((each) => scripts.get(each) ?? []);
}

function readScripts(manifest: string): ReadonlyMap<string, string> {
  try {
    const { scripts } = JSON.parse(manifest) as { readonly scripts?: unknown };
    const entries = typeof scripts === 'object' && scripts !== null ? Object.entries(scripts) : [];
    return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return new Map(); // it names no command then; the syntax check reports it if the fix touches it
  }
}

/** A path of the repository; `..` leads up, and never out. */
function resolve(dir: string, name: string): string {
  const parts: string[] = [];
  for (const part of `${name.startsWith('/') ? '' : dir}/${name}`.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}
