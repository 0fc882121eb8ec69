// `ai-ops reset FINGERPRINT`: forgets what was tried for an incident in vain, so that it is judged as if it were new.
// A request that was made for it stays what it is.
import type { Incident } from '../core/model.ts';
import { isFollowed } from '../core/policy/lifecycle.ts';
import type { SayHere } from '../core/texts/chinese/say.ts';
import { EXIT, fail } from '../errors.ts';
import type { CommandContext } from './command-line/context.ts';
import type { OptionsOf } from './command-line/options.ts';
import { ruled } from './naming/ruled.ts';

export async function run(context: CommandContext, [typed = '']: readonly string[], _options: OptionsOf['reset']): Promise<number> {
  await ruled(context, 'reset', typed, async (ledger, incident) => {
    const { fingerprint } = incident;
    if ((await ledger.reset(fingerprint)) === 'running') throw fail('repair-taken', { fingerprint });
    return (say) => next(incident, forgotten(incident, say), say);
  });
  return EXIT.done;
}

function forgotten({ attempts, state }: Incident, say: SayHere): string {
  const tried = attempts === 1 ? say('1 attempt is forgotten') : say('{count} attempts are forgotten', { count: attempts });
  return state === 'refused' ? say('{forgotten}, and that its fix was refused', { forgotten: tried }) : tried;
}

function next({ state, ignored, fingerprint }: Incident, done: string, say: SayHere): string {
  if (ignored)
    return say('{forgotten}; it is still ignored: {command}', { forgotten: done, command: `\`ai-ops ignore ${fingerprint} --undo\`` });
  if (!isFollowed(state)) return say('{forgotten}; a watcher judges it again within a minute', { forgotten: done });
  const command = `\`ai-ops fix --fingerprint ${fingerprint} --again\``;
  return say('{forgotten}; it stays {state}: another fix takes {command}', { forgotten: done, state: say(state), command });
}
