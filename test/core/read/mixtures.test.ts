// Events of the golden logs in random order, whole or cut off anywhere, between records of one or two streams whose lines are
// mixed, as transports write them. Each is counted by itself before: none may be lost, nearly all are found as they are alone.
import { fingerprint } from '../../../src/core/group/fingerprint.ts';
import { fewer } from '../../support/lane.ts';
import { clock, TRANSPORTS, UNITS } from './carried.ts';
import { detect } from './detector-run.ts';
import { numbers } from './numbers.ts';

interface Block {
  readonly lines: readonly string[];
  /** `first last fingerprint` of each event, as it is alone. */
  readonly alone: readonly (readonly [first: number, last: number, id: string])[];
  /** Numbers of its lines in the mixture. */
  readonly at: number[];
}

const record = (n: number, text: string): string => `2026-01-02 ${clock(n)},678 ${text}`;
const INFO = record(1, 'INFO order 1 placed');

function blockOf(lines: readonly string[], isError = true): Block {
  const events = isError ? detect(`${[INFO, ...lines, INFO].join('\n')}\n`) : [];
  return { lines, at: [], alone: events.map((event) => [event.line - 2, event.endLine - 2, fingerprint(event).id]) };
}

const units = UNITS.map((lines) => blockOf(lines)).filter(
  ({ lines, alone }) => alone.length === 1 && alone[0]![0] === 0 && alone[0]![1] === lines.length - 1,
);

type Pick = (below: number) => number;

/** Records, and events among them: directly below one that is whole or cut off stands a record, quiet or not. */
function streamOf(pick: Pick): readonly Block[] {
  const blocks = Array.from({ length: 8 }, (_, n) => {
    const unit = units[pick(units.length)]!;
    const event = pick(4) === 0 ? blockOf(unit.lines.slice(0, 1 + pick(unit.lines.length))) : { ...unit, at: [] };
    const failed = blockOf([record(n, `ERROR payment failed in step ${'abcdefgh'[n]}`)]);
    return [event, ...(pick(3) === 0 ? [failed] : []), blockOf([record(n, pick(2) === 0 ? 'INFO next' : 'DEBUG cache is warm')], false)];
  });
  return [blockOf([INFO], false), ...blocks.flat()];
}

/** @returns the lines of the streams in turn, a few of each at once */
function mixed(streams: readonly (readonly Block[])[], pick: Pick, write: (text: string, n: number, name: string) => string): string {
  const waiting = streams.map((blocks, index) => ({
    name: ['web', 'db'][index]!,
    lines: blocks.flatMap((block) => block.lines.map((text) => ({ text, block }))),
  }));
  const log: string[] = [];
  for (let live = waiting; live.length > 0; live = waiting.filter(({ lines }) => lines.length > 0)) {
    const { name, lines } = live[pick(live.length)]!;
    for (const { text, block } of lines.splice(0, 1 + pick(3))) {
      log.push(write(text, log.length, name));
      block.at.push(log.length);
    }
  }
  return `${log.join('\n')}\n`;
}

test.each(TRANSPORTS)('%s', (_, { write, isNamed }) => {
  let right = 0;
  const lost: string[] = [];
  const all: string[] = [];
  for (let seed = 1; seed <= Math.max(4, fewer(20)); seed++) {
    const pick = numbers(seed);
    const streams = Array.from({ length: isNamed ? 1 + pick(2) : 1 }, () => streamOf(pick));
    const events = detect(mixed(streams, pick, write));
    const found = new Set(events.map((event) => `${event.line}-${event.endLine} ${fingerprint(event).id}`));
    for (const { alone, at } of streams.flat()) {
      for (const [first, last, id] of alone) {
        const wanted = `${at[first]}-${at[last]} ${id}`;
        all.push(wanted);
        if (found.has(wanted)) right++;
        else if (!events.some(({ line, endLine }) => line <= at[last]! && endLine >= at[first]!)) lost.push(`seed ${seed}: ${wanted}`);
      }
    }
  }
  expect(lost).toEqual([]);
  expect(right / all.length).toBeGreaterThan(0.93);
});
