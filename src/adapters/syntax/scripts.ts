// JavaScript by acorn, TypeScript by Node's own type stripping. Each function gives the parsing itself, which throws.
import * as nodeModule from 'node:module';
import { parse } from 'acorn';

export const moduleParser = (text: string) => () => parseAs(text, ['module']);

export const scriptParser = (text: string) => () => parseAs(text, ['script']);

/** A file that may be either kind is broken only when it parses as none of them. */
export const eitherParser = (text: string) => () => parseAs(text, ['module', 'script']);

/** Types and what runs are parsed together; `transform` allows enums, namespaces and parameter properties too. */
export const typeScriptParser = (text: string) => () => unwarned(() => nodeModule.stripTypeScriptTypes(text, { mode: 'transform' }));

/** Node says on stderr that type stripping may change: nobody who runs ai-ops can do anything about that. */
function unwarned<T>(work: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function parseAs(text: string, kinds: readonly ('module' | 'script')[]): void {
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
