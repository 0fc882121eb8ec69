// Principle: an error that was told is told still. Where what is done on an error stays and the line that told of it is gone, or
// is said below a further condition, the log is clean and the program is as it was.
import { patchOnly, quote } from '../policy.ts';
import { type InFile, type Read, read, type Sides } from './sides.ts';
import { raises } from './work-gone.ts';

/** By a level that somebody is told of, or to a service that collects errors. */
const REPORTS =
  /(?:\b|_)(?:log\w*|console|LOG\w*|slog|zap|sugar)(?:\(\))?(?:\.|->|::)\s*(?:at)?_?(?:error|fatal|critical|severe|exception|Error|Fatal|Panic)\w*\s*[({!"' ]|\b(?:capture(?:Exception|Error|_exception)|notify_?(?:error|exception)|report(?:Error|Exception|_error|_exception)|track(?:Error|Exception)|recordException|error_log|perror)\s*\(|\b(?:Sentry|Bugsnag|Rollbar|Honeybadger|Airbrake)\.\w+\s*\(/;
/** Whatever tells of it in another way. */
const TELLS =
  /\b(?:error|fatal|critical|severe|exception|warn(?:ing)?|reject|fail|abort|croak|confess|carp|stderr|STDERR|cerr|emit)\w*!?\s*[({!"' :,.]|\b(?:next|callback|cb|done|resolve|handle\w*|on[A-Z]\w*|status|sendStatus)\s*\(\s*(?:e|err|error|ex|exc|exception|[45]\d\d)\b/i;
/** What is said is no word of the program. */
const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`/g;
/** Calls or works something out; a value that stands there does not. */
const DOES = /[\p{L}\p{N}_$)\]]\s*\((?!\s*\))|[\p{L}_$]\w*\s*(?:\.|->)\s*\w+/u;
/** At whatever level. */
const SPEAKS = /^\s*(?:[@$]?[\w$]+(?:\(\))?(?:\.|->|::))*[@$]?_?(?:\w*log\w*|console|print\w*|puts|slog)\b/i;
/** Where an error, or what is wrong, is met. */
const MEETS = /\b(?:if|elif|elsif|elseif|else|unless|catch|except|rescue|when|case|guard)\b/;

/** Of each head, by its text: the lines straight below it that tell of it. */
function told(side: Read): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [at, line] of side.lines.entries()) {
    const head = side.lines[side.heads[at] ?? -1];
    if (head === undefined || !MEETS.test(head) || !REPORTS.test(line)) continue;
    const known = found.get(head.trim());
    if (known === undefined) found.set(head.trim(), [line]);
    else known.push(line);
  }
  return found;
}

function silenced({ was, now, gone, added }: Sides): string | undefined {
  if (gone.length + added.length === 0) return undefined;
  const [before, after] = [read(was), read(now)];
  const [had, has] = [told(before), told(after)];
  const [placesBefore, placesAfter] = [places(before), places(after)];
  const known = new Set(was.map((line) => line.trim()));
  // Another word for it will do, whoever raises it or hands it on tells of it, and whoever does something about it needs not.
  const isSilent = (side: Read, at: number): boolean =>
    !straight(side, at).some((line) => TELLS.test(line.replace(TEXT, "''")) || raises(line));
  const isAnswered = (at: number): boolean =>
    straight(after, at).some(
      (line) => !known.has(line.trim()) && !MEETS.test(line) && !SPEAKS.test(line) && DOES.test(line.replace(TEXT, "''")),
    );
  for (const [head, lines] of had) {
    const [were, are] = [placesBefore.get(head) ?? [], placesAfter.get(head) ?? []];
    if ((has.get(head)?.length ?? 0) >= lines.length || are.length < were.length) continue;
    const silent = are.filter((at) => isSilent(after, at) && !isAnswered(at));
    if (silent.length > were.filter((at) => isSilent(before, at)).length) return lines[0];
  }
  return undefined;
}

/** What is told by any means, in Perl and shells too. */
const SAYS = /\b(?:warn|carp|cluck|print\w*|echo|puts|alert|notify)\b/i;
/** Asks whether somebody wants to hear more, or nothing. */
const WANTED = /\b\w*(?:ENV|DEBUG|VERBOSE|QUIET|SILENT)\w*\b/i;

/** The condition of a report was lengthened by whether somebody wants to hear of it. */
function onlyAsked({ gone, added }: Sides): string | undefined {
  const conditions = gone.flatMap((line) => conditionOf(line) ?? []);
  return added.find((line) => {
    const now = conditionOf(line);
    return (
      now !== undefined &&
      conditions.some(
        ({ said, asked }) =>
          said === now.said &&
          now.asked.startsWith(asked) &&
          /^\s*(?:&&|and)\s/.test(now.asked.slice(asked.length)) &&
          WANTED.test(now.asked.slice(asked.length)),
      )
    );
  });
}

/** @example conditionOf('warn "x" if $@;') // { said: 'warn "x"', asked: '$@' } */
function conditionOf(line: string): { readonly said: string; readonly asked: string } | undefined {
  const [, said, asked] = /^\s*(\S.*?)\s(?:if|when)\s+(.+?);?\s*$/.exec(line) ?? [];
  return said === undefined || asked === undefined || !(SAYS.test(said) || REPORTS.test(said)) ? undefined : { said, asked };
}

/** Where each line stands. */
function places({ lines }: Read): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const known = found.get(line.trim());
    if (known === undefined) found.set(line.trim(), [at]);
    else known.push(at);
  }
  return found;
}

/** What is done below a head whatever else holds. */
const straight = ({ lines, heads, ends }: Read, head: number): readonly string[] =>
  lines.slice(head + 1, ends[head]).filter((_line, at) => heads[head + 1 + at] === head);

export function untold(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side) => {
    const { path } = side;
    const [line, asked] = [silenced(side), onlyAsked(side)];
    if (line !== undefined)
      return [{ path, verdict: patchOnly('silenced-report', `${path} no longer tells of what goes wrong: ${quote(line)}`) }];
    return asked === undefined
      ? []
      : [
          {
            path,
            verdict: patchOnly('silenced-report', `${path} tells of what goes wrong only where somebody asked for it: ${quote(asked)}`),
          },
        ];
  });
}
