// The wire form of one turn: server-sent events as the Messages API sends them, errors as it words them,
// and a few answers that no API should give.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** One turn of a scripted conversation. */
export type Turn =
  | { readonly kind: 'text'; readonly text: string; readonly outputTokens?: number; readonly stop?: 'max_tokens' }
  | { readonly kind: 'tool'; readonly name: string; readonly input: Readonly<Record<string, unknown>> }
  /** An HTTP error, e.g. 401 `authentication_error`, 429 `rate_limit_error`, 529 `overloaded_error`. */
  | { readonly kind: 'error'; readonly status: number; readonly type: string; readonly message: string }
  /** Status 200 with something that is no event stream. */
  | { readonly kind: 'garbage'; readonly body: string }
  /** Never answers. */
  | { readonly kind: 'hang' };

/** Writes one turn and ends the response, except for `hang`. */
export function answerTurn(response: ServerResponse, turn: Turn, model: string): void {
  switch (turn.kind) {
    case 'hang':
      return;
    case 'garbage':
      response.writeHead(200, { 'content-type': 'text/html' }).end(turn.body);
      return;
    case 'error':
      sendJson(response, turn.status, { type: 'error', error: { type: turn.type, message: turn.message } });
      return;
    default:
      response.writeHead(200, { 'content-type': 'text/event-stream', 'request-id': 'req_scripted' });
      for (const event of events(turn, model)) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      response.end();
  }
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  // `x-should-retry: false` is what the API's own client obeys: a test must not wait for ten retries.
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_scripted', 'x-should-retry': 'false' });
  response.end(JSON.stringify(body));
}

type Event = { readonly type: string } & Readonly<Record<string, unknown>>;

function events(turn: Extract<Turn, { kind: 'text' | 'tool' }>, model: string): readonly Event[] {
  const outputTokens = turn.kind === 'text' ? (turn.outputTokens ?? 20) : 20;
  return [
    { type: 'message_start', message: { ...emptyMessage, id: randomId('msg'), model } },
    ...content(turn),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: turn.kind === 'tool' ? 'tool_use' : (turn.stop ?? 'end_turn'), stop_sequence: null },
      usage: { output_tokens: outputTokens },
    },
    { type: 'message_stop' },
  ];
}

function content(turn: Extract<Turn, { kind: 'text' | 'tool' }>): readonly Event[] {
  if (turn.kind === 'text') {
    return [
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: turn.text } },
    ];
  }
  const id = randomId('toolu');
  return [
    { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id, name: turn.name, input: {} } },
    { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: JSON.stringify(turn.input) } },
  ];
}

/** The CLI joins messages that share an id: each answer needs its own. */
const randomId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`;

const emptyMessage = {
  type: 'message',
  role: 'assistant',
  content: [],
  stop_reason: null,
  stop_sequence: null,
  usage: { input_tokens: 100, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 },
};
