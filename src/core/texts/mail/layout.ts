// How every mail looks: plain text and HTML from the same sections. The HTML has no image, no script and no outside
// reference; inline styles only, so that it reads the same in light and dark mode and in a narrow window.
import { escapeHtml, oneLine } from '../markdown.ts';
import type { TextLanguage } from '../phrases.ts';

/** A notice as facts, for notifiers whose messages are no mails. Made of JSON; others read its fields by their names. */
export interface NoticeAbout {
  readonly title: string;
  /** Sentences. */
  readonly lines: readonly string[];
  readonly url: string | null;
  /** Where the error arose: `src/price.js:13 discount`. */
  readonly place?: string;
  readonly count?: number;
  /** ISO 8601 UTC. */
  readonly firstAt?: string;
  readonly lastAt?: string;
  readonly proof?: { readonly level: string | null; readonly reproduced: string };
  readonly guard?: readonly { readonly rule: string; readonly verdict: string; readonly detail: string }[];
  readonly reason?: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly about?: NoticeAbout;
}

/** One section of a mail: a heading and its lines. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface MailParts {
  readonly language: TextLanguage;
  readonly subject: string;
  readonly title: string;
  /** First lines of the plain text. */
  readonly intro: readonly string[];
  /** Address of the request, or the file of a local proposal; absent where there is none. */
  readonly link?: string | undefined;
  /** What the reader may do. */
  readonly next: string;
  readonly sections: readonly Section[];
}

export function mailText(parts: MailParts): MailText {
  const { title, intro, sections } = parts;
  const body = sections.flatMap((section) => ['', section.heading, ...section.lines.map((line) => `  ${line}`)]);
  return { subject: oneLine(parts.subject, 200), text: [title, '', ...intro, ...body, ''].join('\n'), html: html(parts) };
}

/** Long paths and commands break anywhere rather than make the mail wider than a telephone. */
const CODE = 'font-family:ui-monospace,Menlo,Consolas,monospace;font-size:13px;line-height:1.5;overflow-wrap:anywhere';

function html({ language, title, link, next, sections }: MailParts): string {
  const linked = link === undefined ? [] : [`<p style="overflow-wrap:anywhere">${anchor(link)}</p>`];
  const parts = sections.map(
    ({ heading, lines }) =>
      `<h2 style="font-size:16px;margin:20px 0 6px">${escapeHtml(heading)}</h2>\n` +
      `<div style="${CODE}">${lines.map(escapeHtml).join('<br>\n')}</div>`,
  );
  return [
    '<!doctype html>',
    `<html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title></head>`,
    '<body style="font-family:system-ui,sans-serif;font-size:14px;line-height:1.5;max-width:720px;margin:0 auto;padding:16px">',
    `<h1 style="font-size:20px;margin:0 0 8px;overflow-wrap:anywhere">${escapeHtml(title)}</h1>`,
    ...linked,
    `<p>${escapeHtml(next)}</p>`,
    ...parts,
    '</body></html>',
    '',
  ].join('\n');
}

function anchor(url: string): string {
  return /^https?:\/\//.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>` : `<code>${escapeHtml(url)}</code>`;
}
