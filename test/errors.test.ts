// The catalogue of errors: each code is made with exactly what its texts name, and reads as every other.
import { errorIn } from '../src/core/texts/chinese/errors.ts';
import { asAiOpsError, CATALOGUE, type ErrorCode, fail, rowOf } from '../src/errors.ts';

const ROWS = Object.entries(CATALOGUE).map(([code, { message, hint }]) => ({ code: code as ErrorCode, message, hint }));

test.each(ROWS)('$code reads as an error and its hint', ({ message, hint }) => {
  for (const text of [message, hint]) {
    expect(text).not.toMatch(/\.$|\n|\{\W/);
    expect(text.trim()).not.toBe('');
  }
});

test('what is not asked for stays open until the outcome of the repair is known: the trace of a hint, and nothing else', () => {
  expect(fail('answer-outside', { path: '../x' })).toMatchObject({
    message: 'the answer names a file that is not in the repository: ../x',
    hint: 'nothing was written; read the answer with `ai-ops status {trace}`',
  });
  // A message is read at once.
  expect(fail('trace-not-found', { trace: '4k2x' }).message).toBe('no trace 4k2x in the ledger');
});

test('the type checker asks for exactly the placeholders', () => {
  fail('no-logs');
  fail('interrupted', {}, new Error('aborted'));
  fail('host-forbidden', { host: 'h', detail: 'd', grant: 'g' });
  // @ts-expect-error without its parameters
  fail('log-not-found');
  // @ts-expect-error one of two is missing
  fail('log-unreadable', { source: 'app.log' });
  // @ts-expect-error a placeholder of the hint is missing
  fail('host-limit', { host: 'h', detail: 'd' });
  // @ts-expect-error a name that no text has
  fail('log-not-found', { source: 'app.log', detail: 'x' });
  // @ts-expect-error a code without placeholders
  fail('no-logs', { detail: 'x' });
  // @ts-expect-error the trace of a hint is filled later
  fail('answer-empty', { trace: '4k2x' });
  // @ts-expect-error the trace of a message is not
  fail('trace-not-found', {});
  const either = ROWS.length > 0 ? 'log-not-found' : 'token-missing';
  fail(either, { source: 'app.log', host: 'h', variable: 'V' });
  // @ts-expect-error of two codes the placeholders of both
  fail(either, { source: 'app.log' });
});

test.each([
  ['log-unreadable', { source: 'a.log', detail: 'too many open files' }, 'EMFILE', /raise the limit of open files/],
  ['log-unreadable', { source: 'a.log', detail: 'permission denied' }, 'EACCES', /^check the permissions/],
  ['log-unreadable', { source: '/dev/ttyS0', detail: 'not a regular file' }, undefined, /pipe that in as `-`/],
  ['state-unwritable', { dir: '/s', detail: 'ENOSPC: no space left on device' }, undefined, /^free some space/],
  ['state-unwritable', { dir: '/proc/x', detail: 'ENOENT: no such file or directory' }, undefined, /^check the path/],
  ['state-unwritable', { dir: '/s', detail: 'EACCES: permission denied' }, 'EACCES', /^make it writable/],
  ['file-unwritable', { file: 'r.html', detail: 'EROFS' }, 'EROFS', /read-only/],
  ['config-unreadable', { file: 'x.json', detail: 'no such file' }, 'ENOENT', /^check the path, the permissions/],
] as const)('what to do about %s %j goes by the reason of the system', (code, parameters, named, hint) => {
  const error = fail(code, parameters as never, named && Object.assign(new Error(named), { code: named }));
  expect(error.hint).toMatch(hint);
  expect(errorIn('zh', code, rowOf(code), error).hint).toMatch(/[\u4e00-\u9fff]/);
});

test('a disk that is full passes: who begins again by itself may do so', () => {
  expect(fail('state-unwritable', { dir: '/s', detail: 'ENOSPC: no space left on device' }).exitCode).toBe(7);
  expect(fail('state-unwritable', { dir: '/s', detail: 'EACCES: permission denied' }).exitCode).toBe(2);
});

test('of two errors, the second on the way out, the first says why', () => {
  const first = fail('state-unwritable', { dir: '/s', detail: 'ENOSPC: no space left on device' });
  expect(asAiOpsError(new SuppressedError(new Error('close'), first, 'An error was suppressed during disposal'))).toBe(first);
});
