// What people see: units, tables, colours, progress; and that data cannot steer the terminal.
import { createPaint, wantsAnimation, wantsColor } from '../../src/cli/output/colors.ts';
import { createOutput, ndjson } from '../../src/cli/output/output.ts';
import { createProgress, finished } from '../../src/cli/output/progress.ts';
import { cutName, cutPath } from '../../src/cli/output/tables/cut.ts';
import { table } from '../../src/cli/output/tables/table.ts';
import { NAME, REPOSITORY } from '../../src/cli/output/trace.ts';
import { ago, duration, parseMoment, size, usd } from '../../src/cli/output/units.ts';
import { clip, pad, width } from '../../src/cli/output/width.ts';
import type { StepRecord } from '../../src/core/model.ts';

const NOW = new Date('2026-05-04T12:00:00.000Z');

describe('units', () => {
  test.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h'],
    [90_061_000, '1 d 1 h'],
  ])('%d ms is %s', (ms, expected) => expect(duration(ms)).toBe(expected));

  test.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [5 * 1024 ** 3, '5.0 GiB'],
  ])('%d bytes are %s', (bytes, expected) => expect(size(bytes)).toBe(expected));

  test.each([
    [0, '$0.00'],
    [0.0342, '$0.034'],
    [2, '$2.00'],
  ])('%d dollars are %s', (amount, expected) => expect(usd(amount)).toBe(expected));

  test.each([
    ['2026-05-04T12:00:00.000Z', 'just now'],
    ['2026-05-04T11:59:01.000Z', '59 s ago'],
    ['2026-05-04T10:00:00.000Z', '2 h ago'],
    ['2026-04-04T12:00:00.000Z', '30 d ago'],
    ['2027-01-01T00:00:00.000Z', 'in the future'],
    ['nonsense', 'unknown'],
  ])('%s is %s', (time, expected) => expect(ago(time, NOW)).toBe(expected));

  test.each([
    ['90s', '2026-05-04T11:58:30.000Z'],
    ['30min', '2026-05-04T11:30:00.000Z'],
    ['30m', '2026-05-04T11:30:00.000Z'],
    ['7d', '2026-04-27T12:00:00.000Z'],
    ['2026-05-04', '2026-05-04T00:00:00.000Z'],
    ['2026-05-04T10:00:00+02:00', '2026-05-04T08:00:00.000Z'],
    ['yesterday', undefined],
    ['2026-13-40', undefined],
    ['5', undefined],
  ])('moment %s', (text, expected) => expect(parseMoment(text, NOW)).toBe(expected));
});

describe('width', () => {
  test.each([
    ['plain', 5],
    ['错误', 4],
    ['ｆｕｌｌ', 8],
    ['한글', 4],
    ['🙂', 2],
    ['👩‍👩‍👧', 2],
    ['e\u0301', 1],
    ['\u001b[31mred\u001b[39m', 3],
    ['ﾊﾝ', 2],
    ['', 0],
  ])('%j takes %d columns', (text, columns) => expect(width(text)).toBe(columns));

  test.each([
    ['short', 10, 'short'],
    ['exactly', 7, 'exactly'],
    ['too long', 5, 'too …'],
    ['错误信息', 5, '错误…'],
    ['错误信息', 4, '错…'],
    ['x', 0, ''],
  ])('%j cut to %d', (text, columns, expected) => expect(clip(text, columns)).toBe(expected));

  test('padding counts columns', () => {
    expect([pad('错', 4), pad('7', 3, 'right')]).toEqual(['错  ', '  7']);
  });
});

