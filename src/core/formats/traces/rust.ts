// Rust panics, with and without a backtrace, and the reports that programs end with (anyhow, eyre, color-eyre).
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

/** color-eyre's panic, and the places that a report may name. */
const CRASHED = /^The application panicked \(crashed\)\.$/;
const LOCATION = /^(?:Location:|Location: )\s*(\S+\.rs):(\d+)(?::(\d+))?$/;
const SECTIONS = /^(?:Caused by|Location|Stack backtrace):|^\s+[━─]{3,} (?:BACKTRACE|SPANTRACE)|RUST_(?:LIB_)?BACKTRACE=/;
const PANIC = /^[Tt]hread '.*?' (?:\(\d+\) )?(?:panicked at |has overflowed its stack)/;

/** Without a column before 1.26. */
const AT_END = /', (\S+\.rs):(\d+)(?::(\d+))?$/;

/** How the lines follow each other. */
export const rustGrammar: Grammar = {
  name: 'rust',
  opens: (line) =>
    CRASHED.test(line) ? 'report' : PANIC.test(line) ? (/panicked at '|overflowed/.test(line) ? 'head' : 'first') : undefined,
  resumes: (line) => (/^\s+\d+:\s+(?:0x[0-9a-f]+ - )?[\w<{].*::/.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (/^thread (?:caused non-unwinding panic|panicked while \w+ing(?: a panic)?)\. aborting\.$/.test(line)) return 'end';
    if (state === 'end' || PANIC.test(line)) return undefined;
    if (state === 'report')
      return /^(?:Message|Location|Backtrace|Run with RUST_|\s)/.test(line) ? 'report' : line === '' ? '?report' : undefined;
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
  if (at < 0) return readReport(lines);
  const place = /panicked at (?:'(.*)', )?(.+?):(\d+)(?::(\d+):?)?$/.exec(lines[at]!);
  const frames = readFrames(lines);
  if (place && !frames.some((found) => found.inApp)) frames.unshift(frame(place[2]!, place[3], undefined, !isLibrary(place[2]!), place[4]));
  // Until 1.72 the place stood behind the message, which may have several lines.
  const said = place ? null : /panicked at '(.*)$/.exec(lines[at]!);
  const end = said
    ? lines
        .slice(at, at + 40)
        .map((line) => AT_END.exec(line))
        .find((found) => found !== null)
    : undefined;
  if (end && !frames.some((found) => found.inApp)) frames.unshift(frame(end[1]!, end[2], undefined, !isLibrary(end[1]!), end[3]));
  const message = place?.[1] ?? (place ? lines[at + 1] : (said?.[1] ?? lines[at])) ?? null;
  return chained('rust', [{ type: 'panic', message, frames }]);
};

/** An error with its causes: what was tried stands first, the root last. */
function readReport(lines: readonly string[]): ReturnType<Reader> {
  if (!lines.some((line) => SECTIONS.test(line)) || lines.some((line) => /^\s+at .*\(.*\)$/.test(line))) return undefined;
  const location = lines.findIndex((line) => /^Location:/.test(line));
  const place = location < 0 ? null : LOCATION.exec(`Location: ${lines[location]!.slice(9).trim() || (lines[location + 1] ?? '').trim()}`);
  const frames = readFrames(lines);
  if (place && !isLibrary(place[1]!) && !frames.some((found) => found.file === place[1]))
    frames.unshift(frame(place[1]!, place[2], undefined, true, place[3]));
  if (frames.length === 0 && !lines.some((line) => /^(?:Location|Stack backtrace):|RUST_(?:LIB_)?BACKTRACE=/.test(line))) return undefined;
  const crashed = lines.findIndex((line) => CRASHED.test(line));
  if (crashed >= 0) {
    const message = /^Message: +(.*)$/.exec(lines[crashed + 1] ?? '')?.[1] ?? null;
    return chained('rust', [{ type: 'panic', message, frames }]);
  }
  const said = /^(?:Error: *)?(.*)$/.exec(lines[0] ?? '')![1]!.trim();
  const first = lines.map((line) => /^\s+0: (.*)$/.exec(line)).find((found) => found !== null);
  const type = /^Error:/.test(lines[0] ?? '') ? 'Error' : null;
  return { language: 'rust', type, message: said || (first?.[1] ?? null), frames };
}

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

const isLibrary = (file: string): boolean =>
  /^\/rustc\/|[/\\]\.?cargo[/\\](?:registry|git[/\\]checkouts)[/\\]|[/\\]rustlib[/\\]/.test(file);
