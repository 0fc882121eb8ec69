// Whether the ledger could be used, for `doctor`: its directory takes files, its file can be read. Changes and repairs nothing.
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Check } from '../../ports.ts';
import { ensureDirectory } from './disk/snapshot.ts';
import { writing } from './faults.ts';
import { refuseOthers } from './foreign.ts';
import { openReader } from './reader.ts';

/**
 * Makes the state directory and a file in it, which is removed again: whoever works below it is told now and in one way.
 * @throws AiOpsError `state-unwritable`
 */
export async function proveWritable(dir: string): Promise<void> {
  // Two looks of one process may meet here.
  const probe = join(dir, `.probe-${process.pid}-${randomBytes(3).toString('hex')}`);
  await writing(probe, () => {
    ensureDirectory(probe);
    writeFileSync(probe, '', { mode: 0o600 });
    rmSync(probe);
  });
  refuseOthers(probe);
}

/**
 * Makes the directory, as the first `watch` or `fix` would.
 * @param file of the ledger, absolute
 * @throws AiOpsError `state-unwritable`, `ledger-unreadable`, `ledger-newer`, `ledger-foreign`
 */
export async function checkLedger(dir: string, file: string, wasm: () => Uint8Array): Promise<readonly Check[]> {
  await proveWritable(dir);
  const reader = openReader(file, wasm);
  try {
    const { length } = await reader.fingerprints();
    const known = `${length} ${length === 1 ? 'incident' : 'incidents'}`;
    return [{ name: 'state directory', status: 'ok', detail: `${dir} is writable; its ledger knows ${known}` }];
  } finally {
    await reader.close();
  }
}
