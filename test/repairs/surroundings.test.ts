// Repositories in which little can be proven, or in which files are more than their text.
import { SURROUNDINGS } from './rows/surroundings.ts';
import { specify } from './spec.ts';

specify(SURROUNDINGS);
