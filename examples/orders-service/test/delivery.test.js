import assert from 'node:assert/strict';
import test from 'node:test';
import { deliveryDay } from '../src/delivery.js';

const placedAt = '2026-02-27T10:00:00Z';

test('standard takes three days', () => {
  assert.equal(deliveryDay({ placedAt, method: 'standard' }), '2026-03-02');
});

test('express takes one day', () => {
  assert.equal(deliveryDay({ placedAt, method: 'express' }), '2026-02-28');
});
