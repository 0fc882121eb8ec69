import { argumentsOf, commandName, commandOf, type LogCommand, presetOf, timeFor } from '../../src/core/log-commands.ts';

const JOURNAL: LogCommand = {
  command: ['journalctl', '-o', 'json', '-f', '--after-cursor', '{cursor}'],
  ...{ cursor: '__CURSOR', first: ['--since', '@{started}'] },
};
const SINCE: LogCommand = { command: ['tool', '--since={cursor}', '--follow', 'shop'], cursor: 'leading-time' };

describe('the arguments of a run', () => {
  const rows: readonly (readonly [name: string, spec: LogCommand, asked: Parameters<typeof argumentsOf>[1], expected: string])[] = [
    ['behind a cursor', JOURNAL, { cursor: 's=1;i=2', once: false }, 'journalctl -o json -f --after-cursor s=1;i=2'],
    ['a cursor is one argument', JOURNAL, { cursor: '$(id) --x', once: false }, 'journalctl -o json -f --after-cursor $(id) --x'],
    ['once: it does not wait for more', JOURNAL, { cursor: 'c', once: true }, 'journalctl -o json --after-cursor c'],
    ['at first, from now on', JOURNAL, { startedMs: 1_700_000_000_999, once: false }, 'journalctl -o json -f --since @1700000000'],
    ['at first, from the start', JOURNAL, { once: false }, 'journalctl -o json -f'],
    ['within an argument', SINCE, { cursor: '2026-03-01T10:00:00Z', once: false }, 'tool --since=2026-03-01T10:00:00Z --follow shop'],
    ['within an argument, from the start, once', SINCE, { once: true }, 'tool shop'],
    ['a program that is called as an option', { ...SINCE, command: ['--follow', 'x'] }, { once: true }, '--follow x'],
  ];
  test.each(rows)('%s', (_name, spec, asked, expected) => {
    expect(argumentsOf(spec, asked).join(' ')).toBe(expected);
  });

  test('what is put in is one argument, whatever it holds', () => {
    expect(argumentsOf(JOURNAL, { cursor: '$(id) --x', once: true })).toContain('$(id) --x');
  });
});

describe('short names', () => {
  test.each([
    ['journald:shop.service', 'journalctl -o json --no-pager --no-tail -f -q -u shop.service --cursor={cursor}'],
    ['docker:shop-web-1', 'docker logs --timestamps --since={cursor} --follow shop-web-1'],
    [
      'kubernetes:prod/app=shop',
      /^kubectl logs -n prod -l app=shop .*--all-containers --prefix --timestamps --tail=-1 -f .*--ignore-errors=true --since-time=\{cursor\}$/,
    ],
    ['kubernetes:prod/shop', /^kubectl logs -n prod deployment\/shop --all-pods=true /],
    ['kubernetes:prod/statefulset/db', /^kubectl logs -n prod statefulset\/db --all-pods=true /],
    ['kubernetes:prod/pod/db-0', /^kubectl logs -n prod pod\/db-0 --all-containers /],
    ['cloudwatch:/aws/lambda/shop', /^aws logs filter-log-events --log-group-name \/aws\/lambda\/shop .*--start-time=\{cursor\}$/],
  ])('%s', (name, expected) => {
    const preset = presetOf(name);
    const command = preset && commandOf(preset)?.command.join(' ');
    if (typeof expected === 'string') expect(command).toBe(expected);
    else expect(command).toMatch(expected);
  });

  test.each(['journald:', 'journald:--file=/etc/passwd', 'docker:-v', 'kubernetes:prod', 'kubernetes:prod/', 'docker:a\nb', 'other:x'])(
    'no log: %j',
    (name) => {
      const preset = presetOf(name);
      expect(preset && commandOf(preset)).toBeUndefined();
    },
  );
});

test('a command is called by what it is, without its cursor', () => {
  expect(commandName(SINCE)).toBe('command:tool --follow shop');
});

test('a time is written as the tool wants it', () => {
  const at = new Date('2026-03-01T10:00:00Z');
  expect([SINCE, commandOf({ kind: 'cloudwatch', rest: 'g' })!, JOURNAL].map((spec) => timeFor(spec, at))).toEqual([
    '2026-03-01T10:00:00.000Z',
    '1772359200000',
    undefined,
  ]);
});
