import { spokenIn } from '../../src/config/language.ts';

test.each<[string | undefined, Readonly<Record<string, string>>, string]>([
  [undefined, { LANG: 'zh_CN.UTF-8' }, 'en'],
  ['en', { LANG: 'zh_CN.UTF-8' }, 'en'],
  ['zh', {}, 'zh'],
  ['auto', {}, 'en'],
  ['auto', { LANG: 'zh_CN.UTF-8' }, 'zh'],
  ['auto', { LANG: 'zh-TW' }, 'zh'],
  ['auto', { LANG: 'zha_CN' }, 'en'],
  ['auto', { LANG: 'zh_CN', LC_ALL: 'C' }, 'en'],
  ['auto', { LANG: 'C', LC_MESSAGES: 'zh_CN' }, 'zh'],
])('%s with %j: %s', (language, env, spoken) => {
  expect(spokenIn(language, env)).toBe(spoken);
});
