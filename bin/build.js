// `npm run build`: src → dist. With `--if-stale` it does nothing when dist is newer than everything it is made of.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleModules, embeddedFiles, root } from './bundle.ts';
import { noticesOf, thirdPartyText } from './licenses.ts';

const dist = join(root, 'dist');

if (!process.argv.includes('--if-stale') || isStale()) {
  const { modules, inputs } = await bundleModules();
  const extras = embeddedFiles();
  // Made beside it and put in its place, so that two builds at the same time leave a whole one.
  const made = `${dist}-${process.pid}`;
  mkdirSync(made);
  for (const { name, bytes } of extras) writeFileSync(join(made, name), bytes);
  const notices = noticesOf(root, inputs);
  writeFileSync(join(made, 'third-party-licenses.txt'), thirdPartyText(notices));
  writeFileSync(join(made, 'licenses.json'), JSON.stringify(notices));
  // main.js last: `--if-stale` takes its time for the time of the build.
  for (const { name, text } of [...modules].sort((a, b) => Number(a.name === 'main.js') - Number(b.name === 'main.js'))) {
    writeFileSync(join(made, name), text);
  }
  const old = `${made}-old`;
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(made, dist);
  rmSync(old, { recursive: true, force: true });
  const kb = Math.round(modules.reduce((sum, { text }) => sum + text.length, 0) / 1024);
  process.stderr.write(`built dist: ${modules.length} modules, ${kb} kB\n`);
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
