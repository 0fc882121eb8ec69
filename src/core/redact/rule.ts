// One rule of redaction: where a secret stands, or how it looks.
export interface Rule {
  readonly kind: string;
  /** Lower-case words of which one is in every text that the rule can match: a cheap look before the costly one. */
  readonly words: readonly string[];
  /** Parts of the pattern, cheap where that is costly to compile, the cheapest first: nothing matches where one of them does not. */
  readonly needs?: readonly RegExp[];
  /** So many letters, digits, strokes and dashes stand in a row in every text that it can match: most events have no word as long. */
  readonly least?: number;
  /** The same of letters, digits, strokes and crosses, of which base64 is made. */
  readonly wide?: number;
  /** What a look at the text has to have shown: a word that chance may have made, or a name with what may be its value. */
  readonly asks?: 'chance' | 'name';
  /** Global. The first group that took part holds the secret; without groups it is the whole match. */
  readonly pattern: RegExp;
  /** A last look at what was found; `before` is the end of what stands before it, `after` the beginning of what follows. */
  readonly accept?: (secret: string, match: string, before: string, after: string) => boolean;
}

/** `least`: so many letters, digits, strokes and dashes stand in a row in each of them; for forms that are costly to look for. */
export type TokenRow = readonly [kind: string, word: string, form: string, least?: number];
