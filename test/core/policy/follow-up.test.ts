import {
  type Author,
  askers,
  type Conversation,
  type FollowFacts,
  followMove,
  QUIET_MS,
  type Remark,
} from '../../../src/core/policy/follow-up.ts';
import { readReplyMark, remarkKey, replyMark } from '../../../src/core/policy/reply-mark.ts';

const RULES = { reviews: true, prefix: '/ai-ops', checks: true, staleDays: 30, maxRounds: 3 };
const NOW = new Date('2026-03-01T12:00:00.000Z');
const LONG_AGO = '2026-03-01T11:00:00.000Z';
const JUST_NOW = new Date(NOW.getTime() - QUIET_MS + 1).toISOString();

const WRITER: Author = { id: '7', name: 'jo', isBot: false };
const OUTSIDER: Author = { id: '8', name: 'nobody', isBot: false };
const BOT: Author = { id: '9', name: 'helper[bot]', isBot: true };
const ROBOT: Author = { id: '1', name: 'robot', isBot: false };

let next = 0;
function remark(change: Partial<Remark> = {}): Remark {
  next += 1;
  return { id: `comment:${next}`, kind: 'comment', author: WRITER, body: '/ai-ops use a default of 0', at: LONG_AGO, ...change };
}
const line = (body: string, change: Partial<Remark> = {}): Remark =>
  remark({ kind: 'line', body, path: 'src/price.js', line: 13, ...change, id: `line:${next + 1}` });
const answer = (asks: readonly Remark[], round = 1, ending: 'commit' | 'none' | 'stop' = 'commit', author = ROBOT): Remark =>
  remark({ author, body: `Done.\n\n${replyMark({ round, ending, keys: asks.map(remarkKey) })}` });

function facts(remarks: readonly Remark[], change: Partial<Conversation> = {}, more: Partial<FollowFacts> = {}): FollowFacts {
  const conversation: Conversation = {
    state: 'open',
    head: 'a'.repeat(40),
    base: null,
    isConflicting: null,
    isClosedByUs: false,
    labels: ['ai-ops'],
    remarks,
    ...change,
  };
  return { conversation, me: ROBOT.id, isOurHead: true, wasReopened: false, ...more };
}

const mayAsk = (author: Author): boolean => author.id === WRITER.id || author.id === BOT.id || author.id === ROBOT.id;
const move = (about: FollowFacts, rules = RULES) => followMove(about, rules, mayAsk, NOW);
const short = (about: FollowFacts, rules = RULES): string => {
  const made = move(about, rules);
  return made.kind === 'reply' ? `reply ${made.round} ${made.asks.length}` : made.kind === 'wait' ? 'wait' : `${made.kind} ${made.why}`;
};

const asked = remark();
const other = remark({ body: '/ai-ops rename the helper to priceOf' });
const atLine = line('This should not swallow the error');
const [first, second] = [remark(), remark({ body: '/ai-ops and log it as a warning' })];

