// The search in WebAssembly against its twin in plain TypeScript, on generated lines.
import { createByteSearch, DONE } from '../../../src/core/read/search/byte-search.ts';
import { LINE, type NarrowPart, type Part } from '../../../src/core/read/search/head-states.ts';
import { entriesOf } from '../../../src/core/read/search/prefilter.ts';
import { needles } from '../../../src/core/read/search/prefilter-strings.ts';
import { hasNeedle, headPattern, signature } from '../../../src/core/read/search-twin.ts';
import { fewer } from '../../support/lane.ts';
import { KEYWORDS } from './detector-run.ts';
import { numbers } from './numbers.ts';

test.each(['error', 'warn'] as const)('needles of %s', (level) => {
  const list = needles(level === 'warn', KEYWORDS);
  const search = createByteSearch(entriesOf(list));
  search.sampleBehind(0x7fff_ffff);
  const around = [
    '',
    ' ',
    'a',
    'Z',
    '7',
    '0',
    '_',
    '"',
    '\\"',
    ':',
    ': ',
    '=',
    '=0',
    '[',
    ']',
    '>',
    '.',
    '/',
    '\x1b[31m',
    'm',
    '\r',
    '\t',
    's',
    '5',
    '" 503 ',
    '(',
  ];
  for (let seed = 1; seed <= fewer(6000); seed++) {
    const pick = numbers(seed);
    const one = (): string => {
      const text = list[pick(list.length)]!.text.replace('\n', '');
      return [text, text.toUpperCase(), text.slice(1), text.slice(0, -1)][pick(4)]!;
    };
    const line = Array.from({ length: pick(7) }, () => (pick(4) === 0 ? one() : around[pick(around.length)]!)).join('');
    const above = ['\n', 'x\n', '<11>y\n'][pick(3)]!;
    const bytes = Buffer.from(`${above}${line}\nlast E \n`, 'latin1');
    search.load(bytes);
    const found = search.run(above.length, above.length + line.length + 1, false) !== DONE;
    expect({ seed, line, found }).toEqual({ seed, line, found: hasNeedle(bytes, above.length, above.length + line.length + 1, list) });
  }
});

describe('heads', () => {
  const asIs = (text: string): NarrowPart => ({ kind: 'as-is', text });
  const word = (text: string, isAny = false): Part => ({
    kind: 'word',
    text,
    inside: text.match(/\d+|\D+/g)!.map((piece): NarrowPart => (/\d/.test(piece) ? { kind: 'any', text: piece } : asIs(piece))),
    mayBeAny: () => isAny,
  });
  const stamp: readonly Part[] = [
    { kind: 'fixed', text: '2026' },
    asIs('-'),
    { kind: 'fixed', text: '03' },
    asIs(' '),
    { kind: 'any', text: '123' },
    asIs(' '),
  ];
  const heads: readonly (readonly Part[])[] = [
    [...stamp, word('INFO'), asIs(' ')],
    [...stamp, word('INFRA'), asIs(': ')],
    [...stamp, asIs('['), word('exec-12'), asIs('] '), word('DEBUG'), asIs(' ')],
    [{ kind: 'any', text: '10' }, asIs('.'), { kind: 'any', text: '1' }, asIs(' '), { kind: 'quoted', text: '"GET /' }, asIs('" 200 ')],
    [word('a'), asIs(' | '), word('INFO'), asIs(' ')],
  ];
  const many = 'bcdefghijklmnop'
    .split('')
    .map((letter): readonly Part[] => [word(`${letter}-7`, true), asIs(' | '), word('INFO'), asIs(' ')]);

  test.each([
    ['those that state every word', heads, false],
    ['with so many words that any may stand there', [...heads, ...many], true],
  ] as const)('%s', (_, list, anyWord) => {
    const search = createByteSearch(new Map());
    search.sampleBehind(0x7fff_ffff);
    for (const head of list) expect(search.heads.add(LINE, head, { isQuiet: true, stream: 0, closes: false, isAlone: false })).toBe(true);
    const patterns = list.map((head) => headPattern(head, anyWord));
    const pieces = [
      '2026',
      '-',
      '03',
      ' ',
      '1',
      '123',
      'INFO',
      'INFRA',
      ': ',
      '[',
      'exec-',
      '] ',
      'DEBUG',
      '10',
      '.',
      '"GET /',
      '"',
      '" 200 ',
      '\\',
      'a',
      'b-7',
      ' | ',
      'x.y',
      'ERROR',
      'E',
    ];
    let missed = 0;
    const texts = list.map((head) => head.map(({ text }) => text).join(''));
    for (let seed = 1; seed <= fewer(20_000); seed++) {
      const pick = numbers(seed);
      const parts = texts[pick(texts.length)]!.split(/(?<=[^\w])|(?=[^\w])/);
      const changed = parts.flatMap((part) => (pick(6) === 0 ? [pieces[pick(pieces.length)]!, ...(pick(2) === 0 ? [part] : [])] : [part]));
      const line = `${changed.join('')}tail of it`.slice(0, pick(4) === 0 ? pick(30) : undefined);
      const names = patterns.filter((pattern) => pattern.test(line));
      const isQuiet = names.length > 0 && !(anyWord && namesLevel(line));
      search.load(Buffer.from(`${line}\nnext\n`));
      const quiet = search.quiet(0);
      // A word that looks as the name of a level does, by its hash, is looked at in full.
      if (!anyWord || quiet !== 0 || !isQuiet) expect({ seed, line, quiet }).toEqual({ seed, line, quiet: isQuiet ? line.length + 1 : 0 });
      else missed++;
    }
    expect(missed).toBeLessThan(500);
  });

  /** In the first word, where any may stand. */
  const namesLevel = (line: string): boolean => /^(?:[\w.$-]*(?<![A-Za-z])(?:INFO|ERROR|DEBUG|error)(?![A-Za-z])[\w.$-]*|E) \| /.test(line);
});

