// What V8 makes of the packed code, kept beside each chunk: so the executable need not compile what most commands use. By the
// very Node that goes into the executable, with the flags of `package.js`:
//   node bin/code-cache.cjs run ASSETS ARGUMENTS...    runs the packed program
//   node bin/code-cache.cjs list ASSETS ARGUMENTS...   and adds the names of the chunks that it loads to ASSETS/../loaded
//   node bin/code-cache.cjs keep ASSETS ARGUMENTS...   and keeps what it has come by, added to what was kept before
//   node bin/code-cache.cjs settle ASSETS              what is kept no longer tells in which order things were run
'use strict';
const { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
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
const scripts = new Map();

const keptOf = (name) => join(assets, `${name}.code`);

function scriptOf(name) {
  const kept = existsSync(keptOf(name)) ? { cachedData: readFileSync(keptOf(name)) } : {};
  const script = new Script(readFileSync(join(assets, name), 'utf8'), { filename: name, ...kept });
  if (script.cachedDataRejected) throw new Error(`what was kept of ${name} is of another Node`);
  return script;
}

const OFTEN = 'often.js';
let functions;

/** A function that runs a chunk; most stand in the script of those that are loaded often. */
function functionOf(name) {
  if (existsSync(join(assets, name))) return runScript(name);
  functions ??= runScript(OFTEN)();
  return functions[name];
}

function runScript(name) {
  const script = scriptOf(name);
  scripts.set(name, script);
  return script.runInThisContext();
}

function load(name) {
  const known = loaded.get(name);
  if (known) return known.exports;
  const module = { exports: {} };
  loaded.set(name, module);
  functionOf(name)(module, module.exports, requireFrom, process.execPath, assets, importMetaUrl);
  return module.exports;
}

function requireFrom(name) {
  if (name.startsWith('./')) return load(name.slice(2));
  return name === 'node:process' ? process : requireFile(name);
}

function keep(scripts) {
  for (const [name, script] of scripts) writeFileSync(keptOf(name), script.createCachedData());
}

if (mode === 'settle') {
  const names = readdirSync(assets).filter((name) => existsSync(keptOf(name)));
  keep(names.sort().map((name) => [name, scriptOf(name)]));
} else {
  if (mode === 'keep') process.on('exit', () => keep(scripts));
  if (mode === 'list') process.on('exit', () => appendFileSync(join(assets, '../loaded'), [...loaded.keys(), ''].join('\n')));
  load('main.js');
}