describe('tables', () => {
  const shape = [
    { title: 'N', cell: (row: readonly string[]) => row[0]!, align: 'right' as const },
    { title: 'TITLE', cell: (row: readonly string[]) => row[1]!, shrinks: true as const },
    { title: 'END', cell: (row: readonly string[]) => row[2]! },
  ];
  test('are aligned by columns of the terminal', () => {
    expect(
      table(shape, [
        ['1', '错误', 'x'],
        ['22', 'plain', 'y'],
      ]),
    ).toEqual([' N  TITLE  END', ' 1  错误   x', '22  plain  y']);
  });
  test('shrink where they may', () => {
    expect(table(shape, [['1', 'a very long title indeed', 'x']], 20)).toEqual(['N  TITLE         END', '1  a very long…  x']);
  });
  test('data cannot break a line or steer the terminal', () => {
    expect(table(shape, [['1', 'a\nb\tc\u001b[2J\u202ed\u0007', 'x']])[1]).toBe('1  a b cd  x');
  });
  test.each([
    [40, 'N  TITLE               AGE  END'],
    [21, 'N  TITLE     AGE  END'],
    [20, 'N  TITLE         END'],
    [14, 'N  TITLE'],
  ])('in %i columns what matters least is left out, the highest number first', (columns, titles) => {
    const least = [
      { title: 'N', cell: (row: readonly string[]) => row[0] ?? '' },
      { title: 'TITLE', cell: (row: readonly string[]) => row[1] ?? '', shrinks: true as const },
      { title: 'AGE', cell: () => '1 d', drops: 2 },
      { title: 'END', cell: () => 'x', drops: 1 },
    ];
    expect(table(least, [['1', 'a title of 18 cols']], columns)[0]).toBe(titles);
  });

  test('no rows, no titles', () => expect(table(shape, [])).toEqual([]));

  describe('of what went wrong', () => {
    const NAMED = [
      { title: 'STATE', cell: () => 'proposed' },
      { title: 'REPOSITORY', cell: (row: readonly string[]) => row[0]!, ...REPOSITORY },
      { title: 'INCIDENT', cell: (row: readonly string[]) => row[1]!, ...NAME },
      { title: 'REASON', cell: (row: readonly string[]) => row[2] ?? '' },
      { title: 'ID', cell: () => '0123456789ab', drops: 1 },
    ];
    const ROW = ['path:/srv/teams/orders-service', 'RangeError in deliveryDay · src/delivery.js:11'];
    test.each([
      [undefined, 'proposed  path:/srv/teams/orders-service  RangeError in deliveryDay · src/delivery.js:11          0123456789ab'],
      [120, 'proposed  path:/srv/teams/orders-service  RangeError in deliveryDay · src/delivery.js:11  0123456789ab'],
      [100, 'proposed  …/srv/teams/orders-service    RangeError in deliveryDay · src/delivery.js:11  0123456789ab'],
      [80, 'proposed  …/orders-service  RangeError in de… · src/delivery.js:11  0123456789ab'],
      [64, 'proposed  …/orders-service  RangeError in de… · …/delivery.js:11'],
    ])('in %p columns its kind and its place are seen before all else', (columns, line) => {
      const lines = table(NAMED, [ROW], columns);
      expect(lines[1]).toBe(line);
      for (const each of lines) expect(width(each)).toBeLessThanOrEqual(columns ?? 200);
    });
    test('with less room it stands in a line of its own', () => {
      expect(table(NAMED, [ROW, ROW], 44)).toEqual([
        '  STATE     REPOSITORY          ID',
        'RangeError in delivery… · src/delivery.js:11',
        '  proposed  …/orders-service    0123456789ab',
        'RangeError in delivery… · src/delivery.js:11',
        '  proposed  …/orders-service    0123456789ab',
      ]);
      expect(table(NAMED, [['path:/a', 'Error · a.js:1']], 59)).toHaveLength(2);
    });
  });

  test.each([
    [cutPath, 'github.com/acme/orders-service', 30, 'github.com/acme/orders-service'],
    [cutPath, 'github.com/acme/orders-service', 29, '…/acme/orders-service'],
    [cutPath, 'github.com/acme/orders-service', 18, '…/orders-service'],
    [cutPath, 'github.com/acme/orders-service', 8, '…service'],
    [cutPath, 'unknown', 1, '…'],
    [cutPath, '订单服务', 5, '…服务'],
    [cutName, 'TypeError in f · src/a/very/long/way/to/price.js:13', 36, 'TypeError in f · …/to/price.js:13'],
    [cutName, 'connect ECONNREFUSED 127.0.0.1:5432 while asking', 20, 'connect ECONNREFUSE…'],
    [cutName, '类型错误 in 计算折扣 · src/价格.js:13', 26, '类型错误 i… · …/价格.js:13'],
  ])('%p cuts %j to %i columns', (cut, text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected);
    expect(width(cut(text, columns))).toBeLessThanOrEqual(columns);
  });
});

