// Quoting as in a shell, expansion as in no shell.
import { splitWords } from '../../src/config/words.ts';

const rows: readonly (readonly [string, string, readonly string[] | undefined])[] = [
  ['plain words', '--model opus', ['--model', 'opus']],
  ['many blanks', '  a \t b  ', ['a', 'b']],
  ['nothing', '   ', []],
  ['single quotes keep all', `'a  b' '$HOME\\n'`, ['a  b', '$HOME\\n']],
  ['double quotes', `"a b"c`, ['a bc']],
  ['an empty word', `a "" b`, ['a', '', 'b']],
  ['escaped blank', 'a\\ b', ['a b']],
  ['escaped quote within quotes', '"a\\"b"', ['a"b']],
  ['other backslashes within quotes stay', '"a\\nb"', ['a\\nb']],
  ['nothing is expanded', '$HOME `id` $(id) * ~', ['$HOME', '`id`', '$(id)', '*', '~']],
  ['a newline separates', 'a\nb', ['a', 'b']],
  ['open quote', `a 'b`, undefined],
  ['trailing backslash', 'a\\', undefined],
];

test.each(rows)('%s', (_name, text, expected) => {
  expect(splitWords(text)).toEqual(expected);
});
