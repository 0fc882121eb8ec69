// A page that shows what has changed in a text, word by word.
import { diffWords } from 'diff';

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
try {
  diffWords('A\n\nX', 'B\n\nX', { intlSegmenter: segmenter });
} catch (error) {
  console.error(JSON.stringify({ level: 50, time: Date.now(), name: 'review', msg: error.message, stack: error.stack }));
}
