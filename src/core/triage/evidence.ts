// What triage knows of one error of an event's chain, and what a rule answers. Types, and the words of a name.
import { remembering } from '../formats/remember.ts';
import type { TriageClass } from '../tables.ts';

/** One thing that was seen, in the text or in the source. `contributes` where it says the class; the first has decided. */
export interface Evidence {
  readonly kind:
    | 'runtime-fault'
    | 'raise-site'
    | 'errno'
    | 'sqlstate'
    | 'driver'
    | 'resource'
    | 'tls'
    | 'status'
    | 'name'
    | 'words'
    | 'use';
  /** As it was written: a name, a code, the line of source. */
  readonly value: string;
  readonly contributes: boolean;
}

/** The answer of one rule. */
export interface Finding {
  readonly class: TriageClass;
  readonly kind: Evidence['kind'];
  readonly value: string;
}

/** One error of the chain: the one that was raised last comes first, its innermost cause behind it. */
export interface Raised {
  /** Without generics; empty where the log names none. */
  readonly type: string;
  readonly message: string;
}

/**
 * A type's own name in words, without its packages, in lower case.
 * @example wordsOf('java.net.SocketTimeoutException') // 'socket timeout exception'
 * @example wordsOf('ActiveRecord::RecordNotFound') // 'record not found'
 */
export const wordsOf = remembering((type: string): string =>
  ownName(type)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/[_\s-]+/g, ' ')
    .toLowerCase()
    .trim(),
);

/**
 * Types come again and again, and each rule asks for their names.
 * @example ownName('psycopg2.errors.UndefinedColumn') // 'UndefinedColumn'
 */
export const ownName = remembering(
  (type: string): string =>
    type
      .split(/[.\\/$]|::/)
      .filter(Boolean)
      .at(-1) ?? '',
);
