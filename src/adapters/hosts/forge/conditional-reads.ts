// Reads are asked for conditionally where the host gives an entity tag: it then says "not modified", which is small and
// costs nothing of GitHub's rate limit. What was answered before is kept in memory, bounded.
import type { Transport } from './requests.ts';

interface Kept {
  readonly tag: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Characters of one answer, and of all answers together. */
const MOST_ONE = 1_000_000;
const MOST_ALL = 8_000_000;

export function remembering(transport: Transport): Transport {
  const kept = new Map<string, Kept>();
  let size = 0;
  const forget = (url: string): void => {
    size -= kept.get(url)?.text.length ?? 0;
    kept.delete(url);
  };
  return async (url, outgoing) => {
    if (outgoing.method !== 'GET') return transport(url, outgoing);
    const before = kept.get(url);
    const condition = before ? { 'if-none-match': before.tag } : {};
    const answer = await transport(url, { ...outgoing, headers: { ...outgoing.headers, ...condition } });
    if (answer.status === 304 && before) return new Response(before.text, { status: before.status, headers: before.headers });
    forget(url);
    const tag = answer.headers.get('etag');
    if (answer.status !== 200 || tag === null) return answer;
    const text = await answer.text();
    if (text.length <= MOST_ONE) {
      kept.set(url, { tag, status: 200, headers: answer.headers, text });
      size += text.length;
      for (const oldest of kept.keys()) {
        if (size <= MOST_ALL) break;
        forget(oldest);
      }
    }
    return new Response(text, { status: 200, headers: answer.headers });
  };
}
