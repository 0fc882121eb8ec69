// The commands that would prove a fix, found in the files of a directory as they lie there: before there is a configuration,
// and without asking a remote. A repair looks at the base commit instead.
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckPlan, type ConfiguredChecks, manifestsToRead, planChecks } from '../../core/proof/checks.ts';
import type { SayHere } from '../../core/texts/chinese/say.ts';
import { proofLines } from '../../core/texts/proof-commands.ts';
import { readPlain } from '../../platform/read-plain.ts';

/** Installed and built files; nobody's own manifests stand in them. */
const SKIPPED = /^(?:\.git|node_modules|vendor|target|dist|build|\.venv|venv|__pycache__|\.tox|\.nox|\.next)$/;
const MOST_ENTRIES = 5000;
const DEEPEST = 4;
const MOST_BYTES = 16 * 2 ** 20;

export async function planHere(dir: string, configured: ConfiguredChecks = {}): Promise<CheckPlan> {
  const paths = await pathsIn(dir);
  const texts = manifestsToRead(paths, undefined).map(
    async (path) => [path, await readPlain(join(dir, path), MOST_BYTES).then(String, () => '')] as const,
  );
  return planChecks(configured, { paths, texts: new Map(await Promise.all(texts)) });
}

async function pathsIn(dir: string): Promise<readonly string[]> {
  const found: string[] = [];
  const queue: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  for (let at = queue.shift(); at !== undefined && found.length < MOST_ENTRIES; at = queue.shift()) {
    const entries: readonly Dirent[] = await readdir(join(dir, at.path), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = at.path === '' ? entry.name : `${at.path}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && at.depth < DEEPEST && !SKIPPED.test(entry.name)) queue.push({ path, depth: at.depth + 1 });
    }
  }
  return found;
}

/** In one line. */
export const toldLines = (plan: CheckPlan, say: SayHere): string =>
  proofLines(plan)
    .map(say.told)
    .join(say.language() === 'en' ? '; ' : '；');
