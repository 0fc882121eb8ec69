import { createHash } from 'node:crypto';
import { sha256 } from '../../src/core/hash.ts';

describe('sha256', () => {
  // FIPS 180-4 example vectors (NIST, Cryptographic Standards and Guidelines).
  const vectors: readonly (readonly [name: string, input: string, expected: string])[] = [
    ['empty', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['one block', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'two blocks',
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a million', 'a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ];
  test.each(vectors)('%s', (_, input, expected) => {
    expect(sha256(input)).toBe(expected);
  });

  test('agrees with the platform for every length around the block borders', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'é'.repeat(length % 7) + 'x'.repeat(length);
      const expected = createHash('sha256').update(text).digest('hex');
      expect([sha256(text), sha256(Buffer.from(text))]).toEqual([expected, expected]);
    }
  });
});
