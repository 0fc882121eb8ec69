// The same change on another base: carried where there is one place for it, seen where it is there, left to people else.
import { unifiedDiff } from '../../../src/adapters/git/patch.ts';
import { rebuilt } from '../../../src/core/answer/rebuild.ts';
import type { FileChange } from '../../../src/core/model.ts';

const BEFORE = 'import a\n\nfunction total(order) {\n  const price = order.price;\n  return price * order.count;\n}\n\nexport { total };\n';
const AFTER = BEFORE.replace('order.price;', 'order?.price ?? 0;');
const of = (before: string | undefined, after: string | undefined): FileChange => ({
  ...{ path: 'a.js', mode: '100644' },
  ...(before === undefined ? {} : { before: Buffer.from(before), oldMode: '100644' }),
  ...(after === undefined ? {} : { after: Buffer.from(after) }),
});
function outcome(change: FileChange, onto: string | undefined): string {
  const found = rebuilt(change, unifiedDiff({ base: 'b', files: [change] }), onto === undefined ? undefined : Buffer.from(onto));
  return found.kind === 'rebuilt' ? (found.change.after?.toString() ?? 'deleted') : found.kind;
}

test.each<[string, FileChange, string | undefined, string]>([
  ['the base has not moved', of(BEFORE, AFTER), BEFORE, AFTER],
  ['the base has the very file', of(BEFORE, AFTER), AFTER, 'there'],
  ['the base has the change, and more', of(BEFORE, AFTER), `// head\n${AFTER}`, 'there'],
  ['lines came before it', of(BEFORE, AFTER), `// one\n// two\n${BEFORE}`, `// one\n// two\n${AFTER}`],
  [
    'the line beside it has changed: git says conflict',
    of(BEFORE, AFTER),
    BEFORE.replace('order.count;', 'order.items.length;'),
    AFTER.replace('order.count;', 'order.items.length;'),
  ],
  ['the line itself has changed', of(BEFORE, AFTER), BEFORE.replace('order.price;', 'order.cost;'), 'conflict'],
  ['the function is gone', of(BEFORE, AFTER), 'import a\n', 'conflict'],
  ['the file is gone', of(BEFORE, AFTER), undefined, 'conflict'],
  [
    'the function was moved down',
    of(BEFORE, AFTER),
    BEFORE.replace('function total', 'function other() {\n  return 1;\n}\n\nfunction total'),
    AFTER.replace('function total', 'function other() {\n  return 1;\n}\n\nfunction total'),
  ],
  ['a new file', of(undefined, 'new\n'), undefined, 'new\n'],
  ['a new file that the base has too', of(undefined, 'new\n'), 'new\n', 'there'],
  ['a new file where the base has another one', of(undefined, 'new\n'), 'other\n', 'conflict'],
  ['a deleted file', of('old\n', undefined), 'old\n', 'deleted'],
  ['a deleted file that has changed', of('old\n', undefined), 'older\n', 'conflict'],
  [
    'only put in, beside a line that has changed',
    of('a one\nb two\nc three\n', 'a one\nb two\nnew line\nc three\n'),
    'a one\nb two\nc 3\n',
    'a one\nb two\nnew line\nc 3\n',
  ],
  ['only put in, and all around it has changed', of('a one\nb two\n', 'a one\nnew line\nb two\n'), 'x\ny\nz\n', 'conflict'],
  ['only put in, and there already', of('a one\nb two\n', 'a one\nnew line\nb two\n'), 'zero\na one\nnew line\nb two\n', 'there'],
  ['only taken out', of('a one\nb two\nc three\n', 'a one\nc three\n'), 'zero\na one\nb two\nc three\n', 'zero\na one\nc three\n'],
  ['taken out already', of('a one\nb two\nc three\n', 'a one\nc three\n'), 'zero\na one\nc three\n', 'there'],
  [
    'two places that look alike',
    of('x one\n  return 1;\n}\n', 'x one\n  return 2;\n}\n'),
    'y\n  return 1;\n}\nz\n  return 1;\n}\n',
    'conflict',
  ],
  [
    'carriage returns stay',
    of('a one\r\nb two\r\nc three\r\n', 'a one\r\nB two\r\nc three\r\n'),
    'a 1\r\nb two\r\nc three\r\n',
    'a 1\r\nB two\r\nc three\r\n',
  ],
  ['without a newline at its end', of('a one\nb two', 'a one\nB two'), 'zero\na one\nb two', 'zero\na one\nB two'],
])('%s', (_name, change, onto, expected) => {
  expect(outcome(change, onto)).toBe(expected);
});

test('two runs, one of which is there', () => {
  const [before, after] = ['a one\nb two\nc three\nd four\ne five\nf six\n', 'A one\nb two\nc three\nd four\ne five\nF six\n'];
  expect(outcome(of(before, after), 'A one\nb two\nc three\nd four\ne 5\nf six\n')).toBe('A one\nb two\nc three\nd four\ne 5\nF six\n');
});

test('what is no text is left to people where it has changed', () => {
  const bytes = (last: number): Buffer => Buffer.from([0xff, 0xfe, 0, last]);
  const change: FileChange = { path: 'a.bin', mode: '100644', before: bytes(1), after: bytes(2) };
  expect(rebuilt(change, unifiedDiff({ base: 'b', files: [change] }), bytes(3)).kind).toBe('conflict');
});
