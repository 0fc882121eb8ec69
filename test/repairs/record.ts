// Records `NAME/crash.log` anew: `node test/repairs/record.ts [NAME ...]`, as root, because each repository is laid under
// /srv, where a service would have it. What the program prints is kept as it is, on both streams.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './row.ts';
import { ROWS } from './rows.ts';
import { toolchains } from './toolchains.ts';

const wanted = process.argv.slice(2);

for (const { name, run, crash } of ROWS.filter((row) => wanted.length === 0 || wanted.includes(row.name))) {
  const place = join('/srv', name);
  if (existsSync(place)) throw new Error(`${place} is there already`);
  cpSync(join(folderOf(name), 'repo'), place, { recursive: true, verbatimSymlinks: true });
  try {
    // The system's own interpreters: their places are the same everywhere.
    const { PATH, ...more } = toolchains();
    const env = { ...process.env, ...more, PATH: `${(PATH ?? '').split(':').slice(2).join(':')}`, SHELL: '/bin/sh' };
    const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1\n${run}`], { cwd: place, env, encoding: 'utf8' });
    if (status === 0 || !crash.test(stdout)) throw new Error(`${name} did not die of its bug (${status}): ${stdout}`);
    writeFileSync(join(folderOf(name), 'crash.log'), stdout);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
