// The shape of one stack-trace language: how its lines follow each other, and how its frames read. No behaviour.
import type { Frame } from '../../model.ts';
import type { Language } from '../../tables.ts';

/**
 * Where in a trace we are. An answer that begins with `?` is tentative: the line is kept only if a later line
 * proves that it belonged to the trace. The mark is taken off before the state is handed to `next` again.
 * `end` is the state after the last line a trace can have.
 */
export type State = string;

/** How lines of one language join. All functions see lines without newline and colour codes. */
export interface Grammar {
  readonly name: string;
  /** What went wrong stands below the frames: the line above them is nobody's. */
  readonly isSaidBelow?: boolean;
  /** The frame says itself what it belongs to: the line above it is nobody's. */
  readonly isHead?: (line: string) => boolean;
  /** @returns the state after `line` when a trace can begin with it. */
  opens(line: string): State | undefined;
  /** @returns the state after `line` when it can only stand inside a trace (a frame), whatever came before. */
  resumes(line: string): State | undefined;
  /** @returns the next state, or `undefined` when `line` does not go on with the trace. */
  next(state: State, line: string): State | undefined;
}

/** What a trace says once it is complete. */
export interface Trace {
  readonly language: Language;
  readonly type: string | null;
  readonly message: string | null;
  /** Crash site first. */
  readonly frames: readonly Frame[];
  readonly rootCause?: { readonly type: string; readonly message: string | null };
}

/** Reads the lines of a complete trace. @returns `undefined` when there is no frame or head of this language in it. */
export type Reader = (lines: readonly string[]) => Trace | undefined;

/** One exception of a chain, with its own frames. */
export interface Link {
  readonly type: string;
  readonly message: string | null;
  readonly frames: Frame[];
}

/** A chain with the reported exception first and its innermost cause last → one trace, the crash site of the cause first. */
export function chained(language: Language, links: readonly Link[]): Trace | undefined {
  const outer = links[0];
  if (!outer) return undefined;
  const root = links.at(-1)!;
  const frames = [...links].reverse().flatMap((link) => link.frames);
  const seen = new Set<string>();
  const distinct = frames.filter((frame) => {
    const key = `${frame.file}:${frame.line}:${frame.column}:${frame.function}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
  return {
    language,
    type: outer.type,
    message: outer.message,
    frames: distinct,
    ...(root === outer ? {} : { rootCause: { type: root.type, message: root.message } }),
  };
}

/** A frame without the keys that are unknown: each form written out, as a long trace has many. */
export function frame(file: string, line: string | undefined, name: string | undefined, inApp: boolean, column?: string): Frame {
  const at = line === undefined || line === '' ? null : Number(line);
  const isNamed = name !== undefined && name !== '';
  if (column === undefined) return isNamed ? { file, line: at, function: name, inApp } : { file, line: at, inApp };
  return isNamed ? { file, line: at, column: Number(column), function: name, inApp } : { file, line: at, column: Number(column), inApp };
}
