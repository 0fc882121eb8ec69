// Outputs of test runners, most of them as they were really printed, each beside the error of a log: is it that one?
// Half of them was read while the rules were written; of the other half, told by a hash of its name, only the sum counts.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { locateFrames } from '../../../src/core/context/locate.ts';
import type { ErrorEvent, Language } from '../../../src/core/model.ts';
import { moved } from '../../../src/core/proof/moved-code.ts';
import { faultOf, named, type Reproduction, reproduction } from '../../../src/core/proof/reproduction.ts';
import { onlyTests, testLines, testsAtEnd } from '../../../src/core/repository/in-source/split.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';

interface Case {
  readonly want: Reproduction['kind'];
  readonly log: {
    readonly type: string | null;
    readonly message: string;
    readonly language: Language;
    /** File, line, function, and `false` where it is not the application's own. */
    readonly frames: readonly (readonly [file: string, line: number, name: string | null, inApp?: boolean])[];
  };
  /** Files of the repository. */
  readonly paths: readonly string[];
}

const DIR = join(import.meta.dirname, 'runs');
const NAMES = readdirSync(DIR).map((file) => file.replace(/\.txt$/, ''));
const isTuned = (name: string): boolean => (createHash('sha256').update(name).digest()[0] ?? 0) % 2 === 0;

function judged(name: string): { readonly want: string; readonly got: string } {
  const text = readFileSync(join(DIR, `${name}.txt`), 'utf8');
  const end = text.indexOf('\n');
  const { want, log, paths } = JSON.parse(text.slice(0, end)) as Case;
  const frames = log.frames.map(([file, line, called, inApp = true]) => ({
    file,
    line,
    inApp,
    ...(called === null ? {} : { function: called }),
  }));
  const index = indexPaths(paths);
  const event: Pick<ErrorEvent, 'type' | 'message' | 'language'> = log;
  const fault = faultOf(event, locateFrames(frames, index, { language: log.language, subdir: '', roots: [] }));
  const { kind } = reproduction(fault, text.slice(end + 1), { index, subdir: '', tests: new Map(), sources: new Map() });
  return { want, got: kind };
}

test.each(NAMES.filter(isTuned))('%s', (name) => {
  const { want, got } = judged(name);
  expect(got).toBe(want);
});

test('the half that nobody looked at', () => {
  const rest = NAMES.filter((name) => !isTuned(name)).map(judged);
  expect(rest.filter(({ want, got }) => got === 'yes' && want !== 'yes')).toEqual([]);
  expect(rest.filter(({ want, got }) => want === got).length).toBeGreaterThanOrEqual(30);
});

/** The log says that `total` found its result wrong; what of these asks for that result? */
const ASSERTIONS: readonly (readonly [statement: string, source: string, want: Reproduction['kind']])[] = [
  ['self.assertEqual(total([1]), 1)', 'def total(items):\n    return 0\n', 'yes'],
  ['self.assertEqual(list(total([1])), [1])', 'def total(items):\n    return 0\n', 'yes'],
  ["self.assertIn('total(items, rate)', text)", 'def total(items):\n    return 0\n', 'no'],
  ['self.assertTrue(subtotal([1]))', 'def total(items):\n    return 0\n', 'no'],
  ['self.assertTrue(1 > 2)  # total([1])', 'def total(items):\n    return 0\n', 'no'],
  ['self.assertEqual(total([1]), 1)', 'def total(items):\n    assert items\n    return 0\n', 'no'],
];

test.each(ASSERTIONS)('an assertion in the log: %s, %j: %s', (statement, source, want) => {
  const paths = ['shop/cart.py', 'tests/test_cart.py'];
  const index = indexPaths(paths);
  const frames = [{ file: '/srv/app/shop/cart.py', line: 2, function: 'total', inApp: true }];
  const fault = faultOf(
    { type: 'AssertionError', message: 'job failed', language: 'python' },
    locateFrames(frames, index, { language: 'python', subdir: '', roots: [] }),
  );
  const output = `Traceback (most recent call last):\n  File "/w/tests/test_cart.py", line 2, in test_it\n    ${statement}\nAssertionError: 0 != 1\n`;
  const around = {
    ...{ index, subdir: '' },
    tests: new Map([['tests/test_cart.py', `def test_it(self):\n    ${statement}\n`]]),
    sources: new Map([['shop/cart.py', source]]),
  };
  expect(reproduction(fault, output, around).kind).toBe(want);
});

