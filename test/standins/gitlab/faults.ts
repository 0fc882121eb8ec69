// Trouble a test can order from the GitLab stand-in: limits, pages instead of the API, answers that get lost.
import type { ApiAnswer } from '../api-server.ts';

export type FaultKind = 'lost' | 'page' | 'bad-gateway' | 'maintenance' | 'too-many' | 'too-many-for-long' | 'elsewhere' | 'refused-late';

export interface Fault {
  /** `any`, or `METHOD template`. */
  readonly on: string;
  readonly kind: FaultKind;
}

export function faultAnswer(kind: Exclude<FaultKind, 'lost'>): ApiAnswer {
  switch (kind) {
    case 'page':
      return { status: 200, body: '<!DOCTYPE html><html><head><title>Sign in · GitLab</title></head></html>', foreign: true };
    case 'bad-gateway':
      return { status: 502, body: '<html><head><title>GitLab is not responding (502)</title></head></html>', foreign: true };
    case 'maintenance':
      return { status: 503, body: { message: 'GitLab Maintenance: system is in maintenance mode' }, foreign: true };
    case 'too-many':
      return { status: 429, body: 'Retry later\n', headers: { 'retry-after': '3' }, foreign: true };
    case 'too-many-for-long':
      return { status: 429, body: 'Retry later\n', headers: { 'retry-after': '600' }, foreign: true };
    case 'elsewhere':
      return { status: 302, body: '', headers: { location: 'http://localhost:9/users/sign_in?secret=1' }, foreign: true };
    case 'refused-late':
      return { status: 400, body: { message: { source_branch: ['does not exist'] } } };
  }
}
