// What no change of the code mends, told once: each storm as one, each outage that is in none by itself; told again when
// it is ten times worse, and when it is over. Knows what began lately; the times are those of the log.

import type { Incident } from '../../core/model.ts';
import type { Outage } from '../../core/texts/mail/news.ts';
import { CALM_MS, STORM_MS, type Storm, type StormCandidate, storms } from '../../core/triage/storm.ts';
import type { Triage } from '../../core/triage/triage.ts';
import type { Clock } from '../../ports.ts';

/** Incidents that are looked at together; a stranger can make any number. The newest stay. */
const MOST = 500;
/** Storms are looked for this often at the most, in ms. */
const LOOK_MS = 1000;

/** What is told, and by which name it is told once. */
export type OutageNews = Outage & { readonly id: string };

export interface Outages {
  /** An incident was seen: new, or again. */
  seen(incident: Incident, triage: Triage): void;
  /** Until when the storm that it is in may last; ISO 8601 UTC. */
  stormUntil(fingerprint: string): string | undefined;
  /** Tells what is to be told now. @param isLast nothing more is read: what has just begun is told as well */
  sweep(isLast: boolean): Promise<void>;
}

interface Seen {
  readonly incident: Incident;
  readonly candidate: StormCandidate;
}

interface Told {
  readonly news: OutageNews;
  readonly count: number;
}

/** @param tell idempotent by the news's id: what was told before a restart is not told again */
export function createOutages(tell: (news: OutageNews) => Promise<unknown>, clock: Clock): Outages {
  const lately = new Map<string, Seen>();
  const told = new Map<string, Told>();

  const now = (): string => clock().toISOString();
  let looked: { readonly at: number; readonly storms: readonly Storm[] } | undefined;
  // An outage is seen again and again: between two looks only what is new makes another storm.
  const current = (): readonly Storm[] => {
    const at = clock().getTime();
    if (looked === undefined || Math.abs(at - looked.at) >= LOOK_MS) {
      const candidates = [...lately.values()].map(({ candidate }) => candidate);
      looked = { at, storms: storms(candidates, now()) };
    }
    return looked.storms;
  };

  const say = async (key: string, news: OutageNews): Promise<void> => {
    told.set(key, { news, count: news.stage === 'worse' ? news.count : (told.get(key)?.count ?? news.count) });
    await tell(news);
  };
  const follow = async (key: string, news: Omit<OutageNews, 'id' | 'stage'>): Promise<void> => {
    const before = told.get(key);
    const id = `${key}.${news.firstAt}`;
    if (before === undefined) return say(key, { ...news, id, stage: 'began' });
    if (news.count >= before.count * 10) return say(key, { ...news, id: `${id}.x${news.count}`, stage: 'worse' });
    told.set(key, { ...before, news: { ...before.news, count: news.count, lastAt: news.lastAt, members: news.members } });
  };
  const endThoseOver = async (): Promise<void> => {
    for (const [key, { news }] of told) {
      if (Date.parse(now()) - Date.parse(news.lastAt) < CALM_MS) continue;
      told.delete(key);
      await tell({ ...news, id: `${key}.${news.firstAt}.over`, stage: 'over' });
    }
  };

  return {
    seen: (incident, triage) => {
      if (incident.ignored) return;
      if (!lately.has(incident.fingerprint)) looked = undefined;
      lately.delete(incident.fingerprint);
      lately.set(incident.fingerprint, { incident, candidate: candidateOf(incident, triage) });
      if (lately.size > MOST) lately.delete(lately.keys().next().value as string);
    },
    stormUntil: (fingerprint) => {
      if (lately.size < 3) return undefined;
      const storm = current().find(({ members }) => members.includes(fingerprint));
      return storm && new Date(Date.parse(storm.lastAt) + CALM_MS).toISOString();
    },
    sweep: async (isLast) => {
      const found = current();
      for (const storm of found) await follow(keyOf(storm, told), ofStorm(storm, lately));
      const inStorm = new Set(found.flatMap(({ members }) => members));
      for (const { incident, candidate } of lately.values()) {
        const isOutage = candidate.triage.class === 'environment' && !inStorm.has(incident.fingerprint);
        // What begins together is told together: a storm is seen only when its third has come.
        const isRipe = isLast || Date.parse(now()) - Date.parse(candidate.firstAt) > STORM_MS;
        if (isOutage && isRipe && !wasInStorm(told, incident.fingerprint))
          await follow(`outage.${incident.fingerprint}`, ofOne(incident, candidate));
      }
      await endThoseOver();
      for (const [fingerprint, { candidate }] of lately)
        if (Date.parse(now()) - Date.parse(candidate.lastAt) > CALM_MS) lately.delete(fingerprint);
    },
  };
}

/** A storm that grows is the one that was told. */
function keyOf({ members }: Storm, told: ReadonlyMap<string, Told>): string {
  const known = [...told].find(
    ([key, { news }]) => key.startsWith('storm.') && news.members.some(({ fingerprint }) => members.includes(fingerprint)),
  );
  return known?.[0] ?? `storm.${members[0]}`;
}

function wasInStorm(told: ReadonlyMap<string, Told>, fingerprint: string): boolean {
  return [...told].some(([key, { news }]) => key.startsWith('storm.') && news.members.some((member) => member.fingerprint === fingerprint));
}

function candidateOf({ fingerprint, sample, first, last }: Incident, triage: Triage): StormCandidate {
  return { fingerprint, event: sample, triage, firstAt: first.time, lastAt: last.time };
}

function ofStorm(storm: Storm, lately: ReadonlyMap<string, Seen>): Omit<OutageNews, 'id' | 'stage'> {
  const members = storm.members.flatMap((fingerprint) => lately.get(fingerprint)?.incident ?? []);
  const count = members.reduce((sum, incident) => sum + incident.count, 0);
  return { what: storm.shared, members, count, firstAt: storm.firstAt, lastAt: storm.lastAt };
}

function ofOne(incident: Incident, { triage }: StormCandidate): Omit<OutageNews, 'id' | 'stage'> {
  const what = triage.evidence.find(({ contributes }) => contributes)?.value ?? incident.title;
  return { what, members: [incident], count: incident.count, firstAt: incident.first.time, lastAt: incident.last.time };
}
