// What the rules of the guard share: the policy they apply, a changed file read once for all of them, and their verdicts.

import type { FileChange, Verdict } from '../model.ts';
import { readCode } from '../repository/code-text.ts';
import { onlyTests, testLines, withoutTests } from '../repository/in-source/split.ts';
import { isTestPath } from '../repository/test-paths.ts';

/** The part of the policy that the guard applies. */
export interface GuardPolicy {
  readonly maxFiles: number;
  /** Added and removed lines together. */
  readonly maxLines: number;
  /** Further patterns beside the built-in ones: `*` within a name, `**` across directories. */
  readonly protectedPaths: readonly string[];
  /** Paths of symbolic links in the base commit: nothing may be written through one. */
  readonly links?: readonly string[];
  /** Files that the commands of the proof run, of the base commit or not there yet. */
  readonly programs?: readonly string[];
  /** The log event that is to be mended, as it was told. */
  readonly event?: string;
  /** Flags of Claude's command line by which the user has taken a wall down. */
  readonly wallsDown?: readonly string[];
}

/** One side of a changed file, decoded and read. */
export interface Side {
  readonly text: string;
  readonly uncommented: string;
  readonly code: string;
}

export interface ReadFile {
  readonly change: FileChange;
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
  /** Lines of the text that the base does not have as often, in order. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly isTest: boolean;
}

/** What a change may not bring more of than there was. */
export interface Pattern {
  readonly rule: string;
  readonly verdict: Verdict['verdict'];
  /** Names of the files it is looked for in; default: all. */
  readonly files?: RegExp;
  /** Whether comments and the insides of strings count. */
  readonly within: keyof Side;
  /** Global. */
  readonly match: RegExp;
  /** A test that asks for no error of what it prepares hides none of the program's. */
  readonly notInTests?: true;
}

export function readChange(change: FileChange): ReadFile {
  const { path } = change;
  return readFile(change, textOf(change.before), textOf(change.after), isTestPath(path));
}

/** The file as what it is: a source that holds tests of its own is code without them, and tests without code. */
export function readParts(file: ReadFile): readonly ReadFile[] {
  const { change, path, before, after, isTest } = file;
  const sides = [before.text, after.text] as const;
  if (isTest || sides.every((text) => testLines(path, text).length === 0)) return [file];
  const part = (of: typeof onlyTests, isOfTests: boolean): ReadFile =>
    readFile(change, ...(sides.map((text) => of(path, text)) as [string, string]), isOfTests);
  return [part(withoutTests, false), part(onlyTests, true)];
}

function readFile(change: FileChange, was: string, is: string, isTest: boolean): ReadFile {
  const { path } = change;
  const [before, after] = [was, is].map((text) => ({ text, ...readCode(path, text) })) as [Side, Side];
  return { change, path, before, after, added: beyond(is, was), removed: beyond(was, is), isTest };
}

const textOf = (bytes: Buffer | undefined): string =>
  bytes === undefined || bytes.includes(0) ? '' : bytes.toString('utf8').replace(/\r\n/g, '\n');

/** Lines of `text` that `base` does not hold as often: a line that only moved is none of them. */
export function beyond(text: string, base: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of base.split('\n')) left.set(line.trim(), (left.get(line.trim()) ?? 0) + 1);
  return text.split('\n').filter((line) => {
    const known = left.get(line.trim()) ?? 0;
    left.set(line.trim(), known - 1);
    return known <= 0 && line.trim() !== '';
  });
}

export const refuse = (rule: string, detail: string): Verdict => ({ rule, verdict: 'refuse', detail });
export const patchOnly = (rule: string, detail: string): Verdict => ({ rule, verdict: 'patch-only', detail });
export const draft = (rule: string, detail: string): Verdict => ({ rule, verdict: 'draft', detail });

/** A piece of a stranger's text that is safe and short enough for one line of a report. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 77)}...` : line);
}
