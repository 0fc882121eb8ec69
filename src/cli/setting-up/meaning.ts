// What a key of the configuration means, for people at a terminal.
import { KEYS, type Key } from '../../config/schema.ts';
import { KEY_MEANINGS } from '../../core/texts/chinese/keys.ts';
import type { TextLanguage } from '../../core/texts/phrases.ts';

/** Where the page leads on to another one, that one is named. */
export function meaningIn(language: TextLanguage, key: Key): string {
  const words = (language === 'zh' ? KEY_MEANINGS[key] : undefined) ?? KEYS[key].doc;
  return words.replace(/\[([^\]]+)\]\(([\w.-]+\.md)[^)]*\)/g, '$1 (doc/$2)');
}
