// Which file a block means, and what of it is a change. Bytes are compared, not texts.
import { placeBlocks, toChanges } from '../../../src/core/answer/changes.ts';
import type { FileBlock, FileMode } from '../../../src/core/model.ts';

const PATHS = ['src/a.js', 'src/b.js', 'lib/b.js', 'README.md', 'docs/Guide.md', 'link'];
const old = (filename: string, content = 'x\n'): FileBlock => ({ filename, content, isNew: false });
const fresh = (filename: string, content = 'x\n'): FileBlock => ({ filename, content, isNew: true });

test.each<[string, readonly FileBlock[], readonly string[], readonly string[]]>([
  ['a path', [old('src/a.js')], ['src/a.js'], []],
  ['a container path', [old('/app/src/a.js')], ['src/a.js'], []],
  ['ambiguous', [old('b.js')], [], ['ambiguous']],
  ['outside', [old('../src/a.js')], [], ['outside']],
  ['absent and not said to be new', [old('src/new.js')], [], ['absent']],
  ['an absolute path that is nowhere', [old('/etc/passwd')], [], ['outside']],
  ['a new file', [fresh('test/a.test.js')], ['+test/a.test.js'], []],
  ['a new file that is there already', [fresh('src/a.js')], ['src/a.js'], []],
  ['a new file never takes the place of another', [fresh('x/README.md')], ['+x/README.md'], []],
  ['a new absolute file', [fresh('/tmp/x.js')], [], ['outside']],
  ["a new file in git's directory", [fresh('.git/hooks/post-checkout')], [], ['outside']],
  ['a new file beside one that differs by case', [fresh('docs/guide.md')], [], ['unsafe-name']],
  ['a new file under a file', [fresh('link/x.js')], [], ['unsafe-name']],
  ['a new file where a directory is', [fresh('src')], [], ['unsafe-name']],
  ['two names of one file, equal', [old('src/a.js'), old('./src/a.js')], ['src/a.js'], []],
  ['two names of one file, different', [old('src/a.js'), old('a.js', 'y\n')], ['src/a.js'], ['conflict']],
])('placeBlocks: %s', (_name, blocks, placed, problems) => {
  const result = placeBlocks(blocks, PATHS);
  expect(result.placed.map(({ path, isNew }) => (isNew ? `+${path}` : path))).toEqual(placed);
  expect(result.problems.map(({ kind }) => kind)).toEqual(problems);
});

const bytes = (text: string | Buffer): Buffer => Buffer.from(text as string);

test.each<[string, Buffer, FileMode, string, string | undefined, readonly string[]]>([
  ['a change', bytes('a\n'), '100644', 'b\n', 'b\n', []],
  ['no change', bytes('a\n'), '100644', 'a\n', undefined, []],
  ['the executable bit stays', bytes('a\n'), '100755', 'b\n', 'b\n', []],
  ['CRLF stays', bytes('a\r\nb\r\n'), '100644', 'a\nc\n', 'a\r\nc\r\n', []],
  ['no change but the line endings is none', bytes('a\r\nb\r\n'), '100644', 'a\nb\n', undefined, []],
  ['no newline at the end stays so', bytes('a'), '100644', 'b\n', 'b', []],
  ['a newline at the end stays', bytes('a\n'), '100644', 'b', 'b\n', []],
  ['an empty line at the end is kept when asked for', bytes('a\n'), '100644', 'a\n\n', 'a\n\n', []],
  ['the byte order mark stays', bytes('\uFEFFa\n'), '100644', 'b\n', '\uFEFFb\n', []],
  ['an empty file', bytes(''), '100644', 'a\n', 'a\n', []],
  ['Latin-1 as it is is no change', Buffer.from('gr\xf6\xdfe\n', 'latin1'), '100644', 'größe\n', undefined, []],
  [
    'what Latin-1 did not have is not written into it',
    Buffer.from('gr\xf6\xdfe\n', 'latin1'),
    '100644',
    'länge\n',
    undefined,
    ['not-text'],
  ],
  ['binary is not touched', bytes('a\0b'), '100644', 'a\n', undefined, ['not-text']],
  ['a symbolic link is not touched', bytes('src/a.js'), '120000', 'b\n', undefined, ['not-a-file']],
  ['a submodule is not touched', bytes(''), '160000', 'b\n', undefined, ['not-a-file']],
])('toChanges: %s', (_name, before, mode, content, after, problems) => {
  const result = toChanges('c0ffee', [{ path: 'src/a.js', content, isNew: false }], new Map([['src/a.js', { bytes: before, mode }]]));
  expect(result.problems.map(({ kind }) => kind)).toEqual(problems);
  const expected = after === undefined ? [] : [{ path: 'src/a.js', mode, oldMode: mode, before, after: bytes(after) }];
  expect(result.changes).toEqual({ base: 'c0ffee', files: expected });
});

