// `npm run bench:git [-- --sizes 200,5000,30000] [--rounds N] [--save]`: fetch the tip, list its files, read three, commit,
// push; by ai-ops and by native git, in turns, against one real smart-HTTP server (git http-backend). Cold is a new process
// with an empty cache; warm a process that has the repository; "moved on" adds somebody else's commits before the fetch
// and between the commit and the push. The server counts the bytes.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { GIT_ENV } from '../support/git-program.ts';
import { startGitServer } from '../support/git-server.ts';
import { fill, git, moveOn, pathOf } from './git/repositories.js';

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '200,5000,30000' }, rounds: { type: 'string', default: '5' }, save: { type: 'boolean' } },
});
const ROUNDS = Number(values.rounds);
const place = await mkdtemp(join(tmpdir(), 'ai-ops-bench-git-'));
const driver = join(place, 'driver.mjs');
let number = 0;
await build({
  entryPoints: ['test/bench/git/driver.ts'],
  outdir: place,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  banner: {
    js: "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
  },
});
const server = await startGitServer({ root: join(place, 'served'), users: [{ token: 'token', access: 'write' }] });
const rows = [];
try {
  for (const size of values.sizes.split(',').map(Number)) rows.push(...(await measure(size)));
} finally {
  await server.close();
  await rm(place, { recursive: true, force: true });
}
await report(rows);

async function measure(files) {
  const name = `bench${files}`;
  const url = await server.create(name);
  await fill(server.dir(name), files, 30);
  const subject = { files, url, bare: server.dir(name), paths: [1, Math.floor(files / 3), files - 2].map((n) => pathOf(n, files)) };
  const found = [];
  for (const moved of [false, true])
    found.push(
      await compare(
        subject,
        'cold',
        moved,
        () => openOurs(subject),
        () => openNative(subject),
      ),
    );
  const [ours, native] = [await openOurs(subject), await openNative(subject)];
  for (const side of [ours, native]) await repair(side, subject, false);
  for (const side of [ours, native]) side.isWarm = true;
  for (const moved of [false, true])
    found.push(
      await compare(
        subject,
        'warm',
        moved,
        async () => ours,
        async () => native,
      ),
    );
  for (const side of [ours, native]) await side.end();
  for (const again of [false, true]) found.push(await compareTrees(subject, again));
  return found;
}

/** A work tree on disk: the first one, and the next with another base commit after a test run has left things in it. */
async function compareTrees(subject, again) {
  const runs = { ours: [], native: [] };
  for (let round = 0; round < Math.min(ROUNDS, 3); round++) {
    for (const [who, open] of Object.entries({ ours: openOurs, native: openNativeTree })) {
      server.requests.length = 0;
      let start = performance.now();
      const side = await open(subject);
      let answer = await side.open();
      if (again) {
        await moveOn(subject.bare, subject.files, nextNumber());
        server.requests.length = 0;
        start = performance.now();
        answer = await side.open();
      }
      const ms = performance.now() - start;
      const [up, down] = ['received', 'sent'].map((way) => server.requests.reduce((sum, request) => sum + request[way], 0));
      runs[who].push({ ms, up, down, requests: server.requests.length, ...answer });
      await side.end();
    }
  }
  const row = { files: subject.files, state: again ? 'work tree, the next' : 'work tree, the first', ...runs };
  process.stderr.write(
    `${row.files} ${row.state}: ${median(row.ours, 'ms').toFixed(0)} ms, native ${median(row.native, 'ms').toFixed(0)} ms\n`,
  );
  return row;
}

async function openNativeTree({ url }) {
  const dir = join(place, `tree${nextNumber()}`);
  let isCloned = false;
  return {
    open: async () => {
      if (isCloned) {
        await git(dir, 'fetch', '-q', 'origin', 'main');
        await git(dir, 'reset', '-q', '--hard', 'FETCH_HEAD');
        await git(dir, 'clean', '-qfdx');
      } else await git(place, 'clone', '-q', '--depth', '1', url.replace('http://', 'http://x-access-token:token@'), dir);
      isCloned = true;
      return { rss: 0, blockedMs: 0 };
    },
    end: () => rm(dir, { recursive: true, force: true }),
  };
}

async function compare(subject, state, moved, ours, native) {
  const runs = { ours: [], native: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const [who, open] of Object.entries(round % 2 === 0 ? { ours, native } : { native, ours })) {
      server.requests.length = 0;
      const start = performance.now();
      const side = await open();
      const opened = performance.now() - start;
      const run = await repair(side, subject, moved);
      runs[who].push({ ...run, ms: run.ms + (state === 'cold' ? opened : 0) });
      if (state === 'cold') await side.end();
    }
  }
  const row = { files: subject.files, state: moved ? `${state}, moved on` : state, ...runs };
  process.stderr.write(
    `${row.files} ${row.state}: ${median(row.ours, 'ms').toFixed(0)} ms, native ${median(row.native, 'ms').toFixed(0)} ms\n`,
  );
  return row;
}

