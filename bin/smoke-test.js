// What a new executable must do before anybody gets it: with an empty environment, in an empty directory that may not
// be written to, without Node, npm, git or a home directory.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './bundle.ts';

const LOG = `2026-03-01 02:11:09,120 INFO orders: started
2026-03-01 02:11:10,480 ERROR orders: order 17 failed
TypeError: Cannot read properties of undefined (reading 'percent')
    at totalOf (/srv/orders/src/cart.js:14:31)
    at placeOrder (/srv/orders/src/orders.js:22:17)
2026-03-01 02:11:11,002 INFO orders: order 18 placed
`;

// Windows starts no program without this one.
const EMPTY = process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {};

/** Prints each check and ends the process with 1 at the first that fails. */
export function smokeTest(executable) {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-smoke-'));
  const cwd = join(place, 'empty');
  const log = join(place, 'app.log');
  const state = ['--state-dir', join(place, 'state')];
  mkdirSync(cwd);
  chmodSync(cwd, 0o555);
  writeFileSync(log, LOG);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const incidents = (text) => text.split('\n').filter((line) => line.includes('"kind":"incident"')).length;
  const stranger = join(place, 'stranger.js');
  writeFileSync(stranger, "console.log('ran')\n");
  const checks = [
    { args: ['--as-node', stranger], status: 2, holds: (text, talk) => text === '' && talk.includes('of `ai-ops demo` only') },
    { args: ['--version'], holds: (text) => text.includes(version) },
    // Options for a Node are not for this program.
    { args: ['--version'], env: { NODE_OPTIONS: `--require ${stranger}` }, holds: (text) => text === `${version}\n` },
    { args: ['licenses'], holds: (text) => text.includes('Node.js') || text.includes('nodejs') },
    { args: ['--help'], holds: (text) => text.includes('watch') && text.includes('fix') },
    { args: ['config', ...state], holds: (text) => text.includes('maxRepairsPerDay') },
    { args: ['scan', '--json', log], holds: (text) => incidents(text) === 1 },
    { args: ['watch', '--once', '--dry-run', '--from', 'start', '--json', ...state, log], holds: (text) => incidents(text) === 1 },
    // SQLite's WASM must be inside: the ledger written one line above is read.
    { args: ['incidents', '--json', ...state], holds: (text) => incidents(text) === 1 },
    { args: ['status', '--json', ...state], holds: (text) => text.trim() === '' },
    { args: ['demo'], holds: (text, talk) => `${text}${talk}`.includes('recorded') },
  ];
  for (const { args, holds, status: wanted = 0, env = {} } of checks) {
    const { status, stdout, stderr } = spawnSync(executable, args, { cwd, env: { ...EMPTY, ...env }, encoding: 'utf8', timeout: 120_000 });
    const left = readdirSync(cwd);
    if (status !== wanted || !holds(stdout, stderr) || left.length > 0) {
      process.stderr.write(
        `smoke test: \`ai-ops ${args[0]}\` ended with ${status} and left [${left}]\n${stdout.slice(-2000)}\n${stderr.slice(-2000)}\n`,
      );
      process.exit(1);
    }
    process.stderr.write(`smoke test: ${args[0]} ok\n`);
  }
  rmSync(place, { recursive: true, force: true });
}
