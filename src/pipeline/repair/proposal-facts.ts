// What a request and an issue say alike, whatever came of the answer: whose words, about which incident, on which commit.
import type { FixAnswer } from '../../core/model.ts';
import type { Proposal } from '../../core/texts/proposal.ts';
import { withheldFrom } from './event-words.ts';
import type { Site } from './handed-on.ts';
import type { Job } from './job.ts';

type ProposalFacts = Pick<Proposal, 'language' | 'version' | 'trace' | 'mode' | 'incident' | 'base' | 'answer' | 'withheld'>;

/** The answer's texts are redacted in it. */
export function proposalFacts({ ports, settings, incident, trace }: Job, { base }: Pick<Site, 'base'>, answer: FixAnswer): ProposalFacts {
  const { language, version, mode } = settings;
  const words = { ...answer, summary: ports.redact(answer.summary), text: ports.redact(answer.text) };
  return { language, version, trace, mode, incident, base, answer: words, withheld: withheldFrom(incident, answer, ports.redact) };
}
