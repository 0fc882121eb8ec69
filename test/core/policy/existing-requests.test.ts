// What the requests that are there mean for a repair: rows.
import type { Request } from '../../../src/core/model.ts';
import { standingOf } from '../../../src/core/policy/existing-requests.ts';

const one = (state: Request['state'], number = 1): Request => ({ url: `https://host.invalid/${number}`, number, state });
const none: ReadonlySet<string> = new Set();
const cameBack = (number: number): ReadonlySet<string> => new Set([`https://host.invalid/${number}`]);

const rows: readonly (readonly [string, readonly Request[], Request | null, ReadonlySet<string>, boolean, string])[] = [
  ['nothing yet', [], null, none, false, 'free 1'],
  ['open', [one('open')], null, none, false, 'taken already-proposed 1'],
  ['open, and a person wants another', [one('open')], null, none, true, 'taken already-proposed 1'],
  ['a local proposal', [one('local')], null, none, false, 'taken already-proposed 1'],
  ['closed by a person', [one('closed')], null, none, false, 'taken closed-by-person 1'],
  ['closed, and asked for again', [one('closed')], null, none, true, 'free 2 after 1'],
  ['closed, and came back all the same', [one('closed')], null, cameBack(1), false, 'taken closed-by-person 1'],
  ['merged; the error may be from before', [one('merged')], null, none, false, 'taken already-merged 1'],
  ['merged, and known to have come back', [one('merged')], null, cameBack(1), false, 'free 2 after 1'],
  ['merged, and asked for again', [one('merged')], null, none, true, 'free 2 after 1'],
  ['merged, came back, proposed again', [one('merged'), one('open', 2)], null, cameBack(1), false, 'taken already-proposed 2'],
  ['merged twice, the second came back', [one('merged'), one('merged', 2)], null, cameBack(2), false, 'free 3 after 2'],
  [
    'merged twice, only the first is known to have come back',
    [one('merged'), one('merged', 2)],
    null,
    cameBack(1),
    false,
    'taken already-merged 2',
  ],
  ['named in the open request of another bug', [], one('open', 9), none, false, 'taken already-proposed 9'],
  ['named in one that was closed', [], one('closed', 9), none, false, 'taken closed-by-person 9'],
  ['named in one that was closed, asked for again', [], one('closed', 9), none, true, 'free 1 after 9'],
  ['named in one that was merged and came back', [], one('merged', 9), cameBack(9), false, 'free 1 after 9'],
  ['merged itself, named in an open one since', [one('merged')], one('open', 9), cameBack(1), false, 'taken already-proposed 9'],
];

test.each(rows)('%s', (_name, requests, joined, regressed, again, expected) => {
  const found = standingOf(requests, joined, { regressed, again });
  const words =
    found.kind === 'free'
      ? `free ${found.nth}${found.earlier ? ` after ${found.earlier.number}` : ''}`
      : `taken ${found.reason} ${found.request.number}`;
  expect(words).toBe(expected);
});
