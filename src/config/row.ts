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
}

type Extra = Partial<Pick<Row<unknown>, 'defaultText' | 'env' | 'formerly' | 'paths'>>;

export function row<T>(kind: Kind<T>, fallback: NoInfer<T>, doc: string, extra: Extra = {}): Row<T> {
  return { kind, default: fallback, doc, env: [], ...extra };
}
