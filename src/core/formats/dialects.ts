// The ordered registry of log dialects. Adding one is a file beside this and a line here.
// A wrapper's inner text is read again by the dialects that may stand inside it.
import { json } from './json.ts';
import { type Dialect, plainText, type Reading } from './line-reading.ts';
import { logfmt } from './logfmt.ts';
import { plain } from './plain.ts';
import { access, compose, cri, erlang, klog, logcat, syslog } from './wrappers.ts';

/** Outermost first: the first dialect that reads a line has it. */
export const dialects: readonly Dialect[] = [json, cri, syslog, logcat, klog, erlang, access, logfmt, compose, plain];

const inner: readonly Dialect[] = [json, logcat, klog, erlang, access, logfmt, plain];

/** Reads one line (without its newline and without colour codes). Text without any head gives a bare reading. */
export function readLine(text: string): Reading {
  for (const dialect of dialects) {
    const reading = dialect.read(text);
    if (reading) return reading.wrapped ? unwrap(reading) : reading;
  }
  return plainText(text);
}

/** What the inner text says outranks its wrapper, except that the wrapper's stream stays. */
function unwrap(outer: Reading): Reading {
  for (const dialect of inner) {
    const reading = dialect.read(outer.text);
    if (!reading) continue;
    const level = reading.level ?? outer.level;
    const time = reading.time ?? outer.time;
    return {
      ...reading,
      format: outer.format === 'json' ? reading.format : outer.format,
      stream: [outer.stream, reading.stream].filter((part) => part !== '').join('|'),
      ...(level === undefined ? {} : { level }),
      ...(time === undefined ? {} : { time }),
      ...(outer.partial ? { partial: true } : {}),
    };
  }
  return outer;
}
