// The packed program, for `dist` and for the executable: its chunks as functions in scripts, the few megabytes that go with them,
// and what V8 makes of those that most commands use.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { bundleCommonJs, embeddedFiles, root } from './bundle.ts';
import { asFunction, OFTEN, oftenScript } from './often.ts';

/** The same bytes each time: one seed, which V8 does not ask for later, and nothing collected, whose traces would be in them. */
const REPEATABLE = ['--random-seed=1', '--min-semi-space-size=256'];

export interface Packed {
  /** Every source file that went in, relative to the repository. */
  readonly inputs: readonly string[];
  /** Names of the files in the directory, without those of `kept`. */
  readonly names: readonly string[];
  /** Names of the chunks that one script holds. */
  readonly often: readonly string[];
  /** Names of the scripts beside which a `.code` lies; see `code-cache.cjs`. */
  readonly kept: readonly string[];
}

/**
 * Writes it into an empty directory, with a `chunks.json` of what `dist/main.js` has to know.
 * @param node a Node of the version that will run it
 * @param keeps whether that is a Node of this kind of machine, so that what V8 makes here is of use there
 */
export async function pack(directory: string, node: string, keeps: boolean): Promise<Packed> {
  const { modules, inputs } = await bundleCommonJs();
  const extras = embeddedFiles();
  for (const { name, text } of modules) writeFileSync(join(directory, name), asFunction(text));
  for (const { name, bytes } of extras) writeFileSync(join(directory, name), bytes);
  const runs = prepareRuns(directory, node);
  const often = runs.often();
  const tell = (kept: readonly string[]): void => writeFileSync(join(directory, 'chunks.json'), JSON.stringify({ often, kept }));
  tell([]);
  writeFileSync(join(directory, OFTEN), oftenScript(modules.filter(({ name }) => often.includes(name))));
  for (const name of often) rmSync(join(directory, name));
  if (keeps) runs.keep();
  runs.end();
  const scripts = [OFTEN, ...modules.map(({ name }) => name).filter((name) => !often.includes(name))];
  const kept = scripts.filter((name) => existsSync(join(directory, `${name}.code`)));
  tell(kept);
  return { inputs, often, kept, names: [...scripts, ...extras.map(({ name }) => name)] };
}

/** What starts it where its files lie in a directory: `node main.js`. */
export function writeMain(directory: string): void {
  writeFileSync(join(directory, 'package.json'), '{"type":"commonjs"}\n');
  copyFileSync(join(root, 'bin/chunk-loader.cjs'), join(directory, 'chunk-loader.js'));
  copyFileSync(join(root, 'bin/dist-main.cjs'), join(directory, 'main.js'));
}

/** A place with a log and a ledger, and how the packed program is run in it. */
function prepareRuns(directory: string, node: string) {
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-code-'));
  const [log, state] = [join(place, 'app.log'), join(place, 'state')];
  writeFileSync(log, '2026-03-01 02:11:10,480 ERROR orders: failed\nTypeError: no price\n    at totalOf (/srv/orders/src/cart.js:14:31)\n');
  const call = (mode: string, ...args: readonly string[]): void => {
    const argv = [...REPEATABLE, join(root, 'bin/code-cache.cjs'), mode, directory, ...args];
    const { status, stderr } = spawnSync(node, argv, { cwd: place, env: { HOME: place }, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${mode} ${args.join(' ')} ended with ${status}: ${stderr}`);
  };
  call('run', 'watch', '--once', '--dry-run', '--from', 'start', '--state-dir', state, log);
  addTrace(join(state, 'ai-ops.sqlite'));
  const [status, incidents] = ['status', 'incidents'].map((name) => [name, '--state-dir', state]);
  const loadedBy = (...calls: readonly (readonly string[])[]): ReadonlySet<string> => {
    const list = join(directory, 'loaded');
    for (const args of calls) call('list', ...args);
    const names = readFileSync(list, 'utf8').trim().split('\n');
    rmSync(list);
    return new Set(names);
  };
  return {
    /** What the shortest look into the ledger loads, beyond what the version needs: most commands load it too. */
    often: (): readonly string[] => {
      const least = loadedBy(['--version']);
      return [...loadedBy(['--help'], status!)].filter((name) => !least.has(name)).sort();
    },
    /** What takes turns with a clock or a disk is not kept: it goes another way each time. */
    keep: (): void => {
      for (const args of [['--help'], ['scan', '--quiet', log], status!, incidents!]) call('keep', ...args);
      call('settle');
    },
    end: (): void => rmSync(place, { recursive: true, force: true }),
  };
}

/** A repair of the one incident, as the ledger holds it. */
function addTrace(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    `INSERT INTO traces (id, fingerprint, title, mode, state, started_at, repository)
       SELECT 'aaaaaaaaaaaa', fingerprint, title, 'code_blocks', 'interrupted', '2026-03-01T02:11:10.480Z', repository FROM incidents`,
  );
  database.close();
}
