// Every event of the golden logs and records, as each transport would have written it: the transport takes nothing away from
// an event and adds nothing to it. What is right is what the reader says of the same lines between two records of a plain log.
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { inLane } from '../../support/lane.ts';
import { cutByCri, TRANSPORTS, type Transport, UNITS } from './carried.ts';
import { detect } from './detector-run.ts';

const BEFORE = '2026-01-02 03:04:01,678 INFO order 1 placed';
const AFTER = '2026-01-02 03:04:59,678 INFO order 2 placed';

interface Found {
  readonly extent: string;
  readonly id: string;
}

/** Of lines `first` to `last` of the unit, as they are told from the lines that a transport wrote. */
function found(lines: readonly string[], write: Transport['write']): readonly Found[] {
  const written = [BEFORE, ...lines, AFTER].flatMap((text, n) =>
    write(text, n, 'web')
      .split('\n')
      .map((line) => ({ line, n })),
  );
  return detect(`${written.map(({ line }) => line).join('\n')}\n`).map((event) => ({
    extent: `${written[event.line - 1]?.n}-${written[event.endLine - 1]?.n}`,
    id: fingerprint(event).id,
  }));
}

const alone = UNITS.map((lines) => ({ lines, events: found(lines, (text) => text) })).filter(
  ({ lines, events }) => events.length === 1 && events[0]!.extent === `1-${lines.length}`,
);

const rightOf = (write: Transport['write']): number =>
  alone.filter(({ lines, events }) => JSON.stringify(found(lines, write)) === JSON.stringify(events)).length;

test.each(inLane(TRANSPORTS, 0.4, ([name]) => name))('%s', (_, { least, write }) => {
  expect(rightOf(write)).toBeGreaterThanOrEqual(least);
});

test('CRI, each line cut', () => {
  expect(rightOf(cutByCri)).toBeGreaterThanOrEqual(685);
});
