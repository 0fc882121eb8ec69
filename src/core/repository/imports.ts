// Names that a file gets from elsewhere, and of which it still speaks when it no longer gets them.
// Principle: a name that the base imports and the change uses is lost where the change neither imports nor declares it. What is
// not used any more may go. Languages whose imports do not name what they bring (C, C#, Ruby) are not looked at.
import { readCode } from './code-text.ts';

interface Grammar {
  readonly names: RegExp;
  /** Over the whole text: the first group that took part holds what is bound. */
  readonly imports: readonly RegExp[];
}

const GRAMMARS: readonly Grammar[] = [
  {
    names: /\.(?:[cm]?[jt]sx?|vue|svelte)$/i,
    imports: [
      /^[ \t]*import[ \t]+(?![ \t])(?:type[ \t]+)?((?:[\w$*][\w$*, \t]*)?(?:\s*\{[^{}'"`;()]*\})?)\s*\bfrom\s*['"]/gm,
      /^[ \t]*(?:const|let|var)\s+([\w$]+|\{[^{}=]*\})\s*=\s*(?:await\s+import|require)\s*\(/gm,
    ],
  },
  { names: /\.pyi?$/i, imports: [/^[ \t]*from\s+[\w.]+\s+import\s+(\([^()]*\)|[^\n(]+)$/gm, /^[ \t]*import\s+([^\n(]+)$/gm] },
  { names: /\.(?:java|kts?)$/i, imports: [/^import\s+(?:static\s+)?[\w.]*\.(\w+(?:\s+as\s+\w+)?)\s*;?\s*$/gm] },
  { names: /\.php$/i, imports: [/^use\s+(?:function\s+|const\s+)?(?:[\w\\]*\\)?(\w+(?:\s+as\s+\w+)?)\s*;/gm] },
  { names: /\.rs$/i, imports: [/^(?:pub\s+)?use\s+[\w:]*::(\w+(?:\s+as\s+\w+)?)\s*;/gm] },
];

/** Names that the imports of a text bind. */
function bound(code: string, { imports }: Grammar): ReadonlySet<string> {
  const names = imports.flatMap((mark) =>
    [...code.matchAll(mark)].flatMap((match) =>
      (match[1] ?? '')
        .split(/[,{}()]/)
        .map((part) => part.trim().replace(/^type\s+/, ''))
        // What is bound is the last name, of a path its first part.
        .map((part) => /(?:\bas\s+|:\s*)([\w$]+)$/.exec(part)?.[1] ?? /^([\w$]+)(?:\.[\w.]+)?$/.exec(part)?.[1] ?? ''),
    ),
  );
  return new Set(names.filter((name) => name !== ''));
}

/**
 * @returns names that the base imports, and that the change uses and has from nowhere
 * @example lostImports('a.py', 'import json\njson.loads("1")\n', 'json.loads("2")\n') // ['json']
 */
export function lostImports(path: string, before: string, after: string): readonly string[] {
  const grammar = GRAMMARS.find(({ names }) => names.test(path));
  if (grammar === undefined) return [];
  const had = bound(readCode(path, before).uncommented, grammar);
  const uncommented = readCode(path, after).uncommented;
  const has = bound(uncommented, grammar);
  const gone = [...had].filter((name) => !has.has(name));
  if (gone.length === 0 || /^[ \t]*(?:from\s+\S+\s+import\s+\*|import\s+[\w.]+\.[*_];?\s*$)/m.test(uncommented)) return [];
  const { code } = readCode(path, after);
  const words = new Set(code.match(/[\w$]+/g));
  const spoken = gone.filter((name) => words.has(name)).slice(0, MOST_ASKED);
  // A line as long as that is made by a tool.
  const lines = uncommented.split('\n').filter((line) => line.length <= LONGEST_LINE);
  return spoken.filter((name) => isUsed(code, name) && !isDeclared(lines.join('\n'), name));
}

/** Of more names that are gone the rest is not looked for: one is enough to ask. */
const MOST_ASKED = 100;
const LONGEST_LINE = 1000;

const alone = (name: string): string => `(?<![\\w$.]|::)${name.replace(/\$/g, '\\$')}(?![\\w$])`;

/** As a function, a type or something that has parts; a key of an object and a name of an argument are other names. */
const isUsed = (code: string, name: string): boolean =>
  new RegExp(`${alone(name)}\\s*(?:[(.[<]|::)|[@<]${alone(name)}|\\bnew\\s+${alone(name)}`).test(code);

function isDeclared(code: string, name: string): boolean {
  const word = alone(name);
  return new RegExp(
    [
      `\\b(?:const|let|var|val|use|import|for|as|catch|except|with)\\b[^\\n=]*${word}`,
      `\\b(?:function\\*?|class|def|fun|fn|type|interface|enum|struct|object|trait|mod|namespace)\\s+${word}`,
      `${word}\\s*(?::[^=\\n]{1,60})?=(?![=>])`,
      `${word}\\s*=>`,
      `\\([^()\\n]*${word}[^()\\n]*\\)\\s*(?:=>|\\{|:)`,
      `^[ \\t]*(?:async[ \\t]+)?${word}\\s*\\([^\\n]*\\)\\s*(?::[^\\n]*)?\\{`,
    ].join('|'),
    'm',
  ).test(code);
}
