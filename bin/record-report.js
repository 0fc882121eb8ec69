// Makes the pictures of the report in doc/ from a run of the real program: `ai-ops demo`, `ai-ops report`, Chromium. A page as it is at
// a desk, light and dark, on a telephone of 390 pixels, and the page of one incident. Usage: npm run record:report
// Needs the Debian package chromium.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = join(root, 'node_modules/.bin/node');
const dir = mkdtempSync(join(tmpdir(), 'ai-ops-record-'));

try {
  const report = join(dir, 'report.html');
  const run = (...args) =>
    execFileSync(node, [join(root, 'bin/ai-ops.cjs'), ...args], {
      cwd: dir,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: dir, TMPDIR: dir },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  run('demo');
  const [demo] = readdirSync(dir).filter((name) => name.startsWith('ai-ops-demo-'));
  run('report', '--all-repositories', '--state-dir', join(dir, demo, 'state'), '-o', report);
  const incident = /<div id="(i-[^"]+)">/.exec(readFileSync(report, 'utf8'))?.[1];
  const page = (shade, width, height, part = '') =>
    `<iframe style="border:0;width:${width}px;height:${height}px;color-scheme:${shade};background:${shade === 'dark' ? '#121212' : '#fff'}" src="file://${report}${part}"></iframe>`;
  picture('report', 1800, 980, page('light', 900, 980) + page('dark', 900, 980));
  picture('report-phone', 780, 1200, page('light', 390, 1200) + page('dark', 390, 1200));
  picture('report-incident', 1000, 1150, page('light', 1000, 1150, `#${incident}`));
} finally {
  rmSync(dir, { recursive: true, force: true });
}

function picture(name, width, height, html) {
  const file = join(dir, 'page.html');
  writeFileSync(file, `<!doctype html><meta charset="utf-8"><style>body{margin:0;display:flex}</style>${html}`);
  const target = join(root, 'doc', `${name}.png`);
  const common = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${dir}/profile`];
  const taken = ['--virtual-time-budget=3000', `--window-size=${width},${height}`, `--screenshot=${target}`, `file://${file}`];
  execFileSync('chromium', [...common, ...taken], { stdio: 'ignore', timeout: 120_000 });
  process.stdout.write(`doc/${name}.png: ${width} × ${height}\n`);
}
