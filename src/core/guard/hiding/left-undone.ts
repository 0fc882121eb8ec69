// Principle: what was done for every input is done for every input still, and what was done in any case in any case. Where
// nothing but marks for what may be missing was put in, or the block is gone that was done whatever happened, nothing fails any
// more since nothing is done any more. Who knows what is missing asks for that, and once.
import { patchOnly, quote } from '../policy.ts';
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
function anywayGone({ was, now, added }: Sides): string | undefined {
  if (added.some((line) => BY_ITSELF.test(line))) return undefined;
  const has = new Set(now.map((line) => line.trim()));
  const deferred = was.find((line) => {
    const call = DEFERS.exec(line)?.[1];
    return (
      call !== undefined && call !== '{' && !has.has(line.trim()) && !now.some((other) => other.includes(call)) && isAround(was, line, has)
    );
  });
  if (deferred !== undefined) return deferred;
  const [before, after] = [read(was), read(now)];
  const count = ({ lines }: Read): number => lines.filter((line) => ANYWAY.test(line)).length;
  if (count(before) <= count(after)) return undefined;
  const at = was.findIndex((line, place) => {
    if (!ANYWAY.test(line)) return false;
    const start = was.slice(0, place).findLastIndex((other) => TRIES.test(other) && indent(other) === indent(line));
    const guarded = start < 0 ? [] : within(before, start);
    // What was tried is done still, and what was done in any case is not done in any.
    const still = guarded.filter((each) => has.has(each.trim()));
    return still.length > guarded.length / 2 && !isAnywayIn(after, within(before, place));
  });
  return at < 0 ? undefined : (within(before, at)[0] ?? was[at]);
}

/** Some block that is done in any case holds one of the lines. */
const isAnywayIn = (side: Read, lines: readonly string[]): boolean =>
  side.lines.some((line, at) => ANYWAY.test(line) && within(side, at).some((each) => lines.some((other) => other.trim() === each.trim())));

/** The line in front of it, of which it takes care. */
function isAround(was: readonly string[], line: string, has: ReadonlySet<string>): boolean {
  const above = was.slice(0, was.indexOf(line)).findLast((other) => /\w{3}/.test(other));
  return above !== undefined && has.has(above.trim());
}

const indent = (line: string): number => /^\s*/.exec(line)?.[0].length ?? 0;

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
  for (const line of gone) {
    const [whole = '', name = '', on = ''] = IS_ON.exec(line) ?? [];
    if (name === '') continue;
    const off = added.find(
      (other) =>
        other.trim() === `${whole.slice(0, whole.lastIndexOf(on))}${OFF[on]}${whole.slice(whole.lastIndexOf(on) + on.length)}`.trim(),
    );
    const literal = name.replaceAll('$', '\\$');
    const isSet = new RegExp(`(?<![\\w.])${literal}\\s*[-+|&]?=(?!=)`);
    const isAsked = new RegExp(
      `\\b(?:if|elsif|elif|unless|when|while)\\b[^\\n]*(?<![\\w.])${literal}(?!\\w)|(?<![\\w.])${literal}\\s*(?:&&|\\?(?!\\.)|and\\b)`,
    );
    if (off !== undefined && now.filter((other) => isSet.test(other)).length === 1 && now.some((other) => isAsked.test(other))) return off;
  }
  return undefined;
}

/** What every program of the language relies on, and what JavaScript lets anybody write over. `[r]`: the core itself names no such thing. */
const BUILT_IN =
  /^\s*(?:JSON|Object|Array|String|Number|P[r]omise|Math|Date|Map|Set|RegExp|console)(?:\.prototype)?\.[a-z]\w*\s*=\s*(?:async\s+)?(?:function\b|\(|[A-Za-z_$][\w$]*\s*(?:=>|;?\s*$))/;
const REOPENED =
  /^\s*(?:class|module)\s+(?:String|NilClass|Hash|Array|Object|Integer|Float|Symbol|Kernel|BasicObject)\b(?!::)|\b(?:NilClass|String|Hash|Array|Object)\.(?:class_eval|prepend|define_method)\b/;

/** A function of a library or of the language itself is written over, for the whole program. */
function writtenOver({ path, was, now, added }: Sides): string | undefined {
  if (/\.(?:[cm]?[jt]sx?|vue|svelte)$/i.test(path)) return added.find((line) => BUILT_IN.test(line));
  if (/\.(?:rb|rake)$/i.test(path)) return was.some((line) => REOPENED.test(line)) ? undefined : added.find((line) => REOPENED.test(line));
  if (!/\.py$/i.test(path)) return undefined;
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
