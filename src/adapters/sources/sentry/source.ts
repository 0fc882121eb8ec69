// Issues of Sentry and GlitchTip in place of lines: each that is not resolved is a stream of its own, whose position is how
// often it was seen when we counted it last. What it has grown by since then counts, in the same write as the position, so
// that a restart counts nothing twice. The trace is that of its newest event.
import { numberOf, type SourceAddress } from '../../../core/source-address.ts';
import { type AiOpsError, fail } from '../../../errors.ts';
import type { FollowOptions, Place, Source, SourceSink } from '../../../ports.ts';
import type { Connection, Told } from '../http/connection.ts';
import { keepLooking } from '../http/keep-looking.ts';
import { eventIn, issuesIn, type SentryEvent, type SentryIssue } from './answers.ts';
import { recordOf } from './render.ts';

const PAGE = 100;
const MOST_PAGES = 100;
/** Issues that were seen so long before the newest one of the last look are looked at again: the lists of servers lag. */
const LAG_MS = 10 * 60_000;
/** Every so many looks all pages are read: an issue may be opened again without being seen. */
const ALL_EVERY = 30;
const RETRY_MS = { first: 2000, most: 120_000 };

/** The stream and the source of one issue: a part of the address, as a file is of a pattern. */
const issueSource = (name: string, issue: string): string => `${name}#${issue}`;

/** @param name the address as the user wrote it */
export function createSentrySource(name: string, address: SourceAddress, connection: Connection): Source {
  return {
    follow: async (sink, options) => {
      const known = new Map(options.checkpoints.map(({ position }) => [position.stream, Number(position.token) || 0]));
      const reader = createReader(name, address, connection, sink, known, options);
      const still: Place = { tokenAt: () => '', byteAt: () => undefined, positionAt: () => undefined };
      if (options.once) {
        sink.opened({ source: name, stream: name, why: 'its issues', ...still });
        sink.ready([{ source: name, offset: 0 }]);
        await reader.look(true);
        return sink.ended(name);
      }
      // Followed as a whole too: that nothing comes of an issue that is resolved is silence only while somebody listens.
      sink.opened({ source: name, stream: name, why: 'its issues', ...still });
      sink.ready([{ source: name, offset: 0 }]);
      let looks = 0;
      const look = async (): Promise<void> => {
        await reader.look(looks % ALL_EVERY === 0);
        looks += 1;
      };
      const passes = ({ code }: AiOpsError): boolean => code.startsWith('log-');
      const pollMs = Math.max(100, numberOf(address, 'poll', 60) * 1000);
      await keepLooking({ name, sink, pollMs, retryMs: RETRY_MS, passes, look }, options.signal);
    },
  };
}

interface Reader {
  look(isWhole: boolean): Promise<void>;
}

function createReader(
  name: string,
  address: SourceAddress,
  connection: Connection,
  sink: SourceSink,
  known: Map<string, number>,
  { from, signal }: FollowOptions,
): Reader {
  let newest = 0;
  // With `end` what was there before is known, however often it was seen.
  let isFirst = from === 'end';

  const take = async (issue: SentryIssue): Promise<void> => {
    const stream = issueSource(name, issue.id);
    const before = known.get(stream) ?? (isFirst ? issue.count : 0);
    known.set(stream, issue.count);
    const grown = issue.count - before;
    const position = (count: number) => ({ source: stream, stream, token: String(count) });
    if (grown <= 0) {
      // Counted anew by a server that has forgotten, or told only that it is known.
      if (grown < 0 || isFirst) await give(sink, stream, '', 0, position(issue.count), position(issue.count));
      return;
    }
    const event = await newestEvent(connection, address, issue.id, signal);
    const text = recordOf(issue, event);
    await give(sink, stream, text, grown, position(before), position(issue.count));
  };

  return {
    async look(isWhole) {
      const horizon = isWhole ? 0 : newest - LAG_MS;
      let path: string | undefined = listPath(address);
      for (let pages = 0; path !== undefined && !signal.aborted; pages += 1) {
        if (pages === MOST_PAGES) {
          sink.gap({ source: name, stream: name, reason: `more than ${MOST_PAGES * PAGE} issues are not resolved: the rest was not read` });
          break;
        }
        const { json, headers }: Told = await connection.ask({ path, signal });
        if (!Array.isArray(json)) throw fail('log-unreachable', { source: name, detail: 'its answer is no list of issues' });
        const issues = issuesIn(json);
        for (const issue of issues) await take(issue);
        const seen = issues.map(({ lastSeen }) => Date.parse(lastSeen)).filter((time) => !Number.isNaN(time));
        newest = Math.max(newest, ...seen);
        path = seen.length > 0 && Math.max(...seen) < horizon ? undefined : nextPath(address, headers.get('link'));
      }
      isFirst = false;
    },
  };
}

