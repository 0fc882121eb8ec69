// Parses changed files by their kind, with parsers that need no toolchain: JavaScript (acorn),
// TypeScript (Node's own type stripping, then acorn) and JSON. Other kinds are `unknown`, never `ok`.
import * as nodeModule from 'node:module';
import { parse } from 'acorn';
import type { Syntax, SyntaxChecker } from '../../ports.ts';

type Parse = (text: string) => Promise<void>;

const PARSERS: readonly { readonly name: RegExp; readonly parse: Parse }[] = [
  { name: /\.json$/i, parse: async (text) => void JSON.parse(text) },
  { name: /\.mjs$/i, parse: (text) => parseScript(text, ['module']) },
  { name: /\.cjs$/i, parse: (text) => parseScript(text, ['script']) },
  { name: /\.js$/i, parse: (text) => parseScript(text, ['module', 'script']) },
  { name: /\.[cm]?ts$/i, parse: parseTypeScript },
];

/** Comments are allowed in these by their own readers. */
const COMMENTED_JSON = /(^|\/)(tsconfig[^/]*|jsconfig[^/]*|\.eslintrc|devcontainer)\.json$/i;

export function createSyntaxChecker(): SyntaxChecker {
  return {
    check: async (path, bytes) => {
      const parser = PARSERS.find((candidate) => candidate.name.test(path));
      if (!parser || COMMENTED_JSON.test(path)) return { kind: 'unknown' };
      return parser.parse(bytes.toString('utf8').replace(/^\ufeff/, '')).then(
        (): Syntax => ({ kind: 'ok' }),
        (thrown: unknown): Syntax => ({ kind: 'broken', detail: thrown instanceof Error ? thrown.message : String(thrown) }),
      );
    },
  };
}

/** `.js` may be either kind; it is broken only when it parses as none of them. */
async function parseScript(text: string, kinds: readonly ('module' | 'script')[]): Promise<void> {
  const errors: unknown[] = [];
  for (const sourceType of kinds) {
    try {
      parse(text, { ecmaVersion: 'latest', sourceType, allowHashBang: true, allowReturnOutsideFunction: sourceType === 'script' });
      return;
    } catch (error) {
      errors.push(error);
    }
  }
  throw errors[0];
}

async function parseTypeScript(text: string): Promise<void> {
  await parseScript(nodeModule.stripTypeScriptTypes(text, { mode: 'transform' }), ['module', 'script']);
}
