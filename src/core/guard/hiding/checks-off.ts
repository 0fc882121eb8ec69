// Principle: what raises, checks or keeps somebody out does so still. A flag that turns a check off, the lenient twin of a call
// that nobody asks how it went, a condition that never holds, and a wall that is taken down let the failing input through.
import { RUBY } from '../file-names.ts';
import { patchOnly, quote } from '../policy.ts';
import { outlineOf } from './outline.ts';
import type { InFile, Sides } from './sides.ts';
import { raises } from './work-gone.ts';

const ON = /^(?:true|True|TRUE|1|on|yes)$/;
const OFF = /^(?:false|False|FALSE|0|off|no|none|nil|null|None)$/;
/** A name and what it is set to: `name = v`, `name: v`, `name => v`, `NAME, v`, `name(v)`. */
const FLAG = /([\p{L}_][\p{L}\p{N}_]*)["']?\s*(?:=>|[:=](?!=)|[,(])(?=\s*["']?(\w+)["']?(?![\w.(]))/gu;
/** By such a name something is looked at before it goes on, or said to have failed. */
const CHECKS =
  /^(?:check|strict|strict_?mode|fatal|verif(?:y|ied|ication)|validat(?:e|es|ed|ion|or)|fail_?on_?error|fail_?fast|raise\w*|throw\w*|enforce\w*|sanitize|escape|auto_?escape)$|_(?:check|validation|verification)$|(?:Check|Validation|Verification)$|^(?:check|validate|verify)_?[A-Z_]\w*$/;
/** Walls that stand unless somebody takes them down. */
const WALL =
  /^(?:verify|verify_?ssl|ssl_?verify|check_?hostname|rejectUnauthorized|strictSSL|strict_?ssl|validate_?certs?|CURLOPT_SSL_VERIFYPEER|CURLOPT_SSL_VERIFYHOST|verify_?peer\w*|csrf_?protection)$/i;
/** And what takes them down, or looks away. */
const LOOKS_AWAY =
  /^(?:InsecureSkipVerify|insecure\w*|danger\w*|accept_?invalid_?\w+|trust_?all\w*|allow_?(?:invalid|insecure|unsafe|untrusted|self_?signed)\w*|ignore_?(?:errors?|exceptions?|failures?|invalid\w*|cert\w*|ssl\w*|https?_?errors?)|skip_?(?:errors?|valid\w*|verif\w*|checks?|auth\w*|invalid\w*)|suppress_?(?:errors?|exceptions?|warnings?)|continue_?on_?errors?|no_?(?:check|verify|validate)|bypass\w*)$/i;

const flagsOf = (lines: readonly string[]): readonly { readonly name: string; readonly value: string; readonly line: string }[] =>
  lines.flatMap((line) => [...line.matchAll(FLAG)].map(([, name = '', value = '']) => ({ name, value, line })));

function turnedOff({ gone, added }: Sides): string | undefined {
  const were = new Set(flagsOf(gone).map(({ name, value }) => `${name} ${ON.test(value) ? 'on' : OFF.test(value) ? 'off' : ''}`));
  return flagsOf(added).find(({ name, value }) =>
    OFF.test(value)
      ? (CHECKS.test(name) && were.has(`${name} on`)) || (WALL.test(name) && !were.has(`${name} off`))
      : ON.test(value) && LOOKS_AWAY.test(name) && !were.has(`${name} on`),
  )?.line;
}

