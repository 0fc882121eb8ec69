// A repair on complete fakes of the ports: a small shop whose only file has the bug, and a checker that runs nothing
// on the machine but looks at the work tree.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileStats, formatPatch, unifiedDiff } from '../../src/adapters/git/patch.ts';
import { createSourceMaps } from '../../src/adapters/source-maps/source-maps.ts';
import { createSyntaxChecker } from '../../src/adapters/syntax/parsers.ts';
import type { CommandRun } from '../../src/core/model.ts';
import { createRedactor } from '../../src/core/redact/redact.ts';
import type { RepairPorts, RepairSettings } from '../../src/pipeline/repair/job.ts';
import type { History, Notice } from '../../src/ports.ts';
import { createFakeCodeHost } from '../fakes/code-host.ts';
import { createFakeFixer, type FakeAnswer } from '../fakes/fixer.ts';
import { createMemoryLedger } from '../fakes/ledger.ts';
import { createFakeRepository } from '../fakes/repository.ts';
import { INCIDENT } from './incidents.ts';

export const BROKEN = 'export function orderTotal(order) {\n  return order.item.price;\n}\n';
export const FIXED = 'export function orderTotal(order) {\n  return order.item?.price ?? 0;\n}\n';
export const FILES = { 'src/pricing.js': BROKEN, 'package.json': '{"scripts":{"test":"node --test"}}\n', 'test/pricing.test.js': 'ok\n' };

export const block = (filename: string, content: string, words = 'The item may be gone.'): string =>
  `${words}\n\n<code_block filename="${filename}">\n${content}</code_block>\n`;

/** Nothing is known of the past. */
export const NO_HISTORY: History = {
  lastChange: async () => null,
  past: async () => [],
  about: async () => null,
  asOf: async () => null,
};

export const SETTINGS: RepairSettings = {
  mode: 'code_blocks',
  language: 'en',
  version: '1.2.3',
  guard: { maxFiles: 3, maxLines: 50, protectedPaths: [] },
  checks: {},
  subdir: '',
  maxContextTokens: 30_000,
  maxRetries: 0,
  bisectSeconds: 300,
  maxBudgetUsd: 2,
  draft: true,
  openAt: 'auto',
  issues: true,
  event: 'abstracted',
  subject: 'fix: handle {what}',
  branchPrefix: 'ai-ops/',
  title: null,
  isSigned: false,
  signoff: false,
  notices: {
    on: ['proposed', 'refused', 'failed', 'regressed', 'stopped'],
    perHour: 100,
    digestMs: 3_600_000,
    language: 'en',
    event: 'abstracted',
  },
  claim: { seconds: 600, dedupeWindowSeconds: 3600, maxAttempts: 2 },
};

/** The error of the incident, as this text of the file raises it. */
export const errorIn = (pricing: string): string =>
  INCIDENT.sample.text.replace(':12:', `:${pricing.split('\n').indexOf('  return order.item.price;') + 1}:`);

/**
 * @param known whether the ledger knows the incident already
 * @param test what `npm test` does: its exit code for the text of src/pricing.js in the work tree, and for the work tree itself
 * @param prints what it prints where it fails: the error of the incident
 */
export async function createShop(
  answer: FakeAnswer,
  test: (pricing: string, dir: string) => number | null = () => 0,
  known = true,
  prints?: string,
) {
  const files = createFakeRepository(FILES);
  const host = createFakeCodeHost();
  host.talk.headOf = (branch) => files.branches.get(branch);
  const fixer = createFakeFixer(answer);
  const ledger = createMemoryLedger();
  const notices: Notice[] = [];
  const { fingerprint, title, sample, count, first, last } = INCIDENT;
  if (known) await ledger.record({ checkpoint: null, sightings: [{ fingerprint, title, sample, count, first, last }] });
  let ids = 0;
  const ports: RepairPorts = {
    store: ledger,
    journal: ledger,
    repository: files.repository,
    history: NO_HISTORY,
    sourceMaps: createSourceMaps(),
    claims: null,
    workspaces: files.workspaces,
    fixer,
    commands: {
      isolation: { sandbox: 'none', network: true },
      setUp: async (command, at, signal) => ports.commands.run(command, at, signal),
      run: async (command, { dir }): Promise<CommandRun> => {
        if (command.endsWith(' --version')) return { command, exitCode: 0, durationMs: 1, timedOut: false, output: '11.6.0\n' };
        const pricing = await readFile(join(dir, 'src/pricing.js'), 'utf8');
        const exitCode = test(pricing, dir);
        return { command, exitCode, durationMs: 3, timedOut: false, output: exitCode === 0 ? '' : (prints ?? errorIn(pricing)) };
      },
      runTests: async (command, at, signal) => ports.commands.run(command, at, signal),
      toolchain: async () => 'one machine',
    },
    syntax: createSyntaxChecker(),
    patches: {
      diff: unifiedDiff,
      stats: fileStats,
      formatPatch: (changes, { id, ...rest }) => formatPatch(changes, { commit: id, ...rest }),
    },
    host,
    onBranch: async (branch) => {
      const sync = async () => ({ commit: files.branches.get(branch) ?? '', branch, remote: 'fake://repository' });
      return { repository: { ...files.repository, sync }, workspaces: files.workspaces };
    },
    notifiers: [
      {
        name: 'list',
        address: (id) => ({ deliveryId: `<${id}@example.org>`, recipients: ['dev@example.org'] }),
        send: async (mail) => {
          notices.push(mail);
          return { said: 'noted', later: [], refused: [] };
        },
        check: async () => [],
      },
    ],
    box: async () => '0123456789abcdef0123456789abcdef',
    outbox: ledger,
    redact: createRedactor(['configured-secret-value']),
    progress: { step: () => undefined, note: () => undefined },
    clock: () => new Date(),
    newId: () => `trace${String(++ids).padStart(7, '0')}`,
  };
  return { ports, files, host, fixer, ledger, notices };
}
