// Kinds of logs that need a rule of their own: extent, level, type, message and the nearest frame of each event.
import type { ErrorEvent } from '../../../src/core/model.ts';
import { detect } from '../read/detector-run.ts';
import { KINDS } from './kinds.ts';

const told = ({ line, endLine, level, type, message, frames }: ErrorEvent): string => {
  const near = frames.find((frame) => frame.inApp);
  const place = near ? `${near.file}${near.line === null ? '' : `:${near.line}`} ${near.function ?? ''}`.trim() : 'null';
  return `${line}-${endLine} ${level} ${type} | ${message?.split('\n')[0] ?? null} | ${place}`;
};

describe.each(KINDS)('$name', ({ log, expected }) => {
  const text = `${log.join('\n')}\n`;

  test('read whole', () => {
    expect(detect(text).map(told)).toEqual(expected);
  });

  test('cut anywhere', () => {
    for (let cut = 1; cut < text.length; cut += 7) expect(detect(text, {}, [cut]).map(told)).toEqual(expected);
  });

  test('with a search for every line', () => {
    expect(detect(text, { keywords: ['ERROR', 'Exception', 'CRITICAL', 'FATAL', 'panic', 'Traceback', '\u0001'] }).map(told)).toEqual(
      expected,
    );
  });
});
