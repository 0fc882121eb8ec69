// The bundle, made once for `dist` (ESM) and once for the executable (CommonJS chunks).
// Heavy libraries stay behind `import()` and become chunks that are loaded when a command needs them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build, type Plugin, transform } from 'esbuild';
import { demoFiles, GRAMMARS_DIR, version } from '../src/embedded.ts';
import { withLazyImports } from './lazy.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));

// Bundled CommonJS libraries use names that ES modules lack.
const COMMONJS_NAMES = [
  "import { createRequire as requireOf } from 'node:module';",
  'const require = requireOf(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;',
].join('\n');

/** One file of code. */
export interface CodeFile {
  readonly name: string;
  readonly text: string;
}

export interface Bundle {
  readonly modules: readonly CodeFile[];
  /** Every source file that went in, relative to the repository. */
  readonly inputs: readonly string[];
}

/**
 * Tree-sitter's runtime declares a `require` of its own around an `import()`. Where that becomes `require()`, as in the
 * executable, it would call the one that is not there yet: ours is there from the start.
 */
const ownRequire: Plugin = {
  name: 'own-require',
  setup(build) {
    build.onLoad({ filter: /tree-sitter-wasm[\\/]wasm[\\/]tree-sitter\.js$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      const contents = text.replace(/const \{ createRequire \} = await import\("module"\);\s+var require = createRequire\([^;]*;/, '');
      if (contents === text) throw new Error(`${path} is not as it was: look at what it requires`);
      return { contents, loader: 'js' };
    });
  },
};

/**
 * The client of Kafka brings producers, administration and schemas along, which importing it would keep: what is not asked for is
 * left out. Its WebAssembly stands in a file beside it; the same package has it as text.
 */
const kafkaParts: Plugin = {
  name: 'kafka-parts',
  setup(build) {
    const inPackage = /[\\/]@platformatic[\\/]kafka[\\/]dist[\\/]/;
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir }) =>
      inPackage.test(join(resolveDir, '/')) ? { path: join(resolveDir, path), sideEffects: false } : undefined,
    );
    build.onLoad({ filter: /[\\/]@platformatic[\\/]wasm-utils[\\/]dist[\\/]index\.js$/ }, ({ path }) => ({
      contents: readFileSync(join(path, '../bundled.js'), 'utf8'),
      loader: 'js',
    }));
  },
};

/** ES modules with code splitting; the entry is `program.js`, the chunks lie beside it. */
export async function bundleModules({ banner = COMMONJS_NAMES, minify = false } = {}): Promise<Bundle> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: { program: 'src/main.ts' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    outdir: 'dist',
    chunkNames: 'chunk-[hash]',
    legalComments: 'none',
    banner: { js: banner },
    define: { AI_OPS_VERSION: JSON.stringify(version) },
    minifySyntax: minify,
    minifyWhitespace: minify,
    logLevel: 'warning',
    metafile: true,
    write: false,
    plugins: [ownRequire, kafkaParts],
  });
  return {
    modules: result.outputFiles.map(({ path, text }) => ({ name: path.slice(join(root, 'dist').length + 1), text })),
    inputs: Object.keys(result.metafile.inputs),
  };
}

/** How cosmiconfig takes a configuration that is a program. As `require()` it would refuse one that waits at its top. */
const [IMPORTS_A_FILE, ASKS_LOADER] = ['await import(href', 'await importFile(href'];

/** The same as CommonJS: a single executable can compile its chunks from memory, which ES modules do not allow. */
export async function bundleCommonJs(): Promise<Bundle> {
  const bundle = await bundleModules({ banner: '', minify: true });
  if (bundle.modules.filter(({ text }) => text.includes(IMPORTS_A_FILE)).length !== 1)
    throw new Error('cosmiconfig imports files otherwise than it did');
  const modules = await Promise.all(
    bundle.modules.map(async ({ name, text }) => {
      const { code } = await transform(text.replace(IMPORTS_A_FILE, ASKS_LOADER), {
        format: 'cjs',
        platform: 'node',
        target: 'node24',
        supported: { 'dynamic-import': false },
        define: { 'import.meta.url': 'importMetaUrl' },
        logLevel: 'warning',
      });
      return { name, text: withLazyImports(code) };
    }),
  );
  return { ...bundle, modules };
}

/** What lies beside the code: see `src/embedded.ts`. */
export function embeddedFiles(): readonly { readonly name: string; readonly bytes: Buffer }[] {
  return [
    { name: 'sql-wasm.wasm', bytes: readFileSync(join(root, 'node_modules/sql.js/dist/sql-wasm.wasm')) },
    { name: 'demo.json', bytes: Buffer.from(JSON.stringify(demoFiles())) },
    ...GRAMMARS.map((grammar) => packedGrammar(`tree-sitter${grammar === '' ? '' : `-${grammar}`}.wasm`)),
  ];
}

/** Those that `src/adapters/syntax/grammars.ts` asks for, and first the runtime of all of them. */
const GRAMMARS = ['', 'c-sharp', 'cpp', 'go', 'java', 'javascript', 'php', 'python', 'ruby', 'rust', 'tsx'];

function packedGrammar(name: string): { readonly name: string; readonly bytes: Buffer } {
  const bytes = readFileSync(join(root, GRAMMARS_DIR, name));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 9,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return { name: `${name}.br`, bytes: brotliCompressSync(bytes, { params }) };
}
