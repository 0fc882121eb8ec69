// What the command line says to people, in their language. Sentences stand where they are said, in English; their counterparts
// stand in the tables beside this file, and a sentence without one is a type error.
import type { TextLanguage } from '../phrases.ts';
import { commandWords } from './commands.ts';
import { detailIn } from './details.ts';
import { firstWords } from './first-steps.ts';
import { labelWords } from './labels.ts';
import { listingWords, type Told } from './listings.ts';
import { reasonWords } from './reasons.ts';
import { reportWords } from './report.ts';
import { tableWords } from './tables.ts';

/** Made when somebody is told something in Chinese: most are not. */
const allWords = () =>
  ({
    ...commandWords(),
    ...firstWords(),
    ...listingWords(),
    ...reasonWords(),
    ...reportWords(),
    ...tableWords(),
    ...labelWords(),
  }) as const;

type Words = ReturnType<typeof allWords>;
let made: Words | undefined;
const chineseWords = (): Words => (made ??= allWords());

/** A sentence that there is in every language. */
export type Sentence = keyof Words | Told;

/** @param values for the names in braces; whatever is not named stays */
export interface SayHere {
  (sentence: Sentence, values?: Readonly<Record<string, string | number>>): string;
  /** A sentence that was made elsewhere, with what is filled in already: a detail of a proof, what a step has found; see `detailIn`. */
  told(sentence: string): string;
  language(): TextLanguage;
}

type Values = Readonly<Record<string, string | number>>;

const speaking = (language: () => TextLanguage): SayHere =>
  Object.assign(
    (sentence: Sentence, values?: Values) =>
      filled(language() === 'zh' ? (chineseWords() as Readonly<Record<Sentence, string>>)[sentence] : sentence, values),
    { told: (sentence: string) => detailIn(language(), sentence), language },
  );

const say: Readonly<Record<TextLanguage, SayHere>> = { en: speaking(() => 'en'), zh: speaking(() => 'zh') };

/** In a language that is asked for each time: it is known only once the configuration was read. */
export const sayBy = speaking;

/** @example sayIn('zh')('{count} h ago', { count: 2 }) // '2 小时前' */
export const sayIn = (language: TextLanguage): SayHere => say[language];

/** Names and values one after the other: Chinese has a comma of its own for them. */
export const listed = (words: readonly string[], say: SayHere): string => words.join(say.language() === 'zh' ? '、' : ', ');

/** A name that is said in other languages too where it is one of ours, and stays as it is where others gave it. */
export const named = (name: string, say: SayHere): string =>
  say.language() === 'zh' && Object.hasOwn(chineseWords(), name) ? say(name as Sentence) : name;

function filled(sentence: string, values?: Readonly<Record<string, string | number>>): string {
  if (values === undefined) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
