// The place that Next.js prints above what was thrown, on a line of its own.

/** ` ⨯ app/cart/total.tsx (42:20) @ total`. */
const PLACE = /^\s*(?:⨯ )?\S+\.[cm]?[jt]sx? \(\d+:\d+\) @ \S/;
const BELOW_PLACE = /^\s*(?:⨯ )(?:Uncaught )?[A-Z][\w$.]*: |^\s*(?:Uncaught )?[\w$.]*Error\b/;

/** May the line have its place above it? */
export const isBelowPlace = (text: string): boolean => BELOW_PLACE.test(text);

export const isPlaceAbove = (above: string, text: string): boolean => PLACE.test(above) && isBelowPlace(text);
