// Logs for the benchmarks: one line in twenty is an error. The same file for the same arguments; nothing is random.
import { closeSync, openSync, statSync, writeSync } from 'node:fs';

/** Single errors of one bug, with a number, a user and a thread that vary. */
export const single = (n) => `ERROR [worker-${n % 8}] com.acme.Shop: order ${n} failed for user ${n}\n`;

/** One bug with its stack trace. */
export const trace = (n) =>
  `ERROR [worker-${n % 8}] com.acme.Shop: order ${n} failed\njava.lang.IllegalStateException: no price for order ${n}\n` +
  '\tat com.acme.Prices.of(Prices.java:42)\n\tat com.acme.Shop.place(Shop.java:118)\n\tat com.acme.Main.run(Main.java:12)\n';

/** `kinds` different bugs, told apart by a word. */
export const many = (kinds) => (n) =>
  `ERROR [worker-${n % 8}] com.acme.Shop: cannot load module ${word((n / 20) % kinds)} for order ${n}\n`;

/**
 * Writes a log of at least `bytes`, or of `lines` records.
 * @param error the rest of the line (or lines) of record `n`, behind its time
 * @returns {{ bytes: number, records: number, errors: number }}
 */
export function writeLog(file, error, { bytes = Number.POSITIVE_INFINITY, lines = Number.POSITIVE_INFINITY }) {
  const descriptor = openSync(file, 'w');
  let parts = [];
  let size = 0;
  let records = 0;
  for (; size < bytes && records < lines; ) {
    records++;
    const record =
      stamp(records) +
      (records % 20 === 0 ? error(records) : `INFO [worker-${records % 8}] com.acme.Shop: order ${records} placed in ${records % 97} ms\n`);
    size += record.length;
    parts.push(record);
    if (parts.length === 20_000) {
      writeSync(descriptor, parts.join(''));
      parts = [];
    }
  }
  writeSync(descriptor, parts.join(''));
  closeSync(descriptor);
  return { bytes: statSync(file).size, records, errors: Math.floor(records / 20) };
}

const two = (n) => String(n % 60).padStart(2, '0');
const stamp = (n) => `2026-03-01 10:${two(Math.floor(n / 60))}:${two(n)},${String(n % 1000).padStart(3, '0')} `;

/** Five consonants that no rule takes for a number or a name of something else. */
function word(n) {
  let rest = n;
  let text = '';
  for (let letter = 0; letter < 5; letter++) {
    text += 'bcdfghjklmnpqrstvwxz'[rest % 20];
    rest = Math.floor(rest / 20);
  }
  return text;
}
