// What the command line says to people, in their language. Sentences stand where they are said, in English; their counterparts
// stand in the tables beside this file, and a sentence without one is a type error.
import type { TextLanguage } from '../phrases.ts';
import { COMMAND_WORDS } from './commands.ts';
import { detailIn } from './details.ts';
import { FIRST_WORDS } from './first-steps.ts';
import { LABEL_WORDS } from './labels.ts';
import { LISTING_WORDS, type Told } from './listings.ts';
import { REASON_WORDS } from './reasons.ts';
import { REPORT_WORDS } from './report.ts';
import { TABLE_WORDS } from './tables.ts';

const CHINESE = {
  ...COMMAND_WORDS,
  ...FIRST_WORDS,
  ...LISTING_WORDS,
  ...REASON_WORDS,
  ...REPORT_WORDS,
  ...TABLE_WORDS,
  ...LABEL_WORDS,
} as const;

/** A sentence that there is in every language. */
export type Sentence = keyof typeof CHINESE | Told;

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
      filled(language() === 'zh' ? (CHINESE as Readonly<Record<Sentence, string>>)[sentence] : sentence, values),
    { told: (sentence: string) => detailIn(language(), sentence), language },
  );

const say: Readonly<Record<TextLanguage, SayHere>> = { en: speaking(() => 'en'), zh: speaking(() => 'zh') };

/** In a language that is asked for each time: it is known only once the configuration was read. */
export const sayBy = speaking;

/** @example sayIn('zh')('{count} h ago', { count: 2 }) // '2 小时前' */
export const sayIn = (language: TextLanguage): SayHere => say[language];

/** A name that is said in other languages too where it is one of ours, and stays as it is where others gave it. */
export const named = (name: string, say: SayHere): string => (Object.hasOwn(CHINESE, name) ? say(name as Sentence) : name);

function filled(sentence: string, values?: Readonly<Record<string, string | number>>): string {
  if (values === undefined) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
