// What Symfony's Console prints of an exception that ended a command, and Laravel's Artisan with it: the file's name and the line,
// the class (asked for with -v) and the message in a box of blanks, then the calls, each with its place behind `at`. What is
// below a blank line with a place of its own is the cause of the one above.
import type { Frame } from '../../model.ts';
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const PLACE = /^In ([\w.@-]+\.php) line (\d+):$/;
/** The class, and its code where it has one. */
const CLASS = /^ {2}\[((?:\w+\\)*\w+(?:@anonymous)?)(?: \([\w.-]+\))?\] *$/;
/** The same as it stands without a place above, in versions before 4. */
const CLASS_ALONE = /^ {2}\[(?:\w+\\)*\w*(?:Exception|Error)(?: \([\w.-]+\))?\] *$/;
const SAID = /^ {2}\S/;
const TITLE = /^Exception trace:$/;
/** The first one has no call; what PHP itself has called has no place. */
const FRAME = /^ (.*) at (\S+):(\d+|n\/a)$/;
const SURE_FRAME = /^ (?:\S+(?:->|::))?\S*\(\) at (?:\S+\.php:\d+|n\/a:n\/a)$/;

/** How the lines follow each other. */
export const consoleGrammar: Grammar = {
  name: 'console',
  opens: (line) => (PLACE.test(line) ? 'first' : CLASS_ALONE.test(line) ? 'report' : undefined),
  resumes: (line) => (SURE_FRAME.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (line.trim() === '') return `?${state}`;
    if (PLACE.test(line)) return 'first';
    if (TITLE.test(line)) return 'frames';
    if (state === 'frames') return FRAME.test(line) || SURE_FRAME.test(line) ? 'frames' : undefined;
    return SAID.test(line) ? 'report' : undefined;
  },
};

/** The place above the box stands for the frames where none are printed. */
export const readConsole: Reader = (lines) => {
  const links: { type: string | null; said: string[]; frames: Frame[]; place: Frame | undefined }[] = [];
  let isBox = true;
  for (const line of lines) {
    const place = PLACE.exec(line);
    const type = CLASS.exec(line)?.[1];
    let link = links.at(-1);
    if (place || (!link && type !== undefined)) {
      const at = place ? frame(place[1]!, place[2], undefined, true) : undefined;
      link = { type: null, said: [], frames: [], place: at };
      links.push(link);
      isBox = true;
    }
    if (!link) continue;
    const called = isBox ? null : FRAME.exec(line);
    if (TITLE.test(line)) isBox = false;
    else if (called && called[3] !== 'n/a') link.frames.push(frame(called[2]!, called[3], nameOf(called[1]!), !LIBRARY.test(called[2]!)));
    else if (isBox && type !== undefined && link.type === null && link.said.length === 0) link.type = type;
    else if (isBox && SAID.test(line)) link.said.push(line.trim());
  }
  const [outer] = links;
  if (!outer) return undefined;
  const read = links.map(
    ({ type, said, frames, place }): Link => ({
      type: type ?? '',
      message: said.join('\n') || null,
      frames: frames.length > 0 || !place ? frames : [place],
    }),
  );
  const trace = chained('php', read)!;
  const { rootCause, ...own } = trace;
  return { ...own, type: outer.type, ...(rootCause?.type ? { rootCause } : {}) };
};

const nameOf = (call: string): string => call.trim().replace(/\(\)$/, '');

const LIBRARY = /[/\\]vendor[/\\]|^\/usr\/share\/php\//;
