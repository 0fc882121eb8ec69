// What is fuzzed: each area makes one hostile thing, hands it to the whole program, and says what was wrong about the ending.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ANSWER, plantClaude, resultLine } from '../../support/shell-claude.ts';
import { gitIn } from './checkout.ts';
import { jsonOf, noisy, pick, type Random } from './noise.ts';
import { jsonLines, problemsOf, runOn } from './program.ts';
import { startHostileServer } from './server.ts';

export interface Scene {
  readonly random: Random;
  readonly main: string;
  /** Empty, and of this round alone. */
  readonly dir: string;
}

export type Area = (scene: Scene) => Promise<readonly string[]>;

/** Of processor time. */
const LIMIT_MS = 5000;
const GOLDEN = join(import.meta.dirname, '../../golden/logs');

const logOf = (random: Random): Buffer => {
  const names = readdirSync(GOLDEN, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(GOLDEN, name)).isFile())
    .sort();
  return Buffer.concat([pick(random, names), pick(random, names)].map((name) => readFileSync(join(GOLDEN, name))));
};

/** Events lie in the file, in order of their offsets, and their lines are there. */
export const scan: Area = async ({ random, main, dir }) => {
  const bytes = noisy(random, logOf(random));
  writeFileSync(join(dir, 'app.log'), bytes);
  const ran = await runOn({ main, args: ['scan', '--events', '--json', 'app.log'], cwd: dir });
  const problems = problemsOf(ran, LIMIT_MS);
  if (problems.length > 0 || ran.code !== 0) return problems;
  return jsonLines(ran).flatMap((event) => {
    if (event.kind !== 'event') return [];
    const [offset, endOffset, line, endLine] = [event.offset, event.endOffset, event.line, event.endLine].map(Number);
    const isInside = 0 <= offset! && offset! < endOffset! && endOffset! <= bytes.length && 1 <= line! && line! <= endLine!;
    return isInside ? [] : [`an event from ${offset} to ${endOffset}, lines ${line} to ${endLine}, in ${bytes.length} bytes`];
  });
};

export const config: Area = async ({ random, main, dir }) => {
  const isYaml = random() < 0.4;
  const yaml = 'a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nlogs: *c\npolicy:\n  minCount: 1\n';
  const text = isYaml ? Buffer.from(yaml) : Buffer.from(JSON.stringify(jsonOf(random), null, 1) ?? 'null');
  writeFileSync(join(dir, isYaml ? '.aiopsrc.yaml' : '.aiopsrc.json'), random() < 0.5 ? text : noisy(random, text));
  if (random() < 0.3) writeFileSync(join(dir, '.env'), noisy(random, Buffer.from('GITHUB_TOKEN=x\nexport LOG_FILE_PATH="a\nb"\n# c\n')));
  return problemsOf(await runOn({ main, args: ['config', '--json'], cwd: dir }), LIMIT_MS);
};

/** A damaged ledger is said and set aside, or read as far as it is whole; what comes after is counted. */
export const ledger: Area = async ({ random, main, dir }) => {
  const state = ['--state-dir', join(dir, 'state')];
  const watch = ['watch', '--once', '--dry-run', '--from', 'start', '--json', ...state, 'app.log'];
  writeFileSync(join(dir, 'app.log'), logOf(random));
  const first = problemsOf(await runOn({ main, args: watch, cwd: dir }), LIMIT_MS);
  if (first.length > 0) return first;
  const files = readdirSync(join(dir, 'state')).filter((name) => /^ai-ops\.sqlite(?:\.changes)?$/.test(name));
  for (const name of files) {
    if (random() < 0.3) continue;
    const file = join(dir, 'state', name);
    copyFileSync(file, join(dir, `${name}.before`));
    writeFileSync(file, noisy(random, readFileSync(file), 20_000_000));
  }
  const problems: string[] = [];
  for (const args of [['incidents', '--json', ...state], ['status', '--json', ...state], watch, ['incidents', '--json', ...state]])
    problems.push(...problemsOf(await runOn({ main, args, cwd: dir }), LIMIT_MS).map((problem) => `${args[0]}: ${problem}`));
  return problems;
};

const APP = 'export const discount = (order) => order.coupon.percent;\n';
const LOG = `2026-03-01T10:00:00.000Z ERROR TypeError: Cannot read properties of undefined (reading 'percent')
    at discount (/srv/shop/src/app.js:1:45)
    at handler (/srv/shop/src/app.js:1:10)
`;

