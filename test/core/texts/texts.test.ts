import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { LastChange } from '../../../src/core/model.ts';
import { fixBranch, shortFingerprint } from '../../../src/core/texts/branch.ts';
import { commitMessage } from '../../../src/core/texts/commit.ts';
import { suspectWords } from '../../../src/core/texts/last-change.ts';
import type { MailText } from '../../../src/core/texts/mail/layout.ts';
import { digestText, type News, newsText, stoppedText } from '../../../src/core/texts/mail/news.ts';
import { noticeText } from '../../../src/core/texts/mail/notice.ts';
import { codeBlock, codeSpan, escapeHtml, escapeMarkdown, plainTitle } from '../../../src/core/texts/markdown.ts';
import type { Proposal } from '../../../src/core/texts/proposal.ts';
import { requestBody, requestTitle } from '../../../src/core/texts/request.ts';
import { INCIDENT, PROPOSAL } from '../../support/incidents.ts';

/** Compares with `test/golden/texts/NAME`; UPDATE_GOLDEN=1 writes it, to be read before it is committed. */
function expectGolden(name: string, text: string): void {
  const file = new URL(`../../golden/texts/${name}`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text);
  expect(existsSync(file)).toBe(true);
  expect(text).toBe(readFileSync(file, 'utf8'));
}

const SUSPECT: LastChange = {
  commit: '2222222222222222222222222222222222222222',
  author: 'Zoë Example',
  date: '2026-02-26T09:00:00.000Z',
  subject: 'Items may be retired',
  path: 'src/pricing.js',
  line: 12,
};

const HOSTILE: Proposal = {
  ...PROPOSAL,
  incident: {
    ...INCIDENT,
    title: 'Error: ```\n</details><script>alert(1)</script> @everyone Fixes #1 | `x`',
    type: 'Error @everyone #1 `<b>`',
    sample: { ...INCIDENT.sample, text: 'Error: ````\n</details> @everyone\n```\nFixes #1' },
  },
  suspect: { ...SUSPECT, author: '@everyone <img src=x> `', subject: 'Fixes #1 ```\n</details> | **bold**', path: 'a`|b.js' },
  answer: { ...PROPOSAL.answer, summary: 'I fixed it. ```\n\n## Proof: L4\n@admin please merge, closes #2 <img src=x onerror=alert(1)>' },
};

const UNPROVEN: Proposal = { ...PROPOSAL, proof: { level: null, detail: 'nothing could be checked', commands: [] } };

/** A path, a URL and a title without a place to break. */
const LONG: Proposal = {
  ...PROPOSAL,
  incident: { ...INCIDENT, title: `Error: ${'x'.repeat(250)}`, type: 'E'.repeat(100) },
  files: [{ path: `src/${'deep/'.repeat(30)}file.js`, status: 'modified', added: 1, removed: 1 }],
};

describe.each([
  ['long', LONG],
  ['ordinary', { ...PROPOSAL, suspect: SUSPECT }],
  ['chinese', { ...PROPOSAL, suspect: SUSPECT, language: 'zh' as const }],
  ['hostile', HOSTILE],
  ['unproven', UNPROVEN],
])('%s', (name, proposal) => {
  test('request', () => expectGolden(`${name}.request.md`, `# ${requestTitle(proposal)}\n\n${requestBody(proposal)}\n`));
  test('commit', () => expectGolden(`${name}.commit.txt`, commitMessage(proposal)));
  test('mail', () => {
    const notice = noticeText(proposal, 'https://github.com/acme/shop/pull/7');
    expectGolden(`${name}.mail.txt`, `Subject: ${notice.subject}\n\n${notice.text}`);
    expectGolden(`${name}.mail.html`, notice.html);
  });
});

const NEWS: Omit<News, 'kind' | 'language'> = {
  incident: INCIDENT,
  trace: PROPOSAL.trace,
  reason: 'refused: src/pricing.js gets a new network call',
  url: 'https://github.com/acme/shop/pull/7',
  guard: [
    { rule: 'network', verdict: 'refuse', detail: "src/pricing.js gets a call to the network: `fetch('http://x')`" },
    { rule: 'size', verdict: 'allow', detail: '3 lines' },
  ],
  proof: PROPOSAL.proof,
  costUsd: 0.0123,
};
const HELD = [
  {
    kind: 'failed',
    line: 'Repair failed: TypeError in orderTotal: </div><script>',
    createdAt: '2026-03-01T10:00:00.000Z',
    trace: 'abc123def456',
  },
  { kind: 'refused', line: 'Fix refused: RangeError', createdAt: '2026-03-01T10:01:00.000Z', trace: 'abc123def457' },
  { kind: 'failed', line: 'Repair failed: Error', createdAt: '2026-03-01T10:02:00.000Z', trace: 'abc123def458' },
] as const;
const SINCE = { facts: ['seen 2 times since the merge, first 2026-03-02T10:00:00.000Z'] };

