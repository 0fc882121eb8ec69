// Makes the pictures of requests, issues, mails and chat messages in doc/ from the texts that the program writes: Markdown by
// GitHub's own renderer (cmark-gfm), pages by Chromium, light and dark beside each other. Usage: npm run record:requests
// Needs the Debian packages cmark-gfm and chromium. The styles are as the two hosts publish them, cut to what is used here.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GITHUB } from '../src/adapters/hosts/github/about.ts';
import { GITLAB } from '../src/adapters/hosts/gitlab/about.ts';
import { postOf } from '../src/adapters/notifiers/webhook/forms.ts';
import { issueBody, issueTitle } from '../src/core/texts/issue.ts';
import { newsText } from '../src/core/texts/mail/news.ts';
import { noticeText } from '../src/core/texts/mail/notice.ts';
import { requestBody, requestTitle } from '../src/core/texts/request.ts';

const doc = fileURLToPath(new URL('../doc/', import.meta.url));
const WIDTH = 760;

const frame = (file, line, name) => ({ file: `/srv/shop/${file}`, path: file, line, function: name, inApp: true });
const frames = [frame('src/pricing.js', 12, 'orderTotal'), frame('src/orders.js', 30, 'placeOrder')];
const text = [
  "2026-03-01T10:00:00.000Z ERROR TypeError: Cannot read properties of undefined (reading 'price')",
  '    at orderTotal (/srv/shop/src/pricing.js:12:21)',
  '    at placeOrder (/srv/shop/src/orders.js:30:5)',
].join('\n');
const sample = {
  id: 'e',
  source: 'app.log',
  format: 'plain',
  language: 'javascript',
  level: 'error',
  type: 'TypeError',
  message: '',
  frames,
  text,
};
const seen = (time, line) => ({ source: 'app.log', line, offset: 0, time });
const incident = {
  ...{ fingerprint: 'v2:0123456789abcdef0123456789abcdef', title: "TypeError: Cannot read properties of undefined (reading 'price')" },
  ...{ level: 'error', type: 'TypeError', message: null, language: 'javascript', frames, sample, count: 41, state: 'new', reason: null },
  ...{ first: seen('2026-03-01T10:00:00.000Z', 4), last: seen('2026-03-02T08:12:00.000Z', 912), attempts: 0, lastAttemptAt: null },
};
const run = (variant, before, after) => ({
  command: 'npm test',
  ...(variant ? { variant } : {}),
  before: { exitCode: before, durationMs: 1900 },
  after: { exitCode: after, durationMs: 1800 },
});
const introduced = {
  ...{ how: 'proven', commit: '2222222222222222222222222222222222222222', author: 'Zoë Example', date: '2026-02-26T09:00:00.000Z' },
  ...{ subject: 'Items may be retired', passesAt: ['3333333333333333333333333333333333333333'] },
};
const words = [
  'Since items may be retired, `order.item` is `undefined` for them, and `orderTotal` reads its price.',
  '',
  '- `orderTotal` counts such an order as 0, as `cartTotal` in the same file does',
  '- the test orders a retired item',
].join('\n');
const PROPOSAL = {
  ...{ language: 'en', version: '0.1.0', trace: 'abc123def456', mode: 'code_blocks', incident, frames, box: '5f1e0a7c93d2' },
  place: { path: 'src/pricing.js', line: 12, function: 'orderTotal' },
  pages: { project: 'https://github.com/acme/shop', ...GITHUB.pages },
  base: { commit: '1111111111111111111111111111111111111111', branch: 'main' },
  answer: { summary: words, text: '', engine: 'claude 2.1.197', turns: 1, costUsd: 0.0412, modelMs: 14_200, sandbox: 'bubblewrap' },
  files: [
    { path: 'src/pricing.js', status: 'modified', added: 3, removed: 1 },
    { path: 'test/pricing.test.js', status: 'added', added: 12, removed: 0 },
  ],
  guard: [],
  proof: {
    ...{ level: 'L4', reproduced: 'yes', introduced, isolation: { sandbox: 'bubblewrap', network: false }, detail: 'x' },
    commands: [run('tests-only', 1, 0), run('fix-removed', 1, 0), run(undefined, 0, 0)],
  },
};
const DRAFT = {
  ...PROPOSAL,
  guard: [{ rule: 'swallowed-error', verdict: 'draft', detail: 'src/pricing.js catches an error and goes on' }],
  proof: {
    level: 'L2',
    reproduced: 'no',
    detail: 'the tests pass with the fix and nothing that passed before fails',
    commands: [run(undefined, 0, 0)],
  },
  files: PROPOSAL.files.slice(0, 1),
};
const CHINESE = { ...PROPOSAL, language: 'zh', pages: { project: 'https://gitlab.com/acme/shop', ...GITLAB.pages } };

