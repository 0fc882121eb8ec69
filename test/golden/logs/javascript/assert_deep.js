const assert = require('node:assert');
function check() {
  assert.deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] });
}
check();
