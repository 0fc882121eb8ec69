// What `watch` prints where nobody sits before it: a file, a pipe, the journal of the system. Each line says when it was
// printed; systemd's journal does that by itself and is told how grave a line is instead (sd-daemon(3)).
import { fstatSync } from 'node:fs';
import { localTime, type OffsetAt } from '../../core/local-time.ts';
import type { Sink } from './output.ts';

/** Syslog's severities as sd-daemon(3) writes them before a line. */
const ERROR = '<3>';
const WARNING = '<4>';
const INFORMATIONAL = '<6>';

/** @param prefixOf of one line, without colours */
export function stamped(sink: Sink, prefixOf: (line: string) => string): Sink {
  return {
    write: (text) => sink.write(text.replace(/^(?=.)/gm, (_, at: number) => prefixOf(lineAt(text, at)))),
    ...(sink.columns === undefined ? {} : { columns: sink.columns }),
  };
}

/** @param offsetAt of the machine's clock, as for {@link localTime} */
export function timePrefix(now: () => Date, offsetAt: OffsetAt): (line: string) => string {
  return () => `${localTime(now().toISOString(), offsetAt)}  `;
}

export function severityPrefix(line: string): string {
  if (/^(?:ai-ops: )?error:/.test(line)) return ERROR;
  return line.startsWith('warning:') ? WARNING : INFORMATIONAL;
}

/**
 * Whether a stream is the journal of systemd, which says so by device and inode of the one it gave (systemd.exec(5)).
 * @param fd 1 or 2
 */
export function isJournal(fd: number, journalStream: string | undefined): boolean {
  if (journalStream === undefined) return false;
  try {
    const { dev, ino } = fstatSync(fd);
    return journalStream === `${dev}:${ino}`;
  } catch {
    return false;
  }
}

const lineAt = (text: string, at: number): string => text.slice(at, text.indexOf('\n', at) >>> 0);
