// Whether this machine lets a sandbox start, and a place with all that must not be reached from within one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createProcesses } from '../../src/adapters/process/processes.ts';
import { findSandbox } from '../../src/adapters/sandbox/find.ts';

const trial = await findSandbox({
  processes: createProcesses(),
  env: { PATH: process.env.PATH ?? '' },
  ...{ stateDir: '/nonexistent', readable: [], maxMemoryBytes: 2 ** 30 },
});

/** Why there is none here; `undefined` where there is one. */
export const noSandbox: string | undefined = trial.kind === 'none' ? trial.why : undefined;
if (noSandbox !== undefined) process.stderr.write(`skipped, since no sandbox starts here: ${noSandbox}\n`);

/** `describe` and `test` for what needs one. */
export const describeSandboxed: typeof describe = noSandbox === undefined ? describe : (describe.skip as typeof describe);

export const CANARY = 'canary-of-the-machine';

export interface Surroundings {
  readonly home: string;
  readonly stateDir: string;
  readonly tree: string;
  readonly scratch: string;
  /** Directory of the application that is repaired, with its settings of production. */
  readonly application: string;
  /** A service of this machine at a path, in the abstract space, and at a port of the loopback. */
  readonly socket: string;
  readonly abstract: string;
  readonly port: number;
  /** A process of the same user, with a secret in its environment. */
  readonly pid: number;
  /** Of commands. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** All of it under one temporary directory. */
export async function startSurroundings(): Promise<Surroundings> {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-around-'));
  const [home, application, stateDir] = ['home', 'application', 'state'].map((name) => join(root, name)) as [string, string, string];
  const workspace = join(stateDir, 'workspaces', 'a');
  const tree = join(workspace, 'repo');
  const neighbour = join(stateDir, 'workspaces', 'b');
  const store = join(stateDir, 'repositories', 'shop', 'objects');
  for (const dir of [join(home, '.ssh'), application, tree, neighbour, store]) mkdirSync(dir, { recursive: true });
  for (const file of [
    join(home, '.ssh', 'id'),
    join(application, '.env'),
    join(stateDir, 'ledger'),
    join(neighbour, 'file'),
    join(store, 'pack'),
  ])
    writeFileSync(file, CANARY);
  const socket = join(root, 'service.sock');
  const abstract = `ai-ops-${process.pid}`;
  const servers = [await listen(socket), await listen(`\0${abstract}`), await listen(0)] as const;
  const other = spawn('sleep', ['600'], { env: { SECRET_OF_SOMEBODY: CANARY }, stdio: 'ignore' });
  return {
    ...{ home, application, stateDir, tree, scratch: join(workspace, 'scratch'), socket, abstract, pid: other.pid ?? 0 },
    port: (servers[2].address() as { readonly port: number }).port,
    env: { PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin`, HOME: home },
    async close() {
      other.kill('SIGKILL');
      for (const server of servers) server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function listen(at: string | number): Promise<Server> {
  const server = createServer((connection) => connection.end(CANARY)).listen(
    ...((typeof at === 'number' ? [at, '127.0.0.1'] : [at]) as [string]),
  );
  await once(server, 'listening');
  return server;
}

/** What a command tries, as a line for `sh`: prints the canary where it gets there. */
export function attempts({ home, stateDir, application, socket, abstract, port, pid }: Surroundings): Readonly<Record<string, string>> {
  const connect = (to: string): string =>
    `node -e 'require("node:net").connect(${to}).on("data", (d) => console.log(String(d))).on("error", () => 0)'`;
  return {
    'the environment of other processes': `cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep SECRET_OF_SOMEBODY`,
    'a signal to a process of ours': `kill -0 ${pid} 2>/dev/null && echo ${CANARY}`,
    'a key in HOME': `cat '${home}/.ssh/id'`,
    'the ledger': `cat '${stateDir}/ledger'`,
    'a store of a repository': `cat '${stateDir}/repositories/shop/objects/pack'`,
    'another work tree': `cat '${stateDir}/workspaces/b/file'`,
    'settings of the application': `cat '${application}/.env'`,
    'a socket at a path': connect(JSON.stringify(socket)),
    'a socket in the abstract space': connect(`String.fromCharCode(0) + "${abstract}"`),
    'a port of this machine': connect(`${port}, "127.0.0.1"`),
  };
}
