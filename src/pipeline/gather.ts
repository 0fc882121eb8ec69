// The row `context`: which files of the repository Claude is shown, and why.
import { chooseFiles, fitFiles } from '../core/context.ts';
import type { PromptFile } from '../core/texts/prompt.ts';
import { fail } from '../errors.ts';
import type { Base, TreeEntry } from '../ports.ts';
import type { Site } from './change.ts';
import type { Job, RepairPorts, RepairSettings } from './job.ts';
import type { Work } from './step.ts';

/** A file as it goes into the prompt. */
export type ContextFile = PromptFile;

export function gather(job: Job, site: Site): Work<readonly ContextFile[], null> {
  const read = () => contextFiles(job.ports, job.settings, job.incident.sample, site.base, site.entries);
  return {
    run: async (tell) => {
      const { files, left } = await read();
      tell.say([files.map((file) => file.path).join(', ') || 'no file of the repository', ...left].join('; '));
      if (files.length === 0 && job.settings.mode === 'code_blocks') {
        throw fail('policy-skip', { reason: 'no stack frame leads to a file of the repository; agentic mode can search for it' });
      }
      return files;
    },
    // The base commit has them, unless nobody will look at them again.
    keep: () => null,
    recall: async (_kept, isToDo) => (isToDo('fix') ? (await read()).files : []),
  };
}

/** The files that the in-app frames lead to, nearest first; with their text in code_blocks mode. */
export async function contextFiles(
  { repository }: Pick<RepairPorts, 'repository'>,
  { mode, subdir }: Pick<RepairSettings, 'mode' | 'subdir'>,
  event: Parameters<typeof chooseFiles>[0],
  base: Base,
  entries: readonly TreeEntry[],
): Promise<{ readonly files: readonly ContextFile[]; readonly left: readonly string[] }> {
  const regular = entries.filter((entry) => entry.mode === '100644' || entry.mode === '100755');
  const ranked = chooseFiles(event, regular, { subdir });
  if (mode === 'agentic') return { files: ranked.map(({ path, line }) => ({ path, line })), left: [] };
  const read = await Promise.all(
    ranked.map(async ({ path, line }) => ({ path, line, text: (await repository.read(base.commit, path))?.bytes.toString('utf8') ?? '' })),
  );
  const { kept, left } = fitFiles(read);
  return { files: kept, left: left.map(({ path, reason }) => `${path} left out: ${reason}`) };
}
