import type { Invoice } from './invoice.ts';
import { taxOf } from './tax.ts';

export function print(invoice: Invoice): string {
  const tax = taxOf(invoice);
  return `invoice ${invoice.number}: ${invoice.cents + tax} cents, of these ${tax} tax`;
}
