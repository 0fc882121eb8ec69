// The suite of every source on the real client of AWS, against a server that speaks its interface (moto from PyPI). In the slow lane,
// where both are.
import { spawn, spawnSync } from 'node:child_process';
import { createServer, request } from 'node:http';
import { type AddressInfo, createServer as createPort } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLongRunning } from '../../../../src/adapters/process/long-running.ts';
import { createCommandSource } from '../../../../src/adapters/sources/command/source.ts';
import { commandOf } from '../../../../src/core/log-commands.ts';
import type { Source } from '../../../../src/ports.ts';
import { createBox, expected, type SourceKindCase, type SourceWorld, sourceContract } from '../../../contracts/source.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';

const runs = (program: string, ...argv: readonly string[]): boolean => spawnSync(program, argv, { stdio: 'ignore' }).status === 0;
const isHere = (): boolean => runs('aws', '--version') && runs('moto_server', '--help');

interface Cloud {
  /** Where the client asks, through a door that may refuse it. */
  readonly endpoint: string;
  deny(isDenied: boolean): void;
  call(action: string, body: object): Promise<unknown>;
  stop(): Promise<void>;
}

async function startCloud(): Promise<Cloud> {
  const port = await freePort();
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  let isDenied = false;
  const front = createServer((asked, answer) => {
    if (isDenied) {
      answer.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      const message = 'The security token included in the request is expired';
      return void answer.end(JSON.stringify({ __type: 'ExpiredTokenException', message }));
    }
    const passed = request({ host: '127.0.0.1', port, method: asked.method, path: asked.url, headers: asked.headers }, (from) => {
      answer.writeHead(from.statusCode ?? 500, from.headers);
      from.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    return void asked.pipe(passed);
  });
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const call = async (action: string, body: object): Promise<unknown> => {
    const headers = {
      ...{ 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `Logs_20140328.${action}` },
      authorization: 'AWS4-HMAC-SHA256 Credential=x/20260301/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=0',
    };
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text === '' ? undefined : JSON.parse(text);
  };
  for (let tries = 0; !(await call('DescribeLogGroups', {}).catch(() => undefined)); tries += 1) {
    if (tries > 400) throw new Error('moto did not start');
    await sleep(150);
  }
  return {
    endpoint: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    deny: (is) => {
      isDenied = is;
    },
    call,
    stop: async () => {
      front.closeAllConnections();
      front.close();
      server.kill('SIGTERM');
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createPort();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

let cloud: Cloud;
let number = 0;

async function startGroup(): Promise<SourceWorld & { readonly group: string }> {
  number += 1;
  const group = `/app/shop-${number}`;
  await cloud.call('CreateLogGroup', { logGroupName: group });
  const streams = new Set<string>();
  const put = async (logStreamName: string, events: readonly { readonly timestamp: number; readonly message: string }[]): Promise<void> => {
    if (!streams.has(logStreamName)) await cloud.call('CreateLogStream', { logGroupName: group, logStreamName });
    streams.add(logStreamName);
    await cloud.call('PutLogEvents', { logGroupName: group, logStreamName, logEvents: events });
  };
  // Behind now, where late ones have room.
  let [now, count] = [Date.now() - 600_000, 0];
  const tick = (): number => {
    // Two and two bear one time.
    count += 1;
    now += count % 2;
    return now;
  };
  return {
    group,
    open: async () => sourceOf(group),
    append: (texts) =>
      put(
        'a',
        texts.map((message) => ({ timestamp: tick(), message })),
      ),
    mixed: async (texts) => {
      const all = Object.entries(texts).map(
        ([stream, text]) => [stream, text.split('\n').map((message) => ({ timestamp: 0, message }))] as const,
      );
      for (let line = 0; line < 10; line += 1) for (const [, lines] of all) lines[line]!.timestamp = tick();
      for (const [stream, lines] of all) await put(stream, lines);
    },
    late: async (lines) => {
      for (const [index, message] of lines.entries()) await put('late', [{ timestamp: now - 30_000 + index, message }]);
    },
    reordered: async (lines) => {
      for (const [index, message] of lines.entries()) await put(`r${index}`, [{ timestamp: now + 20 - 5 * index, message }]);
      now += 20;
    },
    deny: async (isDenied) => cloud.deny(isDenied),
    close: async () => {
      cloud.deny(false);
      await cloud.call('DeleteLogGroup', { logGroupName: group });
    },
  };
}

const sourceOf = (group: string): Source =>
  createCommandSource({
    ...{
      name: `cloudwatch:${group}`,
      spec: commandOf({ kind: 'cloudwatch', rest: group })!,
      why: 'a test',
      programs: createLongRunning(200),
    },
    env: {
      ...{ PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', AWS_ENDPOINT_URL: cloud.endpoint },
      ...{ AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'y', AWS_DEFAULT_REGION: 'us-east-1', AWS_MAX_ATTEMPTS: '1' },
    },
    ...{ dir: tmpdir(), now: Date.now, pace: { pauseMs: 20, longestPauseMs: 50, longestBackOffMs: 100, idleMs: 30 } },
  });

const GROUP: SourceKindCase = {
  name: 'a group of CloudWatch',
  ...{ resumes: true, follows: true, patience: 6, can: ['mixed', 'late', 'reordered', 'deny'] },
  refusal: /may not be read: .*ExpiredTokenException/,
  start: startGroup,
};

(IS_SLOW_LANE && isHere() ? describe : describe.skip)('the real client of AWS (needs aws and moto_server)', () => {
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud?.stop());
  sourceContract(GROUP);

  test('more than a run gives: what is cut goes on where it was', async () => {
    const world = await startGroup();
    const box = createBox();
    const lines = Array.from({ length: 21_000 }, (_, at) =>
      at % 1000 === 7 ? `ERROR AlphaError: order ${at} failed` : `INFO order ${at}`,
    );
    const start = Date.now() - 500_000;
    const called = { logGroupName: world.group, logStreamName: 'a' };
    await cloud.call('CreateLogStream', called);
    for (let first = 0; first < lines.length; first += 5000) {
      const logEvents = lines.slice(first, first + 5000).map((message, at) => ({ timestamp: start + first + at, message }));
      await cloud.call('PutLogEvents', { ...called, logEvents });
    }
    const life = await box.live(world);
    expect(Object.values(life.counts).reduce((sum, count) => sum + count, 0)).toBe(21);
    await world.close();
    box.close();
  }, 300_000);

  test('a group that is not there is an error of its own', async () => {
    const box = createBox();
    const life = await box.live({ open: async () => sourceOf('/app/nobody'), append: async () => undefined, close: async () => undefined });
    expect(life.error).toMatchObject({ code: 'log-command', message: expect.stringContaining('ResourceNotFoundException') });
    expect(life.counts).toEqual(expected());
    box.close();
  });
});
