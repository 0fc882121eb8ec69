import assert from 'node:assert/strict';
import test from 'node:test';
import { taxOf } from '../src/tax.ts';

test('the tax is that of the country', () => {
  assert.equal(taxOf({ number: 1, country: 'DE', cents: 1000 }), 190);
  assert.equal(taxOf({ number: 2, country: 'AT', cents: 1000 }), 200);
});
