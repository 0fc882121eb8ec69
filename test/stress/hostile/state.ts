// The state directory after a repair, damaged file by file: stores, packs and their indexes, journals, checkpoints, manifests of work
// trees, locks. Whatever is broken is said, or fetched and counted anew; nothing is proposed that Claude has not answered.
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plantClaude, says } from '../../support/shell-claude.ts';
import type { Area } from './areas.ts';
import { gitIn } from './checkout.ts';
import { below, noisy, pick, type Random } from './noise.ts';
import { jsonLines, problemsOf, runOn } from './program.ts';
import { APP, FIX, LOG } from './wire.ts';

const LIMIT_MS = 8000;

export const state: Area = async ({ random, main, dir }) => {
  const repo = join(dir, 'shop');
  mkdirSync(join(repo, 'src'), { recursive: true });
  writeFileSync(join(repo, 'src/app.js'), APP);
  gitIn(repo);
  const log = join(dir, 'app.log');
  writeFileSync(log, LOG);
  const env = { CLAUDE_COMMAND: join(dir, 'claude'), CODE_HOST: 'local', VERIFY_TEST: 'true' };
  const where = ['--json', '--state-dir', join(dir, 'state')];
  // A repair that fails keeps what a retry needs.
  const fails = random() < 0.4;
  plantClaude(dir, says(FIX));
  const first = await runOn({ main, args: ['fix', log, ...where], cwd: repo, env: fails ? { ...env, VERIFY_TEST: 'false' } : env });
  const early = problemsOf(first, LIMIT_MS);
  if (early.length > 0) return early.map((problem) => `first: ${problem}`);
  const trace = String(jsonLines(first).find(({ kind }) => kind === 'result')?.trace ?? 'none');
  const harmed = harm(random, join(dir, 'state'));
  writeFileSync(
    log,
    `${LOG}2026-03-01T11:00:00.000Z ERROR RangeError: Invalid count value: -1\n    at discount (/srv/shop/src/app.js:1:45)\n`,
  );
  const problems: string[] = [];
  const then = [
    ['status', ...where],
    ['retry', trace, ...where],
    ['fix', log, ...where],
    ['watch', '--once', '--from', 'start', log, ...where],
    ['clean', ...where],
    ['incidents', ...where],
  ];
  for (const args of then) {
    const ran = await runOn({ main, args, cwd: repo, env });
    problems.push(...problemsOf(ran, LIMIT_MS).map((problem) => `${args[0]}: ${problem}`));
    for (const result of jsonLines(ran)) {
      if (result.kind !== 'result' || result.outcome !== 'proposed') continue;
      const paths = (result.files as readonly { readonly path: string }[]).map(({ path }) => path);
      if (paths.join() !== 'src/app.js') problems.push(`${args[0]} proposed ${JSON.stringify(paths)}`);
    }
  }
  return problems.map((problem) => `${harmed.join(', ')}: ${problem}`);
};

/** @returns what was done to which file */
function harm(random: Random, dir: string): readonly string[] {
  const files = readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => lstatSync(join(dir, name)).isFile());
  return Array.from({ length: 1 + below(random, 4) }, () => {
    const name = pick(random, files.sort());
    const file = join(dir, name);
    const how = pick(random, ['noise', 'noise', 'noise', 'cut', 'empty', 'gone', 'a directory', 'another file']);
    if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return `${name} again`;
    if (how === 'noise') replace(file, noisy(random, readFileSync(file), 20_000_000));
    if (how === 'cut') truncateSync(file, below(random, lstatSync(file).size + 1));
    if (how === 'empty') truncateSync(file, 0);
    if (how === 'gone' || how === 'a directory') rmSync(file);
    if (how === 'a directory') mkdirSync(file);
    if (how === 'another file')
      replace(
        file,
        readFileSync(
          join(
            dir,
            pick(
              random,
              files.filter((other) => lstatSync(join(dir, other), { throwIfNoEntry: false })?.isFile()),
            ),
          ),
        ),
      );
    return `${name}: ${how}`;
  });
}

/** Objects of git are read-only. */
function replace(file: string, bytes: Buffer): void {
  rmSync(file);
  writeFileSync(file, bytes);
}
