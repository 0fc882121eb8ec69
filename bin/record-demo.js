// Makes pictures of the real program: runs commands in a terminal of its own (tmux), reads the screen with its colours, and draws it.
// Usage: npm run record                                     doc/demo.svg
//        npm run record -- OUT.svg 'COMMAND' 'COMMAND' …    whatever else: with the account, HOME and PATH that it is called with
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const COLUMNS = 124;
const ROWS = 200;
const CELL = { width: 8.4, height: 18 };
const COLOURS = { 31: '#f47067', 32: '#57ab5a', 33: '#daaa3f', 34: '#539bf5', 35: '#b083f0', 36: '#39c5cf' };
const TEXT = '#cdd9e5';
const FAINT = '#8b98a5';
const LIMIT_MS = 300_000;
/** The picture ends before this heading; the rest is for those who run it. */
const LAST = 'The mail it would have sent';

const socket = `ai-ops-record-${process.pid}`;
const tmux = (...args) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });
const root = fileURLToPath(new URL('..', import.meta.url));

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const [out = `${root}doc/demo.svg`, ...typed] = process.argv.slice(2);
const DEMO = { shown: 'ai-ops demo', run: `${node} ${root}bin/ai-ops.cjs demo` };
const commands = typed.length === 0 ? [DEMO] : typed.map((command) => ({ shown: command, run: command }));

writeFileSync(out, draw(screenOf(commands)));

/** The screen after the commands have ended, with its colour codes. */
function screenOf(all) {
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = all.map(({ shown, run }) => `printf '\\033[1m$ %s\\033[0m\\n' ${quoted(shown)}; ${run}`);
  const line = `clear; ${lines.join('; ')}; tmux -L ${socket} wait-for -S ended; sleep 60`;
  try {
    tmux('new-session', '-d', '-x', String(COLUMNS), '-y', String(ROWS), '-e', 'TERM=tmux-256color', 'sh', '-c', line);
    execFileSync('tmux', ['-L', socket, 'wait-for', 'ended'], { timeout: LIMIT_MS });
    return tmux('capture-pane', '-p', '-e').replace(/\s+$/, '');
  } finally {
    tmux('kill-server');
  }
}

/** One text element a line; a run of one look is one span. */
function draw(screen) {
  const lines = [...shown(screen), '…'];
  const width = Math.ceil(COLUMNS * CELL.width + 40);
  const height = lines.length * CELL.height + 60;
  const rows = lines.map((line, index) => `<text x="20" y="${56 + index * CELL.height}" xml:space="preserve">${spans(line)}</text>`);
  const dots = ['#f47067', '#daaa3f', '#57ab5a'].map((fill, index) => `<circle cx="${22 + index * 18}" cy="20" r="6" fill="${fill}"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${commands.map(({ shown }) => shown.replace(/[<&"]/g, ' ')).join('; ')}">`,
    `<rect width="100%" height="100%" rx="10" fill="#1c2128"/>`,
    ...dots,
    `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" fill="${TEXT}">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function shown(screen) {
  const lines = screen.split('\n');
  const end = lines.findIndex((line) => line.includes(LAST));
  return lines.slice(0, end === -1 ? undefined : end);
}

function spans(line) {
  let look = { fill: TEXT, bold: false };
  let made = '';
  for (const [, codes, text] of line.matchAll(/(?:\u001b\[([\d;]*)m)?([^\u001b]*)/g)) {
    if (codes !== undefined) look = codes.split(';').reduce(changed, look);
    if (text === '') continue;
    const style = `${look.fill === TEXT ? '' : ` fill="${look.fill}"`}${look.bold ? ' font-weight="bold"' : ''}`;
    made += style === '' ? escaped(text) : `<tspan${style}>${escaped(text)}</tspan>`;
  }
  return made;
}

function changed(look, code) {
  if (code === '' || code === '0') return { fill: TEXT, bold: false };
  if (code === '1') return { ...look, bold: true };
  if (code === '2') return { ...look, fill: FAINT };
  if (code === '22') return { fill: look.fill === FAINT ? TEXT : look.fill, bold: false };
  if (code === '39') return { ...look, fill: TEXT };
  return { ...look, fill: COLOURS[code] ?? look.fill };
}

function escaped(text) {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
