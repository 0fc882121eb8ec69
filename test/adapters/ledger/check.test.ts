// What `doctor` says of a state directory.
import { join } from 'node:path';
import { checkLedger } from '../../../src/adapters/ledger/check.ts';
import { readEmbedded } from '../../../src/embedded.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { createState, sight } from '../../support/state.ts';

const state = createState();
afterAll(state.remove);

test('no incident and one, each in its number', async () => {
  const told = async (): Promise<string> => {
    const [check] = await checkLedger(state.dir, join(state.dir, 'ai-ops.sqlite'), () => readEmbedded('sql-wasm.wasm'));
    return check!.detail.replace(/^.*; /, '');
  };
  expect(await told()).toBe('its ledger knows 0 incidents');
  await state.write((ledger) => sight(ledger, INCIDENT));
  expect(await told()).toBe('its ledger knows 1 incident');
});
