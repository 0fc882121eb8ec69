// Tells one set of installers and runtimes from another without starting them: which file each name leads to on the PATH,
// and what the system says of that file. Another version is another file, or the file has changed.
import { realpath, stat } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { delimiter, join } from 'node:path';

const TOOLS: readonly string[] = [
  'bun',
  'bundle',
  'composer',
  'node',
  'npm',
  'php',
  'pip',
  'pnpm',
  'poetry',
  'python',
  'python3',
  'ruby',
  'uv',
  'yarn',
];

/** @returns text that changes when one of them is replaced, and from one kind of machine to another */
export async function toolchain(env: Readonly<Record<string, string>>): Promise<string> {
  const dirs = (env.PATH ?? '').split(delimiter).filter((dir) => dir !== '');
  return [platform(), arch(), ...(await Promise.all(TOOLS.map((name) => pictureOf(name, dirs))))].join('\n');
}

async function pictureOf(name: string, dirs: readonly string[]): Promise<string> {
  for (const dir of dirs) {
    const file = await realpath(join(dir, name)).catch(() => undefined);
    const stats = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (stats?.isFile()) return `${name} ${file} ${stats.size} ${stats.mtimeMs}`;
  }
  return `${name} -`;
}
