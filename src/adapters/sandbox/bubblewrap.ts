// The Sandbox port by bubblewrap: one sandbox for one command, without rights of ours. Its environment is that of bwrap
// itself, which /proc/1/environ inside shows; so it is filtered before, never by `--clearenv`. Mounts are applied in order.
// See doc/adr/0020-sandbox.md.
import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute } from 'node:path';
import { assertNever } from '../../core/never.ts';
import type { Inside, ProcessRequest, Sandbox } from '../../ports.ts';
import { buildMounts, cacheMount } from './caches.ts';
import { isOfSystem, type Mount, systemMounts } from './system.ts';
import { buildCaches, packageCaches, toolMounts } from './tools.ts';

export interface BubblewrapOptions {
  /** Path of the program `bwrap`. */
  readonly program: string;
  /** Of ai-ops: hidden wherever it lies. */
  readonly stateDir: string;
  /** What the user lets be read beside the tools. */
  readonly readable: readonly string[];
  /** Of one directory in memory: HOME, TMPDIR. */
  readonly maxMemoryBytes: number;
}

/**
 * No rights, nobody else's processes, messages or names; it ends when we do. Its cgroups stay those of ours, whose files cannot be
 * written to inside: seen from a namespace of its own they lie above the root, and there a JVM dies of asking how much
 * memory it has, and other runtimes see the limits of somebody else.
 */
const APART = ['--unshare-user-try', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--die-with-parent', '--cap-drop', 'ALL'];
const TEMPORARY = '/tmp';
/**
 * Engines of containers leave these. Who asks for them would not do as root what it does as root of a container (Composer loads
 * no plugins): inside it is to be told the same as outside.
 */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv'];
/** Where HOME would be everything. */
const OTHER_HOME = '/home/nobody';

export function createBubblewrap(options: BubblewrapOptions): Sandbox {
  let system: readonly Mount[] | undefined;
  const tools = new Map<string, readonly Mount[]>();
  return {
    kind: 'bubblewrap',
    enclose(request, inside) {
      const home = homeOf(request.env);
      const [packages, builds] = [packageCaches(request.env, home), buildCaches(request.env, home)];
      const known = JSON.stringify([request.env, inside.programs]);
      system ??= systemMounts();
      const found =
        tools.get(known) ?? toolMounts(request.env, home, [process.execPath, ...(inside.programs ?? [])], [...packages, ...builds]);
      tools.set(known, found);
      const mounts = [
        ...base(system, home, request.env),
        ...found,
        ...(inside.empty ?? []).map((at): Mount => ({ kind: 'empty', at })),
        ...[...options.readable, ...(inside.readable ?? [])].filter((path) => existsSync(path)).map(shown),
        ...(existsSync(options.stateDir) ? [{ kind: 'empty', at: options.stateDir } as const] : []),
        ...(inside.packages ? packages.flatMap(cacheMount(inside.packages.dir, inside.packages.isWritten)) : []),
        ...(inside.builds ? builds.flatMap(buildMounts(inside.builds)) : []),
        ...inside.writable.map((path): Mount => ({ kind: 'write', from: path, at: path })),
      ];
      return { ...request, argv: argvOf(request, inside, mounts, options), env: environmentOf(request.env, home) };
    },
  };
}

const shown = (path: string): Mount => ({ kind: 'read', from: path, at: path });

/** `HOME` is where it always is, so that what tools have written into their files still holds. */
function homeOf(env: ProcessRequest['env']): string {
  const home = (env.HOME ?? homedir()).replace(/\/+$/, '');
  return isAbsolute(home) && home !== '' ? home : OTHER_HOME;
}

function environmentOf(env: ProcessRequest['env'], home: string): ProcessRequest['env'] {
  const temporary = ['TMPDIR', 'TEMP', 'TMP'].filter((name) => env[name] !== undefined).map((name) => [name, TEMPORARY]);
  return { ...env, ...Object.fromEntries(temporary), HOME: home };
}

/** The machine, with nothing of the user in it yet. */
function base(system: readonly Mount[], home: string, env: ProcessRequest['env']): readonly Mount[] {
  const named = ['XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'].flatMap((name) => env[name] ?? []);
  const empty = [TEMPORARY, '/var/tmp', '/run', home, ...named.filter((dir) => isAbsolute(dir) && !isOfSystem(dir))];
  const marks = CONTAINER_MARKS.filter((path) => existsSync(path)).map(shown);
  return [...system, ...empty.map((at): Mount => ({ kind: 'empty', at })), ...marks];
}

function argvOf(
  { argv, dir }: ProcessRequest,
  { network }: Inside,
  mounts: readonly Mount[],
  { program, maxMemoryBytes }: BubblewrapOptions,
): readonly string[] {
  const placed = mounts.flatMap((mount): readonly string[] => {
    switch (mount.kind) {
      case 'read':
        return ['--ro-bind', mount.from, mount.at];
      case 'write':
        return ['--bind', mount.from, mount.at];
      case 'empty':
        return ['--size', String(maxMemoryBytes), '--tmpfs', mount.at];
      case 'link':
        return ['--symlink', mount.to, mount.at];
      case 'hidden':
        return ['--ro-bind', '/dev/null', mount.at];
      default:
        return assertNever(mount);
    }
  });
  const where = dir === tmpdir() ? TEMPORARY : dir;
  // What was made to hold the mounts is nobody's to write into.
  const rest = ['--remount-ro', '/', '--chdir', where, '--'];
  return [program, ...APART, ...(network ? [] : ['--unshare-net']), ...placed, '--proc', '/proc', '--dev', '/dev', ...rest, ...argv];
}
