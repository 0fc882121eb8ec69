// Loaded into an ai-ops before it starts (`--import`): it kills itself, as `kill -9` does, at the very moment when the
// disk says for the first time that the step AIOPS_TEST_DIE_AFTER has ended well. Nothing runs after that.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { open, rename } = fs;
const step = process.env.AIOPS_TEST_DIE_AFTER;

function isInSnapshot(file) {
  const sql = `SELECT count(*) FROM steps WHERE name = '${step}' AND outcome = 'ok'`;
  return execFileSync('sqlite3', [file, sql], { encoding: 'utf8' }).trim() !== '0';
}

/** The statement that writes the row: its name, two times, how long it took, how it ended. */
function isInChanges(file) {
  return new RegExp(`"${step}","[^"]*","[^"]*",\\d+,"ok"`).test(readFileSync(file, 'utf8'));
}

const die = () => process.kill(process.pid, 'SIGKILL');

if (step && process.argv[1]?.endsWith('dist/main.js')) {
  fs.rename = async (from, to) => {
    await rename(from, to);
    if (String(to).endsWith('.sqlite') && isInSnapshot(to)) die();
  };
  fs.open = async (path, ...how) => {
    const handle = await open(path, ...how);
    if (!String(path).endsWith('.changes')) return handle;
    const datasync = handle.datasync.bind(handle);
    handle.datasync = async () => {
      await datasync();
      if (isInChanges(path)) die();
    };
    return handle;
  };
  syncBuiltinESMExports();
}
