// What V8 makes of the packed code, kept beside each chunk: so the executable need not compile what most commands use. By the
// very Node that goes into the executable, with the flags of `package.js`:
//   node bin/code-cache.cjs run ASSETS ARGUMENTS...    runs the packed program
//   node bin/code-cache.cjs keep ASSETS ARGUMENTS...   and keeps what it has come by, added to what was kept before
//   node bin/code-cache.cjs settle ASSETS              what is kept no longer tells in which order things were run
'use strict';
const { existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const v8 = require('node:v8');

// What is kept under other flags than the program starts with is not taken: that of the call has had its effect by now, and
// those that the program sets would come between.
v8.setFlagsFromString('--min-semi-space-size=0');
v8.setFlagsFromString = () => undefined;

const [mode, directory, ...argv] = process.argv.slice(2);
const assets = resolve(directory);
process.argv = [process.execPath, 'ai-ops', ...argv];
// As the bundle finds what lies beside it.
const importMetaUrl = pathToFileURL(join(assets, 'main.js')).href;
const requireFile = createRequire(importMetaUrl);
const loaded = new Map();

const keptOf = (name) => join(assets, `${name}.code`);

function scriptOf(name) {
  const kept = existsSync(keptOf(name)) ? { cachedData: readFileSync(keptOf(name)) } : {};
  const script = new Script(readFileSync(join(assets, name), 'utf8'), { filename: name, ...kept });
  if (script.cachedDataRejected) throw new Error(`what was kept of ${name} is of another Node`);
  return script;
}

function load(name) {
  const known = loaded.get(name);
  if (known) return known.module.exports;
  const module = { exports: {} };
  const script = scriptOf(name);
  loaded.set(name, { module, script });
  const requireFrom = (other) => (other.startsWith('./') ? load(other.slice(2)) : requireFile(other));
  script.runInThisContext()(module, module.exports, requireFrom, process.execPath, assets, importMetaUrl);
  return module.exports;
}

function keep(scripts) {
  for (const [name, script] of scripts) writeFileSync(keptOf(name), script.createCachedData());
}

if (mode === 'settle') {
  const names = readdirSync(assets).filter((name) => existsSync(keptOf(name)));
  keep(names.sort().map((name) => [name, scriptOf(name)]));
} else {
  if (mode === 'keep') process.on('exit', () => keep([...loaded].map(([name, { script }]) => [name, script])));
  load('main.js');
}
