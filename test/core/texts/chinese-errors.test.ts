// The catalogue in Chinese: every code, the same places to fill in, and texts told from what was said in English.
import { chineseErrors, errorIn } from '../../../src/core/texts/chinese/errors.ts';
import { CATALOGUE, type ErrorCode, fail, rowOf } from '../../../src/errors.ts';

const codes = Object.keys(CATALOGUE) as readonly ErrorCode[];
const places = (text: string): readonly string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

test('every code is there, and no other', () => {
  expect(Object.keys(chineseErrors()).sort()).toEqual([...codes].sort());
});

test.each(codes)('%s: the same places, punctuation of Chinese', (code) => {
  const [message = '', hint = ''] = chineseErrors()[code] ?? [];
  // A place may be named twice in one of both languages.
  expect([places(message), places(hint)]).toEqual([places(CATALOGUE[code].message), places(CATALOGUE[code].hint)]);
  for (const text of [message, hint]) expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/[\u4e00-\u9fff] ?[,;:?!]|[,;:?!] ?[\u4e00-\u9fff]/);
});

test('told from what was said, also where it goes on', () => {
  const error = fail('git-not-found', { remote: 'https://git.example.org/a.git', detail: '404' });
  expect(errorIn('zh', error.code, rowOf(error.code), error)).toEqual({
    message: '没有找到远程 https://git.example.org/a.git：404',
    hint: '请检查地址，以及令牌能否看到私有仓库',
  });
  const hint = 'wait and try again; nothing was changed; `ai-ops retry abc123` goes on where it stopped';
  expect(
    errorIn('zh', 'claude-rate-limit', rowOf('claude-rate-limit'), { message: 'Claude is over its rate or usage limit: 429', hint }),
  ).toEqual({
    message: 'Claude 超出了速率或用量限制：429',
    hint: '稍后再试；没有任何改动；`ai-ops retry abc123` 从停下处继续',
  });
});

test('what was not made of the row, and English, stay as they are', () => {
  const said = { message: 'something else', hint: 'do it' };
  expect(errorIn('zh', 'no-logs', rowOf('no-logs'), said)).toEqual(said);
  const { message, hint } = fail('no-logs');
  expect(errorIn('en', 'no-logs', rowOf('no-logs'), { message, hint })).toEqual({ message, hint });
  expect(errorIn('zh', null, undefined, said)).toEqual(said);
});
