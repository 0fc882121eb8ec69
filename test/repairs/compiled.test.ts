// Languages that are compiled: an answer may also fail to compile.
import { COMPILED } from './rows/compiled.ts';
import { specify } from './spec.ts';

specify(COMPILED);
