// `npm run build`: src → dist. With `--if-stale` it does nothing when dist is newer than everything it is made of.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.ts';
import { noticesOf, thirdPartyText } from './licenses.ts';
import { pack, writeMain } from './packed.ts';

const dist = join(root, 'dist');

if (!process.argv.includes('--if-stale') || isStale()) {
  // Made beside it and put in its place, so that two builds at the same time leave a whole one.
  const made = `${dist}-${process.pid}`;
  mkdirSync(made);
  const { inputs, names } = await pack(made, process.execPath, true);
  const notices = noticesOf(root, inputs);
  writeFileSync(join(made, 'third-party-licenses.txt'), thirdPartyText(notices));
  writeFileSync(join(made, 'licenses.json'), JSON.stringify(notices));
  // The last: `--if-stale` takes the time of main.js for that of the build.
  writeMain(made);
  const old = `${made}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(made, dist);
  rmSync(old, { recursive: true, force: true });
  process.stderr.write(`built dist: ${names.length} files\n`);
}

function isStale() {
  const built = statSync(join(dist, 'main.js'), { throwIfNoEntry: false });
  if (built === undefined) return true;
  return ['src', 'examples', 'bin', 'package.json', 'package-lock.json'].some((name) => newest(join(root, name)) > built.mtimeMs);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}
