// When an order arrives. Times are ISO 8601 UTC.

export const METHODS = ['standard', 'express', 'pickup'];

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = { standard: 3, express: 1 };

/** The day on which the customer has the goods. */
export function deliveryDay(order) {
  const arrival = new Date(Date.parse(order.placedAt) + DAYS[order.method] * DAY_MS);
  return arrival.toISOString().slice(0, 10);
}
