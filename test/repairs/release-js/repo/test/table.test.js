import assert from 'node:assert/strict';
import test from 'node:test';
import { table } from '../src/table.js';

test('one line for each row', () => {
  assert.equal(table([{ name: 'tea', price: 3 }], ['name', 'price']), 'tea    | 3     ');
});
