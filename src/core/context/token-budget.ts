// What the files of a prompt cost, and which of them the budget pays for, by rank.

/** A file that was left out of a prompt, and why. */
export interface LeftFile {
  readonly path: string;
  readonly tokens: number;
  /** `too-large`: for one file that is not the nearest; `no-room`: what is before it has used the budget up. */
  readonly reason: 'too-large' | 'no-room' | 'not-text';
}

export interface FittedFiles<T> {
  readonly kept: readonly (T & { readonly tokens: number })[];
  readonly left: readonly LeftFile[];
  /** All kept files together. */
  readonly used: number;
}

/** Bytes that one token of a prompt stands for. Source code has 3 to 4; nobody but the model's own tokenizer knows. */
const BYTES_PER_TOKEN = 4;

/** About how many tokens a text takes: its bytes as UTF-8 by four. */
export const estimateTokens = (text: string): number => Math.ceil(Buffer.byteLength(text) / BYTES_PER_TOKEN);

/**
 * Keeps whole files, the first first, as long as they fit: an answer gives whole files back, so a part of one would lose
 * the rest. A file that does not fit does not keep a smaller one behind it out. The first may use the whole budget, every
 * other at most half of it.
 */
export function fitFiles<T extends { readonly path: string; readonly text: string }>(
  files: readonly T[],
  maxTokens: number,
): FittedFiles<T> {
  const kept: (T & { tokens: number })[] = [];
  const left: LeftFile[] = [];
  let used = 0;
  for (const [rank, file] of files.entries()) {
    const tokens = estimateTokens(file.text);
    const reason = misfit(file.text, tokens, maxTokens, used, rank === 0);
    if (reason !== undefined) {
      left.push({ path: file.path, tokens, reason });
      continue;
    }
    used += tokens;
    kept.push({ ...file, tokens });
  }
  return { kept, left, used };
}

function misfit(text: string, tokens: number, max: number, used: number, isFirst: boolean): LeftFile['reason'] | undefined {
  if (text.includes('\0') || text.includes('\uFFFD')) return 'not-text';
  if (tokens > (isFirst ? max : max / 2)) return 'too-large';
  return used + tokens > max ? 'no-room' : undefined;
}
