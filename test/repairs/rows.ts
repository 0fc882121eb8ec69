// The whole set, in the order of the tables.
import type { Row } from './row.ts';
import { COMPILED } from './rows/compiled.ts';
import { SCRIPTED } from './rows/scripted.ts';
import { SURROUNDINGS } from './rows/surroundings.ts';

export const ROWS: readonly Row[] = [...SCRIPTED, ...COMPILED, ...SURROUNDINGS];
