// Trouble a test can order from the GitLab stand-in: limits, pages instead of the API, answers that get lost.
import type { ApiAnswer } from '../api-server.ts';

export type FaultKind =
  | 'lost'
  | 'torn'
  | 'empty'
  | 'page'
  | 'truncated'
  | 'blank'
  | 'not-a-request'
  | 'bad-gateway'
  | 'maintenance'
  | 'too-many'
  | 'too-many-for-long'
  | 'too-many-until'
  | 'same-branch'
  | 'parameters-missing'
  | 'here'
  | 'https'
  | 'elsewhere'
  | 'refused-late';

export interface Fault {
  /** `any`, or `METHOD template`. */
  readonly on: string;
  readonly kind: FaultKind;
  /** Of `lost`: done when the work is done, before anybody can know. */
  readonly then?: () => void;
}

export function faultAnswer(kind: Exclude<FaultKind, 'lost' | 'torn'>): ApiAnswer {
  switch (kind) {
    case 'page':
      return { status: 200, body: '<!DOCTYPE html><html><head><title>Sign in · GitLab</title></head></html>', foreign: true };
    case 'truncated':
      return { status: 201, body: '{"iid":7,"web_url":"http://127.0.0.1/group/sub/ap', foreign: true };
    case 'blank':
      return { status: 201, body: '', foreign: true };
    case 'not-a-request':
      return { status: 201, body: { iid: '7', state: 'opened' }, foreign: true };
    case 'empty': // a list that does not know yet what was created a moment ago
      return { status: 200, body: [] };
    case 'bad-gateway':
      return { status: 502, body: '<html><head><title>GitLab is not responding (502)</title></head></html>', foreign: true };
    case 'maintenance':
      return { status: 503, body: { message: 'GitLab Maintenance: system is in maintenance mode' }, foreign: true };
    case 'too-many':
      return { status: 429, body: 'Retry later\n', headers: { 'retry-after': '3' }, foreign: true };
    case 'too-many-for-long':
      return { status: 429, body: 'Retry later\n', headers: { 'retry-after': '600' }, foreign: true };
    case 'too-many-until':
      return { status: 429, body: 'Retry later\n', headers: { 'ratelimit-reset': String(Date.UTC(2030, 0, 1) / 1000) }, foreign: true };
    case 'same-branch':
      return { status: 422, body: { message: ["You can't use same project/branch for source and target"] } };
    case 'parameters-missing':
      return { status: 400, body: { error: 'title is missing, source_branch is missing' } };
    case 'here': // a proxy that knows a nicer address
      return { status: 301, body: '', headers: { location: '/api/v4/projects/group%2Fsub%2Fapp/merge_requests' }, foreign: true };
    case 'https': // a proxy before an http address
      return { status: 301, body: '', headers: { location: 'https://127.0.0.1/api/v4/projects' }, foreign: true };
    case 'elsewhere':
      return { status: 302, body: '', headers: { location: 'http://localhost:9/users/sign_in?secret=1' }, foreign: true };
    case 'refused-late':
      return { status: 400, body: { message: { source_branch: ['does not exist'] } } };
  }
}
