// Logs and runs whose paths are not those of the repository: drives and backslashes, bundles with and without a map, names
// that a minifier has made. Which file is shown first, and is the error known again at its nearest frame?
import { locateFrames, type PlacedFrame } from '../../../src/core/context/locate.ts';
import { chooseFiles } from '../../../src/core/context/rank.ts';
import { faultOf, reproduction } from '../../../src/core/proof/reproduction.ts';
import { indexPaths } from '../../../src/core/repository/paths.ts';
import { detect } from '../read/detector-run.ts';

interface Row {
  readonly name: string;
  readonly log: string;
  readonly files: readonly string[];
  /** Shown first; `null` where nothing says which file it is. */
  readonly first: string | null;
  /** What a source map says of each frame, by its place in the trace. */
  readonly mapped?: readonly PlacedFrame[];
  readonly run: string;
  readonly want: 'yes' | 'no' | 'unknown';
}

const PRICE = "TypeError: Cannot read properties of undefined (reading 'price')";
const JS = ['src/cart.js', 'src/main.js', 'test/cart.test.js', 'package.json'];
const TS = ['src/cart.ts', 'src/main.ts', 'test/cart.test.ts', 'package.json', 'tsconfig.json'];
const PY = ['acme/orders.py', 'acme/web.py', 'tests/test_orders.py'];
const node = (...places: readonly string[]): string => `${PRICE}\n${places.map((place) => `    at ${place}\n`).join('')}`;
const python = (...places: readonly string[]): string =>
  `Traceback (most recent call last):\n${places.map((place) => `  File ${place}\n    return x\n`).join('')}KeyError: 'price'\n`;
const mapped = (file: string, line: number, name: string, from: string): PlacedFrame => ({
  ...{ file, line, column: 3, function: name, inApp: true, mappedFrom: from },
});

