// Runs the detector over a text, for the tests of the log core.

import type { ErrorEvent } from '../../../src/core/model.ts';
import { createDetector, type DetectorOptions } from '../../../src/core/read/detector.ts';

/** What the configuration gives when nothing is set. */
export const KEYWORDS: readonly string[] = ['ERROR', 'Exception', 'CRITICAL', 'FATAL', 'panic', 'Traceback'];

export function options(more: Partial<DetectorOptions> = {}): DetectorOptions {
  return {
    source: 'app.log',
    stream: 'g1',
    startOffset: 0,
    startLines: 0,
    level: 'error',
    keywords: KEYWORDS,
    ignore: [],
    encoding: 'auto',
    ...more,
  };
}

/** All events of `text`, pushed in pieces that end at `cuts`. */
export function detect(text: string | Buffer, more: Partial<DetectorOptions> = {}, cuts: readonly number[] = []): readonly ErrorEvent[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const detector = createDetector(options(more));
  const events: ErrorEvent[] = [];
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    events.push(...detector.push({ bytes: Buffer.from(bytes.subarray(from, to)) }));
    from = to;
  }
  return [...events, ...detector.flush()];
}

/** `1-3 5-5`: the first and last lines of the events. */
export const ranges = (events: readonly ErrorEvent[]): string => events.map((event) => `${event.line}-${event.endLine}`).join(' ');
