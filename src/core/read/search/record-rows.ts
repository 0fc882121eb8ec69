// What the search knows of JSON records, in its memory: the names on whose values a level may depend, and the signatures of
// records that were read in full and say nothing. `wasm/json.ts` walks through records and makes signatures.
// The names are not listed here: the readers are asked with records that note what they are asked for.

import { families } from '../../formats/json-families.ts';
import type { Fields } from '../../formats/json-fields.ts';
import type { HeadSays } from './head-states.ts';

export interface RecordRows {
  /** Of the record that was looked at last: it is one, and its signature holds all that its level may depend on. */
  readonly isSigned: boolean;
  /** That signature, as text of bytes. */
  readonly signature: string;
  /** It has no field that an envelope of a line of text would not have. */
  readonly isEnvelope: boolean;
  /** From here on, records of the signature of the one looked at last say this. An envelope says what its line does, of its stream. */
  approve(said: HeadSays, isEnvelope: boolean): void;
}

// The places and numbers that `wasm/memory.ts` and `wasm/json.ts` name.
const SIGNATURE = 1024;
const KEYS = 0x11_1000 + 0x1_0000 + 0x4_0000;
const KEY_SLOTS = 512;
const KEY_ROWS = KEYS + 0x1000;
const KEY_ROWS_SIZE = 0x2000;
const APPROVED = KEY_ROWS + KEY_ROWS_SIZE;
const APPROVED_SLOTS = 512;
const APPROVED_ROWS = APPROVED + 0x1000;
const APPROVED_SIZE = 0x8000;
const QUIET = 1;
const WRAPS = 2;
const LOUD = 3;
const EXACT = 1;
const LINE = 2;
const ENVELOPE = 4;
const NEVER = 8;
const ROOT = 1;

/** Fields of an envelope, as `json.ts` knows them; the line stands in the first. */
export const ENVELOPE_NAMES: readonly string[] = [
  'log',
  'stream',
  'time',
  'timestamp',
  '@timestamp',
  'date',
  'source',
  'tag',
  'attrs',
  'kubernetes',
  'filename',
  'file',
];
/** An export of many records is another thing. */
export const NOT_RECORDS: readonly string[] = ['resourceLogs'];

/** Path of a name → whether its very value may matter, or only that it is there and of what kind its value is. */
export function levelPaths(): ReadonlyMap<string, boolean> {
  const found = new Map<string, boolean>();
  const answers: readonly unknown[] = [undefined, 0, 1, 'x', 'info', [], true];
  const noting = (isExact: boolean, answer: unknown): Fields => {
    const get = (path: string): unknown => {
      found.set(path, isExact || found.get(path) === true);
      return answer;
    };
    const text = (...names: string[]): string | undefined => {
      const values = names.map(get);
      return values.find((value) => typeof value === 'string') as string | undefined;
    };
    return { get, text, has: (path) => get(path) !== undefined };
  };
  for (const answer of answers) {
    for (const family of families) {
      family.is(noting(false, answer));
      family.level(noting(true, answer));
    }
  }
  return found;
}

interface SignatureFunctions {
  signatureLength(): number;
  signatureHash(): number;
}

export function createRecordRows(memory: ArrayBuffer, wasm: SignatureFunctions): RecordRows {
  const bytes = Buffer.from(memory);
  writeNames(bytes);
  let used = 4;
  let filled = 0;
  const approved = new Set<string>();
  const slots = new Int32Array(memory, APPROVED, APPROVED_SLOTS * 2);
  return {
    get isSigned() {
      return wasm.signatureLength() > 0;
    },
    get signature() {
      return bytes.toString('latin1', SIGNATURE, SIGNATURE + wasm.signatureLength());
    },
    get isEnvelope() {
      return wasm.signatureLength() > 0 && bytes[SIGNATURE + wasm.signatureLength() - 1] !== 0;
    },
    approve({ isQuiet, stream }, isEnvelope) {
      const length = wasm.signatureLength();
      const hash = wasm.signatureHash();
      if (approved.has(this.signature)) return;
      if (used + length + 4 > APPROVED_SIZE || filled >= APPROVED_SLOTS / 2) {
        slots.fill(0);
        approved.clear();
        used = 4;
        filled = 0;
      }
      bytes.writeUInt16LE(length, APPROVED_ROWS + used);
      bytes[APPROVED_ROWS + used + 2] = isEnvelope ? WRAPS : isQuiet ? QUIET : LOUD;
      bytes[APPROVED_ROWS + used + 3] = stream;
      bytes.copyWithin(APPROVED_ROWS + used + 4, SIGNATURE, SIGNATURE + length);
      put(slots, APPROVED_SLOTS, hash, used);
      used = (used + length + 4 + 3) & ~3;
      approved.add(this.signature);
      filled++;
    },
  };
}

function put(slots: Int32Array, size: number, hash: number, value: number): void {
  let slot = Math.imul(hash, 0x9e37_79b1) >>> (32 - Math.log2(size));
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) % size;
  slots.set([hash, value], slot * 2);
}

/** A row for each name below each parent: parent, length, number, use, bytes. A dotted path is a name by itself, too. */
function writeNames(bytes: Buffer): void {
  const slots = new Int32Array(bytes.buffer, KEYS, KEY_SLOTS * 2);
  const numbers = new Map<string, number>();
  let used = 4;
  const add = (parent: number, name: string, use: number): number => {
    const key = `${parent} ${name}`;
    const known = numbers.get(key);
    const number = known ?? ROOT + 1 + numbers.size;
    const text = Buffer.from(name);
    if (known !== undefined) {
      for (let row = KEY_ROWS + 4; row < KEY_ROWS + used; row += (4 + bytes[row + 1]! + 3) & ~3)
        if (bytes[row + 2] === known) bytes[row + 3]! |= use;
      return number;
    }
    if (number > 255 || used + 8 + text.length > KEY_ROWS_SIZE) throw new RangeError('more names than there is room for');
    numbers.set(key, number);
    bytes.set([parent, text.length, number, use, ...text], KEY_ROWS + used);
    put(
      slots,
      KEY_SLOTS,
      text.reduce((hash, byte) => (Math.imul(hash, 31) + byte) & 0x7fff_ffff, parent),
      used,
    );
    used = (used + 4 + text.length + 3) & ~3;
    return number;
  };
  for (const [path, isExact] of levelPaths()) {
    const use = isExact ? EXACT : 0;
    add(ROOT, path, use);
    const names = path.split('.');
    names.reduce((parent, name, index) => add(parent, name, index === names.length - 1 ? use : 0), ROOT);
  }
  for (const [index, name] of ENVELOPE_NAMES.entries())
    add(ROOT, name, index === 0 ? ENVELOPE | LINE : name === 'stream' ? ENVELOPE | EXACT : ENVELOPE);
  for (const name of NOT_RECORDS) add(ROOT, name, NEVER);
}
