// What `ai-ops demo` needs beside the usual parts: a repository made here, recorded answers in place of Claude, and a
// mail that goes into a file. Everything else of a repair is wired as for `watch` and `fix`.
import type { LoadedConfig } from '../config/load.ts';
import type { Outcome } from '../core/model.ts';
import type { DemoFile } from '../embedded.ts';
import type { RepairPorts } from '../pipeline/repair/job.ts';
import type { Processes } from '../ports.ts';
import { wireRepair } from '../wiring.ts';
import { clock, type Surroundings } from './surroundings.ts';

export { makeTemporary } from '../platform/temporary.ts';

/** The file that an error arises in, and the answer that was recorded for it. */
export interface Recorded {
  readonly file: string;
  readonly text: string;
}

export interface DemoParts {
  readonly answers: readonly Recorded[];
  /** Where the mail that would have been sent is written. */
  readonly mailDir: string;
}

export interface DemoRepair {
  readonly ports: RepairPorts;
  /** The commands that take a proposed fix over, as they are typed in the service's checkout; `null` when there is none. */
  takeOver(outcome: Outcome): { readonly fetch: string; readonly apply: string } | null;
}

const SHOPKEEPER = { name: 'Orders service', email: 'orders@example.com' };
const MAIL = { from: 'ai-ops@example.com', to: ['on-call@example.com'] };

/** @throws AiOpsError for what cannot be written */
export async function wireDemo(loaded: LoadedConfig, around: Omit<Surroundings, 'fixer'>, parts: DemoParts): Promise<DemoRepair> {
  const { createRecordedFixer } = await import('../adapters/claude/recorded.ts');
  const { createFileNotifier } = await import('../adapters/notifiers/file/notifier.ts');
  const { takeOver } = await import('../adapters/hosts/local/host.ts');
  const ports = await wireRepair(loaded, { ...around, fixer: createRecordedFixer({ answers: parts.answers }) });
  return {
    ports: { ...ports, notifiers: [createFileNotifier({ dir: parts.mailDir, ...MAIL })] },
    takeOver: ({ branch, request }) => {
      if (branch === null || request === null) return null;
      return takeOver({ branch }, ports.repository.storePath, request.url.replace(/\.md$/, '.patch'));
    },
  };
}

/** Makes the example service a git repository with one commit. @returns the commit */
export async function createDemoRepository(dir: string, files: readonly DemoFile[]): Promise<string> {
  const { createWorkTree } = await import('../adapters/git/create.ts');
  return createWorkTree(dir, files, { message: 'orders-service 1.4.0\n', author: SHOPKEEPER, date: clock() });
}

export async function openProcesses(): Promise<Processes> {
  const { createProcesses } = await import('../adapters/process/processes.ts');
  return createProcesses();
}
