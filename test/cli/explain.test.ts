// `ai-ops explain` on real logs and a real ledger: the same parts by both ways, and the decision a watcher would make.
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { triageWords } from '../../src/cli/output/explain.ts';
import { REASONS } from '../../src/core/policy/decide.ts';
import { sayIn } from '../../src/core/texts/chinese/say.ts';
import { runCli } from '../support/cli-world.ts';
import { createState, FAILED, keep, type State, sight } from '../support/state.ts';

const LOG = `2026-03-01 10:00:00 INFO up
2026-03-01 10:00:01 ERROR order 17 for bob@example.org failed
2026-03-01 10:00:02 ERROR TypeError: Cannot read properties of undefined (reading 'price')
    at orderTotal (/srv/app/src/pricing.js:12:21)
    at placeOrder (/srv/app/src/orders.js:30:5)
    at Layer.handle (/srv/app/node_modules/express/lib/router/layer.js:95:5)
    at next (/srv/app/node_modules/express/lib/router/route.js:144:13)
2026-03-01 10:00:03 ERROR order 18 for eve@example.org failed
2026-03-01 10:00:04 ERROR order 18 for eve@example.org failed
2026-03-01 10:00:05 ERROR order 19 for max@example.org failed
`;

interface Told {
  readonly kind: string;
  readonly fingerprint: string;
  readonly title: string;
  readonly count: number;
  readonly parts: readonly { readonly kind: string; readonly value: string; readonly contributes: boolean; readonly hint?: string }[];
  readonly decision: { readonly kind: string; readonly reason: string; readonly words: string; readonly until?: string };
  readonly examples: readonly { readonly source: string; readonly line: number; readonly text: string }[];
  readonly sample: string;
}

const golden = (name: string): string => readFileSync(new URL(`../golden/cli/${name}.txt`, import.meta.url), 'utf8');

let place: string;
let state: State;
/** Logs are named from the working directory of the process, which is that of all tests: here they are named in full. */
const ai = async (...argv: readonly string[]) => {
  const named = argv.map((word) => (word.endsWith('.log') ? join(place, word) : word));
  const { code, stdout, stderr } = await runCli([...named, '--state-dir', state.dir], { cwd: place });
  return { code, stdout: stdout.replaceAll(join(place, '/'), ''), stderr: stderr.replaceAll(join(place, '/'), '') };
};
const explain = (...argv: readonly string[]) => ai('explain', ...argv);
const told = async (...argv: readonly string[]): Promise<readonly Told[]> => {
  const { code, stdout } = await explain('--json', ...argv);
  expect(code).toBe(0);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Told);
};
const write = (name: string, text: string): void => writeFileSync(join(place, name), text);

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'ai-ops-explain-'));
  state = createState();
  write('app.log', LOG);
});
afterEach(() => {
  state.remove();
  rmSync(place, { recursive: true, force: true });
});