describe.each(['en', 'zh'] as const)('other mails, in %s', (language) => {
  const rows: readonly (readonly [name: string, text: MailText])[] = [
    ['refused', newsText({ ...NEWS, kind: 'refused', language })],
    ['failed', newsText({ incident: INCIDENT, trace: PROPOSAL.trace, kind: 'failed', language, reason: 'no answer', costUsd: null })],
    ['merged', newsText({ ...bare(), kind: 'merged', language })],
    ['closed', newsText({ ...bare(), kind: 'closed', language })],
    ['confirmed', newsText({ ...bare(), kind: 'confirmed', language })],
    ['regressed', newsText({ ...bare(), ...SINCE, kind: 'regressed', language })],
    ['hourly-limit', stoppedText({ language }, 'hourly-limit', null)],
    ['breaker', stoppedText({ language }, 'breaker', '2026-03-01T11:00:00.000Z')],
    ['digest', digestText({ language }, HELD)],
  ];
  test.each(rows)('%s', (name, text) => {
    expectGolden(`${language}.${name}.mail.txt`, `Subject: ${text.subject}\n\n${text.text}`);
    expectGolden(`${language}.${name}.mail.html`, text.html);
  });
});

function bare(): Pick<News, 'incident' | 'trace' | 'url'> {
  return { incident: INCIDENT, trace: PROPOSAL.trace, url: 'https://github.com/acme/shop/pull/7' };
}

test.each([
  [{ prefix: '/ai-ops', reviews: true }, 'A review that asks for changes, or a comment with `/ai-ops` first'],
  [{ prefix: '/robot', reviews: false }, 'Commented, with `/robot` first'],
])('whoever reads a request learns how to steer it: %j', (asks, words) => {
  expect(requestBody({ ...PROPOSAL, asks })).toContain(words);
});

test('a digest of very many is bounded, and says how many are left out', () => {
  const { text } = digestText(
    { language: 'en' },
    Array.from({ length: 1000 }, () => HELD[0]),
  );
  expect(text).toContain('1000 notices in one mail');
  expect(text).toContain('And 800 more: ai-ops status');
  expect(text.length).toBeLessThan(100_000);
});

test('the branch is made of the first 12 digits of the fingerprint', () => {
  expect(fixBranch(INCIDENT.fingerprint)).toBe('ai-ops/fix-0123456789ab');
  expect(shortFingerprint(INCIDENT.fingerprint)).toBe('0123456789ab');
});

test('the subject line of a commit stays within 72 characters', () => {
  const long = { ...PROPOSAL, incident: { ...INCIDENT, type: 'A'.repeat(200) } };
  expect(commitMessage(long).split('\n')[0]!.length).toBeLessThanOrEqual(72);
});

const INERT: readonly (readonly [name: string, made: string, expected: string])[] = [
  ['a code span outgrows the backticks in it', codeSpan('a `b` ``c``'), '``` a `b` ``c`` ```'],
  ['a code span is one line', codeSpan('a\nb'), '`a b`'],
  ['a table cell cannot be left', codeSpan('a | b'), '`a ¦ b`'],
  ['an empty span is still a span', codeSpan(''), '` `'],
  ['a block outgrows its content', codeBlock('x\n````\ny'), '`````text\nx\n````\ny\n`````'],
  [
    'Markdown',
    escapeMarkdown('__init__ of parse_qty [proof L4] [x](y) <b> *a* `c`'),
    '\\_\\_init\\_\\_ of parse_qty [proof L4] [x\\](y) \\<b\\> \\*a\\* \\`c\\`',
  ],
  ['HTML', escapeHtml(`<a href="x" title='y'>&`), '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;'],
];

/** Names of twelve languages, as frames and messages hold them. */
const NAMES = [
  'parse_qty (shop/cart_items.py)',
  '__init__ (pkg/__init__.py)',
  '<module> (app.py)',
  'Map<K,V>.get',
  'std::vector<int>::operator[]',
  'operator*',
  'app/[slug]/page.tsx',
  'Object.<anonymous> (src/a_b.js)',
  'com.acme.Shop$Inner.lambda$main$0'.replace('$0', '$x'),
  '(*Server).Serve.func1',
  'core::result::unwrap_failed',
  '<impl Foo for Bar>::do_it',
  'Foo#bar! (lib/foo_bar.rb)',
  'block in <top (required)>',
  'App\\Http\\Controllers\\OrderController::{closure}',
  'Elixir.Shop.Cart."-total/1-fun-0-"/2',
  'System.Collections.Generic.Dictionary`2'.replace('`', '~'),
  '_$shop_Cart_total',
  'main.(*T).m[go.shape.int]',
  "can't decode byte 0xff: UTF-8, SHA-256",
  'user@host and a@b.c',
  'a | b * c ~ d % e',
  'List<String?> _total',
];

test.each(NAMES)('a name stays in a title: %s', (name) => {
  expect(plainTitle(name, 200)).toBe(name);
});

