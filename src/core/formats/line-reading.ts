// The types shared by all log dialects: what one dialect can say about one line.
import type { Level } from '../model.ts';

/** What a structured record says about the error itself. */
export interface StructuredError {
  readonly type?: string;
  readonly message?: string;
  readonly stack?: string;
}

/** One line as a dialect reads it. */
export interface Reading {
  readonly format: string;
  /** ISO 8601, without `Z` where the line names no zone; `undefined` where it has no time or leaves out the year. Asked for events only. */
  readonly time?: (() => string | undefined) | undefined;
  readonly level?: Level | undefined;
  /** The line bears a time stamp of its own, so it begins a record. */
  readonly timed: boolean;
  /** Keeps interleaved writers apart; empty for plain text. */
  readonly stream: string;
  /** The text that may belong to a trace: the line itself, or what a wrapper (docker, CRI, syslog, logcat) carries. */
  readonly text: string;
  /** Where the message begins in `text`. */
  readonly body: number;
  /** What begins at `body` is a trace, and the word of its level a part of that. */
  readonly opens?: boolean | undefined;
  /** The stream of the wrapper alone, where there is one. */
  readonly transport?: string | undefined;
  /** Where the head of the stream ends in `text`, which stands before the record or the trace (`heads.ts`). */
  readonly head?: number | undefined;
  /** `text` is what stands behind the head of its stream, as an open event has shown it. */
  readonly isLed?: boolean | undefined;
  /** One object per line: complete in itself, never joined with other lines. */
  readonly whole: boolean;
  /** Every line bears this head, also those in the middle of a trace. */
  readonly wrapped: boolean;
  readonly message?: string | undefined;
  readonly error?: StructuredError | undefined;
  /** The records that it was read from, the innermost first: what they say of where it came from is asked for where it is an event. */
  readonly records?: readonly object[] | undefined;
  /** The wrapper says that the next line of this stream carries on this very line. */
  readonly partial?: boolean | undefined;
  /** Further lines of a record already begun, though they bear a head (PostgreSQL's DETAIL). */
  readonly continues?: boolean | undefined;
}

/** A dialect: its name and how it reads a line that is its own. */
export interface Dialect {
  readonly name: string;
  read(text: string): Reading | undefined;
}

/** Colours, and links (OSC 8), whose text stays. */
export const ANSI = /\x1b\[[\d;?]*[A-Za-z]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

/** A line as it is read: without colours and NUL holes. */
export function clean(text: string): string {
  let line = text;
  if (line.includes('\x1b')) line = line.replace(ANSI, '');
  if (line.charCodeAt(0) === 0) line = line.replace(/^\0+/, '');
  return line;
}

/**
 * What every reading is made from, and so has all its fields in one order: each line that is looked at makes some, and objects of
 * one form are made, copied and asked in a tenth of the time.
 */
export const UNREAD: Readonly<Required<Reading>> = {
  format: 'text',
  time: undefined,
  level: undefined,
  timed: false,
  stream: '',
  text: '',
  body: 0,
  opens: undefined,
  transport: undefined,
  head: undefined,
  isLed: undefined,
  whole: false,
  wrapped: false,
  message: undefined,
  error: undefined,
  records: undefined,
  partial: undefined,
  continues: undefined,
};

/** A line of plain text without any head. */
export const plainText = (text: string, format = 'text'): Reading => ({ ...UNREAD, format, text });
