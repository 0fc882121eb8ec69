import pino from 'pino';
const log = pino({ name: 'shop' });
function pay() {
  throw new TypeError('total is missing', { cause: new Error('row 3') });
}
log.info({ errors: 0 }, 'start');
try {
  pay();
} catch (err) {
  log.error(err, 'order 7 failed');
  log.error({ err, order: 7 });
  log.warn({ err }, 'retried');
}
log.info({ url: '/error?code=500' }, 'served "fatal error" page');
log.error('no stock');
log.error({ code: 7 }, 'no %s', 'tea');
log.fatal(new RangeError('giving up'));
