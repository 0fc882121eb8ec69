// Where the programs of the set are: the test worlds have a HOME of their own, so launchers that look for a toolchain in
// the user's HOME would find none, and Go would compile its library anew in each world.
import { spawnSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import type { Row } from './row.ts';

/** What a program prints; `null` where it is not there or does not work. */
function ask(file: string, ...argv: readonly string[]): string | null {
  const { status, stdout } = spawnSync(file, argv, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** Rows whose toolchain is on this machine. */
export const runnable = (rows: readonly Row[]): readonly Row[] => rows.filter(({ needs }) => needs === undefined || ask(...needs) !== null);

/** PATH and caches for the programs and the tests of the repositories. */
export function toolchains(): Readonly<Record<string, string>> {
  const sysroot = ask('rustc', '--print', 'sysroot');
  const cache = ask('go', 'env', 'GOCACHE');
  const places = [
    dirname(process.execPath),
    dirname(ask('python3', '-c', 'import sys; print(sys.executable)') ?? ''),
    ...(sysroot === null ? [] : [join(sysroot, 'bin')]),
    join(import.meta.dirname, '..', '..', 'node_modules', '.bin'),
  ];
  return {
    PATH: [...places, process.env.PATH ?? ''].join(delimiter),
    ...(cache === null ? {} : { GOCACHE: cache }),
    GOTOOLCHAIN: 'local',
    CARGO_NET_OFFLINE: 'true',
    LC_ALL: 'C.UTF-8',
  };
}
