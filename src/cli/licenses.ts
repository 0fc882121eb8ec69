// `ai-ops licenses`: the notices of everything inside the program, its own first. Needs no file beside it.
import { readEmbedded } from '../embedded.ts';
import { EXIT } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';

/** As the build writes it (`bin/licenses.ts`). */
interface Notice {
  readonly name: string;
  readonly version: string;
  /** SPDX expression of its manifest. */
  readonly license: string;
  readonly text: string;
}

export async function run({ output }: CommandContext): Promise<number> {
  const notices = JSON.parse(readEmbedded('licenses.json').toString()) as readonly Notice[];
  for (const { name, version, license, text } of notices) {
    output.json({ kind: 'license', name, version, license, text });
    if (!output.isJson) output.raw(`${'='.repeat(80)}\n${name} ${version}: ${license}\n\n${text}\n\n`);
  }
  return EXIT.done;
}
