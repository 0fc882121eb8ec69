// Runs the chunks of the program as CommonJS, each when it is asked for the first time: in the executable, in `dist`, and where they
// are packed. Knows nothing of where they lie.
'use strict';

/**
 * Parts of Node that take milliseconds to load, and that many a command has at hand without ever using them. Where a library asks
 * for the names in one at once, they stand here.
 */
const LATE = new Map([
  ['node:child_process', ['ChildProcess', 'exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']],
  ...['node:crypto', 'node:zlib', 'node:v8', 'node:readline', 'node:tls', 'node:net'].map((name) => [name, undefined]),
]);

/**
 * @param {object} place
 * @param {(name: string) => any} place.runScript what a script evaluates to: the function of a chunk; of `often.js`, one that returns
 *   the functions of the chunks in it, by name
 * @param {readonly string[]} place.often names of the chunks in `often.js`
 * @param {(name: string) => any} place.requireFile modules of Node and files
 * @param {(url: string) => Promise<any>} place.importFile of a configuration that is a program, named by the user with --config
 * @param {string} place.filename what the chunks are told of where they lie, as `directory` and `url`
 * @returns {(name: string) => any} loads a chunk; what it exports
 */
function createLoader({ runScript, often, requireFile, importFile, filename, directory, url }) {
  const loaded = new Map();
  let functions;

  function functionOf(name) {
    if (!often.includes(name)) return runScript(name);
    functions ??= runScript('often.js')();
    return functions[name];
  }

  function load(name) {
    const known = loaded.get(name);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(name, module);
    functionOf(name)(module, module.exports, requireFrom, filename, directory, url, importFile);
    return module.exports;
  }

  function requireFrom(name) {
    if (name.startsWith('./')) return load(name.slice(2));
    if (name === 'node:process') return process;
    return LATE.has(name) ? late(name, requireFile) : requireFile(name);
  }

  return load;
}

/** The module, loaded when something of it is asked for. */
function late(name, requireFile) {
  let module;
  const real = () => (module ??= requireFile(name));
  return new Proxy(
    {},
    {
      // Whether it is an ES module is asked of all when they are imported: none is.
      get: (_, key) => (key === '__esModule' ? undefined : real()[key]),
      has: (_, key) => key in real(),
      ownKeys: () => LATE.get(name) ?? Reflect.ownKeys(real()),
      getOwnPropertyDescriptor: (_, key) => ({ get: () => real()[key], enumerable: true, configurable: true }),
    },
  );
}

module.exports = { createLoader };
