// What the files of a prompt cost, and which of them the budget pays for, by rank; of those that are too large, which parts.

import { excerptOf, type FilePart, type FilePlace } from './excerpt.ts';
import { estimateTokens } from './tokens.ts';

/** A file that was left out of a prompt, and why. */
export interface LeftFile {
  readonly path: string;
  readonly tokens: number;
  /** `too-large`: for one file that is not the nearest; `no-room`: what is before it has used the budget up. */
  readonly reason: 'too-large' | 'no-room' | 'not-text';
}

export interface FittedFiles<T> {
  /** With `parts` only these are shown. */
  readonly kept: readonly (T & { readonly tokens: number; readonly parts?: readonly FilePart[] })[];
  readonly left: readonly LeftFile[];
  /** All kept files together. */
  readonly used: number;
}

interface Fitting {
  readonly path: string;
  readonly text: string;
  /** Where the event has been in it. */
  readonly places?: readonly FilePlace[];
}

/**
 * Keeps whole files, the first first, as long as they fit. A file that does not fit is shown in the parts that the event is
 * about, and does not keep a smaller one behind it out. The first may use the whole budget, every other at most half of it.
 */
export function fitFiles<T extends Fitting>(files: readonly T[], maxTokens: number): FittedFiles<T> {
  const kept: (T & { tokens: number; parts?: readonly FilePart[] })[] = [];
  const left: LeftFile[] = [];
  let used = 0;
  for (const [rank, file] of files.entries()) {
    const tokens = estimateTokens(file.text);
    const reason = misfit(file.text, tokens, maxTokens, used, rank === 0);
    const parts = reason === undefined || reason === 'not-text' ? [] : partsOf(file, rank === 0, maxTokens, used);
    if (parts.length > 0) {
      const shown = estimateTokens(parts.map((part) => part.text).join('\n'));
      used += shown;
      kept.push({ ...file, tokens: shown, parts });
      continue;
    }
    if (reason !== undefined) {
      left.push({ path: file.path, tokens, reason });
      continue;
    }
    used += tokens;
    kept.push({ ...file, tokens });
  }
  return { kept, left, used };
}

/** The first in half of the budget: its callers and tests say as much as more of itself. */
function partsOf({ path, text, places = [] }: Fitting, isFirst: boolean, max: number, used: number): readonly FilePart[] {
  return excerptOf(path, text, places, Math.floor(Math.min(isFirst ? max / 2 : max / 4, max - used)));
}

function misfit(text: string, tokens: number, max: number, used: number, isFirst: boolean): LeftFile['reason'] | undefined {
  if (text.includes('\0') || text.includes('\uFFFD')) return 'not-text';
  if (tokens > (isFirst ? max : max / 2)) return 'too-large';
  return used + tokens > max ? 'no-room' : undefined;
}
