// Loaded into an ai-ops before it starts (`--import`): it kills itself, as `kill -9` does, at the very moment when the
// ledger's file says for the first time that the step AIOPS_TEST_DIE_AFTER has ended well. Nothing runs after that.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { rename } = fs;
const step = process.env.AIOPS_TEST_DIE_AFTER;

function isStored(file) {
  const sql = `SELECT count(*) FROM steps WHERE name = '${step}' AND outcome = 'ok'`;
  return execFileSync('sqlite3', [file, sql], { encoding: 'utf8' }).trim() !== '0';
}

if (step && process.argv[1]?.endsWith('main.ts')) {
  fs.rename = async (from, to) => {
    await rename(from, to);
    if (String(to).endsWith('.sqlite') && isStored(to)) process.kill(process.pid, 'SIGKILL');
  };
  syncBuiltinESMExports();
}
