// Trouble a test can order from the GitHub stand-in: limits, pages instead of the API, answers that get lost.
import type { ApiAnswer } from '../api-server.ts';

export type FaultKind =
  | 'lost'
  | 'page'
  | 'bad-gateway'
  | 'primary-limit'
  | 'secondary-limit'
  | 'secondary-limit-silent'
  | 'too-many'
  | 'empty'
  | 'elsewhere';

export interface Fault {
  /** `any`, or `METHOD template`. */
  readonly on: string;
  readonly kind: FaultKind;
}

/** When the primary limit is lifted: a fixed moment, so that tests can name it. */
export const LIMIT_RESET = Date.UTC(2030, 0, 1) / 1000;

export function faultAnswer(kind: Exclude<FaultKind, 'lost'>): ApiAnswer {
  switch (kind) {
    case 'page':
      return { status: 200, body: '<!DOCTYPE html><html><head><title>Sign in to your account</title></head></html>', foreign: true };
    case 'bad-gateway':
      return { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>', foreign: true };
    case 'primary-limit':
      return limited('API rate limit exceeded for user ID 1005.', {
        'x-ratelimit-limit': '5000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(LIMIT_RESET),
      });
    case 'secondary-limit':
      return limited('You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
        'retry-after': '120',
        'x-ratelimit-remaining': '4990',
      });
    case 'secondary-limit-silent':
      return limited('You have exceeded a secondary rate limit and have been temporarily blocked from content creation.', {
        'x-ratelimit-remaining': '4990',
      });
    case 'too-many':
      return { ...limited('You have exceeded a secondary rate limit.', { 'retry-after': '3' }), status: 429, foreign: true };
    case 'empty': // a list that does not know yet what was created a moment ago
      return { status: 200, body: [] };
    case 'elsewhere':
      return { status: 302, body: '', headers: { location: 'http://localhost:9/login?secret=1' }, foreign: true };
  }
}

function limited(message: string, headers: Readonly<Record<string, string>>): ApiAnswer {
  return {
    status: 403,
    headers,
    body: { message, documentation_url: 'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api' },
  };
}
