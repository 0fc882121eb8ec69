// Earlier incidents that say something about a new one. The principle: what a fix changes is a function, so errors are alike
// where the programmer's own functions, and the type that the programmer catches, are the same; what users and machines put in
// is not looked at, as in a fingerprint. A type alone says nothing: half of all bugs of a language share one. Nothing is
// compared across repositories: what one team has logged is not told to another.
import type { ErrorEvent, Incident } from '../model.ts';
import { LIKENESSES, type Likeness } from '../tables.ts';
import { reporterOf } from './fault-code.ts';
import { frameParts } from './frame-parts.ts';
import { cleanName, functionOf } from './function-name.ts';
import { moduleOf } from './module-name.ts';

/** What is compared of an incident. */
export type Comparable = Pick<Incident, 'fingerprint' | 'formerly' | 'repository' | 'sample'>;

export interface Similar<P> {
  readonly past: P;
  readonly how: Likeness;
}

/** Functions in common, from the crash on, that make two ways to it one: fewer may be a helper that everything calls. */
const ENOUGH_FRAMES = 2;

interface Traits {
  readonly names: readonly string[];
  /** As in a fingerprint, nearest the crash first; empty where the nearest has no name that a programmer gave. */
  readonly functions: readonly string[];
  /** Innermost type, and the file that raises it. */
  readonly typeAt: string | undefined;
}

/**
 * @param past each with its incident
 * @returns tells which of them are like an incident, the closest first, those alike in their order in `past`; never itself
 *   under another repository
 * @example similarTo([{ incident, trace }])(another) // [{ past: { incident, trace }, how: 'frames' }]
 */
export function similarTo<P extends { readonly incident: Comparable }>(
  past: readonly P[],
): (incident: Comparable) => readonly Similar<P>[] {
  const known = past.map((one, place) => ({ one, place, traits: traitsOf(one.incident) }));
  const byKey = new Map<string, typeof known>();
  for (const each of known)
    for (const key of keysOf(each.one.incident, each.traits)) {
      const there = byKey.get(key);
      if (there === undefined) byKey.set(key, [each]);
      else there.push(each);
    }
  return (incident) => {
    const traits = traitsOf(incident);
    const candidates = new Set(keysOf(incident, traits).flatMap((key) => byKey.get(key) ?? []));
    return [...candidates]
      .flatMap(({ one, place, traits: theirs }) => {
        const how = likeness(traits, theirs);
        return how === undefined ? [] : [{ past: one, how, place, shared: inCommon(traits.functions, theirs.functions) }];
      })
      .sort((a, b) => LIKENESSES.indexOf(a.how) - LIKENESSES.indexOf(b.how) || b.shared - a.shared || a.place - b.place)
      .map(({ past: found, how }) => ({ past: found, how }));
  };
}

function likeness(a: Traits, b: Traits): Likeness | undefined {
  if (a.names.some((name) => b.names.includes(name))) return 'same';
  const shared = inCommon(a.functions, b.functions);
  const isWhole = shared > 0 && shared === a.functions.length && shared === b.functions.length;
  if (isWhole || shared >= ENOUGH_FRAMES) return 'frames';
  return a.typeAt !== undefined && a.typeAt === b.typeAt ? 'type' : undefined;
}

/** Under which an incident is found: what is like another has one of these in common with it. */
function keysOf({ repository }: Comparable, { names, functions: [nearest], typeAt }: Traits): readonly string[] {
  const keys = [...names, ...(nearest === undefined ? [] : [`at ${nearest}`]), ...(typeAt === undefined ? [] : [`type ${typeAt}`])];
  return keys.map((key) => `${repository}\n${key}`);
}

function traitsOf({ fingerprint, formerly = [], sample }: Comparable): Traits {
  const { parts, isNamed } = frameParts(sample, false);
  const type = sample.rootCause?.type ?? sample.type;
  const file = fileOf(sample);
  return {
    names: [fingerprint, ...formerly],
    functions: isNamed ? parts.filter(({ contributes }) => contributes).map(({ value }) => value) : [],
    typeAt: type === null || file === '' ? undefined : `${cleanName(reporterOf(type))} ${file}`,
  };
}

/** Of the nearest frame of the program; where functions carry their class, that. */
function fileOf({ frames, language }: ErrorEvent): string {
  const nearest = frames.find(({ inApp }) => inApp);
  if (nearest === undefined) return '';
  const { value } = moduleOf(nearest, language);
  return value || functionOf(nearest.function ?? '', nearest.file, language).value.replace(/\.[^.]*$/, '');
}

function inCommon(a: readonly string[], b: readonly string[]): number {
  const end = a.findIndex((name, index) => name !== b[index]);
  return end === -1 ? a.length : end;
}
