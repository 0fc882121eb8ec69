// A watcher that was killed in another container does not keep its log for ever, and not for a person to free.
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWatches } from '../../../src/adapters/ledger/watches.ts';
import type { AiOpsError } from '../../../src/errors.ts';
import { thisProcess } from '../../../src/platform/lock-owner.ts';

test('its log is watched by the next one, who says whom it waited for', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-watches-'));
  const told: AiOpsError[] = [];
  const watches = createWatches(join(dir, 'ai-ops.sqlite'), (error) => told.push(error));
  await watches.take('app.log');
  const lock = join(dir, readdirSync(dir)[0] ?? '');
  watches.release();
  writeFileSync(lock, JSON.stringify({ ...thisProcess('0123456789abcdef'), pid: 7, place: 'elsewhere pid:[1]' }));
  const then = Date.now() / 1000 - 60;
  utimesSync(lock, then, then);
  await watches.take('app.log');
  expect(told.map(({ message }) => message)).toEqual([expect.stringContaining('(pid 7) is already watching app.log')]);
  watches.release();
  expect(readdirSync(dir)).toEqual([]);
  rmSync(dir, { recursive: true });
});