const ROWS: readonly Row[] = [
  {
    name: 'a log of Windows, a run of Linux',
    ...{ log: node('total (C:\\svc\\shop\\src\\cart.js:7:10)', 'main (C:\\svc\\shop\\src\\main.js:3:1)'), files: JS, first: 'src/cart.js' },
    ...{ run: node('total (/w/src/cart.js:7:10)', 'TestContext.<anonymous> (/w/test/cart.test.js:4:3)'), want: 'yes' },
  },
  {
    name: 'a log of Linux, a run of Windows',
    ...{ log: node('total (/srv/app/src/cart.js:7:10)', 'main (/srv/app/src/main.js:3:1)'), files: JS, first: 'src/cart.js' },
    ...{
      run: node('total (D:\\a\\shop\\src\\cart.js:7:10)', 'TestContext.<anonymous> (D:\\a\\shop\\test\\cart.test.js:4:3)'),
      want: 'yes',
    },
  },
  {
    name: 'addresses of files with a drive',
    ...{ log: node('total (file:///C:/svc/shop/src/cart.js:7:10)'), files: JS, first: 'src/cart.js' },
    ...{ run: node('total (file:///D:/a/shop/src/cart.js:9:10)', 'file:///D:/a/shop/test/cart.test.js:4:3'), want: 'yes' },
  },
  {
    name: 'a share of Windows',
    ...{ log: node('total (\\\\fs01\\apps\\shop\\src\\cart.js:7:10)'), files: JS, first: 'src/cart.js' },
    ...{ run: node('total (/w/src/cart.js:7:10)'), want: 'yes' },
  },
  {
    name: 'a run of Windows that dies in another function of the file',
    ...{ log: node('total (C:\\svc\\shop\\src\\cart.js:7:10)'), files: JS, first: 'src/cart.js' },
    ...{ run: node('tax (D:\\a\\shop\\src\\cart.js:20:10)'), want: 'no' },
  },
  {
    name: 'a run of Windows that dies in the test itself',
    ...{ log: node('total (C:\\svc\\shop\\src\\cart.js:7:10)'), files: JS, first: 'src/cart.js' },
    ...{ run: node('TestContext.<anonymous> (D:\\a\\shop\\test\\cart.test.js:4:3)'), want: 'no' },
  },
  {
    name: 'Python on Windows',
    ...{ log: python('"C:\\inetpub\\shop\\acme\\web.py", line 9, in show', '"C:\\inetpub\\shop\\acme\\orders.py", line 12, in price_of') },
    ...{ files: PY, first: 'acme/orders.py' },
    ...{ run: python('"D:\\a\\tests\\test_orders.py", line 5, in test_it', '"D:\\a\\acme\\orders.py", line 12, in price_of'), want: 'yes' },
  },
  {
    name: 'pytest on Windows, its short form',
    ...{ log: python('"/srv/app/acme/web.py", line 9, in show', '"/srv/app/acme/orders.py", line 12, in price_of') },
    ...{ files: PY, first: 'acme/orders.py' },
    run: "tests\\test_orders.py:5: in test_it\n    price_of({})\nacme\\orders.py:12: in price_of\n    return x['price']\nE   KeyError: 'price'\n",
    want: 'yes',
  },
  {
    name: '.NET, a log of an agent of Windows and a run of Linux',
    log: 'Unhandled exception. System.InvalidOperationException: no price\n   at Acme.Cart.Total(Order o) in C:\\agent\\_work\\1\\s\\src\\Cart.cs:line 12\n   at Acme.Program.Main() in C:\\agent\\_work\\1\\s\\src\\Program.cs:line 4\n',
    ...{ files: ['src/Cart.cs', 'src/Program.cs', 'test/CartTests.cs'], first: 'src/Cart.cs' },
    run: '  Failed Acme.CartTests.Empty [3 ms]\n  Error Message:\n   System.InvalidOperationException : no price\n  Stack Trace:\n     at Acme.Cart.Total(Order o) in /w/src/Cart.cs:line 12\n   at Acme.CartTests.Empty() in /w/test/CartTests.cs:line 9\n',
    want: 'yes',
  },
  {
    name: 'PHP on Windows',
    log: 'PHP Fatal error:  Uncaught TypeError: no price in C:\\xampp\\htdocs\\shop\\src\\Cart.php:12\nStack trace:\n#0 C:\\xampp\\htdocs\\shop\\src\\main.php(4): Cart->total()\n#1 {main}\n  thrown in C:\\xampp\\htdocs\\shop\\src\\Cart.php on line 12\n',
    ...{ files: ['src/Cart.php', 'src/main.php', 'tests/CartTest.php'], first: 'src/Cart.php' },
    run: '1) CartTest::testEmpty\nTypeError: no price\n\n/w/src/Cart.php:12\n/w/tests/CartTest.php:7\n',
    want: 'yes',
  },
  {
    name: 'Go on Windows',
    log: 'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nexample.org/shop/cart.Total(...)\n\tC:/svc/shop/cart/cart.go:12\nmain.main()\n\tC:/svc/shop/main.go:8 +0x1d\n',
    ...{ files: ['cart/cart.go', 'cart/cart_test.go', 'main.go', 'go.mod'], first: 'cart/cart.go' },
    run: '--- FAIL: TestTotal (0.00s)\npanic: runtime error: index out of range [3] with length 3 [recovered]\n\tpanic: runtime error: index out of range [3] with length 3\n\ngoroutine 6 [running]:\ntesting.tRunner.func1.2({0x1, 0x2})\n\tC:/Program Files/Go/src/testing/testing.go:1632 +0x230\npanic({0x1, 0x2})\n\tC:/Program Files/Go/src/runtime/panic.go:785 +0x132\nexample.org/shop/cart.Total(...)\n\tD:/a/shop/cart/cart.go:12\nexample.org/shop/cart.TestTotal(0x1)\n\tD:/a/shop/cart/cart_test.go:6 +0x1d\n',
    want: 'yes',
  },
  {
    name: 'Rust on Windows',
    log: "thread 'main' panicked at src\\cart.rs:7:5:\nindex out of bounds: the len is 3 but the index is 3\n",
    ...{ files: ['src/cart.rs', 'src/main.rs', 'tests/cart.rs'], first: 'src/cart.rs' },
    run: "---- empty stdout ----\n\nthread 'empty' panicked at src/cart.rs:7:5:\nindex out of bounds: the len is 3 but the index is 3\n",
    want: 'yes',
  },
  {
    name: 'Ruby on Windows',
    log: "C:/svc/shop/lib/cart.rb:7:in `total': undefined method `price' for nil:NilClass (NoMethodError)\n\tfrom C:/svc/shop/bin/run:3:in `<main>'\n",
    ...{ files: ['lib/cart.rb', 'bin/run', 'spec/cart_spec.rb'], first: 'lib/cart.rb' },
    run: "  1) cart is empty\n     Failure/Error: order.price\n\n     NoMethodError:\n       undefined method `price' for nil:NilClass\n     # ./lib/cart.rb:7:in `total'\n     # ./spec/cart_spec.rb:4:in `block (2 levels) in <top (required)>'\n",
    want: 'yes',
  },
  {
    name: 'a bundle with a map, tests on the sources',
    ...{ log: node('t (/app/dist/main.min.js:1:20412)', '/app/dist/main.min.js:1:31877'), files: TS, first: 'src/cart.ts' },
    mapped: [mapped('src/cart.ts', 7, 'total', '/app/dist/main.min.js'), mapped('src/main.ts', 3, 'main', '/app/dist/main.min.js')],
    ...{ run: node('total (/w/src/cart.ts:7:10)', 'Object.<anonymous> (/w/test/cart.test.ts:4:3)'), want: 'yes' },
  },
  {
    name: 'a bundle with a map, the short name kept in the frame',
    ...{ log: node('t (/app/dist/main.min.js:1:20412)'), files: TS, first: 'src/cart.ts' },
    mapped: [mapped('src/cart.ts', 7, 't', '/app/dist/main.min.js')],
    ...{ run: node('total (/w/src/cart.ts:7:10)', 'Object.<anonymous> (/w/test/cart.test.ts:4:3)'), want: 'yes' },
  },
  {
    name: 'a map with webpack’s names',
    ...{ log: node('t (https://shop.example/static/js/main.8f3a.js:2:9911)'), files: TS, first: 'src/cart.ts' },
    mapped: [mapped('webpack://shop/./src/cart.ts', 7, 'total', 'https://shop.example/static/js/main.8f3a.js')],
    ...{ run: node('total (/w/src/cart.ts:7:10)'), want: 'yes' },
  },
  {
    // No place is known: the name and the words of the error stand in for it.
    name: 'a bundle without a map',
    ...{ log: node('t (/app/dist/main.min.js:1:20412)', 'n (/app/dist/main.min.js:1:31877)'), files: TS, first: null },
    ...{ run: node('total (/w/src/cart.ts:7:10)', 'Object.<anonymous> (/w/test/cart.test.ts:4:3)'), want: 'yes' },
  },
  {
    name: 'compiled one file for one, without a map',
    ...{ log: node('total (/app/dist/cart.js:9:10)', 'main (/app/dist/main.js:3:1)'), files: TS, first: 'src/cart.ts' },
    ...{ run: node('total (/w/src/cart.ts:7:10)', 'Object.<anonymous> (/w/test/cart.test.ts:4:3)'), want: 'yes' },
  },
  {
    name: 'compiled on Windows one file for one, tests on what was compiled',
    ...{ log: node('total (C:\\svc\\shop\\dist\\cart.js:9:10)'), files: TS, first: 'src/cart.ts' },
    ...{ run: node('total (/w/dist/cart.js:9:10)', 'TestContext.<anonymous> (/w/dist-test/cart.test.js:4:3)'), want: 'yes' },
  },
];

test.each(ROWS)('$name', ({ log, files, first, mapped: frames, run, want }) => {
  const [event] = detect(log);
  if (event === undefined) throw new Error('no event');
  const placed = frames ?? event.frames;
  const index = indexPaths(files);
  const entries = files.map((path) => ({ path }));
  const shown = chooseFiles({ ...event, frames: placed }, entries, { subdir: '', roots: [] }).files[0]?.path ?? null;
  const fault = faultOf(event, locateFrames(placed, index, { language: event.language, subdir: '', roots: [] }));
  const around = { index, subdir: '', tests: new Map(), sources: new Map() };
  expect({ shown, kind: reproduction(fault, run, around).kind }).toEqual({ shown: first, kind: want });
});
