// Logs with what is right written beside them: `first-last level type|words of the message|file of the nearest frame` of each
// event, `*` where it can be argued (test/golden/kinds).
import { readFileSync } from 'node:fs';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { detect } from '../read/detector-run.ts';

export interface Kind {
  readonly name: string;
  /** The issue, the document or the program whose form it has. */
  readonly source?: string;
  readonly log: readonly string[];
  readonly events: readonly string[];
}

export const kindsOf = (file: string): readonly Kind[] =>
  readFileSync(new URL(`../../golden/kinds/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Kind);

const short = (type: string | null): string => (type ?? '').split(/\.|::|\\|\$|:(?! )/).at(-1)!;

function extentOf({ line, endLine }: ErrorEvent, log: readonly string[]): string {
  let first = line;
  while (first < endLine && log[first - 1]!.trim() === '') first++;
  return `${first}-${endLine}`;
}

function isRight(event: ErrorEvent, expected: string, log: readonly string[]): boolean {
  const [head, says, file] = expected.split('|') as [string, string, string];
  const [extent, level, ...type] = head.split(' ');
  const isAs = (wanted: string | undefined, test: (wanted: string) => boolean): boolean => wanted === '*' || test(wanted ?? '');
  return (
    (extent!.endsWith('*') ? extentOf(event, log).startsWith(extent!.slice(0, -1)) : extentOf(event, log) === extent) &&
    isAs(level, (wanted) => event.level === wanted) &&
    isAs(type.join(' '), (wanted) => event.type === wanted || short(event.type) === short(wanted)) &&
    isAs(says, (wanted) => event.message?.includes(wanted) === true) &&
    isAs(file, (wanted) => event.frames.find(({ inApp }) => inApp)?.file.endsWith(wanted) === true)
  );
}

export function isReadRight({ log, events: expected }: Kind): boolean {
  const events = detect(`${log.join('\n')}\n`).toSorted((a, b) => a.line - b.line);
  return events.length === expected.length && events.every((event, index) => isRight(event, expected[index]!, log));
}