test('toChanges: a new file ends with a newline and is not executable', () => {
  const { changes } = toChanges('c0ffee', [{ path: 'test/a.js', content: 'a', isNew: true }], new Map());
  expect(changes.files).toEqual([{ path: 'test/a.js', mode: '100644', after: bytes('a\n') }]);
});

test('whatever a block is named, its file is one of the repository or a plain new path within it', () => {
  const pieces = [
    '..',
    '.',
    '/',
    '\\',
    '~',
    'C:',
    'src',
    'a.js',
    '.git',
    'config',
    'git~1',
    '%2e%2e',
    '\0',
    '\u200b',
    '\uff0e\uff0e',
    '\u2024\u2024',
    ' ',
    'file://',
    'workspaces/x/repo/',
    'CON',
    '::$DATA',
    '\n',
    '"',
    '\u202e',
    'link',
  ];
  const random = generator(20_260_302);
  let placedAtAll = 0;
  for (let round = 0; round < 5000; round += 1) {
    const filename = Array.from({ length: 1 + Math.floor(random() * 8) }, () => pieces[Math.floor(random() * pieces.length)]).join(
      random() < 0.5 ? '/' : '',
    );
    for (const { path, isNew } of placeBlocks([round % 2 === 0 ? old(filename) : fresh(filename)], PATHS).placed) {
      placedAtAll += 1;
      expect({ filename, ok: PATHS.includes(path) || isNew }).toEqual({ filename, ok: true });
      expect({ filename, path, plain: /^(?!\/|[A-Za-z]:)[^\\\u0000-\u001f\u200b-\u200f\u202a-\u202e]+$/.test(path) }).toEqual({
        filename,
        path,
        plain: true,
      });
      expect(path.split('/').filter((part) => part === '' || part === '.' || part === '..' || /^\.git$|^git~\d/i.test(part))).toEqual([]);
    }
  }
  expect(placedAtAll).toBeGreaterThan(100);
});

/** A small generator with a seed: a failure can be repeated. Source: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test.each([
  ['as it was shown', '// gr\ufffd\ufffde\nlet b = 2;\n'],
  ['as it was meant', '// größe\nlet b = 2;\n'],
])('toChanges: a line of Latin-1 keeps its bytes beside one that is changed, %s', (_name, content) => {
  const before = Buffer.from('// gr\xf6\xdfe\nlet b = 1;\n', 'latin1');
  const { changes, problems } = toChanges(
    'c0ffee',
    [{ path: 'src/a.js', content, isNew: false }],
    new Map([['src/a.js', { bytes: before, mode: '100644' }]]),
  );
  expect(problems).toEqual([]);
  expect(changes.files[0]?.after?.toString('latin1')).toBe('// gr\xf6\xdfe\nlet b = 2;\n');
});

test('toChanges: a reason for what has moved into another file may stand in its place', () => {
  const moved = 'pub struct Uri(String);\n\nimpl Uri {\n    fn get(&self) -> &str {\n        &self.0\n    }\n}\n';
  const rest = '\nfn main() {\n    run();\n}\n';
  const { changes, problems } = toChanges(
    'c0ffee',
    [
      { path: 'src/a.rs', content: `mod uri;\n\n/// What is left are the parts that need a runtime.\n${rest}`, isNew: false },
      { path: 'src/uri.rs', content: moved, isNew: true },
    ],
    new Map([['src/a.rs', { bytes: Buffer.from(`mod uri;\n\n${moved}${rest}`), mode: '100644' }]]),
  );
  expect(problems).toEqual([]);
  expect(changes.files.map(({ path }) => path)).toEqual(['src/a.rs', 'src/uri.rs']);
});
