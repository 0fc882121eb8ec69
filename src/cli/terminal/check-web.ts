// What `--web` asks of the rest of the command line; the rest of it is loaded where it is used.
import { fail } from '../../errors.ts';
import type { CommandContext } from '../command-line/context.ts';

/** Asked before anything is read. @throws AiOpsError `usage` */
export function checkWeb({ flags }: CommandContext, typed: string | undefined, command: 'status' | 'incidents'): void {
  if (typed === undefined) throw fail('usage', { detail: `--web needs ${command === 'status' ? 'a trace' : 'a fingerprint'}`, command });
  if (flags.json) throw fail('usage', { detail: '--web is for people: it cannot stand beside --json', command });
}
