// Many boxes on one application, or on several with the same bugs: a log, a remote behind a real git server and a host
// stand-in each, and watchers as processes. Those of one box share its state directory. Claude is a small program that mends the file that the event names
// and writes down every call. Everything is on 127.0.0.1 and under one temporary directory.
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { block } from '../e2e/conversations.ts';
import { guardCheckout } from './checkout.ts';
import { git, makeRepository } from './git-program.ts';
import { startGitServer } from './git-server.ts';
import { type SeenRequest, startHostSide } from './host-side.ts';
import { type Program, startProgram } from './program.ts';
import { plantSettings } from './settings.ts';
import { plantClaude, resultLine } from './shell-claude.ts';
import { type Json, parseLines } from './world.ts';

export interface BoxesOptions {
  readonly boxes: number;
  /** Repositories with the same bugs; 1 unless given. */
  readonly apps?: number;
  readonly bugs: number;
  /** The file that Node runs: the source, or the build. */
  readonly main: string;
  readonly claimSeconds: number;
  /** Seconds that Claude takes for an answer. */
  readonly thinkSeconds: number;
  /** What is watched, in place of a file that `storm` writes. */
  readonly source?: string;
  /** The bug at which the first Claude never answers. */
  readonly hangsAt?: number;
}

export interface Boxes {
  /** Directory of the bare repository of the first one. */
  readonly bare: string;
  start(box: number, app?: number): Program;
  stateOf(box: number): string;
  /** Writes every error once more. */
  storm(): void;
  /** Bugs in the order in which Claude was asked, with the box that asked. */
  calls(): readonly { readonly bug: number; readonly box: number }[];
  requests(app?: number): readonly SeenRequest[];
  violations(): readonly string[];
  fixBranches(app?: number): Promise<readonly string[]>;
  claims(): Promise<readonly string[]>;
  incidents(box: number, app?: number, ...argv: readonly string[]): Promise<readonly Json[]>;
  traces(box: number, app?: number): Promise<readonly Json[]>;
  /** Ends what still runs, by its id. */
  close(): Promise<void>;
}

const TOKEN = 'token-of-the-host';

