// `ai-ops report` against a real ledger: what is on the page, that nothing in it can act, and where it is written.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daysOf, levelsOf, statesOf, stepTimesOf, summaryOf } from '../../src/cli/output/report/numbers.ts';
import { reportPage } from '../../src/cli/output/report/page.ts';
import type { Trace } from '../../src/core/model.ts';
import { runCli } from '../support/cli-world.ts';
import { INCIDENT } from '../support/incidents.ts';
import { createState, FAILED, keep, OUTCOME, type State, sight, TRACE } from '../support/state.ts';

const scriptsOf = (html: string): readonly string[] => [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script/gi)].map(([, text]) => text!);

/** Names, addresses, times, and what a step, a server or a program said. */
const NO_SENTENCE =
  /^(?:.*UTC.*|.*https?:.*|v1:\w+|[\w/.:-]+|\$[\d.]+|error, javascript|ai-ops\/\S+|claude 2.*|no request for it yet|the mail server.*|[\d.]+ m?s|x in orderTotal · src\/pricing.js:12)$/;

let state: State;
let cwd: string;
const report = (...args: readonly string[]) => runCli(['report', '--state-dir', state.dir, ...args], { cwd });
const read = (name = 'ai-ops-report.html'): string => readFileSync(join(cwd, name), 'utf8');

beforeEach(() => {
  state = createState();
  cwd = mkdtempSync(join(tmpdir(), 'ai-ops-report-'));
});
afterEach(() => {
  state.remove();
  rmSync(cwd, { recursive: true, force: true });
});

async function twoTraces(): Promise<void> {
  await state.write(async (ledger) => {
    await sight(ledger);
    await keep(ledger, OUTCOME, new Date(Date.now() - 50 * 3_600_000).toISOString());
    await keep(ledger, FAILED, new Date(Date.now() - 3_600_000).toISOString());
  });
}

describe('the page of two traces', () => {
  test('has every incident, every trace, the steps, the proof, the diff and the charts', async () => {
    await twoTraces();
    expect(await report()).toMatchObject({ code: 0, stdout: `${join(cwd, 'ai-ops-report.html')}\n` });
    const page = read();
    for (const part of [
      ...['Most frequent incidents', 'Repairs by day', 'Repairs by state', 'Proposals by proof level', 'Money spent by day'],
      ...['aaa111bbb222', 'ccc333ddd444', 'L2, the tests pass', 'exit 1', 'the mail server refused the login'],
      '<span class="plus">+  return order.item?.price ?? 0;</span>',
      '<a href="https://git.example.org/shop/orders/pull/7" rel="noopener noreferrer">',
    ])
      expect(page).toContain(part);
  });

  test('--limit and --since leave traces out and say so', async () => {
    await twoTraces();
    await report('--limit', '1');
    expect(read()).toContain('Only the newest 1 of 2 repairs are on this page');
    await report('--since', '1d', '-o', 'day.html');
    expect(read('day.html')).not.toContain('aaa111bbb222');
  });

  test('--json says where it is and what is in it', async () => {
    await twoTraces();
    const { stdout } = await report('--json', '-o', 'r.html');
    expect(JSON.parse(stdout)).toEqual({
      ...{ kind: 'report', file: join(cwd, 'r.html'), bytes: Buffer.byteLength(read('r.html')) },
      ...{ incidents: 1, traces: 2 },
    });
  });
});

test('without a ledger the page says that there is nothing, and nothing is created', async () => {
  expect((await report('-o', '-')).stdout).toContain('No repairs yet.');
  expect(readdirSync(cwd)).toEqual([]);
});

test('a page that cannot be written is an error, and leaves no draft', async () => {
  mkdirSync(join(cwd, 'taken'));
  expect(await report('-o', 'taken')).toMatchObject({ code: 2, stderr: expect.stringContaining('cannot write taken: EISDIR') });
  expect(await report('-o', 'no/where.html')).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOENT') });
  expect(readdirSync(cwd)).toEqual(['taken']);
});

