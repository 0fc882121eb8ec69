// The route of a request, as identity sees it: the words of its path are the programmer's, what has a digit, is encoded or
// is long is the user's, and so is the query. Which route failed with which status tells bugs of a service apart.

/** What an access log says of a request, and nothing else. */
const REQUEST = /^([A-Z]{3,7}) (\/\S*)(?: HTTP\/[\d.]+)? (\d{3})$/;
const MAX_SEGMENTS = 6;
/** A word that is a value: it holds a digit or an encoded sign, or nobody would write it into a program. */
const VALUE = /[\d%@:;=,+]|^.{33,}$/;

/** @returns the request with one sign for each value in its path; `undefined` where the message is more than a request */
export function requestOf(message: string): string | undefined {
  const [, method, target, status] = REQUEST.exec(message) ?? [];
  if (method === undefined) return undefined;
  const segments = target!.split(/[?#]/)[0]!.split('/').slice(1);
  const route = segments.slice(0, MAX_SEGMENTS).map((segment, at) => (at === segments.length - 1 ? file(segment) : word(segment)));
  return `${method} /${route.join('/')} ${status}`;
}

const word = (segment: string): string => (VALUE.test(segment) ? '<*>' : segment);

/** Files of one kind are one route: nobody writes each of them by hand. */
function file(segment: string): string {
  const extension = /\.[a-z][a-z\d]{1,4}$/.exec(segment)?.[0];
  return extension === undefined ? word(segment) : `<*>${extension}`;
}