const ROWS: readonly (readonly [string, FollowFacts, string])[] = [
  ['nothing was said', facts([]), 'nothing no-ask'],
  ['a comment with the prefix', facts([remark()]), 'reply 1 1'],
  ['a comment without it', facts([remark({ body: 'nice, thank you' })]), 'nothing no-ask'],
  ['a mention in passing', facts([remark({ body: 'maybe ask with /ai-ops later' })]), 'nothing no-ask'],
  ['another command that begins alike', facts([remark({ body: '/ai-ops-report now' })]), 'nothing no-ask'],
  ['the prefix alone says nothing', facts([remark({ body: '/ai-ops' })]), 'nothing no-ask'],
  ['a quotation of one', facts([remark({ body: '> /ai-ops use 0\nno, please' })]), 'nothing no-ask'],
  ['a line comment', facts([line('null is not handled here')]), 'reply 1 1'],
  ['a reply in its thread is talk', facts([remark({ kind: 'thread', body: 'I think it is' })]), 'nothing no-ask'],
  ['a reply that is for us', facts([remark({ kind: 'thread', body: '/ai-ops then do so' })]), 'reply 1 1'],
  ['a review that asks for changes', facts([remark({ kind: 'review', body: 'please keep the old signature' })]), 'reply 1 1'],
  ['a review without words', facts([remark({ kind: 'review', body: ' ' })]), 'nothing no-ask'],
  ['several of one review', facts([line('a'), line('b'), remark({ kind: 'review', body: 'c' })]), 'reply 1 3'],
  ['by an outsider', facts([remark({ author: OUTSIDER })]), 'nothing no-ask'],
  ['by a bot with the right to write', facts([remark({ author: BOT })]), 'nothing no-ask'],
  ['a line comment of a bot', facts([line('x', { author: BOT })]), 'nothing no-ask'],
  ['our own answer', facts([answer([])]), 'nothing no-ask'],
  ['a person who shares our user', facts([remark({ author: ROBOT })]), 'reply 1 1'],
  ['too soon: the review may go on', facts([remark(), line('x', { at: JUST_NOW })]), 'wait'],
  ['answered', facts([asked, answer([asked])]), 'nothing no-ask'],
  ['edited after its answer', facts([{ ...asked, body: '/ai-ops now do that', at: LONG_AGO }, answer([asked])]), 'nothing no-ask'],
  ['a mark that a stranger copies answers nothing', facts([asked, answer([asked], 1, 'commit', OUTSIDER)]), 'reply 1 1'],
  ['a mark of a writer is no answer of ours', facts([asked, answer([asked], 1, 'stop', WRITER)]), 'reply 1 1'],
  [
    'without a known user, a bot with our mark is us',
    facts([asked, answer([asked], 1, 'commit', BOT)], {}, { me: null }),
    'nothing no-ask',
  ],
  ['the second round', facts([asked, answer([asked]), other]), 'reply 2 1'],
  ['an answer without a commit is a round too', facts([asked, answer([asked], 1, 'none'), other]), 'reply 2 1'],
  ['no more rounds', facts([asked, answer([asked], 3), other]), 'stop rounds'],
  ['it was said that it is over', facts([asked, answer([asked], 3, 'stop'), other]), 'nothing ended'],
  ['the same point again', facts([asked, answer([asked]), remark({ body: '/ai-ops use a default of 0 !' })]), 'stop twice'],
  [
    'the same point a little below',
    facts([atLine, answer([atLine]), line('this still should not swallow the error', { line: 16 })]),
    'stop twice',
  ],
  [
    'like words in another file',
    facts([atLine, answer([atLine]), line('This should not swallow the error', { path: 'b.js' })]),
    'reply 2 1',
  ],
  ['like words far below', facts([atLine, answer([atLine]), line('This should not swallow the error', { line: 90 })]), 'reply 2 1'],
  ['alike twice in one review is one review', facts([first, { ...first, id: 'comment:x' }, second]), 'reply 1 3'],
  ['the branch was moved by a person', facts([remark()], {}, { isOurHead: false }), 'stop moved'],
  ['moved, and nobody asks', facts([], {}, { isOurHead: false }), 'stop moved'],
  ['closed', facts([remark()], { state: 'closed' }), 'nothing not-open'],
  ['merged', facts([remark()], { state: 'merged' }), 'nothing not-open'],
  ['opened again by a person', facts([remark()], {}, { wasReopened: true }), 'stop reopened'],
  ['the label that stops us', facts([remark()], { labels: ['ai-ops', 'ai-ops:stop'] }), 'stop label'],
];

test.each(ROWS)('%s', (_name, about, expected) => {
  expect(short(about)).toBe(expected);
});

test('a point of Chinese words is known again', () => {
  const one = line('请不要忽略这个错误');
  expect(short(facts([one, answer([one]), line('请不要再忽略这个错误')]))).toBe('stop twice');
  expect(short(facts([one, answer([one]), line('变量名应该更清楚')]))).toBe('reply 2 1');
});

test('without reviews only the prefix counts', () => {
  const rules = { ...RULES, reviews: false };
  expect(short(facts([line('x'), remark({ kind: 'review', body: 'y' })]), rules)).toBe('nothing no-ask');
  expect(short(facts([remark()]), rules)).toBe('reply 1 1');
});

test('rights are asked for only of those who ask for something', () => {
  expect(askers(facts([remark({ body: 'hello', author: OUTSIDER }), remark({ author: BOT })]), RULES, NOW)).toEqual([]);
  expect(askers(facts([remark(), remark(), remark({ author: OUTSIDER })]), RULES, NOW)).toEqual([WRITER, OUTSIDER]);
  expect(askers(facts([remark()], { state: 'closed' }), RULES, NOW)).toEqual([]);
});

test('a mark comes back as it was, and nothing else is one', () => {
  const mark = {
    round: 2,
    ending: 'commit',
    keys: ['line:3@0123456789abcdef', 'review:4@fedcba9876543210'],
    commit: 'b'.repeat(40),
  } as const;
  expect(readReplyMark(`words\n${replyMark(mark)}\n`)).toEqual(mark);
  expect(readReplyMark(replyMark({ round: 0, ending: 'stop', keys: [] }))).toEqual({ round: 0, ending: 'stop', keys: [] });
  for (const text of ['', '<!-- ai-ops-reply:v1 -->', '<!-- ai-ops-reply:v1 round=1 ending=maybe keys= -->', '<!-- ai-ops:v2:ab -->'])
    expect(readReplyMark(text)).toBeUndefined();
});
