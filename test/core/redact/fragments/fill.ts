// Values for whole fragments of logs and settings: what `draw.ts` draws, and what people and libraries make of letters and digits.
import { filled, type Half, halfOf, randomOf } from '../kinds/draw.ts';

/** What is between `«` and `»` is the secret. */
export type Fragment = readonly [kind: string, template: string];
type Random = () => number;

const WORDS = 'winter summer lantern orange copper river dragon monkey welcome falcon garden purple silver anchor thunder maple'.split(' ');
const PLAIN =
  'swordfish dragonfly sunshine princess football chocolate butterfly elephant mountain whiskers december rosebud trustno monkeys lantern blueberry penguin starlight liverpool pumpkin'.split(
    ' ',
  );
const FOREIGN_WORDS = 'Frühling любовь солнце 春天花 さくら 사랑해 Müller çiçek señorita żółwik'.split(' ');
const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!;
const capital = (word: string): string => word[0]!.toUpperCase() + word.slice(1);
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** As people choose and as rules make them choose. */
function password(random: Random): string {
  const [one, two] = [pick(WORDS, random), pick(WORDS, random)];
  return pick(
    [
      () => filled(`${capital(one)}{d4}!`, random),
      () => filled(`${one.replace('o', '0').replace('e', '3')}{d2}${capital(two)}`, random),
      () => filled(`${capital(one)}-${two}-{d3}`, random),
      () => filled('{a6}{d1}{a5}{l2}', random),
      () => filled(`${one}{d2}${two}#`, random),
    ],
    random,
  )();
}

/** As people choose where no rule makes them: words, names and years, most of them without a sign or a figure. */
function chosen(random: Random): string {
  const [one, two, three] = [pick(PLAIN, random), pick(PLAIN, random), pick(PLAIN, random)];
  const forms: readonly (() => string)[] = [
    () => one,
    () => `${one}${two}`,
    () => filled(`${capital(one)}20{d2}`, random),
    () => filled(`${capital(one)}-${two}-{d3}`, random),
    () => `${one}!`,
    () => filled(`${capital(one)}@{d3}`, random),
    () => filled(`${one.replace('o', '0').replace('e', '3').replace('a', '4')}{d2}`, random),
    () => `${one}-${two}-${three}`,
    () => `${one}.${two}`,
    () => filled(`${one}{d3}`, random),
  ];
  return pick(forms, random)();
}

const phrase = (random: Random): string => Array.from({ length: 4 }, () => pick(PLAIN, random)).join(' ');
const foreign = (random: Random): string =>
  pick([() => filled(`${pick(FOREIGN_WORDS, random)}{d4}`, random), () => `${pick(FOREIGN_WORDS, random)}!`], random)();

function jwt(random: Random): string {
  const head = pick(['{"alg":"HS256","typ":"JWT"}', filled('{"alg":"RS256","kid":"{h16}","typ":"JWT"}', random)], random);
  const claims = filled('{"sub":"{d6}","iss":"https://id.example.com","exp":17{d8}}', random);
  return `${base64url(head)}.${base64url(claims)}.${filled('{w43}', random)}`;
}

const MADE: Readonly<Record<string, (random: Random) => string>> = {
  password,
  chosen,
  phrase,
  foreign,
  chosen64: (random) => Buffer.from(chosen(random)).toString('base64'),
  login64: (random) => Buffer.from(`ada:${chosen(random)}`).toString('base64'),
  jwt,
  basic: (random) => Buffer.from(`svc:${password(random)}`).toString('base64'),
  plain: (random) => Buffer.from(`\0svc\0${password(random)}`).toString('base64'),
  pem: (random) => filled('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC{b32}\\n{b64}\\n{b64}\\n{b32}==', random),
  word: (random) => pick(WORDS, random),
};

/** `{a20}` and its like as in `draw.ts`, `{password}` and its like as above. */
export const fragment = (template: string, random: Random): string =>
  filled(
    template.replace(/\{(\w{2,})\}/g, (whole, name: string) => MADE[name]?.(random) ?? whole),
    random,
  );

interface Told {
  readonly kinds: number;
  readonly leaks: readonly string[];
}

/** Each kind is drawn three times, and leaks where any of the three shows. */
export function leaksOf(draw: readonly Fragment[], redact: (text: string) => string, shows: Shows, half?: Half): Told {
  const kinds = draw.filter(([kind]) => half === undefined || halfOf(kind) === half);
  const leaks = kinds.flatMap(([kind, template]) => {
    const random = randomOf(`fragment ${kind}`);
    const shown = [0, 1, 2]
      .map(() => fragment(template, random))
      .find((marked) => {
        const clean = redact(marked.replace(/[«»]/g, ''));
        return [...marked.matchAll(/«([^»]*)»/g)].some(([, secret]) => shows(clean, secret!));
      });
    return shown === undefined ? [] : [`${kind}: ${shown}`];
  });
  return { kinds: kinds.length, leaks };
}

type Shows = (clean: string, secret: string) => boolean;

/** What is innocent is drawn three times, too. */
export function changesOf(draw: readonly Fragment[], redact: (text: string) => string, half?: Half): Told {
  const kinds = draw.filter(([kind]) => half === undefined || halfOf(kind) === half);
  const leaks = kinds.flatMap(([kind, template]) => {
    const random = randomOf(`innocent ${kind}`);
    const texts = [0, 1, 2].map(() => fragment(template, random));
    const changed = texts.find((text) => redact(text) !== text);
    return changed === undefined ? [] : [`${kind}: ${changed} => ${redact(changed)}`];
  });
  return { kinds: kinds.length, leaks };
}