/** One record, complete in itself: the stream is opened for it and over with it. */
async function give(
  sink: SourceSink,
  stream: string,
  text: string,
  count: number,
  before: ReturnType<Place['positionAt']> & object,
  after: typeof before,
): Promise<void> {
  const bytes = Buffer.from(text === '' ? '' : `${text}\n`);
  const place: Place = {
    tokenAt: () => before.token,
    byteAt: (token) => (token === before.token ? 0 : token === after.token ? bytes.length : undefined),
    positionAt: (n) => (n < bytes.length ? before : after),
    recordAt: () => ({ count }),
  };
  sink.opened({ source: stream, stream, why: `seen ${after.token} times`, ...place });
  if (bytes.length > 0) await sink.chunk({ source: stream, stream, bytes, ...place });
  await sink.ended(stream);
}

/** @throws AiOpsError `log-refused`, `log-unreachable`, `log-query` */
export async function checkSentry(address: SourceAddress, connection: Connection, signal: AbortSignal): Promise<void> {
  await connection.ask({ path: listPath(address), signal });
}

function listPath({ path: [organization = '', project], parameters }: SourceAddress): string {
  const query = ['is:unresolved', ...(parameters.has('query') ? [parameters.get('query') ?? ''] : [])].join(' ');
  const environment = parameters.get('environment');
  const asked = new URLSearchParams({ query, limit: String(PAGE), ...(environment === undefined ? {} : { environment }) });
  const of =
    project === undefined
      ? `organizations/${encodeURIComponent(organization)}`
      : `projects/${encodeURIComponent(organization)}/${encodeURIComponent(project)}`;
  return `/api/0/${of}/issues/?${asked}`;
}

/**
 * `<https://…?cursor=0:100:0>; rel="next"; results="true"; cursor="0:100:0"`: only the cursor is taken, the way there is ours.
 */
function nextPath(address: SourceAddress, link: string | null): string | undefined {
  const next = link?.split(/,\s*(?=<)/).find((one) => /\brel="next"/.test(one) && !/\bresults="false"/.test(one));
  const cursor = /\bcursor="([^"]+)"/.exec(next ?? '')?.[1] ?? /[?&]cursor=([^&>]+)/.exec(next ?? '')?.[1];
  return cursor === undefined ? undefined : `${listPath(address)}&cursor=${encodeURIComponent(decodeURIComponent(cursor))}`;
}

/** By the path of organizations, which Sentry documents; by that of issues alone where a server knows only that. */
async function newestEvent(
  connection: Connection,
  { path: [organization = ''] }: SourceAddress,
  issue: string,
  signal: AbortSignal,
): Promise<SentryEvent | undefined> {
  for (const of of [`organizations/${encodeURIComponent(organization)}/`, '']) {
    const { status, json } = await connection.ask({ path: `/api/0/${of}issues/${issue}/events/latest/`, signal, takes: [404] });
    if (status !== 404) return eventIn(json);
  }
  return undefined;
}
