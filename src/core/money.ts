// Money as people read it: one form in lists, step rows and warnings.

/** @example usd(0.0342) // '$0.034'; usd(12) // '$12.00' */
export function usd(amount: number): string {
  return `$${amount.toFixed(amount !== 0 && Math.abs(amount) < 1 ? 3 : 2)}`;
}
