// Rust panics, with and without a backtrace.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const PANIC = /^thread '.*?' (?:\(\d+\) )?(?:panicked at |has overflowed its stack)/;

/** How the lines follow each other. */
export const rustGrammar: Grammar = {
  name: 'rust',
  opens: (line) => (PANIC.test(line) ? (/panicked at '|overflowed/.test(line) ? 'head' : 'first') : undefined),
  resumes: (line) => (/^\s+\d+:\s+(?:0x[0-9a-f]+ - )?[\w<{].*::/.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (/^thread caused non-unwinding panic\. aborting\.$/.test(line)) return 'end';
    if (state === 'end' || PANIC.test(line)) return undefined;
    if (/^note: run with /.test(line)) return 'end';
    if (/^note: Some details are omitted|^fatal runtime error: /.test(line)) return 'end';
    if (/^stack backtrace:/.test(line)) return 'frames';
    if (state === 'frames') return /^\s+(?:\d+:|at |\[\.\.\. omitted|\.\.\.)/.test(line) ? 'frames' : undefined;
    if (state === 'first') return 'head';
    return /^\s+\S/.test(line) ? 'head' : '?head';
  },
};

export const readRust: Reader = (lines) => {
  const at = lines.findIndex((line) => PANIC.test(line));
  if (at < 0) return undefined;
  const place = /panicked at (?:'(.*)', )?(.+?):(\d+):(\d+):?$/.exec(lines[at]!);
  const frames = readFrames(lines);
  if (place && !frames.some((found) => found.inApp)) frames.unshift(frame(place[2]!, place[3], undefined, !isLibrary(place[2]!), place[4]));
  const message = place?.[1] ?? (place ? lines[at + 1] : lines[at]) ?? null;
  return chained('rust', [{ type: 'panic', message, frames }]);
};

function readFrames(lines: readonly string[]): ReturnType<typeof frame>[] {
  const frames: ReturnType<typeof frame>[] = [];
  lines.forEach((line, index) => {
    const place = /^\s+at (.+?):(\d+)(?::(\d+))?$/.exec(line);
    const call = /^\s+\d+:\s+(?:0x[0-9a-f]+ - )?(.+?)(?:::h[0-9a-f]{16})?$/.exec(place ? (lines[index - 1] ?? '') : '');
    if (place && call)
      frames.push(
        frame(
          place[1]!,
          place[2],
          call[1],
          !isLibrary(place[1]!) && !/^(?:<*(?:core|std|alloc|rust_\w+|__rustc)(?:\[[0-9a-f]+\])?(?:::|\b))/.test(call[1]!),
          place[3],
        ),
      );
  });
  return frames;
}

const isLibrary = (file: string): boolean => /^\/rustc\/|\.cargo[/\\]registry|[/\\]rustlib[/\\]/.test(file);
