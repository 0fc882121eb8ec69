// Which kind of source a name is of, as the user wrote it. Opens nothing; that is for `adapters/sources/registry.ts`.
import { SOURCES } from './tables.ts';

type SourceRow = (typeof SOURCES)[number];

const LAST = SOURCES[SOURCES.length - 1] as SourceRow;

/** @example sourceOf('-').kind // 'stdin' */
export function sourceOf(name: string): SourceRow {
  return SOURCES.find(({ names }) => names.test(name)) ?? LAST;
}

/** Words that files and directories of logs are called by: of POSIX streams, of syslog, of usual loggers and rotations. */
const WORD = /(?:log|logs|stdout|stderr|nohup|journal|messages|errors?|out|err|jsonl|ndjson|output|events)(?![a-z])/i;

/**
 * Whether a path is called as logs are: the file's own name or that of its directory says so, and it is not hidden. A configuration
 * that came with a repository may name logs where programs leave them, anywhere on the machine; it may not have other files of
 * the user read, whose lines would then stand in prompts and requests.
 * @param path absolute, links followed, with `/`
 * @example isCalledLog('/var/log/messages') // true
 * @example isCalledLog('/home/jo/.bash_history') // false
 */
export function isCalledLog(path: string): boolean {
  const parts = path.split('/').filter((part) => part !== '');
  const [file = '', dir = ''] = [parts.at(-1), parts.at(-2)];
  return !file.startsWith('.') && (WORD.test(file) || /^(?:.*[^a-z])?logs?$/i.test(dir));
}
