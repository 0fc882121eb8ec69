import { createRedactor } from '../../../src/core/redact/redact.ts';
import { pack, unpack } from '../../../src/pipeline/repair/step-results.ts';

const redact = createRedactor(['configured-secret-value']);
const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['words', 'grüße 日本\u0000\u001b[31m \u200b "quoted" \\'],
  ['CRLF, a BOM and no newline at the end', Buffer.from('\ufeffone\r\ntwo')],
  ['bytes that are no text', Buffer.from([0, 255, 254, 128, 10])],
  ['no bytes at all', Buffer.alloc(0)],
  ['a change set', { base: 'c0ffee', files: [{ path: 'a', mode: '100755', before: Buffer.from('x'), after: Buffer.from('y\n') }] }],
  ['a tree of everything', { list: [1, 'two', null, true, { deep: [Buffer.from('three')] }], 'odd key \n': 0.1 }],
])('exactly as it was: %s', (_name, value) => {
  const { text, isWhole } = pack({ costUsd: 0.5 }, value, redact);
  expect(isWhole).toBe(true);
  expect(unpack(text)).toEqual({ facts: { costUsd: 0.5 }, value: value === undefined ? {} : { exact: value } });
});

test.each<[string, unknown]>([
  ['a configured secret', 'it was configured-secret-value, I think'],
  ['a token by its form', { deep: [`token ${TOKEN}`] }],
  ['a token in bytes', { files: [{ after: Buffer.from(`const t = '${TOKEN}';\r\n`) }] }],
  ['a secret with hidden characters in it', 'configured-secret\u200b-value'],
  ['a secret that JSON would escape', 'const password = "hunter22-and-more";'],
])('not written down: %s', (_name, value) => {
  const { text, isWhole } = pack({ turns: 1 }, value, redact);
  expect(isWhole).toBe(false);
  expect(text).toBe('{"format":1,"facts":{"turns":1}}');
  expect(unpack(text)).toEqual({ facts: { turns: 1 } });
});

test('what another format has kept is not read', () => {
  expect(unpack('{"format":0,"facts":{},"value":{"exact":1}}')).toBeUndefined();
});
