// What an order costs. Money is whole cents.

/** The price of all lines, less the coupon. */
export function totalOf(order) {
  const goods = order.lines.reduce((sum, line) => sum + line.cents * line.count, 0);
  const discount = Math.round((goods * order.coupon.percent) / 100);
  return goods - discount;
}
