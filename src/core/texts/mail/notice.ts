// The mail that tells a reviewer about a request: subject, plain text and HTML from the same facts.
// The HTML has no image, no script and no outside reference; inline styles only, readable in dark mode.

import { localTime } from '../../local-time.ts';
import { usd } from '../../money.ts';
import { detailIn } from '../chinese/details.ts';
import { incidentPlace } from '../incident/incident-name.ts';
import { introducedLines, plain, suspectLine } from '../last-change.ts';
import { oneLine } from '../markdown.ts';
import { speaker } from '../phrases.ts';
import { isolationWords, levelWords } from '../proof-words.ts';
import { appFrames, type Proposal, speakerOf } from '../proposal.ts';
import { broke, commandWords, ending, proofSentences, requestTitle } from '../request.ts';
import { type MailText, mailText, type NoticeAbout, type Section } from './layout.ts';
import { incidentFacts } from './news.ts';

/**
 * @param url address of the request, or the file of a local proposal
 * @param isPatched whether the patch goes with it
 * @param template of the title, where a team has set one
 */
export function noticeText(proposal: Proposal, url: string, isPatched = true, template: string | null = null): MailText {
  const say = speaker(proposal.language);
  const title = requestTitle(proposal, template);
  const next = say(isPatched ? 'mailNext' : 'mailNextNoPatch');
  const { language, incident, place = incidentPlace(incident), proof, guard } = proposal;
  const objections = guard.filter(({ verdict }) => verdict !== 'allow');
  const about: NoticeAbout = {
    title,
    url,
    lines: [
      broke(proposal, say, plain),
      proofSentences(proof, language, say).join(say('space')),
      ...objections.map(({ rule, detail }) => `${say('guard')}: ${oneLine(detailIn(language, detail), 300)} (${rule})`),
    ],
    ...incidentFacts(incident, place),
    proof: { level: proof.level, reproduced: proof.reproduced ?? 'unknown' },
    guard: objections,
  };
  const mail = mailText({
    language,
    subject: say('mailSubject', { title }),
    title,
    intro: [say('mailRequest', { url }), next],
    link: url,
    next,
    sections: tell(proposal),
  });
  return { ...mail, about };
}

function tell(proposal: Proposal): readonly Section[] {
  const say = speaker(proposal.language);
  const { incident, proof, answer, suspect } = proposal;
  const { first, last } = incident;
  const frames = appFrames(incident).map((frame) => [frame.file, frame.line].filter((part) => part !== null).join(':'));
  const runs = proof.commands.map(
    (run) =>
      `${commandWords(run, say, (text) => text)}: ${say('before')} ${ending(run.before, say)}, ${say('after')} ${ending(run.after, say)}`,
  );
  const objected = proposal.guard.filter(({ verdict }) => verdict !== 'allow');
  const unknown = say('costUnknown');
  return [
    {
      heading: say('happened'),
      lines: [
        incident.title,
        say('seen', {
          count: incident.count,
          first: localTime(first.time, proposal.zone),
          last: localTime(last.time, proposal.zone),
          source: last.source,
          line: last.line,
        }),
        ...introducedLines(proof.introduced, incident, say, plain),
        ...(suspect ? [suspectLine(suspect, incident, say, plain)] : []),
        ...frames,
      ].map((line) => oneLine(line)),
    },
    { heading: say('changed'), lines: proposal.files.map((file) => `${file.path} (${say(file.status)}, +${file.added} −${file.removed})`) },
    {
      heading: `${say('proof')}: ${levelWords(proof, say)}`,
      lines: [...proofSentences(proof, proposal.language, say), ...isolationWords(proof, say), ...runs].map((line) => oneLine(line)),
    },
    ...(objected.length === 0
      ? []
      : [
          {
            heading: say('guard'),
            lines: objected.map(({ rule, detail }) => oneLine(`${rule}: ${detailIn(proposal.language, detail)}`, 500)),
          },
        ]),
    {
      heading: say('made'),
      lines: [
        say('base', { commit: proposal.base.commit.slice(0, 12), branch: proposal.base.branch }),
        say('engine', { engine: answer.engine, mode: proposal.mode }),
        say('cost', {
          turns: answer.turns ?? unknown,
          usd: answer.costUsd === undefined ? unknown : usd(answer.costUsd),
          seconds: answer.modelMs === undefined ? unknown : (answer.modelMs / 1000).toFixed(1),
        }),
        ...(proposal.total ? [say('costTotal', { repairs: proposal.total.repairs, usd: usd(proposal.total.usd) })] : []),
        ...(proposal.withheld ? [say('withheld', { count: proposal.withheld })] : []),
        say('trace', { trace: proposal.trace }).replaceAll('`', ''),
        incident.fingerprint,
      ],
    },
    { heading: say('words', { who: speakerOf(answer) }), lines: (answer.summary || answer.text).slice(0, 4000).split('\n') },
  ];
}
