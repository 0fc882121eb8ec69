// Carries out again what a change log holds. Counting fills a log with statements that differ in a few numbers only: they
// are added up first, so that the time to open a ledger follows the number of incidents, not of flushes.
import type { Database, Statement, Value } from './sqlite.ts';

/** How a later statement of the same text takes an earlier one in: where both mean the same row. Places of parameters, from 0. */
export interface Merging {
  readonly key: readonly number[];
  /** Added up; of all others the later value counts. */
  readonly sums: readonly number[];
}

/** Run inside a transaction. */
export function carryOut(database: Database, statements: Iterable<Statement>, mergings: ReadonlyMap<string, Merging>): void {
  let waiting = new Map<string, Statement>();
  const runAll = (): void => {
    for (const [sql, ...parameters] of waiting.values()) database.run(sql, parameters);
    waiting = new Map();
  };
  for (const statement of statements) {
    const [sql, ...parameters] = statement;
    const merging = mergings.get(sql);
    if (merging === undefined) {
      // It may look at what waits.
      runAll();
      database.run(sql, parameters);
      continue;
    }
    const key = JSON.stringify([sql, ...merging.key.map((at) => parameters[at])]);
    const earlier = waiting.get(key);
    waiting.set(key, earlier === undefined ? statement : merged(earlier, statement, merging));
  }
  runAll();
}

function merged([, ...earlier]: Statement, [sql, ...later]: Statement, { sums }: Merging): Statement {
  return [sql, ...later.map((value, at): Value => (sums.includes(at) ? Number(value) + Number(earlier[at]) : value))];
}
