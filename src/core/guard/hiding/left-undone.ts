// Principle: what was done for every input is done for every input still, and what was done in any case in any case. Where
// nothing but marks for what may be missing was put in, or the block is gone that was done whatever happened, nothing fails any
// more since nothing is done any more. Who knows what is missing asks for that, and once.
import { JS, PY, RUBY } from '../file-names.ts';
import { patchOnly, quote } from '../policy.ts';
import { indentOf, nearest } from './outline.ts';
import { type InFile, type Read, read, type Sides, within } from './sides.ts';

/** `a?.b`, `a?.[0]`, `a?.()`, `a&.b`, `$a?->b`, with what stands in front of it. */
const WITH_CARE = /([\p{L}_$@][\p{L}\p{N}_$]*|[)\]}])[!]?(?:\?\.(?=[\p{L}_$[(])|&\.|\?->)/gu;
/** The first name of a chain. */
const CHAIN = /(?<![\p{L}\p{N}_$@.?>&)\]])[\p{L}_$@][\p{L}\p{N}_$]*(?:(?:\?\.|\?->|&\.|->|::|\.)[\p{L}\p{N}_$]+|\?\.(?=[[(]))*/gu;
/** Of so many things nobody has seen that they were missing. */
const MANY = 3;

/** The same in Python: `getattr(a, 'b', None)`, `a.get('b', 0)`. */
const plain = (line: string): string =>
  line
    .replace(/\bgetattr\(\s*([\w.]+)\s*,\s*["'](\w+)["']\s*,\s*[^()]*(?:\(\s*\))?\s*\)/g, '$1?.$2')
    .replace(/([\w.\])]+)\.get\(\s*((["'])\w+\3)\s*(?:,[^()]*)?\)/g, '$1?.[$2]')
    .replace(/\(\s*([\w.?]+)\s+or\s+(?:\{\s*\}|\[\s*\]|""|''|None|0|\w+\(\s*\))\s*\)/g, '$1')
    .replace(/\s+or\s+(?:\{\s*\}|\[\s*\]|""|'')(?=\s*[:,)\]]|\s*$)/g, '');

const careless = (line: string): string =>
  line
    .replace(/\?\.(?=[[(])|!/g, '')
    .replace(/\?\.|&\./g, '.')
    .replace(/\?->/g, '->')
    .replace(/\s+/g, '');

/** Lines that are as they were but for marks of what may be missing, on things of that many names. */
function askedEverywhere({ gone, added }: Sides): string | undefined {
  const left = new Map<string, number>();
  for (const line of gone.map(plain)) {
    const [bare, marks] = [careless(line), line.match(WITH_CARE)?.length ?? 0];
    left.set(bare, Math.min(left.get(bare) ?? marks, marks));
  }
  const careful = added
    .map(plain)
    .filter((line) => (line.match(WITH_CARE)?.length ?? 0) > (left.get(careless(line)) ?? Number.POSITIVE_INFINITY));
  const names = careful.flatMap((line) => (line.match(CHAIN) ?? []).filter((chain) => /[?&]\.|\?->/.test(chain)));
  const first = new Set(names.map((chain) => /^[^.?&-]+/.exec(chain)?.[0] ?? ''));
  return first.size >= MANY ? careful[0] : undefined;
}

const ANYWAY = /^\s*\}?\s*(?:finally|ensure)\b\s*[:{]?\s*$/;
const TRIES = /^\s*(?:try|begin|do)\b\s*[:{]?\s*$/;
/** Go and Swift say it in front. */
const DEFERS = /^\s*defer\s+(\S.*?)\s*$/;
/** Other ways in which something is given back whatever happens. */
const BY_ITSELF =
  /\b(?:finally|ensure|defer|using|with|use|addCleanup|enter_context|ExitStack|AutoCloseable|onExit|on_exit|Cleanup|tap|always|unique_ptr|shared_ptr|lock_guard|unique_lock|scope_exit|register_shutdown_function|guard)\b|\btry\s*\(|\b(?:open|start|synchronize|transaction)\b[^\n]*(?:\bdo|\{)\s*\|/;

/** Of what stood around it something still stands, and the block is not there. */
function anywayGone({ was, now, gone, added }: Sides): string | undefined {
  if (added.some((line) => BY_ITSELF.test(line))) return undefined;
  const has = new Set(now.map((line) => line.trim()));
  return deferredGone(was, now, gone, has) ?? blockGone(read(was), read(now), has);
}

function deferredGone(
  was: readonly string[],
  now: readonly string[],
  gone: readonly string[],
  has: ReadonlySet<string>,
): string | undefined {
  const text = now.join('\n');
  return gone
    .filter((line) => DEFERS.test(line))
    .slice(0, MOST_DEFERRED)
    .find((line) => {
      const call = DEFERS.exec(line)?.[1] ?? '{';
      if (call === '{' || text.includes(call)) return false;
      // The line in front of it, of which it takes care.
      const above = was.slice(0, was.indexOf(line)).findLast((other) => /\w{3}/.test(other));
      return above !== undefined && has.has(above.trim());
    });
}

/** A change that takes more of them out is looked at by a person anyway. */
const MOST_DEFERRED = 50;

/** What was tried is done still, and what was done in any case is not done in any. */
function blockGone(before: Read, after: Read, has: ReadonlySet<string>): string | undefined {
  const anyways = (side: Read): readonly number[] => side.lines.flatMap((line, at) => (ANYWAY.test(line) ? [at] : []));
  const [were, are] = [anyways(before), anyways(after)];
  if (were.length <= are.length) return undefined;
  const kept = new Set(are.flatMap((at) => within(after, at).map((line) => line.trim())));
  const at = were.find((place) => {
    const start = opening(before, place);
    const tried = start === undefined ? [] : within(before, start);
    return (
      tried.filter((line) => has.has(line.trim())).length > tried.length / 2 && !within(before, place).some((line) => kept.has(line.trim()))
    );
  });
  return at === undefined ? undefined : (within(before, at)[0] ?? before.lines[at]);
}

/** Where the block begins that it stands at the end of. */
function opening({ lines }: Read, place: number): number | undefined {
  const depth = indentOf(lines[place] as string);
  const at = nearest(
    lines,
    place,
    -1,
    (line) => line.trim() !== '' && (indentOf(line) < depth || (indentOf(line) === depth && TRIES.test(line))),
  );
  return at < 0 || indentOf(lines[at] as string) < depth ? undefined : at;
}

/** A statement that only waited: what goes wrong in it now is told to nobody. */
function notAwaited({ gone, added }: Sides): string | undefined {
  const waited = new Set(gone.flatMap((line) => /^\s*await\s+(.+)$/.exec(line)?.[1] ?? []));
  return waited.size === 0 ? undefined : added.find((line) => waited.has(line.trim()));
}

const IS_ON =
  /^\s*(?:(?:export|const|let|var|final|static|public|private|readonly|val|my|our)\s+)*(?:[A-Za-z]\w*\s+)?([$@]?[A-Za-z_]\w*)\s*(?::\s*\w+\s*)?=\s*(true|True|TRUE|1)\s*;?\s*$/;
const OFF: Readonly<Record<string, string>> = { true: 'false', True: 'False', TRUE: 'FALSE', 1: '0' };

/** A name that is set once, and asked for in a condition: nothing behind that is done any more. */
function switchedOff({ gone, added, now }: Sides): string | undefined {
  const has = new Map(added.map((line) => [line.trim(), line]));
  // A change with more of them is none of a switch.
  const off = gone.flatMap((line) => turnedOff(line, has) ?? []).slice(0, MOST_SWITCHES);
  return off.find(({ name }) => {
    const literal = name.replaceAll('$', '\\$');
    const isSet = new RegExp(`(?<![\\w.])${literal}\\s*[-+|&]?=(?!=)`);
    const isAsked = new RegExp(
      `\\b(?:if|elsif|elif|unless|when|while)\\b[^\\n]*(?<![\\w.])${literal}(?!\\w)|(?<![\\w.])${literal}\\s*(?:&&|\\?(?!\\.)|and\\b)`,
    );
    return now.filter((line) => isSet.test(line)).length === 1 && now.some((line) => isAsked.test(line));
  })?.line;
}

const MOST_SWITCHES = 50;

function turnedOff(gone: string, has: ReadonlyMap<string, string>): { readonly name: string; readonly line: string } | undefined {
  const [whole, name = '', on = ''] = IS_ON.exec(gone) ?? [];
  if (whole === undefined) return undefined;
  const at = whole.lastIndexOf(on);
  const line = has.get(`${whole.slice(0, at)}${OFF[on]}${whole.slice(at + on.length)}`.trim());
  return line === undefined ? undefined : { name, line };
}

/** What every program of the language relies on, and what JavaScript lets anybody write over. `[r]`: the core itself names no such thing. */
const BUILT_IN =
  /^\s*(?:JSON|Object|Array|String|Number|P[r]omise|Math|Date|Map|Set|RegExp|console)(?:\.prototype)?\.[a-z]\w*\s*=\s*(?:async\s+)?(?:function\b|\(|[A-Za-z_$][\w$]*\s*(?:=>|;?\s*$))/;
const REOPENED =
  /^\s*(?:class|module)\s+(?:String|NilClass|Hash|Array|Object|Integer|Float|Symbol|Kernel|BasicObject)\b(?!::)|\b(?:NilClass|String|Hash|Array|Object)\.(?:class_eval|prepend|define_method)\b/;

/** A function of a library or of the language itself is written over, for the whole program. */
function writtenOver({ path, was, now, added }: Sides): string | undefined {
  if (JS.test(path)) return added.find((line) => BUILT_IN.test(line));
  if (RUBY.test(path)) return was.some((line) => REOPENED.test(line)) ? undefined : added.find((line) => REOPENED.test(line));
  if (!PY.test(path)) return undefined;
  const modules = new Set(now.flatMap((line) => /^\s*import\s+(?:[\w.]+\s+as\s+)?(\w+)\s*$/.exec(line)?.[1] ?? []));
  return added.find((line) => {
    const [, module = ''] = /^\s*(\w+)\.[a-z_]\w*\s*=\s*(?:lambda\b|_?[a-z]\w*\s*$)/.exec(line) ?? [];
    return modules.has(module) && !/=\s*(?:None|true|false)\s*$/i.test(line);
  });
}

export function leftUndone(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path } = side;
    const [asked, anyway, begun] = [askedEverywhere(side), anywayGone(side), notAwaited(side)];
    const [off, over] = [switchedOff(side), writtenOver(side)];
    return [
      ...(off === undefined ? [] : [{ path, verdict: patchOnly('work-gone', `${path} switches off what it did: ${quote(off)}`) }]),
      ...(over === undefined
        ? []
        : [
            {
              path,
              verdict: patchOnly(
                'work-gone',
                `${path} puts something else in the place of what the language or a library does: ${quote(over)}`,
              ),
            },
          ]),
      ...(begun === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} no longer waits for what it began: ${quote(begun)}`) }]),
      ...(asked === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} asks of many things at once whether they are there: ${quote(asked)}`) }]),
      ...(anyway === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} no longer does in any case what it did: ${quote(anyway)}`) }]),
    ];
  });
}
