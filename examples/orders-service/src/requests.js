// The traffic of a short morning, for trying the service out. Some of it meets the planted bugs.

const tea = { sku: 'tea', cents: 450, count: 2 };
const pot = { sku: 'pot', cents: 3200, count: 1 };
const spring = { code: 'SPRING', percent: 10 };
const at = (time) => `2026-03-02T${time}Z`;

const order = (time, fields) => ({ method: 'POST', path: '/orders', body: { placedAt: at(time), ...fields } });
const report = (day) => ({ method: 'GET', path: `/reports/${day}` });

export const DEMO_REQUESTS = [
  { method: 'GET', path: '/health' },
  order('08:01:00', { lines: [tea], coupon: spring, method: 'standard' }),
  order('08:04:30', { lines: [tea, pot], method: 'standard' }),
  order('08:09:12', { lines: [pot], coupon: spring, method: 'express' }),
  order('08:15:40', { lines: [tea], coupon: spring, method: 'pickup' }),
  order('08:20:05', { lines: [], method: 'standard' }),
  report('2026-03-02'),
  order('08:31:59', { lines: [pot], method: 'express' }),
  report('2026-03-01'),
  order('08:47:00', { lines: [tea, tea], coupon: spring, method: 'standard' }),
  { method: 'GET', path: '/favicon.ico' },
  order('08:55:21', { lines: [tea], method: 'standard' }),
];
