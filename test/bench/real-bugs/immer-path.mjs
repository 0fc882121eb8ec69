// An editor that applies the changes of another person to its own copy.
import { applyPatches, enablePatches } from 'immer';

enablePatches();
const draft = { title: null };
process.on('uncaughtException', (error) => {
  console.error(`${new Date().toISOString()} error: ${error.stack}`);
  process.exit(1);
});
applyPatches(draft, [{ op: 'add', path: ['title', 'text'], value: 'x' }]);
