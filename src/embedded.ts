// Where the program's own files are: its version, SQLite's WASM, the grammars, the parts of `ai-ops demo`.
// Three layouts: the executable (assets), the bundle (beside it in dist), the repository (run from source).
// Nothing here is a user's file.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getRawAsset, isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';

/** Set by the bundler; absent when the source runs unbundled. */
declare const AI_OPS_VERSION: string | undefined;

const bundled = typeof AI_OPS_VERSION === 'string';

/** The version in package.json. */
export const version: string = typeof AI_OPS_VERSION === 'string' ? AI_OPS_VERSION : versionOf(readRepository('package.json').toString());

/** One file of the demo. `path` is relative, with `/`, and begins with `orders-service/` or `orders-service-answers/`. */
export interface DemoFile {
  readonly path: string;
  readonly mode: '100644' | '100755';
  readonly text: string;
}

/**
 * The bytes of one of the program's own files. Do not write into them: in the executable they are its own memory.
 * @throws Error when the program was packed wrongly
 */
export function readEmbedded(name: 'demo.json' | 'licenses.json' | 'sql-wasm.wasm' | `tree-sitter${string}.wasm`): Buffer {
  const isGrammar = name.startsWith('tree-sitter');
  if (isSea() || bundled) return isGrammar ? unpacked(readPacked(`${name}.br`)) : readPacked(name);
  // What is bundled is known to the bundler.
  if (name === 'licenses.json') return readRepository('dist/licenses.json');
  if (name === 'demo.json') return Buffer.from(JSON.stringify(packDemo()));
  return readRepository(isGrammar ? `${GRAMMARS_DIR}/${name}` : 'node_modules/sql.js/dist/sql-wasm.wasm');
}

/** Where the grammars and their runtime are before they are packed; from the repository's root. */
export const GRAMMARS_DIR = 'node_modules/@vscode/tree-sitter-wasm/wasm';

function readPacked(name: string): Buffer {
  return isSea() ? Buffer.from(getRawAsset(name)) : readFileSync(new URL(name, import.meta.url));
}

/** A grammar is a table that packs to a twentieth. Loaded here only: a short command needs no decompressor. */
function unpacked(bytes: Buffer): Buffer {
  return process.getBuiltinModule('node:zlib').brotliDecompressSync(bytes);
}

/** The example service and its recorded answers, as `ai-ops demo` unpacks them. */
export function demoFiles(): readonly DemoFile[] {
  return JSON.parse(readEmbedded('demo.json').toString()) as DemoFile[];
}

/**
 * What runs a JavaScript file as `node FILE` does, and `--test` as `node --test` does for `test/*.test.js`.
 * Inside the executable that is ai-ops itself: the demo needs no Node on the machine.
 */
export function nodeCommand(): readonly string[] {
  return isSea() ? [process.execPath, '--as-node'] : [process.execPath];
}

/** What starts this program again, without its arguments. */
export function ownCommand(): readonly string[] {
  const script = process.argv[1];
  return isSea() || script === undefined ? [process.execPath] : [process.execPath, script];
}

function packDemo(): readonly DemoFile[] {
  const root = fileURLToPath(new URL('../examples', import.meta.url));
  return ['orders-service', 'orders-service-answers'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .map((name) => join(part, name))
      .filter((name) => statSync(join(root, name)).isFile() && !name.endsWith('.log'))
      .sort()
      .map((name) => demoFile(root, name)),
  );
}

function demoFile(root: string, name: string): DemoFile {
  const executable = (statSync(join(root, name)).mode & 0o100) !== 0;
  return { path: name.replaceAll('\\', '/'), mode: executable ? '100755' : '100644', text: readFileSync(join(root, name), 'utf8') };
}

function readRepository(name: string): Buffer {
  return readFileSync(new URL(`../${name}`, import.meta.url));
}

function versionOf(manifest: string): string {
  return (JSON.parse(manifest) as { version: string }).version;
}
