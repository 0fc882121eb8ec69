#!/usr/bin/env node
// Starts ai-ops from dist. Must be readable by old versions of Node, so that they can say what is wrong.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LEAST = 24;
const args = process.argv.slice(2);
const main = new URL('../dist/main.js', import.meta.url);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  // Nobody reads on, or the disk is full: that is no crash of ours.
  process.stdout.on('error', ({ code }) => (process.exitCode = code === 'EPIPE' ? 0 : 7)).write(`${version}\n`);
} else if (!existsSync(main)) {
  stop('is not built', 'run `npm run build` in its directory');
} else if (Number(process.versions.node.split('.')[0]) >= LEAST) {
  await import(main.href);
} else {
  const { packagedNode, runAgain } = await import('./older-node.js');
  const node = packagedNode();
  const hint = `install Node ${LEAST}, or use the single executable`;
  if (node) runAgain(node, fileURLToPath(import.meta.url), (why) => stop(`cannot start ${node}: ${why}`, hint));
  else
    stop(
      `needs Node ${LEAST} or newer, this is ${process.versions.node}, and none came with the package`,
      `install it without \`--omit=optional\`; or ${hint}`,
    );
}

function stop(message, hint) {
  process.stderr.write(`ai-ops: error: ${message}\nai-ops: hint: ${hint}\n`);
  process.exitCode = 2;
}