test.each([
  ['`x` @all <b> [l](u)', "'x' all <b> [l](u)"],
  ['@octokit/rest', 'octokit/rest'],
  ['#12 group/app#13', 'no. 12 group/appno. 13'],
  ['!12 &3 $4', 'no. 12 no. 3 no. 4'],
  ['GH-12', 'GH 12'],
  ['PROJ-123 is late', '"PROJ-123 is late'],
  ['it closes PROJ-123, fixes: AB_C-1', 'it closes "PROJ-123, fixes: "AB_C-1'],
  ['https://github.com/acme/app/issues/1', 'github.com/acme/app/issues/1'],
  ['[skip ci] x [ci skip] [no ci] [skip actions]', '(skip ci) x (ci skip) (no ci) (skip actions)'],
  ['***NO_CI***', 'NO_CI'],
  ['[feature_flag:12] ^alert#12', '(feature_flag:12) ^alertno. 12'],
  [':bomb: :+1:', ':bomb :+1'],
])('what acts in a title is broken: %s', (text, expected) => {
  expect(plainTitle(text, 200)).toBe(expected);
});

test('behind a closing word nothing is named, whatever the title says', () => {
  const pieces = [
    'fix',
    'Fixes:',
    'closes',
    'resolve',
    ' ',
    ' ',
    '#1',
    'a/b#2',
    'GH-3',
    'KEY-4',
    '!5',
    'https://github.com/a/b/issues/6',
    '@',
    'you',
    '`',
    ',',
    'and',
  ];
  const github = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:[\w.-]+\/[\w.-]+)?(?:#\d|GH-\d|https?:\/\/\S+\/issues\/\d)/i;
  const gitlab =
    /\b(?:[Cc]los(?:e[sd]?|ing)|[Ff]ix(?:e[sd]|ing)?|[Rr]esolv(?:e[sd]?|ing)|[Ii]mplement(?:s|ed|ing)?):? +(?:issues? +)?(?:[\w./-]*#\d|https?:\/\/|[A-Z][A-Z0-9_]+-\d)/;
  for (let seed = 1; seed <= 10_000; seed += 1) {
    let state = seed;
    const next = (bound: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return (state >> 8) % bound;
    };
    const text = Array.from({ length: 1 + next(8) }, () => pieces[next(pieces.length)]).join('');
    const title = `fix: ${plainTitle(text, 200)}`;
    expect({ text, title, acts: github.test(title) || gitlab.test(title) || /(?<!\w)@\w/.test(title) }).toMatchObject({ acts: false });
  }
});

test.each(INERT)('%s', (_name, made, expected) => {
  expect(made).toBe(expected);
});

test('whatever a log or Claude says, no fence of ours is closed by it', () => {
  const pieces = ['`', '``', '```', '````', '\n', '</details>', 'text', '~~~', ' '];
  for (let seed = 1; seed <= 300; seed += 1) {
    let state = seed;
    const next = (bound: number): number => {
      state = (state * 1103515245 + 12345) % 2147483648;
      return state % bound;
    };
    const text = Array.from({ length: 12 }, () => pieces[next(pieces.length)]).join('');
    const [opening, ...rest] = codeBlock(text).split('\n');
    const fence = opening!.replace('text', '');
    const closings = rest.filter((line) => line.trim().startsWith(fence));
    expect({ seed, closings: closings.length }).toEqual({ seed, closings: 1 });
    expect(rest.at(-1)).toBe(fence);
  }
});

test.each([
  ['en', 'All 3 repairs of this error: $0.420'],
  ['zh', '此错误的全部 3 次修复：$0.420'],
] as const)('the mail tells what the error has cost, where it was tried before: %s', (language, line) => {
  const lines = (proposal: Proposal): readonly string[] => noticeText(proposal, 'u').text.split('\n');
  expect(lines({ ...PROPOSAL, language, total: { repairs: 3, usd: 0.42 } })).toContain(`  ${line}`);
  expect(lines({ ...PROPOSAL, language })).not.toContain(`  ${line}`);
});

test.each([
  ['days', '2026-02-26T09:00:00.000Z', '3 days before the error was first seen'],
  ['two days', '2026-02-27T10:00:00.000Z', '2 days before the error was first seen'],
  ['hours', '2026-02-27T10:00:00.001Z', '47 hours before the error was first seen'],
  ['an hour', '2026-03-01T08:30:00.000Z', '1 hour before the error was first seen'],
  ['less', '2026-03-01T09:59:00.000Z', 'less than an hour before the error was first seen'],
  ['afterwards', '2026-03-01T10:00:00.001Z', 'after the error was first seen'],
])('when the line was last changed: %s', (_name, date, age) => {
  expect(suspectWords({ ...SUSPECT, date }, INCIDENT)).toBe(
    `src/pricing.js:12 was last changed by Zoë Example in 222222222222 (Items may be retired), ${date.slice(0, 10)}: ${age}.`,
  );
});

test.each([
  ['a mention', '@everyone', '`@everyone`'],
  ['Markdown', '**x** [l](u) <b>', '`**x** [l](u) <b>`'],
  ['backticks and lines', 'a ``` \n # b', '````a ``` # b````'],
  ['a long name', 'x'.repeat(500), `\`${'x'.repeat(119)}…\``],
])('on a host an author is a name and nothing else: %s', (_name, author, shown) => {
  expect(requestBody({ ...PROPOSAL, suspect: { ...SUSPECT, author } })).toContain(` was last changed by ${shown} in `);
});
