// How the bytes of a log become text: encodings by name, by byte order mark, and by a guess that is handed in.
// It cuts no lines; `read/lines.ts` asks it where a newline and where a character begins.

const NEWLINE = 10;

/** @returns a label of the WHATWG Encoding Standard for bytes that are not UTF-8, `undefined` when nothing fits. */
export type Guess = (sample: Uint8Array) => string | undefined;

/** How an encoding's bytes become text, and how its newlines are found. */
export interface Charset {
  /** Bytes of a newline. */
  readonly unit: 1 | 2;
  readonly isUtf8?: true;
  text(bytes: Buffer): string;
  /** Of a line that goes on: a character that has come in part is left out, and nothing is learned from it. */
  partOf(bytes: Buffer): string;
  /** The last place at or before `at` where a character begins. */
  border(bytes: Buffer, at: number): number;
  /** `position` is the offset in the file of `bytes[from]`, for the alignment of two-byte units. */
  find(bytes: Buffer, from: number, position: number): number;
}

/** @throws RangeError for an unknown encoding */
export function charsetOf(encoding: string, guess?: Guess): Charset {
  if (/^(?:auto|utf-?8)$/i.test(encoding))
    return {
      unit: 1,
      isUtf8: true,
      ...(/^auto$/i.test(encoding) && guess ? guessedText(guess) : { text: utf8Text, partOf: partOf('utf-8') }),
      border: utf8Border,
      find: findByte,
    };
  const decoder = new TextDecoder(encoding);
  const name = decoder.encoding;
  if (name === 'utf-16le' || name === 'utf-16be')
    return {
      unit: 2,
      text: (bytes) => strip(decoder.decode(bytes)),
      partOf: partOf(name),
      border: (_, at) => at - (at % 2),
      find: findUnit(name === 'utf-16le'),
    };
  return { unit: 1, text: (bytes) => decoder.decode(bytes), partOf: partOf(name), border: (_, at) => at, find: findByte };
}

const partOf =
  (encoding: string) =>
  (bytes: Buffer): string =>
    new TextDecoder(encoding).decode(bytes, { stream: true });

const utf8Text = (bytes: Buffer): string => strip(bytes.toString('utf8'));
const SAMPLE_BYTES = 4096;

/**
 * Text of a log that says nothing about its encoding. Each line that is not UTF-8 adds to the sample, so the guess gets
 * better, and depends on the lines alone. A line that is UTF-8 for the most part is damaged, not foreign.
 */
function guessedText(guess: Guess): Pick<Charset, 'text' | 'partOf'> {
  let sample: Buffer = Buffer.alloc(0);
  let charset: Charset | undefined;
  const text = (bytes: Buffer): string => {
    const plain = utf8Text(bytes);
    if (isUtf8(plain, bytes)) return plain;
    if (sample.length < SAMPLE_BYTES) {
      sample = Buffer.concat([sample, bytes]).subarray(0, SAMPLE_BYTES);
      const label = guess(sample) ?? guess(bytes);
      if (label !== undefined) charset = charsetOf(label);
    }
    return charset?.text(bytes) ?? plain;
  };
  return {
    text,
    partOf: (bytes) => {
      const plain = partOf('utf-8')(bytes);
      if (isUtf8(plain, bytes)) return plain;
      const label = charset ? undefined : guess(bytes);
      return (label === undefined ? charset : charsetOf(label))?.partOf(bytes) ?? plain;
    },
  };
}

function isUtf8(text: string, bytes: Buffer): boolean {
  const broken = text.split('\ufffd').length - 1;
  return broken === 0 || Buffer.from(text).equals(bytes) || text.replace(/[\0-\x7f\ufffd]/g, '').length > broken;
}

function utf8Border(bytes: Buffer, at: number): number {
  let border = at;
  while (border > 0 && border > at - 4 && (bytes[border]! & 0xc0) === 0x80) border--;
  return border;
}

const strip = (text: string): string => (text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);

const findByte = (bytes: Buffer, from: number): number => bytes.indexOf(NEWLINE, from);

/** In UTF-16 a newline is two bytes at an even offset. @returns the offset of the first of them. */
const findUnit =
  (little: boolean) =>
  (bytes: Buffer, from: number, position: number): number => {
    for (let at = from + (position % 2); at + 1 < bytes.length; at += 2) {
      if (bytes[at] === (little ? NEWLINE : 0) && bytes[at + 1] === (little ? 0 : NEWLINE)) return at;
    }
    return -1;
  };

/** @returns the encoding that a byte order mark at the start of `bytes` names, else `charset`. */
export function sniff(bytes: Buffer, charset: Charset): Charset {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return charsetOf('utf-16le');
  return bytes[0] === 0xfe && bytes[1] === 0xff ? charsetOf('utf-16be') : charset;
}
