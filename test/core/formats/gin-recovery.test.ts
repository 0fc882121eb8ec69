// gin prints the stack of a panic in a form of its own: a place with its address, and the function with its line below.
import { readTrace } from '../../../src/core/formats/traces/languages.ts';

const STACK = [
  'runtime error: index out of range [10] with length 10',
  '/usr/local/go/src/runtime/panic.go:236 (0x44bf56)',
  '\tpanicBounds64: panic(e)',
  '/srv/shop/picture.go:51 (0x62bf8e)',
  "\t(*Shop).Picture: if name[i] == '*' {",
  '/root/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/context.go:174 (0x62f32e)',
  '\t(*Context).Next: c.handlers[c.index](c)',
];

test.each([
  ['in release mode', ['2026/11/29 00:36:43 [Recovery] 2026/11/29 - 00:36:43 panic recovered:', ...STACK]],
  [
    'with the request above',
    ['[Recovery] 2026/11/29 - 00:36:43 panic recovered:', 'GET /picture HTTP/1.1', 'Accept: image/tiff', '', ...STACK],
  ],
])('%s', (_name, lines) => {
  const trace = readTrace(lines);
  expect(trace).toMatchObject({ language: 'go', type: 'panic', message: STACK[0] });
  expect(trace?.frames.filter(({ inApp }) => inApp)).toMatchObject([
    { file: '/srv/shop/picture.go', line: 51, function: '(*Shop).Picture' },
  ]);
});

test('places with addresses and no function below are no stack', () => {
  expect(readTrace(['said by /srv/shop/picture.go:51 (0x62bf8e)', 'and no more'])).toBeUndefined();
});
