// Repositories of any size, made by `git fast-import`: directories three deep, text that compresses like code, a history.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { GIT_ENV } from '../../support/git-program.ts';

const run = promisify(execFile);
const WORDS = 'const let value result of list map filter return async await error when then throw new string number size'.split(' ');

/** Runs git with an environment of its own. @returns its output without the last newline */
export async function git(dir, ...argv) {
  const { stdout } = await run('git', argv, { cwd: dir, env: GIT_ENV, maxBuffer: 256 * 2 ** 20 });
  return stdout.replace(/\n$/, '');
}

/** @returns path number `n` of a repository of `files` files */
export function pathOf(n, files) {
  const wide = Math.max(3, Math.round(Math.cbrt(files / 10)));
  return `src/area${n % wide}/part${Math.floor(n / wide) % wide}/unit${Math.floor(n / wide / wide) % wide}/file${n}.js`;
}

/** Fills a bare repository with `files` files on `main`, `history` commits before the last. */
export async function fill(bare, files, history) {
  const random = generator(files);
  await importing(bare, async (write) => {
    await write(commit('first', 0));
    for (let n = 0; n < files; n++) await write(file(pathOf(n, files), text(random, 40 + (n % 160))));
    for (let n = 1; n <= history; n++) {
      await write(commit(`change ${n}`, n));
      for (let k = 0; k < 5; k++) await write(file(pathOf(Math.floor(random() * files), files), text(random, 80)));
    }
  });
  await git(bare, 'repack', '-adq');
}

/** Somebody else's commit on `main`: five files. */
export async function moveOn(bare, files, number) {
  const random = generator(number + 7);
  await importing(bare, async (write) => {
    await write(`${commit(`moved on ${number}`, 1000 + number)}from refs/heads/main^0\n`);
    for (let k = 0; k < 5; k++) await write(file(pathOf(Math.floor(random() * files), files), text(random, 80)));
  });
}

async function importing(bare, feed) {
  const child = spawn('git', ['fast-import', '--quiet', '--force'], { cwd: bare, env: GIT_ENV, stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(child, 'close');
  await feed(async (text) => {
    if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  });
  child.stdin.end('done\n');
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function commit(message, at) {
  return `commit refs/heads/main\ncommitter Bench <bench@example.invalid> ${1700000000 + at * 60} +0000\n${data(message)}`;
}

function file(path, content) {
  return `M 100644 inline ${path}\n${data(content)}`;
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function text(random, lines) {
  const line = () => Array.from({ length: 5 }, () => WORDS[Math.floor(random() * WORDS.length)] + Math.floor(random() * 1000)).join(' ');
  return `${Array.from({ length: lines }, line).join('\n')}\n`;
}

/** mulberry32: the same repository in every run. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
