// What form has done to the lines of a file: characters that nobody sees, blanks of another kind, a mark in front of each.
// Principle: a line that is one of the base's but for its form proves the form; then it is taken off all of them. Nothing is
// taken off that no line of the base proves.

/** @param base text of the file before, with plain line ends */
export function withoutForm(content: string, base: string): string {
  const plain = [
    withoutColours,
    withoutEscapes,
    withoutMargin,
    withoutInvisible,
    withOwnLetters,
    withPlainMarks,
    withoutGaps,
    withOwnIndentation,
    withOwnTrails,
  ];
  return plain.reduce((text, mend) => mend(text, base), content);
}

const filled = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '');

/** Applies `change` where it makes `least` lines those of the base; what is a line of the base stays. */
function whereProven(content: string, base: string, change: (line: string) => string, least = 1): string {
  const known = new Set(base.split('\n'));
  const lines = content.split('\n');
  const changed = lines.map((line) => (known.has(line) ? line : change(line)));
  const proven = changed.filter((line, at) => line !== lines[at] && line.trim() !== '' && known.has(line));
  return proven.length >= least ? changed.join('\n') : content;
}

const COLOUR = /\u001b\[[\d;]*m/g;

const withoutColours = (content: string, base: string): string =>
  base.includes('\u001b') ? content : whereProven(content, base, (line) => line.replace(COLOUR, ''));

/**
 * One mark in front of every line: a number, a sign of quoting, a bar. The lines of the base say where it ends. A sign of a
 * patch is none, nor are blanks.
 */
function withoutMargin(content: string, base: string): string {
  const known = new Set(filled(base));
  const counts = new Map<string, number>();
  const lines = filled(content);
  for (const line of lines) {
    const own = known.has(line) ? undefined : [...Array(MOST_MARGIN).keys()].find((at) => known.has(line.slice(at + 1)));
    if (own === undefined) continue;
    const shape = line.slice(0, own + 1).replace(/\d+/, '#');
    if (/\S/.test(shape) && !/^\s*[-+]\s*$/.test(shape)) counts.set(shape.trim(), (counts.get(shape.trim()) ?? 0) + 1);
  }
  const [shape, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  if (count < 2 || count * 2 < lines.length) return content;
  const source = shape.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('#', '\\s*\\d+');
  const wide = lines.filter((line) => known.has(line.replace(new RegExp(`^\\s*${source}[ \\t]`), ''))).length;
  const close = lines.filter((line) => known.has(line.replace(new RegExp(`^\\s*${source}`), ''))).length;
  const mark = new RegExp(`^\\s*${source}${wide >= close ? '[ \\t]?' : ''}`);
  return lines.every((line) => mark.test(line))
    ? content
        .split('\n')
        .map((line) => line.replace(mark, ''))
        .join('\n')
    : content;
}

const MOST_MARGIN = 12;

/** Marks that a text processor puts in place of those of code. */
const FINE_MARKS: readonly (readonly [fine: RegExp, plain: (mark: string) => string])[] = [
  [/[‘’]/g, () => "'"],
  [/[“”]/g, () => '"'],
  [/[\u2010-\u2015\u2212]/g, () => '-'],
  [/[\uff01-\uff5e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0)],
];

const withPlainMarks = (content: string, base: string): string =>
  FINE_MARKS.reduce(
    (text, [fine, plain]) => (base.search(fine) >= 0 ? text : whereProven(text, base, (line) => line.replace(fine, plain))),
    content,
  );

/** Signs of Markdown behind a backslash. One line of code may well have gained one, or lost it. */
const withoutEscapes = (content: string, base: string): string =>
  whereProven(content, base, (line) => line.replace(/\\([*_`#<>[\]~|])/g, '$1'), 2);

/** What the bytes from 0x80 on are in the code page that UTF-8 is misread in. */
const CODE_PAGE = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Letters that were read in another encoding than they were written in, or are composed another way. */
function withOwnLetters(content: string, base: string): string {
  const read = /[ÃÂâ]./.test(base) ? content : whereProven(content, base, readAgain);
  return (['NFC', 'NFD'] as const).reduce(
    (text, form) => (base.normalize(form) === base ? whereProven(text, base, (line) => line.normalize(form)) : text),
    read,
  );
}

function readAgain(line: string): string {
  if (!/[\u0080-\u{10ffff}]/u.test(line)) return line;
  const codes = [...line].map((char) => (CODE_PAGE.includes(char) ? 0x80 + CODE_PAGE.indexOf(char) : (char.codePointAt(0) as number)));
  const text = Buffer.from(codes).toString('utf8');
  return codes.some((code) => code > 0xff) || text.includes('\ufffd') ? line : text;
}

/** A blank line behind every line. */
function withoutGaps(content: string, base: string): string {
  const lines = content.split('\n');
  const isGap = lines.length > 4 && lines.every((line, at) => at % 2 === 0 || line.trim() === '');
  const own = base.split('\n');
  return isGap && !own.every((line, at) => at % 2 === 0 || line.trim() === '')
    ? lines.filter((_line, at) => at % 2 === 0).join('\n')
    : content;
}

const ZERO_WIDTH = /\u200b|\u200c|\u200d|\u2060|\u00ad|\ufeff/g;
const WIDE_BLANK = /[\u00a0\u2000-\u200a\u202f\u3000]/g;

function withoutInvisible(content: string, base: string): string {
  const body = content.replace(/^\ufeff/, '');
  const bare = base.search(ZERO_WIDTH) >= 0 ? body : whereProven(body, base, (line) => line.replace(ZERO_WIDTH, ''));
  if (base.search(WIDE_BLANK) >= 0) return bare;
  const widths = [' ', '  ', '    '].map((blanks) => whereProven(bare, base, (line) => line.replace(WIDE_BLANK, blanks)));
  return widths.find((text) => text !== bare) ?? bare;
}

/** Blanks at the end of lines that have none in the base. */
function withOwnTrails(content: string, base: string): string {
  const known = new Map(base.split('\n').map((line) => [line.trimEnd(), line]));
  const lines = content.split('\n');
  const isTrailed = lines.filter(
    (line) => line !== line.trimEnd() && known.get(line.trimEnd()) === line.trimEnd() && line.trim() !== '',
  ).length;
  const isForm = isTrailed * 2 > filled(content).length;
  return lines.map((line) => known.get(line.trimEnd()) ?? (isForm ? line.trimEnd() : line)).join('\n');
}

interface Lead {
  readonly theirs: string;
  readonly own: string;
}

/** Tabs for blanks or the other way round: the base's lines say how many of one are one of the other. */
function withOwnIndentation(content: string, base: string): string {
  const leadOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
  const own = new Map<string, string>();
  for (const line of base.split('\n')) if (line.trim() !== '') own.set(line.trim(), leadOf(line));
  const known = new Set(base.split('\n'));
  const pairs = filled(content).flatMap((line): readonly Lead[] => {
    const lead = own.get(line.trim());
    return lead === undefined || known.has(line) || lead === '' ? [] : [{ theirs: leadOf(line), own: lead }];
  });
  const unit = unitOf(pairs);
  return unit === undefined
    ? content
    : content
        .split('\n')
        .map((line) => reindented(line, unit))
        .join('\n');
}

/** What one step of theirs is in the base, where most lines agree; blanks for blanks may be meant. */
function unitOf(pairs: readonly Lead[]): Lead | undefined {
  const others = pairs.filter(({ theirs, own }) => theirs.includes('\t') !== own.includes('\t'));
  const units = others.flatMap(({ theirs, own }) =>
    [1, 2, 3, 4].flatMap((steps): readonly Lead[] => {
      const unit = { theirs: theirs.slice(0, theirs.length / steps), own: own.slice(0, own.length / steps) };
      const isUnit = unit.theirs !== '' && unit.theirs.repeat(steps) === theirs && unit.own.repeat(steps) === own;
      return isUnit ? [unit] : [];
    }),
  );
  const each = new Map(units.map((unit) => [JSON.stringify(unit), unit]));
  const agreeing = (unit: Lead): number => pairs.filter(({ theirs, own }) => reindented(`${theirs}x`, unit) === `${own}x`).length;
  const best = [...each.values()].map((unit) => ({ unit, count: agreeing(unit) })).sort((a, b) => b.count - a.count)[0];
  return best !== undefined && best.count >= 2 && best.count * 2 > pairs.length ? best.unit : undefined;
}

function reindented(line: string, { theirs, own }: Lead): string {
  let rest = line;
  let lead = '';
  while (rest.startsWith(theirs)) {
    rest = rest.slice(theirs.length);
    lead += own;
  }
  return lead + rest;
}
