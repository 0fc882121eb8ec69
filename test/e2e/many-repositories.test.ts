// One watcher of several repositories, made from one template: what a record leads to, and nothing else, is repaired in its own
// repository; what could be of several is counted, told with its reason, and costs nothing.
import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { GIT_ENV } from '../support/git-program.ts';
import { slowTest } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';
import { plantClaude, resultLine } from '../support/shell-claude.ts';
import { type Json, parseLines } from '../support/world.ts';
import { block } from './conversations.ts';
import { LIMIT } from './observe.ts';

const BROKEN = 'export function discount(order) {\n  return order.coupon.percent;\n}\n';
const MENDED = 'export function discount(order) {\n  return order.coupon?.percent ?? 0;\n}\n';

/** What is said of a log holds for what a command prints, too. */
const COMMANDS = [
  { command: ['cat', '../by-mailer'], cursor: 'time', service: 'mailer' },
  { command: ['cat', '../by-pay'], cursor: 'time', repository: '../pay' },
];

let dir: string;

/** A record as a logger writes it. @param file the nearest frame, in the program's container */
function record(file: string, more: object = {}): string {
  const message = "Cannot read properties of undefined (reading 'percent')";
  const stack = `TypeError: ${message}\n    at discount (${file}:2:23)\n    at handler (/app/src/index.js:9:3)`;
  return `${JSON.stringify({ level: 'error', time: '2026-03-01T10:00:00.000Z', msg: 'failed', err: { type: 'TypeError', message, stack }, ...more })}\n`;
}

function makeService(name: string): void {
  const service = join(dir, name);
  mkdirSync(join(service, 'src', name), { recursive: true });
  for (const path of ['src/price.js', `src/${name}/price.js`]) writeFileSync(join(service, path), BROKEN);
  writeFileSync(join(service, 'src/index.js'), "import { discount } from './price.js';\n".repeat(9));
  writeFileSync(join(service, 'package.json'), '{ "type": "module" }\n');
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: service, env: { ...GIT_ENV, HOME: dir } });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'begin');
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-several-'));
  mkdirSync(join(dir, 'bin'));
  mkdirSync(join(dir, 'box'));
  writeFileSync(join(dir, 'answer.json'), `${resultLine(`No coupon.\n\n${block('src/price.js', MENDED)}`)}\n`);
  plantClaude(join(dir, 'bin'), `cat > /dev/null; echo asked >> ${join(dir, 'asked')}; cat ${join(dir, 'answer.json')}`);
  for (const name of ['shop', 'mailer', 'pay']) makeService(name);
  writeFileSync(
    join(dir, 'box', '.aiopsrc.json'),
    JSON.stringify({
      logs: ['app.log', { path: 'mailer.log', service: 'mailer' }, { path: 'of-pay.log', repository: '../pay' }, ...COMMANDS],
      repos: ['shop', 'mailer', 'pay'].map((name) => ({ url: `../${name}`, services: [name] })),
    }),
  );
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(
  ...argv: readonly string[]
): Promise<{ readonly code: number | null; readonly json: readonly Json[]; readonly stderr: string }> {
  const env = {
    HOME: dir,
    PATH: [join(dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    TMPDIR: dir,
    VERIFY_TEST: 'true',
  };
  const args = [process.execPath, MAIN, ...argv, '--json', '--config', '.aiopsrc.json', '--state-dir', join(dir, 'state')];
  const program = startProgram(args, { cwd: join(dir, 'box'), env });
  const code = await program.exit;
  return { code, json: parseLines(program.stdout()), stderr: program.stderr() };
}
const counts = async () =>
  (await run('incidents')).json
    .filter(({ kind }) => kind === 'incident')
    .map(({ repository, count, reason, state }) => [String(repository).replace(`path:${dir}/`, ''), count, state, reason])
    .toSorted();

test(
  'a dry run counts each where it belongs, also over a restart',
  async () => {
    const lines = [record('/app/src/shop/price.js'), record('/app/src/price.js', { service: 'mailer' }), record('/app/src/price.js')];
    writeFileSync(join(dir, 'box', 'app.log'), lines.join('').repeat(3));
    writeFileSync(join(dir, 'box', 'mailer.log'), record('/app/src/price.js').repeat(2));
    writeFileSync(join(dir, 'box', 'of-pay.log'), record('/app/src/price.js'));
    writeFileSync(join(dir, 'by-mailer'), record('/app/src/price.js').repeat(4));
    writeFileSync(join(dir, 'by-pay'), record('/app/src/price.js').repeat(5));
    const dry = () => run('watch', '--once', '--dry-run', '--from', 'start');
    expect(await dry()).toMatchObject({ code: 0 });
    await dry();
    expect(await counts()).toEqual([
      ['box', 3, 'skipped', 'no-repository: shop or mailer or pay'],
      ['mailer', 9, 'skipped', 'dry-run'],
      ['pay', 6, 'skipped', 'dry-run'],
      ['shop', 3, 'skipped', 'dry-run'],
    ]);
    expect(existsSync(join(dir, 'asked'))).toBe(false);
  },
  LIMIT,
);

slowTest(
  'each is repaired in its own repository, once; what could be of several costs nothing',
  async () => {
    const services = ['pay', 'shop', 'mailer'].map((service) => record('/app/src/price.js', { service }));
    appendFileSync(join(dir, 'box', 'app.log'), [...services, record('/app/src/price.js')].join(''));
    const { code, json } = await run('watch', '--once');
    expect(code).toBe(0);
    const results = json
      .filter(({ kind }) => kind === 'result')
      .map(({ repository, outcome }) => [String(repository).replace(`path:${dir}/`, ''), outcome]);
    expect(results.toSorted()).toEqual(['mailer', 'pay', 'shop'].map((name) => [name, 'proposed']));
    expect(readFileSync(join(dir, 'asked'), 'utf8')).toBe('asked\n'.repeat(3));
    expect((await counts()).map(([name, count, state]) => [name, count, state])).toEqual([
      ['box', 4, 'skipped'],
      ['mailer', 10, 'proposed'],
      ['pay', 7, 'proposed'],
      ['shop', 1, 'proposed'],
      ['shop', 3, 'skipped'],
    ]);
  },
  LIMIT * 2,
);
