// A scripted Messages API on 127.0.0.1: enough of it for the real Claude Code CLI to hold a conversation without a model.
// It answers what the script says, records every request, and knows nothing about the prompt.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTurn, sendJson, type Turn } from './turns.ts';

/** The parts of a request that tests look at. */
export interface MessagesRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly model: string;
  readonly system: string;
  /** Names of the tools the CLI offers to the model. */
  readonly tools: readonly string[];
  readonly messages: readonly { readonly role: string; readonly text: string }[];
  /** Messages of the assistant so far: which turn of the script this request asks for. */
  readonly turn: number;
  /** Exactly what was sent. */
  readonly raw: string;
}

/** Turn by turn, or a function of the request. The last turn of a list is repeated. */
export type Script = readonly Turn[] | ((request: MessagesRequest) => Turn);

export interface MessagesApi {
  readonly url: string;
  readonly requests: readonly MessagesRequest[];
  /** Starts another conversation on the same port. */
  play(script: Script): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function startMessagesApi(first: Script): Promise<MessagesApi> {
  let script = first;
  const requests: MessagesRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const raw = await readAll(incoming);
    const url = incoming.url ?? '/';
    if (url.startsWith('/v1/messages/count_tokens')) return sendJson(outgoing, 200, { input_tokens: Math.ceil(raw.length / 4) });
    if (incoming.method !== 'POST' || !url.startsWith('/v1/messages')) return sendJson(outgoing, 404, notFound(url));
    const request = readRequest(url, incoming.headers, raw);
    requests.push(request);
    answerTurn(outgoing, turnFor(script, request), request.model);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    play: (next) => {
      script = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function turnFor(script: Script, request: MessagesRequest): Turn {
  if (typeof script === 'function') return script(request);
  const turn = script[Math.min(request.turn, script.length - 1)];
  return turn ?? { kind: 'text', text: 'ok' };
}

function readRequest(url: string, headers: MessagesRequest['headers'], raw: string): MessagesRequest {
  const body = JSON.parse(raw) as {
    model?: string;
    system?: unknown;
    tools?: readonly { name?: string; type?: string }[];
    messages?: readonly { role: string; content: unknown }[];
  };
  const messages = (body.messages ?? []).map(({ role, content }) => ({ role, text: plain(content) }));
  return {
    url,
    headers,
    model: body.model ?? '',
    system: plain(body.system),
    tools: (body.tools ?? []).map((tool) => tool.name ?? tool.type ?? ''),
    messages,
    turn: messages.filter((message) => message.role === 'assistant').length,
    raw,
  };
}

/** Text of a string or of a list of content blocks, tool results included. */
function plain(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map(
      (block: { text?: string; content?: unknown; input?: unknown }) =>
        block.text ?? (block.content === undefined ? '' : plain(block.content)),
    )
    .join('\n');
}

async function readAll(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function notFound(url: string): object {
  return { type: 'error', error: { type: 'not_found_error', message: `no ${url} here` } };
}
