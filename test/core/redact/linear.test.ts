// Every expression of redaction, by itself, on texts made of the words that wake it and of what may stand behind them: four times the
// text takes about four times the time.
import { RULES } from '../../../src/core/redact/secret-rules.ts';
import { processorClock } from '../../support/processor-time.ts';

const TAILS = [
  ...['', ' ', '=', ': ', '="', "='", '("', '("a", ', ' a:', ' "a" ', '/', ' a ', '=a;', '|', '_', '-a', '.a', ':a', '["', ' 1 ', '\n'],
  ...['a', 'aB3', '(', ',', '{"'],
];

test('each expression takes time that grows with the text', () => {
  const slow: string[] = [];
  for (const { pattern, words, accept } of RULES) {
    const timed = (piece: string, size: number): number => {
      const text = piece.repeat(Math.ceil(size / piece.length));
      const spent = processorClock();
      text.replace(pattern, (match) => {
        accept?.(match, match, '');
        return match;
      });
      return spent();
    };
    for (const word of [...words, 'a'])
      for (const piece of TAILS.map((tail) => word + tail).filter((one) => one !== '')) {
        const small = timed(piece, 8_000);
        if (small < 5) continue;
        const large = timed(piece, 32_000);
        if (large > 10 * small + 60) slow.push(`${piece}: ${small} ms, ${large} ms of ${pattern.source.slice(0, 80)}`);
      }
  }
  expect(slow).toEqual([]);
});
