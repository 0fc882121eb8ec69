// `npm run stress -- hostile [--seconds N] [--seed N] [--rows AREA]`: hostile things through the whole program, area after area, until
// the time is over. Every round has a seed of its own, which its report names: `--rows AREA --seed N --seconds 1` plays it again.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Checks } from '../checks.ts';
import { createRandom } from '../lines.ts';
import { type Area, answers, config, forget, ledger, packed, scan, servers } from './areas.ts';
import { state } from './state.ts';
import { trees } from './trees.ts';
import { wire } from './wire.ts';

const AREAS: Readonly<Record<string, Area>> = { scan, config, ledger, answers, servers, packed, wire, trees, state };

const ROOT = join(import.meta.dirname, '../../..');

export interface HostileFigures {
  readonly rounds: Readonly<Record<string, number>>;
  readonly slowestMs: Readonly<Record<string, number>>;
}

export async function hostile(
  { seed, seconds, words }: { readonly seed: number; readonly seconds: number; readonly words: readonly string[] },
  checks: Checks,
): Promise<HostileFigures> {
  const main = join(ROOT, checks.program === 'build' ? 'dist/main.js' : 'src/main.ts');
  const chosen = Object.entries(AREAS).filter(([name]) => words.length === 0 || words.includes(name));
  const place = mkdtempSync(join(tmpdir(), 'ai-ops-hostile-'));
  const rounds: Record<string, number> = {};
  const slowestMs: Record<string, number> = {};
  const end = Date.now() + seconds * 1000;
  for (let at = 0; Date.now() < end; at += 1) {
    const [name, area] = chosen[at % chosen.length]!;
    const own = seed + Math.floor(at / chosen.length);
    const dir = join(place, `${name}-${own}`);
    mkdirSync(dir);
    const began = performance.now();
    const problems = await area({ random: createRandom(own), main, dir }).catch((thrown: unknown) => [`the harness: ${String(thrown)}`]);
    rounds[name] = (rounds[name] ?? 0) + 1;
    slowestMs[name] = Math.max(slowestMs[name] ?? 0, Math.round(performance.now() - began));
    if (problems.length === 0) forget(dir);
    else checks.check(`${name}, seed ${own} (kept ${dir})`, false, problems.join('; '));
  }
  for (const [name, count] of Object.entries(rounds)) checks.check(`${name}: ${count} rounds`, true);
  return { rounds, slowestMs };
}
