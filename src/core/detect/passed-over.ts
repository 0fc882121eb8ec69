// Why a line is no event, in words for whoever asks with `--verbose`. Decides nothing.
// The words are made once: in a quiet log most lines that are looked at are passed over.
import type { Open } from './open-event.ts';

/** By what a line is: its level, where that is what keeps it from being an event. */
export const PASSED_OVER = {
  fatal: 'its level is fatal',
  error: 'its level is error',
  warn: 'its level is warn',
  info: 'its level is info',
  debug: 'its level is debug',
  trace: 'its level is trace',
  empty: 'it is empty',
  plain: 'no level, no keyword, no trace',
  told: 'the lines above it are in an event already',
  quiet: 'the quieter record above it owns it',
} as const;

/** Why an event that had been begun is none. */
export function unsaid({ confirmed, muted }: Pick<Open, 'confirmed' | 'muted'>): string {
  if (!confirmed) return 'looks like the beginning of a trace, and none followed';
  return muted ? 'the warning above it owns it' : 'it says nothing';
}
