// What is missing by its name: a module, a class, a setting. The principle: what a program asks for by a name was written by
// whoever wrote the program, so two names are two faults, also where the frames are the same.
import type { ErrorEvent } from '../model.ts';

type Said = Pick<ErrorEvent, 'type' | 'message'>;

/**
 * What a program asks for by a name, and what is not there: somebody wrote that name, and another one is another fault. A file has
 * its name without the folders above it.
 */
const MISSING: readonly RegExp[] = [
  /\bNo module named '?([\w.]{1,100})/,
  /\bcannot import name '([\w.]{1,100})'/,
  /\bCannot find (?:module|package) ['"]([^'"\n]{1,300})['"]/,
  /\bcannot load such file -- (\S{1,300})/,
  /\buninitialized constant ([A-Z][\w:]{0,100})/,
  /\b(?:Class|Interface|Trait|Enum) ["']([\w\\]{1,200})["'] not found/,
  /\bCall to undefined (?:function|method) ([\w\\:]{1,200})\(/,
  /\bCan't locate (\S{1,200}\.pm) in @INC/,
  /\bmodule '([\w.]{1,100})' not found/,
  /\bthere is no package called ['\u2018]([\w.]{1,100})/,
  /\bCould not load file or assembly '([^',\n]{1,200})/,
  /\b(?:required a bean|qualifying bean) of type '([\w.$]{1,200})'/,
  /\bCould not resolve placeholder '([\w.-]{1,100})'/,
  /\bUnable to resolve service for type '([^'\n]{1,200})'/,
  /\bcan't resolve dependencies of the (\w{1,100})/,
  /\bReverse for '([\w:.-]{1,100})'/,
  /\b(?:View|Route) \[([\w.-]{1,200})\] not (?:found|defined)/,
  /\bfunction ([\w.]{1,100}\/\d{1,3}) is undefined/,
  /\berror while loading shared libraries: ([^:\s]{1,200}):/,
  /\bundefined symbol: (\w{1,200})/,
  /\bUndefined subroutine &([\w:]{1,200}) called/,
  /\bCan't locate object method "(\w{1,100})" via/,
  /\bCould not find or load main class ([\w.$]{1,200})/,
  /\bexec: "([^"/\n]{1,100})": executable file not found/,
  // A setting, as its name shows.
  /\b(?:environment|env|settings?|config(?:uration)?)\b[^A-Z\n]{0,40}\b([A-Z][A-Z\d]{0,60}(?:_[A-Z\d]{1,60}){1,8})\b/,
  /\b([A-Z][A-Z\d]{0,60}(?:_[A-Z\d]{1,60}){1,8})['"`]?(?: environment variable)? (?:is |was )?(?:not set|missing|required|undefined|not defined|must be set)\b/,
];
/** Of these classes the message is the name alone. */
const MISSING_ALONE: readonly (readonly [type: RegExp, name: RegExp])[] = [
  [/(?:NoClassDefFoundError|ClassNotFoundException)$/, /^([\w$./]{3,200})(?=$|[\s:])/],
  [/(?:TemplateDoesNotExist|TemplateNotFound)$/, /^([\w./-]{3,200})(?=$|[\s:])/],
  [/^KeyError$/, /^(?:key not found: )?['":]?([A-Z][A-Z\d]{0,60}(?:_[A-Z\d]{1,60}){1,8})['"]?$/],
];

/** One look: most messages hold none of these words. */
const HINT =
  /odule|package|import|load|constant|found|ndefined|locate|bean|placeholder|exec: |env|Env|etting|onfig|set|missing|required|defined|resolve|Reverse|not exist|ubroutine/;

const MAX_SAID = 500;

/** @returns the name of what is missing */
function missingIn({ type, message }: Said): string | undefined {
  if (message === null || message === undefined) return undefined;
  const said = message.slice(0, MAX_SAID);
  const alone = MISSING_ALONE.find(([form]) => type !== null && form.test(type))?.[1].exec(said)?.[1];
  const name = alone ?? (HINT.test(said) ? first(said) : undefined);
  return name === undefined ? undefined : /^(?:[\\/]|[A-Za-z]:[\\/])/.test(name) ? name.split(/[\\/]/).at(-1)! : name;
}

function first(said: string): string | undefined {
  for (const form of MISSING) {
    const found = form.exec(said)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

/** @example missingOf({ type: 'ModuleNotFoundError', message: "No module named 'yaml'" }) // 'missing yaml' */
export function missingOf({ type, message, rootCause, cause }: Said & Pick<ErrorEvent, 'rootCause' | 'cause'>): string | undefined {
  const inner = rootCause ?? (cause === undefined ? undefined : { type: null, message: cause });
  const name = (inner === undefined ? undefined : missingIn(inner)) ?? missingIn({ type, message });
  return name === undefined ? undefined : `missing ${name}`;
}

/**
 * Names of code in the words of runtimes: what was read, called or looked up. Where frames name a function they tell bugs apart, and
 * engines word the same fault otherwise; where none does, the name is all that was written.
 */
const NAMED: readonly RegExp[] = [
  /\(reading '([^'\n]{1,100})'\)/,
  /\bhas no attribute '(\w{1,100})'/,
  /\bname '(\w{1,100})' is not defined/,
  /\bundefined (?:local variable or )?method [`'](\S{1,100}?)'/,
  /(?<![\w$.])([\w$.]{1,100}) is not (?:a function|a constructor|iterable)/,
  /\bUndefined (?:variable|constant|property|array key|index)[: ]{1,2}["']?\$?([\w:$\\]{1,100})/,
  /\bunexpected keyword argument '(\w{1,100})'/,
  /\bmissing \d{1,3} required positional arguments?: '(\w{1,100})'/,
];

/** R names the call in which something failed, and no file: who is told `object 'x' not found` is told where. */
const IN_CALL = /(?:^|\s)Error in `?([A-Za-z.][\w.:]{0,100})\([^\n]{0,400}?\)`? ?:(?=\s|$)/;

/** @example callIn("Error in total(1) : object 'prices' not found") // 'in total' */
export function callIn(text: string): string | undefined {
  const name = IN_CALL.exec(text.slice(0, MAX_SAID))?.[1];
  return name === undefined ? undefined : `in ${name}`;
}

/** @example namedIn("Cannot read properties of undefined (reading 'vat')") // 'name vat' */
export function namedIn(message: string | null): string | undefined {
  const said = message?.slice(0, MAX_SAID) ?? '';
  for (const form of NAMED) {
    const found = form.exec(said)?.[1];
    if (found !== undefined) return `name ${found}`;
  }
  return undefined;
}
