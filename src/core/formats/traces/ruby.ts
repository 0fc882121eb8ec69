// Ruby's uncaught errors, and the traces that Rails' logger prints.
import { chained, frame, type Grammar, type Link, type Reader } from './grammar.ts';

const CRASH = /^(\S.*?):(\d+):in [`'](.*?)'(?: ?): (.*) \(([A-Z][\w:]*)\)$/;
const SHORT = /^(\S.*?\.rb):(\d+): (.*) \(([A-Z][\w:]*)\)$/;
const RAILS = /^\s*((?:[A-Z]\w*::)+[A-Z]\w*|[A-Z]\w*(?:Error|Exception)) \((.*)\):?\s*$/;
const FRAME = /^\s*(?:\d+: )?(?:from )?((?:[\w-]+ \([\d.\w]+\) )?\S.*?):(\d+):in [`'](.*)'$/;

/** How the lines follow each other. */
export const rubyGrammar: Grammar = {
  name: 'ruby',
  opens(line) {
    if (CRASH.test(line) || SHORT.test(line)) return 'head';
    return RAILS.test(line) && /:\s*$/.test(line) ? '?rails' : undefined;
  },
  resumes: (line) => (/^\s+(?:from )?\S.*:\d+:in [`'].*'$/.test(line) ? 'frames' : undefined),
  next(state, line) {
    if (/^\s+(?:\d+: )?(?:from )?\S.*:\d+:in [`']/.test(line)) return 'frames';
    if (/^[a-z]\S*\.rb:\d+:in [`'][^:]*'$/.test(line)) return 'frames';
    if (/^\s+\.\.\. \d+ levels\.\.\.$/.test(line)) return 'frames';
    if (state === 'rails') return line.trim() === '' ? '?rails' : /^\s{2,}\S/.test(line) ? '?rails' : undefined;
    if (state === 'head') return CRASH.test(line) ? undefined : '?head';
    if (state === 'frames' && CRASH.test(line) && !/^\t/.test(line)) return undefined;
    return undefined;
  },
};

/** Crash site first, as printed, except for the reversed form of Ruby 2.5–2.7 on a terminal. */
export const readRuby: Reader = (lines) => {
  const links: Link[] = [];
  const above: ReturnType<typeof frame>[] = [];
  for (const line of lines) {
    const crash = CRASH.exec(line);
    const short = crash ? null : SHORT.exec(line);
    const rails = crash || short || links.length > 0 ? null : RAILS.exec(line);
    if (crash) links.push({ type: crash[5]!, message: crash[4]!, frames: [toFrame(crash[1]!, crash[2], crash[3])] });
    else if (short) links.push({ type: short[4]!, message: short[3]!, frames: [toFrame(short[1]!, short[2], undefined)] });
    else if (rails) links.push({ type: rails[1]!, message: rails[2]!, frames: [] });
    else {
      const found = FRAME.exec(line);
      if (!found) continue;
      if (/^\s*\d+: from /.test(line)) above.unshift(toFrame(found[1]!, found[2], found[3]));
      else links.at(-1)?.frames.push(toFrame(found[1]!, found[2], found[3]));
    }
  }
  links.at(-1)?.frames.push(...above);
  return links.some((link) => link.frames.length > 0) ? chained('ruby', links) : undefined;
};

function toFrame(place: string, line: string | undefined, name: string | undefined): ReturnType<typeof frame> {
  const gem = /^[\w-]+ \([\w.]+\) /.test(place);
  const library = gem || /[/\\](?:gems|rubygems|vendor[/\\]bundle)[/\\]|[/\\]lib[/\\]ruby[/\\]|^<internal:/.test(place);
  return frame(place.replace(/^[\w-]+ \([\w.]+\) /, ''), line, name, !library);
}
