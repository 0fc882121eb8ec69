#!/usr/bin/env node
// Starts ai-ops from dist. A CommonJS script: Node runs one 7 ms before it has made ready for a module. Must be readable by old
// versions of Node, so that they can say what is wrong.
'use strict';
const { existsSync, readFileSync, writeSync } = require('node:fs');
const { join } = require('node:path');

const LEAST = 24;
const args = process.argv.slice(2);
const main = join(__dirname, '../dist/main.js');

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  tellVersion(`${JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')).version}\n`);
} else if (!existsSync(main)) {
  stop('is not built', 'run `npm run build` in its directory');
} else if (Number(process.versions.node.split('.')[0]) >= LEAST) {
  require(main);
} else {
  import('./older-node.js').then(({ packagedNode, runAgain }) => {
    const node = packagedNode();
    const hint = `install Node ${LEAST}, or use the single executable`;
    // By the name that it was called by: what it tells a person to type next is made of that.
    const script = require.main === module ? process.argv[1] : __filename;
    if (node) runAgain(node, script, (why) => stop(`cannot start ${node}: ${why}`, hint));
    else
      stop(
        `needs Node ${LEAST} or newer, this is ${process.versions.node}, and none came with the package`,
        `install it without \`--omit=optional\`; or ${hint}`,
      );
  });
}

/** At once where the system takes it: Node's stream, which takes 3 ms to open, waits or says what is wrong. */
function tellVersion(line) {
  try {
    writeSync(1, line);
  } catch {
    // Nobody reads on, or the disk is full: that is no crash of ours.
    process.stdout.on('error', ({ code }) => (process.exitCode = code === 'EPIPE' ? 0 : 7)).write(line);
  }
}

function stop(message, hint) {
  process.stderr.write(`ai-ops: error: ${message}\nai-ops: hint: ${hint}\n`);
  process.exitCode = 2;
}
