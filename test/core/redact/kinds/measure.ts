// Which kinds of a set leak. A kind leaks where any of its samples does.
import { filled, type Half, halfOf, randomOf } from './draw.ts';
import { FORMS, KEYS, VALUES } from './forms.ts';
import { INNOCENTS, type Innocent } from './innocents.ts';
import { NAMED_KINDS } from './named.ts';
import { TOKEN_KINDS, type TokenKind } from './tokens.ts';
import { PLAIN_VALUES, type Way } from './ways.ts';

export type SetName = 'tokens' | 'named' | 'forms';

interface Sample {
  readonly kind: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

/** Places of a bare token, as logs have them. */
const PLACES: readonly ((token: string) => string)[] = [
  (token) => `request rejected (401) for ${token} at 12:00`,
  (token) => JSON.stringify({ level: 'error', detail: `bad credentials ${token}`, n: 1 }),
  (token) => `caused by: "${token}"\nnext line`,
];

const SETS: Readonly<Record<SetName, readonly string[]>> = {
  tokens: TOKEN_KINDS.map(([kind]) => kind),
  named: NAMED_KINDS.map(([kind]) => kind),
  forms: FORMS.map(([kind]) => kind),
};

function samplesOf(set: SetName, kind: string): readonly Sample[] {
  const random = randomOf(`${set} ${kind}`);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  if (set === 'tokens') return bareSamples(TOKEN_KINDS.find(([name]) => name === kind)!);
  if (set === 'named') {
    const template = NAMED_KINDS.find(([name]) => name === kind)![1];
    return [0, 1, 2].map(() => {
      const marked = filled(template, random);
      return { kind, text: marked.replace(/[«»]/g, ''), secrets: [...marked.matchAll(/«([^»]*)»/g)].map(([, secret]) => secret!) };
    });
  }
  const write = FORMS.find(([name]) => name === kind)![1];
  return Array.from({ length: 8 }, () => {
    const value = filled(pick(VALUES), random);
    return { kind, text: `12:00 ERROR ${write(pick(KEYS), value)}`, secrets: [value] };
  });
}

function bareSamples([kind, template]: TokenKind): readonly Sample[] {
  const random = randomOf(`tokens ${kind}`);
  return PLACES.map(() => filled(template, random)).map((token, at) => ({ kind, text: PLACES[at]!(token), secrets: [token] }));
}

/** The kinds of a draw of which any sample shows, bare, in any of three places. */
export const bareLeaks = (draw: readonly TokenKind[], redact: (text: string) => string): readonly string[] =>
  draw
    .filter((kind) => bareSamples(kind).some(({ text, secrets }) => secrets.some((secret) => shows(redact(text), secret))))
    .map(([kind]) => kind);

/** The ways of writing, each with what shows in it of all plain values. */
export const wayLeaks = (ways: readonly Way[], redact: (text: string) => string): readonly (readonly [string, number])[] =>
  ways
    .map(([name, write]): readonly [string, number] => {
      const values = PLAIN_VALUES.map((value) => filled(value, randomOf(`way ${name}${value}`)));
      return [name, values.filter((value) => shows(redact(write(value)), value)).length];
    })
    .filter(([, shown]) => shown > 0);

export const alteredOf = (innocents: readonly Innocent[], redact: (text: string) => string): readonly string[] =>
  innocents
    .filter(([kind, template]) => {
      const text = filled(template, randomOf(kind));
      return redact(text) !== text;
    })
    .map(([kind]) => kind);

/** Of a long secret half is told to be all: what is left may not be more than a few characters. */
export function shows(clean: string, secret: string): boolean {
  if (clean.includes(secret)) return true;
  const part = Math.max(8, Math.floor(secret.length / 2));
  for (let at = 0; at + part <= secret.length; at += 1) if (clean.includes(secret.slice(at, at + part))) return true;
  return false;
}

export function measure(
  set: SetName,
  half: Half,
  redact: (text: string) => string,
): { readonly kinds: number; readonly leaks: readonly string[] } {
  const kinds = SETS[set].filter((kind) => halfOf(kind) === half);
  const leaks = kinds.flatMap((kind) => {
    const sample = samplesOf(set, kind).find(({ text, secrets }) => secrets.some((secret) => shows(redact(text), secret)));
    return sample === undefined ? [] : [`${kind}: ${sample.text}`];
  });
  return { kinds: kinds.length, leaks };
}

export function measureInnocents(
  half: Half,
  redact: (text: string) => string,
): { readonly kinds: number; readonly altered: readonly string[] } {
  const chosen = INNOCENTS.filter(([kind]) => halfOf(kind) === half);
  const altered = chosen.flatMap(([kind, template]) => {
    const text = filled(template, randomOf(kind));
    return redact(text) === text ? [] : [`${kind}: ${redact(text)}`];
  });
  return { kinds: chosen.length, altered };
}
