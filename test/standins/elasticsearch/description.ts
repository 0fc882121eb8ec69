// The part of the REST API of Elasticsearch and OpenSearch that the stand-in serves, as a strict description written by hand:
// paths, methods and parameters follow rest-api-spec/…/api/{search,count,field_caps}.json of OpenSearch, bodies and answers the
// pages "Search API", "Sort search results", "Paginate search results", "Range query", "Query string query", "Date histogram
// aggregation", "Count API" and "Field capabilities API". Unknown fields are errors, in both directions.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const integer = { type: 'integer' };
const flag = { type: 'boolean' };
const list = (items: Schema): Schema => ({ type: 'array', items });
const exactly = (properties: Schema, optional: Schema = {}): Schema => ({
  ...{ type: 'object', additionalProperties: false, required: Object.keys(properties) },
  properties: { ...properties, ...optional },
});
const gives = (schema: Schema): Schema => ({ description: '', content: { 'application/json': { schema } } });
const takes = (schema: Schema): Schema => ({ required: true, content: { 'application/json': { schema } } });
const query = (name: string, schema: Schema, required = false): Schema => ({ name, in: 'query', required, schema });
const anyOf = (...all: readonly Schema[]): Schema => ({ anyOf: all });

const range = exactly({
  range: {
    type: 'object',
    additionalProperties: exactly({ gte: { type: 'integer', minimum: 0 }, lt: integer, format: { const: 'epoch_millis' } }),
    maxProperties: 1,
  },
});
const queryString = exactly({ query_string: exactly({ query: text }) });
const search = exactly({ bool: exactly({ filter: list(anyOf(range, queryString)) }) });
const order = {
  type: 'object',
  maxProperties: 1,
  additionalProperties: exactly(
    { order: { enum: ['asc', 'desc'] } },
    { numeric_type: { enum: ['date', 'date_nanos'] }, unmapped_type: text },
  ),
};
const seconds = exactly({ date_histogram: exactly({ field: text, fixed_interval: { const: '1s' }, min_doc_count: integer }) });
const shards = exactly({ total: integer, successful: integer, skipped: integer, failed: integer }, { failures: list({ type: 'object' }) });
const hit = exactly({ _index: text, _id: text, _score: { type: ['number', 'null'] }, _source: { type: 'object' }, sort: list({}) });
const answer = exactly(
  { took: integer, timed_out: flag, _shards: shards, hits: exactly({ max_score: { type: ['number', 'null'] }, hits: list(hit) }) },
  { aggregations: exactly({ seconds: exactly({ buckets: list(exactly({ key_as_string: text, key: integer, doc_count: integer })) }) }) },
);
const refusal = exactly({ error: exactly({ type: text, reason: text }, { root_cause: list({ type: 'object' }) }), status: integer });
const lenient = [query('ignore_unavailable', flag), query('allow_no_indices', flag)];
const refused = Object.fromEntries([400, 401, 403, 404, 429, 503].map((status) => [status, gives(refusal)]));

export const DESCRIPTION = {
  paths: {
    '/{index}/_search': {
      post: {
        parameters: [...lenient, query('allow_partial_search_results', flag)],
        requestBody: takes(
          exactly(
            { size: integer, query: search, track_total_hits: flag },
            { sort: list(order), search_after: list({}), aggs: exactly({ seconds }) },
          ),
        ),
        responses: { 200: gives(answer), ...refused },
      },
    },
    '/{index}/_count': {
      post: {
        parameters: lenient,
        requestBody: takes(exactly({ query: search })),
        responses: { 200: gives(exactly({ count: integer, _shards: shards })), ...refused },
      },
    },
    '/{index}/_field_caps': {
      get: {
        parameters: [...lenient, query('fields', text, true)],
        responses: { 200: gives(exactly({ indices: list(text), fields: { type: 'object' } })), ...refused },
      },
    },
  },
};
