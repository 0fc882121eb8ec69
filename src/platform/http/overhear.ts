// Hears every HTTP exchange of this process over node:http and node:https, through the channels on which Node publishes
// them: no adapter has to tell, so none can forget to. Headers and bodies are never looked at; values of a query are
// left out, and so is a part of a path that may be a key (the address of a webhook is one).
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';

/**
 * @param tell is given one line when the head of an answer has come, or none will come
 * @returns ends it
 */
export function overhearHttp(tell: (words: string) => void): () => void {
  const begun = new WeakMap<ClientRequest, number>();
  const took = (request: ClientRequest): string => {
    const since = begun.get(request);
    return since === undefined ? '' : ` in ${Math.round(performance.now() - since)} ms`;
  };
  const listeners: Readonly<Record<string, (message: unknown) => void>> = {
    'http.client.request.start': (message) => void begun.set((message as Started).request, performance.now()),
    'http.client.response.finish': (message) => {
      const { request, response } = message as Answered;
      tell(`${request.method} ${placeOf(request)}: ${response.statusCode ?? 'no status'}${took(request)}`);
    },
    'http.client.request.error': (message) => {
      const { request, error } = message as Failed;
      tell(`${request.method} ${placeOf(request)}: no answer${took(request)}: ${error.code ?? error.name}`);
    },
  };
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener);
  };
}

interface Started {
  readonly request: ClientRequest;
}
interface Answered extends Started {
  readonly response: IncomingMessage;
}
interface Failed extends Started {
  readonly error: NodeJS.ErrnoException;
}

/** Host and path. Through a proxy the path is a whole address, and the host header still names the server. */
function placeOf(request: ClientRequest): string {
  const host = String(request.getHeader('host') ?? request.host);
  const { pathname, searchParams } = new URL(request.path, `http://${host}`);
  const names = [...new Set(searchParams.keys())].map((name) => `${name}=…`).join('&');
  return `${host}${pathname.split('/').map(shown).join('/')}${names === '' ? '' : `?${names}`}`;
}

/** Letters of both cases and digits, long and without a pause, are nobody's name. */
function shown(part: string): string {
  const isKey = /^[A-Za-z0-9_-]{16,}$/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part);
  return isKey ? '…' : part;
}
