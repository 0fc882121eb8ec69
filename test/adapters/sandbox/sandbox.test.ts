// What code in a command of the proof reaches, with a sandbox and without one. The second column shows that each attempt
// would succeed: what does not work without a sandbox proves nothing of it.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createCommands, type Network } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { findSandbox } from '../../../src/adapters/sandbox/find.ts';
import type { Commands } from '../../../src/ports.ts';
import { eventually } from '../../support/program.ts';
import { attempts, CANARY, describeSandboxed, type Surroundings, startSurroundings } from '../../support/sandbox.ts';

const processes = createProcesses({ graceMs: 500 });
let around: Surroundings;
beforeAll(async () => {
  around = await startSurroundings();
});
afterAll(() => around.close());

interface Wanted {
  readonly network?: Network;
  readonly readable?: readonly string[];
  readonly timeoutMs?: number;
  readonly maxMemoryBytes?: number;
}

async function commandsIn(
  shut: boolean,
  { network = 'setup', readable = [], timeoutMs = 200_000, maxMemoryBytes = 2 ** 33 }: Wanted = {},
): Promise<Commands> {
  const { env, stateDir } = around;
  const found = await findSandbox({ processes, env, stateDir, readable, maxMemoryBytes: 2 ** 28 });
  if (shut && found.kind === 'none') throw new Error(found.why);
  const sandbox = shut && found.kind === 'found' ? { sandbox: found.sandbox } : {};
  return createCommands({
    processes,
    env,
    timeoutMs,
    maxMemoryBytes,
    redact: (text) => text,
    network,
    cacheDir: join(stateDir, 'caches'),
    ...sandbox,
  });
}

const at = () => ({ tree: around.tree, dir: around.tree, scratch: around.scratch });
const run = async (commands: Commands, line: string, role: 'setUp' | 'run' | 'runTests' = 'run') =>
  commands[role](line, at(), new AbortController().signal);
/** A command that only compiles. */
const fill = async (commands: Commands, line: string) => commands.setUp(line, at(), new AbortController().signal, true);

const NAMES = [
  ...['the environment of other processes', 'a signal to a process of ours', 'a key in HOME', 'the ledger'],
  ...['a store of a repository', 'another work tree', 'settings of the application'],
  ...['a socket at a path', 'a socket in the abstract space', 'a port of this machine'],
];
/** What needs the network to be reached: a setup may have it. */
const BY_NETWORK = ['a socket in the abstract space', 'a port of this machine'];

describeSandboxed('what a command reaches', () => {
  test.each(NAMES)('%s', async (name) => {
    const line = attempts(around)[name] ?? 'exit 9';
    const [bare, shut, setUp] = await Promise.all([
      run(await commandsIn(false), line),
      run(await commandsIn(true), line),
      run(await commandsIn(true), line, 'setUp'),
    ]);
    expect(bare.output).toContain(CANARY);
    expect(shut.output).not.toContain(CANARY);
    expect(setUp.output.includes(CANARY)).toBe(BY_NETWORK.includes(name));
  });

  test('the network, where it is let in', async () => {
    const line = attempts(around)['a port of this machine'] ?? '';
    expect((await run(await commandsIn(true, { network: 'all' }), line)).output).toContain(CANARY);
    expect((await run(await commandsIn(true, { network: 'none' }), line, 'setUp')).output).not.toContain(CANARY);
    const abstract = attempts(around)['a socket in the abstract space'] ?? '';
    expect((await run(await commandsIn(true, { network: 'all' }), abstract)).output).toContain(CANARY);
  });

  test('a file that the user names', async () => {
    const file = join(around.application, '.env');
    expect((await run(await commandsIn(true, { readable: [file] }), `cat ${file}; echo x > ${file}`)).output).toContain(CANARY);
    expect(readFileSync(file, 'utf8')).toBe(CANARY);
  });
});

