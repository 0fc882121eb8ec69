// PHP's uncaught exceptions, PHP-FPM's copies of them, and Monolog's `[stacktrace]` blocks.
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const OPEN =
  /^(?:PHP )?(?:Fatal error|Parse error|Recoverable fatal error|Catchable fatal error):\s(?!exception )|^[Ee]xception '[\w\\]+' with message '|^(?:PHP )?(?:Uncaught )[\w\\]+: .* in \S+:\d+$/;
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
    // Monolog's extra fields may stand behind the closing quote.
    if (/^"\}(?: (?:\[.*\]|\{.*\}))?\s*$/.test(line)) return 'end';
    if (state === 'head') return OPEN.test(line) ? undefined : '?head';
    return undefined;
  },
};

const HEADS = [
  /(?:Uncaught )?[Ee]xception '([\w\\]+)' with message '(.*?)' in (\S.*):(\d+)/,
  /^Exception '([\w\\]+)' with message '(.*?)'?$/,
  /(?:Uncaught |Next )((?:\w+\\)*[A-Z][\w\\]*(?:@anonymous)?)(?:: (.*))? in (\S+?):(\d+)"?$/,
  /\[object\] \(([A-Z][\w\\]*)\(code: \w+\): (.*?) at (\S+?):(\d+)\)/,
  /(?:^|: )((?:\w+\\)*(?:[A-Z][\w\\]*)?(?:Exception|Error)[\w\\]*)(?:\(code: \w+\))?(?:: (.*?))?(?: in | at )(\S+?):(\d+)/,
];
/** The head of an exception whose message has several lines: its place stands at the end of the last of them. */
const UNENDED = /(?:^|Uncaught |Next |: )([A-Z][\w\\]*)(?:: (.*))?$/;
const PLACE_AT_END = / in (\S+?):(\d+)$/;

/** The exception's own place is the first frame; of a chain the outermost stands last (`Next …`). */
export const readPhp: Reader = (lines) => {
  const links: Link[] = [];
  let current: Link | undefined;
  for (const [index, line] of lines.entries()) {
    const head = HEADS.map((form) => form.exec(line)).find((m) => m !== null) ?? longHead(lines, index);
    if (head) {
      const link = {
        type: singled(head[1]!),
        message: head[2] ? head[2] : null,
        frames: head[3] === undefined ? [] : [frame(head[3], head[4], undefined, !isLibrary(head[3]))],
      };
      // PHP prints the cause first, Monolog last.
      if (/^\[previous exception\]/.test(line)) links.push(link);
      else links.unshift(link);
      current = link;
      continue;
    }
    const found = FRAME.exec(line);
    if (found)
      current?.frames.push(
        frame(
          found[2] ?? '[internal function]',
          found[3],
          found[4] && singled(found[4].replace(/\(.*$/, '')),
          found[2] !== undefined && !isLibrary(found[2]),
        ),
      );
    const fatal = links.length === 0 ? /^(?:PHP )?(Fatal error|Parse error):\s+(.*) in (\S+) on line (\d+)/.exec(line) : null;
    if (fatal)
      links.unshift({ type: fatal[1]!, message: fatal[2]!, frames: [frame(fatal[3]!, fatal[4], undefined, !isLibrary(fatal[3]!))] });
  }
  return chained('php', links);
};

/** A message of more lines has no place. */
const MAX_HEAD_LINES = 100;

/** @returns what `HEADS` would give, of a head whose place comes before `Stack trace:` some lines below. */
function longHead(lines: readonly string[], index: number): readonly (string | undefined)[] | undefined {
  const head = UNENDED.exec(lines[index]!);
  if (!head || (index > 0 && !/^Next /.test(lines[index]!))) return undefined;
  const stack = lines.slice(index, index + MAX_HEAD_LINES).indexOf('Stack trace:') + index;
  const place = stack > index + 1 ? PLACE_AT_END.exec(lines[stack - 1]!) : null;
  return place ? [head[0], head[1], head[2], place[1], place[2]] : undefined;
}

/** What Monolog prints stands in a string of JSON, where a name's backslashes are doubled; no name of PHP has two in a row. */
const singled = (name: string): string => name.replaceAll('\\\\', '\\');

const isLibrary = (file: string): boolean => /[/\\]vendor[/\\]/.test(file);