describe('colours', () => {
  const rows: readonly (readonly [string, boolean, boolean, Record<string, string>, boolean])[] = [
    ['a terminal', true, false, {}, true],
    ['a pipe', false, false, {}, false],
    ['--no-color', true, true, {}, false],
    ['NO_COLOR', true, false, { NO_COLOR: '1' }, false],
    ['empty NO_COLOR is unset', true, false, { NO_COLOR: '' }, true],
    ['FORCE_COLOR in a pipe', false, false, { FORCE_COLOR: '1' }, true],
    ['NO_COLOR outranks it', false, false, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['FORCE_COLOR=0', true, false, { FORCE_COLOR: '0' }, false],
    ['dumb', true, false, { TERM: 'dumb' }, false],
    ['CI', true, false, { CI: 'true' }, false],
  ];
  test.each(rows)('%s', (_name, isTerminal, refused, env, expected) => expect(wantsColor({ isTerminal, refused }, env)).toBe(expected));
  test('a forced colour does not move the cursor of a pipe', () => expect(wantsAnimation(false, { FORCE_COLOR: '1' })).toBe(false));
  test('NO_COLOR stops the spinner too', () =>
    expect([wantsAnimation(true, {}), wantsAnimation(true, { NO_COLOR: '1' })]).toEqual([true, false]));
});

function sink(columns?: number): { write(text: string): void; text: string; columns?: number } {
  const made = {
    text: '',
    write(text: string): void {
      made.text += text;
    },
    ...(columns === undefined ? {} : { columns }),
  };
  return made;
}

describe('output', () => {
  const make = (options: { json?: boolean; quiet?: boolean; color?: boolean } = {}) => {
    const [stdout, stderr] = [sink(), sink()];
    const color = { stdout: options.color === true, stderr: options.color === true };
    const output = createOutput({ stdout, stderr, json: false, quiet: false, ...options, color });
    return { stdout, stderr, output };
  };
  const say = (output: ReturnType<typeof createOutput>): void => {
    output.json({ a: 1 });
    output.line('line');
    output.note('note');
    output.warn('warn');
  };
  test.each([
    ['people', {}, 'line\n', 'note\nwarning: warn\n'],
    ['--json', { json: true }, '{"a":1}\n', 'note\nwarning: warn\n'],
    ['--quiet', { quiet: true }, 'line\n', 'warning: warn\n'],
  ])('%s', (_name, options, data, talk) => {
    const { stdout, stderr, output } = make(options);
    say(output);
    expect([stdout.text, stderr.text]).toEqual([data, talk]);
  });
  test('one object is one line, whatever is in it', () => {
    expect(ndjson({ a: 'x\ny\u2028z\u001b' })).toBe('{"a":"x\\ny\\u2028z\\u001b"}');
  });
  test('control characters of data are gone, our colours stay', () => {
    const { stdout, output } = make({ color: true });
    output.line(`${output.paint.bad('bad')} \u001b[2J\u001b[8mhidden\u001b]0;title\u0007\u0008`);
    expect(stdout.text).toBe('\u001b[31mbad\u001b[39m hidden\n');
  });
  test('without colour no code is left', () => {
    const { stdout, output } = make();
    output.line(`${output.paint.bad('bad')}\u001b[31m!`);
    expect(stdout.text).toBe('bad!\n');
  });
});

describe('progress', () => {
  const step = (name: StepRecord['name'], outcome: StepRecord['outcome'], durationMs: number | null, summary = ''): StepRecord => ({
    name,
    outcome,
    durationMs,
    summary,
    startedAt: NOW.toISOString(),
    endedAt: null,
  });

  test.each([345, 83_000, 4_000_000, 40_000_000])('a finished step of %i ms is one line of a terminal', (ms) => {
    const said = `\`${'npm run test '.repeat(8)}\` exit code 0`;
    const line = finished(step('baseline', 'ok', ms, said), createPaint(false), 80 - 22);
    expect([width(line) <= 80, line]).toEqual([true, expect.stringMatching(/….*exit code 0$/)]);
  });

  test('without a terminal: one plain line per finished step', () => {
    const stream = sink();
    const progress = createProgress({ stream, paint: createPaint(false), animated: false, silent: false, now: () => 0 });
    progress.step('t1', step('checkout', 'running', null));
    progress.step('t1', step('checkout', 'ok', 1234, 'base 1a2b on main'));
    progress.step('t1', { ...step('fix', 'failed', 20), error: { code: 'x', message: 'it\nbroke\u001b[2J', hint: '' } });
    progress.step('t1', step('guard', 'skipped', 0, 'no change'));
    progress.note('done');
    progress.stop();
    expect(stream.text).toBe(
      '✓ checkout     1.2 s  base 1a2b on main\n✗ fix          20 ms  it broke\n- guard         0 ms  no change\ndone\n',
    );
  });

  test('on a terminal: a spinner that is erased, lines that stay, nothing wider than the terminal', () => {
    const stream = sink(40);
    const progress = createProgress({ stream, paint: createPaint(false), animated: true, silent: false, now: () => 0 });
    progress.step('t1', step('fix', 'running', null, 'x'.repeat(100)));
    expect(stream.text).toMatch(/^\r\u001b\[2K⠋ fix {7}x+…$/u);
    expect(width(stream.text.slice('\r\u001b[2K'.length))).toBeLessThan(40);
    progress.note('aside');
    progress.step('t1', step('fix', 'ok', 5, 'answered'));
    progress.stop();
    expect(stream.text.split('\r\u001b[2K').at(-1)).toBe('✓ fix           5 ms  answered\n');
  });

  test('on a terminal: what a step found is cut to one line, what went wrong is not', () => {
    const stream = sink(50);
    const progress = createProgress({ stream, paint: createPaint(false), animated: true, silent: false, now: () => 0 });
    progress.step('t1', step('context', 'ok', 5, 'x'.repeat(100)));
    progress.step('t1', { ...step('fix', 'failed', 5), error: { code: 'x', message: 'y'.repeat(100), hint: '' } });
    progress.stop();
    const [found = '', wrong = ''] = stream.text.split('\n');
    expect([width(found), found.endsWith('…'), wrong.endsWith('y'.repeat(100))]).toEqual([50, true, true]);
  });

  test('what a step is about now is said beside the spinner; a command gives way in its middle, what it came to does not', () => {
    const stream = sink(60);
    const progress = createProgress({ stream, paint: createPaint(false), animated: true, silent: false, now: () => 0 });
    const command = 'npm run test:unit --workspace packages/prices-and-discounts -- --runInBand';
    progress.step('t1', step('baseline', 'running', null));
    progress.doing?.('t1', `\`${command}\``);
    expect(stream.text.split('\r\u001b[2K').at(-1)).toMatch(/^⠋ baseline {2}`npm run test:unit .*….*runInBand`$/u);
    progress.step('t1', step('baseline', 'ok', 5, `\`${command}\` exit code 1`));
    progress.stop();
    const [line = ''] = stream.text.split('\r\u001b[2K').at(-1)!.split('\n');
    expect([width(line), line]).toEqual([60, expect.stringMatching(/^✓ baseline {6}5 ms {2}`npm run t.*….*InBand` exit code 1$/)]);
  });

  test('off a terminal a step that takes long is said once, with what it is about', async () => {
    const stream = sink();
    const progress = createProgress({ stream, paint: createPaint(false), animated: false, silent: false, now: () => 0, slowMs: 20 });
    progress.step('t1', step('baseline', 'running', null));
    progress.doing?.('t1', '`npm ci`');
    await new Promise((resolve) => setTimeout(resolve, 80));
    progress.step('t1', step('baseline', 'ok', 80, 'done'));
    progress.step('t1', step('fix', 'running', null));
    progress.step('t1', step('fix', 'ok', 1, 'answered'));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(stream.text).toBe('… baseline            `npm ci`\n✓ baseline     80 ms  done\n✓ fix           1 ms  answered\n');
  });

  test('several traces are told apart', () => {
    const stream = sink();
    const progress = createProgress({ stream, paint: createPaint(false), animated: false, silent: false, now: () => 0 });
    progress.step('aaaaaaaa1111', step('push', 'ok', 1));
    progress.step('bbbbbbbb2222', step('push', 'ok', 1));
    expect(stream.text.split('\n').slice(0, 2)).toEqual(['✓ push          1 ms', 'bbbbbbbb ✓ push          1 ms']);
  });

  test('silent', () => {
    const stream = sink();
    const progress = createProgress({ stream, paint: createPaint(true), animated: true, silent: true, now: () => 0 });
    progress.step('t1', step('fix', 'running', null));
    progress.step('t1', step('fix', 'ok', 1));
    progress.note('x');
    progress.stop();
    expect(stream.text).toBe('');
  });
});