test('signatures of records', () => {
  const keys = [
    'level',
    'msg',
    'time',
    'log',
    'stream',
    'log.level',
    'severityNumber',
    'v',
    'record',
    'name',
    'no',
    'x',
    'err',
    'resourceLogs',
    'PRIORITY',
    'a\\u0062',
  ];
  const scalars = [
    '"info"',
    '"error"',
    '50',
    '30',
    '0',
    '7',
    'null',
    'true',
    '1767323045678',
    '-1.5e3',
    '"a long text with many words"',
    '"x\\n"',
    '"\\\\n"',
    '"é"',
    '""',
    '[]',
    '[1,{"level":50}]',
    '{}',
  ];
  const search = createByteSearch(new Map());
  search.sampleBehind(0x7fff_ffff);
  const seen = new Map<string, string>();
  for (let seed = 1; seed <= fewer(10_000); seed++) {
    const pick = numbers(seed);
    const value = (depth: number): string => (depth < 3 && pick(5) === 0 ? object(depth + 1) : scalars[pick(scalars.length)]!);
    const object = (depth: number): string =>
      `{${Array.from({ length: pick(depth === 0 ? 5 : 3) }, () => `"${keys[pick(keys.length)]}":${pick(4) === 0 ? ' ' : ''}${value(depth)}`).join(',')}}`;
    const whole = object(0);
    const at = pick(whole.length);
    const line =
      pick(3) === 0 ? `${whole.slice(0, at)}${['', ',', '"', '}', '\\', '0', '\t'][pick(7)]}${whole.slice(at + pick(2))}` : whole;
    search.load(Buffer.from(`${line}\n`));
    if (!line.startsWith('{')) continue;
    search.quiet(0);
    const want = signature(line);
    const got = search.records.isSigned ? search.records.signature : undefined;
    expect({ seed, line, signed: got !== undefined }).toEqual({ seed, line, signed: want !== undefined });
    if (got === undefined || want === undefined) continue;
    // The same records have the same signature.
    expect({ line, want: seen.get(got) ?? want }).toEqual({ line, want });
    seen.set(got, want);
  }
  expect(new Set(seen.values()).size).toBe(seen.size);
});

test('a record with an approved signature says nothing, one with another does', () => {
  const search = createByteSearch(new Map());
  search.sampleBehind(0x7fff_ffff);
  const quiet = (line: string): boolean => {
    search.load(Buffer.from(`${line}\n`));
    return search.quiet(0) !== 0;
  };
  expect(quiet('{"level":30,"time":1767323045678,"msg":"one"}')).toBe(false);
  search.records.approve({ isQuiet: true, stream: 0, closes: false, isAlone: false }, false);
  expect(quiet('{"level":30,"time":1767323045679,"msg":"another","x":{"level":50}}')).toBe(true);
  for (const other of [
    '{"level":50,"time":1767323045679,"msg":"x"}',
    '{"level":30,"time":1767323045679,"msg":"x","level":50}',
    '{"level":30,"time":1767323045679,"msg":"x"',
    '{"level":30,"msg":"x"}',
  ])
    expect({ other, quiet: quiet(other) }).toEqual({ other, quiet: false });
});
