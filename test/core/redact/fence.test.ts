// The fence around log text: nothing inside may end it, hide in it, or pass for one of our tags.

import { parseAnswer } from '../../../src/core/answer/parse.ts';
import { cap, fence, visible } from '../../../src/core/redact/fence.ts';

const NONCE = 'k3v9q2x7m1p0';

test.each([
  ['plain text', 'TypeError: x\n\tat a.js:1', 'TypeError: x\n\tat a.js:1'],
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a link of a terminal', '\u001b]8;;http://x\u0007text\u001b]8;;\u0007', 'text'],
  ['carriage returns', 'a\r\nb\rc', 'a\nb\nc'],
  ['line and paragraph separators', 'a\u2028b\u2029c', 'a\nb\nc'],
  ['control characters', 'a\u0000\u0007\u0008b\u007f', 'ab'],
  ['zero width', 'i\u200bg\u200cn\u200do\u2060r\ufeffe', 'ignore'],
  ['direction overrides', 'a\u202eb\u2066c\u2069\u200f', 'abc'],
  ['tag characters', `a${String.fromCodePoint(0xe0049, 0xe0067)}b`, 'ab'],
  ['variation selectors', `a\ufe0f${String.fromCodePoint(0xe0101)}b`, 'ab'],
  ['fillers', 'a\u3164\u115fb\uffa0', 'ab'],
  ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
  ['other scripts stay', 'größe 日本 עברית 😀', 'größe 日本 עברית 😀'],
])('visible: %s', (_name, input, expected) => {
  expect(visible(input)).toBe(expected);
});

test.each([
  ['our answer tag', '<code_block filename="x">'],
  ['our closing tag', '</code_block>'],
  ['spaced', '< / code_block >'],
  ['in capitals', '</CODE_BLOCK>'],
  ['with a hidden letter', '</co\u200bde_block>'],
  ['with a hidden letter before the name', '<\u2060/code_block>'],
  ['the fence with another nonce', '</log-00000000>'],
  ['the fence with this nonce', `</log-${NONCE}>`],
  ['a file tag', `<file-${NONCE} path="a">`],
  ['the nonce within the nonce', `${NONCE.slice(0, 6)}${NONCE}${NONCE.slice(6)}`],
  ['the nonce in capitals', NONCE.toUpperCase()],
])('holds: %s', (_name, input) => {
  expectHolds(fence(input, NONCE));
});

test('for any text the fence cannot be closed from within', () => {
  const pieces = [
    '<',
    '/',
    '>',
    'log-',
    NONCE,
    NONCE.slice(0, 5),
    NONCE.slice(5),
    '</log-',
    `</log-${NONCE}>`,
    'code_block',
    '<code_block filename="a">',
  ];
  const others = ['\u200b', '\u0000', '\r', '\n', '\u001b[', '\u001b]', 'm', ' ', '\ud83d', '\ude00', '\u2066', '日', '[…]', '&lt;'];
  const all = [...pieces, ...others];
  const random = generator(20_260_301);
  for (let round = 0; round < 4000; round += 1) {
    const length = 1 + Math.floor(random() * 24);
    const text = Array.from({ length }, () => all[Math.floor(random() * all.length)]).join('');
    expectHolds(fence(text, NONCE, round % 3 === 0 ? 20 : undefined));
  }
});

test('for any bytes too', () => {
  const random = generator(7);
  for (let round = 0; round < 500; round += 1) {
    const bytes = Buffer.from(Array.from({ length: 400 }, () => Math.floor(random() * 256)));
    expectHolds(fence(bytes.toString(round % 2 === 0 ? 'utf8' : 'latin1'), NONCE));
  }
});

test('long text is cut in the middle and says so', () => {
  expect(cap('a'.repeat(50) + 'b'.repeat(50), 30)).toBe(`${'a'.repeat(20)}\n[… 70 characters left out …]\n${'b'.repeat(10)}`);
  expect(fence('x'.repeat(100_000), NONCE).length).toBeLessThan(20_200);
});

test.each(['', 'short', 'with space', 'UPPER1234567'])('a nonce like %j is refused', (nonce) => {
  expect(() => fence('text', nonce)).toThrow(RangeError);
});

function expectHolds(fenced: string): void {
  const inside = fenced.slice(`<log-${NONCE}>\n`.length, -`\n</log-${NONCE}>`.length);
  expect(inside.toLowerCase()).not.toContain(NONCE);
  expect(inside).not.toMatch(/<\s*\/?\s*(?:code_block|log-|file-)/i);
  expect(inside).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/);
  const { blocks, problems } = parseAnswer(fenced);
  expect([blocks, problems]).toEqual([[], []]);
}

/** A small generator with a seed: a failure can be repeated. Source: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('of a long event the head and the tail are shown, 20,000 characters of them', () => {
  const shown = fence(`head${'x'.repeat(100_000)}tail`, 'k3v9q2x7');
  expect(shown).toContain('<log-k3v9q2x7>\nheadxxx');
  expect(shown).toContain('xxxtail\n</log-k3v9q2x7>');
  expect(shown).toContain('[… 80008 characters left out …]');
  expect(shown.length).toBeLessThan(20_100);
});
