// Outputs of test runners, most of them as they were really printed, each beside the error of a log: is it that one?
// Half of them was read while the rules were written; of the other half, told by a hash of its name, only the sum counts.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locateFrames } from '../../../src/core/context/locate.ts';
import type { ErrorEvent, Language } from '../../../src/core/model.ts';
import { faultOf, type Reproduction, reproduction } from '../../../src/core/proof/reproduction.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';

interface Case {
  readonly want: Reproduction['kind'];
  readonly log: {
    readonly type: string | null;
    readonly message: string;
    readonly language: Language;
    /** File, line, function, and `false` where it is not the application's own. */
    readonly frames: readonly (readonly [file: string, line: number, name: string | null, inApp?: boolean])[];
  };
  /** Files of the repository. */
  readonly paths: readonly string[];
}

const DIR = join(import.meta.dirname, 'runs');
const NAMES = readdirSync(DIR).map((file) => file.replace(/\.txt$/, ''));
const isTuned = (name: string): boolean => (createHash('sha256').update(name).digest()[0] ?? 0) % 2 === 0;

function judged(name: string): { readonly want: string; readonly got: string } {
  const text = readFileSync(join(DIR, `${name}.txt`), 'utf8');
  const end = text.indexOf('\n');
  const { want, log, paths } = JSON.parse(text.slice(0, end)) as Case;
  const frames = log.frames.map(([file, line, called, inApp = true]) => ({
    file,
    line,
    inApp,
    ...(called === null ? {} : { function: called }),
  }));
  const index = indexPaths(paths);
  const event: Pick<ErrorEvent, 'type' | 'message' | 'language'> = log;
  const fault = faultOf(event, locateFrames(frames, index, { language: log.language, subdir: '', roots: [] }));
  const { kind } = reproduction(fault, text.slice(end + 1), { index, subdir: '', tests: new Map() });
  return { want, got: kind };
}

test.each(NAMES.filter(isTuned))('%s', (name) => {
  const { want, got } = judged(name);
  expect(got).toBe(want);
});

test('the half that nobody looked at', () => {
  const rest = NAMES.filter((name) => !isTuned(name)).map(judged);
  expect(rest.filter(({ want, got }) => got === 'yes' && want !== 'yes')).toEqual([]);
  expect(rest.filter(({ want, got }) => want === got).length).toBeGreaterThanOrEqual(30);
});
