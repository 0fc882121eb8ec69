// What became of a request, in words for people.
import type { Trace } from '../../core/model.ts';
import { assertNever } from '../../core/never.ts';
import { duration, when } from './units.ts';

/** @example sequelWords(trace) // 'merged 2026-03-01 12:00 UTC, silent for 3 h since it can be deployed: https://…/pull/7' */
export function sequelWords({ state, sequel, request, issue }: Pick<Trace, 'state' | 'sequel' | 'request' | 'issue'>): string {
  if (issue) return issueWords(state, sequel, issue);
  const at = request ? `: ${request.url}` : '';
  const merged = sequel?.mergedAt === undefined ? 'merged' : `merged ${when(sequel.mergedAt, 'minutes')}`;
  const quiet = duration(sequel?.quietMs ?? 0);
  switch (state) {
    case 'proposed':
      return `its request is open${at}`;
    case 'merged':
      return sequel?.quietMs ? `${merged}, silent for ${quiet} since it can be deployed${at}` : `${merged}${at}`;
    case 'confirmed':
      return `confirmed: ${merged}, silent for ${quiet} since it can be deployed${at}`;
    case 'regressed':
      return `regressed: ${merged}, and the error came back ${when(sequel?.again?.first ?? '', 'minutes')}${times(sequel?.again?.count ?? 1)}${at}`;
    case 'closed':
      return `a person closed its request without merging${at}`;
    case 'issued':
    case 'declined':
    case 'running':
    case 'refused':
    case 'failed':
    case 'skipped':
    case 'interrupted':
      return state;
    default:
      return assertNever(state);
  }
}

/** The same of an issue. */
function issueWords(state: Trace['state'], sequel: Trace['sequel'], { url }: NonNullable<Trace['issue']>): string {
  switch (state) {
    case 'closed':
      return `a person closed its issue: ${url}`;
    case 'confirmed':
      return `not seen for ${duration(sequel?.quietMs ?? 0)}, its issue was closed: ${url}`;
    default:
      return `its issue is open: ${url}`;
  }
}

function times(count: number): string {
  return count === 1 ? '' : `, ${count} times so far`;
}