describeSandboxed('what a command leaves', () => {
  test('files in the work tree, and nothing in HOME, TMPDIR, the ledger or the system', async () => {
    const { home, stateDir } = around;
    const places = [join(home, 'left'), join(stateDir, 'left'), '/etc/left', '/usr/left', '/left'];
    const { output } = await run(
      await commandsIn(true),
      `echo a > made; for f in ${places.join(' ')} /tmp/left; do echo x > $f; done; ls /tmp ${home}`,
    );
    expect(readFileSync(join(around.tree, 'made'), 'utf8')).toBe('a\n');
    expect(output).toMatch(/\/usr\/left: Read-only file system/);
    expect([...places, '/tmp/left'].filter((path) => existsSync(path))).toEqual([]);
    expect((await run(await commandsIn(true), `ls /tmp ${home}`)).output).not.toContain('left');
  });

  test.each(['run', 'setUp'] as const)(
    'by %s: no file in HOME or the temporary directory; without a sandbox there is one',
    async (role) => {
      const places = [join(around.home, `of-${role}`), join(tmpdir(), `ai-ops-of-${role}-${process.pid}`)];
      const line = `for f in ${places.join(' ')}; do echo x > $f; done; mkdir -p ~/.aws && echo x > ~/.aws/of-${role}`;
      const files = [...places, join(around.home, '.aws', `of-${role}`)];
      const left = async (shut: boolean) => {
        await run(await commandsIn(shut), line, role);
        return files.filter((file) => existsSync(file));
      };
      const [shut, bare] = [await left(true), await left(false)];
      for (const file of files) rmSync(file, { force: true });
      expect([shut, bare]).toEqual([[], files]);
    },
  );

  test.each(['run', 'setUp'] as const)('by %s: no process, also where it has left its session', async (role) => {
    const late = join(around.tree, `late-${role}`);
    // Two forks and a session of its own.
    const line = `(setsid sh -c 'sleep 1; echo late > ${late}' >/dev/null 2>&1 &); sleep 0.5; echo done`;
    expect((await run(await commandsIn(true), line, role)).output).toBe('done\n');
    await pause(1500);
    expect(existsSync(late)).toBe(false);
    await run(await commandsIn(false), line, role);
    await eventually(
      () => existsSync(late) || undefined,
      () => 'what was left behind did not write',
    );
  });

  test('what a setup fetched is there for tests, which cannot change it; what a compiler keeps is of one work tree', async () => {
    const commands = await commandsIn(true);
    const cache = join(around.home, '.m2', 'repository');
    await run(commands, `mkdir -p ${cache}; echo fetched > ${cache}/a.jar; echo built > ~/.cache/go-build/b`, 'setUp');
    const { output } = await run(commands, `cat ${cache}/a.jar ~/.cache/go-build/b; echo x > ${cache}/a.jar; echo y > ~/.cache/go-build/c`);
    expect(output).toMatch(/^fetched\nbuilt\n.*Read-only file system/);
    expect(existsSync(join(around.home, '.m2'))).toBe(false);
    expect(readFileSync(join(around.scratch, '.cache-go-build', 'c'), 'utf8')).toBe('y\n');
  });
});

describeSandboxed('what is compiled for all repairs', () => {
  test('a test finds it, changes it for itself alone, and a setup cannot change it either', async () => {
    const commands = await commandsIn(true);
    const [cache, other] = [join(around.home, '.cache', 'go-build', 'aa'), { ...at(), scratch: join(around.scratch, '..', 'other') }];
    await fill(commands, `mkdir -p ${cache}; echo compiled > ${cache}/x-d`);
    const bad = `cat ${cache}/x-d; echo bad > ${cache}/x-d; rm ${cache}/x-d; echo own > ${cache}/x-d; echo new > ${cache}/y-d; cat ${cache}/*`;
    expect((await run(commands, bad)).output).toMatch(/^compiled\n.*Read-only file system\nown\nnew\n$/);
    expect((await run(commands, `cat ${cache}/*`, 'setUp')).output).toBe('own\nnew\n');
    const elsewhere = await commands.setUp(`cat ${cache}/*; echo bad > ${cache}/x-d`, other, new AbortController().signal);
    expect(elsewhere.output).toMatch(/^compiled\n.*Read-only file system\n$/);
    expect(readFileSync(join(around.stateDir, 'caches', '.cache-go-build', 'aa', 'x-d'), 'utf8')).toBe('compiled\n');
    expect(existsSync(join(around.home, '.cache'))).toBe(false);
    await fill(commands, `cat ${cache}/*; echo more > ${cache}/z-d`);
    expect((await run(commands, `cat ${cache}/*`)).output).toBe('compiled\nmore\n');
  });
});

