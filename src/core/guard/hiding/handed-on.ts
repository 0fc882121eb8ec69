// Principle: an error that is handed on as a value is an error still: to a callback, a promise, the next in a chain, whoever
// asked over the network. Where what was handed on at a place is a value of nothing now, or says that all went well, it is dropped.
import { JS } from '../file-names.ts';
import { patchOnly, quote } from '../policy.ts';
import { type InFile, type Read, read, type Sides } from './sides.ts';
import { LITERAL, NO_VALUE } from './what-lines-do.ts';

/** A call that is given an error, with what stands in front of it. */
const GIVEN_ERROR =
  /^(.*?)(?<![\w$.])(?!(?:if|while|switch|catch|for|return|typeof)\b)([\w$.]+)\s*\(\s*(?:new\s+[\w$.]*(?:Error|Exception)\b|(?:e|err|error|ex|exc|exception|reason)\s*[,)])/;
/** A call with all that it is given, in one line. */
const CALL = /^(.*?)(?<![\w$.])(?!(?:if|while|switch|catch|for|return|typeof)\b)([\w$.]+)\s*\(((?:[^()]|\(\s*\))*)\)[\s;}]*$/;
/** Who tells people of it hands nothing on. */
const TELLS = /log|console|warn|print|capture|report|notify|sentry/i;
const STATUS =
  /\b(?:status|sendStatus|writeHead|code|statusCode|status_code|http_response_code|WriteHeader|StatusCode)\b["']?\s*[(:=]+\s*["']?([1-5])\d\d\b/;

interface Place {
  readonly line: string;
  /** The line that it stands below. */
  readonly head: string;
}

/** Of each of some lines, where it stands. */
function placesOf({ lines, heads }: Read, some: readonly string[]): readonly Place[] {
  const wanted = new Set(some);
  return lines.flatMap((line, at) => (wanted.has(line) ? [{ line, head: (lines[heads[at] ?? -1] ?? '').trim() }] : []));
}

/** Nothing that the program knows takes part. */
const isNothing = (given: string): boolean =>
  given
    .replace(LITERAL, '')
    .replace(/[\w$]+\s*:(?!:)/g, '')
    .replace(NO_VALUE, '') === '';

function handedNothing({ path, was, now, gone, added }: Sides): string | undefined {
  if (!JS.test(path)) return undefined;
  // By what stands in front of the call, or where nothing does by the line it stands below.
  const were = new Set(
    placesOf(read(was), gone).flatMap(({ line, head }) => {
      const [, before, name = ''] = GIVEN_ERROR.exec(line) ?? [];
      return before === undefined || TELLS.test(name) || /\bthrow\s*$/.test(before) ? [] : [placeOf(before, head, answering(name))];
    }),
  );
  if (were.size === 0) return undefined;
  return placesOf(read(now), added).find(({ line, head }) => {
    const [, before = '', name = '', given = ''] = CALL.exec(line) ?? [];
    return name !== '' && isNothing(given) && were.has(placeOf(before, head, answering(name)));
  })?.line;
}

const placeOf = (before: string, head: string, name: string): string => {
  const front = before.replace(/\breturn\b/, '').trim();
  return `${front === '' ? `below ${head}` : front} ${name}`;
};

/** A promise is given its answer by either. */
const answering = (name: string): string => name.replace(/reject|resolve/i, 'resolve');

/** Below the same line what went wrong was answered as such, and is answered as if all were well. */
function answeredWell({ was, now, gone, added }: Sides): string | undefined {
  const failed = new Set(placesOf(read(was), gone).flatMap(({ line, head }) => (/[45]/.test(STATUS.exec(line)?.[1] ?? '') ? [head] : [])));
  failed.delete('');
  if (failed.size === 0) return undefined;
  return placesOf(read(now), added).find(({ line, head }) => STATUS.exec(line)?.[1] === '2' && failed.has(head))?.line;
}

/** An event by which an object tells of its errors is listened to, and nothing is done. */
const DEAF =
  /\.(?:on|once|addListener|addEventListener)\s*\(\s*["'`]error["'`]\s*,\s*(?:(?:async\s*)?(?:\(\s*\w*\s*\)|\w+)\s*=>\s*\{\s*\}|(?:async\s*)?function\s*\w*\s*\(\s*\w*\s*\)\s*\{\s*\}|_?noop\b)/;

export function handedOn(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path, added } = side;
    const nothing = handedNothing(side);
    const well = answeredWell(side);
    const deaf = JS.test(path) ? added.find((line) => DEAF.test(line)) : undefined;
    return [
      ...(nothing === undefined
        ? []
        : [{ path, verdict: patchOnly('error-dropped', `${path} hands on nothing where it handed on an error: ${quote(nothing)}`) }]),
      ...(well === undefined
        ? []
        : [{ path, verdict: patchOnly('error-dropped', `${path} says that all went well where it said what failed: ${quote(well)}`) }]),
      ...(deaf === undefined
        ? []
        : [{ path, verdict: patchOnly('swallowed-error', `${path} listens to errors, and does nothing: ${quote(deaf)}`) }]),
    ];
  });
}
