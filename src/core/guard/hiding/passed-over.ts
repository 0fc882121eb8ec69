// Principle: what fails is to be mended, not to be passed over. A statement that was there and now has an answer to its failing
// beside it, is done later or once more, or is no longer held to the strictness of its language, fails as it did before.
import { JS, UNIX_SHELL } from '../file-names.ts';
import { patchOnly, quote } from '../policy.ts';
import { outlineOf } from './outline.ts';
import type { InFile, Sides } from './sides.ts';
import { ASKED_AGAIN, isAskedOtherwise } from './waits.ts';
import { LOOPS } from './what-lines-do.ts';

/** Shells: `cmd || return 0`, where `cmd` alone stood there. */
function answeredBeside({ path, gone, added }: Sides): string | undefined {
  if (!UNIX_SHELL.test(path)) return undefined;
  const had = new Set(gone.map((line) => line.trim()));
  return added.find((line) => {
    const [, command = ''] =
      /^\s*(.+?)\s*\|\|\s*(?:return(?:\s+0)?|exit\s+0|continue|break|echo(?:\s+(?:-n|["']?[\w.]*["']?))*)\s*;?\s*$/.exec(line) ?? [];
    return had.has(command);
  });
}

/** JavaScript: what was called is called later, whatever it waits for; and a promise of several no longer fails with one. */
function later({ path, gone, added }: Sides): string | undefined {
  if (!JS.test(path)) return undefined;
  const called = new Set(gone.flatMap((line) => /^\s*(?:await\s+|return\s+)?([\w.$]+)\s*\(/.exec(line)?.[1] ?? []));
  const settled = new Set(
    gone.flatMap((line) => (/^\s*await\s+P[r]omise\.all\(/.test(line) ? [line.trim().replace('.all(', '.allSettled(')] : [])),
  );
  return added.find((line) => {
    const name = /\bsetTime[o]ut\s*\(\s*(?:\(\s*\)\s*=>\s*)?(?:await\s+)?([\w.$]+)[^\n]*,\s*[1-9][\d_]*\s*\)/.exec(line)?.[1];
    return (name !== undefined && called.has(name)) || settled.has(line.trim());
  });
}

/** What makes the language raise where it would go on. */
const STRICT = /^\s*(?:(use\s+(?:strict|warnings|autodie))\b|(declare\s*\(\s*strict_types)\s*=\s*1)/;
/** Modules of Perl that bring it along, and versions that do. */
const BRINGS_STRICT =
  /\buse\s+(?:Mo\w+|Mouse|Modern::\w+|common::sense|strictures|Dancer2?|Test2?::V\d|v?5\.(?:0?[1-9]\d|0[1-9]\d)|Mojo\w*(?:::\w+)*|experimental)\b/;

/** What a language or a library raises by itself is to be given as a value of nothing. */
const TRAPS =
  /\btraps\s*(?:\[[^\]\n]*\]\s*=\s*(?:False|0)\b|=\s*\[\s*\]|\.clear\s*\()|\b(?:seterr|errstate)\s*\([^\n]*["']ignore["']|\bmysqli_report\s*\(\s*MYSQLI_REPORT_OFF|\bERRMODE_SILENT\b|\bsql_mode\s*=\s*(?:''|""|\\?["']["'])|\bFOREIGN_KEY_CHECKS\s*=\s*0|\bforeign_keys\s*=\s*(?:OFF|0)\b|\bsetLenient\s*\(\s*true|\bset_int_max_str_digits\s*\(\s*0|\b(?:INSERT|UPDATE)\s+(?:OR\s+)?IGNORE\b|\.(?:en|de)code\([^()\n]*["']ignore["']|\berrors\s*=\s*["']ignore["']|\/\/IGNORE["']/i;

function lenient({ was, now, added }: Sides): string | undefined {
  const trap = added.find((line) => TRAPS.test(line));
  if (trap !== undefined && !was.some((line) => TRAPS.test(line))) return trap;
  const marks = (lines: readonly string[]): ReadonlySet<string> =>
    new Set(lines.flatMap((line) => STRICT.exec(line)?.slice(1).filter(Boolean) ?? []));
  const has = marks(now);
  const lost = [...marks(was)].find((mark) => !has.has(mark));
  if (lost !== undefined && !now.some((line) => BRINGS_STRICT.test(line))) return was.find((line) => line.includes(lost));
  const before = flags(was);
  const after = flags(now);
  return before.size > 0 && [...before].some((flag) => !after.has(flag)) ? was.find((line) => SETS.test(line)) : undefined;
}

const SETS = /^\s*set\s+-(?!-)[a-z]*[euo]/;

/** Flags by which a shell ends at the first failure. */
function flags(lines: readonly string[]): ReadonlySet<string> {
  const set = lines
    .filter((line) => SETS.test(line))
    .flatMap((line) => line.match(/(?<=\s-[a-z]*)[eu]|\b(?:errexit|nounset|pipefail)\b/g) ?? []);
  return new Set(set.map((flag) => ({ errexit: 'e', nounset: 'u' })[flag] ?? flag));
}

/** What was done once is done in a new loop, until it does not fail. */
function onceMore({ was, now, added }: Sides): string | undefined {
  const [fresh, had] = [new Set(added), new Set(was.map((line) => line.trim()))];
  const names = new Set(was.join('\n').match(/[A-Za-z_]\w*/g));
  const { ends } = outlineOf(now);
  return now.find((line, at) => {
    if (
      !fresh.has(line) ||
      !LOOPS.test(line) ||
      /\b(?:of|in|each|foreach|range|as)\b(?![^\n]*\b(?:attempt|tr(?:y|ies)|retr))/i.test(line.replace(/\brange\(\d+\)/, 'attempt'))
    )
      return false;
    const body = now.slice(at + 1, ends[at]);
    const from = body.findIndex((each) => fresh.has(each) && TRIES.test(each));
    if (from < 0 || ASKED_AGAIN.test(body.join('\n')) || isAskedOtherwise(body, names)) return false;
    const to = ends[at + 1 + from] ?? now.length;
    return (
      now.slice(at + 2 + from, to).some((each) => /\w\s*\(/.test(each) && had.has(each.trim())) && body.some((each) => CATCHES.test(each))
    );
  });
}

const TRIES = /^\s*(?:try|begin|do)\b\s*[:{]?\s*$/;
const CATCHES = /^\s*\}?\s*(?:catch|except|rescue)\b/;

/** A field of an entry is asked for, and where it is missing the entry is left out without a word. */
const FIELD = String.raw`(?:\w+(?:\.get\(\s*["']\w+["']\s*\)|\??\.\w+|\[["':]\w+["']?\])+)`;
const FIELD_MISSING = new RegExp(
  String.raw`^\s*if\s*\(?\s*(?:(?:not\s+|!\s*)${FIELD}|["']\w+["']\s+not\s+in\s+\w+|not\s+\w+\.has\w*\(["']\w+["']\)|${FIELD}\s*(?:is|===?)\s*(?:None|null|nil|undefined)|not\s+isinstance\(${FIELD},.*\)|typeof\s+${FIELD}\s*!==?\s*["']\w+["'])\s*\)?\s*[:{]?\s*$|^\s*unless\s+${FIELD}\s*$`,
);
/** Its words say that such an entry may be there. */
const MAY_BE_LEFT_OUT =
  /\b(?:skip|ignor|left out|leave|optional|may be (?:missing|empty|null|nil|absent)|without|counts? for|not (?:yet|every|all)|no longer)/i;

function leftOutSilently({ now, added, said }: Sides): string | undefined {
  if (MAY_BE_LEFT_OUT.test(said)) return undefined;
  const fresh = new Set(added);
  const { heads, ends } = outlineOf(now);
  return now.find((line, at) => {
    if (!fresh.has(line)) return false;
    const head = now[heads[at] ?? -1] ?? '';
    const isOne = /^\s*(?:continue|next)\s*;?\s*$/.test(now[at + 1] ?? '') && (ends[at] ?? 0) === at + 2;
    const isShort = /^(\s*if\s*\(.*\))\s*(?:continue)\s*;?\s*$/.exec(line)?.[1];
    return LOOPS.test(head) && ((isOne && FIELD_MISSING.test(line)) || (isShort !== undefined && FIELD_MISSING.test(isShort)));
  });
}

/** What was done still stands there, and nothing uses it any more; nothing new is said. */
function workLeftOut({ was, gone, added, now }: Sides): string | undefined {
  const words = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? []);
  const [had, has] = [Map.groupBy(words(was), (word) => word), Map.groupBy(words(now), (word) => word)];
  const known = new Set(words(gone));
  if (gone.length === 0 || gone.length > MOST_GONE || words(added).some((word) => !known.has(word))) return undefined;
  const kept = new Set(now.map((line) => line.trim()));
  const standing = new Set(words(now.filter((line) => STANDS.test(line) && !/\bexport\b|^\s*pub\b/.test(line))));
  const idle = [...known]
    .filter((name) => !/^[A-Z]/.test(name))
    .find((name) => has.get(name)?.length === 1 && (had.get(name)?.length ?? 0) > 1 && standing.has(name));
  if (idle === undefined) return undefined;
  const isDone = (line: string): boolean =>
    !STANDS.test(line) && (line.includes(`${idle}(`) || line.includes(`${idle}.`) || isEntry(line, idle));
  return gone.find((line) => !kept.has(line.trim()) && isDone(line));
}

/** One of a list of what is done. */
const isEntry = (line: string, name: string): boolean =>
  line.includes(name) && (/[[(]\s*[^[\]()]*,[^[\]()]*[\])]/.test(line) || line.trim().replace(/,$/, '') === name);

/** Says what something is, or brings it from elsewhere. */
const STANDS =
  /^\s*(?:(?:async|static|private|export)\s+)*(?:def|function|func|fn|fun|sub|import|from|use|using|require|const\s*\{|const\s+\w+\s*=\s*require)\b/;
const MOST_GONE = 10;

/** Everything that is of the kind has it: where it has it not it is of another one, and nothing is done about that. */
const ASKS_FOR_STANDARD =
  /\?\.\s*(?:toFixed|toString|toLowerCase|toUpperCase|trim|split|replace|slice|substring|padStart|startsWith|endsWith|includes|indexOf|map|filter|forEach|reduce|join|find|some|every|sort|getTime|toISOString|toLocale\w*String)\?\.\(|\bas\s+any\)\s*\?\./;

/** Code that was made a comment, and nothing new is done. */
function muted({ gone, added, muted: silent }: Sides): string | undefined {
  return added.some((line) => DOES.test(line)) ? undefined : gone.find((line) => DOES.test(line) && silent.has(line.trim()));
}

const DOES = /[\w$!?]\s*\(|^\s*[\w.$@]+\s*(?:[-+*/|]?=(?!=)|<<)|^\s*(?:raise|throw)\b/;

export function passedOver(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path } = side;
    const [beside, moved, loose] = [answeredBeside(side), later(side), lenient(side)];
    const again = onceMore(side);
    const skipped = leftOutSilently(side);
    const undone = workLeftOut(side) ?? muted(side);
    const another = JS.test(path) ? side.added.find((line) => ASKS_FOR_STANDARD.test(line)) : undefined;
    return [
      ...(again === undefined ? [] : [{ path, verdict: patchOnly('waits', `${path} does again what failed: ${quote(again)}`) }]),
      ...(skipped === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} leaves an entry out without a word: ${quote(skipped)}`) }]),
      ...(another === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} gives nothing for what is of another kind: ${quote(another)}`) }]),
      ...(undone === undefined
        ? []
        : [{ path, verdict: patchOnly('work-gone', `${path} does nothing in the place of what failed: ${quote(undone)}`) }]),
      ...(beside === undefined
        ? []
        : [{ path, verdict: patchOnly('swallowed-error', `${path} gets an answer to what fails: ${quote(beside)}`) }]),
      ...(moved === undefined ? [] : [{ path, verdict: patchOnly('waits', `${path} does later what it did: ${quote(moved)}`) }]),
      ...(loose === undefined
        ? []
        : [{ path, verdict: patchOnly('error-dropped', `${path} is no longer held to what its language raises: ${quote(loose)}`) }]),
    ];
  });
}
