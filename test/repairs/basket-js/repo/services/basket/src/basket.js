import { discountOf } from './discounts.js';

/** What a basket costs, in cents. */
export function total({ lines, coupon }) {
  const goods = lines.reduce((sum, line) => sum + line.cents * line.count, 0);
  return goods - Math.round((goods * percentOf(coupon)) / 100);
}

function percentOf(coupon) {
  if (coupon === undefined) return 0;
  return discountOf(coupon).percent;
}
