const { createLogger, format, transports } = require('winston');
const kinds = {
  json: format.combine(format.timestamp(), format.errors({ stack: true }), format.json()),
  simple: format.combine(format.errors({ stack: true }), format.simple()),
  colour: format.combine(format.colorize({ level: true }), format.timestamp(), format.errors({ stack: true }), format.printf((i) => `${i.timestamp} ${i.level}: ${i.stack ?? i.message}`)),
  colourjson: format.combine(format.colorize(), format.timestamp(), format.json()),
};
const log = createLogger({ level: 'silly', format: kinds[process.argv[2]], transports: [new transports.Console()] });
function pay() {
  throw new TypeError('total is missing');
}
log.info('start', { errors: 0 });
try {
  pay();
} catch (error) {
  log.error(error);
  log.error('order 7 failed', error);
  log.warn('retried', { stack: error.stack });
}
log.http('GET /error 200');
log.error('no stock', { order: 7 });
log.silly('0 failed');
