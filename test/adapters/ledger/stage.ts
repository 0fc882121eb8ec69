// A temporary state directory with the real ledger on it, and the real programs to look at its file.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSqlite } from '../../../src/adapters/ledger/disk/sqlite.ts';
import { type LedgerOptions, openLedger } from '../../../src/adapters/ledger/ledger.ts';
import type { Ledger, LedgerReader } from '../../../src/adapters/ledger/ledger-port.ts';
import { openReader } from '../../../src/adapters/ledger/reader.ts';
import { createReplica } from '../../../src/adapters/ledger/replica.ts';
import type { MetRepository } from '../../../src/core/repository/identity.ts';
import { NOW, type Stage } from '../../contracts/ledger.ts';

export const WASM = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

/** Everything may be left out, single limits of `retention` too. */
export type StageOptions = Partial<Omit<LedgerOptions, 'retention'>> & { readonly retention?: Partial<LedgerOptions['retention']> };

export interface RealStage extends Stage {
  readonly dir: string;
  /** The snapshot. */
  readonly file: string;
  /** The change log beside it. */
  readonly log: string;
  open(options?: StageOptions): Promise<Ledger>;
  /** Opens it to look. @param at default: `dir` @param repository without it those of all */
  read(at?: string, repository?: MetRepository): LedgerReader;
  /** Takes what is in the change log into the snapshot, as every command does that has written and ends. */
  fold(): Promise<void>;
  /** Runs SQL with Debian's `sqlite3` on the snapshot. @returns what it prints */
  sqlite3(sql: string): string;
  /** The same of all that is on the disk, as every command of ours sees it: snapshot and change log. */
  query(sql: string): Promise<string>;
}

export function openAt(dir: string, { retention: limits, ...options }: StageOptions = {}): Promise<Ledger> {
  const retention = { days: 90, maxTraces: 1000, incidentDays: 90, maxIncidents: 100_000, ...limits };
  return openLedger({ dir, clock: () => NOW, retention, wasm: () => readFileSync(WASM), ...options });
}

/**
 * @param isLarge begins with a snapshot that is too large to be held in memory: its pages are read where somebody looks
 */
export async function createStageOf(isLarge: boolean): Promise<RealStage> {
  const stage = createStage();
  if (!isLarge) return stage;
  await stage.fold();
  stage.sqlite3('CREATE TABLE of_a_person (text); INSERT INTO of_a_person VALUES (zeroblob(9 << 20))');
  return stage;
}

export function createStage(): RealStage {
  const root = mkdtempSync(join(tmpdir(), 'ai-ops-ledger-'));
  const dir = join(root, 'state');
  const file = join(dir, 'ai-ops.sqlite');
  const open = (options?: StageOptions): Promise<Ledger> => openAt(dir, options);
  return {
    dir,
    file,
    read: (at = dir, repository) => openReader(join(at, 'ai-ops.sqlite'), () => readFileSync(WASM), repository),
    log: `${file}.changes`,
    open,
    fold: async () => (await open()).close(),
    sqlite3: (sql) => execFileSync('sqlite3', [file, sql], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim(),
    async query(sql) {
      const replica = createReplica(file, () => NOW, await loadSqlite(readFileSync(WASM), false));
      replica.refresh();
      const rows = replica.database().rows(sql);
      replica.close();
      return rows.map((row) => Object.values(row).join('|')).join('\n');
    },
    clear: async () => rmSync(root, { recursive: true, force: true }),
  };
}
