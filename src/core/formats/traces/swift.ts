// Swift's traps and their backtrace.
import { chained, frame, type Grammar, type Reader } from './grammar.ts';

const FATAL =
  /^(?:(\S+\.swift):(\d+): )?(?:Swift runtime failure|Fatal error|Precondition failed|Assertion failed): (.*?)(?:: file (\S+), line (\d+))?$/;
/** Objective-C's last words, as its runtime prints them. */
const NS_EXCEPTION = /\*\*\* Terminating app due to uncaught exception '(\w+)', reason: '(.*)'$/;
/** Its frames, or their addresses alone. */
const THROWN = /^(?:\*\*\* First throw call stack:|\(|\s+\d+ +\S|\(?0x[0-9a-f]+|\)|libc\+\+abi|terminating )/;
const CRASHED = /^(?:\*\*\*|💣) Program crashed: (.*?)(?: \*\*\*)?$/u;
const FRAME = /^\d+ (?:\[ra\] )?(?:\[async\] )?(?:0x[0-9a-f]+ )?(.+?) \+ \d+ in \S+ at (.+?):(\d+)(?::(\d+))?$/;

/** How the lines follow each other. */
export const swiftGrammar: Grammar = {
  name: 'swift',
  opens: (line) =>
    line.startsWith('*** Terminating app ') && NS_EXCEPTION.test(line)
      ? 'thrown'
      : FATAL.test(line) && /\.swift|Swift runtime/.test(line)
        ? 'head'
        : CRASHED.test(line)
          ? 'report'
          : undefined,
  resumes: (line) => (FRAME.test(line) ? 'report' : undefined),
  next(state, line) {
    if (state === 'thrown') return THROWN.test(line) ? 'thrown' : undefined;
    if (/^(?:\*\*\* (?:Signal|Program crashed)|💣 Program crashed|Thread \d+.* crashed:|Current stack trace:$)/u.test(line))
      return 'report';
    // The shell tells of the same death.
    if (state === 'report' && /^(?:Illegal instruction|Trace\/\S+ trap|Segmentation fault|Aborted)\b.*\(core dumped\)$/.test(line))
      return 'end';
    if (state === 'report') return /^(?:\d+ |\s|Registers:|Images|Platform: |Backtrace took|r\w+ 0x|…)/.test(line) ? 'report' : undefined;
    return undefined;
  },
};

export const readSwift: Reader = (lines) => {
  const thrown = lines.map((line) => NS_EXCEPTION.exec(line)).find((m) => m !== null);
  if (thrown) return chained('swift', [{ type: thrown[1]!, message: thrown[2]!, frames: [] }]);
  const fatal = lines.map((line) => FATAL.exec(line)).find((m) => m !== null);
  const frames = lines.flatMap((line) => {
    const m = FRAME.exec(line);
    return m ? [frame(m[2]!, m[3], m[1], !/^\/usr\/|[/\\]\.build[/\\]checkouts/.test(m[2]!), m[4])] : [];
  });
  if (!fatal && frames.length === 0) return undefined;
  const crashed = lines.map((line) => CRASHED.exec(line)?.[1]).find((said) => said !== undefined);
  const place = fatal?.[1] ?? fatal?.[4];
  if (frames.length === 0 && place !== undefined) frames.push(frame(place, fatal?.[2] ?? fatal?.[5], undefined, true));
  return frames.length === 0 ? undefined : chained('swift', [{ type: 'Fatal error', message: fatal?.[3] ?? crashed ?? null, frames }]);
};
