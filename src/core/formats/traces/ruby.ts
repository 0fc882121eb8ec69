// Ruby's uncaught errors, and the traces that Rails' logger prints.
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const CRASH = /^(\/.*?|[A-Za-z]:[\\/].*?|[^\s:]+):(\d+):in [`'](.*?)'(?: ?): (.*) \(([A-Z][\w:]*)\)$/;
const SHORT = /^(\/.*?\.rb|[A-Za-z]:[\\/].*?\.rb|[^\s:]+\.rb):(\d+): (.*) \(([A-Z][\w:]*)\)$/;
const RAILS = /^\s*((?:[A-Z]\w*::)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception)|(?:[A-Z][a-z\d]+){2,}) (?:\((.*)\)|- (.*?)):?\s*$/;
/** The message goes on below. */
const RAILS_LINES = /^\s*((?:[A-Z]\w*::)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception)) \((.*[^)\s:])\s*$/;
const BARE = /^(\/.*?|[A-Za-z]:[\\/].*?|[^\s:]+):(\d+):in [`'](.*?)': ([A-Z][\w:]*|unhandled exception)$/;
const SYNTAX = /^\S+\.rb:\d+: syntax errors?\b/;
const SYNTAX_AT = /^(\S+\.rb):(\d+): (syntax errors?\b.*?)(?: \(SyntaxError\))?$/;
const THREAD = /^#<Thread:.*> terminated with exception/;
/** A frame that was dealing with an error: what is printed below the frames may be the cause. */
const RESCUING = /:in [`'](?:.*[#. ])?(?:rescue|ensure) in /;
/** What Ruby's Logger makes of an exception: `message (Type)`, then frames at the margin. */
const LOGGED = /^([\s\S]*) \(([A-Z]\w*(?:::\w+)*)\)$/;
/** The gem `logging` writes the type first. */
const ANGLED = /^<([A-Z][\w:]*)> ([\s\S]*)$/;
/** An exception as `inspect` writes it. */
const INSPECTED = /#<([A-Z]\w*(?:::\w+)*): ([\s\S]*)>$/;
/** The type behind the words of who logged it: `total failed -- Exception: NoMethodError: …`. */
const NAMED = /(?:^|[\s:])([A-Z]\w*(?:::\w+)*(?:Error|Exception)|(?:[A-Z][a-z\d]+){2,}): (?!\S+(?:Error|Exception): )([^\n]*)/;
/** As Rails and ActiveJob write it behind words, with a message of any number of lines: `… in 12ms: KeyError (no price):`. */
const CAUGHT = /: ((?:[A-Z]\w*::)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception)|(?:[A-Z][a-z\d]+){2,}) \(([^\n]*?)(?:\):?$|\n[\s\S]*\):?$)/;
/** What rake prints below the frames. */
const RAKE = /^(?:Tasks: TOP => \S|\(See full trace by running task with --trace\)$)/;
/** Rails logs the frames as records of their own, each with a head, and with tags behind it. */
const LOGGER = /^(?:[A-Z], \[[^\]]*\] +[A-Z]+ -- [^:]*: )?(?:\[[\w-]+\] )*(?=\S)/;
const FRAME = /^\s*(?:\d+: )?(?:from )?((?:[\w-]+ \([\d.\w]+\) )?\S.*?):(\d+):in [`'](.*)'$/;

/** As `backtrace` gives them, below `rake aborted!` and by whoever prints them. */
const AT_MARGIN = /^(?:\/\S*|(?:[\w-]+ \([\w.]+\) )?[\w.][\w./-]*\.(?:rb|erb|haml|slim)):\d+:in [`'][^']*'$/;
/** Rails leaves out what a template's frame is called. */
const TEMPLATE = /^(?:\[[\w-]+\] )*\S+\.(?:erb|haml|slim|jbuilder):\d+$/;
const TEMPLATE_AT = /^(\S+\.(?:erb|haml|slim|jbuilder)):(\d+)$/;

/** How the lines follow each other. */
export const rubyGrammar: Grammar = {
  name: 'ruby',
  opens(line) {
    if (THREAD.test(line)) return 'lead';
    if (SYNTAX.test(line)) return 'syntax';
    if (CRASH.test(line) || SHORT.test(line) || BARE.test(line)) return RESCUING.test(line) ? 'rescuing' : 'head';
    return RAILS.test(line) && /:\s*$/.test(line) ? '?rails' : undefined;
  },
  // What stands before a bar is a head.
  resumes: (line) =>
    /^\s+(?:from )?(?:[\w-]+ \([\d.\w]+\) )?(?:[^\s|]+|(?:\/|[A-Za-z]:)[^|]+):\d+:in [`'].*'$/.test(line) || AT_MARGIN.test(line)
      ? 'frames'
      : undefined,
  next(state, line) {
    if (state === 'lead') return CRASH.test(line) || BARE.test(line) ? 'head' : undefined;
    if (state === 'syntax') return SYNTAX.test(line) || /^(?:\s|>\s*\d+ \|)/.test(line) ? 'syntax' : undefined;
    const deeper = state === 'rescuing' || RESCUING.test(line) ? 'rescuing' : 'frames';
    if (/^\s+(?:\d+: )?(?:from )?\S.*:\d+:in [`']/.test(line)) return deeper;
    if (/^[a-z]\S*\.rb:\d+:in [`'][^:]*'$/.test(line) || AT_MARGIN.test(line)) return deeper;
    if (state === 'rails' && TEMPLATE.test(line)) return deeper;
    if (state === 'frames' && RAKE.test(line)) return state;
    if (/^\s+\.\.\. \d+ levels\.\.\.$/.test(line)) return deeper;
    if (state === 'rescuing') return CRASH.test(line) ? deeper : /^(?:\s*>?\s*\d+ \||\s+\^)/.test(line) ? state : '?rescuing';
    if (state === 'rails') return line.trim() === '' ? '?rails' : /^\s{2,}\S/.test(line) ? '?rails' : undefined;
    if (state === 'head') return CRASH.test(line) ? undefined : '?head';
    return undefined;
  },
};

/** Crash site first, as printed, except for the reversed form of Ruby 2.5–2.7 on a terminal. */
export const readRuby: Reader = (written) => {
  // Which thread it was stands above what was raised.
  const lines = (THREAD.test(written[0] ?? '') ? written.slice(1) : written).map((line) => line.replace(LOGGER, ''));
  const links: Link[] = [];
  const above: ReturnType<typeof frame>[] = [];
  const top = lines.findIndex((line, index) => index > 0 && FRAME.test(line));
  const head = lines.slice(0, Math.max(0, top)).join('\n').trimEnd();
  const angled = ANGLED.exec(head);
  const named = angled ?? INSPECTED.exec(head);
  const caught = named || !/\):?$/.test(head.slice(-2)) ? null : CAUGHT.exec(head);
  const within = named ? null : (caught ?? NAMED.exec(head));
  const isRails = lines.slice(0, Math.max(0, top)).some((line) => RAILS.test(line) || RAILS_LINES.test(line));
  const said = named ? ['', named[2]!, named[1]!] : (LOGGED.exec(head) ?? (within ? ['', within[2]!, within[1]!] : null));
  const logged = isRails && /^\s*(?:\[[\w-]+\]\s*)*$/.test(lines[0]!) ? null : said;
  for (const line of lines) {
    const crash = CRASH.exec(line);
    const short = crash || SYNTAX.test(line) ? null : SHORT.exec(line);
    const rails = crash || short || links.length > 0 ? null : (RAILS.exec(line) ?? RAILS_LINES.exec(line));
    const bare = crash ? null : BARE.exec(line);
    const syntax = links.length === 0 ? SYNTAX_AT.exec(line) : null;
    if (syntax) links.push({ type: 'SyntaxError', message: syntax[3]!, frames: [toFrame(syntax[1]!, syntax[2], undefined)] });
    else if (bare) links.push({ type: typeOf(bare[4]!), message: null, frames: [toFrame(bare[1]!, bare[2], bare[3])] });
    else if (line === lines[0] && logged && !crash && !short)
      links.push({ type: logged[2]!, message: logged[1]!.split('\n')[0]!, frames: [] });
    else if (crash) links.push({ type: crash[5]!, message: crash[4]!, frames: [...broken(crash), toFrame(crash[1]!, crash[2], crash[3])] });
    else if (short) links.push({ type: short[4]!, message: short[3]!, frames: [toFrame(short[1]!, short[2], undefined)] });
    else if (rails) links.push({ type: rails[1]!, message: (rails[2] ?? rails[3])!, frames: [] });
    else {
      const found = FRAME.exec(line) ?? (links.length > 0 ? TEMPLATE_AT.exec(line) : null);
      if (!found) continue;
      if (/^\s*\d+: from /.test(line)) above.unshift(toFrame(found[1]!, found[2], found[3]));
      else links.at(-1)?.frames.push(toFrame(found[1]!, found[2], found[3]));
    }
  }
  links.at(-1)?.frames.push(...above);
  // The list of frames alone, as JSON loggers write it.
  if (links.length === 0 && FRAME.test(lines[0] ?? '')) {
    const frames = lines.flatMap((line) => {
      const found = FRAME.exec(line);
      return found ? [toFrame(found[1]!, found[2], found[3])] : [];
    });
    return { language: 'ruby', type: null, message: null, frames };
  }
  if (links.length === 0 && top > 0) {
    // Who logs words and frames one after the other names no class.
    const frames = lines.slice(top).flatMap((line) => {
      const found = FRAME.exec(line);
      return found && !/^\s*\d+: from /.test(line) ? [toFrame(found[1]!, found[2], found[3])] : [];
    });
    return frames.length > 0 ? { language: 'ruby', type: null, message: null, frames } : undefined;
  }
  return links.some((link) => link.frames.length > 0) ? chained('ruby', links) : undefined;
};

/** Without a message Ruby prints the class, or these words for a RuntimeError. */
const typeOf = (said: string): string => (said === 'unhandled exception' ? 'RuntimeError' : said);

/** The frames of a syntax error tell who loaded the broken file; its message names that. */
function broken([, , , , message, type]: RegExpExecArray): ReturnType<typeof frame>[] {
  const place = type === 'SyntaxError' ? /^(\S+):(\d+): /.exec(message!) : null;
  return place ? [toFrame(place[1]!, place[2], undefined)] : [];
}

function toFrame(place: string, line: string | undefined, name: string | undefined): ReturnType<typeof frame> {
  const gem = /^[\w-]+ \([\w.]+\) /.test(place);
  const library = gem || /[/\\](?:gems|rubygems|vendor[/\\]bundle)[/\\]|[/\\]lib[/\\]ruby[/\\]|^<internal:/.test(place);
  return frame(place.replace(/^[\w-]+ \([\w.]+\) /, ''), line, name, !library);
}