/** An answer that is no answer: nothing outside of the repository is written, and nothing is proposed that git did not see. */
export const answers: Area = async ({ random, main, dir }) => {
  const repo = join(dir, 'shop');
  mkdirSync(join(repo, 'src'), { recursive: true });
  writeFileSync(join(repo, 'src/app.js'), APP);
  gitIn(repo);
  writeFileSync(join(dir, 'app.log'), LOG);
  const whole = `It was null.\n\n<code_block filename="src/app.js">\nexport const discount = (order) => order.coupon?.percent ?? 0;\n</code_block>\n`;
  const outside = [
    '../escape.js',
    join(dir, 'escape.js'),
    '.git/hooks/post-commit',
    'src/../../escape.js',
    'a\0b.js',
    'CON',
    '.GIT/config',
    'src/app.js/x',
  ];
  const named = `<code_block filename="${pick(random, outside)}" new="true">\nexport default 1;\n</code_block>\n`;
  const text = noisy(random, Buffer.from(pick(random, [whole, ANSWER, `${whole}${named}`, named]))).toString();
  const line = Buffer.from(`${resultLine(text)}\n`);
  const said = random() < 0.5 ? line : noisy(random, line, 5_000_000);
  writeFileSync(join(dir, 'said'), said);
  plantClaude(dir, `cat > /dev/null; cat '${join(dir, 'said')}'`);
  const env = { CLAUDE_COMMAND: join(dir, 'claude'), CODE_HOST: 'local' };
  const args = ['fix', join(dir, 'app.log'), '--json', '--state-dir', join(dir, 'state')];
  const before = listing(repo);
  const ran = await runOn({ main, args, cwd: repo, env });
  const problems = [...problemsOf(ran, 6 * LIMIT_MS)];
  if (listing(repo) !== before) problems.push('the checkout has changed');
  if (readdirSync(dir).includes('escape.js')) problems.push('a file outside of the repository was written');
  for (const result of ran.signal === null ? jsonLines(ran) : []) {
    if (result.outcome !== 'proposed') continue;
    const paths = (result.files as readonly { readonly path: string }[]).map(({ path }) => path);
    const odd = paths.filter((path) => !/^(?:src|test)\/[\w.-]+\.js$/.test(path));
    if (odd.length > 0) problems.push(`proposed ${JSON.stringify(odd)}`);
  }
  return problems;
};

/** All files below, with their sizes and times of change. */
export function listing(dir: string): string {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, statSync(join(dir, name)).size, statSync(join(dir, name)).mtimeMs].join(' '))
    .join('\n');
}

/** A look waits 5 s for a server; the rest is a busy machine. */
const LOOK_MS = 40_000;

/** A code host and a git server that lie, drip, bomb and never end. */
export const servers: Area = async ({ random, main, dir }) => {
  const server = await startHostileServer(random);
  try {
    const repo = join(dir, 'shop');
    mkdirSync(repo);
    writeFileSync(join(repo, 'a.js'), APP);
    gitIn(repo, `${server.url}/shop/orders.git`);
    writeFileSync(join(repo, 'app.log'), LOG);
    const env = { GITHUB_TOKEN: 'x'.repeat(40), GITHUB_API_URL: server.url, CODE_HOST: 'github', GITHUB_REPO: 'shop/orders' };
    const state = ['--state-dir', join(dir, 'state')];
    const args = pick(random, [
      ['doctor', '--json', ...state],
      ['fix', 'app.log', '--dry-run', '--json', ...state],
    ]);
    const ran = await runOn({ main, args, cwd: repo, env, killMs: LOOK_MS });
    const secret = `${ran.stdout}${ran.stderr}`.includes(env.GITHUB_TOKEN) ? ['the token stands in what was printed'] : [];
    return [...problemsOf(ran, 2 * LIMIT_MS), ...secret].map((problem) => `${args[0]} against ${server.way}: ${problem}`);
  } finally {
    await server.close();
  }
};

/** Compressed logs that are cut, damaged, or much larger than they look. */
export const packed: Area = async ({ random, main, dir }) => {
  const bytes = gzipSync(random() < 0.2 ? Buffer.alloc(50_000_000, 'all is well\n') : logOf(random));
  writeFileSync(join(dir, 'app.log.gz'), random() < 0.3 ? bytes : noisy(random, bytes));
  return problemsOf(await runOn({ main, args: ['scan', '--json', 'app.log.gz'], cwd: dir }), 2 * LIMIT_MS);
};

/** Kept for a look when something was wrong in it. */
export const forget = (dir: string): void => rmSync(dir, { recursive: true, force: true });
