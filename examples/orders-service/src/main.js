// Starts the service:
//   node src/main.js --log app.log --requests demo     sends itself the demo's requests, then ends
//   node src/main.js --log app.log --serve             listens on 127.0.0.1 until it is ended
//       --port 8080       default: any free one, printed as the first line
//       --every 2000      sends itself the demo's requests again and again, so many milliseconds apart
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { log, logTo } from './log.js';
import { DEMO_REQUESTS } from './requests.js';
import { handle } from './routes.js';

const { values } = parseArgs({
  options: {
    log: { type: 'string' },
    requests: { type: 'string' },
    serve: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    every: { type: 'string', default: '0' },
  },
});

if (values.log) logTo(values.log);
log('info', { version: '1.4.0' }, 'orders-service started');
if (values.requests === 'demo') sendDemo();
if (values.serve) serve();

/** Each request gets a turn of its own, whoever sent it. */
function enqueue(request, done) {
  setImmediate(() => done(handle(request)));
}

function sendDemo() {
  const statuses = [];
  for (const request of DEMO_REQUESTS) {
    enqueue(request, ({ status }) => {
      if (statuses.push(status) < DEMO_REQUESTS.length) return;
      console.log(`${statuses.length} requests, ${statuses.filter((each) => each >= 500).length} failed`);
    });
  }
}

function serve() {
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    enqueue({ method: request.method, path: request.url, body: parse(text) }, ({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  server.listen(Number(values.port), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
  const timer = Number(values.every) > 0 ? setInterval(sendDemo, Number(values.every)) : undefined;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
    });
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
