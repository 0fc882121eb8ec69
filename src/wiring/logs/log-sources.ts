// What the configuration says of a log, found by the name of the source that is read.
import { matchesGlob, resolve } from 'node:path';
import type { CommandEntry, LogEntry } from '../../config/kinds.ts';
import type { Config } from '../../config/schema.ts';
import { commandName } from '../../core/log-commands.ts';

/** @returns what the first entry says that a source belongs to and that says anything */
export function logSources<T>(
  logs: Config['logs'],
  of: (entry: LogEntry | CommandEntry) => T | undefined,
): (source: string) => T | undefined {
  const own = logs.flatMap((log) => {
    const value = typeof log === 'string' ? undefined : of(log);
    return typeof log === 'string' || value === undefined ? [] : [{ pattern: resolve('path' in log ? log.path : commandName(log)), value }];
  });
  return (source) => {
    const at = resolve(source);
    return own.find(({ pattern }) => pattern === at || matchesGlob(at, pattern))?.value;
  };
}
