import type { Invoice } from './invoice.ts';

interface Rate {
  readonly percent: number;
}

const RATES = new Map<string, Rate>([
  ['DE', { percent: 19 }],
  ['AT', { percent: 20 }],
]);

/** Value added tax of an invoice, in cents. */
export function taxOf({ country, cents }: Invoice): number {
  const rate = RATES.get(country) as Rate;
  return Math.round((cents * rate.percent) / 100);
}
