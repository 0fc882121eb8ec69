// Every expression of redaction, by itself, on texts made of the words that wake it and of what may stand behind them: eight times
// the text takes about eight times the time. Nearly all of them take so little for a text of a third the size that nothing which grows with
// the square could: only the others are measured.
import { RULES } from '../../../src/core/redact/secret-rules.ts';
import { cost, isLinear } from '../../support/processor-time.ts';

const TAILS = [
  ...['', ' ', '=', ': ', '="', "='", '("', '("a", ', ' a:', ' "a" ', '/', ' a ', '=a;', '|', '_', '-a', '.a', ':a', '["', ' 1 ', '\n'],
  ...['a', 'aB3', '(', ',', '{"'],
];

/** The square of it, a nanosecond for each step, is ten times as long as `CHEAP_MS`. */
const FIRST_LOOK = 5000;
const CHEAP_MS = 2.5;

test('each expression takes time that grows with the text', async () => {
  const slow: string[] = [];
  for (const { pattern, words, accept } of RULES) {
    const read = (piece: string, size: number): void =>
      void piece.repeat(Math.ceil(size / piece.length)).replace(pattern, (match) => {
        accept?.(match, match, '', '');
        return match;
      });
    for (const word of [...words, 'a'])
      for (const piece of TAILS.map((tail) => word + tail).filter((one) => one !== ''))
        if ((await cost(() => read(piece, FIRST_LOOK))) > CHEAP_MS && !(await isLinear((size) => read(piece, size), 4000)))
          slow.push(`${piece}: ${pattern.source.slice(0, 80)}`);
  }
  expect(slow).toEqual([]);
});