const escaped = (plain) => plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const rendered = (markdown) =>
  execFileSync('cmark-gfm', ['--unsafe', '--to', 'html', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', '-e', 'tagfilter'], {
    input: markdown,
    encoding: 'utf8',
  }).replaceAll('<details>', '<details open>');

const THEMES = {
  github: {
    light: { text: '#1f2328', ground: '#ffffff', faint: '#59636e', line: '#d1d9e0', code: '#818b981f', block: '#f6f8fa', link: '#0969da' },
    dark: { text: '#f0f6fc', ground: '#0d1117', faint: '#9198a1', line: '#3d444d', code: '#656c7633', block: '#151b23', link: '#4493f8' },
    font: '-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,"Noto Sans CJK SC",sans-serif',
  },
  gitlab: {
    light: { text: '#333238', ground: '#ffffff', faint: '#626168', line: '#dcdcde', code: '#ececef', block: '#fbfafd', link: '#1068bf' },
    dark: { text: '#ececef', ground: '#18171d', faint: '#a4a3a8', line: '#434248', code: '#28272d', block: '#28272d', link: '#63a6e9' },
    font: '"GitLab Sans","Noto Sans",Ubuntu,Cantarell,"Helvetica Neue","Noto Sans CJK SC",sans-serif',
  },
};

function style(host, shade) {
  const { text: ink, ground, faint, line, code, block, link } = THEMES[host][shade];
  const h2 = host === 'github' ? `border-bottom:1px solid ${line};padding-bottom:.3em;font-size:1.5em` : 'font-size:1.25em';
  return `.${shade}{background:${ground};color:${ink};font:14px/1.5 ${THEMES[host].font};padding:24px;width:${WIDTH}px;box-sizing:border-box;overflow-wrap:anywhere}
.${shade} h1{font-size:24px;font-weight:400;margin:0 0 16px}.${shade} h2{margin:24px 0 16px;font-weight:600;${h2}}
.${shade} p,.${shade} ul,.${shade} table,.${shade} pre,.${shade} blockquote,.${shade} details{margin:0 0 16px}.${shade} ul{padding-left:2em}
.${shade} a{color:${link};text-decoration:none}.${shade} blockquote{border-left:.25em solid ${line};color:${faint};padding:0 1em;margin-left:0}
.${shade} code{background:${code};border-radius:6px;font:85%/1.45 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace;padding:.2em .4em}
.${shade} pre{background:${block};border-radius:6px;padding:16px;overflow:auto}.${shade} pre code{background:none;padding:0}
.${shade} table{border-collapse:collapse}.${shade} td,.${shade} th{border:1px solid ${line};padding:6px 13px;text-align:left}
.${shade} .chat{border:1px solid ${line};border-radius:8px;padding:10px 14px;margin:0 0 12px}.${shade} .chat h3{color:${faint};font-size:12px;margin:0 0 6px}`;
}

const page = (host, html) =>
  `<!doctype html><meta charset="utf-8"><style>body{margin:0;display:flex;align-items:stretch}${style(host, 'light')}${style(host, 'dark')}</style>${['light', 'dark'].map((shade) => `<div class="${shade}">${html(shade)}</div>`).join('')}`;

const request = (host, title, body) => page(host, () => `<h1>${escaped(title)}</h1>${rendered(body)}`);

