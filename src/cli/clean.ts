// `ai-ops clean`: removes what can be made again or is old, and nothing that a running process uses; `--dry-run` lists it.
import { EXIT } from '../errors.ts';
import type { Leftover } from '../wiring/leftovers.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { cutPath } from './output/tables/cut.ts';
import { size } from './output/units.ts';

export async function run(context: CommandContext, _args: readonly string[], { dryRun }: OptionsOf['clean']): Promise<number> {
  const { output } = context;
  const { say } = output;
  const loaded = await context.config();
  const { leftovers } = await import('../wiring/leftovers.ts');
  const found = await leftovers(loaded, context);
  const rows: (Leftover & { readonly became: string })[] = [];
  for (const one of found) {
    const isRemoved = !dryRun && one.kept === undefined && (await one.remove());
    const became = one.kept ?? (dryRun ? 'would go' : isRemoved ? 'removed' : 'in use meanwhile');
    output.json({
      kind: 'clean',
      what: one.what,
      path: one.path,
      bytes: one.bytes,
      removed: isRemoved,
      ...(one.kept && { kept: one.kept }),
    });
    rows.push({ ...one, became });
  }
  output.table<(typeof rows)[number]>(
    [
      { title: say('WHAT'), cell: ({ what }) => say.told(what) },
      { title: say('SIZE'), cell: ({ bytes }) => size(bytes), align: 'right' },
      { title: say('PATH'), cell: ({ path }) => path, main: true, shrinks: true, least: 60, cut: cutPath },
      { title: say('OUTCOME'), cell: ({ became }) => say.told(became), shrinks: true, least: 20 },
    ],
    rows,
  );
  const going = rows.filter(({ kept }) => kept === undefined);
  const bytes = going.reduce((sum, one) => sum + one.bytes, 0);
  if (going.length === 0) output.note(say('nothing to remove'));
  else
    output.note(
      dryRun ? say('{size} would go: `ai-ops clean` removes it', { size: size(bytes) }) : say('{size} removed', { size: size(bytes) }),
    );
  return EXIT.done;
}
