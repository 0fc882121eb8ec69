// `npm run bench:repair`: the time of a repair from the claim to the mail, step by step, on repositories of 200, 1,000
// and 30,000 files. The Claude Code CLI is the real one, its model answers at once; the row `fix` is its time, and the sums
// are without it. Beside it, in the same run: native git that clones, commits one file and pushes.
// `node test/bench/repair.js ROUNDS 1000 OTHER/dist/main.js` sets another build beside this one, with a sandbox and without:
// all three in turn, so that other work of the machine slows them alike.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { STEP_ORDER } from '../../src/core/policy/steps.ts';
import { answerFromTheBook, CART_AFTER, CART_BEFORE, call, say } from '../e2e/conversations.ts';
import { plantSettings } from '../support/settings.ts';
import { startWorld } from '../support/world.ts';

const [, , rounds = '3', sizes = '200,1000,30000', other] = process.argv;
const SIZES = sizes.split(',').map(Number);
const ROUNDS = Number(rounds);
const STEPS = STEP_ORDER;
const OWN = resolve('dist/main.js');
const NO_COMMANDS = { verify: { setup: [], check: [], test: [] } };

/** The program, which leaves its own processor time (not that of what it starts) in milliseconds. */
const ENTRY = (program, used, isOlder) => `import { rmSync, writeFileSync } from 'node:fs';
${isOlder ? '// What the world says to this program in a file, an older one may not know.\nrmSync(process.env.HOME + "/.config/ai-ops/config.json", { force: true });' : ''}
process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(${JSON.stringify(used)}, String((userCPUTime + systemCPUTime) / 1000));
});
await import(${JSON.stringify(pathToFileURL(program).href)});
`;

/** Edits the cart, wherever the work tree is. */
const edit = (request) => {
  const dir = /working directory: (.+)/.exec(request.system)?.[1] ?? '';
  const file = join(dir, 'src/cart.js');
  if (request.turn === 0) return call('Read', { file_path: file });
  return request.turn === 1 ? call('Edit', { file_path: file, old_string: CART_BEFORE, new_string: CART_AFTER }) : say('Done.');
};

const KINDS = [
  { name: 'code_blocks, no commands', env: {}, config: NO_COMMANDS, script: answerFromTheBook, repairs: 2 },
  { name: 'code_blocks, tests', env: {}, config: {}, script: answerFromTheBook, repairs: 2 },
  { name: 'agentic, no commands', env: { CLAUDE_FIX_MODE: 'agentic' }, config: NO_COMMANDS, script: edit, repairs: 1 },
];

const lines = [
  '',
  `ai-ops ${JSON.parse(readFileSync('package.json', 'utf8')).version}, Node ${process.versions.node}, ${process.platform}-${process.arch}, ${cpus().length} × ${cpus()[0]?.model.trim()}; medians of ${ROUNDS}, ms.`,
  '',
  'Cold is the first repair with an empty state directory, warm the next one of another bug. `rest` is the ledger between the steps. The start of the process and the reading of the log come before (Start-up, Log engine).',
];

if (other === undefined) await all();
else await beside(other);

async function all() {
  for (const size of SIZES) {
    const rows = new Map();
    const add = (name, times) => rows.set(name, [...(rows.get(name) ?? []), times]);
    for (let round = 0; round < ROUNDS; round++) {
      for (const kind of KINDS) await repair(kind, size, add);
    }
    lines.push('', `### ${size.toLocaleString('en')} files`, '', ...table(rows));
    process.stderr.write(`${size} files done\n`);
  }
  write([...lines, '']);
}

async function beside(program) {
  const builds = { other: { program }, auto: { sandbox: 'auto' }, off: { sandbox: 'off' } };
  for (const size of SIZES) {
    const rows = new Map();
    for (let round = 0; round < ROUNDS; round++) {
      const names = Object.keys(builds);
      for (const build of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
        for (const kind of KINDS.slice(0, 2)) {
          await repair(
            kind,
            size,
            (name, times) => rows.set(`${name} ${build}`, [...(rows.get(`${name} ${build}`) ?? []), times]),
            builds[build],
          );
        }
      }
      process.stdout.write(`\n${round + 1} of ${ROUNDS}\n${table(rows).join('\n')}\n`);
    }
  }
}

