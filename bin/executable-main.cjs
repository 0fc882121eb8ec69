// The main script of the single executable. It compiles a chunk the first time it is asked for, those that most commands load at once;
// nothing else is loaded.
// `--as-node FILE` and `--as-node --test` let `ai-ops demo` run the example service on a machine without Node, and nothing else:
// whoever is allowed to start ai-ops has not been allowed to start a Node.
'use strict';
const { getAsset, getRawAsset } = require('node:sea');
const { Script } = require('node:vm');
const { createRequire } = require('node:module');
const { dirname } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
// Its text stands here in the executable, which has one main script: see `package.js`.
const { createLoader } = require('./chunk-loader.cjs');

const url = pathToFileURL(process.execPath).href;
const requireFile = createRequire(url);
/** What V8 made of the scripts when the program was packaged: see `bin/code-cache.cjs`. Where it does not fit, they are compiled. */
const [{ places = {}, often }, codes] = codeCache();

function codeCache() {
  const bytes = Buffer.from(getRawAsset('code-cache'));
  const end = bytes.indexOf(10);
  return [JSON.parse(bytes.latin1Slice(0, end)), bytes.subarray(end + 1)];
}

function runScript(name) {
  const place = places[name];
  const text = Buffer.from(getRawAsset(name)).utf8Slice();
  return new Script(text, { filename: name, cachedData: place && codes.subarray(...place) }).runInThisContext();
}

const load = createLoader({
  ...{ runScript, often, filename: process.execPath, directory: dirname(process.execPath), url },
  requireFile,
  // What an executable of one file imports are parts of Node alone.
  importFile: async (url) => requireFile(fileURLToPath(url)),
});

/** Without blank lines: the demo's proof moves code down by some. */
const lean = (text) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n');

/** The example service as it is, and as its recorded answers change it. */
function demoSources() {
  const texts = JSON.parse(getAsset('demo.json', 'utf8')).map(({ text }) => text);
  const answered = texts.flatMap((text) =>
    [...text.matchAll(/^<code_block [^>]*>\n([\s\S]*?)^<\/code_block>$/gm)].map(([, block]) => block),
  );
  return new Set([...texts, ...answered].map(lean));
}

function onlyOfTheDemo() {
  const { readFileSync } = require('node:fs');
  const known = demoSources();
  require('node:module').registerHooks({
    load(url, context, next) {
      if (url.startsWith('file:') && !known.has(lean(readFileSync(fileURLToPath(url), 'utf8')))) {
        process.stderr.write('ai-ops: error: --as-node runs the files of `ai-ops demo` only\nai-ops: hint: use node for other files\n');
        process.exit(2);
      }
      return next(url, context);
    },
  });
}

function runAsNode(args) {
  const { resolve } = require('node:path');
  const files = args[0] === '--test' ? require('node:fs').globSync('test/**/*.test.js') : args.slice(0, 1);
  process.argv = [process.execPath, resolve(files[0] ?? '.'), ...args.slice(1)];
  onlyOfTheDemo();
  for (const file of files) requireFile(resolve(file));
}

if (process.argv[2] === '--as-node') runAsNode(process.argv.slice(3));
else load('program.js');
