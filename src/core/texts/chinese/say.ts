// What the command line says to people, in their language. Sentences stand where they are said, in English; their counterparts
// stand in the tables beside this file, and a sentence without one is a type error.
import type { TextLanguage } from '../phrases.ts';
import { LABEL_WORDS } from './labels.ts';
import { LISTING_WORDS, type Told } from './listings.ts';
import { REASON_WORDS } from './reasons.ts';
import { REPORT_WORDS } from './report.ts';
import { TABLE_WORDS } from './tables.ts';

const CHINESE = { ...LISTING_WORDS, ...REASON_WORDS, ...REPORT_WORDS, ...TABLE_WORDS, ...LABEL_WORDS } as const;

/** A sentence that there is in every language. */
export type Sentence = keyof typeof CHINESE | Told;

/** @param values for the names in braces; whatever is not named stays */
export type SayHere = (sentence: Sentence, values?: Readonly<Record<string, string | number>>) => string;

const say: Readonly<Record<TextLanguage, SayHere>> = {
  en: (sentence, values) => filled(sentence, values),
  zh: (sentence, values) => filled((CHINESE as Readonly<Record<Sentence, string>>)[sentence], values),
};

/** @example sayIn('zh')('{count} h ago', { count: 2 }) // '2 小时前' */
export const sayIn = (language: TextLanguage): SayHere => say[language];

/** A name that is said in other languages too where it is one of ours, and stays as it is where others gave it. */
export const named = (name: string, say: SayHere): string => (Object.hasOwn(CHINESE, name) ? say(name as Sentence) : name);

function filled(sentence: string, values?: Readonly<Record<string, string | number>>): string {
  if (values === undefined) return sentence;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
