// The part of Loki's HTTP API that the stand-in serves, as a strict description written by hand after the page "Loki HTTP API":
// `query_range` for lines and for counts, `query` for one count.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const exactly = (properties: Schema, optional: Schema = {}): Schema => ({
  ...{ type: 'object', additionalProperties: false, required: Object.keys(properties) },
  properties: { ...properties, ...optional },
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const gives = (schema: Schema): Schema => ({ description: '', content: { 'application/json': { schema } } });
const query = (name: string, schema: Schema, required = false): Schema => ({ name, in: 'query', required, schema });
const labels = { type: 'object', additionalProperties: text };
const nanoseconds = { type: 'string', pattern: '^\\d{19}$' };
const answer = (resultType: string, item: Schema): Schema =>
  exactly({
    status: { const: 'success' },
    data: exactly({ resultType: { const: resultType }, result: list(item) }, { stats: { type: 'object' } }),
  });
const lines = exactly({ stream: labels, values: list({ type: 'array', prefixItems: [nanoseconds, text], minItems: 2, maxItems: 3 }) });
const sample = { type: 'array', prefixItems: [{ type: 'number' }, text], minItems: 2, maxItems: 2 };
const plain = Object.fromEntries([400, 401, 403, 429, 500].map((status) => [status, { description: '', content: {} }]));

export const DESCRIPTION = {
  paths: {
    '/loki/api/v1/query_range': {
      get: {
        parameters: [
          ...[query('query', text, true), query('start', nanoseconds), query('end', nanoseconds), query('step', text)],
          ...[query('limit', { type: 'integer' }), query('direction', { enum: ['forward', 'backward'] })],
        ],
        responses: {
          200: gives({ anyOf: [answer('streams', lines), answer('matrix', exactly({ metric: labels, values: list(sample) }))] }),
          ...plain,
        },
      },
    },
    '/loki/api/v1/query': {
      get: {
        parameters: [query('query', text, true), query('time', nanoseconds), query('limit', { type: 'integer' })],
        responses: { 200: gives(answer('vector', exactly({ metric: labels, value: sample }))), ...plain },
      },
    },
  },
};
