// What of a change is tests, and what is code. A file is one or the other by its name; where a language marks tests within its
// sources, a file is both: its tests are then the base's code with the tests of the change.
import type { ChangeSet, FileChange } from '../model.ts';
import { readCode } from '../repository/code-text.ts';
import { laidInto, withoutTests } from '../repository/in-source/split.ts';
import { isTestPath } from '../repository/test-paths.ts';

/** The tests of a change; `null` where it has none, or nothing else: then there is no fix to be taken away. */
export function testsOf(changes: ChangeSet): ChangeSet | null {
  const files = changes.files.flatMap((file) => testsIn(file) ?? []);
  return files.length === 0 || changes.files.every(isTestOnly) ? null : { base: changes.base, files };
}

/** The file without what the change does to its code; `undefined` where it changes no test. */
export function testsIn(file: FileChange): FileChange | undefined {
  const { path, after } = file;
  if (after === undefined || isTestPath(path)) return after && file;
  const [was, is] = bothTexts(file) ?? [];
  const laid = was === undefined || is === undefined ? undefined : laidInto(path, was, is);
  return laid === undefined || laid === was ? undefined : { ...file, after: Buffer.from(laid) };
}

/** It changes no code: of a source that holds tests of its own, only these. */
export function isTestOnly(file: FileChange): boolean {
  if (isTestPath(file.path)) return true;
  if (file.mode !== (file.oldMode ?? file.mode) || testsIn(file) === undefined) return false;
  const [was, is] = (bothTexts(file) ?? []).map((text) => said(file.path, text));
  return was === is;
}

/** Its code alone, on both sides; a file of another kind as it is. */
export function codeOf(file: FileChange): FileChange {
  const texts = bothTexts(file);
  if (texts === undefined || isTestPath(file.path)) return file;
  const [before, after] = texts.map((text) => Buffer.from(withoutTests(file.path, text)));
  return before && after ? { ...file, before, after } : file;
}

/** Comments and blank lines are no code. */
const said = (path: string, text: string): string =>
  readCode(path, withoutTests(path, text))
    .uncommented.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

/** `undefined` where a side is not there or is no text. */
function bothTexts({ before, after }: FileChange): readonly [was: string, is: string] | undefined {
  if (before === undefined || after === undefined) return undefined;
  const [was, is] = [before.toString('utf8'), after.toString('utf8')];
  return Buffer.from(was).equals(before) && Buffer.from(is).equals(after) ? [was, is] : undefined;
}
