// Requests in, answers out. What is thrown is logged and becomes a 500.
import { totalOf } from './cart.js';
import { bookCourier } from './courier.js';
import { METHODS } from './delivery.js';
import { log } from './log.js';
import { addOrder } from './orders.js';
import { dailyReport } from './report.js';

const ROUTES = [
  { method: 'POST', path: /^\/orders$/, run: (request) => placeOrder(request.body) },
  { method: 'GET', path: /^\/reports\/(\d{4}-\d\d-\d\d)$/, run: (_request, [, day]) => ({ status: 200, body: dailyReport(day) }) },
  { method: 'GET', path: /^\/health$/, run: () => ({ status: 200, body: { ok: true } }) },
];

/** @param {{method: string, path: string, body?: unknown}} request */
export function handle(request) {
  const { method, path } = request;
  try {
    const route = ROUTES.find((each) => each.method === method && each.path.test(path));
    const answer = route ? route.run(request, path.match(route.path)) : { status: 404, body: { error: 'not found' } };
    log('info', { req: { method, path }, res: { statusCode: answer.status } }, 'request completed');
    return answer;
  } catch (err) {
    log('error', { req: { method, path }, res: { statusCode: 500 }, err }, 'request failed');
    return { status: 500, body: { error: 'internal error' } };
  }
}

function placeOrder(order) {
  if (!Array.isArray(order?.lines) || order.lines.length === 0) return { status: 400, body: { error: 'an order has lines' } };
  if (!METHODS.includes(order.method)) return { status: 400, body: { error: `method is one of ${METHODS.join(', ')}` } };
  const cents = totalOf(order);
  const stored = addOrder({ ...order, placedAt: order.placedAt ?? new Date().toISOString() });
  return { status: 201, body: { id: stored.id, cents, due: bookCourier(stored) } };
}
