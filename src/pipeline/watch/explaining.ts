// Tells the figures of each decision to whoever asks with `--verbose`: once, and again when they have changed.
// What waits is judged every few seconds; the same words over and over would tell nothing.
import type { Incident } from '../../core/model.ts';
import { shortFingerprint } from '../../core/texts/branch.ts';
import type { Tell } from '../../ports.ts';

/** Absent where nobody listens. */
export type Explain = ((incident: Incident, words: string) => void) | undefined;

export function createExplaining(tell: Tell | undefined): Explain {
  if (tell === undefined) return undefined;
  const told = new Map<string, string>();
  return ({ fingerprint }, words) => {
    if (told.get(fingerprint) === words) return;
    told.set(fingerprint, words);
    tell(`${shortFingerprint(fingerprint)}: ${words}`);
  };
}
