// The packed program, for `dist` and for the executable: its chunks as functions in scripts, the few megabytes that go with them,
// and what V8 makes of those that most commands use.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  const logs = sampleLogs().map((text, index) => {
    const path = join(place, `${index}.log`);
    writeFileSync(path, text);
    return path;
  });
  const call = (mode: string, ...args: readonly string[]): void => {
    const argv = [...REPEATABLE, join(root, 'bin/code-cache.cjs'), mode, directory, ...args];
    const { status, stderr } = spawnSync(node, argv, { cwd: place, env: { HOME: place }, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${mode} ${args.join(' ')} ended with ${status}: ${stderr}`);
  };
  // Of a repository, as it stands in one.
  for (const name of ['.git/objects', '.git/refs']) mkdirSync(join(place, name), { recursive: true });
  writeFileSync(join(place, '.git/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(place, '.git/config'), '[remote "origin"]\n\turl = https://example.org/shop.git\n');
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
      for (const args of [['--help'], ['scan', '--quiet', log], ['scan', '--json', ...logs], status!, incidents!]) call('keep', ...args);
      call('settle');
    },
    end: (): void => rmSync(place, { recursive: true, force: true }),
  };
}

/** Logs of several forms, each with quiet lines of several levels and with errors that come more than once. */
function sampleLogs(): readonly string[] {
  const times = Array.from({ length: 40 }, (_, second) => `2026-03-01T02:11:${String(second + 10).padStart(2, '0')}.480Z`);
  const level = (at: number): string => ['INFO', 'DEBUG', 'WARN', 'INFO'][at % 4]!;
  const user = (at: number): string => `ada${at % 16}`;
  const java =
    '\njava.lang.IllegalStateException: no price for order 7\n\tat com.acme.pay.Prices.of(Prices.java:42)\n\tat com.acme.Main.run(Main.java:12)';
  const node = '\nTypeError: no price\n    at totalOf (/srv/orders/src/cart.js:14:31)\n    at node:internal/process:5:1';
  const python =
    '\nTraceback (most recent call last):\n  File "/srv/app/shop.py", line 7, in pay\n    raise KeyError(name)\nKeyError: \'price\'';
  const lines = (one: (time: string, at: number) => string): string => `${times.map(one).join('\n')}\n`;
  const isError = (at: number): boolean => at % 10 === 9;
  return [
    ...[java, node, python].map((trace) =>
      lines((time, at) =>
        isError(at)
          ? `${time} ERROR [main-${at}] shop.Orders - order ${at} of ${user(at)} failed, token=${at}${trace}`
          : `${time} ${level(at)} [main-${at}] shop.Orders - order ${at} placed, errors=0`,
      ),
    ),
    lines((time, at) => `web-${at % 2}  | ${time} ${isError(at) ? `ERROR no price for ${user(at)}` : `${level(at)} order ${at}`}`),
    lines((time, at) =>
      JSON.stringify({
        level: isError(at) ? 50 : 30,
        time,
        pid: at,
        msg: `order ${at}`,
        err: isError(at) ? { stack: node.slice(1) } : null,
      }),
    ),
    lines((time, at) => JSON.stringify({ log: `${time} ${isError(at) ? 'ERROR' : level(at)} order ${at}\n`, stream: 'stdout', time })),
    lines((time, at) => `time=${time} level=${isError(at) ? 'error' : 'info'} msg="order ${at}" user=${user(at)}`),
    lines(
      (_, at) =>
        `10.0.0.${at} - ${user(at)} [01/Mar/2026:02:11:10 +0000] "GET /orders/${at} HTTP/1.1" ${isError(at) ? 502 : 200} ${at} "-" "curl/8"`,
    ),
    lines((_, at) => `Mar  1 02:11:10 web1 shop[${at}]: ${isError(at) ? 'ERROR no price' : `order ${at}, no errors`}`),
    lines((time, at) => `${time} std${isError(at) ? 'err' : 'out'} F ${isError(at) ? 'ERROR no price' : `order ${at}`}`),
    lines((_, at) => `${isError(at) ? 'E' : 'I'}0301 02:11:10.${at}0000   ${at} shop.go:${at}] order ${at}`),
  ];
}

/** A repair of the one incident, as the ledger holds it. */
function addTrace(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(
    `INSERT INTO traces (id, fingerprint, title, mode, state, started_at, cost_usd, repository)
       SELECT 'aaaaaaaaaaaa', fingerprint, title, 'code_blocks', 'interrupted', '2026-03-01T02:11:10.480Z', 0.12, repository FROM incidents`,
  );
  database.close();
}
