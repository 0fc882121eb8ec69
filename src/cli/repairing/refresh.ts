// Asks the host, at a person's word, what became of requests; used by `status --refresh`, and by `fix` before it decides.
import type { LoadedConfig } from '../../config/load.ts';
import { sequelMessages, type Writing } from '../../pipeline/notices/write.ts';
import { type LifecyclePorts, look } from '../../pipeline/watch/requests.ts';
import type { CommandContext } from '../command-line/context.ts';
import { calledOf } from '../naming/names.ts';
import { sequelWords } from '../output/after-request.ts';

/**
 * Where the host cannot be asked, that is said and the rest goes on.
 * @param only one incident; all of them without it
 * @returns whether anything has changed: then there may be messages to send
 */
export async function refreshed(
  { output, cwd, signal }: CommandContext,
  loaded: LoadedConfig,
  wiring: typeof import('../../wiring.ts'),
  ports: Omit<LifecyclePorts, 'clock' | 'messages' | 'placeOf'> & Omit<Writing, 'clock'>,
  only?: { readonly fingerprint: string },
): Promise<boolean> {
  const wanted = {
    states: ['proposed', 'issued', 'declined', 'closed', 'merged', 'confirmed'],
    ...(only && { fingerprint: only.fingerprint }),
  } as const;
  const { config } = loaded;
  const { clock } = wiring;
  const judge = await wiring.judgeFor(loaded, cwd);
  const placeOf: LifecyclePorts['placeOf'] = async (incident) => (await judge(incident, incident.sample)).place;
  const messages: LifecyclePorts['messages'] = (trace, incident, place) =>
    sequelMessages(trace, { incident, place }, { ...ports, clock }, wiring.noticePolicy(config));
  const { moved, trouble } = await look({ ...ports, clock, messages, placeOf }, wanted, wiring.followerSettings(config), signal);
  for (const { trace, incident, place } of moved)
    output.note(output.say('{name}: {said}', { name: calledOf(incident, place), said: sequelWords(trace, output.say) }));
  if (trouble !== null)
    output.warn(output.say('what became of open requests is not known now: {message}; {hint}', output.errorWords(trouble)));
  return moved.length > 0;
}
