// What V8 makes of the packed code, kept beside each script: so what most commands use need not be compiled. By the very Node that
// runs it later, with the flags of `packed.ts`:
//   node bin/code-cache.cjs run DIRECTORY ARGUMENTS...    runs the packed program
//   node bin/code-cache.cjs list DIRECTORY ARGUMENTS...   and adds the names of the chunks that it loads to DIRECTORY/loaded
//   node bin/code-cache.cjs keep DIRECTORY ARGUMENTS...   and keeps what V8 has come by, added to what was kept before
//   node bin/code-cache.cjs settle DIRECTORY              what is kept no longer tells in which order things were run
'use strict';
const { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const v8 = require('node:v8');
const { createLoader } = require('./chunk-loader.cjs');

// What is kept under other flags than the program starts with is not taken: that of the call has had its effect by now, and
// those that the program sets would come between.
const { setFlagsFromString } = v8;
setFlagsFromString('--min-semi-space-size=0');
v8.setFlagsFromString = () => undefined;

/** What compilers on other threads are at, when it is kept, would be in it: while the program runs there are none. */
function compile(isOn) {
  for (const compiler of ['sparkplug', 'maglev', 'opt']) setFlagsFromString(`--${isOn ? '' : 'no-'}${compiler}`);
}
compile(false);

/** With the flags that the program starts with. */
function asItStarts(make) {
  compile(true);
  try {
    return make();
  } finally {
    compile(false);
  }
}

const [mode, where, ...argv] = process.argv.slice(2);
const directory = resolve(where);
process.argv = [process.execPath, 'ai-ops', ...argv];
// As the bundle finds what lies beside it.
const url = pathToFileURL(join(directory, 'main.js')).href;
const scripts = new Map();

const keptOf = (name) => join(directory, `${name}.code`);

function scriptOf(name) {
  const kept = existsSync(keptOf(name)) ? { cachedData: readFileSync(keptOf(name)) } : {};
  const script = asItStarts(() => new Script(readFileSync(join(directory, name), 'utf8'), { filename: name, ...kept }));
  if (script.cachedDataRejected) throw new Error(`what was kept of ${name} is of another Node`);
  return script;
}

function runScript(name) {
  const script = scriptOf(name);
  scripts.set(name, script);
  return script.runInThisContext();
}

function keep(those) {
  for (const [name, script] of those)
    writeFileSync(
      keptOf(name),
      asItStarts(() => script.createCachedData()),
    );
}

if (mode === 'settle') {
  const names = readdirSync(directory).filter((name) => existsSync(keptOf(name)));
  keep(names.sort().map((name) => [name, scriptOf(name)]));
} else {
  if (mode === 'keep') process.on('exit', () => keep(scripts));
  if (mode === 'list') process.on('exit', () => appendFileSync(join(directory, 'loaded'), [...scripts.keys(), ''].join('\n')));
  // Chunks that are gathered in one script are no files of their own any more.
  const often = existsSync(join(directory, 'chunks.json')) ? JSON.parse(readFileSync(join(directory, 'chunks.json'), 'utf8')).often : [];
  const load = createLoader({
    runScript,
    often,
    requireFile: createRequire(url),
    importFile: (file) => import(file),
    filename: process.execPath,
    directory,
    url,
  });
  load('program.js');
}
