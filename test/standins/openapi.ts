// Checks HTTP requests and answers against an OpenAPI 3.0 description, with ajv. Used by the stand-ins of code hosts.
// Says what is wrong in words; does not answer anything itself.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';

// The package is CommonJS; its callable default sits one level deeper under ESM.
const addFormats = addFormatsModule.default;

type Json = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly method: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly description: Json;
}

export interface ApiCheck {
  find(method: string, path: string): Operation | undefined;
  request(operation: Operation, query: URLSearchParams, body: unknown): readonly string[];
  answer(operation: Operation, status: number, body: unknown): readonly string[];
}

/**
 * @param tolerated answers the description forgets, by name: `POST /repos/{owner}/{repo}/pulls 401`
 */
export function createApiCheck(document: Json, tolerated: ReadonlySet<string>): ApiCheck {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false, formats: { 'repo.nwo': true } });
  addFormats(ajv);
  ajv.addSchema({ $id: 'api', ...(converted({ components: document.components }) as Json) });
  const compiled = new Map<unknown, ValidateFunction>();
  const judge = (schema: unknown, value: unknown, where: string): readonly string[] => {
    let validate = compiled.get(schema);
    if (validate === undefined) {
      validate = ajv.compile(converted(schema) as Json);
      compiled.set(schema, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${where}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
  const resolve = (value: unknown): Json => {
    const object = (value ?? {}) as Json;
    if (typeof object.$ref !== 'string') return object;
    const keys = object.$ref.split('/').slice(1);
    return keys.reduce<Json>((inner, key) => inner[key] as Json, document);
  };
  return {
    find: (method, path) => find(document.paths as Json, method, path),
    request(operation, query, body) {
      const declared = ((operation.description.parameters ?? []) as unknown[]).map(resolve).filter((parameter) => parameter.in === 'query');
      const queries = [...query].flatMap(([name, text]) => {
        const parameter = declared.find((candidate) => candidate.name === name);
        if (parameter === undefined) return [`query ${name} is not in the description`];
        return judge(parameter.schema, asDeclared(resolve(parameter.schema), text), `query ${name}`);
      });
      const missing = declared.filter((parameter) => parameter.required === true && !query.has(String(parameter.name)));
      const schema = schemaOf(resolve(operation.description.requestBody));
      const isLeftOut = body === undefined && (schema === undefined || resolve(operation.description.requestBody).required !== true);
      const bodies = isLeftOut ? [] : schema === undefined ? ['a body is not in the description'] : judge(schema, body, 'body');
      const unknown = schema === undefined ? [] : unknownFields(resolve(schema), body);
      return [...queries, ...missing.map((parameter) => `query ${String(parameter.name)} is missing`), ...bodies, ...unknown];
    },
    answer(operation, status, body) {
      const responses = operation.description.responses as Json;
      if (responses[status] === undefined) {
        return tolerated.has(`${operation.method} ${operation.template} ${status}`) ? [] : [`status ${status} is not in the description`];
      }
      const schema = schemaOf(resolve(responses[status]));
      return schema === undefined ? [] : judge(schema, body, `answer ${status}`);
    },
  };
}

function find(paths: Json, method: string, path: string): Operation | undefined {
  for (const [template, item] of Object.entries(paths)) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
    const match = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(path);
    const description = (item as Json)[method.toLowerCase()];
    if (match === null || description === undefined) continue;
    const parameters = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]));
    return { method, template, parameters, description: description as Json };
  }
  return undefined;
}

function schemaOf(described: Json): unknown {
  const content = described.content as Json | undefined;
  return (content?.['application/json'] as Json | undefined)?.schema;
}

/** A server that ignores a field it does not know hides the mistake; here it is one. */
function unknownFields(schema: Json, body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || schema.properties === undefined) return [];
  const known = new Set(Object.keys(schema.properties as Json));
  return Object.keys(body)
    .filter((name) => !known.has(name))
    .map((name) => `body field ${name} is not in the description`);
}

function asDeclared(schema: Json, text: string): unknown {
  if (schema.type === 'integer' || schema.type === 'number') return Number(text);
  return schema.type === 'boolean' ? text === 'true' : text;
}

/** OpenAPI 3.0 schemas as JSON Schema 2020: `nullable` becomes a type, references point into the registered document. */
function converted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(converted);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, converted(inner)]));
  if (typeof rest.$ref === 'string') rest.$ref = rest.$ref.replace(/^#/, 'api#');
  if (nullable !== true) return rest;
  if (typeof rest.type !== 'string') return { anyOf: [rest, { type: 'null' }] };
  return { ...rest, type: [rest.type, 'null'], ...(Array.isArray(rest.enum) ? { enum: [...rest.enum, null] } : {}) };
}
