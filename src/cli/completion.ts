// `ai-ops completion`: scripts for four shells, generated from the table of commands. What is in the table is in the script, so
// that a key pressed costs nothing; only for ids of traces and fingerprints a script asks, with `--ids`.
import { shortFingerprint } from '../core/texts/branch.ts';
import { EXIT, fail } from '../errors.ts';
import { COMMAND_NAMES } from './command-line/commands.ts';
import type { CommandContext } from './command-line/context.ts';
import type { CommandName, OptionsOf } from './command-line/options.ts';
import { bash } from './completing/bash.ts';
import { fish } from './completing/fish.ts';
import { powershell } from './completing/powershell.ts';
import type { Ids } from './completing/words.ts';
import { zsh } from './completing/zsh.ts';
import { harmless } from './output/tables/table.ts';

/** Makers of the scripts by shell. */
export const SHELLS: Readonly<Record<string, (names: readonly CommandName[]) => string>> = { bash, zsh, fish, powershell };

export async function run(context: CommandContext, [shell]: readonly string[], { ids }: OptionsOf['completion']): Promise<number> {
  if (ids !== undefined) {
    // A key is no moment for an error: where there is nothing to offer, nothing is offered.
    const lines = await offered(context, ids).catch(() => []);
    context.output.raw(lines.map((line) => `${line}\n`).join(''));
    return EXIT.done;
  }
  const make = SHELLS[shell ?? ''];
  if (make === undefined) throw fail('usage', { detail: `name a shell: ${Object.keys(SHELLS).join(', ')}`, command: 'completion' });
  context.output.raw(make(COMMAND_NAMES));
  return EXIT.done;
}

/** More than these nobody looks through. */
const MOST = 100;

/** Of this repository, the newest first: `id TAB words`. */
async function offered(context: CommandContext, ids: Ids): Promise<readonly string[]> {
  const [loaded, { openReaderFor }] = await Promise.all([context.config(), import('../wiring.ts')]);
  const ledger = await openReaderFor(loaded, context);
  const line = (id: string, state: string, title: string): string =>
    `${id}\t${state}: ${harmless(title).replace(/\s+/g, ' ').slice(0, 100)}`;
  try {
    return ids === 'traces'
      ? (await ledger.traces({ brief: true, limit: MOST })).map(({ trace, state, title }) => line(trace, state, title))
      : (await ledger.incidents({ limit: MOST })).map(({ fingerprint, state, title }) => line(shortFingerprint(fingerprint), state, title));
  } finally {
    await ledger.close();
  }
}
