// The facts that a request, a commit message and a mail are written from. No sentence is made here.

import type { Touched } from '../answer/touched-lines.ts';
import type { Facts, FileStat, FixAnswer, FixMode, Frame, Incident, LastChange, Proof, ProofLevel, Verdict } from '../model.ts';
import type { CodePages } from '../repository/code-pages.ts';
import type { Likeness, TraceState } from '../tables.ts';
import { type IncidentPlace, incidentPlace } from './incident/incident-name.ts';
import { plainTitle } from './markdown.ts';
import { type Audience, speaker } from './phrases.ts';

/** A frame as people are shown it. */
export interface ToldFrame {
  /** In the repository; absent where it leads to none, or to several. */
  readonly path?: string;
  /** As the log has it. */
  readonly file: string;
  readonly line: number | null;
  readonly function?: string;
}

/** An earlier error of the same repository, and its repair. */
export interface ToldSimilar {
  readonly how: Likeness;
  readonly incident: Incident;
  /** Of its repair. */
  readonly state: TraceState;
  readonly level: ProofLevel | null;
  readonly trace: string;
  /** Of its request. */
  readonly url: string | null;
}

export interface Proposal extends Audience {
  /** Version of ai-ops. */
  readonly version: string;
  readonly trace: string;
  readonly mode: FixMode;
  readonly incident: Incident;
  /** Where all incidents of the repository came from together, as their records say. */
  readonly heard?: Facts;
  /** Where the error arose, in the repository: where that is known, it is called by it. */
  readonly place?: IncidentPlace;
  /** The frames of the application, nearest to the crash first, with the repository's own paths where they lead to one file. */
  readonly frames?: readonly ToldFrame[];
  /** Where the host shows the code. */
  readonly pages?: CodePages;
  /** The state directory that has the trace. */
  readonly box?: string;
  /** What a comment begins with that is for ai-ops, and whether reviews are, where it reads them. */
  readonly asks?: { readonly prefix: string; readonly reviews: boolean };
  readonly base: { readonly commit: string; readonly branch: string };
  readonly answer: FixAnswer;
  readonly files: readonly FileStat[];
  readonly guard: readonly Verdict[];
  readonly proof: Proof;
  /** Who last changed the line of the nearest frame, where that is known here; redacted. */
  readonly suspect?: LastChange;
  /** Different secrets that were taken out of the texts about it. */
  readonly withheld?: number;
  /** Where what it touches is told to later fixes. */
  readonly touched?: readonly Touched[];
  /** The request that this one follows. */
  readonly earlier?: { readonly url: string; readonly isMerged: boolean };
  /** Earlier errors like it, the closest first. */
  readonly similar?: readonly ToldSimilar[];
  /** All repairs of the incident so far, this one among them; absent where it is the first. */
  readonly total?: { readonly repairs: number; readonly usd: number };
}

/** At most this many frames are told to people. */
const TOLD_FRAMES = 8;

export function appFrames<F extends Frame>({ frames }: { readonly frames: readonly F[] }): readonly F[] {
  return frames.filter((frame) => frame.inApp).slice(0, TOLD_FRAMES);
}

/**
 * What is wrong in a few plain words.
 * @example subject({ incident }) // 'TypeError in orderTotal (src/pricing.js)'
 */
export function subject({
  incident,
  language,
  place = incidentPlace(incident),
}: Pick<Proposal, 'incident' | 'place' | 'language'>): string {
  const type = incident.type ?? incident.title;
  if (!place) return plainTitle(type, 120);
  const say = speaker(language);
  const where = place.function ? say('functionIn', { name: place.function, path: place.path }) : place.path;
  return plainTitle(say('titleWhat', { type, where }), 160);
}

/** Whose words an answer holds: Claude's, unless something else stood in for it. */
export function speakerOf({ engine }: FixAnswer): string {
  return engine.startsWith('claude') ? 'Claude' : engine;
}
