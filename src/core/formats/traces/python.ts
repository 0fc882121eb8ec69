// CPython tracebacks, 2.7 to 3.13: chained exceptions, exception groups, caret lines, notes, threads, syntax errors,
// fatal interpreter errors; the boxes of rich and the ruled blocks of IPython; and Ruby's reversed traceback, which opens with
// the same words.
import type { Frame } from '../../model.ts';
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const HEAD = /^[\s|+]*(?:Exception Group )?Traceback \(most recent call (?:last|first)\):\s*$/;
/** rich draws a box, IPython puts a rule and the type above. */
const BOX = /^\s*[╭┌+][─-]*\s*Traceback \(most recent call last\)\s*[─-]*[╮┐+]\s*$/;
const BOXED = /^\s*[│╰└|+]/;
const BOX_FRAME = /^\s*[│|] ([^\s│|][^│|]*?):(\d+)(?: in (\S.*?)| in)?\s*[│|]\s*$/;
const RULE = /^-{40,}$/;
const RULED = /^([A-Za-z_][\w.]*)\s{2,}Traceback \(most recent call last\)$/;
const CELL = /^(?:File (\S.*?):(\d+), in (\S+?)\(.*\)?|(?:File )?(\S.*?) in ([\w.<>]+)\(.*\))$/;
const CELL_PLACE = /^(?:Cell |Input |In \[|<ipython-input-|File )\S/;
const ARROW = /^-{1,}> (\d+)(?:\s|$)/;
/** Loguru marks the frame that caught it: `> File`. */
const FRAME = /^[\s|+>]*File "(.+?)", line (\d+)(?:, in (.+))?$/;
/** Where IPython could not even read what was typed. */
const IN_CELL = /^\s+Cell In\[\d+\], line \d+$/;
const GROUP_LINE = /^\s*(?:\||\+[-\s])/;
const FINAL = /^[A-Za-z_][\w.<>]*(?::(?: .*)?)?$/;
/** Some transports strip the blanks before a line: source follows a frame at the margin, then. */
const MARGIN_FRAME = /^File ".+", line \d+(?:, in .+)?$/;
const SURE_FINAL = /^[A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt)(?:: .*)?$/;
/** SQLAlchemy says on lines of their own what it was asked. */
const SQLALCHEMY = /^\[(?:SQL|parameters|generated|cached)\b.*|^\(Background on this error at: /;
/** What `logging` prints below the traceback of an error of its own: who has called it, and with what. */
const CALL_STACK = /^Call stack:$/;
const RUBY_FINAL = /^\S.*:\d+:in [`'].*\(.+\)$/;
const CHAIN = /^[\s|]*(?:During handling of the above exception|The above exception was the direct cause)/;

/** Lines above a traceback that belong to it: threads, processes, destructors, and what a worker process sent. */
const LEAD =
  /^(?:Exception (?:ignored in: |in thread [^"].*:$)|Process \S+:$|(?:concurrent\.futures\.process\._|multiprocessing\.pool\.)RemoteTraceback: ?$)/;

/** How the lines of a traceback follow each other. */
export const pythonGrammar: Grammar = {
  name: 'python',
  opens(line) {
    if (HEAD.test(line)) return GROUP_LINE.test(line) ? 'group' : 'trace';
    if (BOX.test(line)) return 'box';
    if (RULED.test(line)) return 'cell';
    if (LEAD.test(line)) return 'lead';
    if (/^Fatal Python error: /.test(line)) return 'fatal';
    return /^\s+File ".+", line \d+$/.test(line) || IN_CELL.test(line) ? '?syntax' : undefined;
  },
  resumes: (line) => (/^[\s|+]*File ".+?", line \d+, in \S/.test(line) ? 'trace' : undefined),
  next(state, line) {
    if (BOX.test(line)) return state === 'lead' || state === 'chain' ? 'box' : undefined;
    if (RULED.test(line)) return state === 'chain' ? 'cell' : undefined;
    if (state === 'chain' && RULE.test(line)) return 'chain';
    if (state === 'box') return BOXED.test(line) ? 'box' : inside('trace', line);
    if (state === 'cell') return inCell(line);
    if (state === 'group' && /^(?:\s*\||\s{3,}\+)/.test(line)) return 'group';
    if (HEAD.test(line)) return /^(?:lead|chain|fatal|quoted)$/.test(state) ? (GROUP_LINE.test(line) ? 'group' : 'trace') : undefined;
    if (state === 'fatal')
      return /^(?:Python runtime state|Current thread|Thread 0x|\s+File |Extension modules|\s+\S)/.test(line) ? 'fatal' : undefined;
    if (state === 'lead' && line === '"""') return 'lead';
    if (state === 'chain' || state === 'lead') return line.trim() === '' ? state : undefined;
    if (CHAIN.test(line)) return GROUP_LINE.test(line) ? 'group' : 'chain';
    if (state === 'group') return GROUP_LINE.test(line) || /^\s{3,}\S/.test(line) ? 'group' : undefined;
    if (state === 'margin' && !SURE_FINAL.test(line)) return MARGIN_FRAME.test(line) ? 'margin' : 'margin-source';
    if (state.startsWith('margin') || state === 'trace') {
      if (MARGIN_FRAME.test(line)) return 'margin';
      if (state === 'margin-source' && /^[~^ ]+$/.test(line)) return state;
      return inside('trace', line);
    }
    if (state === 'syntax') return inside(state, line);
    if (state === 'call-stack') return /^\s+\S|^Message: /.test(line) ? state : /^Arguments: /.test(line) ? 'end' : undefined;
    if (CALL_STACK.test(line)) return 'call-stack';
    if (state === 'final' && SQLALCHEMY.test(line)) return state;
    // The quotes around a worker's traceback are closed, and another one follows; or the message is one that stands in them.
    if (state === 'final' || state === 'bare') return line === '"""' ? 'quoted' : /^\s+\S/.test(line) ? state : undefined;
    return undefined;
  },
};

/** Source with its line numbers, places and blank lines, to the line that says what went wrong. */
function inCell(line: string): string | undefined {
  if (line.trim() === '' || /^\s/.test(line) || ARROW.test(line) || CELL_PLACE.test(line) || CELL.test(line)) return 'cell';
  return FINAL.test(line) ? 'final' : '?cell';
}

function inside(state: string, line: string): string | undefined {
  if (/^\s+\S/.test(line)) return state === 'syntax' ? '?syntax' : state;
  if (!FINAL.test(line) && !RUBY_FINAL.test(line)) return undefined;
  if (state === 'syntax' && !/^\w*(?:Error|Exception|Warning)\b/.test(line)) return undefined;
  return line.includes(': ') ? 'final' : 'bare';
}

/**
 * Frames innermost first. Of a chain, the reported exception is the last printed and the cause the first;
 * of a group, the group is reported and the first member stands for its cause.
 */
export const readPython: Reader = (lines) => {
  const fatal = FATAL.exec(lines[0] ?? '');
  if (fatal) return chained('python', [{ type: 'Fatal Python error', message: fatal[1]!, frames: currentThread(lines) }]);
  if (lines.some((line) => BOX.test(line) || RULED.test(line))) return readDrawn(lines);
  if (!lines.some((line) => HEAD.test(line) || FRAME.test(line) || IN_CELL.test(line))) return undefined;
  const links: Link[] = [];
  let frames: Frame[] = [];
  let awaiting = false;
  let member = 0;
  let isCaller = false;
  for (const raw of lines) {
    const ruler = /^\s*\+(?:-\+)?-+ (\d+|\.\.\.) -+$/.exec(raw);
    if (ruler) member = ruler[1] === '1' && member === 0 ? 1 : 2;
    const found = FRAME.exec(raw);
    if (found) frames.unshift(frame(found[1]!, found[2], found[3], !isLibrary(found[1]!)));
    const head = HEAD.test(raw);
    if (head) frames = [];
    isCaller ||= CALL_STACK.test(raw);
    awaiting = !isCaller && (awaiting || head || found !== null || IN_CELL.test(raw));
    const final = head || found || !awaiting || member > 1 || indented(raw) ? null : TYPED.exec(raw.replace(/^\s*[|+][\s|+]*/, ''));
    if (!final) continue;
    const link = { type: final[1]!.replace('__main__.', ''), message: final[2] ?? null, frames };
    if (member === 1) links.push(link);
    else links.unshift(link);
    frames = [];
    awaiting = false;
  }
  // Where `logging` fails, the caller is who made the mistake.
  if (isCaller && links[0]) links[0].frames.push(...frames);
  // A stack that was logged, or the rest of a traceback: nothing tells what was raised.
  if (links.length === 0 && frames.length > 0) return { language: 'python', type: null, message: null, frames };
  return chained('python', links);
};

/** A traceback that was drawn: of a chain, too, the reported exception is the last. */
function readDrawn(lines: readonly string[]): ReturnType<Reader> {
  const links: Link[] = [];
  let frames: Frame[] = [];
  let ruled: string | undefined;
  for (const [index, line] of lines.entries()) {
    const head = RULED.exec(line);
    if (head) ruled = head[1];
    const found = BOX_FRAME.exec(line) ?? CELL.exec(line);
    if (found && (found[1] ?? found[4]) !== undefined) {
      frames.unshift(drawnFrame(found, lines, index));
      continue;
    }
    if (
      BOXED.test(line) ||
      /^\s/.test(line) ||
      ARROW.test(line) ||
      CELL_PLACE.test(line) ||
      frames.length + Number(ruled !== undefined) === 0
    )
      continue;
    const final = TYPED.exec(line);
    if (!final || (ruled !== undefined && final[1]!.split('.').at(-1) !== ruled.split('.').at(-1))) continue;
    links.unshift({ type: final[1]!, message: final[2] ?? null, frames });
    [frames, ruled] = [[], undefined];
  }
  if (links.length === 0 && ruled !== undefined) links.push({ type: ruled, message: null, frames });
  return links.length === 0 && frames.length > 0 ? { language: 'python', type: null, message: null, frames } : chained('python', links);
}

/** rich cuts a long place; IPython of old writes the number beside the source. */
function drawnFrame(found: RegExpExecArray, lines: readonly string[], index: number): Frame {
  const file = (found[1] ?? found[4])!;
  const arrow = lines.slice(index + 1, index + 12).map((line) => ARROW.exec(line)?.[1]);
  const line = found[2] && found[1] !== undefined ? found[2] : arrow.find((number) => number !== undefined);
  const name = (found[1] === undefined ? found[5] : found[3])?.trim();
  return frame(file, line, name, !isLibrary(file) && !/^<ipython-input/.test(file));
}

const FATAL = /^Fatal Python error: (.*)$/;

/** A fatal error prints every thread, the newest call first; the current one crashed. */
function currentThread(lines: readonly string[]): Frame[] {
  const frames: Frame[] = [];
  let inside = false;
  for (const line of lines) {
    if (/^(?:Current thread|Thread 0x)/.test(line)) inside = line.startsWith('Current');
    const found = inside ? /^\s+File "(.+?)", line (\d+) in (.+)$/.exec(line) : null;
    if (found) frames.push(frame(found[1]!, found[2], found[3], !isLibrary(found[1]!)));
  }
  return frames;
}

const TYPED = /^([A-Za-z_][\w.<>]*)(?::(?: (.*))?)?$/;

/** Source lines and carets stand deeper than the type, also behind the bars of a group. */
const indented = (raw: string): boolean => /^\s*\|\s{2,}|^\s+[^\s|]/.test(raw);

// Notes and further lines of a message are left to the event's text: the first line identifies.
/** A name in angle brackets is no file: code that was made while the program ran (`<string>`, `<attrs generated init …>`). */
const isLibrary = (file: string): boolean =>
  /(?:site|dist)-packages|[/\\]lib[/\\]python\d|[/\\]Lib[/\\](?!.*src)|python\d+_lib|^<(?!stdin>)|[/\\]\.venv[/\\]|^\/var\/runtime\//.test(
    file,
  );
