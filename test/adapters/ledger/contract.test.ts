// The SQLite ledger and the fake behave alike.
import { ledgerContract } from '../../contracts/ledger.ts';
import { createMemoryLedger, createMemoryState } from '../../fakes/ledger.ts';
import { createStage } from './stage.ts';

ledgerContract('the SQLite file', async () => createStage());

ledgerContract('the fake', async () => {
  const state = createMemoryState();
  return { open: async () => createMemoryLedger(state), clear: async () => undefined };
});
