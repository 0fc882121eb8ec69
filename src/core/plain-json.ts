// What strangers' JSON is found to be. Pure.

export type JsonObject = { readonly [key: string]: unknown };

/** No list, and not `null`. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
