// One key of the configuration, as the table in `schema.ts` describes it.
import type { Kind } from './kinds.ts';

export interface Row<T> {
  readonly kind: Kind<T>;
  readonly default: T;
  /** Where the default is not a constant: said instead of it in documents. */
  readonly defaultText?: string;
  /** Variables that set this key, the first that is set wins. */
  readonly env: readonly string[];
  /** One sentence for people, with the unit. */
  readonly doc: string;
  /** Its name in older configuration files, which still works. */
  readonly formerly?: string;
  /** The value holds paths: in a file they are relative to that file's directory. */
  readonly paths?: true;
  /** What the value reaches beyond this program; without it nothing but its own words and numbers. */
  readonly reach?: ValueReach;
}

/**
 * What a value can do where a file of the repository under repair sets it. The rule is one: such a file runs nothing with what is
 * the user's, opens no file outside of its repository, sends no secret anywhere and takes no wall down, unless the user has named
 * it, in `trust` of their own file or by giving the value themselves.
 * - `program`: is run, with what is the user's
 * - `proof`: is run, shut in and without what is the user's, and never by a look: as `npm test` of the same repository
 * - `file`: is read or written
 * - `server`: is told secrets
 * - `wall`: takes a wall down, or uses a key of the user's
 */
export type ValueReach = 'program' | 'proof' | 'file' | 'server' | 'wall';

type Extra = Partial<Pick<Row<unknown>, 'defaultText' | 'env' | 'formerly' | 'paths' | 'reach'>>;

export function row<T>(kind: Kind<T>, fallback: NoInfer<T>, doc: string, extra: Extra = {}): Row<T> {
  return { kind, default: fallback, doc, env: [], ...extra };
}
