// Files that belong to a file: the tests beside it, and what it imports. By name and by the text of import lines; no parser.
import { baseName, dirName, type PathIndex } from '../repository/paths.ts';

/**
 * The test files of `path`, the nearest first, at most `most`.
 * @example testsOf('src/cart.js', index) // ['test/cart.test.js']
 */
export function testsOf(path: string, index: PathIndex, most = 1): readonly string[] {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  const [stem, ending] = [dot > 0 ? name.slice(0, dot) : name, dot > 0 ? name.slice(dot + 1) : ''];
  const family = FAMILIES.find((each) => each.endings.includes(ending));
  if (!family || isTest(path)) return [];
  const names = family.tests(stem).flatMap((test) => family.endings.map((each) => `${test}.${each}`));
  const here = words(dirName(path));
  const found = [...new Set(names)]
    .flatMap((test) => index.ending(test))
    .filter((test) => test !== path && (isTest(test) || family.endings.length === 0))
    .map((test) => ({ test, shared: words(dirName(test)).filter((word) => here.includes(word)).length }))
    // `index` and `main` are names of many files: their tests stand near them.
    .filter(({ test, shared }) => !COMMON.test(stem) || shared > 0 || dirName(test) === dirName(path))
    .sort((a, b) => b.shared - a.shared || a.test.length - b.test.length);
  return found.slice(0, most).map(({ test }) => test);
}

interface Family {
  readonly endings: readonly string[];
  /** Names of the tests of a file, without their ending. */
  tests(stem: string): readonly string[];
}

const capital = (stem: string): readonly string[] => [`${stem}Test`, `${stem}Tests`, `${stem}IT`, `Test${stem}`, `${stem}Spec`];
const snake = (stem: string): readonly string[] => [`${stem}_test`, `test_${stem}`, `${stem}_tests`, `${stem}_spec`];

const FAMILIES: readonly Family[] = [
  {
    endings: ['ts', 'tsx', 'js', 'jsx', 'mts', 'mjs', 'cts', 'cjs', 'vue', 'svelte'],
    tests: (stem) => [`${stem}.test`, `${stem}.spec`, `${stem}-test`, `${stem}_test`, `test-${stem}`, `${stem}.unit.test`, stem],
  },
  { endings: ['py'], tests: (stem) => [...snake(stem), stem] },
  { endings: ['java', 'kt', 'scala', 'groovy'], tests: capital },
  { endings: ['go'], tests: (stem) => [`${stem}_test`] },
  { endings: ['rb'], tests: snake },
  { endings: ['php'], tests: capital },
  { endings: ['cs'], tests: capital },
  { endings: ['swift'], tests: capital },
  { endings: ['rs'], tests: (stem) => [...snake(stem), stem] },
  { endings: ['ex', 'exs'], tests: (stem) => [`${stem}_test`] },
  { endings: ['erl'], tests: (stem) => [`${stem}_SUITE`, `${stem}_tests`] },
  { endings: ['dart'], tests: (stem) => [`${stem}_test`] },
  { endings: ['c', 'cc', 'cpp', 'cxx', 'h', 'hpp'], tests: (stem) => [...snake(stem), `${stem}Test`] },
  { endings: ['pm', 'pl', 't'], tests: (stem) => [stem, stem.toLowerCase()] },
];

const COMMON = /^(?:index|main|mod|lib|app|__init__|__main__|utils?)$/;

const TEST_PATH =
  /(?:^|\/)(?:tests?|specs?|__tests__|t|[\w.]*Tests?)\/|(?:^|\/)test[-_][^/]+$|[._-](?:test|spec|tests)\.\w+$|_(?:test|spec|tests|SUITE)\.\w+$|(?:Test|Tests|IT|Spec)\.\w+$|(?:^|\/)Test[A-Z][^/]*$|\.t$/;

/** Whether a path is one of a test, by the customs of its language. */
export const isTest = (path: string): boolean => TEST_PATH.test(path);

const words = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1);

/**
 * Files of the repository that `text` imports, those whose names stand near `line` first, at most `most`.
 * @param path of the file with this text
 * @param line from 1; `null` where none is known
 */
export function importsOf(path: string, text: string, index: PathIndex, line: number | null, most = 3): readonly string[] {
  const lines = text.split('\n');
  const near = new Set(
    line === null
      ? []
      : lines
          .slice(Math.max(0, line - 4), line + 2)
          .join('\n')
          .match(/[A-Za-z_]\w+/g),
  );
  const found = new Map<string, number>();
  for (const statement of lines.slice(0, MOST_LINES)) {
    const target = importedFrom(path, statement, index);
    if (target === undefined || target === path) continue;
    const used = (statement.match(/[A-Za-z_]\w+/g) ?? []).filter((word) => near.has(word) && !KEYWORDS.has(word)).length;
    found.set(target, Math.max(found.get(target) ?? 0, used));
  }
  return [...found]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([target]) => target);
}

