// Texts cut to a host's limits: never longer, never half a character, our marker kept, fences closed.
import { shortenBody, shortenTitle } from '../../../../src/adapters/hosts/forge/shorten.ts';

const titles: readonly (readonly [string, string, number, string])[] = [
  ['fits', 'fix: it', 7, 'fix: it'],
  ['cut', 'a long title', 7, 'a long…'],
  ['no half character', 'abc😀', 4, 'abc…'],
  ['one line', 'two\n lines', 20, 'two lines'],
];
test.each(titles)('title: %s', (_name, title, limit, expected) => {
  expect(shortenTitle(title, limit)).toBe(expected);
});

const MARKER = '<!-- ai-ops:v1:00 -->';
const bodies: readonly (readonly [string, string])[] = [
  ['plain', 'x'.repeat(1_000)],
  ['marker first', `${MARKER}\n${'x'.repeat(1_000)}`],
  ['marker last', `${'x'.repeat(1_000)}\n${MARKER}`],
  ['an open fence', `\`\`\`\`js\n${'x\n'.repeat(1_000)}\`\`\`\`\n`],
  ['a fence of another kind inside', `~~~\n\`\`\`\n${'x\n'.repeat(1_000)}~~~\n`],
  ['characters of two units', '😀'.repeat(600)],
];
test.each(bodies)('body: %s', (_name, body) => {
  const kept = shortenBody(body, 400);
  expect(kept.length).toBeLessThanOrEqual(400);
  expect(kept).toContain('Shortened by ai-ops');
  expect(kept.includes(MARKER)).toBe(body.includes(MARKER));
  expect(kept.isWellFormed()).toBe(true);
  const fences = [...kept.matchAll(/^(`{4}|~{3})/gm)];
  expect(fences.length % 2).toBe(0);
  expect(shortenBody(kept, 400)).toBe(kept);
});

test('a body that fits is left alone', () => {
  expect(shortenBody('x'.repeat(400), 400)).toBe('x'.repeat(400));
});
