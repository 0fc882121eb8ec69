// The mail that tells a reviewer about a request: subject, plain text and HTML from the same facts.
// The HTML has no image, no script and no outside reference; inline styles only, readable in dark mode.
import { escapeHtml, oneLine } from './markdown.ts';
import { speaker } from './phrases.ts';
import { appFrames, type Proposal, speakerOf } from './proposal.ts';
import { commandWords, ending, requestTitle } from './request.ts';
import { plain, suspectLine } from './suspect.ts';

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One section of the mail: a heading and its lines. */
interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** @param url address of the request, or the file of a local proposal */
export function noticeText(proposal: Proposal, url: string): NoticeText {
  const say = speaker(proposal.language);
  const title = requestTitle(proposal);
  const sections = tell(proposal);
  const intro = [say('mailRequest', { url }), say('mailNext')];
  const text = [
    title,
    '',
    ...intro,
    ...sections.flatMap((section) => ['', section.heading, ...section.lines.map((line) => `  ${line}`)]),
    '',
  ];
  return { subject: oneLine(say('mailSubject', { title }), 200), text: text.join('\n'), html: html(title, url, say('mailNext'), sections) };
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
  const unknown = say('costUnknown');
  return [
    {
      heading: say('happened'),
      lines: [
        incident.title,
        say('seen', { count: incident.count, first: first.time, last: last.time, source: last.source, line: last.line }),
        ...(suspect ? [suspectLine(suspect, incident, say, plain)] : []),
        ...frames,
      ].map((line) => oneLine(line)),
    },
    { heading: say('changed'), lines: proposal.files.map((file) => `${file.path} (${say(file.status)}, +${file.added} −${file.removed})`) },
    { heading: `${say('proof')}: ${proof.level ?? say('noProof')}`, lines: [proof.detail, ...runs].map((line) => oneLine(line)) },
    {
      heading: say('made'),
      lines: [
        say('base', { commit: proposal.base.commit.slice(0, 12), branch: proposal.base.branch }),
        say('engine', { engine: answer.engine, mode: proposal.mode }),
        say('cost', {
          turns: answer.turns ?? unknown,
          usd: answer.costUsd?.toFixed(4) ?? unknown,
          seconds: answer.modelMs === undefined ? unknown : (answer.modelMs / 1000).toFixed(1),
        }),
        ...(proposal.total ? [say('costTotal', { repairs: proposal.total.repairs, usd: proposal.total.usd.toFixed(4) })] : []),
        ...(proposal.withheld ? [say('withheld', { count: proposal.withheld })] : []),
        say('trace', { trace: proposal.trace }).replaceAll('`', ''),
        incident.fingerprint,
      ],
    },
    { heading: say('words', { who: speakerOf(answer) }), lines: (answer.summary || answer.text).slice(0, 4000).split('\n') },
  ];
}

function html(title: string, url: string, next: string, sections: readonly Section[]): string {
  const link = /^https?:\/\//.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>` : `<code>${escapeHtml(url)}</code>`;
  const parts = sections.map(
    (section) =>
      `<h2 style="font-size:16px;margin:20px 0 6px">${escapeHtml(section.heading)}</h2>\n` +
      `<div style="font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5">${section.lines.map(escapeHtml).join('<br>\n')}</div>`,
  );
  return [
    '<!doctype html>',
    '<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">',
    `<title>${escapeHtml(title)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;font-size:14px;line-height:1.5;max-width:720px;margin:0 auto;padding:16px">',
    `<h1 style="font-size:20px;margin:0 0 8px">${escapeHtml(title)}</h1>`,
    `<p>${link}</p>`,
    `<p>${escapeHtml(next)}</p>`,
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}
