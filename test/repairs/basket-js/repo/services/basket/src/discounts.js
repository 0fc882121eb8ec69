const DISCOUNTS = [
  { code: 'SPRING', percent: 10 },
  { code: 'FRIENDS', percent: 25 },
];

export function discountOf(code) {
  return DISCOUNTS.find((discount) => discount.code === code);
}
