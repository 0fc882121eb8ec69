import assert from 'node:assert/strict';
import test from 'node:test';
import { footer, heading, row } from '../src/report.js';

test('a row has its seconds', () => {
  assert.equal(row({ page: '/', seconds: 12 }), '/          12.0 s');
});

test('a heading', () => {
  assert.equal(heading('Visits'), '== VISITS ==');
});

test('one row is not many', () => {
  assert.equal(footer(1), '1 row');
});
