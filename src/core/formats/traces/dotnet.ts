// Frames of .NET and Mono, with inner exceptions.
import { chained, frame, type Link, type Reader } from './grammar.ts';

const FRAME = /^\s*at ([^(]+?) ?(\(.*?\))(?: \[0x[0-9a-fA-F]+\])?(?: in (.+?):(?:line )?(\d+)\s*)?(?:<---)?$/;
/** In another language of the framework: a word, a name with its parameters, a word, a file, a word, a number. */
const TRANSLATED = /^\s+[^\s\d]{1,10} ([\w.`<>+$[\],]+) ?(\([^()]*\)) [^\s\d]{1,10} (\S.*?\.(?:cs|vb|fs)):[^\d]{1,12}(\d+)\.?\s*$/;
const HEAD = /(?:^|[\s|])((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Exception|Error)\w*)(?: \(0x[0-9A-Fa-f]+\))?(?:: (.*))?$/;

/** The runtime's own last words: nothing was thrown. */
const ENDED = /^Process terminated\. (.*)$/;

/** Release builds name no files: the namespace tells whose code it is. */
const LIBRARY =
  /^(?:System|Microsoft|Mono|MS|Interop|Newtonsoft|Npgsql|MySql|Serilog|NLog|log4net|Dapper|AutoMapper|MediatR|FluentValidation|Castle|Autofac|StackExchange|Polly|Grpc|Google|Azure|Amazon|RabbitMQ|Hangfire|Quartz|Xunit|NUnit|Moq)\.|^\(wrapper /;

/** Inner exceptions follow ` ---> `; their frames come first, ended by `--- End of inner exception stack trace ---`. */
export const readDotnet: Reader = (lines) => {
  const sure = lines.some(
    (line) => TRANSLATED.test(line) || / in .+:line \d+\s*$| \[0x[0-9a-f]+\] in |^\s*--- End of (?:inner|stack)/.test(line),
  );
  const likely =
    lines.some((line) => /^\s+at (?:System|Microsoft)\./.test(line)) &&
    !lines.some((line) => /\.(?:java|kt|scala):\d+\)|:\d+:\d+\)?$/.test(line));
  if (!sure && !likely) return undefined;
  const links: Link[] = [];
  const ended = ENDED.exec(lines[0] ?? '');
  if (ended) links.push({ type: 'Process terminated', message: ended[1]!, frames: [] });
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    // What an AggregateException holds is printed again, one by one.
    if (/^\s*---> \(Inner Exception #\d+\)/.test(line) && links.length > 1) break;
    const found = FRAME.exec(line) ?? TRANSLATED.exec(line);
    if (found) {
      const named = links.length === 0 ? namedAbove(lines, index) : undefined;
      if (named) links.push(named);
      links[Math.min(depth, links.length - 1)]?.frames.push(toFrame(found));
      continue;
    }
    if (/^\s*--- End of inner exception/.test(line)) {
      depth = Math.max(0, depth - 1);
      continue;
    }
    // The one that holds it stands on the line above.
    const outer = links.length === 0 && /^\s*---> (?!\(Inner)/.test(line) ? namedAbove(lines, index) : undefined;
    if (outer) links.push(outer);
    for (const part of line
      .replace(/^(?:FATAL UNHANDLED EXCEPTION:|Unhandled [Ee]xception[.:])\s*/, '')
      .replace(/^---> \(Inner Exception #\d+\) /, '---> ')
      .split(/\s*---> /)) {
      const head = HEAD.exec(part.split('\n')[0]!.replace(/^(.*?Exception): (.*)$/s, '$1: $2'));
      const qualified = links.length === 0 && line.includes(' ---> ') ? /(?:^|[\s|])((?:[A-Za-z_]\w*\.)*[A-Z]\w*): (.*)$/.exec(part) : null;
      const first =
        qualified ??
        /^((?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Exception|Error)\w*)(?: \([^)]*\))?(?:: (.*))?$/.exec(part.trim()) ??
        (links.length === 0 ? head : null);
      if (!first || (links.length > 0 && !line.includes('--->'))) continue;
      links.push({ type: first[1]!, message: first[2] ? first[2] : null, frames: [] });
      depth = links.length - 1;
    }
  }
  return chained('dotnet', links);
};

/** The line above the first frame says what was thrown, and a class may be called as it likes. */
function namedAbove(lines: readonly string[], first: number): Link | undefined {
  for (const line of lines.slice(Math.max(0, first - 4), first).reverse()) {
    const found = /(?:^|[\s|])((?:[A-Za-z_]\w*\.)+[A-Z]\w*|(?:[A-Z][a-z\d]+){2,}): (.*)$/.exec(line);
    if (found) return { type: found[1]!, message: found[2]!, frames: [] };
  }
  return undefined;
}

function toFrame(found: RegExpExecArray): ReturnType<typeof frame> {
  const name = found[1]!.trim();
  const known = found[3] !== undefined && !found[3].startsWith('<');
  return frame(known ? found[3]! : '', known ? found[4] : undefined, name, !LIBRARY.test(name));
}
