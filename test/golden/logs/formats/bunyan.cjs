const bunyan = require('bunyan');
const log = bunyan.createLogger({ name: 'shop', serializers: bunyan.stdSerializers });
function pay() {
  throw new TypeError('total is missing');
}
log.info({ errors: 0 }, 'start');
try {
  pay();
} catch (err) {
  log.error({ err, order: 7 }, 'order failed');
  log.error(err);
  log.warn(err, 'retried');
}
log.info('0 failed, last "error" 3 days ago');
log.fatal('giving up');
