// Trouble a test can order from the GitHub stand-in: limits, pages instead of the API, answers that get lost.
import type { ApiAnswer } from '../api-server.ts';

export type FaultKind =
  | 'lost'
  | 'torn'
  | 'unfiltered'
  | 'page'
  | 'truncated'
  | 'blank'
  | 'not-a-pull'
  | 'bad-gateway'
  | 'primary-limit'
  | 'primary-limit-429'
  | 'secondary-limit'
  | 'secondary-limit-silent'
  | 'abuse-limit'
  | 'limit-with-date'
  | 'too-many'
  | 'no-node'
  | 'no-fork-collab'
  | 'empty'
  | 'here'
  | 'elsewhere';

export interface Fault {
  /** `any`, or `METHOD template`. */
  readonly on: string;
  readonly kind: FaultKind;
  /** Of `lost`: done when the work is done, before anybody can know. */
  readonly then?: () => void;
}

/** When the primary limit is lifted: a fixed moment, so that tests can name it. */
export const LIMIT_RESET = Date.UTC(2030, 0, 1) / 1000;

const PRIMARY = { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(LIMIT_RESET) };

/** Faults that let the call be served: they change what is asked, or what becomes of the answer. */
export type Disturbance = 'lost' | 'torn' | 'unfiltered';

export function isDisturbance(kind: FaultKind): kind is Disturbance {
  return kind === 'lost' || kind === 'torn' || kind === 'unfiltered';
}

export function faultAnswer(kind: Exclude<FaultKind, Disturbance>): ApiAnswer {
  switch (kind) {
    case 'page':
      return { status: 200, body: '<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>', foreign: true };
    case 'truncated':
      return { status: 200, body: '{"number":7,"html_url":"http://127.0.0.1/acme/app/pu', foreign: true };
    case 'blank':
      return { status: 200, body: '', foreign: true };
    case 'not-a-pull':
      return { status: 200, body: { number: '7', state: 'open' }, foreign: true };
    case 'bad-gateway':
      return { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>', foreign: true };
    case 'primary-limit':
      return limited('API rate limit exceeded for user ID 1005.', PRIMARY);
    case 'primary-limit-429':
      return { ...limited('API rate limit exceeded for user ID 1005.', PRIMARY), status: 429, foreign: true };
    case 'secondary-limit':
      return limited('You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
        'retry-after': '120',
        'x-ratelimit-remaining': '4990',
      });
    case 'secondary-limit-silent':
      return limited('You have exceeded a secondary rate limit and have been temporarily blocked from content creation.', {
        'x-ratelimit-remaining': '4990',
      });
    case 'abuse-limit': // of older Enterprise Servers
      return limited('You have triggered an abuse detection mechanism. Please wait a few minutes before you try again.', {});
    case 'limit-with-date':
      return { ...limited('slow down', { 'retry-after': 'Fri, 02 Jan 2026 04:00:00 GMT' }), status: 429, foreign: true };
    case 'too-many':
      return { ...limited('You have exceeded a secondary rate limit.', { 'retry-after': '3' }), status: 429, foreign: true };
    case 'no-node': // a moment after the push or the creation
      return { status: 422, body: { message: "Could not resolve to a node with the global id of 'R_4711'.", documentation_url: DOCS } };
    case 'no-fork-collab':
      return {
        status: 422,
        body: {
          message: 'Validation Failed',
          errors: [
            {
              resource: 'PullRequest',
              code: 'custom',
              field: 'fork_collab',
              message: "Fork collab can't be granted by someone without permission",
            },
          ],
          documentation_url: DOCS,
        },
      };
    case 'empty': // a list that does not know yet what was created a moment ago
      return { status: 200, body: [] };
    case 'here':
      return { status: 302, body: '', headers: { location: '/api/v3/repos/acme/app/pulls' }, foreign: true };
    case 'elsewhere':
      return { status: 302, body: '', headers: { location: 'http://localhost:9/login?secret=1' }, foreign: true };
  }
}

const DOCS = 'https://docs.github.com/rest';

function limited(message: string, headers: Readonly<Record<string, string>>): ApiAnswer {
  return {
    status: 403,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api' },
  };
}
