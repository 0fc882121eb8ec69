// Charts as plain elements: no script, no outside reference, letters of the page's own size at whatever width; colours by class so
// that the page's style sheet decides. What is drawn is said in words beside it.
import { escapeHtml } from '../../../core/texts/markdown.ts';
import { text } from './cells.ts';

/** One bar: `kind` chooses its colour, `shown` is the value in words. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly shown: string;
  readonly kind?: string;
  /** Where a click leads: an id of the page. */
  readonly to?: string | undefined;
}

/** One day, or one other step of time, and what it is made of, from the bottom up. */
export interface Column {
  readonly name: string;
  readonly parts: readonly { readonly kind: string; readonly value: number }[];
}

/** A column of a report about few days, in pixels: room for the name of the first and of the last one. */
const WIDEST = 100;

/** Horizontal bars, as long as their values. */
export function bars(title: string, rows: readonly Bar[]): string {
  const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  const drawn = rows.map(({ name, value, shown, kind = 'accent', to }) => {
    const said = to === undefined ? text(name) : `<a href="#${escapeHtml(to)}">${text(name)}</a>`;
    const bar = `<span class="bar"><i class="${kind}" style="width:${percent(value, most)}"></i></span>`;
    return `<li><span class="of">${said}</span>${bar}<span class="value">${escapeHtml(shown)}</span></li>`;
  });
  return figure(title, `<ul class="bars">${drawn.join('\n')}</ul>`);
}

/** Columns over time, each a pile of its parts. `shown` puts a height into words. */
export function columns(title: string, steps: readonly Column[], shown: (value: number) => string): string {
  const heights = steps.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(...heights, Number.MIN_VALUE);
  const drawn = steps.map(({ name, parts }, index) => {
    const pile = parts
      .filter(({ value }) => value > 0)
      .map(({ kind, value }) => `<i class="${kind}" style="height:${percent(value, most)}"></i>`);
    return `<span title="${escapeHtml(`${name}: ${shown(heights[index] ?? 0)}`)}">${pile.join('')}</span>`;
  });
  const said = steps.flatMap(({ name }, index) => (heights[index] ? [`${name}: ${shown(heights[index])}`] : [])).join(', ');
  const ends = [steps[0]?.name, steps.length > 1 ? steps.at(-1)?.name : undefined].map((name) => `<span>${escapeHtml(name ?? '')}</span>`);
  return figure(
    title,
    [
      `<div class="most">${escapeHtml(shown(most))}</div>`,
      `<div class="columns" style="max-width:${steps.length * WIDEST}px" role="img" aria-label="${escapeHtml(`${title}. ${said}`)}">${drawn.join('')}</div>`,
      `<div class="ends" style="max-width:${steps.length * WIDEST}px">${ends.join('')}</div>`,
    ].join(''),
  );
}

const percent = (value: number, most: number): string => `${value > 0 ? Math.max((value / most) * 100, 1).toFixed(1) : 0}%`;

const figure = (title: string, drawn: string): string => `<figure><figcaption>${escapeHtml(title)}</figcaption>${drawn}</figure>`;
