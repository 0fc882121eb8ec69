// What a model says is quoted so that it can be read, and so that neither host makes anything of it.
import { quoteBlock } from '../../../src/core/texts/markdown.ts';

test.each([
  ['prose', 'The price is missing.', '> The price is missing.'],
  ['paragraphs', 'One.\n\nTwo.', '> One.\n>\n> Two.'],
  ['code among words', 'Use `a.b()` and ``a`b``.', '> Use `a.b()` and ``a`b``.'],
  ['names with underscores', 'parse_qty and __init__ of *all*', '> parse_qty and \\_\\_init\\_\\_ of \\*all\\*'],
  ['a list', '* one\n- two\n1. three', '> - one\n> - two\n> 1. three'],
  ['a block of code', 'So:\n```js\nlet a = "@all";\n```\nDone.', '> So:\n>\n> ```text\n> let a = "@all";\n> ```\n>\n> Done.'],
  ['a block that is not closed', 'So:\n```\n</details>', '> So:\n>\n> ```text\n> </details>\n> ```'],
  ['a heading', '# Proof: L4\n## more', '> \\# Proof: L4\n> \\## more'],
  ['a rule and an underlining', 'a\n---\n===', '> a\n> \\---\n> \\==='],
  ['HTML', '<script>x</script> <!-- y -->', '> \\<script\\>x\\</script\\> \\<\\!-- y --\\>'.replace('\\!', '!')],
  ['a mention', 'ask @jo, (@acme/team)', '> ask `@jo`, (`@acme/team`)'],
  ['references', 'see #1, !2, GH-3, KEY-4, a/b#5 and ~bug %1.0', '> see `#1`, `!2`, `GH-3`, `KEY-4`, `a/b#5` and `~bug` `%1.0`'],
  ['links', 'https://x.test/a?b www.x.test [l](https://x.test)', '> `https://x.test/a?b` `www.x.test` `[l](https://x.test`)'],
  ['a command', '/close\n/label ~x', '> `/close`\n> `/label` `~x`'],
  ['a commit', 'since 0123456789abcdef', '> since `0123456789abcdef`'],
  ['an entity', '&commat;all &#64;all', '> `&commat;all` `&#64;all`'.replace('`&commat;all`', '`&commat;all`')],
  ['an image and a definition', '![x](y) [a]: b', '> `![x](y`) [a\\]: b'],
  ['a quotation', '> not ours', '> \\> not ours'],
  ['a table', '| a | b |', '> \\| a \\| b \\|'],
  ['our own mark', '<!-- ai-ops:v2:beef -->', '> \\<! - ai-ops:v2:beef --\\>'.replace('! -', '!- -')],
])('%s', (_, text, quoted) => {
  expect(quoteBlock(text)).toBe(quoted);
});

/** As hosts read it: code spans and blocks first, then what acts in the text between. */
function acting(markdown: string): string | undefined {
  const lines = markdown.split('\n').map((line) => line.replace(/^> ?/, ''));
  const text: string[] = [];
  let fence: string | undefined;
  for (const line of lines) {
    const mark = /^(`{3,})(?:text)?$/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark !== undefined && mark.length >= fence.length) fence = undefined;
    else if (fence === undefined) text.push(line.replace(/\\[!-/:-@[-`{-~]|(`+)(?!`).+?(?<!`)\1(?!`)/g, ' '));
  }
  return /(?<![\w`])@\w|#\d|(?<!\w)!\d|https?:\/\/|^\/\w|(?<!\\)<[a-z!/]|^#{1,6} |!?\[[^\]\\]*\]\(/m.exec(text.join('\n'))?.[0];
}

test('of ten thousand texts none acts, and none leaves the quotation', () => {
  const pieces = [
    '`',
    '``',
    '```',
    '\n',
    '\n\n',
    '@jo',
    '#1',
    '!2',
    'https://x.test/1',
    '/close',
    '<b>',
    '</details>',
    '# ',
    '- ',
    '[l](u)',
    '> ',
    ' ',
    ' ',
    'words',
    '~~~',
    '\\',
    '&#64;all',
    '<!-- x -->',
    '!',
    '*',
  ];
  for (let seed = 1; seed <= 10_000; seed += 1) {
    let state = seed;
    const next = (bound: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return (state >> 8) % bound;
    };
    const text = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join('');
    const quoted = quoteBlock(text);
    expect({ text, quoted, acts: acting(quoted), outside: quoted.split('\n').find((line) => !line.startsWith('>')) }).toEqual({
      text,
      quoted,
    });
  }
});
