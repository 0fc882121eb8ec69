// Dart's unhandled exceptions and Flutter's banner.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const FRAME = /^#\d+\s+(.+?) \(((?:package|file|dart):.*?)(?::(\d+))?(?::(\d+))?\)$/;

/** Flutter's engine says what was thrown on the same line. */
const ENGINE = /^(?:\[ERROR:flutter\/\S*\] )?Unhandled [Ee]xception: (.+)$/;

/** How the lines follow each other. */
export const dartGrammar: Grammar = {
  name: 'dart',
  opens(line) {
    if (/^[═=]{2,}.*EXCEPTION CAUGHT BY/.test(line)) return 'banner';
    if (/^(?:Unhandled exception|\[.*\] Unhandled [Ee]xception):\s*$/.test(line)) return 'first';
    return line.startsWith('[ERROR:flutter') && ENGINE.test(line) ? 'head' : undefined;
  },
  resumes: (line) => (FRAME.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (state === 'banner') return /^[═=]{20,}$/.test(line) ? 'end' : 'banner';
    if (FRAME.test(line) || /^<asynchronous suspension>$/.test(line) || /^\(elided /.test(line))
      return state === 'end' ? undefined : 'frames';
    if (state === 'first') return line.trim() === '' ? undefined : 'head';
    return state === 'head' ? '?head' : undefined;
  },
};

/** Below the banner: what Flutter calls an assertion is one, or its own error; a message is a string that was thrown. */
const CAUGHT = /^The following (.+?)(?: object)? was thrown\b/;

function caughtBy(lines: readonly string[], at: number): { type: string; message: string | null } {
  const name = CAUGHT.exec(lines[at]!)![1]!;
  const said = lines.slice(at + 1).find((line) => line.trim() !== '') ?? null;
  // The text of an error may begin with the name of its class.
  const message = said?.startsWith(name) === true ? said.slice(name.length).replace(/^(?: \([^)]*\))?: /, '') : said;
  return { type: name === 'assertion' ? 'AssertionError' : /^[A-Z_]/.test(name) ? name : 'Exception', message };
}

export const readDart: Reader = (lines) => {
  const frames = lines.flatMap((line) => {
    const m = FRAME.exec(line);
    return m ? [frame(m[2]!.replace(/^file:\/\//, ''), m[3], m[1], !/^dart:|^package:flutter\//.test(m[2]!), m[4])] : [];
  });
  const at = lines.findIndex((line) => /Unhandled [Ee]xception:/.test(line));
  if (frames.length === 0 && at < 0) return undefined;
  const banner = lines.findIndex((line) => CAUGHT.test(line));
  if (banner >= 0) return chained('dart', [{ ...caughtBy(lines, banner), frames }]);
  const said = ENGINE.exec(lines[at] ?? '')?.[1] ?? (at < 0 ? lines[0] : lines[at + 1]) ?? '';
  const typed =
    /^(_?[A-Z]\w*(?:Error|Exception))(?: \([^)]*\))?(?:: (.*))?$/.exec(said) ??
    /^(_?[A-Z]\w*(?:Error|Exception))\((.*)\)$/.exec(said) ??
    // A class may be called as it likes.
    /^(_?(?:[A-Z][a-z\d]+){2,}): (.*)$/.exec(said) ??
    /^([A-Z]\w*Exception)$/.exec(said) ??
    /^Instance of '(\w+)'$/.exec(said);
  return chained('dart', [{ type: typed?.[1] ?? 'Exception', message: typed ? (typed[2] ?? null) : said, frames }]);
};
