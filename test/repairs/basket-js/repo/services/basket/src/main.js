import { total } from './basket.js';

const orders = [
  { lines: [{ cents: 1200, count: 2 }], coupon: 'SPRING' },
  { lines: [{ cents: 450, count: 1 }], coupon: 'SUMMER' },
];

for (const order of orders) console.log(`INFO priced at ${total(order)} cents`);
