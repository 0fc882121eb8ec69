// The whole table of faults: every write of a repair × everything that can go wrong with it × both hosts, with the real program.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allRows, type FaultRow, play, quietTraffic, SCENES, type SceneName, told } from '../e2e/fault-rows.ts';
import { startFaultWorld } from '../support/faults/world.ts';
import type { Checks } from './checks.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** @param words rows are played whose names hold one of them; without any, all are */
export async function faults(
  words: readonly string[],
  checks: Checks,
): Promise<{ rows: number; healed: number; failedFirst: number; seconds: number }> {
  const main = join(ROOT, checks.program === 'build' ? 'bin/ai-ops.cjs' : 'src/main.ts');
  const chosen = allRows().filter((row) => words.length === 0 || words.some((word) => told(row).includes(word)));
  const began = Date.now();
  const figures = { rows: chosen.length, healed: 0, failedFirst: 0 };
  for (const host of ['github', 'gitlab'] as const) {
    const mine = chosen.filter((row) => row.host === host);
    if (mine.length === 0) continue;
    const scenes = Object.keys(SCENES) as SceneName[];
    const world = await startFaultWorld({ host, bugs: mine.length + scenes.length, main });
    try {
      let bug = 0;
      const places = new Map<SceneName, number>();
      const placeOf = async ({ scene, fault }: FaultRow): Promise<number> => {
        if (fault !== 'refused') return 0;
        const known = places.get(scene);
        if (known !== undefined) return known;
        bug += 1;
        const place = (await quietTraffic(world, bug, scene)).indexOf(SCENES[scene].write);
        places.set(scene, place);
        return place;
      };
      for (const row of mine) {
        const after = await placeOf(row);
        bug += 1;
        const { code, problems } = await play(world, bug, row, after).catch((thrown: unknown) => ({
          code: 70,
          problems: [String(thrown)],
        }));
        checks.check(`${told(row)}: first ${code ?? 'killed'}`, problems.length === 0, problems.join('; '));
        figures[code === 0 ? 'healed' : 'failedFirst'] += 1;
      }
    } finally {
      await world.close();
    }
  }
  return { ...figures, seconds: Math.round((Date.now() - began) / 1000) };
}
