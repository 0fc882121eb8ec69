// Draws values from templates, and cuts a list of kinds into the half that rules were tuned on and the half that nobody looks at.
import { createHash } from 'node:crypto';
import { seeded } from '../../../support/sample-of.ts';
import { FOURTH_DRAW } from './fourth-draw.ts';

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const BECH32 = '023456789acdefghjklmnpqrstuvwxyz';

const ALPHABETS: Readonly<Record<string, string>> = {
  a: LOWER + LOWER.toUpperCase() + DIGITS,
  c: LOWER + LOWER.toUpperCase(),
  l: LOWER + DIGITS,
  U: LOWER.toUpperCase() + DIGITS,
  h: HEX,
  H: HEX.toUpperCase(),
  d: DIGITS,
  w: `${LOWER}${LOWER.toUpperCase()}${DIGITS}_-`,
  b: `${LOWER}${LOWER.toUpperCase()}${DIGITS}+/`,
  s: BECH32,
  S: BECH32.toUpperCase(),
  V: `${LOWER.toUpperCase()}234567`,
  y: `${LOWER}${LOWER.toUpperCase()}${DIGITS}${DIGITS}!#%*+-.^_~`,
};
const WORDS = ['correct', 'horse', 'battery', 'staple', 'orange', 'window', 'river', 'copper', 'lantern', 'meadow'];

/** @example filled('sk_{a20}', random) // 'sk_' and twenty letters and digits */
export function filled(template: string, random: () => number): string {
  const pick = (from: string): string => from[Math.floor(random() * from.length)] ?? '';
  const drawn = (alphabet: string, count: number): string => {
    // Letters of a pool of 36 or more without any digit, or the other way round, are too rare to be a sample.
    for (let tries = 0; tries < 50; tries += 1) {
      const text = Array.from({ length: count }, () => pick(ALPHABETS[alphabet] ?? '')).join('');
      const isMixed = /[a-z]/i.test(text) && /\d/.test(text);
      if (count < 6 || isMixed || !/[alUwhby]/.test(alphabet)) return text;
    }
    throw new Error(`no sample of ${alphabet}`);
  };
  return template.replace(/\{(\w)(\d*)\}/g, (_, alphabet: string, count: string) => {
    if (alphabet === 'u') return [8, 4, 4, 4, 12].map((length) => drawn('h', length)).join('-');
    if (alphabet === 'p') return WORDS[Math.floor(random() * WORDS.length)] ?? '';
    return drawn(alphabet, Number(count));
  });
}

export type Half = 'tuning' | 'never tuned';

/** Kinds whose leaks were looked at: rules were made with them in view, though the hash would have them never tuned on. */
const SEEN: ReadonlySet<string> = new Set([
  ...[
    'google oauth device code',
    'langfuse',
    'modal',
    'intercom',
    'adyen',
    'akamai',
    'launchdarkly api',
    'unleash',
    'flagsmith',
    'twitter bearer',
  ],
  ...[
    'vk',
    'snyk',
    'encrypted web token',
    'paseto',
    'kubernetes bootstrap',
    'convex',
    'retool',
    'settlemint',
    'svix',
    'unkey',
    'xata',
    'kagi',
    'brave search',
  ],
  // All of it was looked at, once its figures had been told.
  ...FOURTH_DRAW.map(([kind]) => kind),
  ...['cloudflare turnstile', 'linkedin', 'ngrok api', 'warp', 'rust symbol', 'secret arn', 'public key'],
]);

/** By the name alone, so that it was so before anybody looked at a result. */
export function halfOf(name: string): Half {
  if (SEEN.has(name)) return 'tuning';
  return createHash('sha256').update(name).digest()[0]! < 128 ? 'tuning' : 'never tuned';
}

export const randomOf = (name: string): (() => number) => {
  const random = seeded(createHash('sha256').update(name).digest().readUInt32LE(4));
  // The first numbers of near seeds are alike.
  for (let skip = 0; skip < 7; skip += 1) random();
  return random;
};
