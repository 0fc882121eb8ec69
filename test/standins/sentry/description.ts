// The part of Sentry's API that the stand-in serves, as a strict description written by hand after the pages "List an
// Organization's Issues", "List a Project's Issues", "Retrieve an Issue Event", "Update an Issue" and the endpoint of comments.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const orNull = (schema: Schema): Schema => ({ ...schema, nullable: true });
const query = (name: string, schema: Schema): Schema => ({ name, in: 'query', schema });
const gives = (schema: Schema): Schema => ({ description: '', content: { 'application/json': { schema } } });
const takes = (properties: Schema, required: readonly string[]): Schema => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', additionalProperties: false, required, properties } } },
});
const object = (properties: Schema): Schema => ({ type: 'object', required: Object.keys(properties), properties });
const issue = object({
  id: text,
  count: text,
  lastSeen: text,
  title: text,
  level: text,
  permalink: orNull(text),
  project: object({ slug: text }),
});
const event = object({ eventID: text, platform: text, dateCreated: text, tags: { type: 'array' }, entries: { type: 'array' } });
const comment = object({ id: text, data: object({ text }) });
const refused = Object.fromEntries([400, 401, 403, 404, 429, 503].map((status) => [status, gives({})]));
const list = {
  get: {
    parameters: ['query', 'limit', 'cursor', 'environment'].map((name) => query(name, text)),
    responses: { 200: gives({ type: 'array', items: issue }), ...refused },
  },
};
const newest = { get: { responses: { 200: gives(event), ...refused } } };
const comments = {
  get: { responses: { 200: gives({ type: 'array', items: comment }), ...refused } },
  post: { requestBody: takes({ text, data: object({ text }) }, ['text', 'data']), responses: { 201: gives(comment), ...refused } },
};
const update = {
  put: { requestBody: takes({ status: { enum: ['resolved'] } }, ['status']), responses: { 200: gives(issue), ...refused } },
};

export const DESCRIPTION = {
  paths: {
    '/api/0/organizations/{org}/issues/': list,
    '/api/0/projects/{org}/{project}/issues/': list,
    '/api/0/organizations/{org}/issues/{id}/events/latest/': newest,
    '/api/0/organizations/{org}/issues/{id}/comments/': comments,
    '/api/0/organizations/{org}/issues/{id}/': update,
    '/api/0/issues/{id}/events/latest/': newest,
    '/api/0/issues/{id}/comments/': comments,
    '/api/0/issues/{id}/': update,
  },
};
