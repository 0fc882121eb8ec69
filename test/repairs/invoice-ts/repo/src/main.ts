import { print } from './print.ts';
import type { Invoice } from './invoice.ts';

const invoices: readonly Invoice[] = [
  { number: 17, country: 'DE', cents: 10_000 },
  { number: 18, country: 'CH', cents: 4_200 },
];

for (const invoice of invoices) console.log(print(invoice));
