// Imports that are carried out when something of them is first asked for: a command then runs the chunks that it uses, not all that
// it might. ES modules are run before what imports them; here nothing is, so a module must do nothing when it is run but define.

/** An import as esbuild writes it in CommonJS: of a chunk, of a part of Node, or of a CommonJS library within the chunk. */
const IMPORT = /^var (import_\w+) = (.+);$/gm;

/** What is imported as a whole is a chunk: its exports can be read as they are. */
const WHOLE_CHUNK = /__toESM\((require\("\.\/[^"]+"\))\)/g;

/**
 * @param text a chunk as CommonJS
 * @throws Error where an import stands otherwise than before the name of what is meant
 */
export function withLazyImports(text: string): string {
  const names = new Set<string>();
  const declared = text.replace(WHOLE_CHUNK, '$1').replace(IMPORT, (_, name: string, load: string) => {
    names.add(name);
    return `var ${name}$, ${name} = () => ${name}$ ??= ${load};`;
  });
  return declared.replace(
    /(\bnew )?\b(import_\w+)\b(\$|\.\w+| = \(\) =>)?/g,
    (found, made = '', name: string, next: string | undefined) => {
      if (!names.has(name) || next === '$' || next?.startsWith(' ')) return found;
      if (next === undefined) throw new Error(`${name} is imported, and stands otherwise than before a name`);
      return made === '' ? `${name}()${next}` : `new (${name}()${next})`;
    },
  );
}
