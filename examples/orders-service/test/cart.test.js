import assert from 'node:assert/strict';
import test from 'node:test';
import { totalOf } from '../src/cart.js';

const tea = { sku: 'tea', cents: 450, count: 2 };
const pot = { sku: 'pot', cents: 3200, count: 1 };

test('a coupon takes its percentage off', () => {
  assert.equal(totalOf({ lines: [tea, pot], coupon: { percent: 10 } }), 3690);
});

test('a coupon of nothing changes nothing', () => {
  assert.equal(totalOf({ lines: [tea], coupon: { percent: 0 } }), 900);
});