async function repair({ name, env, config, script, repairs }, size, add, { program = OWN, sandbox } = {}) {
  const entry = mkdtempSync(join(tmpdir(), 'ai-ops-bench-main-'));
  const file = join(entry, 'main.mjs');
  const used = join(entry, 'used');
  writeFileSync(file, ENTRY(program, used, program !== OWN));
  const world = await startWorld({ host: 'github', script, env, program: file, grow: (dir) => grow(dir, size) });
  try {
    writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify(config));
    // That of the user: a repository does not say so.
    if (sandbox !== undefined) plantSettings(world.home, { verify: { sandbox } });
    if (name === KINDS[0].name) add('native git: clone --depth 1, commit, push', { total: await native(world) });
    await world.startService('--log', 'app.log', '--requests', 'demo').exit;
    const seen = (await world.run(['scan', 'app.log', '--json'])).json.filter(({ kind }) => kind === 'incident');
    const bugs = seen.filter(({ title }) => repairs > 1 || String(title).includes('percent')).slice(0, repairs);
    if (bugs.length < repairs) throw new Error(`${name}: ${bugs.length} incidents of ${repairs}`);
    for (const [index, { fingerprint }] of bugs.entries()) {
      rmSync(used, { force: true });
      const { code, json, stderr } = await world.run(['fix', '--from-log', 'app.log', '--json', '--fingerprint', String(fingerprint)]);
      if (code !== 0) throw new Error(`${name}, ${size} files: exit ${code} ${stderr}`);
      const { trace, durationMs } = json.at(-1);
      const processor = Number(readFileSync(used, 'utf8'));
      const [{ steps }] = (await world.run(['status', String(trace), '--json'])).json;
      const times = Object.fromEntries(steps.map((step) => [step.name, step.durationMs ?? 0]));
      const own = STEPS.reduce((sum, step) => sum + (times[step] ?? 0), 0);
      add(`${name}, ${index === 0 ? 'cold' : 'warm'}`, {
        ...times,
        rest: durationMs - own,
        total: durationMs - (times.fix ?? 0),
        processor,
      });
    }
  } finally {
    await world.close();
    rmSync(entry, { recursive: true, force: true });
  }
}

/** Sources that nobody calls, 100 to a directory. */
function grow(dir, size) {
  for (let n = 0; n < size; n++) {
    const folder = join(dir, 'lib', `part${Math.floor(n / 100)}`);
    if (n % 100 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `module${n}.js`), `// Part ${n}.\nexport function part${n}(value) {\n  return value + ${n};\n}\n`.repeat(8));
  }
}

/** The least that git itself needs for the same: a clone, one commit, one branch pushed. */
async function native(world) {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-bench-git-'));
  const env = { PATH: process.env.PATH, HOME: place, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
  // Not synchronous: the server is in this process.
  const git = async (cwd, ...args) => (await promisify(execFile)('git', args, { cwd, env })).stdout;
  try {
    const remote = new URL((await git(world.checkout, 'remote', 'get-url', 'origin')).trim());
    Object.assign(remote, { username: 'x', password: world.host.env.GITHUB_TOKEN });
    const begin = performance.now();
    await git(place, 'clone', '-q', '--depth', '1', remote.href, 'clone');
    const clone = join(place, 'clone');
    writeFileSync(join(clone, 'src/cart.js'), '// changed\n');
    await git(clone, '-c', 'user.name=bench', '-c', 'user.email=bench@example.invalid', 'commit', '-qam', 'bench');
    await git(clone, 'push', '-q', 'origin', 'HEAD:refs/heads/bench');
    return performance.now() - begin;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function table(rows) {
  const columns = ['rest', ...STEPS, 'total', 'processor'];
  const cell = (times, column) => {
    const values = times.flatMap((each) => each[column] ?? []).sort((a, b) => a - b);
    return values.length === 0 ? '–' : values[Math.floor(values.length / 2)].toFixed(0);
  };
  const head = columns.map((column) => (column === 'fix' ? '(fix)' : column === 'total' ? 'without fix' : column));
  return [
    `| | ${head.join(' | ')} |`,
    `|---|${columns.map(() => '---').join('|')}|`,
    ...[...rows].map(([name, times]) => `| ${name} | ${columns.map((column) => cell(times, column)).join(' | ')} |`),
  ];
}

function write(text) {
  const old = readFileSync('doc/benchmarks.md', 'utf8');
  const marks = /(<!-- repair -->\n)[\s\S]*?(<!-- \/repair -->)/;
  writeFileSync(
    'doc/benchmarks.md',
    old.replace(marks, (_, begin, end) => `${begin}${text.join('\n')}\n${end}`),
  );
  process.stdout.write(`${text.join('\n')}\n`);
}
