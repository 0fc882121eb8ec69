// Records of real programs, one run of a program each: what it logs before, the record, what it logs behind it. How they
// were made, and that what is right was written from the program's source, tells test/golden/records/README.md.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An event as the source of the program says it. */
export interface ExpectedEvent {
  readonly first: number;
  readonly last: number;
  readonly level: string;
  /** The class without its package; `null` where nothing was thrown. */
  readonly type: string | null;
  /** Words that the message holds; `null` where the runtime words it. */
  readonly message: string | null;
  readonly frame: { readonly file: string; readonly line: number | null; readonly function: string | null } | null;
}

export interface GoldenRecord {
  /** `language/logger/case` */
  readonly name: string;
  readonly log: readonly string[];
  readonly events: readonly ExpectedEvent[];
}

const root = join(import.meta.dirname, '../../golden/records');

export const RECORDS: readonly GoldenRecord[] = readdirSync(root)
  .filter((name) => name.endsWith('.ndjson'))
  .sort()
  .flatMap((name) => readFileSync(join(root, name), 'utf8').trimEnd().split('\n'))
  .map((line) => JSON.parse(line) as GoldenRecord);

export const programOf = ({ name }: GoldenRecord): string => name.split('/').slice(0, 2).join('/');

/** Of these, rules were written with their output in view, though the hash would have them never tuned on. */
const LOOKED_AT: ReadonlySet<string> = new Set([
  'python/twisted',
  'python/rich-handler',
  'go/hclog-json',
  'javascript/signale',
  'javascript/signale-time',
  'rust/fern',
  'fortran/gfortran',
  'lisp/sbcl',
  'java/logback-json',
]);

/** Half of the programs, by a hash of their names: rules are never changed for these. */
export const isNeverTuned = (record: GoldenRecord): boolean =>
  !LOOKED_AT.has(programOf(record)) && createHash('sha256').update(programOf(record)).digest()[0]! % 2 === 1;
