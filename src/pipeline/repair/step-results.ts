// What a step leaves for a resume, as one text: the facts it has learned and, exactly, the value that later steps need.
// A value that holds a secret is never written down; the step is then made again.
import { defined } from '../../core/defined.ts';
import { stripHidden } from '../../core/redact/redact.ts';
import type { Redact } from '../../ports.ts';

/** Grows when the meaning of what is kept changes: what an older ai-ops has kept is then made again. */
const FORMAT = 1;

export interface Keepsake {
  /** Redacted, as everything in a trace. */
  readonly facts: object;
  /** Absent where it could not be kept. */
  readonly value?: { readonly exact: unknown };
}

/** The text, and whether the value is in it. */
export function pack(facts: object, value: unknown, redact: Redact): { readonly text: string; readonly isWhole: boolean } {
  const exact = exactly(value, redact);
  const head = `{"format":${FORMAT},"facts":${JSON.stringify(facts)}`;
  return { text: exact === undefined ? `${head}}` : `${head},"value":${exact}}`, isWhole: exact !== undefined };
}

/** @returns `undefined` for what another version has kept */
export function unpack(text: string): Keepsake | undefined {
  const { format, facts, value } = JSON.parse(text, revive) as { format: number; facts: object; value?: { exact: unknown } };
  if (format !== FORMAT) return undefined;
  return { facts, ...defined({ value }) };
}

/** JSON in which bytes survive; `undefined` where the redactor would take something out of it. */
function exactly(value: unknown, redact: Redact): string | undefined {
  let isClean = true;
  const look = (text: string): void => {
    // Hidden characters and CRLF are no secrets, and belong to the exact text.
    isClean &&= redact(text) === stripHidden(text);
  };
  const text = JSON.stringify({ exact: value }, function replace(this: Readonly<Record<string, unknown>>, key: string, plain: unknown) {
    // `plain` is what `toJSON` has made of a Buffer already.
    const own = this[key];
    if (!Buffer.isBuffer(own)) {
      // Bytes were looked at as text.
      if (typeof plain === 'string' && key !== 'bytesInBase64') look(plain);
      return plain;
    }
    look(own.toString('utf8'));
    return { bytesInBase64: own.toString('base64') };
  });
  return isClean ? text : undefined;
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('bytesInBase64' in value)) return value;
  return Buffer.from(String(value.bytesInBase64), 'base64');
}
