import assert from 'node:assert/strict';
import test from 'node:test';
import { total } from '../src/basket.js';

test('a basket costs what its lines cost', () => {
  assert.equal(total({ lines: [{ cents: 450, count: 3 }] }), 1350);
});

test('a coupon takes its percentage off', () => {
  assert.equal(total({ lines: [{ cents: 1000, count: 1 }], coupon: 'SPRING' }), 900);
});
