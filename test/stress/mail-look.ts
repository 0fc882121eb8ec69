// How the mails look in a real browser: every golden mail in light and dark mode, in a narrow and a wide window, without
// network. Nothing may stick out to the right, and every text must stand out from its background.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Checks } from './checks.ts';

const run = promisify(execFile);
const TEXTS = new URL('../golden/texts/', import.meta.url);

/** Widths of a telephone and of a mail program's pane, in CSS pixels. */
const WIDTHS = [360, 800] as const;
/** Blink's own numbers. */
const SCHEMES = { dark: 0, light: 1 } as const;
/** WCAG 2.2, level AA, for text of normal size. */
const LEAST_CONTRAST = 4.5;

interface Seen {
  readonly name: string;
  readonly overflow: number;
  /** Of the text that stands out least. */
  readonly contrast: number;
  /** What is behind the text, to see that the scheme was applied at all. */
  readonly background: string;
  readonly texts: number;
  /** Elements that would ask for something from outside. */
  readonly outside: number;
}

export async function mailLook(checks: Checks): Promise<object> {
  const browser = chromium();
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-look-'));
  const figures: Record<string, number> = {};
  try {
    const names = readdirSync(TEXTS).filter((name) => name.endsWith('.mail.html'));
    for (const width of WIDTHS) {
      for (const [scheme, number] of Object.entries(SCHEMES)) {
        const page = join(dir, `${width}-${scheme}.html`);
        writeFileSync(page, pageOf(names, width));
        const seen = await look(browser, page, number, dir);
        const where = `mail look: ${scheme}, ${width} px`;
        checks.check(
          `${where}: all ${names.length} mails are there`,
          seen.length === names.length && seen.every(({ texts }) => texts > 3),
          `${seen.length}`,
        );
        complain(
          checks,
          `${where}: nothing sticks out`,
          seen.filter(({ overflow }) => overflow > 0),
        );
        complain(
          checks,
          `${where}: every text stands out`,
          seen.filter(({ contrast }) => contrast < LEAST_CONTRAST),
        );
        complain(
          checks,
          `${where}: the scheme is applied`,
          seen.filter(({ background }) => (background === 'rgb(255, 255, 255)') !== (scheme === 'light')),
        );
        complain(
          checks,
          `${where}: nothing is asked for from outside`,
          seen.filter(({ outside }) => outside > 0),
        );
        figures[`${scheme} ${width}`] = Math.min(...seen.map(({ contrast }) => contrast));
      }
    }
    return { leastContrast: figures };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function complain(checks: Checks, name: string, wrong: readonly Seen[]): void {
  checks.check(name, wrong.length === 0, JSON.stringify(wrong.slice(0, 3)));
}

/** Every mail in a frame of its own, and a script that measures them and writes what it saw into the page. */
function pageOf(names: readonly string[], width: number): string {
  const frames = names.map((name) => {
    const mail = readFileSync(new URL(name, TEXTS), 'utf8').replace(/&/g, '&amp;').replace(/"/g, '&quot;');
    return `<iframe title="${name}" width="${width}" height="900" style="border:0" srcdoc="${mail}"></iframe>`;
  });
  return `<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"></head><body>${frames.join('\n')}
<script>${MEASURE}
addEventListener('load', () => {
  const seen = [...document.querySelectorAll('iframe')].map((frame) => measure(frame));
  const list = document.createElement('pre');
  list.id = 'seen';
  list.textContent = btoa(unescape(encodeURIComponent(JSON.stringify(seen))));
  document.body.replaceChildren(list);
});
</script></body></html>`;
}

/** Runs in the browser. */
const MEASURE = `
const parts = (colour) => (colour.match(/[0-9.]+/g) ?? []).map(Number);
const light = (colour) => {
  const [r, g, b] = parts(colour).slice(0, 3).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};
const measure = (frame) => {
  const page = frame.contentDocument;
  const probe = page.createElement('div');
  probe.style.background = 'Canvas';
  page.body.append(probe);
  const background = frame.contentWindow.getComputedStyle(probe).backgroundColor;
  probe.remove();
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = frame.contentWindow.getComputedStyle(at).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return background;
  };
  const texts = [...page.body.querySelectorAll('*')].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''));
  const contrasts = texts.map((element) => contrast(frame.contentWindow.getComputedStyle(element).color, behind(element)));
  const root = page.documentElement;
  const outside = page.querySelectorAll('img, script, link, iframe, object, embed, video, audio, form, style, [background], [srcset]').length;
  return { name: frame.title, overflow: Math.max(0, root.scrollWidth - root.clientWidth), contrast: Math.min(...contrasts), background, texts: texts.length, outside };
};`;

async function look(browser: string, page: string, scheme: number, dir: string): Promise<readonly Seen[]> {
  // Alone in its own directory; in a container there is no sandbox to be had.
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', `--user-data-dir=${join(dir, 'profile')}`];
  const apart = ['--host-resolver-rules=MAP * ~NOTFOUND', '--disable-background-networking', '--no-first-run'];
  const argv = [
    ...flags,
    ...apart,
    `--blink-settings=preferredColorScheme=${scheme}`,
    '--window-size=1000,1000',
    '--dump-dom',
    `file://${page}`,
  ];
  const { stdout } = await run(browser, argv, { maxBuffer: 64 * 1024 * 1024, timeout: 120_000 });
  const found = /<pre id="seen">([^<]*)</.exec(stdout)?.[1];
  if (found === undefined) throw new Error('the browser has measured nothing');
  return JSON.parse(Buffer.from(found, 'base64').toString('utf8')) as readonly Seen[];
}

/** Too large to be among what every test needs. As root it is installed, otherwise the command is told. */
function chromium(): string {
  const find = (): string | undefined =>
    ['chromium', 'chromium-browser', 'google-chrome'].find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  const there = find();
  if (there) return there;
  if (process.getuid?.() === 0) {
    spawnSync('apt-get', ['-qq', 'update']);
    spawnSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'chromium']);
  }
  const name = find();
  if (name === undefined) throw new Error('no Chromium; as root: apt-get update && apt-get install -y --no-install-recommends chromium');
  return name;
}
