// A ledger that an older ai-ops has left when it was killed in the middle of a log: one error was open, a later one was
// counted. The program of today goes on in it as the old one would have: nothing is lost, nothing counts twice.
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';
import { parseLines } from '../support/world.ts';
import { LIMIT } from './observe.ts';

const LEDGERS = resolve('test/adapters/ledger');
const OPEN = 'TypeError: Cannot read properties of undefined (reading total)';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-older-'));
  mkdirSync(join(dir, 'state'));
  copyFileSync(join(LEDGERS, 'version-4.log'), join(dir, 'api.log'));
  const dump = readFileSync(join(LEDGERS, 'version-4.sql'), 'utf8').replaceAll('/var/shop', dir);
  execFileSync('sqlite3', [join(dir, 'state', 'ai-ops.sqlite')], { input: dump });
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function run(...argv: readonly string[]) {
  const env = { HOME: dir, PATH: dirname(process.execPath), AIOPS_DEBUG: 'sources' };
  const program = startProgram([process.execPath, MAIN, ...argv, '--json', '--state-dir', 'state'], { cwd: dir, env });
  await program.exit;
  return { stderr: program.stderr(), json: parseLines(program.stdout()) };
}

async function counts(): Promise<Readonly<Record<string, unknown>>> {
  const { json } = await run('incidents');
  return Object.fromEntries(json.map(({ title, count }) => [title, count]));
}

test(
  'it is read on from where it stood',
  async () => {
    const first = await run('watch', 'api.log', '--once', '--dry-run');
    expect(first.stderr).toContain('api.log: read from offset 83, line 2: resumed where the ledger left it');
    // The error that was open is another occurrence of the bug that the old ledger knows from a repair.
    const once = { 'cannot ship': 1, [OPEN]: 2 };
    expect(await counts()).toMatchObject(once);

    expect((await run('watch', 'api.log', '--once', '--dry-run')).stderr).toContain('api.log: read from offset 662');
    expect(await counts()).toMatchObject(once);

    appendFileSync(join(dir, 'api.log'), readFileSync(join(LEDGERS, 'version-4.log')));
    await run('watch', 'api.log', '--once', '--dry-run');
    expect(await counts()).toMatchObject({ 'cannot ship': 2, [OPEN]: 3 });
  },
  LIMIT,
);
