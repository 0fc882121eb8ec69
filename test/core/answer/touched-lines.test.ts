// Which lines a change touches, and when two changes meet: rows.
import { unifiedDiff } from '../../../src/adapters/git/patch.ts';
import { changeMark, type Meeting, meeting, readChangeMark, type Touched, touchedBy } from '../../../src/core/answer/touched-lines.ts';
import type { FileChange } from '../../../src/core/model.ts';

const BASE = Array.from({ length: 40 }, (_, line) => `line ${line + 1}`);

/** @param edits line number → what stands there instead; an empty list takes it away, two lines put one in after it */
function changed(edits: Readonly<Record<number, readonly string[]>>, base = BASE, path = 'src/a.js'): readonly Touched[] {
  const text = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const after = base.flatMap((line, index) => edits[index + 1] ?? [line]);
  const file: FileChange = { path, mode: '100644', before: text(base), after: text(after) };
  const touched = touchedBy(file, unifiedDiff({ base: '', files: [file] }));
  return touched ? [touched] : [];
}

const added = (path: string, text: string): readonly Touched[] => {
  const file: FileChange = { path, mode: '100644', after: Buffer.from(text) };
  const touched = touchedBy(file, unifiedDiff({ base: '', files: [file] }));
  return touched ? [touched] : [];
};

test('ranges are base lines, insertions stand before a line', () => {
  const edits = { 3: ['x'], 4: ['y'], 10: [], 20: ['line 20', 'more'], 40: ['line 40', 'end'] };
  expect(changed(edits)[0]?.ranges).toEqual([
    [3, 5],
    [10, 11],
    [21, 21],
    [41, 41],
  ]);
});

const rows: readonly (readonly [string, readonly Touched[], readonly Touched[], Meeting | undefined])[] = [
  ['the same bytes', changed({ 5: ['x'] }), changed({ 5: ['x'] }), 'same'],
  ['the same bytes on another base', changed({ 5: ['line 5'], 6: ['x'] }), changed({ 6: ['x'] }, BASE.with(5, 'x2')), 'same'],
  ['the same bytes, and more on their side', changed({ 5: ['x'] }), [...changed({ 5: ['x'] }), ...added('src/b.js', 'b')], 'same'],
  ['the same bytes, and more on ours', [...changed({ 5: ['x'] }), ...added('src/b.js', 'b')], changed({ 5: ['x'] }), 'overlap'],
  ['another text for the same line', changed({ 5: ['x'] }), changed({ 5: ['y'] }), 'overlap'],
  ['ranges with one line in common', changed({ 5: ['x'], 6: ['x'] }), changed({ 6: ['y'], 7: ['y'] }), 'overlap'],
  ['neighbours', changed({ 5: ['x'] }), changed({ 6: ['y'] }), undefined],
  ['far apart in one file', changed({ 5: ['x'] }), changed({ 30: ['y'] }), undefined],
  ['a line put in where the other replaces', changed({ 5: ['line 5', 'x'] }), changed({ 5: ['y'], 6: ['y'] }), 'overlap'],
  ['a line put in just before what the other replaces', changed({ 5: ['line 5', 'x'] }), changed({ 6: ['y'] }), undefined],
  ['only lines put in, at one place', changed({ 5: ['line 5', 'x'] }), changed({ 5: ['line 5', 'y'] }), 'overlap'],
  ['one more import each', changed({ 1: ['line 1', 'x'], 9: ['x'] }), changed({ 1: ['line 1', 'y'], 30: ['y'] }), undefined],
  ['different files', changed({ 5: ['x'] }), changed({ 5: ['x'] }, BASE, 'src/b.js'), undefined],
  ['the file has changed in between', changed({ 5: ['x'] }), changed({ 5: ['y'] }, BASE.with(20, 'other')), undefined],
  ['new files of one name', added('src/n.js', 'a'), added('src/n.js', 'b'), undefined],
  ['the same new file', added('src/n.js', 'a'), added('src/n.js', 'a'), 'same'],
  ['tests side by side', changed({ 40: ['x'] }, BASE, 'test/a.test.js'), changed({ 40: ['y'] }, BASE, 'test/a.test.js'), undefined],
  ['nothing on our side', [], changed({ 5: ['x'] }), undefined],
];

test.each(rows)('%s', (_name, ours, theirs, expected) => {
  expect(meeting(ours, theirs)).toBe(expected);
});

test('the mark is read again, hidden, whatever the path', () => {
  const touched = [...changed({ 5: ['x'] }, BASE, 'src/a --> b <script>.js'), ...added('neu/ä.js', 'x')];
  const mark = changeMark(touched);
  expect(mark).toMatch(/^<!-- ai-ops-change:1 [A-Za-z0-9_-]+ -->$/);
  expect(readChangeMark(`words\n${mark}\nmore`)).toEqual(touched);
});

test.each([
  ['no mark', 'words'],
  ['no JSON', `<!-- ai-ops-change:1 ${Buffer.from('[').toString('base64url')} -->`],
  ['no list', `<!-- ai-ops-change:1 ${Buffer.from('{}').toString('base64url')} -->`],
  [
    'rows of something else',
    `<!-- ai-ops-change:1 ${Buffer.from('[1,["a","x","y",[]],["a","","",[[0,1]]],["a","",""]]').toString('base64url')} -->`,
  ],
])('%s is nothing to compare with', (_name, body) => {
  expect(readChangeMark(body)).toEqual([]);
});

test('what is too much for a mark has none', () => {
  expect(changeMark([])).toBe('');
  expect(changeMark(Array.from({ length: 21 }, (_, at) => ({ path: `f${at}`, before: '', after: '', ranges: [] })))).toBe('');
});
