// Makes of a file of a change what the rules on its added lines see.
import { beyond, type ReadFile } from '../policy.ts';
import { givesDefault } from './handlers.ts';
import { bracesUp, type Outline, outlineOf } from './outline.ts';
import { saidIn } from './sides.ts';
import type { Source } from './source.ts';
import { literals } from './special-case.ts';
import { AGAIN, WAIT } from './waits.ts';
import { MODIFIER, RAISES } from './what-lines-do.ts';

/** Go ends the program so. */
const ENDS = /^\s*(?:panic\(|log\.(?:Fatal|Panic)\w*\(|os\.Exit\([1-9])/;
/** A change with more lines that are gone is none of a line or two. */
const MOST_GONE = 200;

export function sourceOf({ path, before, after }: ReadFile): Source {
  const left = new Map<string, number>();
  const [earlierText, laterText] = [bracesUp(before.uncommented), bracesUp(after.uncommented)];
  const earlier = earlierText.split('\n');
  for (const line of earlier) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  const lines = laterText.split('\n');
  const added = lines.flatMap((line, at) => {
    const count = left.get(line.trim()) ?? 0;
    left.set(line.trim(), count - 1);
    return count <= 0 && line.trim() !== '' && line.length < 500 ? [at] : [];
  });
  const [outline, was] = [outlineOf(lines), outlineOf(earlier)];
  const gone = beyond(earlierText, laterText).slice(0, MOST_GONE);
  const ended = new Set(gone.filter((line) => ENDS.test(line)));
  const raised = new Set(gone.filter((line) => RAISES.test(line)));
  const defaults = (those: readonly string[], { ends }: Outline): number =>
    those.filter((_line, at) => givesDefault(those, ends, at)).length;
  const waits = (those: readonly string[], what = WAIT): number => those.filter((one) => what.test(one)).length;
  return {
    ...{ path, lines, outline, added: new Set(added), spoken: new Set([...earlier, ...before.text.split('\n')].flatMap(literals)) },
    hasMoreDefaults: defaults(lines, outline) > defaults(earlier, was),
    gone,
    had: new Set(before.text.split('\n').map((line) => line.trim())),
    hadNames: new Set(earlierText.match(/[A-Za-z_]\w*/g)),
    text: after.text.split('\n'),
    saidNumbers: new Set((saidIn(before).match(/\d[\d_,]*/g) ?? []).map((one) => Number(one.replace(/[_,]/g, '')))),
    raisedBelow: new Set(earlier.flatMap((line, at) => (raised.has(line) ? [earlier[was.heads[at] ?? -1] ?? ''] : []))),
    endedBelow: new Set(earlier.flatMap((line, at) => (ended.has(line) ? [(earlier[was.heads[at] ?? -1] ?? '').trim()] : []))),
    raisedWhere: new Set([...raised].flatMap((line) => MODIFIER.exec(line)?.[0] ?? [])),
    hasMoreWaits: waits(lines) > waits(earlier),
    hasMoreTries: waits(lines, AGAIN) > waits(earlier, AGAIN),
  };
}