/** Calls that do nothing but raise where what went before has failed. */
const ONLY_RAISES = /\.(?:raise_for_status|check_returncode|EnsureSuccessStatusCode|error_for_status|throwIfFailed|assertOk)\s*\(/;

function noLongerAsked({ gone, added }: Sides): string | undefined {
  const line = gone.find((one) => ONLY_RAISES.test(one));
  return line === undefined || added.some((one) => ONLY_RAISES.test(one) || raises(one)) ? undefined : line;
}

/** `record.save!` that became `record.save`, of which nobody asks how it went. */
function lenientTwin({ path, now, gone, added }: Sides): string | undefined {
  if (CPP.test(path)) {
    const twins = new Set(gone.flatMap((line) => (/\.at\(/.test(line) ? [line.trim().replace(/\.at\(([^()]*)\)/g, '[$1]')] : [])));
    return added.find((line) => twins.has(line.trim()));
  }
  if (!RUBY.test(path)) return undefined;
  const strict = new Set(
    gone.flatMap((line) => (/^\s*[@\w.]+\w!(?:\(.*\))?\s*$/.test(line) ? [line.trim().replace(/!(?=\(|\s*$)/, '')] : [])),
  );
  if (strict.size === 0) return undefined;
  const [{ ends }, fresh] = [outlineOf(now), new Set(added)];
  // What a function gives back may be asked by whoever called it.
  return now.find((line, at) => fresh.has(line) && strict.has(line.trim()) && !/^\s*end\b/.test(now[ends[at] ?? -1] ?? ''));
}

/** `.at(i)` raises where `[i]` reads whatever stands there. */
const CPP = /\.(?:cc|cpp|cxx|hpp|hh|h)$/i;

/** C#: what could not be read is whatever the variable held. */
const UNASKED = /^\s*(?:\w+\.)+TryParse\w*\s*\(.*\)\s*;\s*$/;

/** In the languages whose conversion gives nothing, or an error, where something can not be read. */
const READ_OR_NUMBER =
  /\.to(?:Int|Long|Short|Byte|Double|Float|UInt|ULong)OrNull\(\)\s*\?:\s*-?\d|(?<![\w.])(?:Int|Int32|Int64|UInt|Double|Float|Decimal)\((?:[^()]|\([^()]*\))*\)\s*\?\?\s*-?\d|\.parse(?:::<[^<>]*>)?\(\)(?:\.ok\(\))?\.unwrap_or(?:_default\(\)|_else\(\|\w*\|\s*-?\d[^()]*\)|\(\s*-?\d[\w.]*\s*\))/;
const READ_OR_FAILS =
  /\.to(?:Int|Long|Short|Byte|Double|Float|UInt|ULong)\(\)|(?<![\w.])(?:Int|Int32|Int64|UInt|Double|Float|Decimal)\((?:[^()]|\([^()]*\))*\)!|\.parse(?:::<[^<>]*>)?\(\)(?:\.unwrap\(|\.expect\(|\?)/;

/** Of many the ones that can be read: nobody hears of the others. */
const READ_OR_LEFT_OUT =
  /\bfilter_map\([^\n]*\.parse(?:::<[^<>]*>)?\(\)\.ok\(\)|\bmapNotNull\s*\{[^\n]*\.to\w+OrNull\(\)|\bcompactMap\s*\{?\(?[^\n]*\b(?:Int|Double|Float|Decimal)\b|\bflat_map\([^\n]*\.parse(?:::<[^<>]*>)?\(\)/;

/** JavaScript: what raised at a text that is no number has one in its place. */
const JS_RAISES = /\bBigInt\(|\bJSON\.parse\(|\bparseStrict\w*\(/;
const JS_NUMBER = /\b(?:Number(?:\.parse(?:Int|Float))?|parse(?:Int|Float)|BigInt)\(.*\)\s*(?:\|\||\?\?)\s*-?\d/;

const NUMBER = String.raw`-?\d[\d._]*[LlmMfFdDn]?`;
/** What is looked up by a name that the program was given, with a number where it is not there. */
const LOOKED_UP = new RegExp(
  String.raw`([\w.$@>-]+|\{[^{}]*\})(?:\.(?:get|fetch|getOrDefault|GetValueOrDefault)\(\s*[@$a-z_][\w.$@\[\]"'()>-]*\s*,\s*${NUMBER}\s*\)|(?:\.get\(\s*[@$a-z_][\w.$@]*\s*\)|\[\s*[@$a-z_][\w.$@]*\s*\])(?:\??\.\w+|\?->\w+)?\s*(?:\?\?|\|\||\?:)\s*${NUMBER}(?![\w.]))`,
);
/** A table of the program's own. */
const OWN_TABLE = /^(?:[\w.]*\.)?[A-Z][A-Z\d_]{2,}$|^\{/;

/** A number that nobody knows is worked with as if it were known: as a factor, or in place of what a table of the program's own says. */
function madeUpNumber({ now, gone: all, added }: Sides): string | undefined {
  const gone = all.filter((line) => line.length < LONGEST);
  return added.find((line) => {
    const [found = '', table = ''] = LOOKED_UP.exec(line) ?? [];
    if (found === '' || gone.some((other) => LOOKED_UP.test(other)) || !gone.some((other) => looksUp(other, table))) return false;
    if (OWN_TABLE.test(table)) return true;
    const rest = line.replace(found, ' # ').replace(/\(\s*#\s*\)/g, ' # ');
    if (/[*/]\s*#|#\s*[*/](?![*/])/.test(rest)) return true;
    const name = /^\s*(?:(?:const|let|var|final|val|int|long|double|decimal|my)\s+)?\$?(\w+)\s*:?=\s*\(?\s*#\s*\)?\s*;?\s*$/.exec(
      rest,
    )?.[1];
    if (name === undefined) return false;
    const at = now.indexOf(line);
    return now
      .slice(at + 1, at + 1 + NEAR)
      .some((each) => new RegExp(`[*/]\\s*\\$?${name}(?!\\w)|(?<![\\w.])\\$?${name}\\s*[*/](?![*/])`).test(each));
  });
}

/** Longer lines are made by a machine. */
const LONGEST = 500;
/** So near a number is worked with. */
const NEAR = 8;

/** Without an answer for what is not there. */
const looksUp = (line: string, table: string): boolean =>
  ['[', ...['get', 'fetch'].map((name) => `.${name}(`)].some((start) => line.includes(`${table}${start}`));

function numberAnyway({ gone, added }: Sides): string | undefined {
  const unasked = added.find((line) => UNASKED.test(line));
  if (unasked !== undefined && gone.some((line) => /\bParse\w*\s*\(/.test(line))) return unasked;
  const number = gone.some((line) => JS_RAISES.test(line)) ? added.find((line) => JS_NUMBER.test(line)) : undefined;
  if (number !== undefined) return number;
  return gone.some((line) => READ_OR_FAILS.test(line))
    ? added.find((line) => READ_OR_NUMBER.test(line) || READ_OR_LEFT_OUT.test(line))
    : undefined;
}

/** By such a name something is not done. */
const DOES_IT_NOT = /^(?:disabled?|off|is_?disabled|\w*_disabled|\w*Disabled|skip\w*|mute[sd]?|dry_?run)$/i;

/** A change of settings alone, by which what failed is no longer done. */
export function settingsOff(settings: readonly Sides[]): readonly InFile[] {
  return settings.flatMap((side): readonly InFile[] => {
    const were = new Set(flagsOf(side.gone).map(({ name, value }) => `${name} ${ON.test(value) ? 'on' : OFF.test(value) ? 'off' : ''}`));
    const line = flagsOf(side.added).find(({ name, value }) =>
      OFF.test(value)
        ? !DOES_IT_NOT.test(name) && !CHECKS.test(name) && were.has(`${name} on`)
        : ON.test(value) && DOES_IT_NOT.test(name) && !were.has(`${name} on`),
    )?.line;
    const { path } = side;
    return line === undefined ? [] : [{ path, verdict: patchOnly('work-gone', `${path} switches off what failed: ${quote(line)}`) }];
  });
}

/** What nothing was to be put behind a text. */
const NOTHING_IN_TEXT =
  /can only concatenate str \(not "NoneType"\)|must be str, not NoneType|expected str instance, NoneType found|no implicit conversion of nil into String/;
const JOINS = /\+|\.join\(|<</;
const MAKES_TEXT = /\bf["'][^\n]*\{|\bstr\(|\.format\(|["']\s*%\s*[\w(]|\.to_s\b|#\{/;
const ASKS_FIRST = /\b(?:or|if|else|unless)\b|\|\||\?/;

/** What is missing becomes the word for it. */
export function textOfNothing(sides: readonly Sides[], failure: string): readonly InFile[] {
  if (!NOTHING_IN_TEXT.test(failure)) return [];
  const names = (line: string): string =>
    [...new Set(line.match(/[a-z_]\w+/g) ?? [])]
      .filter((name) => !/^(?:str|to_s|format|f|return)$/.test(name))
      .sort()
      .join(' ');
  return sides.flatMap(({ path, gone, added }): readonly InFile[] => {
    const were = new Set(gone.filter((line) => JOINS.test(line)).map(names));
    const line = added.find((one) => MAKES_TEXT.test(one) && !ASKS_FIRST.test(one) && were.has(names(one)));
    return line === undefined
      ? []
      : [{ path, verdict: patchOnly('error-dropped', `${path} makes a text of what is not there: ${quote(line)}`) }];
  });
}

/** Behind it nothing is ever done. */
const NEVER =
  /\b(?:if|elif|elsif|while)\s*\(?\s*(?:false|False|0)\s*(?:\)|:|&&|\band\b|\{|$|;)|(?:(?<![=!<>])=(?!=)|[(,]|\breturn|&&|\|\|)\s*(?:false|False)\s*(?:&&|\band\b|\?(?![.?]))|^\s*#\s*if\s+0\s*$/;

/** What says of a function who may call it, and with what. */
const KEEPS_OUT =
  /(?<![\w."'`/])@[\w.]*(?:auth|login|permission|csrf|secured|roles_?allowed|throttle|rate_?limit|valid|protect)\w*|^\s*\[\s*(?:Authorize|ValidateAntiForgeryToken|Required)\b|^\s*before_action\s+:\w*(?:auth|login|permi|verify|require|protect)\w*/gi;

function wallDown({ gone, added }: Sides): string | undefined {
  const marks = (line: string): readonly string[] => (line.match(KEEPS_OUT) ?? []).map((mark) => mark.trim());
  // One in place of another is a change of who may.
  return added.some((line) => marks(line).length > 0) ? undefined : gone.find((line) => marks(line).length > 0);
}

export function checksOff(sides: readonly Sides[]): readonly InFile[] {
  return sides.flatMap((side): readonly InFile[] => {
    const { path, added } = side;
    const dropped = noLongerAsked(side) ?? lenientTwin(side);
    const number = numberAnyway(side);
    const off = turnedOff(side) ?? wallDown(side);
    const never = added.find((line) => NEVER.test(line));
    const says = (rule: string, what: string, line: string | undefined): readonly InFile[] =>
      line === undefined ? [] : [{ path, verdict: patchOnly(rule, `${path} ${what}: ${quote(line)}`) }];
    return [
      ...says('error-dropped', 'no longer asks whether what it did has failed', dropped),
      ...says('default-handler', 'takes a number for what can not be read', number),
      ...says('default-handler', 'works with a number for what is not there', madeUpNumber(side)),
      ...says('work-gone', 'turns off what checks, or keeps out', off),
      ...says('work-gone', 'has a condition that never holds', never),
    ];
  });
}
