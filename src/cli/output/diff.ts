// A unified diff in colours: what was taken away, what was put in. The text itself stays as it is.
import { stripHidden } from '../../core/redact/redact.ts';
import type { Paint } from './colors.ts';

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;

/** Lines of a diff, coloured. Only within a hunk is a `-` a removal: a removed SQL comment is no file name. */
export function diffLines(diff: string, paint: Paint): readonly string[] {
  if (diff === '') return [];
  let removals = 0;
  let additions = 0;
  return stripHidden(diff)
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const hunk = HUNK.exec(line);
      if (hunk !== null) {
        [removals, additions] = [Number(hunk[1] ?? 1), Number(hunk[2] ?? 1)];
        return paint.accent(line);
      }
      if (removals <= 0 && additions <= 0) return line.startsWith('\\') ? line : paint.strong(line);
      if (!line.startsWith('+') && !line.startsWith('\\')) removals -= 1;
      if (!line.startsWith('-') && !line.startsWith('\\')) additions -= 1;
      if (line.startsWith('+')) return paint.good(line);
      return line.startsWith('-') ? paint.bad(line) : line;
    });
}
