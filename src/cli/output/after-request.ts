// What became of a request, in words for people.
import type { Trace } from '../../core/model.ts';
import { assertNever } from '../../core/never.ts';
import { type SayHere, sayIn } from '../../core/texts/chinese/say.ts';
import { duration, when } from './units.ts';

/** @example sequelWords(trace) // 'merged 2026-03-01 12:00 UTC, silent for 3 h since it can be deployed: https://…/pull/7' */
export function sequelWords(
  { state, sequel, request, issue }: Pick<Trace, 'state' | 'sequel' | 'request' | 'issue'>,
  say: SayHere = sayIn('en'),
): string {
  if (issue) return say('{name}: {said}', { name: issueWords(state, sequel, say), said: issue.url });
  const words = requestWords(state, sequel, say);
  return request && !SILENT.has(state) ? say('{name}: {said}', { name: words, said: request.url }) : words;
}

/** Of these there is nothing to be told. */
const SILENT: ReadonlySet<Trace['state']> = new Set(['issued', 'declined', 'running', 'refused', 'failed', 'skipped', 'interrupted']);

function requestWords(state: Trace['state'], sequel: Trace['sequel'], say: SayHere): string {
  const merged = sequel?.mergedAt === undefined ? say('merged') : say('merged {when}', { when: when(sequel.mergedAt, 'minutes') });
  const quiet = duration(sequel?.quietMs ?? 0);
  switch (state) {
    case 'proposed':
      return say('its request is open');
    case 'merged':
      return sequel?.quietMs ? say('{merged}, silent for {quiet} since it can be deployed', { merged, quiet }) : merged;
    case 'confirmed':
      return say('confirmed: {merged}, silent for {quiet} since it can be deployed', { merged, quiet });
    case 'regressed':
      return times(
        say('regressed: {merged}, and the error came back {when}', { merged, when: when(sequel?.again?.first ?? '', 'minutes') }),
        sequel?.again?.count ?? 1,
        say,
      );
    case 'closed':
      return say('a person closed its request without merging');
    case 'issued':
    case 'declined':
    case 'running':
    case 'refused':
    case 'failed':
    case 'skipped':
    case 'interrupted':
      return say(state);
    default:
      return assertNever(state);
  }
}

/** The same of an issue. */
function issueWords(state: Trace['state'], sequel: Trace['sequel'], say: SayHere): string {
  switch (state) {
    case 'closed':
      return say('a person closed its issue');
    case 'confirmed':
      return say('not seen for {quiet}, its issue was closed', { quiet: duration(sequel?.quietMs ?? 0) });
    default:
      return say('its issue is open');
  }
}

function times(words: string, count: number, say: SayHere): string {
  return count === 1 ? words : say('{words}, {count} times so far', { words, count });
}
