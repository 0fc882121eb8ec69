// Every sentence that proof and guard make of a detail has its Chinese counterpart: they are taken from the source, so that
// a new one cannot be forgotten.
import { readdirSync, readFileSync } from 'node:fs';
import { constants as os } from 'node:os';
import { join } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { detailIn } from '../../../src/core/texts/chinese/details.ts';

const constants = os.errno;
const source = (path: string): string => readFileSync(new URL(`../../../src/core/${path}`, import.meta.url), 'utf8');
const filled = (template: string): string => template.replaceAll('\\`', '`').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '7');

/** Texts of `refuse(…)`, `patchOnly(…)` and `draft(…)`. */
const guard = readdirSync(new URL('../../../src/core/guard', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => source(join('guard', name)))
  .flatMap((text) =>
    [...text.matchAll(/\b(?:refuse|patchOnly|draft)\(\s*'[^']+',\s*`((?:[^`\\]|\\.)*)`/g)].map(([, template = '']) => filled(template)),
  );
/** What a file gets by the rules on what only hides, and by the patterns of calls, handlers and comments. */
const said = [
  ...[...source('guard/patterns.ts').matchAll(/^ {2}'?[\w-]+'?: '((?:a|what) [^']+)',$/gm)],
  ...[...source('guard/hiding/hides.ts').matchAll(/'[\w-]+',\s+(?:patchOnly|draft|quieter),\s+'([^']+)'/g)],
  ...[...source('guard/hiding/work-gone.ts').matchAll(/says\('[\w-]+', path, '([^']+)'/g)],
].map(([, what]) => `7 gets ${what}: 7`);

/** Whole sentences of `proof/prove.ts`, in quotes or backticks. */
const proof = [
  ...source('proof/prove.ts')
    .replace(/^\s*(?:\/\/|\/?\*).*$/gm, '')
    .matchAll(/'([^'\n]{16,})'|`((?:[^`\\\n]|\\.){16,})`/g),
]
  .map(([, plain, template = '']) => plain ?? filled(template))
  .filter(
    (text) => /^[a-z7`]/.test(text) && text.includes(' ') && !text.includes('.ts') && !text.startsWith('7; ') && !/^[-\w]+$/.test(text),
  );

test('the sentences are found in the source', () => {
  expect([guard.length > 25, said.length, proof.length > 12]).toEqual([true, 22, true]);
});

/** Of a log that cannot be read, and of a state directory that is not used. */
const adapter = (path: string): string => readFileSync(new URL(`../../../src/adapters/${path}`, import.meta.url), 'utf8');
const refused = [
  ...[...adapter('sources/file/problems.ts').matchAll(/^ {2}E\w+: '([^']+)',$/gm)].map(([, words = '']) => words),
  ...[...adapter('ledger/foreign.ts').matchAll(/detail: isOthers \? '([^']+)' : '([^']+)'/g)].flatMap(([, ...words]) => words),
  // As the system says them: `error.message` up to its first comma.
  ...[constants.EACCES, constants.EPERM, constants.ENOENT, constants.ENOTDIR, constants.EISDIR, constants.ENOSPC]
    .concat([constants.EROFS, constants.EMFILE, constants.EIO])
    .map((number) => `E: ${getSystemErrorMessage(-number)}`),
];

test('what the system says is found', () => {
  expect([refused.length >= 15, refused.includes('E: permission denied')]).toEqual([true, true]);
});

const WORDS = [...new Set([...guard, ...said, ...proof, ...refused])];

test.each(WORDS)('redaction takes a line of code for no secret of: %s', (sentence) => {
  const quoted = sentence.replace(/7$/, '"for (let tries = 1; tries < 3; tries++) {"');
  expect(createRedactor([])(quoted)).toBe(quoted);
});

test.each(WORDS)('%s', (sentence) => {
  const told = detailIn('zh', sentence);
  expect(told).toMatch(/[\u4e00-\u9fff]/);
  // Only names of keys, tools and what was filled in are left in Latin letters.
  expect(told.replace(/policy\.\w+|verify\.\w+|claude\.\w+|Claude|`[^`]*`/g, '')).not.toMatch(/[a-z]{3,}/i);
  expect(detailIn('en', sentence)).toBe(sentence);
});

test.each([
  ['`npm test` passed before the fix and fails with it (exit code 1)', '`npm test` 在修复前通过，修复后失败（退出码 1）'],
  ['src/a b.js gets a call that runs other code: "eval(x)"', 'src/a b.js 新增了执行其他代码的调用："eval(x)"'],
  [
    'the tests pass with the fix and nothing that passed before fails; the test of this change passes without it too, so it does not see the bug',
    '修复后测试通过，且先前通过的没有失败；此改动的测试在没有修复时也通过，因此没有检测到该错误',
  ],
  ['`npm ci` exit code 0, `npm test` exit code 1', '`npm ci` 退出码 0，`npm test` 退出码 1'],
  [
    'setup kept from an earlier repair, `npm run lint` exit code 0, `npm test` ended by the timeout',
    '沿用先前修复的准备结果，`npm run lint` 退出码 0，`npm test` 因超时被终止',
  ],
  ['one of code_blocks, agentic', '以下之一：code_blocks、agentic'],
  ["--level cannot be 'foo': there are fatal, error", '--level 不能是 foo：可选 fatal、error'],
  ['words of nobody', 'words of nobody'],
  ['package.json asks for "$1 {1} $&"', 'package.json 新增依赖 "$1 {1} $&"'],
])('%s', (english, chinese) => {
  expect(detailIn('zh', english)).toBe(chinese);
});

test('a detail without an end is left alone, at once', () => {
  const endless = `${'a gets '.repeat(1000)}: `;
  expect(detailIn('zh', endless)).toBe(endless);
});
