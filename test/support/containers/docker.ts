// A daemon of Docker of a test's own, with an image of one static program that writes what a test wants. It needs root, the daemon
// and a C compiler (Debian: docker.io, gcc, libc6-dev), and no network: the image is made from nothing.
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const runs = (program: string, ...argv: readonly string[]): boolean => spawnSync(program, argv, { stdio: 'ignore' }).status === 0;

export const hasDocker = (): boolean =>
  process.getuid?.() === 0 && ['dockerd', 'docker', 'gcc'].every((program) => runs(program, '--version'));

export interface Daemon {
  /** With these the client finds it, through a door that a test may close. */
  readonly env: Readonly<Record<string, string>>;
  /** Refuses whoever asks, as a plugin for authorisation does. */
  deny(isDenied: boolean): void;
  /** @returns what it prints on both pipes */
  docker(...argv: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** A container whose program writes what it is told. */
export interface Speaker {
  /** Each line to one pipe of the container. */
  say(lines: readonly string[], pipe?: 1 | 2): void;
  /** Bytes that go on with what was said last. */
  add(text: string): void;
  close(): void;
}

/** @returns the program that writes what stands in the file that it is given */
export function makeSpeaker(dir: string): string {
  const program = join(dir, 'say');
  const made = spawnSync('gcc', ['-O', '-static', '-o', program, join(process.cwd(), 'test/support/containers/say.c')], {
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(made.stderr);
  return program;
}

export function speakInto(dir: string): Speaker {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'lines');
  writeFileSync(file, '');
  return {
    say: (lines, pipe = 1) => appendFileSync(file, lines.map((line) => `${pipe}${line}\n`).join('')),
    add: (text) => appendFileSync(file, text),
    close: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export async function startDocker(): Promise<Daemon> {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-dockerd-'));
  const [socket, door] = ['daemon', 'door'].map((name) => join(dir, `${name}.sock`)) as [string, string];
  const places = ['data', 'exec'].map((name) => `--${name}-root=${join(dir, name)}`);
  const alone = ['--bridge=none', '--iptables=false', '--ip6tables=false', `--pidfile=${join(dir, 'pid')}`, `--host=unix://${socket}`];
  const daemon = spawn('dockerd', [...places, ...alone], { stdio: 'ignore' });
  let isDenied = false;
  const front = createServer((asked, answer) => {
    if (isDenied) {
      answer.writeHead(403, { 'content-type': 'application/json' });
      return void answer.end(JSON.stringify({ message: 'authorization denied by plugin gate: permission denied' }));
    }
    const passed = request({ socketPath: socket, method: asked.method, path: asked.url, headers: asked.headers }, (from) => {
      answer.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    answer.on('close', () => passed.destroy());
    return void asked.pipe(passed);
  });
  await new Promise<void>((done) => front.listen(door, done));
  const docker = async (...argv: readonly string[]): Promise<string> =>
    Object.values(await run('docker', ['-H', `unix://${socket}`, ...argv], { maxBuffer: 2 ** 26 })).join('');
  const isUp = (): Promise<boolean> => docker('info').then(Boolean, () => false);
  for (let tries = 0; !(await isUp()); tries += 1) {
    if (tries > 200 || daemon.exitCode !== null) throw new Error('the daemon did not start');
    await sleep(150);
  }
  const program = makeSpeaker(dir);
  await run('sh', ['-c', `tar -C ${dir} -c say | docker -H unix://${socket} import -c 'ENTRYPOINT ["/say","/in/lines"]' - say:1`]);
  rmSync(program);
  return {
    env: { PATH: process.env.PATH ?? '', DOCKER_HOST: `unix://${door}`, HOME: dir },
    deny: (is) => {
      isDenied = is;
    },
    docker,
    stop: async () => {
      front.closeAllConnections();
      front.close();
      const all = (await docker('ps', '-aq')).split('\n').filter(Boolean);
      if (all.length > 0) await docker('rm', '-f', ...all);
      await ended(daemon);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function ended(daemon: ChildProcess): Promise<void> {
  const done = new Promise((resolve) => daemon.once('exit', resolve));
  daemon.kill('SIGTERM');
  await done;
}