describe('a log', () => {
  test('for people: every incident, most frequent first; nothing is written', async () => {
    const { code, stdout, stderr } = await explain('--from-log', 'app.log');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(golden('explain-log'));
    expect(existsSync(state.dir)).toBe(false);
  });

  test('--json: parts, decision, examples that differ, sample', async () => {
    const [plain, traced] = await told('--from-log', 'app.log');
    expect(plain).toEqual({
      kind: 'explanation',
      fingerprint: expect.stringMatching(/^v2:[0-9a-f]{32}$/),
      title: 'order 17 for bob@example.org failed',
      count: 4,
      class: 'unknown',
      evidence: [],
      parts: [
        { kind: 'language', value: 'none', contributes: false, hint: expect.any(String) },
        { kind: 'message', value: 'order <*> for <*> failed', contributes: true, hint: 'replaced by <*>: number, email' },
      ],
      decision: { kind: 'skip', reason: 'no-in-app-frame', words: REASONS['no-in-app-frame'] },
      examples: [
        { source: 'app.log', line: 2, text: 'order 17 for bob@example.org failed' },
        { source: 'app.log', line: 8, text: 'order 18 for eve@example.org failed' },
        { source: 'app.log', line: 10, text: 'order 19 for max@example.org failed' },
      ],
      sample: '2026-03-01 10:00:01 ERROR order 17 for bob@example.org failed',
    });
    expect(traced).toMatchObject({ count: 1, decision: { kind: 'repair', reason: 'new-incident' }, examples: [{ line: 3 }] });
    expect(traced!.parts.filter(({ contributes }) => contributes).map(({ kind, value }) => [kind, value])).toEqual([
      ['type', 'TypeError'],
      ['frame', 'pricing.js orderTotal'],
      ['frame', 'orders.js placeOrder'],
    ]);
    // Every part is an object of its own for scripts; only people see runs folded.
    expect(traced!.parts.filter(({ hint }) => hint === 'library frame')).toHaveLength(2);
  });

  test('the fingerprints are those of scan', async () => {
    const scanned = (await ai('scan', '--json', 'app.log')).stdout.match(/"fingerprint":"[^"]+"/g);
    expect((await told('--from-log', 'app.log')).map(({ fingerprint }) => `"fingerprint":"${fingerprint}"`)).toEqual(scanned);
  });

  test.each([['argument'], ['option']])('one of them, by its beginning: %s', async (how) => {
    const [, traced] = await told('--from-log', 'app.log');
    const typed = traced!.fingerprint.slice(0, 9);
    expect(await told('--from-log', 'app.log', ...(how === 'option' ? ['--fingerprint'] : []), typed)).toEqual([traced]);
  });

  test('standard input', async () => {
    const { code, stdout } = await runCli(['explain', '--from-log', '-', '--json', '--state-dir', state.dir], { cwd: place, typed: LOG });
    expect([code, stdout.match(/"source":"-","line":\d+/g)]).toEqual([0, [2, 8, 10, 3].map((line) => `"source":"-","line":${line}`)]);
  });

  test('--level: what is no error by default', async () => {
    write('warn.log', '2026-03-01 10:00:01 WARN disk at 91 %\n');
    expect((await explain('--from-log', 'warn.log')).code).toBe(3);
    expect(await told('--from-log', 'warn.log', '--level', 'warn')).toMatchObject([{ title: 'disk at 91 %' }]);
  });

  test('colours only mark what the words say already', async () => {
    const plain = await explain('--from-log', 'app.log');
    const { stdout } = await runCli(['explain', '--from-log', join(place, 'app.log'), '--state-dir', state.dir], {
      cwd: place,
      env: { FORCE_COLOR: '1' },
    });
    expect(stdout).toContain('\u001b[32mrepair: seen for the first time');
    expect(stdout.replace(/\u001b\[\d+m/g, '').replaceAll(join(place, '/'), '')).toBe(plain.stdout);
  });

  test('secrets are told in no place', async () => {
    write('secret.log', '2026-03-01 10:00:01 ERROR login refused, password=hunter2-and-more\n'.repeat(2));
    for (const { stdout } of [await explain('--from-log', 'secret.log'), await explain('--json', '--from-log', 'secret.log')]) {
      expect(stdout).toContain('login refused, password=');
      expect(stdout).not.toContain('hunter2');
    }
  });
});

test('an example is redacted before it is cut', async () => {
  const token = 'ExampleTokenThatIsLong';
  write('long.log', [1, 2].map((n) => `2026-03-01 10:00:01 ERROR ${'at last '.repeat(61)}${n} ${token}\n`).join(''));
  const argv = ['explain', '--json', '--from-log', join(place, 'long.log'), '--state-dir', state.dir];
  const { stdout } = await runCli(argv, { cwd: place, env: { GITHUB_TOKEN: token } });
  const { examples } = JSON.parse(stdout) as Told;
  expect(examples.map(({ text }) => text.slice(488))).toEqual(['1 [redacted ', '2 [redacted ']);
});

describe('the ledger', () => {
  const watch = () => ai('watch', '--once', '--dry-run', '--from', 'start', 'app.log');

  test('the same parts as of the log; the policy judges what the ledger knows', async () => {
    const ofLog = await told('--from-log', 'app.log');
    await watch();
    const file = join(state.dir, readdirSync(state.dir).find((name) => name.endsWith('.sqlite'))!);
    const before = [readFileSync(file), statSync(file).mtimeMs, readdirSync(state.dir)];
    for (const one of ofLog) expect(await told(one.fingerprint)).toEqual([{ ...one, examples: one.examples.slice(0, 1) }]);
    expect([readFileSync(file), statSync(file).mtimeMs, readdirSync(state.dir)]).toEqual(before);
  });

  test('for people', async () => {
    await watch();
    const [, traced] = await told('--from-log', 'app.log');
    const { code, stdout, stderr } = await explain(traced!.fingerprint.slice(3, 15));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.replace(realpathSync(place), '/srv/app')).toBe(golden('explain-ledger'));
  });

  test('a log whose incident the ledger knows: the count of the log, the decision on all', async () => {
    await watch();
    write('.aiopsrc.json', JSON.stringify({ policy: { minCount: 2 } }));
    write('other.log', LOG.split('\n').slice(2, 7).join('\n'));
    expect(await told('--from-log', 'other.log')).toMatchObject([{ count: 1, decision: { kind: 'wait', reason: 'below-min-count' } }]);
    expect((await explain('--from-log', 'other.log')).stdout).toContain('seen      once in this log; once in the ledger\n');
  });

  test('a decision with an end: when, and the words for it; spending is that of the ledger', async () => {
    const [, traced] = await told('--from-log', 'app.log');
    const fingerprint = traced!.fingerprint;
    const begun = new Date(Date.now() - 600_000);
    await state.write(async (ledger) => {
      await sight(ledger, { fingerprint });
      await keep(ledger, { ...FAILED, fingerprint }, begun.toISOString());
    });
    const until = new Date(begun.getTime() + 3_600_000).toISOString();
    expect(await told(fingerprint)).toMatchObject([
      { decision: { kind: 'wait', reason: 'inside-dedupe-window', words: REASONS['inside-dedupe-window'], until } },
    ]);
    const { stdout } = await explain(fingerprint);
    expect(stdout).toContain(`state     failed: ${FAILED.reason}\n`);
    expect(stdout).toContain(`decision  wait until ${until.slice(0, 19).replace('T', ' ')} UTC: ${REASONS['inside-dedupe-window']}\n`);
    expect(stdout).toContain('tried once, policy.maxAttempts 2\nbudget    1 of 5 repairs in the last hour, 1 of 20 in the last day');
  });

  test('a sample that redaction has changed is told as such', async () => {
    write('app.log', '2026-03-01 10:00:01 ERROR login refused, password=hunter2-and-more\n');
    const [{ fingerprint }] = (await told('--from-log', 'app.log')) as readonly [Told];
    await watch();
    const { code, stderr } = await explain(fingerprint);
    expect([code, stderr]).toEqual([0, 'warning: the kept sample is redacted: its parts may not be exactly those that were counted\n']);
  });
});

