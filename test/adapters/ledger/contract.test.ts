// The SQLite ledger, small and large, and the fake behave alike.
import { ledgerContract } from '../../contracts/ledger.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { createStage, createStageOf } from './stage.ts';

ledgerContract('the SQLite file', async () => createStage());

ledgerContract('an SQLite file that is too large to be held in memory', () => createStageOf(true));

ledgerContract('the fake', async () => {
  const state = createMemoryState();
  return { open: async () => createMemoryLedger(state), clear: async () => undefined };
});