describe('what strangers wrote stays text', () => {
  const page = (trace: Partial<Trace>, title = 'x', language: 'en' | 'zh' = 'en'): string => {
    const incident = {
      ...INCIDENT,
      ...{ title, repository: title, formerly: [title] },
      ...{ last: { ...INCIDENT.last, source: title }, sample: { ...INCIDENT.sample, text: title } },
      frames: [{ file: title, line: 1, function: title, inApp: false }],
      boxes: [{ box: title, count: 1, first: '', last: '', state: 'new' as const, reason: null }],
    };
    const one: Trace = { ...TRACE, title, ...trace };
    const similar = [{ how: 'frames' as const, incident: { ...incident, type: title }, trace: one }];
    return reportPage({
      incidents: [{ incident, name: title, reason: title, class: title, repairs: [one], similar }],
      traces: [one],
      others: [{ ...one, name: title }],
      ...{ repository: title, withRepository: false, version: '1.0.0', now: new Date('2026-03-02T00:00:00Z'), left: [title], language },
    });
  };

  test.each([
    ['<script>alert(1)</script>'],
    ['"><img src=x onerror=alert(1)>'],
    [`'><svg/onload=alert(1)>`],
    ['</pre></details><iframe src="https://evil.example">'],
    ['</title><style>*{background:url(https://evil.example)}</style>'],
    ['<!-- --><base href="https://evil.example">'],
    ['&lt;b&gt; <b>'],
    ['\u202Eevil\u0000\u001b[31m<u>'],
  ])('%j in every field', (hostile) => {
    const html = page(
      {
        ...{ reason: hostile, hint: hostile, branch: hostile, commit: hostile, fingerprint: hostile, trace: hostile },
        ...{ diff: `+${hostile}\n-${hostile}`, summary: hostile },
        request: { url: hostile, number: 1, state: 'open' },
        guard: [{ rule: hostile, verdict: 'draft', detail: hostile }],
        proof: {
          ...{ level: 'L1', detail: hostile, output: hostile },
          commands: [{ command: hostile, before: null, after: { exitCode: 0, durationMs: 1 } }],
        },
        steps: TRACE.steps.map((step) => ({ ...step, summary: hostile, error: { code: 'x', message: hostile, hint: hostile } })),
        files: [],
      },
      hostile,
    );
    const ours = page({});
    const tags = (text: string): readonly string[] => [...new Set([...text.matchAll(/<\/?[a-z!][a-z0-9-]*/gi)].map(([tag]) => tag))].sort();
    // No element of its own, and no attribute that acts.
    expect(tags(html).filter((tag) => !tags(ours).includes(tag))).toEqual([]);
    expect(scriptsOf(html)).toEqual(scriptsOf(ours));
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toMatch(/[\u0000\u001b\u202e]/);
  });

  test.each([['javascript:alert(1)'], ['data:text/html,<script>'], ['file:///etc/passwd'], ['/tmp/requests/fix.md'], ['//evil.example']])(
    'the address %s is no link',
    (url) => expect(page({ request: { url, number: null, state: 'local' } })).not.toMatch(/<a (?!href="#)/),
  );

  test('the browser may fetch nothing, and runs the one script that the page was made with', () => {
    const html = page({});
    const scripts = scriptsOf(html);
    expect(scripts).toHaveLength(1);
    const hash = createHash('sha256').update(scripts[0]!).digest('base64');
    expect(html).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    );
    expect(html).not.toMatch(/<(link|img|iframe|object|embed)\b|url\(|@import/i);
    expect(scripts[0]).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|fetch|http/);
  });

  test('every address within the page leads to something', () => {
    const html = page({});
    const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    const to = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id);
    expect(to.length).toBeGreaterThan(2);
    expect(to.filter((id) => !ids.has(id!))).toEqual([]);
  });

  test('in Chinese nothing of ours is left in English', () => {
    const text = page({}, 'x', 'zh')
      .replace(/<script>[\s\S]*?<\/script>|<style>[\s\S]*?<\/style>|<pre>[\s\S]*?<\/pre>|<code>.*?<\/code>|<[^>]*>/g, '\n')
      .split('\n')
      .filter((line) => /[A-Za-z]{3,}/.test(line));
    expect(text.filter((line) => !/[\u4e00-\u9fff]/.test(line)).filter((line) => !NO_SENTENCE.test(line))).toEqual([]);
  });

  test('a page that is full says where the rest is', () => {
    const html = page({ diff: '+'.repeat(9_000_000) });
    expect(html).toContain('see <code>ai-ops status aaa111bbb222</code>');
    expect(html.length).toBeLessThan(100_000);
  });
});

describe('the numbers', () => {
  const at = (startedAt: string, fields: Partial<Trace> = {}): Trace => ({ ...TRACE, startedAt, ...fields });
  const traces = [at('2026-03-04T00:00:00.000Z', { costUsd: 0.5, durationMs: 300 }), at('2026-03-01T23:59:59.000Z', { costUsd: null })];

  test('sums and the median', () =>
    expect(summaryOf([INCIDENT], traces)).toEqual({
      ...{ incidents: 1, occurrences: INCIDENT.count, repairs: 2, proposed: 2, usd: 0.5, medianMs: 4850 },
    }));
  test('every day counts, also an empty one', () =>
    expect(daysOf(traces).map(({ day, traces: some }) => [day, some.length])).toEqual([
      ['2026-03-01', 1],
      ['2026-03-02', 0],
      ['2026-03-03', 0],
      ['2026-03-04', 1],
    ]));
  test('of years only the last days', () => expect(daysOf([at('2020-01-01T00:00:00.000Z'), ...traces])).toHaveLength(60));
  test('no traces, no days', () => expect(daysOf([])).toEqual([]));
  test('states, levels and the steps that ended well', () => {
    expect(Object.fromEntries(statesOf(traces))).toEqual({ proposed: 2 });
    expect(Object.fromEntries(levelsOf([...traces, at('', { proof: null })]))).toEqual({ L2: 2, none: 1 });
    expect(Object.fromEntries(stepTimesOf(traces))).toEqual({ claim: 120, fix: 4200 });
  });
});
