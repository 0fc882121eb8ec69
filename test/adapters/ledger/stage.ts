// A temporary state directory with the real ledger on it, and the real programs to look at its file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LedgerOptions, openLedger } from '../../../src/adapters/ledger/ledger.ts';
import type { Ledger, LedgerReader } from '../../../src/adapters/ledger/ledger-port.ts';
import { openReader } from '../../../src/adapters/ledger/reader.ts';
import { NOW, type Stage } from '../../contracts/ledger.ts';

const WASM = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

/** Everything may be left out, single limits of `retention` too. */
export type StageOptions = Partial<Omit<LedgerOptions, 'retention'>> & { readonly retention?: Partial<LedgerOptions['retention']> };

export interface RealStage extends Stage {
  readonly dir: string;
  readonly file: string;
  open(options?: StageOptions): Promise<Ledger>;
  /** Opens it to look. @param at default: `dir` */
  read(at?: string): LedgerReader;
  /** Runs SQL with Debian's `sqlite3` on the ledger's file. @returns what it prints */
  sqlite3(sql: string): string;
}

export function openAt(dir: string, { retention: limits, ...options }: StageOptions = {}): Promise<Ledger> {
  const retention = { days: 90, maxTraces: 1000, incidentDays: 90, maxIncidents: 100_000, ...limits };
  return openLedger({ dir, clock: () => NOW, retention, wasm: () => readFileSync(WASM), ...options });
}

export function createStage(): RealStage {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-ledger-'));
  const dir = join(root, 'state');
  const file = join(dir, 'ai-ops.sqlite');
  return {
    dir,
    file,
    open: (options) => openAt(dir, options),
    read: (at = dir) => openReader(join(at, 'ai-ops.sqlite'), () => readFileSync(WASM)),
    sqlite3: (sql) => execFileSync('sqlite3', [file, sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim(),
    clear: async () => rmSync(root, { recursive: true, force: true }),
  };
}
