// What follows from a claim that stands on the remote, and what becomes of ours: every case as a row.
import {
  type ClaimRecord,
  claimEnding,
  claimName,
  claimText,
  judgeClaim,
  REST_SECONDS,
  readClaim,
} from '../../../src/core/policy/claim.ts';

const FINGERPRINT = 'v1:0123456789abcdef0123456789abcdef';
const NOW = new Date('2026-03-01T12:00:00.000Z');
const at = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toISOString();

const record = (change: Partial<ClaimRecord> = {}): ClaimRecord => ({
  fingerprint: FINGERPRINT,
  box: 'theirs',
  nonce: 'n1',
  state: 'working',
  at: at(-600),
  until: at(1200),
  attempts: 1,
  ...change,
});

const DAYS = 86_400;
const judged: readonly (readonly [string, ClaimRecord | null | undefined, boolean, string])[] = [
  ['nobody has one', null, false, 'create'],
  ['nobody can read it: it claims nothing', undefined, false, 'replace'],
  ['another box is at work', record(), false, `respect working ${at(1230)}`],
  ['another box is at work, and a person asks', record(), true, `respect working ${at(1230)}`],
  ['another box is dead', record({ until: at(-31) }), false, 'replace'],
  ['another box may have been a moment late', record({ until: at(-29) }), false, `respect working ${at(1)}`],
  ['a short claim has a short margin', record({ at: at(-10), until: at(-2) }), false, 'replace'],
  ['ours, from before a crash', record({ box: 'ours' }), false, 'replace: ours'],
  ['ours, and long over', record({ box: 'ours', until: at(-9999) }), false, 'replace: ours'],
  ['our own tombstone: our ledger has judged', record({ box: 'ours', state: 'refused' }), false, 'replace'],
  ['another box was refused', record({ state: 'refused' }), false, `respect refused ${at(1230)}`],
  ['another box has failed', record({ state: 'failed' }), false, `respect failed ${at(1230)}`],
  ['another box was refused, and a person asks', record({ state: 'refused' }), true, 'replace'],
  ['another box was refused long ago', record({ state: 'refused', until: at(-60) }), false, 'replace'],
  ['from the future: a broken clock', record({ at: at(7200), until: at(9000) }), false, 'replace'],
  ['a little ahead of us', record({ at: at(20), until: at(1800) }), false, `respect working ${at(1830)}`],
  ['for longer than anybody claims', record({ until: at(40 * DAYS) }), false, 'replace'],
  ['over before it began', record({ at: at(60), until: at(0) }), false, 'replace'],
];

test.each(judged)('%s', (_name, standing, asked, expected) => {
  const move = judgeClaim(standing, { box: 'ours', asked }, NOW);
  const words = {
    create: () => 'create',
    replace: () => (move.kind === 'replace' && move.isOurs ? 'replace: ours' : 'replace'),
    respect: () => (move.kind === 'respect' ? `respect ${move.state} ${move.until.toISOString()}` : ''),
  };
  expect(words[move.kind]()).toBe(expected);
});

const WINDOWS = { dedupeWindowSeconds: 3600, maxAttempts: 3 };
const endings: readonly (readonly [Parameters<typeof claimEnding>[0], number, string])[] = [
  [{ kind: 'interrupted', asked: true }, 1, 'keep'],
  [{ kind: 'interrupted', asked: false }, 1, 'keep'],
  [{ kind: 'proposed', asked: true }, 1, 'release'],
  [{ kind: 'skipped', asked: false }, 1, 'release'],
  [{ kind: 'skipped', asked: true }, 1, 'release'],
  [{ kind: 'failed', asked: false }, 1, 'release'],
  [{ kind: 'failed', asked: true }, 1, 'failed 3600'],
  [{ kind: 'failed', asked: true }, 2, 'failed 7200'],
  [{ kind: 'failed', asked: true }, 3, `failed ${REST_SECONDS}`],
  [{ kind: 'declined', asked: true }, 1, `refused ${REST_SECONDS}`],
  [{ kind: 'declined', asked: true, hasIssue: true }, 1, 'release'],
  [{ kind: 'issued', asked: true, hasIssue: true }, 1, 'release'],
  [{ kind: 'refused', asked: true }, 1, `refused ${REST_SECONDS}`],
];

test.each(endings)('%j after %d attempts', (ending, attempts, expected) => {
  const become = claimEnding(ending, attempts, WINDOWS);
  expect(become.kind === 'tombstone' ? `${become.state} ${become.seconds}` : become.kind).toBe(expected);
});

test('a window longer than the rest is kept to, and doubling ends at the rest', () => {
  const long = { dedupeWindowSeconds: 20 * DAYS, maxAttempts: 99 };
  expect(claimEnding({ kind: 'refused', asked: true }, 1, long)).toMatchObject({ seconds: 20 * DAYS });
  expect(claimEnding({ kind: 'failed', asked: true }, 9, { ...WINDOWS, maxAttempts: 99 })).toMatchObject({ seconds: REST_SECONDS });
});

test('what is written is read again', () => {
  expect(readClaim(claimText(record()), FINGERPRINT)).toEqual(record());
});

const unreadable: readonly (readonly [string, string])[] = [
  ['no JSON', 'hello'],
  ['no object', '[]'],
  ['null', 'null'],
  ['of another bug', claimText(record({ fingerprint: 'v1:ffff' }))],
  ['a box with words for people', claimText(record({ box: 'see https://evil.invalid' }))],
  ['a nonce with a line break', claimText(record({ nonce: 'a\nb' }))],
  ['no time', claimText(record({ until: 'tomorrow' }))],
  ['a time that is none', claimText(record({ until: '2026-99-01T00:00:00Z' }))],
];

test.each(unreadable)('claims nothing: %s', (_name, text) => {
  expect(readClaim(text, FINGERPRINT)).toBeUndefined();
});

test('a newer ai-ops may say more, and have states of its own', () => {
  const text = JSON.stringify({ ...JSON.parse(claimText(record())), aiOpsClaim: 2, state: 'thinking', attempts: -1, more: true });
  expect(readClaim(text, FINGERPRINT)).toEqual(record());
});

test('its name is one that git takes', () => {
  expect(claimName(FINGERPRINT)).toBe('v1-0123456789abcdef0123456789abcdef');
});
