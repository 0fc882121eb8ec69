// `ai-ops reset FINGERPRINT`: forgets what was tried for an incident in vain, so that it is judged as if it were new.
// A request that was made for it stays what it is.
import type { Incident } from '../core/model.ts';
import { isFollowed } from '../core/policy/lifecycle.ts';
import { EXIT, fail } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { ruled } from './naming/ruled.ts';

export async function run(context: CommandContext, [typed = '']: readonly string[], _options: OptionsOf['reset']): Promise<number> {
  await ruled(context, 'reset', typed, async (ledger, incident) => {
    const { fingerprint } = incident;
    if ((await ledger.reset(fingerprint)) === 'running') throw fail('repair-taken', { fingerprint });
    return `${forgotten(incident)}${next(incident)}`;
  });
  return EXIT.done;
}

function forgotten({ attempts, state }: Incident): string {
  const tried = attempts === 1 ? '1 attempt is' : `${attempts} attempts are`;
  return state === 'refused' ? `${tried} forgotten, and that its fix was refused` : `${tried} forgotten`;
}

function next({ state, ignored, fingerprint }: Incident): string {
  if (ignored) return `; it is still ignored: \`ai-ops ignore ${fingerprint} --undo\``;
  if (isFollowed(state)) return `; it stays ${state}: another fix takes \`ai-ops fix --fingerprint ${fingerprint} --again\``;
  return '; a watcher judges it again within a minute';
}
