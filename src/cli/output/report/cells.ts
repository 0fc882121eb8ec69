// Pieces of the page that all its sections are made of. Texts come from strangers: nothing of theirs gets past these.
import type { Issue, Request } from '../../../core/model.ts';
import { stripHidden } from '../../../core/redact/redact.ts';
import { escapeHtml } from '../../../core/texts/markdown.ts';
import { when } from '../units.ts';

/** One line. */
export const text = (value: string): string => escapeHtml(stripHidden(value).replace(/\s+/g, ' ').trim());
/** As it is laid out, within `pre`. */
export const block = (value: string): string => escapeHtml(stripHidden(value).replace(/\n+$/, ''));
export const moment = (time: string): string => escapeHtml(when(time));

/** An id of the page, made of letters that no stranger chooses. */
export const idOf = (kind: 'i' | 't', name: string): string => `${kind}-${name.replace(/[^0-9A-Za-z]+/g, '-').slice(0, 80)}`;

/** Only an address of the web becomes a link; anything else stays text. */
function address(url: string, shown: string = url): string {
  const isWeb = /^https?:\/\//i.test(url) && URL.canParse(url);
  return isWeb ? `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${text(shown)}</a>` : text(shown);
}

/** @param state in words */
export function link({ url, number }: Pick<Request | Issue, 'url' | 'number'>, state: string): string {
  return `${address(url)} (${escapeHtml(number === null ? state : `#${number}, ${state}`)})`;
}

/** @param state in words; `kind` is its colour */
export const badge = (state: string, kind: string): string => `<span class="state ${kind}">${escapeHtml(state)}</span>`;

/** @param rows of HTML; those without a value are left out */
export function factTable(rows: readonly (readonly [name: string, value: string])[]): string {
  const told = rows.filter(([, value]) => value !== '');
  return `<dl class="facts">${told.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${value}</dd></div>`).join('')}</dl>`;
}

/**
 * A table that becomes a pile of cards where it is narrow: each cell says what it is.
 * @param cells HTML. @param numbers which columns stand to the right
 */
export function table(titles: readonly string[], cells: readonly (readonly string[])[], numbers: readonly number[] = []): string {
  const of = (index: number): string => (numbers.includes(index) ? ' class="number"' : '');
  const head = titles.map((title, index) => `<th scope="col"${of(index)}>${escapeHtml(title)}</th>`).join('');
  const cell = (value: string, index: number): string => `<td${of(index)} data-of="${escapeHtml(titles[index] ?? '')}">${value}</td>`;
  const rows = cells.map((row) => `<tr>${row.map(cell).join('')}</tr>`);
  return `<table><thead><tr>${head}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}
