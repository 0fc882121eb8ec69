import assert from 'node:assert/strict';
import test from 'node:test';
import { addOrder } from '../src/orders.js';
import { dailyReport } from '../src/report.js';

const order = { coupon: { percent: 0 }, method: 'standard', placedAt: '2026-03-02T08:00:00Z' };

test('a report adds up the orders of its day', () => {
  addOrder({ ...order, lines: [{ sku: 'tea', cents: 450, count: 2 }] });
  addOrder({ ...order, lines: [{ sku: 'pot', cents: 3200, count: 1 }] });
  addOrder({ ...order, lines: [{ sku: 'pot', cents: 3200, count: 1 }], placedAt: '2026-03-03T08:00:00Z' });
  assert.deepEqual(dailyReport('2026-03-02'), { day: '2026-03-02', orders: 2, cents: 4100, largest: 3200 });
});
