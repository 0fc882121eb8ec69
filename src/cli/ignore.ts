// `ai-ops ignore FINGERPRINT`: this incident is never repaired, whatever the policy says; `--undo` takes that back.
// It goes on being counted.
import { EXIT } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { ruled } from './naming/ruled.ts';

type Options = OptionsOf['ignore'];

export async function run(context: CommandContext, [typed = '']: readonly string[], { reason, undo }: Options): Promise<number> {
  await ruled(context, 'ignore', typed, async (ledger, { fingerprint, state }, now, redact) => {
    if (undo) {
      await ledger.ignore(fingerprint, null);
      return (say) => say('is not ignored any more: it is judged as every other');
    }
    await ledger.ignore(fingerprint, { at: now.toISOString(), reason: reason === undefined ? null : redact(reason) });
    return (say) =>
      state === 'repairing'
        ? say('is never to be repaired; the repair that is running goes on; `ai-ops ignore --undo` takes that back')
        : say('is never to be repaired; `ai-ops ignore --undo` takes that back');
  });
  return EXIT.done;
}
