// Files that an event speaks of without a frame: the logger or class that wrote it (`com.acme.pay.Gateway`, `c.a.p.Gateway`,
// `app.pay`), a template by its name, and the words that stand in the source as they stand in the log. Names first; whoever
// has no name reads sources for the words. A guess: it says so, and gives nothing where several files fit.
import { baseName, dirName, type PathIndex } from '../repository/paths.ts';

const CHARS = 20_000;
const MOST_NAMES = 200;

/** Extensions of the languages in which a dotted name is a path. */
const SOURCES = ['java', 'kt', 'scala', 'groovy', 'py', 'cs', 'ts', 'js', 'php', 'rb', 'ex'] as const;

/**
 * The files whose path a dotted name spells, with the folders above it.
 * @example namedByLogger('ERROR com.acme.pay.Gateway : refused', indexPaths(['src/main/java/com/acme/pay/Gateway.java'])) // that file
 */
export function namedByLogger(text: string, index: PathIndex): readonly string[] {
  const names = text.slice(0, CHARS).match(/(?<![\w./@-])[A-Za-z_]\w{0,80}(?:[.\\]\w{1,80}){1,12}(?![\w/@(-])/g) ?? [];
  const found = names.slice(0, MOST_NAMES).flatMap((name) => {
    const parts = name.split(/[.\\]/);
    const files = filesOf(parts, index);
    return files.length === 1 ? files : [];
  });
  return [...new Set(found)];
}

function filesOf(parts: readonly string[], index: PathIndex): readonly string[] {
  const last = parts.at(-1) as string;
  const folders = parts.slice(0, -1);
  const candidates = [
    ...SOURCES.flatMap((end) => index.ending(`${last}.${end}`)),
    ...index.ending('__init__.py').filter((path) => baseName(dirName(path)) === last),
  ];
  return candidates.filter((path) => {
    const dirs = (path.endsWith('/__init__.py') ? dirName(dirName(path)) : dirName(path)).split('/').slice(-folders.length);
    return dirs.length === folders.length && dirs.every((dir, at) => isFolder(folders[at] as string, dir));
  });
}

/** A logger's pattern may shorten all but its end to one letter. */
const isFolder = (said: string, dir: string): boolean => said === dir || (said.length === 1 && dir.startsWith(said));

const TEMPLATE =
  /["'`<\s(]((?:[\w.-]+\/)*[\w-]+(?:\.\w+)?\.(?:html?|erb|haml|slim|j2|jinja2?|twig|ejs|hbs|handlebars|pug|mustache|ftlh?|vm|liquid|tmpl|gohtml|blade\.php|cshtml|phtml|jsp|eex|heex|leex|mako|tt))["'`>\s),:]/g;

/** Templates that are named, with or without their folder, where one file is called so. */
export function namedTemplates(text: string, index: PathIndex): readonly string[] {
  const found = [...text.slice(0, CHARS).matchAll(TEMPLATE)].slice(0, MOST_NAMES).flatMap(([, name = '']) => {
    const files = index.ending(name);
    return files.length === 1 ? files : [];
  });
  return [...new Set(found)];
}

/** What is not the programmer's in a message: numbers, names in quotes, ids, addresses. */
const HOLES = /\b\w+(?:\.\w+)+\b|"[^"]*"|'[^']*'|`[^`]*`|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|\S*[\d@/\\=]\S*|[:;,|]+\s|\s-+\s/g;
const LEAST_CHARS = 12;

/**
 * The longest part of a message that the programmer seems to have written; `undefined` where it says too little to be found by.
 * @example sayingOf('payment gateway refused order 4711') // 'payment gateway refused order'
 */
export function sayingOf(message: string): string | undefined {
  const runs = (message.split('\n')[0] ?? '')
    .slice(0, 1000)
    .replace(HOLES, '\n')
    .split('\n')
    .map((run) => run.trim());
  const best = runs.sort((a, b) => b.length - a.length)[0] ?? '';
  return best.length >= LEAST_CHARS && best.split(/\s+/).length >= 3 ? best : undefined;
}

/** Sources in which the words may stand. */
export const MAY_SAY =
  /\.(?:[cm]?[jt]sx?|py|java|kts?|scala|groovy|go|rs|rb|php|cs|fs|vb|exs?|dart|swift|p[lm]|c|cc|cpp|cxx|h|hpp|sql|vue|svelte)$/i;

/** Line from 1 in which a text says the words; `undefined` where it does not. */
export function lineSaying(words: string, text: string): number | undefined {
  const at = text.indexOf(words);
  return at < 0 ? undefined : text.slice(0, at).split('\n').length;
}
