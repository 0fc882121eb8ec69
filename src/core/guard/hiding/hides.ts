// Principle: a fix mends what the program does for every input. A change only hides the bug where something else decides:
// the one input of its own test, a constant in front of the code, an error that is caught and forgotten, the passing of
// time, or whether it is a test that looks on. Read from the added lines of sources; what a program means is not understood.
import type { Verdict } from '../../model.ts';
import { beyond, draft, patchOnly, quote, type ReadFile } from '../policy.ts';
import { checksOff, settingsOff, textOfNothing } from './checks-off.ts';
import { isDropped, isJump } from './dropped.ts';
import { isAgainstItsWord, isEarly } from './early-constant.ts';
import { handedOn } from './handed-on.ts';
import { isAnsweredBehind, isDefault, isRejected, isSilent, makesNumber } from './handlers.ts';
import { leftUndone } from './left-undone.ts';
import { isLater, isQuieter } from './levels.ts';
import { passedOver } from './passed-over.ts';
import { sourceOf } from './read-source.ts';
import { SEES_TESTS } from './sees-tests.ts';
import { type InFile, sidesOf } from './sides.ts';
import type { Source } from './source.ts';
import { isSpecial, literals, literalsWithin } from './special-case.ts';
import { untold } from './untold.ts';
import { isWait } from './waits.ts';
import { againstWords, keysOf } from './words/against-words.ts';
import { NO_STATEMENT, workGone } from './work-gone.ts';

const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|pyi?|rb|rake|php|p[lm]|go|rs|java|kts?|scala|groovy|cs|fs|vb|swift|dart|exs?|lua|sh|bash|zsh|c|h|cc|cpp|cxx|hh|hpp|hxx|mm?)$/i;

/** What a program is told how to run by. */
const SETTINGS = /\.(?:json|ya?ml|toml|ini|conf|cfg|properties|env|xml)$|(?:^|\/)\.env[\w.]*$/i;

/** Of an event no more is read. */
const MOST_OF_EVENT = 10_000;

/**
 * One finding for each rule and file.
 * @param event what the log said of the error
 */
export function hides(files: readonly ReadFile[], event = ''): readonly Verdict[] {
  const failure = event.slice(0, MOST_OF_EVENT);
  const tested = files.filter(({ isTest }) => isTest).flatMap(({ before, after }) => beyond(after.uncommented, before.uncommented));
  const known = new Set(tested.flatMap(literalsWithin));
  const given = { values: new Set([...known, ...literals(failure)]), keys: new Set(tested.flatMap(keysOf)) };
  const sources = files.filter(({ isTest, path, after }) => !isTest && CODE.test(path) && after.text !== '').map(sourceOf);
  // Beside other work a better level may be meant; alone it is all that becomes of the error.
  const isOnlyQuieter = sources.every((source) =>
    [...source.added].every((at) => isQuieter(source.lines[at] as string, source) || NO_STATEMENT.test(source.lines[at] as string)),
  );
  const quieter = isOnlyQuieter ? patchOnly : draft;
  const isOnlyLater = sources.every((source) => [...source.added].every((at) => isLater(source.lines[at] as string, source)));
  const found = sources.flatMap((source) => [
    ...first(source, 'swallowed-error', patchOnly, 'a jump out of what is done in any case, with which every error is gone', (_line, at) =>
      isJump(source, at),
    ),
    ...first(source, 'special-case', patchOnly, 'a condition that is the input of the added test', (line, at) =>
      isSpecial(line, source, known, at),
    ),
    ...first(source, 'early-constant', patchOnly, 'a return in front of the code it was to mend', (_line, at) => isEarly(source, at)),
    ...first(source, 'early-constant', patchOnly, 'a return of nothing in a function whose own words say what it gives', (_line, at) =>
      isAgainstItsWord(source, at),
    ),
    ...first(
      source,
      'default-handler',
      patchOnly,
      'a handler of every error that only gives back a default',
      (line, at) =>
        isDefault(source, at) ||
        makesNumber(source.lines, source.outline.ends, at) ||
        isSilent(source.lines, source.outline.ends, at) ||
        isRejected(line) ||
        isAnsweredBehind(line),
    ),
    ...first(source, 'error-dropped', patchOnly, 'words or a constant in place of an error that was raised', (line, at) =>
      isDropped(line, source, at),
    ),
    ...first(
      source,
      'against-words',
      patchOnly,
      'less than its own words say',
      (_line, at) => againstWords(source, given, at) !== undefined,
    ),
    ...first(source, 'lower-level', quieter, 'a lower level for what was logged as an error', (line) => isQuieter(line, source)),
    ...first(source, 'waits', patchOnly, 'a wait in which the error may go by', (line, at) => isWait(line, source, at)),
    ...(isOnlyLater
      ? first(source, 'limit-raised', patchOnly, 'a greater number for a limit, and nothing else', (line) => isLater(line, source))
      : []),
    ...first(source, 'sees-tests', patchOnly, 'a look at whether tests are run', (line) => SEES_TESTS.some((mark) => mark.test(line))),
  ]);
  const told = new Set(found.map(({ path, verdict: { rule } }) => `${rule === 'lower-level' ? 'silenced-report' : rule} ${path}`));
  const sides = sidesOf(files, (path) => CODE.test(path));
  const gone = [
    ...workGone(files, sides, (path) => CODE.test(path)),
    ...textOfNothing(sides, failure),
    ...(sources.length > 0 ? [] : settingsOff(sidesOf(files, (path) => SETTINGS.test(path)))),
    ...[leftUndone, untold, passedOver, handedOn, checksOff].flatMap((rules) => rules(sides)),
  ].filter(({ path, verdict: { rule } }) => !told.has(`${rule} ${path}`));
  return [...found, ...gone].map(({ verdict }) => verdict);
}

function first(
  { path, lines, added }: Source,
  rule: string,
  verdict: typeof draft,
  what: string,
  is: (line: string, at: number) => boolean,
): readonly InFile[] {
  const at = [...added].find((number) => is(lines[number] as string, number));
  return at === undefined ? [] : [{ path, verdict: verdict(rule, `${path} gets ${what}: ${quote(lines[at] as string)}`) }];
}
