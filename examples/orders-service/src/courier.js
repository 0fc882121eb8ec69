// Tells the courier about a new order. It runs beside the request: a failure here is logged, the order stands.
import { deliveryDay } from './delivery.js';
import { logPlain } from './log.js';

export function bookCourier(order) {
  try {
    const day = deliveryDay(order);
    logPlain('info', 'courier', `order ${order.id} is due on ${day}`);
    return day;
  } catch (error) {
    logPlain('error', 'courier', `order ${order.id} was not booked`, error);
    return null;
  }
}