function mail(html) {
  const shades = ['light', 'dark'].map(
    (shade) =>
      `<iframe style="border:0;width:${WIDTH}px;height:1500px;color-scheme:${shade};background:${shade === 'dark' ? '#121212' : '#ffffff'}" srcdoc="${escaped(html.replace('content="light dark"', `content="${shade}"`))}"></iframe>`,
  );
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0;display:flex}</style>${shades.join('')}`;
}

/** A message of each chat, as far as its text tells: bubbles are ours. */
function chat(about) {
  const payload = {
    version: 1,
    id: 'trace.abc123def456',
    kind: 'proposed',
    trace: 'abc123def456',
    fingerprint: incident.fingerprint,
    ...about,
  };
  const now = new Date('2026-03-02T08:20:00.000Z');
  const body = (form) => JSON.parse(postOf(form, payload, { secret: 'not-a-real-secret', now }).body);
  const slack = (message) =>
    escaped(message)
      .replace(/&amp;(lt|gt|amp);/g, '&$1;')
      .replace(/^\*(.*)\*$/m, '<b>$1</b>')
      .replace(/&lt;(https:[^>]*)>/g, '<a>$1</a>')
      .replaceAll('\n', '<br>');
  const card = body('teams').attachments[0].content;
  const { post } = body('feishu').content;
  const shown = {
    Slack: slack(body('slack').text),
    'Microsoft Teams': `${card.body.map((block) => `<p>${block.weight ? '<b>' : ''}${escaped(block.text)}${block.weight ? '</b>' : ''}</p>`).join('')}<p><a>${escaped(card.actions[0].title)}</a></p>`,
    Mattermost: rendered(body('mattermost').text.replaceAll('\n', '\n\n')),
    DingTalk: rendered(body('dingtalk').markdown.text),
    Feishu: `<p><b>${escaped(post.zh_cn.title)}</b></p>${post.zh_cn.content.map((row) => `<p>${row.map((part) => (part.href ? `<a>${part.text}</a>` : escaped(part.text))).join('')}</p>`).join('')}`,
    WeCom: rendered(body('wecom').markdown.content.replaceAll('\n', '\n\n')),
    JSON: `<pre><code>${escaped(JSON.stringify(body('json'), null, 2))}</code></pre>`,
  };
  return page('github', () =>
    Object.entries(shown)
      .map(([name, html]) => `<div class="chat"><h3>${name}</h3>${html}</div>`)
      .join(''),
  );
}

function record(name, html) {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-record-'));
  try {
    const file = join(dir, 'page.html');
    writeFileSync(file, html);
    const chromium = (...args) =>
      execFileSync(
        'chromium',
        ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', `--user-data-dir=${dir}/profile`, ...args, `file://${file}`],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
      );
    const measured = html.replace(
      '</style>',
      '</style><script>addEventListener("load",()=>{document.title=String(Math.max(...[...document.body.children].map((each)=>each.tagName==="IFRAME"?each.contentDocument.body.offsetHeight+40:each.scrollHeight)))})</script>',
    );
    writeFileSync(file, measured);
    const height = Number(/<title>(\d+)/.exec(chromium('--dump-dom'))?.[1] ?? 1600);
    writeFileSync(file, html);
    chromium(`--window-size=${2 * WIDTH},${height}`, `--screenshot=${join(doc, `${name}.png`)}`);
    process.stdout.write(`doc/${name}.png: ${2 * WIDTH} × ${height}\n`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const url = 'https://github.com/acme/shop/pull/7';
const notice = noticeText(DRAFT, url);
record('request-github', request('github', requestTitle(PROPOSAL), requestBody(PROPOSAL)));
record('request-draft', request('github', requestTitle(DRAFT), requestBody(DRAFT)));
record('request-gitlab-zh', request('gitlab', requestTitle(CHINESE), requestBody(CHINESE)));
const cause = { kind: 'below', why: 'level', level: 'L1', wanted: 'L2' };
const told = { ...DRAFT, guard: [], proof: { ...DRAFT.proof, level: 'L1' } };
record(
  'issue',
  request(
    'github',
    issueTitle(told),
    issueBody({
      proposal: told,
      cause,
      patch: '--- a/src/pricing.js\n+++ b/src/pricing.js\n@@ -12 +12 @@\n-  return order.item.price;\n+  return order.item?.price ?? 0;\n',
    }),
  ),
);
record('mail', mail(notice.html));
record(
  'mail-failed',
  mail(newsText({ kind: 'failed', language: 'en', incident, trace: 'abc123def456', reason: 'no answer within 900 s', costUsd: 0.02 }).html),
);
record('chat', chat(noticeText(PROPOSAL, url).about));
