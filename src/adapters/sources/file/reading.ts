// What the parts of one file source share, and what the loops may ask of a followed path.
import type { AiOpsError } from '../../../errors.ts';
import type { SourceSink } from '../../../ports.ts';
import type { Life, Ring } from './generation.ts';
import type { Lives } from './generations.ts';

/** What all paths of one source share. */
export interface Reading {
  readonly sink: SourceSink;
  readonly lives: Lives;
  readonly encoding: string | undefined;
  /** A generation that was rotated away is over when it was quiet this long and its successor has data. */
  readonly rotateWaitMs: number;
  /** An unfinished last line is delivered when it has been quiet this long. */
  readonly halfLineMs: number;
  /** Compressed files that are named are read too: `scan` and `fix`. */
  readonly unpacks: boolean;
  readonly ring: Ring;
  now(): number;
}

export interface Track {
  readonly source: string;
  readonly offset: number;
  /** The path is gone and nothing is left to read. */
  readonly isEmpty: boolean;
  /** The file at the path is being read. */
  readonly isReading: boolean;
  /** Compares the path with what is read. @throws the file system's error */
  look(): Promise<AiOpsError | undefined>;
  /** Reads at most `TURN` blocks. @returns whether there may be more to read at once */
  turn(): Promise<boolean>;
  /** Some generation has been quiet for long enough to say so, once it has been read again. */
  readonly wantsIdle: boolean;
  /** When some generation will be, on the clock of `Reading`. */
  readonly idleDue: number;
  /** What stands at the path is read to its end or left alone, nothing of an older file is left: only a change of the path matters. */
  readonly isSettled: boolean;
  /** Tells the sink which generations are quiet, and what half line they stopped in. Call it only after a `turn` that found nothing. */
  idle(): Promise<void>;
  /** Takes over a generation found by its checkpoint. @param succeeded a later generation is known to have had data */
  adopt(life: Life, atPath: boolean, succeeded: boolean): void;
  /** Takes note of the siblings that are there before our watching. @returns their keys and births */
  remember(): Promise<ReadonlySet<string>>;
  /** Reads to the end of what is there and ends everything: `once`. */
  drain(signal: AbortSignal): Promise<AiOpsError | undefined>;
}
