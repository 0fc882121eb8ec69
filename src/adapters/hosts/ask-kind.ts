// Asks a server that no name tells of which kind it is: one harmless question to each kind's API, without a token. Every host
// of a kind answers with headers of its own, also where it lets nobody in.
import type { ForgeKind } from '../../core/tables.ts';
import { createSend, type ProxyEnv } from '../../platform/http/exchange.ts';
import { ALL_HOSTS } from './about.ts';

const WAIT_MS = 3_000;
const BOUNDS = { connectMs: WAIT_MS, headMs: WAIT_MS, silenceMs: WAIT_MS, wholeMs: WAIT_MS, maxBytes: 65_536 };

/**
 * All questions at once, so that none waits for another.
 * @param base address of the server
 * @returns `undefined` where nobody answers, or somebody else
 */
export async function askKind(base: URL, proxyEnv: ProxyEnv, userAgent: string): Promise<ForgeKind | undefined> {
  const send = createSend(proxyEnv);
  const ask = async (apiPath: string): Promise<ForgeKind> => {
    const target = new URL(`/${apiPath}/user`, base);
    const outgoing = { method: 'GET', headers: { 'user-agent': userAgent }, signal: AbortSignal.timeout(WAIT_MS) };
    const answer = await send(target, outgoing, BOUNDS);
    answer.discard();
    const names = [...answer.headers.keys()];
    const about = ALL_HOSTS.find(({ headerPrefix }) => names.some((name) => name.startsWith(headerPrefix)));
    if (about === undefined) throw new Error(`${target.href} is of no kind`);
    return about.kind;
  };
  return Promise.any(ALL_HOSTS.map(({ apiPath }) => ask(apiPath))).catch(() => undefined);
}
