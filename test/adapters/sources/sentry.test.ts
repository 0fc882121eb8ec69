// Issues of Sentry as incidents: with their trace on every platform, and counted by what they have grown by.
import { openSentry } from '../../../src/adapters/sources/open-servers.ts';
import { eventIn } from '../../../src/adapters/sources/sentry/answers.ts';
import { recordOf } from '../../../src/adapters/sources/sentry/render.ts';
import type { ErrorEvent } from '../../../src/core/model.ts';
import { createDetector } from '../../../src/core/read/detector.ts';
import { eventOf, type Issue, type SentryServer, startSentry } from '../../standins/sentry/server.ts';
import { createBox, until } from './http/world.ts';

const PYTHON = eventOf('python', 'KeyError', "'price'", [
  { filename: 'flask/app.py', absPath: '/usr/lib/python3.12/site-packages/flask/app.py', function: 'view', lineNo: 9, inApp: false },
  { absPath: '/srv/shop/pricing.py', function: 'total', lineNo: 12, context: [[12, "    return order['price']"]], inApp: true },
]);
let minute = 0;
function issue(id: string, count: number, event = PYTHON): Issue {
  minute += 1;
  return { id, count, lastSeen: new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString(), status: 'unresolved', title: 'KeyError', event };
}

const FRAME = { line: 12, function: 'total' };
test.each([
  ['python', PYTHON, 'KeyError', 'python', { file: '/srv/shop/pricing.py', ...FRAME }],
  [
    'node',
    eventOf('node', 'TypeError', 'x is undefined', [
      { absPath: '/srv/src/a.js', function: 'main', lineNo: 1, colNo: 2 },
      { absPath: '/srv/src/price.js', function: 'total', lineNo: 12, colNo: 5 },
    ]),
    'TypeError',
    'javascript',
    { file: '/srv/src/price.js', ...FRAME },
  ],
  [
    'java',
    eventOf(
      'java',
      'NullPointerException',
      'no price',
      [
        { filename: 'Main.java', module: 'com.acme.Main', function: 'main', lineNo: 3 },
        { filename: 'Price.java', module: 'com.acme.Price', function: 'total', lineNo: 12 },
      ],
      { module: 'java.lang' },
    ),
    'java.lang.NullPointerException',
    'java',
    { file: 'com/acme/Price.java', line: 12 },
  ],
  [
    'csharp',
    eventOf(
      'csharp',
      'NullReferenceException',
      'no price',
      [
        { absPath: '/src/Main.cs', module: 'Acme.Main', function: 'Run', lineNo: 3 },
        { absPath: '/src/Price.cs', module: 'Acme.Price', function: 'Total', lineNo: 12 },
      ],
      { module: 'System' },
    ),
    'System.NullReferenceException',
    'dotnet',
    { file: '/src/Price.cs', line: 12 },
  ],
  [
    'ruby',
    eventOf('ruby', 'NoMethodError', 'undefined method', [
      { absPath: '/srv/app/main.rb', function: 'main', lineNo: 3 },
      { absPath: '/srv/app/price.rb', function: 'total', lineNo: 12 },
    ]),
    'NoMethodError',
    'ruby',
    { file: '/srv/app/price.rb', ...FRAME },
  ],
  [
    'php',
    eventOf('php', 'TypeError', 'no price', [
      { absPath: '/srv/app/index.php', function: 'main', lineNo: 3 },
      { absPath: '/srv/app/Price.php', function: 'total', lineNo: 12 },
    ]),
    'TypeError',
    'php',
    { file: '/srv/app/Price.php', line: 12 },
  ],
  [
    'go',
    eventOf('go', 'runtime.boundsError', 'index out of range', [
      { absPath: '/src/main.go', module: 'main', function: 'main', lineNo: 3 },
      { absPath: '/src/price.go', module: 'main', function: 'total', lineNo: 12 },
    ]),
    'runtime.boundsError',
    'go',
    { file: '/src/price.go', line: 12 },
  ],
])('%s: type, language and the frame where it was thrown', (_platform, event, type, language, frame) => {
  const record = recordOf({ id: '1', count: 1, lastSeen: '', title: '', level: 'error', project: 'shop', url: null }, eventIn(event));
  const detector = createDetector({
    source: 's',
    stream: 's',
    startOffset: 0,
    startLines: 0,
    level: 'error',
    keywords: ['ERROR'],
    ignore: [],
    encoding: 'auto',
  });
  const [found] = [...detector.push({ bytes: Buffer.from(`${record}\n`) }), ...detector.flush()] as readonly ErrorEvent[];
  expect(found).toMatchObject({ type, language, time: '2026-03-01T10:00:00.000Z', level: 'error' });
  expect(found?.frames.find(({ inApp }) => inApp)).toMatchObject(frame);
  expect(JSON.parse(record)).toMatchObject({
    service: { name: 'shop', version: 'shop@2.4.1', environment: 'production' },
    host: { name: 'web-3' },
  });
});