/** One repair; the moving on is not timed. */
async function repair(side, subject, moved) {
  const branch = `ai-ops/fix-${nextNumber()}`;
  if (moved && side.isWarm) await moveOn(subject.bare, subject.files, nextNumber());
  if (side.isWarm) server.requests.length = 0;
  const start = performance.now();
  await side.commit(branch);
  const half = performance.now() - start;
  if (moved) await moveOn(subject.bare, subject.files, nextNumber());
  const again = performance.now();
  const { rss, blockedMs } = await side.push(branch);
  const ms = half + performance.now() - again;
  const requests = server.requests.length;
  const [up, down] = ['received', 'sent'].map((way) => server.requests.reduce((sum, request) => sum + request[way], 0));
  return { ms, up, down, requests, rss, blockedMs };
}

async function openOurs({ url, paths }) {
  const child = fork(driver, [url, join(place, `store${nextNumber()}`), ...paths], { execArgv: [] });
  await once(child, 'message');
  child.on('exit', (code) => code && process.exit(1));
  let answered = () => {};
  child.on('message', (answer) => answered(answer));
  const ask = (order) =>
    new Promise((resolve) => {
      answered = resolve;
      child.send(order);
    });
  return {
    commit: (branch) => ask({ do: 'commit', branch }),
    push: (branch) => ask({ do: 'push', branch }),
    open: () => ask({ do: 'open' }),
    end: async () => {
      const gone = once(child, 'exit');
      child.send({ do: 'end' });
      await gone;
    },
  };
}

/** The quickest way with native git: a bare partial clone of the tip, plumbing, a push. */
async function openNative({ url, paths }) {
  const dir = join(place, `native${nextNumber()}`);
  await mkdir(dir);
  const address = url.replace('http://', 'http://x-access-token:token@');
  await git(dir, 'clone', '-q', '--bare', '--depth', '1', '--filter=blob:none', address, '.');
  let base = await git(dir, 'rev-parse', 'HEAD');
  let commit = '';
  return {
    commit: async (branch) => {
      await git(dir, 'fetch', '-q', '--filter=blob:none', 'origin', '+refs/heads/main:refs/remotes/origin/main');
      base = await git(dir, 'rev-parse', 'refs/remotes/origin/main');
      await git(dir, 'ls-tree', '-r', base);
      const texts = await Promise.all(paths.map((path) => git(dir, 'cat-file', 'blob', `${base}:${path}`)));
      const files = paths.map((path, n) => `M 100644 inline ${path}\ndata <<__END\n${texts[n]}\nmended by ${branch}\n__END\n`).join('');
      const who = 'committer ai-ops <ai-ops@localhost> 0 +0000';
      await piped(dir, `commit refs/heads/mine\n${who}\ndata 4\nmend\nfrom ${base}\n${files}done\n`);
      commit = await git(dir, 'rev-parse', 'refs/heads/mine');
    },
    push: async (branch) => {
      await git(dir, '-c', 'push.negotiate=true', 'push', '-q', 'origin', `${commit}:refs/heads/${branch}`);
      return { rss: 0, blockedMs: 0 };
    },
    end: () => rm(dir, { recursive: true, force: true }),
  };
}

async function piped(dir, text) {
  const child = spawn('git', ['fast-import', '--quiet', '--force', '--done'], {
    cwd: dir,
    env: GIT_ENV,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(text);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

async function report(rows) {
  const { version } = JSON.parse(await readFile('package.json', 'utf8'));
  const kb = (bytes) => (bytes / 1024).toFixed(1);
  const lines = rows.map(({ files, state, ours, native }) =>
    [
      '',
      files.toLocaleString('en'),
      state,
      median(ours, 'ms').toFixed(0),
      median(native, 'ms').toFixed(0),
      (median(ours, 'ms') / median(native, 'ms')).toFixed(2),
      `${kb(median(ours, 'up'))} / ${kb(median(native, 'up'))}`,
      `${kb(median(ours, 'down'))} / ${kb(median(native, 'down'))}`,
      `${median(ours, 'requests')} / ${median(native, 'requests')}`,
      (Math.max(...ours.map(({ rss }) => rss)) / 2 ** 20).toFixed(0),
      Math.max(...ours.map(({ blockedMs }) => blockedMs)).toFixed(0),
      '',
    ]
      .join(' | ')
      .trim(),
  );
  const text = [
    '',
    `ai-ops ${version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${await git('.', '--version')}; medians of ${ROUNDS}.`,
    '',
    '| files | state | ai-ops ms | git ms | ratio | sent KB, ai-ops / git | received KB | requests | peak MB | loop blocked ms |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
  process.stdout.write(`${text}\n`);
  if (!values.save) return;
  const file = 'doc/benchmarks.md';
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(/(<!-- git -->\n)[\s\S]*(<!-- \/git -->)/, (_all, open, close) => `${open}${text}\n${close}`),
  );
}

function nextNumber() {
  number += 1;
  return number;
}

function median(runs, key) {
  return runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
}
