const { total, load, save } = require('./orders');
const [kind, kase] = process.argv.slice(2);
const adapter = (log, exception, fatal) => ({
  info: (text) => log.info(text),
  error: (text) => log.error(text),
  warn: (text, error) => log.warn(text, error),
  exception: exception ?? ((text, error) => log.error(text, error)),
  fatal: fatal ?? ((text) => (log.fatal ?? log.error).call(log, text)),
});
const pinoAdapter = (log) => ({
  info: (text) => log.info(text), error: (text) => log.error(text), warn: (text, error) => log.warn(error, text),
  exception: (text, error) => log.error(error, text), fatal: (text) => log.fatal(text),
});
const makers = {
  console: () => adapter(console, undefined, (text) => console.error(text)),
  'winston-json': () => { const w = require('winston'); return adapter(w.createLogger({ format: w.format.combine(w.format.timestamp(), w.format.errors({ stack: true }), w.format.json()), transports: [new w.transports.Console()] })); },
  'winston-simple': () => { const w = require('winston'); return adapter(w.createLogger({ format: w.format.combine(w.format.errors({ stack: true }), w.format.simple()), transports: [new w.transports.Console()] })); },
  'winston-printf': () => { const w = require('winston'); return adapter(w.createLogger({ format: w.format.combine(w.format.timestamp(), w.format.errors({ stack: true }), w.format.printf((i) => `${i.timestamp} [${i.level}] ${i.message}${i.stack ? `\n${i.stack}` : ''}`)), transports: [new w.transports.Console()] }), (text, error) => undefined); },
  'winston-metadata': () => { const w = require('winston'); return adapter(w.createLogger({ format: w.format.combine(w.format.errors({ stack: true }), w.format.metadata(), w.format.json()), transports: [new w.transports.Console()] })); },
  'winston-cli': () => { const w = require('winston'); return adapter(w.createLogger({ format: w.format.combine(w.format.errors({ stack: true }), w.format.colorize(), w.format.simple()), transports: [new w.transports.Console()] })); },
  pino: () => pinoAdapter(require('pino')()),
  'pino-levels': () => pinoAdapter(require('pino')({ formatters: { level: (label) => ({ severity: label.toUpperCase() }) }, messageKey: 'message', timestamp: require('pino').stdTimeFunctions.isoTime })),
  bunyan: () => pinoAdapter(require('bunyan').createLogger({ name: 'shop', serializers: require('bunyan').stdSerializers })),
  'log4js-basic': () => { const l = require('log4js'); l.configure({ appenders: { out: { type: 'stdout', layout: { type: 'basic' } } }, categories: { default: { appenders: ['out'], level: 'info' } } }); return adapter(l.getLogger('shop.orders')); },
  'log4js-pattern': () => { const l = require('log4js'); l.configure({ appenders: { out: { type: 'stdout', layout: { type: 'pattern', pattern: '%d{ISO8601_WITH_TZ_OFFSET} %p %c %m' } } }, categories: { default: { appenders: ['out'], level: 'info' } } }); return adapter(l.getLogger('shop.orders')); },
  'tslog-pretty': () => { const { Logger } = require('tslog'); return adapter(new Logger({ name: 'shop', pretty: { style: false } })); },
  'tslog-json': () => { const { Logger } = require('tslog'); return adapter(new Logger({ name: 'shop', type: 'json' })); },
  signale: () => { const { Signale } = require('signale'); return adapter(new Signale({ stream: process.stdout })); },
  'signale-time': () => { const { Signale } = require('signale'); const s = new Signale({ stream: process.stdout, scope: 'shop' }); s.config({ displayTimestamp: true, displayDate: true }); return adapter(s, (text, error) => s.error(error)); },
  consola: () => { const { createConsola } = require('consola'); return adapter(createConsola({ fancy: false, formatOptions: { date: true, colors: false } })); },
  npmlog: () => { const l = require('npmlog'); return { info: (t) => l.info('shop', t), error: (t) => l.error('shop', t), warn: (t, e) => l.warn('shop', t, e), exception: (t, e) => l.error('shop', t, e), fatal: (t) => l.error('shop', t) }; },
  roarr: () => { process.env.ROARR_LOG = 'true'; const { Roarr } = require('roarr'); const { serializeError } = (() => { try { return require('serialize-error'); } catch { return { serializeError: (e) => ({ name: e.name, message: e.message, stack: e.stack }) }; } })(); const s = (e) => ({ error: { name: e.name, message: e.message, stack: e.stack } }); return { info: (t) => Roarr.info(t), error: (t) => Roarr.error(t), warn: (t, e) => Roarr.warn(s(e), t), exception: (t, e) => Roarr.error(s(e), t), fatal: (t) => Roarr.fatal(t) }; },
  loglevel: () => { const l = require('loglevel'); l.setLevel('info'); return adapter(l); },
  'electron-log': () => { const l = require('electron-log/node'); l.transports.file.level = false; return adapter(l); },
  nest: () => { const { ConsoleLogger } = require('@nestjs/common'); const l = new ConsoleLogger('Orders', { colors: false }); return { info: (t) => l.log(t), error: (t) => l.error(t), warn: (t, e) => l.warn(`${t}: ${e.message}`), exception: (t, e) => l.error(t, e.stack), fatal: (t) => l.fatal(t) }; },
  'nest-json': () => { const { ConsoleLogger } = require('@nestjs/common'); const l = new ConsoleLogger('Orders', { json: true, colors: false }); return { info: (t) => l.log(t), error: (t) => l.error(t), warn: (t, e) => l.warn(`${t}: ${e.message}`), exception: (t, e) => l.error(t, e.stack), fatal: (t) => l.fatal(t) }; },
};
const log = makers[kind]();
log.info('started, no errors');
const caught = (f) => { try { f(); } catch (error) { return error; } };
const cases = {
  error: () => log.error('order 17 has no lines'),
  fatal: () => log.fatal('cannot reach the store'),
  exception: () => log.exception('total of order 17 failed', caught(() => total({}))),
  chained: () => log.exception('loading failed', caught(() => load(17))),
  multiline: () => log.error('3 orders failed:\n  17: no lines\n  18: no price'),
  warning: () => log.warn('retrying order 17', caught(() => total({}))),
  info: () => log.info('error rate is 0, last Exception was handled'),
  crash: () => total({}),
  rejected: () => void save({}),
};
cases[kase]();
if (kase !== 'rejected') log.info('going on');
