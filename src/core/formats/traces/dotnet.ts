// Frames of .NET and Mono, with inner exceptions.
import { chained, frame, type Link, type Reader } from './grammar.ts';

const FRAME = /^\s*at ([^(]+?) ?(\(.*?\))(?: \[0x[0-9a-fA-F]+\])?(?: in (.+?):(?:line )?(\d+)\s*)?$/;
const HEAD = /(?:^|\s)((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Exception|Error)\w*)(?: \(0x[0-9A-Fa-f]+\))?(?:: (.*))?$/;

/** Inner exceptions follow ` ---> `; their frames come first, ended by `--- End of inner exception stack trace ---`. */
export const readDotnet: Reader = (lines) => {
  const sure = lines.some((line) => / in .+:line \d+\s*$| \[0x[0-9a-f]+\] in |^\s*--- End of (?:inner|stack)/.test(line));
  const likely =
    lines.some((line) => /^\s+at (?:System|Microsoft)\./.test(line)) &&
    !lines.some((line) => /\.(?:java|kt|scala):\d+\)|:\d+:\d+\)?$/.test(line));
  if (!sure && !likely) return undefined;
  const links: Link[] = [];
  let depth = 0;
  for (const line of lines) {
    const found = FRAME.exec(line);
    if (found) {
      links[Math.min(depth, links.length - 1)]?.frames.push(toFrame(found));
      continue;
    }
    if (/^\s*--- End of inner exception/.test(line)) {
      depth = Math.max(0, depth - 1);
      continue;
    }
    for (const part of line.replace(/^Unhandled [Ee]xception[.:]\s*/, '').split(/\s*---> /)) {
      const head = HEAD.exec(part.split('\n')[0]!.replace(/^(.*?Exception): (.*)$/s, '$1: $2'));
      const first =
        /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Exception|Error)\w*)(?: \([^)]*\))?(?:: (.*))?$/.exec(part.trim()) ??
        (links.length === 0 ? head : null);
      if (!first || (links.length > 0 && !line.includes('--->'))) continue;
      links.push({ type: first[1]!, message: first[2] ? first[2] : null, frames: [] });
      depth = links.length - 1;
    }
  }
  return chained('dotnet', links);
};

function toFrame(found: RegExpExecArray): ReturnType<typeof frame> {
  const name = found[1]!.trim();
  const known = found[3] !== undefined && !found[3].startsWith('<');
  return frame(known ? found[3]! : '', known ? found[4] : undefined, name, known && !/^(?:System|Microsoft|Mono|MS)\./.test(name));
}
