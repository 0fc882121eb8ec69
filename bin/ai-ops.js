#!/usr/bin/env node
// Starts ai-ops from dist. Must be readable by old versions of Node, so that they can say what is wrong.
import { existsSync, readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const main = new URL('../dist/main.js', import.meta.url);

if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  process.stdout.write(`${version}\n`);
} else if (Number(process.versions.node.split('.')[0]) < 24) {
  stop(`needs Node 24 or newer, this is ${process.versions.node}`, 'install Node 24, or use the single executable');
} else if (!existsSync(main)) {
  stop('is not built', 'run `npm run build` in its directory');
} else {
  await import(main.href);
}

function stop(message, hint) {
  process.stderr.write(`ai-ops: error: ${message}\nai-ops: hint: ${hint}\n`);
  process.exitCode = 2;
}
