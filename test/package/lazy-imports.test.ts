// What the packed program runs when: a chunk when something of it is first asked for, once, whatever it is asked for as.
import { transform } from 'esbuild';
import { withLazyImports } from '../../bin/lazy.ts';

const CHUNKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  './chunk-A.js': {
    one: 1,
    twice: (value: number) => 2 * value,
    Box: class {
      readonly held = 'held';
    },
  },
  './chunk-B.js': {
    default: {
      Inner: class {
        readonly name = 'inner';
      },
    },
  },
};

/** Runs a module as the packed program does. @returns what it exports, and which chunks it has asked for so far */
async function run(source: string): Promise<{ readonly exports: Record<string, unknown>; readonly asked: readonly string[] }> {
  const { code } = await transform(source, { format: 'cjs', platform: 'node', target: 'node24', supported: { 'dynamic-import': false } });
  const asked: string[] = [];
  const requireChunk = (name: string) => {
    asked.push(name);
    return CHUNKS[name];
  };
  const module = { exports: {} };
  new Function('module', 'require', withLazyImports(code))(module, requireChunk);
  return { exports: module.exports as Record<string, unknown>, asked };
}

describe('imports of the packed program', () => {
  test('a chunk is loaded when something of it is used, and once', async () => {
    const { exports, asked } = await run(
      `import { one, twice } from './chunk-A.js'; export const sum = () => one + twice(one); export const none = 0;`,
    );
    expect(exports.none).toBe(0);
    expect(asked).toEqual([]);
    expect((exports.sum as () => number)()).toBe(3);
    expect((exports.sum as () => number)()).toBe(3);
    expect(asked).toEqual(['./chunk-A.js']);
  });

  test('what is exported again is loaded when it is read', async () => {
    const { exports, asked } = await run(`export { one } from './chunk-A.js';`);
    expect(asked).toEqual([]);
    expect(exports.one).toBe(1);
  });

  test('a class is made, and what is made is of it', async () => {
    const { exports } = await run(`import { Box } from './chunk-A.js'; export const made = () => new Box().held;`);
    expect((exports.made as () => string)()).toBe('held');
  });

  test('a class within what is imported by default', async () => {
    const { exports } = await run(`import all from './chunk-B.js'; export const made = () => new all.Inner().name;`);
    expect((exports.made as () => string)()).toBe('inner');
  });

  test('a chunk that is imported as a whole', async () => {
    const { exports, asked } = await run(`export const load = async () => (await import('./chunk-A.js')).one;`);
    expect(asked).toEqual([]);
    expect(await (exports.load as () => Promise<number>)()).toBe(1);
  });

  test('what only looks like an import is left alone', async () => {
    const { exports } = await run(`import { one } from './chunk-A.js'; export const text = () => \`import_chunk_X.one \${one}\`;`);
    expect((exports.text as () => string)()).toBe('import_chunk_X.one 1');
  });

  test('an import that is used as a thing of its own is refused', () => {
    expect(() => withLazyImports('var import_x = require("./chunk-A.js");\nuse(import_x);')).toThrow(/import_x is imported/);
  });
});
