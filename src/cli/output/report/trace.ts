// One repair on the page: folded to its state and title; unfolded, all that is known of it.
import type { Issue, Proof, Request, StepRecord, Trace } from '../../../core/model.ts';
import { stripHidden } from '../../../core/redact/redact.ts';
import { introducedWords } from '../../../core/texts/last-change.ts';
import { escapeHtml } from '../../../core/texts/markdown.ts';
import { commandWords, ending, shownNotes } from '../trace.ts';
import { duration, usd, when } from '../units.ts';

/** @param isWhole with its diff and Claude's words; otherwise it says where they are */
export function traceSection(trace: Trace & { readonly name?: string }, kind: string, isWhole: boolean): string {
  const { state, name, title, startedAt, proof, guard, steps, diff, summary } = trace;
  const level = proof?.level ? ` <span class="faint">proof ${proof.level}</span>` : '';
  return [
    `<details id="${text(trace.trace)}"><summary><span class="state ${kind}">${state}</span>${text(name ?? title)}${level} <span class="faint">${moment(startedAt)}</span></summary>`,
    facts(trace),
    ...(steps.length === 0 ? [] : ['<h3>Steps</h3>', table(['Step', 'Outcome', 'Took', 'What it found'], steps.map(stepCells), [2])]),
    ...(proof === null
      ? []
      : [
          '<h3>Proof</h3>',
          `<p>${text([proof.level ?? 'none', ...shownNotes(proof), proof.detail].filter(Boolean).join(', '))}</p>`,
          ...(proof.introduced ? [`<p>Brought by ${text(introducedWords(proof.introduced))}</p>`] : []),
          proofTable(proof),
        ]),
    ...(guard.length === 0
      ? []
      : [
          '<h3>Guard</h3>',
          table(
            ['Rule', 'Verdict', 'Detail'],
            guard.map(({ rule, verdict, detail }) => [text(rule), text(verdict), text(detail)]),
          ),
        ]),
    ...(isWhole ? bodies(diff, summary) : [`<p class="faint">The page is full: see <code>ai-ops status ${text(trace.trace)}</code>.</p>`]),
    '</details>',
  ].join('\n');
}

function facts({
  box,
  trace,
  fingerprint,
  mode,
  reason,
  hint,
  request,
  issue = null,
  branch,
  commit,
  costUsd,
  turns,
  modelMs,
  durationMs,
  endedAt,
}: Trace): string {
  const spent = [
    costUsd === null ? 'price unknown' : usd(costUsd),
    turns === null ? '' : `turns: ${turns}`,
    modelMs === null ? '' : `${duration(modelMs)} in the model`,
  ];
  const rows: readonly (readonly [string, string])[] = [
    ['Reason', text(reason)],
    ['Hint', text(hint?.replaceAll('{trace}', trace) ?? '')],
    ['Request', request === null ? '' : link(request)],
    ['Issue', issue === null ? '' : link(issue)],
    ['Branch', text(branch ?? '')],
    ['Commit', text(commit ?? '')],
    ['Cost', costUsd === null && turns === null ? '' : text(spent.filter(Boolean).join(', '))],
    ['Took', endedAt === null ? '' : duration(durationMs)],
    ['Trace', text(`${trace}, mode ${mode}`)],
    ['Box', text(box ?? '')],
    ['Incident', text(fingerprint)],
  ];
  const shown = rows.filter(([, value]) => value !== '').map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<div class="wide"><table><tbody>${shown.join('')}</tbody></table></div>`;
}

/** Only an address of the web becomes a link; anything else stays text. */
function link({ url, number, state }: Pick<Request | Issue, 'url' | 'number' | 'state'>): string {
  const name = number === null ? state : `#${number}, ${state}`;
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
  return `${isWeb ? `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${text(url)}</a>` : text(url)} (${escapeHtml(name)})`;
}

function stepCells({ name, outcome, durationMs, summary, error }: StepRecord): readonly string[] {
  const said = [summary, error?.message].filter(Boolean).join('; ');
  const mark = outcome === 'ok' ? 'good' : outcome === 'failed' ? 'bad' : 'faint';
  return [text(name), `<span class="${mark}">${outcome}</span>`, durationMs === null ? '' : duration(durationMs), text(said)];
}

function proofTable(proof: Proof): string {
  const rows = proof.commands.map((run) => [`<code>${text(commandWords(run))}</code>`, text(ending(run.before)), text(ending(run.after))]);
  const printed = proof.output === undefined || proof.output.trim() === '' ? '' : `\n<pre>${block(proof.output)}</pre>`;
  return (rows.length === 0 ? '' : table(['Command', 'Before', 'After'], rows)) + printed;
}

function bodies(diff: string, summary: string): readonly string[] {
  return [
    ...(diff === '' ? [] : ['<h3>Changes</h3>', `<pre>${block(diff).split('\n').map(diffLine).join('\n')}</pre>`]),
    ...(summary === '' ? [] : ['<h3>What Claude said (its words, not evidence)</h3>', `<pre>${block(summary)}</pre>`]),
  ];
}

/** @param line escaped already */
function diffLine(line: string): string {
  const kind = line.startsWith('+') ? 'plus' : line.startsWith('-') ? 'minus' : line.startsWith('@@') ? 'hunk' : undefined;
  return kind === undefined ? line : `<span class="${kind}">${line}</span>`;
}

/** @param cells HTML. @param numbers which columns stand to the right */
function table(titles: readonly string[], cells: readonly (readonly string[])[], numbers: readonly number[] = []): string {
  const of = (index: number): string => (numbers.includes(index) ? ' class="number"' : '');
  const head = titles.map((title, index) => `<th scope="col"${of(index)}>${title}</th>`).join('');
  const rows = cells.map((row) => `<tr>${row.map((value, index) => `<td${of(index)}>${value}</td>`).join('')}</tr>`);
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const text = (value: string): string => escapeHtml(stripHidden(value).replace(/\s+/g, ' ').trim());
const block = (value: string): string => escapeHtml(stripHidden(value).replace(/\n+$/, ''));
const moment = (time: string): string => escapeHtml(when(time));
