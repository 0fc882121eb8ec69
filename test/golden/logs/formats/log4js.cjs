const log4js = require('log4js');
log4js.addLayout('json', () => (event) => JSON.stringify({ startTime: event.startTime, categoryName: event.categoryName, level: event.level.levelStr, data: event.data }));
const layout = process.argv[2] === 'json' ? { type: 'json' } : { type: process.argv[2] };
log4js.configure({ appenders: { out: { type: 'stdout', layout } }, categories: { default: { appenders: ['out'], level: 'all' } } });
const log = log4js.getLogger('shop');
function pay() {
  throw new TypeError('total is missing');
}
log.info('start, errors=0');
try {
  pay();
} catch (error) {
  log.error('order 7 failed', error);
  log.warn('retried', error);
}
log.debug('0 failed');
log.fatal('giving up');
log.info('end');
