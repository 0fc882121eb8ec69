// Loaded into an ai-ops before it starts (`--import`): it kills itself, as `kill -9` does, at the very moment when the disk says that
// the step AIOPS_TEST_DIE_AFTER has ended in this process, or with AIOPS_TEST_DIE_WHEN=begun that it has begun. Nothing runs after
// that.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const { open, rename } = fs;
const step = process.env.AIOPS_TEST_DIE_AFTER;
const outcomes = process.env.AIOPS_TEST_DIE_WHEN === 'begun' ? ['running'] : ['ok', 'failed', 'skipped'];

/** Rows of that step in the ledger, by trace and time of their beginning. */
function inSnapshot(file) {
  if (!existsSync(file)) return [];
  const wanted = outcomes.map((outcome) => `'${outcome}'`).join(', ');
  const sql = `SELECT trace || ' ' || started_at FROM steps WHERE name = '${step}' AND outcome IN (${wanted})`;
  try {
    return execFileSync('sqlite3', [file, sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')
      .filter(Boolean);
  } catch {
    return []; // no table yet
  }
}

/** The statements that write such a row: trace, name, two times, how long it took, how it ended. */
function inChanges(file) {
  if (!existsSync(file)) return [];
  const row = new RegExp(`"([^"]+)","${step}","([^"]+)",(?:null,null|"[^"]*",\\d+),"(?:${outcomes.join('|')})"`, 'g');
  return [...readFileSync(file, 'utf8').matchAll(row)].map(([, trace, startedAt]) => `${trace} ${startedAt}`);
}

let before;
/** @param file the snapshot */
const look = (file) => new Set([...inSnapshot(file), ...inChanges(`${file}.changes`)]);
const dieOfNews = (file) => {
  for (const row of look(file)) if (!before.has(row)) process.kill(process.pid, 'SIGKILL');
};

if (step && process.argv[1]?.endsWith('dist/main.js')) {
  fs.rename = async (from, to) => {
    const file = String(to);
    if (!file.endsWith('.sqlite')) return rename(from, to);
    before ??= look(file);
    await rename(from, to);
    dieOfNews(file);
  };
  fs.open = async (path, ...how) => {
    const file = String(path);
    if (!file.endsWith('.sqlite.changes')) return open(path, ...how);
    before ??= look(file.slice(0, -'.changes'.length));
    const handle = await open(path, ...how);
    const datasync = handle.datasync.bind(handle);
    handle.datasync = async () => {
      await datasync();
      dieOfNews(file.slice(0, -'.changes'.length));
    };
    return handle;
  };
  syncBuiltinESMExports();
}
