// An expression is made when a word of it stands in the text: all that triage knows take longer to make than most logs take to read.

/** Sentences of one kind. */
export interface Woken {
  /** In lower case; one of them stands in whatever fits. */
  readonly words: readonly string[];
  /** Of an expression that does not mind the case. */
  readonly source: string;
  pattern?: RegExp;
}

/** @returns what fits first, by the order of the sentences */
export function wokenIn(text: string, sentences: readonly Woken[]): string | undefined {
  const lower = text.toLowerCase();
  for (const sentence of sentences) {
    if (!sentence.words.some((word) => lower.includes(word))) continue;
    sentence.pattern ??= new RegExp(sentence.source, 'i');
    const found = sentence.pattern.exec(text)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
