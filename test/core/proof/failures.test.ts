// Names of failing tests and what they asserted go to Claude; what a program has printed beside that does not.
import { failureWords } from '../../../src/core/proof/failures.ts';

test('names and assertions, and not what was printed', () => {
  const output = [
    'test_total (tests.test_cart.CartTest.test_total) ... FAIL',
    'test_empty (tests.test_cart.CartTest.test_empty) ... ok',
    'root:x:0:0:root:/root:/bin/bash',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA somebody',
    'AssertionError: 0 != 1',
    'Ran 2 tests in 0.001s',
    '',
    'FAILED (failures=1)',
  ].join('\n');
  const words = failureWords(output);
  expect(words).toContain('AssertionError: 0 != 1');
  expect(words).toMatch(/failed: .*test_total/);
  expect(words).not.toMatch(/root:x|ssh-ed25519|test_empty/);
});

test('of a run that says nothing of tests nothing is sent', () => {
  expect(failureWords('a\nb\n')).toBe('');
});
