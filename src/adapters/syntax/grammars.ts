// Tree-sitter's grammars as WASM: languages whose own compiler need not be there. The only file that knows the library.
// A grammar is read, compiled and kept the first time a file of its language is parsed. It forgives more than a compiler
// does, and it may not know the newest syntax: what it cannot read in the base version either is not blamed on a change.
import treeSitter, { type Language, type Node, type Parser } from '@vscode/tree-sitter-wasm';
import { readEmbedded } from '../../embedded.ts';

export type Grammar = 'c-sharp' | 'cpp' | 'go' | 'java' | 'javascript' | 'php' | 'python' | 'ruby' | 'rust' | 'tsx';

/** One place that a parser cannot read. */
export interface Problem {
  /** For people; holds nothing of the file's text but single tokens. */
  readonly detail: string;
  /** The same for the same problem in another version of the file, wherever it stands there. */
  readonly key: string;
}

let library: Promise<void> | undefined;
const languages = new Map<Grammar, Promise<Language>>();

/** The places that the grammar cannot read, in their order; none where the file parses. */
export async function parseWith(grammar: Grammar, text: string): Promise<readonly Problem[]> {
  return onTree(grammar, text, (root) => {
    const lines = text.split('\n');
    return unread(root).map((node) => problem(node, lines));
  });
}

/** Whether JSX is what it has beyond JavaScript. */
export async function usesJsx(text: string): Promise<boolean> {
  return onTree('javascript', text, (root) => root.descendantsOfType(['jsx_element', 'jsx_self_closing_element']).length > 0);
}

async function onTree<T>(grammar: Grammar, text: string, look: (root: Node) => T): Promise<T> {
  const parser = await parserOf(grammar);
  const tree = parser.parse(text);
  try {
    if (tree === null) throw new Error(`the grammar ${grammar} gave no tree`);
    return look(tree.rootNode);
  } finally {
    tree?.delete();
    parser.delete();
  }
}

async function parserOf(grammar: Grammar): Promise<Parser> {
  // The options go to the WASM's loader, which knows more of them than their type says.
  library ??= treeSitter.Parser.init({ wasmBinary: readEmbedded('tree-sitter.wasm') } as never);
  await library;
  const known = languages.get(grammar) ?? treeSitter.Language.load(readEmbedded(`tree-sitter-${grammar}.wasm`));
  languages.set(grammar, known);
  const parser = new treeSitter.Parser();
  parser.setLanguage(await known);
  return parser;
}

/** Outermost nodes that could not be read, and tokens that were put in to go on. */
function unread(node: Node): readonly Node[] {
  if (node.isError || node.isMissing) return [node];
  if (!node.hasError) return [];
  return node.children.flatMap((child) => (child === null ? [] : unread(child)));
}

function problem(node: Node, lines: readonly string[]): Problem {
  const { row, column } = node.startPosition;
  const what = node.isMissing ? `missing \`${node.type}\`` : 'syntax error';
  return { detail: `${what} (${row + 1}:${column})`, key: `${what} ${lines[row]?.trim()}` };
}
