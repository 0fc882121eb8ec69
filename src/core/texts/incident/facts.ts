// Where an incident comes from, in a sentence: which release, service and environment, and on how many of the hosts that are
// known. Hosts are counted and not named: others may read it.
import { localTime, type OffsetAt } from '../../local-time.ts';
import type { Facts } from '../../model.ts';
import type { FactName } from '../../tables.ts';
import type { Phrase } from '../phrases.ts';

type Say = (phrase: Phrase, values?: Readonly<Record<string, string | number>>) => string;

/** Values that are named; of more only the number is said. */
const MOST_NAMED = 3;

/**
 * @param heard of all incidents of the repository, this one among them
 * @returns none where no record says where it came from
 * @example factParts(facts, heard, say, quoted) // ['only in release `2.4.1`, since 2026-03-01 12:03 UTC', 'on 3 of 8 hosts']
 */
export function factParts(
  facts: Facts | undefined,
  heard: Facts,
  say: Say,
  quoted: (text: string) => string,
  zone?: OffsetAt | undefined,
): readonly string[] {
  if (facts === undefined) return [];
  const named = (name: FactName): string => {
    const values = facts[name] ?? [];
    const shown = values.slice(0, MOST_NAMED).map(({ value }) => quoted(value));
    const rest = values.length - shown.length;
    return [...shown, ...(rest > 0 ? [say('moreFiles', { count: rest })] : [])].join(say('comma'));
  };
  const { release = [], service = [], environment = [], host = [] } = facts;
  const hosts = Math.max(heard.host?.length ?? 0, host.length);
  const isOnly = release.length > 0 && (heard.release?.length ?? 0) > release.length && !facts.more?.includes('release');
  const since = release[0] && localTime(release[0].first, zone);
  return [
    ...(since === undefined ? [] : [say(isOnly ? 'onlyInRelease' : 'inRelease', { releases: named('release'), since })]),
    ...(service.length === 0 ? [] : [say('inService', { services: named('service') })]),
    ...(environment.length === 0 ? [] : [say('inEnvironment', { environments: named('environment') })]),
    ...(host.length === 0 ? [] : [say(hosts === 1 ? 'onOneHost' : 'onHosts', { count: host.length, all: hosts })]),
  ];
}
