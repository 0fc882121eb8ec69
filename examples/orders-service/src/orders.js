// The orders, kept in memory.

const orders = new Map();

export function addOrder(order) {
  const id = 1001 + orders.size;
  const stored = { ...order, id };
  orders.set(id, stored);
  return stored;
}

export function ordersOf(day) {
  return [...orders.values()].filter((order) => order.placedAt.startsWith(day));
}