describe.each(['sentry', 'glitchtip'] as const)('%s', (kind) => {
  let server: SentryServer;
  beforeEach(async () => {
    server = await startSentry(kind);
  });
  afterEach(async () => {
    await server.close();
    expect(server.violations).toEqual([]);
  });
  const name = (project = '/shop'): string => `sentry://127.0.0.1:${server.port}/acme${project}?tls=off&poll=0`;
  const box = (project?: string) => createBox((servers) => openSentry([name(project)], servers));

  test('every issue that is not resolved counts as often as it was seen, what it grows by once', async () => {
    const other = eventOf('python', 'ValueError', 'no date', [
      { absPath: '/srv/shop/dates.py', function: 'parse', lineNo: 3, inApp: true },
    ]);
    server.issues.push(issue('1', 7), issue('2', 3, other), issue('3', 1, { ...other, entries: [] }), {
      ...issue('4', 99),
      status: 'resolved',
    });
    const own = box();
    const counts = async (heard: { readonly incidents: readonly string[] }) =>
      heard.incidents.filter((one) => /KeyError|ValueError/.test(one)).map((one) => one.split(':')[0]);
    expect(await counts(await own.live())).toEqual(['3 ValueError', '7 KeyError']);
    expect(await counts(await own.live())).toEqual(['3 ValueError', '7 KeyError']);
    server.issues[0]!.count = 12;
    expect(await counts(await own.live({ dieAfter: 0 }))).toEqual(['3 ValueError', '7 KeyError']);
    expect(await counts(await own.live())).toEqual(['12 KeyError', '3 ValueError']);
    // A server that has forgotten counts anew.
    server.issues[0]!.count = 2;
    await own.live();
    server.issues[0]!.count = 3;
    expect(await counts(await own.live())).toEqual(['13 KeyError', '3 ValueError']);
  });

  test('while it follows, and of a whole organization', async () => {
    server.issues.push(issue('1', 2));
    const heard = await box('').live({
      from: 'resume',
      follows: async (now) => {
        await until(async () => (await now()).incidents.length === 1);
        server.issues[0]!.count = 5;
        server.issues[0]!.lastSeen = '2026-03-02T00:00:00.000Z';
        await until(async () => (await now()).incidents[0]!.startsWith('5 '));
      },
    });
    expect(heard).toMatchObject({ incidents: [expect.stringMatching(/^5 KeyError/)], troubles: [] });
  });

  test('from the end: what was seen before is known', async () => {
    server.issues.push(issue('1', 40));
    const own = box();
    expect((await own.live({ from: 'end' })).incidents).toEqual([]);
    server.issues[0]!.count = 42;
    expect((await own.live({ from: 'resume' })).incidents).toEqual([expect.stringMatching(/^2 KeyError/)]);
  });

  test('a refused token and too many requests are told', async () => {
    server.admits('Bearer t0ken');
    server.issues.push(issue('1', 1));
    expect((await box().live()).error).toContain('may not be read: it says 401: Invalid token');
    const busy = {
      status: 429,
      headers: { 'retry-after': '1' },
      body: { detail: 'You are attempting to use this endpoint too frequently' },
    };
    server.next(busy, busy, busy);
    const heard = await box().live({
      servers: { credentialsFor: () => ({ bearer: 't0ken' }) },
      follows: (now) => until(async () => (await now()).incidents.length === 1),
    });
    expect(heard.troubles).toEqual([expect.stringContaining('it says 429: You are attempting to use this endpoint too frequently')]);
  });
});
