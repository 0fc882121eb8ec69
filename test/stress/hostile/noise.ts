// Bytes that nobody writes on purpose, drawn by a seeded generator: real texts that are cut, spliced, repeated and turned around,
// and the signs that parsers count on.

export type Random = () => number;

export const below = (random: Random, count: number): number => Math.floor(random() * count);
export const pick = <T>(random: Random, from: readonly T[]): T => from[below(random, from.length)]!;

/** Signs that open, close, escape or end something somewhere. */
const SIGNS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '<',
    '>',
    '"',
    "'",
    '`',
    '\\',
    '/',
    ':',
    ';',
    ',',
    '=',
    '&',
    '|',
    '%',
    '$',
    '#',
    '@',
    '!',
    '*',
    '~',
    '^',
  ],
  ...[
    '\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '\0',
    '\x1b[31m',
    '\x1b]8;;http://x\x07',
    '\u2028',
    '\u202e',
    '\ufeff',
    '\ud800',
    '\u{1F600}',
    '0',
    '9',
  ],
  ...['{"', '"}', '":', '\\u0000', '\\n', '<code_block filename="', '</code_block>', '-----BEGIN', 'Traceback (most recent call last):\n'],
  ...[
    '  File "a.py", line 1, in f\n',
    '    at f (/a/b.js:1:2)\n',
    'Caused by: ',
    'ERROR ',
    'goroutine 1 [running]:\n',
    'panic: ',
    '\tat a.b.C(D.java:1)\n',
  ],
];

/** One change of a buffer. */
export function mutated(random: Random, bytes: Buffer): Buffer {
  const at = below(random, bytes.length + 1);
  const to = Math.min(bytes.length, at + below(random, 1 + Math.min(bytes.length, 400)));
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
  switch (below(random, 8)) {
    case 0:
      return Buffer.concat([before, after]);
    case 1:
      return Buffer.concat([before, part, part, after]);
    case 2:
      return before;
    case 3:
      return Buffer.concat([before, Buffer.from(pick(random, SIGNS).repeat(1 + below(random, 3))), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([before, Buffer.from(pick(random, SIGNS).repeat(1 + below(random, 20_000))), bytes.subarray(at)]);
    case 5:
      return Buffer.concat([before, Buffer.from(part).reverse(), after]);
    case 6: {
      const turned = Buffer.from(bytes);
      for (let flips = 1 + below(random, 8); flips > 0 && turned.length > 0; flips -= 1)
        turned[below(random, turned.length)] = below(random, 256);
      return turned;
    }
    default: {
      const other = below(random, bytes.length + 1);
      return Buffer.concat([before, bytes.subarray(other, other + below(random, 2000)), after]);
    }
  }
}

/** A text with several changes. @param most bytes that are left of it */
export function noisy(random: Random, bytes: Buffer, most = 1_000_000): Buffer {
  let noise = bytes;
  for (let changes = 1 + below(random, 12); changes > 0; changes -= 1) noise = mutated(random, noise).subarray(0, most);
  return noise;
}

/** A tree of JSON: mostly small, sometimes deep, wide, or of names that mean something to JavaScript. */
export function jsonOf(random: Random, depth = 0): unknown {
  const names = [
    'logs',
    'claude',
    'policy',
    'mail',
    '__proto__',
    'constructor',
    'toString',
    '',
    'a',
    'extends',
    '$schema',
    'err',
    'stack',
    'level',
  ];
  const kind = below(random, depth > 40 ? 5 : 9);
  if (kind === 0) return null;
  if (kind === 1) return pick(random, [0, -1, 1e308, 0.1, Number.MAX_SAFE_INTEGER, 2 ** 31]);
  if (kind === 2) return random() < 0.5;
  if (kind <= 4) return pick(random, SIGNS).repeat(below(random, 50));
  if (kind <= 6) return Array.from({ length: below(random, 5) }, () => jsonOf(random, depth + 1));
  return Object.fromEntries(Array.from({ length: below(random, 6) }, () => [pick(random, names), jsonOf(random, depth + 1)]));
}
