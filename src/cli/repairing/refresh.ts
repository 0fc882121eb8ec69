// Asks the host, at a person's word, what became of requests; used by `status --refresh`, and by `fix` before it decides.
import type { Config } from '../../config/schema.ts';
import { incidentPlace } from '../../core/texts/incident-name.ts';
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
  { output, signal }: CommandContext,
  config: Config,
  wiring: typeof import('../../wiring.ts'),
  ports: Omit<LifecyclePorts, 'clock' | 'messages'> & Omit<Writing, 'clock'>,
  only?: { readonly fingerprint: string },
): Promise<boolean> {
  const wanted = {
    states: ['proposed', 'issued', 'declined', 'closed', 'merged', 'confirmed'],
    ...(only && { fingerprint: only.fingerprint }),
  } as const;
  const { clock } = wiring;
  const messages: LifecyclePorts['messages'] = (trace, incident) =>
    sequelMessages(trace, incident, { ...ports, clock }, wiring.noticePolicy(config));
  const { moved, trouble } = await look({ ...ports, clock, messages }, wanted, wiring.followerSettings(config), signal);
  for (const { trace, incident } of moved) output.note(`${calledOf(incident, incidentPlace(incident))}: ${sequelWords(trace)}`);
  if (trouble !== null) output.warn(`what became of open requests is not known now: ${trouble.message}; ${trouble.hint}`);
  return moved.length > 0;
}