/** Imports stand at the top; what a generated file holds below is not read. */
const MOST_LINES = 2000;
const KEYWORDS: ReadonlySet<string> = new Set([
  'import',
  'from',
  'require',
  'const',
  'let',
  'var',
  'use',
  'static',
  'type',
  'js',
  'ts',
  'py',
]);

/** The one file that a line imports. */
function importedFrom(path: string, line: string, index: PathIndex): string | undefined {
  if (line.length > 500) return undefined;
  for (const { pattern, files } of IMPORTS) {
    const match = pattern.exec(line);
    // A line may have the form of another language too: `import com.acme.Order` is one of Python's.
    const found = match && firstOf(files(match, path), index);
    if (found) return found;
  }
  return undefined;
}

function firstOf(names: readonly string[], index: PathIndex): string | undefined {
  for (const name of names) {
    if (index.has(name)) return name;
    const [only, other] = name.startsWith('../') ? [] : index.ending(name);
    if (only !== undefined && other === undefined) return only;
  }
  return undefined;
}

interface ImportForm {
  readonly pattern: RegExp;
  /** Paths it may mean, the surest first. */
  files(match: RegExpExecArray, path: string): readonly string[];
}

const JS_ENDINGS = ['ts', 'tsx', 'js', 'jsx', 'mjs', 'cjs', 'mts', 'vue', 'svelte'];

const IMPORTS: readonly ImportForm[] = [
  // import { x } from './x.js'; require('../x'); import '@/lib/x'
  {
    pattern: /(?:\bfrom\s+|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]((?:\.{1,2}|@|~)\/[^'"]{1,200})['"]/,
    files: ([, name = ''], path) => {
      const at = name.startsWith('.') ? joined(dirName(path), name) : `src/${name.slice(2)}`;
      const stem = at.replace(/\.(?:[cm]?jsx?)$/, '');
      return [
        at,
        ...[...new Set([at, stem])].flatMap((each) => JS_ENDINGS.map((ending) => `${each}.${ending}`)),
        ...JS_ENDINGS.map((ending) => `${at}/index.${ending}`),
      ];
    },
  },
  // require_relative 'x' (Ruby)
  {
    pattern: /^\s*require_relative\s*\(?['"]([\w./-]{1,200})['"]/,
    files: ([, name = ''], path) => [`${joined(dirName(path), name.replace(/\.rb$/, ''))}.rb`],
  },
  // from .x import y; from app.orders import y; import app.orders (Python)
  {
    pattern: /^\s*(?:from\s+(\.*)([\w.]*)\s+import\s+(\w+)|import\s+()([\w.]+\.\w+))/,
    files: ([, dots = '', from = '', name = '', , whole = ''], path) => {
      const inner = (whole || from).replaceAll('.', '/');
      const base = dots === '' ? inner : joined(dirName(path), `${'../../'.repeat(dots.length - 1)}${inner}` || '.');
      const below = name === '' ? [] : [`${base}/${name}.py`];
      return base === '' ? [`${name}.py`] : [...below, `${base}.py`, `${base}/__init__.py`];
    },
  },
  // import com.acme.Order; (Java, Kotlin, Scala)
  {
    pattern: /^\s*import\s+(?:static\s+)?((?:[a-z_]\w*\.)+[A-Z]\w*)/,
    files: ([, name = '']) => ['java', 'kt', 'scala'].map((ending) => `${name.replaceAll('.', '/')}.${ending}`),
  },
  // use App\Models\Order; (PHP)
  {
    pattern: /^\s*use\s+((?:\w+\\)+\w+)/,
    files: ([, name = '']) => {
      const parts = name.split('\\');
      return parts.slice(0, -1).map((_part, from) => `${parts.slice(from).join('/')}.php`);
    },
  },
  // #include "cart.h"
  { pattern: /^\s*#\s*include\s+"([\w./-]{1,200})"/, files: ([, name = ''], path) => [joined(dirName(path), name), name] },
  // mod cart; use crate::cart::Line; (Rust)
  {
    pattern: /^\s*(?:pub(?:\([\w:]+\))?\s+)?(?:mod\s+(\w+)\s*;|use\s+(?:crate|super|self)::(\w+))/,
    files: ([, mod, used], path) => {
      const name = mod ?? used;
      const dir = dirName(path);
      return [`${dir}/${name}.rs`, `${dir}/${name}/mod.rs`, `${dirName(dir)}/${name}.rs`];
    },
  },
  // alias Shop.Orders (Elixir)
  {
    pattern: /^\s*(?:alias|import|use)\s+((?:[A-Z]\w*\.)+[A-Z]\w*)/,
    files: ([, name = '']) => [
      `${name
        .split('.')
        .map((part) => part.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase())
        .join('/')}.ex`,
    ],
  },
];

/** A relative name seen from a directory, or one that no file has where it leads out. */
function joined(dir: string, name: string): string {
  const out = dir === '' ? [] : dir.split('/');
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return '';
  }
  return out.join('/');
}