describe('refused', () => {
  test.each([
    ['unknown to the ledger', ['v2:00'], 2, 'no incident v2:00 here'],
    ['not in the log', ['--from-log', 'app.log', 'zz'], 2, 'no incident zz here'],
    ['several', ['--from-log', 'app.log', 'v2:'], 2, "'v2:' is the beginning of 2: type more of it"],
    ['nothing named', [], 2, 'name a fingerprint, or a log with --from-log'],
    ['named twice', ['v2:0', '--fingerprint', 'v2:0'], 2, 'name the fingerprint once'],
    ['no such log', ['--from-log', 'none.log'], 2, 'no such log: none.log'],
    ['a log without errors', ['--from-log', 'calm.log'], 3, 'no error found in calm.log'],
  ])('%s', async (_name, argv, expected, message) => {
    write('calm.log', '2026-03-01 10:00:00 INFO up\n');
    const { code, stdout, stderr } = await explain(...argv);
    expect([code, stdout, stderr.split('\n')[0]]).toEqual([expected, '', `ai-ops: ${expected === 3 ? '' : 'error: '}${message}`]);
  });
});

test('of the class each thing is told once, and what says the same as what decided is nothing against it', () => {
  const errno = { kind: 'errno', value: '[Errno 111]' } as const;
  const name = { kind: 'name', value: 'TypeError', contributes: false } as const;
  const triage = {
    version: 't1',
    class: 'environment',
    evidence: [
      { ...errno, contributes: true },
      { ...errno, contributes: false },
      { ...errno, contributes: false },
    ],
  } as const;
  expect(triageWords(triage)).toBe('environment: errno [Errno 111]');
  const twice = {
    ...triage,
    evidence: [...triage.evidence.slice(0, 1), { kind: 'words', value: 'connection refused', contributes: true }],
  } as const;
  expect(triageWords(twice)).toBe('environment: errno [Errno 111]');
  const against = { ...triage, evidence: [...triage.evidence, name, name, { ...name, value: 'KeyError' }] };
  expect(triageWords(against)).toBe('environment: errno [Errno 111], in spite of name TypeError, name KeyError');
  expect(triageWords(against, sayIn('zh'))).toBe('环境问题：错误码 [Errno 111]，尽管有名称 TypeError、名称 KeyError');
});
