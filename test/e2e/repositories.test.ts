// Two repositories with the same bug on one state directory, as services made from one template have it: two incidents, two
// requests, two rows; what people say of one is said of that one alone, and each command names incidents in one way.

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { GIT_ENV } from '../support/git-program.ts';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';
import { plantSettings } from '../support/settings.ts';
import { plantClaude, resultLine } from '../support/shell-claude.ts';
import { type Json, parseLines } from '../support/world.ts';
import { block } from './conversations.ts';
import { LIMIT } from './observe.ts';

const NAME = 'TypeError in discount · src/price.js:2';
const BROKEN = 'export function discount(order) {\n  return order.coupon.percent;\n}\n';
const MENDED = 'export function discount(order) {\n  return order.coupon?.percent ?? 0;\n}\n';
const ANSWER = resultLine(`No coupon.\n\n${block('src/price.js', MENDED)}`);

let dir: string;

/** As it is deployed: the log names the files of the server. */
const log = (service: string): string =>
  [
    "ERROR TypeError: Cannot read properties of undefined (reading 'percent')",
    `    at discount (/srv/${service}/src/price.js:2:23)`,
    `    at handler (/srv/${service}/src/index.js:9:3)\n`,
  ].join('\n');

function makeService(name: string, remote?: string): void {
  const service = join(dir, name);
  mkdirSync(join(service, 'src'), { recursive: true });
  writeFileSync(join(service, 'src', 'price.js'), BROKEN);
  writeFileSync(join(service, 'src', 'index.js'), "import { discount } from './price.js';\n".repeat(9));
  writeFileSync(join(service, 'package.json'), '{ "type": "module" }\n');
  const git = (...args: readonly string[]): unknown => execFileSync('git', args, { cwd: service, env: { ...GIT_ENV, HOME: dir } });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('commit', '-q', '-m', 'begin');
  if (remote !== undefined) git('remote', 'add', 'origin', remote);
  writeFileSync(join(service, 'app.log'), log(name));
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-two-'));
  mkdirSync(join(dir, 'bin'));
  writeFileSync(join(dir, 'answer.json'), `${ANSWER}\n`);
  plantClaude(join(dir, 'bin'), `cat > /dev/null; cat ${join(dir, 'answer.json')}`);
  makeService('shop');
  makeService('mailer');
  plantSettings(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly json: readonly Json[];
}

async function run(cwd: string, ...argv: readonly string[]): Promise<Ran> {
  const env = {
    HOME: dir,
    PATH: [join(dir, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    TMPDIR: dir,
    VERIFY_TEST: 'true',
  };
  const args = [process.execPath, MAIN, ...argv, '--state-dir', join(dir, 'state')];
  const program = startProgram(args, { cwd: join(dir, cwd), env });
  const code = await program.exit;
  const stdout = program.stdout();
  return { code, stdout, stderr: program.stderr(), json: argv.includes('--json') ? parseLines(stdout) : [] };
}

const kinds = ({ json }: Ran, kind: string): readonly Json[] => json.filter((one) => one.kind === kind);

test(
  'each is repaired: two requests, two rows',
  async () => {
    for (const service of ['shop', 'mailer']) {
      const ran = await run(service, 'fix', 'app.log', '--json');
      expect({ code: ran.code, stderr: ran.stderr }).toMatchObject({ code: 0 });
      expect(kinds(ran, 'result')).toMatchObject([{ outcome: 'proposed', repository: `path:${join(dir, service)}` }]);
    }
    const all = (await run('shop', 'incidents', '--all-repositories', '--json')).json;
    expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    expect(all.map(({ repository, state, count, place }) => [repository, state, count, place]).toSorted()).toEqual(
      ['mailer', 'shop'].map((service) => [`path:${join(dir, service)}`, 'proposed', 1, 'src/price.js:2 discount']),
    );
    const requests = readdirSync(join(dir, 'state', 'requests'), { recursive: true }).map(String);
    expect(
      requests
        .filter((name) => name.endsWith('.md'))
        .map((name) => name.replace(/-[0-9a-f]{8}\/fix-[0-9a-f]{12}/, ''))
        .toSorted(),
    ).toEqual(['mailer.md', 'shop.md']);
  },
  LIMIT,
);

test(
  'lists show the current one by default, all with a column, and name each by type and place, its fingerprint last',
  async () => {
    const own = await run('shop', 'incidents');
    expect(own.stdout.trimEnd().split('\n')[0]).toMatch(/^COUNT +LAST SEEN +STATE +INCIDENT +REASON +FINGERPRINT$/);
    expect(own.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(own.stdout).toContain(NAME);
    const all = await run('shop', 'incidents', '--all-repositories');
    expect(all.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(all.stdout).toMatch(/REPOSITORY/);
    const traces = await run('mailer', 'status', '--json');
    expect(traces.json).toMatchObject([{ state: 'proposed', repository: `path:${join(dir, 'mailer')}` }]);
    expect((await run('mailer', 'status', '--json', '--all-repositories')).json).toHaveLength(2);
    expect((await run('mailer', 'status')).stdout).toContain('TypeError in discount');
    const page = await run('mailer', 'report', '--all-repositories', '-o', '-');
    expect(page.stdout).toContain(`path:${join(dir, 'shop')}`);
    expect(page.stdout).toContain(NAME);
    const short = /([0-9a-f]{12})\s*$/.exec(own.stdout)?.[1] ?? 'none';
    const one = await run('shop', 'incidents', short);
    expect(one.stdout.split('\n')[0]).toBe(NAME);
    const explained = await run('shop', 'explain', short.slice(0, 6));
    expect(explained.stdout.split('\n')[0]).toBe(NAME);
  },
  LIMIT,
);

test(
  'a trace of another repository is shown by its id, and not gone on with from here',
  async () => {
    const [trace] = (await run('mailer', 'status', '--json')).json;
    const id = String(trace?.trace);
    expect((await run('shop', 'status', id.slice(0, 6), '--json')).json).toMatchObject([{ trace: id }]);
    const retried = await run('shop', 'retry', id);
    expect({ code: retried.code, stderr: retried.stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining(`trace ${id} is of path:${join(dir, 'mailer')}`) as unknown,
    });
  },
  LIMIT,
);

test(
  'a checkout without a remote that moved on its disk is known again, and says so once',
  async () => {
    renameSync(join(dir, 'mailer'), join(dir, 'post'));
    const moved = await run('post', 'watch', '--once', '--dry-run', 'app.log');
    expect(moved.stderr).toContain(`path:${join(dir, 'post')} is known here as path:${join(dir, 'mailer')}`);
    const [incident, ...others] = (await run('post', 'incidents', '--json')).json;
    // Its log stands at another path, and is another log.
    expect(incident).toMatchObject({ state: 'proposed', repository: `path:${join(dir, 'post')}` });
    expect(others).toEqual([]);
    expect((await run('post', 'watch', '--once', '--dry-run', 'app.log')).stderr).not.toContain('is known here as');
  },
  LIMIT,
);

test(
  'ignored, it is left alone by watch and fix, until that is taken back; reset forgets what was tried',
  async () => {
    makeService('notes');
    const seen = await run('notes', 'watch', '--once', '--dry-run', '--from', 'start', 'app.log');
    const [first] = (await run('notes', 'incidents', '--json')).json;
    expect(seen.stdout).toContain(`new  ${NAME}  ${String(first?.fingerprint).slice(3, 15)}`);
    const short = String(first?.fingerprint).slice(3, 9);
    const ignored = await run('notes', 'ignore', short, '--reason', 'the old importer');
    expect({ code: ignored.code, stdout: ignored.stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(NAME) as unknown });
    const [left] = (await run('notes', 'incidents', '--json')).json;
    expect(left).toMatchObject({ state: 'skipped', reason: 'ignored', ignored: { reason: 'the old importer' } });
    const fixed = await run('notes', 'fix', 'app.log', '--fingerprint', short, '--json');
    expect(kinds(fixed, 'result')).toMatchObject([{ outcome: 'skipped', code: 'policy-skip' }]);
    writeFileSync(join(dir, 'notes', 'app.log'), log('notes').repeat(2));
    await run('notes', 'watch', '--once', 'app.log');
    expect((await run('notes', 'incidents', '--json')).json).toMatchObject([{ state: 'skipped', reason: 'ignored', attempts: 0 }]);
    // Of the other repositories it says nothing.
    expect((await run('shop', 'incidents', '--json')).json[0]).not.toHaveProperty('ignored');

    await run('notes', 'ignore', short, '--undo');
    expect((await run('notes', 'incidents', '--json')).json).toMatchObject([{ state: 'new', reason: null }]);
    writeFileSync(join(dir, 'answer.json'), 'nonsense\n');
    const failed = await run('notes', 'fix', 'app.log', '--json');
    expect(kinds(failed, 'result')).toMatchObject([{ outcome: 'failed' }]);
    expect((await run('notes', 'incidents', '--json')).json).toMatchObject([{ state: 'failed', attempts: 1 }]);
    writeFileSync(join(dir, 'answer.json'), `${ANSWER}\n`);
    const reset = await run('notes', 'reset', short, '--json');
    expect(reset.json).toMatchObject([{ kind: 'incident', state: 'new', reason: null, attempts: 0, lastAttemptAt: null }]);
    const watched = await run('notes', 'watch', '--once', 'app.log', '--json');
    expect(kinds(watched, 'result')).toMatchObject([{ outcome: 'proposed' }]);
  },
  3 * LIMIT,
);

test(
  'clean lists with sizes, removes what nobody uses, and keeps the branches of local requests',
  async () => {
    const listed = await run('shop', 'clean', '--dry-run', '--json');
    expect(listed.code).toBe(0);
    expect(listed.json.every(({ removed, bytes }) => removed === false && Number(bytes) >= 0)).toBe(true);
    const trees = listed.json.filter(({ what }) => what === 'work tree');
    const stores = listed.json.filter(({ what }) => what === 'store');
    expect(trees.length).toBeGreaterThan(0);
    expect(stores.map(({ kept }) => kept)).toEqual(stores.map(() => 'it holds the branches of local requests'));
    expect(trees.every(({ path }) => existsSync(String(path)))).toBe(true);
    // As Go leaves its modules.
    const caches = resolve(String(trees[0]?.path), '..', '..', 'caches');
    mkdirSync(join(caches, 'go-pkg-mod'), { recursive: true });
    writeFileSync(join(caches, 'go-pkg-mod', 'a.go'), 'package a\n');
    chmodSync(join(caches, 'go-pkg-mod'), 0o555);
    const cleaned = await run('shop', 'clean', '--json');
    expect(cleaned.json.filter(({ removed }) => removed).map(({ path }) => path)).toEqual([...trees.map(({ path }) => path), caches]);
    expect(existsSync(caches)).toBe(false);
    expect(trees.filter(({ path }) => existsSync(String(path)))).toEqual([]);
    expect(stores.every(({ path }) => existsSync(String(path)))).toBe(true);
    expect((await run('shop', 'clean', '--dry-run', '--json')).json.filter(({ kept }) => kept === undefined)).toEqual([]);
    expect(readFileSync(join(dir, 'shop', 'src', 'price.js'), 'utf8')).toBe(BROKEN);
  },
  LIMIT,
);

test.each([
  ['ignore', 'no incident ffff here'],
  ['reset', 'no incident ffff here'],
])(
  '%s of nothing is told in one line',
  async (command, message) => {
    const ran = await run('shop', command, 'ffff');
    expect(ran.code).toBe(2);
    expect(ran.stderr.split('\n')).toEqual([`ai-ops: error: ${message}`, expect.stringContaining('ai-ops: hint: '), '']);
  },
  LIMIT,
);
