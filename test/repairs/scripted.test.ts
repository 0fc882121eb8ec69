// Languages that run without being compiled.
import { SCRIPTED } from './rows/scripted.ts';
import { specify } from './spec.ts';

specify(SCRIPTED);
