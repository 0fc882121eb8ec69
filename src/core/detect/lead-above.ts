// Lines above the one that says what was thrown, and that were printed with it: the place that Next.js writes first, and the
// beginning of an object that Node prints with the error in one of its fields. They say nothing by themselves.
import { headOf } from '../formats/heads.ts';
import type { Reading } from '../formats/line-reading.ts';
import { behindHead } from './frames.ts';
import type { Line, Piece } from './open-event.ts';

/** ` ⨯ app/cart/total.tsx (42:20) @ total`. */
const PLACE = /^\s*(?:⨯ )?\S+\.[cm]?[jt]sx? \(\d+:\d+\) @ \S/;
const BELOW_PLACE = /^\s*(?:⨯ )?(?:Uncaught )?[\w$.]*Error\b/;
/** `  err: TypeError: no price`. */
const FIELD_WITH_ERROR = /^(\s+)['"]?[\w$-]+['"]?: \[?(?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception)\b/;
const FIELD = /^\s+['"]?[\w$-]+['"]?: .*,$/;
/** So far above it is looked for where the object began. */
const MAX_ABOVE = 8;

/** @returns those lines, first to last; most lines have none */
export function leadAbove(line: Line, reading: Reading): readonly Piece[] {
  if (reading.timed || reading.whole) return [];
  const text = reading.text.slice(reading.head ?? 0);
  const isBelow = BELOW_PLACE.test(text);
  const indent = FIELD_WITH_ERROR.exec(text)?.[1];
  if (!isBelow && indent === undefined) return [];
  const head = reading.head === undefined ? undefined : headOf(reading.text.slice(0, reading.head));
  const above: Piece[] = [];
  for (const one of line.above?.(isBelow ? 1 : MAX_ABOVE) ?? []) {
    const piece = behindHead({ ...one, above: undefined }, reading, head, one.line - line.line);
    if (piece === undefined) return [];
    above.unshift(piece);
    const said = piece.reading.text;
    if (isBelow) return PLACE.test(said) ? above : [];
    if (/\{$/.test(said) && /^\s*/.exec(said)![0].length < indent!.length) return above;
    if (!FIELD.test(said) || !said.startsWith(indent!)) return [];
  }
  return [];
}
