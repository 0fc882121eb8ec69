// What was thrown, read without asking which realm made it.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { codeOf, messageOf } from '../../src/platform/errno.ts';

const missing = thrownBy(() => readFileSync('/no/such/file'));
const elsewhere = runInNewContext("Object.assign(new Error('of another realm'), { code: 'ELSEWHERE' })");

const rows: readonly [name: string, thrown: unknown, code: string, message: string][] = [
  ['a system error', missing, 'ENOENT', "ENOENT: no such file or directory, open '/no/such/file'"],
  ['an error of another realm', elsewhere, 'ELSEWHERE', 'of another realm'],
  ['a library that numbers its errors', { code: 7, message: 'seven' }, '7', 'seven'],
  ['several addresses that all refused', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED', 'ECONNREFUSED'],
  ['a message of several lines', new Error('first\nsecond'), '', 'first'],
  ['a text', 'just words', '', 'just words'],
  ['nothing', undefined, '', 'undefined'],
  ['null', null, '', 'null'],
];

test.each(rows)('%s', (_name, thrown, code, message) => {
  expect(codeOf(thrown)).toBe(code);
  expect(messageOf(thrown)).toBe(message);
});

function thrownBy(work: () => unknown): unknown {
  try {
    return work();
  } catch (thrown) {
    return thrown;
  }
}