describeSandboxed('a command in it is a command as any other', () => {
  test('exit code, both streams in order, and the environment it was given', async () => {
    const commands = await commandsIn(true);
    expect(await run(commands, 'echo one; echo two >&2; exit 4')).toMatchObject({ exitCode: 4, output: 'one\ntwo\n', timedOut: false });
    expect((await run(commands, 'env | cut -d= -f1 | sort | tr "\\n" " "')).output).toMatch(
      /^HOME (?:OLDPWD )?PATH PWD (?:SHLVL )?(?:_ )?$/,
    );
  });

  test.each([
    ['where its limits stand', 'cat /proc/self/cgroup; cut -d" " -f4,5 /proc/self/mountinfo | grep cgroup | sort'],
    ['what it may use', 'ulimit -a; nproc; umask'],
    ['who and where it is', 'id -u; id -g; hostname; date +%Z'],
    ['that it is in a container, or in none', 'ls -d /.dockerenv /run/.containerenv 2> /dev/null; true'],
    ['what it reaches by name', 'getent ahosts localhost'],
    ['memory that processes share', 'touch /dev/shm/ai-ops-test && rm /dev/shm/ai-ops-test && echo there'],
  ])('it sees %s as outside', async (_, line) => {
    const [bare, shut] = await Promise.all([run(await commandsIn(false), line), run(await commandsIn(true), line)]);
    expect(shut.output).toBe(bare.output);
    expect(shut.exitCode).toBe(bare.exitCode);
  });

  test('it is ended by its time', async () => {
    const ended = async (seconds: number) =>
      run(
        await commandsIn(true, { timeoutMs: seconds * 1000 }),
        `trap '' TERM; echo begun; (sleep ${seconds + 2}; echo late > ${around.tree}/too-late) & wait`,
      );
    let result = await ended(2);
    // It may not have begun by then.
    if (result.output === '') result = await ended(20);
    expect(result).toMatchObject({ exitCode: null, timedOut: true, output: 'begun\n' });
    await pause(2500);
    expect(existsSync(join(around.tree, 'too-late'))).toBe(false);
  });

  test('it is ended by its memory', async () => {
    const commands = await commandsIn(true, { maxMemoryBytes: 200 * 2 ** 20 });
    const eat = 'const held = []; setInterval(() => held.push(Buffer.alloc(2 ** 24, 1)), 20)';
    expect(await run(commands, `(node -e '${eat}') & wait`)).toMatchObject({ exitCode: null, overMemory: true });
  });

  test('its directory in memory has an end', async () => {
    expect((await run(await commandsIn(true), 'head -c 400000000 /dev/zero > /tmp/much')).output).toMatch(/No space left/);
  });

  test('its runner names its tests', async () => {
    writeFileSync(join(around.tree, 'a.test.js'), "require('node:test').test('adds up', () => {});\n");
    expect(await run(await commandsIn(true), 'node --test a.test.js', 'runTests')).toMatchObject({ exitCode: 0, tests: { ran: 1 } });
  });
});

test('without a sandbox it says so', async () => {
  expect((await commandsIn(false)).isolation).toEqual({ sandbox: 'none', network: true });
});
