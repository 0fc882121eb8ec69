// Splits a line into words as a POSIX shell quotes them. Nothing is ever expanded: `$HOME`, `*`, `~` and
// backquotes stay as they are, so that a variable cannot run anything.

/**
 * @returns the words, or `undefined` where a quote is not closed or the line ends in a backslash.
 * @example splitWords(`--model 'claude opus' --x=a\\ b`) // ['--model', 'claude opus', '--x=a b']
 */
export function splitWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote: '"' | "'" | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (quote !== undefined && char === quote) quote = undefined;
    else if (quote === "'") word += char;
    else if (char === '\\') {
      const next = text[++at];
      if (next === undefined) return undefined;
      // Within double quotes a backslash only protects a quote or itself.
      word = (word ?? '') + (quote === '"' && next !== '"' && next !== '\\' ? `\\${next}` : next);
    } else if (quote === '"') word += char;
    else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + char;
  }
  if (quote !== undefined) return undefined;
  if (word !== undefined) words.push(word);
  return words;
}
