// What somebody has written is no token because it is in base64: our own marks in requests are, and so is text in logs.
import { createRedactor } from '../../../src/core/redact/redact.ts';

test.each<[string, string, 'base64' | 'base64url']>([
  ['JSON', JSON.stringify([{ path: 'src/cart.js', base: '9f8b', lines: ['const percent = order.coupon.percent;'] }]), 'base64url'],
  ['code', 'export function orderTotal(order) {\n  return order.item.price;\n}\n', 'base64'],
])('%s stays', (_, text, encoding) => {
  const said = `<!-- mark ${Buffer.from(text).toString(encoding)} -->`;
  expect(createRedactor([])(said)).toBe(said);
});
