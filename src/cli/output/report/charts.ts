// Charts as inline SVG: no script, no outside reference, colours by class so that the page's style sheet decides.
// Every chart names its numbers in words for those who do not see it.
import { escapeHtml } from '../../../core/texts/markdown.ts';

/** One bar: `kind` chooses its colour, `shown` is the value in words. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly shown: string;
  readonly kind?: string;
}

/** One day, or one other step of time, and what it is made of, from the bottom up. */
export interface Column {
  readonly name: string;
  readonly parts: readonly { readonly kind: string; readonly value: number }[];
}

const WIDTH = 640;
const ROW = 26;
const NAMES = 210;
const VALUES = 90;
const HEIGHT = 180;
/** A column of a report about few days. */
const WIDEST = 60;
/** Room for the name of a day. */
const LABEL = 90;

/** Horizontal bars, as long as their values. */
export function bars(title: string, rows: readonly Bar[]): string {
  const most = Math.max(...rows.map(({ value }) => value), Number.MIN_VALUE);
  const drawn = rows.map(({ name, value, shown, kind = 'accent' }, index) => {
    const y = index * ROW;
    const length = Math.max(value > 0 ? 2 : 0, (value / most) * (WIDTH - NAMES - VALUES));
    return (
      `<text x="${NAMES - 8}" y="${y + 17}" text-anchor="end">${escapeHtml(shortened(name))}</text>` +
      `<rect class="${kind}" x="${NAMES}" y="${y + 4}" width="${length.toFixed(1)}" height="18" rx="2"/>` +
      `<text x="${(NAMES + length + 6).toFixed(1)}" y="${y + 17}">${escapeHtml(shown)}</text>`
    );
  });
  const said = rows.map(({ name, shown }) => `${name}: ${shown}`).join(', ');
  return figure(title, said, rows.length * ROW, drawn);
}

/** Columns over time, each a pile of its parts. `shown` puts a height into words. */
export function columns(title: string, steps: readonly Column[], shown: (value: number) => string): string {
  const heights = steps.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const most = Math.max(...heights, Number.MIN_VALUE);
  const room = HEIGHT - 40;
  const pace = Math.min((WIDTH - 60) / Math.max(steps.length, 1), WIDEST);
  const drawn = steps.map(({ name, parts }, index) => {
    const x = 60 + index * pace;
    let y = room + 12;
    const pile = parts.map(({ kind, value }) => {
      const height = (value / most) * room;
      y -= height;
      return `<rect class="${kind}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${Math.max(pace - 2, 1).toFixed(1)}" height="${height.toFixed(1)}"/>`;
    });
    const isNamed = index % Math.ceil(LABEL / pace) === 0;
    const label = isNamed ? `<text x="${x.toFixed(1)}" y="${HEIGHT - 6}">${escapeHtml(name)}</text>` : '';
    return `<g><title>${escapeHtml(`${name}: ${shown(heights[index] ?? 0)}`)}</title>${pile.join('')}</g>${label}`;
  });
  const axis = `<text x="52" y="20" text-anchor="end">${escapeHtml(shown(most))}</text><line x1="56" y1="12" x2="56" y2="${room + 12}"/><line x1="56" y1="${room + 12}" x2="${WIDTH}" y2="${room + 12}"/>`;
  const said = steps.flatMap(({ name }, index) => (heights[index] ? [`${name}: ${shown(heights[index])}`] : [])).join(', ');
  return figure(title, said, HEIGHT, [axis, ...drawn]);
}

function figure(title: string, said: string, height: number, drawn: readonly string[]): string {
  return [
    `<figure><figcaption>${escapeHtml(title)}</figcaption>`,
    `<svg viewBox="0 0 ${WIDTH} ${Math.max(height, ROW)}" role="img" aria-label="${escapeHtml(`${title}. ${said}`)}">`,
    ...drawn,
    '</svg></figure>',
  ].join('\n');
}

/** What fits beside a bar. */
function shortened(name: string): string {
  const letters = [...name];
  return letters.length <= 26 ? name : `${letters.slice(0, 25).join('')}…`;
}
