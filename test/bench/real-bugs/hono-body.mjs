// A webhook that reads its body twice: as a form, and as JSON where it is none.
import { Hono } from 'hono';

const app = new Hono();
app.post('/hook', async (c) => {
  await c.req.parseBody();
  return c.json(await c.req.json());
});
app.onError((error, c) => {
  console.error(
    JSON.stringify({
      level: 'error',
      time: Date.now(),
      msg: 'request failed',
      err: { type: error.name, message: error.message, stack: error.stack },
    }),
  );
  return c.text('failed', 500);
});

await app.request('/hook', { method: 'POST', body: '{"event":"push"}', headers: { 'Content-Type': 'application/json' } });
