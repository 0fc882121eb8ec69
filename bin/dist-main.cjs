// `dist/main.js`: runs the program from the files beside it.
'use strict';
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');
const { Script } = require('node:vm');
const { createLoader } = require('./chunk-loader.js');

/** What V8 made of the scripts when they were built: see `bin/code-cache.cjs`. Where it does not fit this Node, they are compiled. */
const { often, kept } = JSON.parse(readFileSync(join(__dirname, 'chunks.json'), 'utf8'));

function runScript(name) {
  const filename = join(__dirname, name);
  const cachedData = kept.includes(name) ? readFileSync(`${filename}.code`) : undefined;
  return new Script(readFileSync(filename, 'utf8'), { filename, cachedData }).runInThisContext();
}

const load = createLoader({
  ...{ runScript, often, filename: __filename, directory: __dirname, url: pathToFileURL(__filename).href },
  requireFile: createRequire(__filename),
  importFile: (url) => import(url),
});
load('program.js');