test('what is printed without the new tests too is not theirs', () => {
  const index = indexPaths(['shop/cart.py', 'tests/test_cart.py']);
  const frames = [{ file: '/srv/app/shop/cart.py', line: 2, function: 'total', inApp: true }];
  const fault = faultOf(
    { type: 'KeyError', message: "'price'", language: 'python' },
    locateFrames(frames, index, { language: 'python', subdir: '', roots: [] }),
  );
  const output = "Traceback (most recent call last):\n  File \"/w/shop/cart.py\", line 2, in total\n    x['price']\nKeyError: 'price'\n";
  const around = { index, subdir: '', tests: new Map(), sources: new Map() };
  expect(reproduction(fault, `${output}\nFAILED\n`, around, output).kind).toBe('no');
  expect(reproduction(fault, `${output}\nFAILED\n\n${output}`, around, output).kind).toBe('yes');
});

const CHAIN = (source: string): string =>
  [
    'Traceback (most recent call last):',
    '  File "/srv/app/shop/parse.py", line 4, in build',
    '    return make(args)',
    "TypeError: make() missing 1 required positional argument: 'dialect'",
    '',
    'During handling of the above exception, another exception occurred:',
    '',
    'Traceback (most recent call last):',
    '  File "/srv/app/shop/parse.py", line 9, in total',
    '    return path(args)',
    '  File "/srv/app/shop/path.py", line 3, in path',
    `    ${source}`,
    'IndexError: list index out of range',
  ].join('\n');

test.each([
  ['failed by itself', 'return tokens[at]', 'shop/path.py'],
  ['was raised by hand', 'raise IndexError("list index out of range")', 'shop/parse.py'],
])('of an error while another one was handled: where it %s', (_how, source, path) => {
  const index = indexPaths(['shop/parse.py', 'shop/path.py']);
  const frames = [4, 3, 9].map((line) => ({ file: `/srv/app/shop/${line === 3 ? 'path' : 'parse'}.py`, line, inApp: true }));
  const located = locateFrames(frames, index, { language: 'python', subdir: '', roots: [] });
  const event = { type: 'IndexError', rootCause: { type: 'TypeError', message: null }, message: 'list index out of range' };
  expect(faultOf({ ...event, language: 'python', text: CHAIN(source) }, located).place?.paths).toEqual([path]);
});

/** `first` of Rust unwraps nothing; the file holds its tests, one of the same name. */
const RUST =
  'pub fn first(x: &[i64]) -> i64 {\n    *x.first().unwrap()\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn first() {\n        None.unwrap()\n    }\n}\n';

test.each([
  ['in the code', 2, 'yes'],
  ['in the test of the same name', 9, 'no'],
])('a source that holds its tests: an error %s', (_, line, want) => {
  const index = indexPaths(['src/lib.rs']);
  const message = 'called `Option::unwrap()` on a `None` value';
  const panic = (at: number): string => `thread 'tests::first' (7) panicked at src/lib.rs:${at}:9:\n${message}\n`;
  const frames = [{ file: 'src/lib.rs', line: 2, inApp: true }];
  const log = { type: 'panic', message, language: 'rust' as const };
  const sources = new Map([['src/lib.rs', RUST]]);
  const fault = named(faultOf(log, locateFrames(frames, index, { language: 'rust', subdir: '', roots: [] })), sources);
  const around = {
    ...{ index, subdir: '', sources, tests: new Map([['src/lib.rs', onlyTests('src/lib.rs', RUST)]]) },
    testLines: new Map([['src/lib.rs', testLines('src/lib.rs', RUST)]]),
  };
  expect(reproduction(fault, panic(line as number), around).kind).toBe(want);
});

test('tests behind the code are moved further than it', () => {
  const from = testsAtEnd('src/lib.rs', RUST);
  const text = moved(RUST, from) ?? '';
  expect(testLines('src/lib.rs', RUST)[0]?.[0]).toBe(5);
  expect(testLines('src/lib.rs', text)[0]?.[0]).toBe(5 + 7 + 4);
  expect(testsAtEnd('src/lib.rs', `${RUST}fn last() {}\n`)).toBeUndefined();
});
