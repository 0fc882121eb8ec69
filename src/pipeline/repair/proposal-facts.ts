// What a request and an issue say alike, whatever came of the answer: whose words, about which incident, on which commit.
import type { Knows } from '../../core/context/abstract-values.ts';
import { defined } from '../../core/defined.ts';
import type { FixAnswer } from '../../core/model.ts';
import { toldIncident, toldWords } from '../../core/texts/incident/told-incident.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import { withheldFrom } from './event-words.ts';
import type { ShownAt } from './fault.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

type ProposalFacts = Pick<
  Proposal,
  | 'place'
  | 'frames'
  | 'pages'
  | 'box'
  | 'asks'
  | 'language'
  | 'zone'
  | 'version'
  | 'trace'
  | 'mode'
  | 'incident'
  | 'heard'
  | 'base'
  | 'answer'
  | 'withheld'
>;

/**
 * The incident in it is as others are told of it, and the answer's texts are redacted.
 * @param knows tells the words of the code: quoted ones of the event stay
 */
export async function proposalFacts(
  { ports, settings, incident, trace }: Job,
  { base }: Pick<Site, 'base'>,
  answer: FixAnswer,
  { place, frames }: ShownAt,
  knows?: Knows,
): Promise<ProposalFacts> {
  const { language, zone, version, mode, event } = settings;
  const told = (text: string): string => toldWords(ports.redact(text), event);
  return {
    ...{ language, zone, version, trace, mode, base },
    ...defined({ place, pages: ports.host.pages ?? undefined, asks: ports.host.talk === null ? undefined : settings.asks }),
    frames,
    incident: toldIncident(incident, event, ports.redact, knows),
    ...(incident.facts && { heard: await ports.store.facts() }),
    answer: { ...answer, summary: told(answer.summary), text: told(answer.text) },
    withheld: withheldFrom(incident, answer, ports.redact),
  };
}
