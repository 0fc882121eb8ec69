// Who has a home, and what becomes of those who have none: no ledger is ever put into the root directory.
import { tmpdir } from 'node:os';
import { homeOf } from '../../src/config/home.ts';
import { defaultStateDir } from '../../src/config/load.ts';
import { validate } from '../../src/config/validate.ts';

test.each([
  ['HOME is the word of the user', { HOME: '/home/ann' }, tmpdir(), '/home/ann'],
  ['on Windows it has another name', { USERPROFILE: 'C:\\Users\\ann' }, tmpdir(), 'C:\\Users\\ann'],
  ['without it (a timer, a unit of the system) the user database is asked', {}, tmpdir(), tmpdir()],
  ['an empty one is none', { HOME: ' ' }, tmpdir(), tmpdir()],
  ['a home that is not there is none', {}, '/nonexistent', undefined],
  ['the root directory is nobody’s', {}, '/', undefined],
  ['a user by number alone has none', {}, undefined, undefined],
])('%s', (_what, env, recorded, home) => {
  expect(homeOf(env, () => recorded)).toBe(home);
});

test('a service has its state where systemd says, with or without a home', () => {
  expect(defaultStateDir({ STATE_DIRECTORY: '/var/lib/ai-ops' })).toBe('/var/lib/ai-ops');
});

test('without any place for the state, the key to set is named', () => {
  expect(validate([], undefined)).toEqual({
    problems: [
      { key: 'state.dir', where: 'default', detail: expect.stringMatching(/^there is no home directory .* STATE_DIRECTORY or HOME/) },
    ],
  });
  const named = validate([{ key: 'state.dir', value: '/srv/state', origin: 'flag --state-dir' }], undefined);
  expect('config' in named && named.config.state.dir).toBe('/srv/state');
});
