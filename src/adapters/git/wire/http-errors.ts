// What a git server's refusal means. The status decides; the server's own words are only quoted, in one line,
// without control characters and without the token.
import { AiOpsError, fail } from '../../../errors.ts';
import { messageOf } from '../../../platform/errno.ts';
import type { Answer } from '../../../platform/http/exchange.ts';

const QUOTED_BYTES = 4096;

/** The error for an answer that is not 200. Reads what the server says about it. */
export async function answerError(options: { readonly url: string; readonly token?: string }, answer: Answer): Promise<AiOpsError> {
  const { status } = answer;
  const html = (answer.headers.get('content-type') ?? '').includes('html');
  const said = html ? '' : quote(await head(answer), options.token);
  const detail = said === '' ? `HTTP ${status}` : `HTTP ${status}, ${said}`;
  const remote = options.url;
  if (status === 401 && options.token === undefined) return fail('git-auth', { remote, detail: `${detail} (no token was given)` });
  if (status === 401 || status === 403 || status === 203) return fail('git-auth', { remote, detail });
  if (status === 429 || status === 407 || status === 408 || status >= 500) return fail('git-unreachable', { remote, detail });
  return fail('git-not-found', { remote, detail });
}

/** The error for a request that got no answer, or lost it. */
export function networkError(remote: string, error: unknown): AiOpsError {
  if (error instanceof AiOpsError) return error;
  const detail = quote(messageOf(error), undefined);
  return fail('git-unreachable', { remote, detail: detail === '' ? 'the connection failed' : detail }, error);
}

/** One line of a server's words that is safe to show. */
export function quote(text: string, token: string | undefined): string {
  const line = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const forms = token === undefined || token === '' ? [] : [token, encodeURIComponent(token)];
  const safe = forms.reduce((text, form) => text.replaceAll(form, '***'), line.replace(/\bBasic [A-Za-z0-9+/=_-]+/gi, 'Basic ***'));
  return safe.length > 300 ? `${safe.slice(0, 300)}…` : safe;
}

async function head({ body }: Answer): Promise<string> {
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const chunk of body) {
      parts.push(chunk);
      total += chunk.length;
      if (total >= QUOTED_BYTES) break;
    }
  } catch (error) {
    return `the answer broke off: ${messageOf(error)}`;
  }
  return Buffer.concat(parts).toString('utf8', 0, QUOTED_BYTES);
}