export async function startBoxes(options: BoxesOptions): Promise<Boxes> {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-boxes-'));
  const bugs = Array.from({ length: options.bugs }, (_, number) => number + 1);
  const server = await startGitServer({ root: join(root, 'bare'), users: [{ token: TOKEN, access: 'write' }] });
  const makeApp = async (name: string) => {
    const checkout = join(root, name);
    await makeRepository(checkout, Object.fromEntries(bugs.map((bug) => [`src/${fileOf(bug)}`, brokenFile(bug)])));
    await git(checkout, 'remote', 'add', 'origin', await server.create(`acme/${name}`, checkout));
    const bare = server.dir(`acme/${name}`);
    const host = await startHostSide('github', bare, `acme/${name}`, TOKEN);
    const log = join(root, `${name}.log`);
    writeFileSync(log, '');
    return { checkout, bare, host, log, guard: guardCheckout(checkout, () => false) };
  };
  const apps: Awaited<ReturnType<typeof makeApp>>[] = [];
  for (let app = 1; app <= (options.apps ?? 1); app += 1) apps.push(await makeApp(app === 1 ? 'app' : `app${app}`));
  const calls = join(root, 'calls');
  writeFileSync(calls, '');
  const claude = plantMender(root, calls, options);
  const programs: Program[] = [];
  const begin = (box: number, app: number, argv: (log: string) => readonly string[]): Program => {
    const { checkout, host, log, guard } = apps[app]!;
    const home = join(root, `box${box}`);
    plantSettings(home);
    const env = {
      PATH: [dirname(process.execPath), process.env.PATH].join(':'),
      HOME: home,
      BOX: String(box),
      CLAUDE_COMMAND: claude,
      ANTHROPIC_API_KEY: 'sk-ant-test-key',
      CLAIM_SECONDS: String(options.claimSeconds),
      MAX_REPAIRS_PER_HOUR: '10000',
      MAX_REPAIRS_PER_DAY: '10000',
      MAX_ATTEMPTS: '100',
      MAX_OPEN_REQUESTS: '1000',
      ...(options.source === undefined ? {} : { DEBOUNCE_SECONDS: '120' }),
      ...host.env,
    };
    const ended = guard.begin();
    const program = startProgram([process.execPath, options.main, ...argv(log), '--state-dir', join(home, 'state')], {
      cwd: checkout,
      env,
    });
    void program.exit.then(ended);
    programs.push(program);
    return program;
  };
  const lines = async (box: number, app: number, ...argv: readonly string[]): Promise<readonly Json[]> => {
    const program = begin(box, app, () => [...argv, '--json']);
    await program.exit;
    return parseLines(program.stdout());
  };
  let minute = 0;

  return {
    bare: apps[0]!.bare,
    start: (box, app = 0) => begin(box, app, (log) => ['watch', options.source ?? log, '--from', 'start', '--json']),
    stateOf: (box) => join(root, `box${box}`, 'state'),
    storm: () => {
      minute += 1;
      for (const { log } of apps) appendFileSync(log, bugs.map((bug) => errorOf(bug, minute)).join(''));
    },
    calls: () =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => ({ bug: Number(line.split(' ')[0]), box: Number(line.split(' ')[1]) })),
    requests: (app = 0) => apps[app]!.host.requests(),
    violations: () => apps.flatMap(({ host }) => host.violations()),
    fixBranches: (app = 0) => refs(apps[app]!.bare, 'refs/heads/ai-ops'),
    claims: async () => (await Promise.all(apps.map(({ bare }) => refs(bare, 'refs/ai-ops')))).flat(),
    incidents: (box, app = 0, ...argv) => lines(box, app, 'incidents', ...argv),
    traces: (box, app = 0) => lines(box, app, 'status', '--limit', '500'),
    async close() {
      await Promise.all(programs.map((program) => program.end('SIGKILL')));
      await Promise.all([server.close(), ...apps.map(({ host }) => host.close())]);
      rmSync(root, { recursive: true, force: true });
      for (const { guard } of apps) guard.check();
    },
  };
}

/** Full names of the refs below `prefix`. */
export async function refs(bare: string, prefix: string): Promise<readonly string[]> {
  return (await git(bare, 'for-each-ref', '--format=%(refname)', prefix)).split('\n').filter(Boolean);
}

/** Name of the file with that bug, in `src`. */
export const fileOf = (bug: number): string => `bug${bug}.js`;

export function brokenFile(bug: number): string {
  return `export function total${bug}(order) {\n  return order.item.price${bug};\n}\n`;
}

/** What the log says of a bug. */
export function errorOf(bug: number, minute: number): string {
  const time = `2026-03-01 ${String(10 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00,000`;
  return [
    `${time} ERROR order ${minute} failed`,
    `TypeError: Cannot read properties of undefined (reading 'price${bug}')`,
    `    at total${bug} (/srv/app/src/${fileOf(bug)}:2:21)`,
    '',
  ].join('\n');
}

/** Reads the prompt, finds the file that it is about, and answers with the file mended. @returns the program */
export function plantMender(
  root: string,
  calls: string,
  { thinkSeconds, hangsAt }: Pick<BoxesOptions, 'thinkSeconds' | 'hangsAt'>,
): string {
  const answer = `The item may be gone.\n\n${block('src/bugBUG.js', 'export function totalBUG(order) {\n  return order.item?.priceBUG ?? 0;\n}\n')}`;
  const hang = hangsAt === undefined ? '' : `if [ "$bug" = ${hangsAt} ] && mkdir '${root}/hung' 2>/dev/null; then sleep 600; fi`;
  writeFileSync(join(root, 'answer.json'), `${resultLine(answer)}\n`);
  return plantClaude(
    root,
    `bug=$(grep -o 'src/bug[0-9]*\\.js' | head -1 | tr -dc 0-9)
box=\${HOME##*/box}
echo "$bug $box" >> '${calls}'
${hang}
sleep ${thinkSeconds}
sed "s/BUG/$bug/g" '${root}/answer.json'`,
  );
}
