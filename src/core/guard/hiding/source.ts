// A source of a change with what it had before, as the rules on its added lines see it.
import type { Outline } from './outline.ts';

/** Lines of a source with what it had before. What is asked for each line is counted once for all of them. */
export interface Source {
  readonly path: string;
  /** Without comments. */
  readonly lines: readonly string[];
  readonly outline: Outline;
  /** Lines that it no longer has, as many as are looked at. */
  readonly gone: readonly string[];
  /** Of those that raised something: below which lines, and with which condition behind them. */
  readonly raisedBelow: ReadonlySet<string>;
  readonly raisedWhere: ReadonlySet<string>;
  /** What stood there before, with comments, each line without its blanks around. */
  readonly had: ReadonlySet<string>;
  /** Names of its code before. */
  readonly hadNames: ReadonlySet<string>;
  /** Below which lines the program was ended. */
  readonly endedBelow: ReadonlySet<string>;
  /** With comments, line for line. */
  readonly text: readonly string[];
  /** What its comments say before. */
  readonly saidNumbers: ReadonlySet<number>;
  /** Numbers of the lines that are new, from 0, in their order. */
  readonly added: ReadonlySet<number>;
  /** Literals that were there before, in its code or in what its comments say of it. */
  readonly spoken: ReadonlySet<string>;
  readonly hasMoreDefaults: boolean;
  readonly hasMoreWaits: boolean;
  readonly hasMoreTries: boolean;
}
