import assert from 'node:assert/strict';
import test from 'node:test';
import { handle } from '../src/routes.js';

const order = { lines: [{ sku: 'tea', cents: 450, count: 2 }], coupon: { percent: 10 }, placedAt: '2026-03-04T08:00:00Z' };

test('an order is priced and given a day', () => {
  const { status, body } = handle({ method: 'POST', path: '/orders', body: { ...order, method: 'express' } });
  assert.equal(status, 201);
  assert.equal(body.cents, 810);
  assert.equal(body.due, '2026-03-05');
});

test('an order without lines or with an unknown method is refused', () => {
  assert.equal(handle({ method: 'POST', path: '/orders', body: { ...order, lines: [], method: 'express' } }).status, 400);
  assert.equal(handle({ method: 'POST', path: '/orders', body: { ...order, method: 'pigeon' } }).status, 400);
});

test('what is not there is not found', () => {
  assert.equal(handle({ method: 'GET', path: '/nowhere' }).status, 404);
});
