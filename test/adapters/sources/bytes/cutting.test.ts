// Where lines end, what is text, which names are rotated logs: the small rules below the follower.
import { createCutter } from '../../../../src/adapters/sources/bytes/cut.ts';
import { BYTES, countLines, endOfLastLine, sniff } from '../../../../src/adapters/sources/bytes/encoding.ts';
import { globRoot } from '../../../../src/adapters/sources/file/glob.ts';
import { parseIdentity } from '../../../../src/adapters/sources/file/identity.ts';
import { isCompressed, logNames, rotatedAge } from '../../../../src/adapters/sources/file/siblings.ts';

const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('sniff', () => {
  test.each([
    ['plain text', Buffer.from('2026-01-02 ERROR boom\n'), { width: 1 }],
    ['UTF-8 with colours', Buffer.from('\x1b[31mERROR\x1b[0m é\n'), { width: 1 }],
    ['UTF-16LE with a mark', Buffer.from('\ufeffERROR\n', 'utf16le'), { width: 2, lf: 0 }],
    ['UTF-16BE with a mark', utf16be('\ufeffERROR\n'), { width: 2, lf: 1 }],
    ['UTF-16LE without a mark', Buffer.from('ERROR boom\n', 'utf16le'), { width: 2, lf: 0 }],
    ['UTF-16BE without a mark', utf16be('ERROR boom\n'), { width: 2, lf: 1 }],
    ['UTF-32LE with a mark', Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), { width: 4, lf: 0 }],
    ['a hole left by a writer', Buffer.concat([Buffer.alloc(300), Buffer.from('ERROR boom\n')]), { width: 1 }],
    ['a run of NULs after a power cut', Buffer.concat([Buffer.from('a\n'), Buffer.alloc(4096), Buffer.from('b\n')]), { width: 1 }],
  ])('%s is text', (_name, block, expected) => {
    expect(sniff(block)).toMatchObject(expected);
  });

  test.each([
    ['a program', Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0', 'latin1')],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10', 'latin1')],
    ['only NULs', Buffer.alloc(1000)],
    ['single NULs in text', Buffer.from('a\0b\0\0c and some more text here\n')],
  ])('%s is binary', (_name, block) => {
    expect(sniff(block)).toBe('binary');
  });

  test('a named encoding is believed', () => {
    expect(sniff(Buffer.from([0, 0x41]), 'UTF-16BE')).toEqual({ width: 2, lf: 1 });
    expect(sniff(Buffer.from('text'), 'gbk')).toBe(BYTES);
  });
});

describe('lines', () => {
  const le = { width: 2, lf: 0 } as const;
  const be = { width: 2, lf: 1 } as const;
  test.each([
    ['none', Buffer.from('abc'), 0, BYTES, 0, 0],
    ['one', Buffer.from('abc\nd'), 0, BYTES, 4, 1],
    ['CRLF', Buffer.from('a\r\nb\r\n'), 0, BYTES, 6, 2],
    ['UTF-16LE', Buffer.from('a\nb', 'utf16le'), 0, le, 4, 1],
    ['UTF-16BE', utf16be('a\nb'), 0, be, 4, 1],
    ['a character that holds the byte 0x0A', Buffer.from('ਊ\u0a00', 'utf16le'), 0, le, 0, 0],
    ['units are aligned to the file', Buffer.from([0, 0x0a, 0, 0x41]), 1, le, 3, 1],
  ] as const)('%s', (_name, bytes, offset, encoding, end, count) => {
    expect(endOfLastLine(bytes, offset, encoding)).toBe(end);
    expect(countLines(bytes, offset, encoding)).toBe(count);
  });
});

describe('createCutter', () => {
  const text = 'one\ntwo zwei 二\n\nlast';

  test.each([1, 2, 3, 5, 7, 100])('blocks of %i bytes give the same lines', (size) => {
    const bytes = Buffer.from(text);
    const cutter = createCutter({ offset: 10 }, BYTES);
    const chunks = [];
    for (let at = 0; at < bytes.length; at += size) chunks.push(cutter.push(bytes.subarray(at, at + size)));
    chunks.push(cutter.rest());
    const whole = chunks.flatMap((chunk) => chunk ?? []);
    expect(Buffer.concat(whole.map((chunk) => chunk.bytes)).toString()).toBe(text);
    expect(whole.slice(0, -1).every((chunk) => chunk.bytes.at(-1) === 0x0a)).toBe(true);
    let offset = 10;
    for (const chunk of whole) {
      expect(chunk.offset).toBe(offset);
      offset += chunk.bytes.length;
    }
  });

  test('a line over the bound is passed on in pieces', () => {
    const cutter = createCutter({ offset: 0 }, BYTES, 8);
    expect(cutter.push(Buffer.from('12345'))).toBeUndefined();
    expect(cutter.push(Buffer.from('6789'))?.bytes.toString()).toBe('123456789');
    expect(cutter.push(Buffer.from('x\ny'))).toMatchObject({ offset: 9, bytes: Buffer.from('x\n') });
    expect(cutter.rest()).toMatchObject({ offset: 11, bytes: Buffer.from('y') });
    expect(cutter.rest()).toBeUndefined();
  });
});

describe('rotatedAge', () => {
  test.each([
    ['app.log.1', 1],
    ['app.log.12', 12],
    ['app.log.2.gz', 2],
    ['app.1.log', 1],
    ['app.log-20260102', 0],
    ['app-2026-01-02.log', 0],
    ['app.log.2026-01-02T03', 0],
    ['app.log.old', 0],
    ['app.log', undefined],
    ['app.logs', undefined],
    ['app.log.swp', undefined],
    ['application.log', undefined],
    ['app-error.log', undefined],
    ['app-1.log', undefined],
    ['app-old.log', undefined],
    ['other.log.1', undefined],
  ])('%s of app.log: %s', (name, age) => {
    expect(rotatedAge('app.log', name)).toBe(age);
  });

  test.each([
    ['app.log.1', ['app.log']],
    ['app.log.2.gz', ['app.log']],
    ['app.1.log', ['app.log']],
    ['app-20260102.log', ['app.log']],
    ['app.log-20260102', ['app.log']],
    ['app.log', []],
    ['.1', []],
  ])('%s may be of %j', (name, logs) => {
    expect(logNames(name)).toEqual(logs);
  });

  test('compressed names are known', () => {
    expect(['a.log.1.gz', 'a.log.xz', 'a.log.1'].map(isCompressed)).toEqual([true, true, false]);
  });
});

test.each([
  ['/var/log/*.log', '/var/log'],
  ['/srv/**/app.log', '/srv'],
  ['/*.log', '/'],
])('the files of %s are born in or below %s', (pattern, root) => {
  expect(globRoot(pattern)).toBe(root);
});

test.each(['', 'null', '{}', '[]', '"text"', '{"path":1}'])('a checkpoint with the identity %j is not used', (text) => {
  expect(parseIdentity(text)).toBeUndefined();
});
