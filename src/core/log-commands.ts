// Commands that print logs: what a `logs` entry with a command says, and the commands that short names such as `journald:shop`
// stand for. Every one is a list of arguments, never a line for a shell. Starts nothing.

/** The cursor is the time stamp that a line begins with. */
export const LEADING_TIME = 'leading-time';

/** A command of which each record bears a cursor, so that it can be asked for what comes after one. */
export interface LogCommand {
  /** Program and arguments; `{cursor}` in one of them is replaced by the last cursor. */
  readonly command: readonly string[];
  /** In place of the argument with `{cursor}` where nothing was read yet. `{started}`: the Unix time of the first start. */
  readonly first?: readonly string[] | undefined;
  /** Path of the field of a JSON line that is its cursor, parts joined by dots; or `leading-time`, the time stamp that a line begins with. */
  readonly cursor: string;
  /** Path of a field that no two records share; without it they are told apart by cursor and text. */
  readonly id?: string | undefined;
  /** Of a cursor that is a time: so far back it is asked again, for what arrives late. */
  readonly overlapSeconds?: number | undefined;
  /** Words on its standard error that say that it does not know the cursor any more. */
  readonly lost?: string | undefined;
  /** It gives the record of the cursor once more: where it does not, something is gone. */
  readonly isInclusive?: true;
  /** Its standard error is a log too, but for lines without a time stamp. */
  readonly hasTwoLogs?: true;
  /** The time stamp at the beginning, and `[name]` before it, are the tool's own and no part of the line. */
  readonly isStamped?: true;
  /** What it prints is in order only within a writer. */
  readonly isUnordered?: true;
  /** It is begun anew this often: it misses things in the long run. */
  readonly renewSeconds?: number;
  /** It prints one JSON document; the path of the list of its records. */
  readonly list?: string;
  /** Paths of the fields of a record of that list. */
  readonly fields?: { readonly text: string; readonly writer: string };
}

/** A short name, taken apart. */
interface Preset {
  readonly kind: 'journald' | 'docker' | 'kubernetes' | 'cloudwatch';
  readonly rest: string;
}

const NAMED = /^(journald|docker|kubernetes|cloudwatch):(.+)$/s;
/** Begins with no dash: it cannot be taken for an option. */
const SAFE = /^[A-Za-z0-9_@./:\\][A-Za-z0-9_@./:=,!() \\-]*$/;

/** @returns `undefined` for what is no short name */
export function presetOf(name: string): Preset | undefined {
  const [, kind, rest = ''] = NAMED.exec(name) ?? [];
  return kind === undefined || !SAFE.test(rest) ? undefined : { kind: kind as Preset['kind'], rest };
}

/** What a short name stands for; `undefined` where it says too little. */
export function commandOf({ kind, rest }: Preset): LogCommand | undefined {
  switch (kind) {
    case 'journald':
      return {
        command: ['journalctl', '-o', 'json', '--no-pager', '--no-tail', '-f', '-q', '-u', rest, '--cursor={cursor}'],
        ...{ first: ['--since=@{started}'], cursor: '__CURSOR', id: '__CURSOR', isInclusive: true, lost: 'Failed to seek to cursor' },
      };
    case 'docker':
      return {
        command: ['docker', 'logs', '--timestamps', '--since={cursor}', '--follow', rest],
        ...{ cursor: LEADING_TIME, isInclusive: true, hasTwoLogs: true, isStamped: true, overlapSeconds: 2, renewSeconds: 60 },
      };
    case 'kubernetes': {
      const [namespace = '', selector = ''] = splitOnce(rest, '/');
      if (selector === '') return undefined;
      const [type = '', name] = splitOnce(selector, '/');
      const ofName = name === '' ? [`deployment/${type}`, '--all-pods=true'] : [selector, ...(/^po/.test(type) ? [] : ['--all-pods=true'])];
      return {
        // One container that has not started, or a pod that is gone, would end the reading of all.
        command: [
          ...['kubectl', 'logs', '-n', namespace, ...(selector.includes('=') ? ['-l', selector] : ofName), '--all-containers', '--prefix'],
          ...['--timestamps', '--tail=-1', '-f', '--max-log-requests=1000', '--ignore-errors=true', '--since-time={cursor}'],
        ],
        // What a pod has written that came since the last renewal lies within the overlap.
        ...{ cursor: LEADING_TIME, isStamped: true, isUnordered: true, overlapSeconds: 30, renewSeconds: 20 },
      };
    }
    case 'cloudwatch':
      return {
        command: [
          'aws',
          'logs',
          'filter-log-events',
          '--log-group-name',
          rest,
          '--output',
          'json',
          '--max-items',
          '20000',
          '--start-time={cursor}',
        ],
        ...{ cursor: 'timestamp', id: 'eventId', overlapSeconds: 60, list: 'events', fields: { text: 'message', writer: 'logStreamName' } },
      };
  }
}

function splitOnce(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + by.length)];
}

/** What a command is asked for. */
export interface Asked {
  /** The last cursor, or the time from which on everything is wanted. */
  readonly cursor?: string | undefined;
  /** Where there is no cursor: the first start, ms since 1970; absent where all that is there is wanted. */
  readonly startedMs?: number | undefined;
  /** Only what is there now. */
  readonly once: boolean;
}

const CURSOR = '{cursor}';
const FOLLOWS = new Set(['-f', '--follow', '--follow=true']);

/**
 * The arguments of one run. Without a cursor the argument that would hold it is left out, with the option before it where it is
 * nothing else; `first` stands in its place. With `once` what would make it wait for more is left out.
 */
export function argumentsOf({ command: whole, first = [] }: LogCommand, { cursor, startedMs, once }: Asked): readonly string[] {
  const command = once ? whole.filter((part, index) => index === 0 || !FOLLOWS.has(part)) : whole;
  if (cursor !== undefined) return command.map((part) => part.replaceAll(CURSOR, cursor));
  const at = command.findIndex((part) => part.includes(CURSOR));
  if (at < 0) return command;
  const option = command[at] === CURSOR && command[at - 1]?.startsWith('-') === true ? at - 1 : at;
  const begin = startedMs === undefined ? [] : first.map((part) => part.replaceAll('{started}', String(Math.floor(startedMs / 1000))));
  return [...command.slice(0, option), ...begin, ...command.slice(at + 1)];
}

/** What a cursor that is a time begins with, where nothing was read yet: as the tool wants it. */
export function timeFor({ cursor, list }: LogCommand, from: Date): string | undefined {
  if (cursor === LEADING_TIME) return from.toISOString();
  return list === undefined ? undefined : String(from.getTime());
}

/** How a command is called, in output and in the ledger: the same as long as it is the same command. */
export const commandName = (spec: Pick<LogCommand, 'command'>): string =>
  `command:${argumentsOf({ command: spec.command, cursor: '' }, { once: false }).join(' ')}`;
