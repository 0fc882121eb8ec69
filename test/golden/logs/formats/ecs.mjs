import { ecsFormat } from '@elastic/ecs-pino-format';
import pino from 'pino';
const log = pino(ecsFormat());
function pay() {
  throw new TypeError('total is missing', { cause: new Error('row 3') });
}
log.info({ errors: 0 }, 'start');
try {
  pay();
} catch (err) {
  log.error({ err }, 'order 7 failed');
  log.warn({ err }, 'retried');
}
log.info('served /error');
log.fatal('giving up');
