// Logs of jobs: text, which hosts keep on other servers. The address that they send on to carries its own right to be read, for
// minutes; our token does not go there. Only the end of a log is kept.
import { fail } from '../../../errors.ts';
import { createHttp, type Ending, type Pause, pauseFor } from '../../../platform/http/client.ts';
import type { Answer, ProxyEnv } from '../../../platform/http/exchange.ts';

/** @returns the end of the log; `null` where it may not be read, is gone, or is longer than anybody prints */
export type ReadLog = (url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<string | null>;

const WAIT_MS = 30_000;
const BOUNDS = { connectMs: WAIT_MS, headMs: WAIT_MS, silenceMs: WAIT_MS, wholeMs: 120_000, maxBytes: 256 * 2 ** 20 };
/** Two hundred lines, and long ones. */
const TAIL_BYTES = 256 * 1024;

interface Read {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** @throws AiOpsError from what it returns: `host-unreachable`, `interrupted` */
export function createLogReader(host: string, pause: Pause = pauseFor, proxyEnv: ProxyEnv = {}): ReadLog {
  const http = createHttp({ bounds: BOUNDS, proxyEnv, pause });
  const read = async (url: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Read | null> => {
    const sent = { url, method: 'GET', isRead: true, headers: { ...headers, 'accept-encoding': 'gzip' }, signal };
    return readOf(
      host,
      await http(sent, async (answer) => {
        const { status, headers: found } = answer;
        return { status, location: found.get('location'), text: await endOf(answer) };
      }),
    );
  };
  return async (url, headers, signal) => {
    const first = await read(url, headers, signal);
    const next = first === null ? undefined : placeOf(first, url);
    const last = next === undefined ? first : await read(next.href, next.origin === new URL(url).origin ? headers : NOBODY, signal);
    return last?.status === 200 ? last.text : null;
  };
}

const NOBODY = { 'user-agent': 'ai-ops' };

function readOf(host: string, ending: Ending<Read>): Read | null {
  if (ending.kind === 'answer') return ending.value;
  if (ending.why === 'too-long') return null;
  throw fail('host-unreachable', { host, detail: ending.detail }, ending.cause);
}

/** Never from https to what everybody on the way may read. */
function placeOf({ status, location }: Read, from: string): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === null || !URL.canParse(location, from)) return undefined;
  const next = new URL(location, from);
  return next.protocol === 'https:' || (next.protocol === 'http:' && new URL(from).protocol === 'http:') ? next : undefined;
}

async function endOf({ body }: Answer): Promise<string> {
  let tail = Buffer.alloc(0);
  for await (const part of body) {
    tail = Buffer.concat([tail, part]);
    if (tail.length > 2 * TAIL_BYTES) tail = tail.subarray(-TAIL_BYTES);
  }
  return tail.subarray(-TAIL_BYTES).toString('utf8');
}
