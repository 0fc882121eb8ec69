// What people type for a trace or a fingerprint, found among those there are: the beginning is enough while it is
// the beginning of one only.
import { type AiOpsError, fail } from '../../errors.ts';
import type { CommandName } from '../command-line/options.ts';

/**
 * Whether `typed` names this fingerprint: all of it or its beginning, with or without `v1:`, or the branch of its fix.
 * @example isFingerprint('v1:0123456789abcdef0123456789abcdef', 'ai-ops/fix-0123456789ab') // true
 */
export function isFingerprint(fingerprint: string, typed: string): boolean {
  const wanted = typed
    .trim()
    .toLowerCase()
    .replace(/^ai-ops\/fix-/, '');
  const known = /^v\d+:/.test(wanted) ? fingerprint : fingerprint.replace(/^v\d+:/, '');
  return wanted !== '' && known.startsWith(wanted);
}

/** Whether the name that an older version gave to a bug is typed. */
export const isOlderName = (typed: string): boolean => /^\s*v1:/i.test(typed);

/**
 * The one of `names` that `typed` means.
 * @param matches whether a name is meant; a name typed in full outranks those that only begin with it
 * @throws AiOpsError what `unknown` makes, where there is none; `usage` where there are several
 */
export function theOne(
  names: readonly string[],
  typed: string,
  matches: (name: string, typed: string) => boolean,
  unknown: () => AiOpsError,
  command: CommandName,
): string {
  if (names.includes(typed)) return typed;
  const [name, ...others] = names.filter((each) => matches(each, typed));
  if (name === undefined) throw unknown();
  if (others.length > 0) throw fail('usage', { detail: `'${typed}' is the beginning of ${others.length + 1}: type more of it`, command });
  return name;
}
