// What the command line says in two languages: a sentence and its counterpart hold the same values, every sentence is said
// somewhere, and the Chinese is punctuated as Chinese.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelWords } from '../../../src/core/texts/chinese/labels.ts';
import { listingWords } from '../../../src/core/texts/chinese/listings.ts';
import { reasonWords } from '../../../src/core/texts/chinese/reasons.ts';
import { reportWords } from '../../../src/core/texts/chinese/report.ts';
import { type Sentence, sayIn } from '../../../src/core/texts/chinese/say.ts';
import { tableWords } from '../../../src/core/texts/chinese/tables.ts';

const all = Object.keys({ ...listingWords(), ...reasonWords(), ...reportWords(), ...tableWords(), ...labelWords() }) as readonly Sentence[];
const zh = (sentence: Sentence): string => sayIn('zh')(sentence);
const namesIn = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([name]) => name).sort();

test('the same values in both', () => {
  expect(all.filter((sentence) => namesIn(zh(sentence)).join() !== namesIn(sentence).join())).toEqual([]);
});

test('no punctuation of Latin letters behind or before a Han character', () => {
  const wrong = /[\u4e00-\u9fff] ?[,;:!?()]|[,;:!?()] ?[\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?!\w)/;
  expect(all.map(zh).filter((sentence) => wrong.test(sentence))).toEqual([]);
});

test('each is said somewhere', () => {
  const files = ['cli', 'core', 'pipeline', 'wiring', 'adapters'].flatMap((zone) =>
    readdirSync(join('src', zone), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('chinese'))
      .map((name) => readFileSync(join('src', zone, name), 'utf8')),
  );
  const source = files.join('\n');
  expect(all.filter((sentence) => !source.includes(sentence) && !source.includes(sentence.replaceAll("'", "\\'")))).toEqual([]);
});

test('values are filled in, and what is not named stays', () => {
  expect([sayIn('zh')('{count} h ago', { count: 2 }), sayIn('en')('{count} h ago', {}), sayIn('en')('ok')]).toEqual([
    '2 小时前',
    '{count} h ago',
    'ok',
  ]);
});
