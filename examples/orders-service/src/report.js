// The figures of one day, for the people who run the shop.
import { totalOf } from './cart.js';
import { ordersOf } from './orders.js';

/** @param {string} day `2026-03-01` */
export function dailyReport(day) {
  try {
    return { day, ...figures(ordersOf(day).map(totalOf)) };
  } catch (cause) {
    throw new Error(`no report for ${day}`, { cause });
  }
}

function figures(totals) {
  return {
    orders: totals.length,
    cents: totals.reduce((sum, total) => sum + total, 0),
    largest: totals.reduce((largest, total) => Math.max(largest, total)),
  };
}
