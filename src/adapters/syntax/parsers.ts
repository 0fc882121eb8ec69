// Parses changed files by their kind, with parsers that need no toolchain: proof level L0. Every parser is loaded when a
// file of its kind has changed. What none of them knows is `unknown`, never `ok`. What a parser did not understand of the
// base version either is not blamed on the change: a grammar has gaps, and a file may have been broken before.

import { messageOf } from '../../platform/errno.ts';
import type { Syntax, SyntaxChecker } from '../../ports.ts';
import { tomlParser, xmlParser, yamlParser } from './documents.ts';
import type { Grammar, Problem } from './grammars.ts';

type Parse = (text: string) => Promise<readonly Problem[]>;

const grammar =
  (name: Grammar): Parse =>
  async (text) =>
    (await import('./grammars.ts')).parseWith(name, text);

/** The first that matches the path. */
const PARSERS: readonly { readonly name: RegExp; readonly parse: Parse }[] = [
  // Comments are allowed in these by their own readers.
  { name: /(^|\/)(tsconfig[^/]*|jsconfig[^/]*|\.eslintrc|devcontainer)\.json$/i, parse: async () => [UNKNOWN] },
  { name: /\.json$/i, parse: (text) => thrownBy(() => JSON.parse(text)) },
  { name: /\.mjs$/i, parse: async (text) => thrownBy((await import('./scripts.ts')).moduleParser(text)) },
  { name: /\.cjs$/i, parse: async (text) => thrownBy((await import('./scripts.ts')).scriptParser(text)) },
  { name: /\.js$/i, parse: parseJavaScript },
  { name: /\.jsx$/i, parse: grammar('javascript') },
  { name: /\.[cm]?ts$/i, parse: async (text) => thrownBy((await import('./scripts.ts')).typeScriptParser(text)) },
  { name: /\.tsx$/i, parse: grammar('tsx') },
  { name: /\.pyi?$/i, parse: grammar('python') },
  { name: /\.java$/i, parse: grammar('java') },
  { name: /\.go$/i, parse: grammar('go') },
  { name: /(\.(rb|rake|gemspec|ru)|(^|\/)(Rakefile|Gemfile))$/, parse: grammar('ruby') },
  { name: /\.(php|phtml)$/i, parse: grammar('php') },
  { name: /\.cs$/i, parse: grammar('c-sharp') },
  { name: /\.rs$/i, parse: grammar('rust') },
  { name: /\.(c|h|cc|cpp|cxx|hh|hpp|hxx)$/i, parse: grammar('cpp') },
  { name: /\.ya?ml$/i, parse: async (text) => thrownBy(await yamlParser(text)) },
  { name: /\.toml$/i, parse: async (text) => thrownBy(await tomlParser(text)) },
  {
    name: /\.(xml|xsd|xslt?|wsdl|svg|resx|plist|(cs|fs|vb)proj|props|targets)$/i,
    parse: async (text) => thrownBy(await xmlParser(text)),
  },
];

/** A longer file is not parsed: nobody writes it by hand. */
const MOST_CHARACTERS = 1_000_000;

const UNKNOWN: Problem = { detail: 'not parsed', key: 'unknown' };

export function createSyntaxChecker(): SyntaxChecker {
  return {
    check: async (path, bytes, base) => {
      const parser = PARSERS.find((candidate) => candidate.name.test(path));
      if (!parser || bytes.length > MOST_CHARACTERS) return { kind: 'unknown' };
      const after = await parser.parse(textOf(bytes));
      if (after.length === 0) return { kind: 'ok' };
      const before = base === undefined || base.length > MOST_CHARACTERS ? [] : await parser.parse(textOf(base));
      return judge(before, after);
    },
  };
}

/**
 * Where the base was not read without problems, only what came to them is the change's: each of them must still be there
 * as it was, or nobody can tell.
 */
function judge(before: readonly Problem[], after: readonly Problem[]): Syntax {
  if (after.includes(UNKNOWN)) return { kind: 'unknown' };
  const left = [...after];
  for (const { key } of before) {
    const at = left.findIndex((problem) => problem.key === key);
    if (at < 0) return { kind: 'unknown' };
    left.splice(at, 1);
  }
  const [first] = left;
  return first ? { kind: 'broken', detail: first.detail } : { kind: 'unknown' };
}

const textOf = (bytes: Buffer): string => bytes.toString('utf8').replace(/^\ufeff/, '');

/** What is thrown is the one problem that such a parser finds. */
async function thrownBy(parse: () => unknown): Promise<readonly Problem[]> {
  try {
    parse();
    return [];
  } catch (thrown) {
    return [{ detail: messageOf(thrown), key: 'thrown' }];
  }
}

/** `.js` holds JSX in many repositories, which acorn does not know; the grammar is asked only for what uses it. */
async function parseJavaScript(text: string): Promise<readonly Problem[]> {
  const problems = await thrownBy((await import('./scripts.ts')).eitherParser(text));
  if (problems.length === 0) return problems;
  const { parseWith, usesJsx } = await import('./grammars.ts');
  return (await usesJsx(text)) ? parseWith('javascript', text) : problems;
}
