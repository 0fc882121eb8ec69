// PHP's uncaught exceptions, PHP-FPM's copies of them, and Monolog's `[stacktrace]` blocks.
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const OPEN =
  /^(?:PHP )?(?:Fatal error|Parse error|Recoverable fatal error|Catchable fatal error):\s|^exception '[\w\\]+' with message '|^(?:PHP )?(?:Uncaught )[\w\\]+: .* in \S+:\d+$/;
const FRAME = /^#(\d+) (?:(\S.*?)\((\d+)\)|\[internal function\])(?:: (.*))?$/;

/** How the lines follow each other. */
export const phpGrammar: Grammar = {
  name: 'php',
  opens: (line) => (OPEN.test(line) ? 'head' : undefined),
  resumes: (line) =>
    /^#\d+ (?:\S.*\.php\(\d+\)|\[internal function\]|\{main\})/.test(line) || /^\[stacktrace\]$/.test(line) ? 'frames' : undefined,
  next(state, line) {
    if (state === 'end') return undefined;
    if (/^\s+thrown in .* on line \d+$/.test(line)) return 'end';
    if (/^Stack trace:$|^\[(?:previous )?(?:stack|exception)/.test(line)) return 'frames';
    if (FRAME.test(line) || /^#\d+ \{main\}/.test(line)) return 'frames';
    if (/^Next [\w\\]+: |^Next exception '/.test(line)) return 'head';
    if (/^"\}\s*$/.test(line)) return 'end';
    if (state === 'head') return OPEN.test(line) ? undefined : '?head';
    return undefined;
  },
};

const HEADS = [
  /(?:Uncaught )?exception '([\w\\]+)' with message '(.*?)' in (\S.*):(\d+)/,
  /(?:^|Uncaught |Next |: |object\) \()([A-Z][\w\\]*(?:Exception|Error)[\w\\]*)(?:\(code: \d+\))?: (.*?)(?: in | at )(\S+?):(\d+)/,
];

/** The exception's own place is the first frame; of a chain the outermost stands last (`Next …`). */
export const readPhp: Reader = (lines) => {
  const links: Link[] = [];
  for (const line of lines) {
    const head = HEADS.map((form) => form.exec(line)).find((m) => m !== null);
    if (head) {
      links.unshift({
        type: head[1]!,
        message: head[2] ? head[2] : null,
        frames: [frame(head[3]!, head[4], undefined, !isLibrary(head[3]!))],
      });
      continue;
    }
    const found = FRAME.exec(line);
    if (found)
      links[0]?.frames.push(
        frame(found[2] ?? '[internal function]', found[3], found[4]?.replace(/\(.*$/, ''), found[2] !== undefined && !isLibrary(found[2])),
      );
    const fatal = links.length === 0 ? /^(?:PHP )?(Fatal error|Parse error):\s+(.*) in (\S+) on line (\d+)/.exec(line) : null;
    if (fatal)
      links.unshift({ type: fatal[1]!, message: fatal[2]!, frames: [frame(fatal[3]!, fatal[4], undefined, !isLibrary(fatal[3]!))] });
  }
  return chained('php', links);
};

const isLibrary = (file: string): boolean => /[/\\]vendor[/\\]/.test(file);
