// Values as programs put them into messages, drawn by the name of the expression. A quarter of names are plain words, as
// people choose them: those nobody can tell from the message's own.
import { createHash } from 'node:crypto';

const WORDS =
  'orders billing payment user session cart invoice cache index worker inventory shipping alpha beta main primary replica staging prod west report daily account product catalog search email audit history metrics events stream queue group leader backup archive temp draft public private remote local image config profile token region zone tenant project branch'.split(
    ' ',
  );
const PEOPLE = ['alice', 'bob', 'root', 'admin', 'deploy', 'postgres', 'www-data', 'svc_backup', 'j.smith'];
const ENDINGS = ['log', 'txt', 'json', 'yaml', 'conf', 'db', 'csv', 'gz', 'js', 'py'];
const CAUSES = ['connection refused', 'permission denied', 'unexpected end of input', 'invalid argument', 'broken pipe', 'out of memory'];

/** @returns a generator of numbers from 0 to 1 that is the same for the same seed */
export function seeded(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @returns how to draw one value for an expression, by its name */
export function valuesFor(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const int = (from, to) => from + Math.floor(random() * (to - from + 1));
  const hex = (length) => Array.from({ length }, () => '0123456789abcdef'[int(0, 15)]).join('');
  const capital = (word) => word[0].toUpperCase() + word.slice(1);
  const number = () => String(pick([int(0, 9), int(10, 999), int(1000, 999_999), int(1_000_000, 2_000_000_000)]));
  const name = () => {
    const [a, b] = [pick(WORDS), pick(WORDS)];
    return pick([
      a,
      a,
      a,
      `${a}-${b}`,
      `${a}_${b}`,
      capital(a) + capital(b),
      a + capital(b),
      `${a}.${b}`,
      `${a}-${int(0, 99)}`,
      `${a}${int(1, 20)}`,
    ]);
  };
  const host = () =>
    pick([
      `10.${int(0, 255)}.${int(0, 255)}.${int(1, 254)}`,
      `${pick(WORDS)}.example.com`,
      `${pick(WORDS)}-${int(1, 30)}.internal`,
      'localhost',
    ]);
  const path = () =>
    pick([
      `/var/${name()}/${name()}.${pick(ENDINGS)}`,
      `/tmp/${name()}`,
      `./${pick(WORDS)}/${name()}.${pick(ENDINGS)}`,
      `${name()}.${pick(ENDINGS)}`,
    ]);
  const type = () =>
    pick([
      `${capital(pick(WORDS))}${capital(pick(WORDS))}`,
      `com.${pick(WORDS)}.${capital(pick(WORDS))}`,
      pick(['string', 'object', 'undefined']),
    ]);
  const list = () => `[${Array.from({ length: int(0, 4) }, name).join(', ')}]`;
  const kinds = [
    [/err|cause|reason|message/i, () => pick(CAUSES), 1],
    [/ur[il]|href|endpoint/i, () => `https://${host()}/${pick(WORDS)}/${name()}?id=${int(1, 999)}`],
    [/path|file|dir|cwd/i, path],
    [/host|addr|domain|server/i, host],
    [/user|owner|login/i, () => pick(PEOPLE)],
    [/type|class|constructor/i, type],
    [/length|size|count|index|num|max|min|limit|port|code|line|offset|bytes|depth/i, number],
    [/hash|sha|digest|uuid|\bid\b|token/i, () => hex(pick([8, 12, 32, 40]))],
    [/version/i, () => `${int(0, 9)}.${int(0, 20)}.${int(0, 30)}`],
    [/join\(|list|names|keys|stringify|inspect/i, list],
    [/timeout|elapsed|\bms\b/i, () => `${int(1, 9000)}${pick(['', 'ms', ' ms', ' seconds'])}`],
  ];
  return (hint) => {
    const [, make, most = 6] = kinds.find(([pattern]) => pattern.test(hint)) ?? [null, pick([name, name, number, path, type])];
    return Array.from({ length: most === 1 ? 1 : int(1, most) }, make);
  };
}
