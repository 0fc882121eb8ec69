// `--verbose` and `AIOPS_DEBUG`, by the real program: each area tells why, on standard error, and nothing changes on
// standard output. What a repair tells stands in `test/e2e/verbose.test.ts`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { wantedAreas } from '../../src/cli/output/details.ts';
import { MAIN } from '../support/main-file.ts';
import { startProgram } from '../support/program.ts';

/** A process is started, on a machine that may be busy. */
const LIMIT = 300_000;
const SECRET = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
const LOG = [
  '2026-05-04 10:00:00 INFO no ERROR found',
  '2026-05-04 10:00:01 WARN Error budget is low',
  `2026-05-04 10:00:02 INFO no Exception, token=${SECRET}`,
  '2026-05-04 10:00:03 ERROR payment failed',
  '2026-05-04 10:00:04 ERROR health check failed',
  '',
].join('\n');

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-verbose-'));
  writeFileSync(join(dir, 'app.log'), LOG);
  writeFileSync(join(dir, '.aiopsrc.json'), JSON.stringify({ detect: { ignore: ['health check'] } }));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const home = { TZ: 'UTC', HOME: dir, PATH: dirname(process.execPath), XDG_STATE_HOME: mkdtempSync(join(dir, 'state-')) };
  const program = startProgram([process.execPath, MAIN, ...argv], { cwd: dir, env: { ...home, ...env } });
  const code = await program.exit;
  // `watch` says when.
  return { code, stdout: program.stdout(), stderr: program.stderr().replace(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC {2}/gm, '') };
}

const areasIn = (stderr: string): readonly string[] =>
  [...new Set([...stderr.matchAll(/^\[(\w+)\]/gm)].map(([, area]) => area ?? ''))].sort();

test(
  'scan: the same data, and on standard error where it was read from and why lines are no errors',
  async () => {
    const [plain, verbose] = [await run(['scan', 'app.log', '--json']), await run(['scan', 'app.log', '--json', '--verbose'])];
    expect({ ...plain, stderr: '' }).toEqual({ ...verbose, stderr: '' });
    expect(plain.stderr).toBe('');
    const lines = verbose.stderr.split('\n').filter((line) => !/ is over$/.test(line));
    expect(verbose.stderr).toMatch(/^\[sources\] app\.log: read from offset 0, line 1: from its start, as asked for \(stream \w+\)$/m);
    expect(lines).toEqual([
      expect.stringMatching(/^\[sources\] /),
      '[detect] app.log:1: no event: its level is info: 2026-05-04 10:00:00 INFO no ERROR found',
      '[detect] app.log:2: no event: its level is warn: 2026-05-04 10:00:01 WARN Error budget is low',
      expect.stringMatching(/^\[detect\] app\.log:3: no event: its level is info: /),
      '[detect] app.log:5: no event: detect.ignore names it: 2026-05-04 10:00:04 ERROR health check failed',
      '',
    ]);
    expect(verbose.stderr).not.toContain(SECRET);
  },
  LIMIT,
);

test(
  'watch: where each log is read from, each decision with its figures, and what the ledger does',
  async () => {
    const { stderr } = await run(['watch', 'app.log', '--once', '--from', 'start', '--dry-run', '--json', '--verbose']);
    expect(areasIn(stderr)).toEqual(['decide', 'detect', 'ledger', 'sources']);
    expect(stderr).toMatch(
      /^\[decide\] [0-9a-f]{12}: skip \(dry-run\); it was new, seen 1, policy\.minCount \d+; tried 0 of \d+; 0 of \d+ repairs in the hour;/m,
    );
    expect(stderr).toMatch(/^\[ledger\] recorded: place app\.log \(\w+\) at \d+, 1 events of 1 incidents, \d+ ms$/m);
  },
  LIMIT,
);

test.each([
  ['--from end', ['--from', 'end'], 'from its end, as asked for'],
  ['seen for the first time, once', [], 'read once: from its start'],
])(
  'watch %s says why it reads from there',
  async (_name, argv, why) => {
    const { stderr } = await run(['watch', 'app.log', '--once', '--dry-run', ...argv], { AIOPS_DEBUG: 'sources' });
    expect(stderr).toContain(`: ${why} (stream `);
  },
  LIMIT,
);

test(
  'a second run says that it goes on where the ledger left it',
  async () => {
    const state = { XDG_STATE_HOME: mkdtempSync(join(dir, 'state-')) };
    await run(['watch', 'app.log', '--once', '--dry-run'], state);
    const { stderr } = await run(['watch', 'app.log', '--once', '--dry-run'], { ...state, AIOPS_DEBUG: 'sources' });
    expect(stderr).toContain(`app.log: read from offset ${LOG.length}, line 6: resumed where the ledger left it (stream `);
  },
  LIMIT,
);

describe('which areas', () => {
  test.each([
    ['AIOPS_DEBUG narrows the flag', ['--verbose'], 'detect', ['detect']],
    ['AIOPS_DEBUG alone is enough', [], 'sources,detect', ['detect', 'sources']],
    ['an empty one changes nothing', [], '', []],
    ['--quiet silences both', ['--quiet', '--verbose'], 'detect', []],
  ])(
    '%s',
    async (_name, argv, debug, expected) => {
      const { stderr } = await run(['scan', 'app.log', ...argv], { AIOPS_DEBUG: debug });
      expect(areasIn(stderr)).toEqual(expected);
    },
    LIMIT,
  );

  test(
    'a name that is none is told with those that are',
    async () => {
      const { stderr } = await run(['scan', 'app.log'], { AIOPS_DEBUG: 'htp,detect' });
      expect(stderr).toContain('AIOPS_DEBUG knows sources, detect, decide, steps, commands, http, ledger; not htp\n');
      expect(areasIn(stderr)).toEqual(['detect']);
    },
    LIMIT,
  );

  test.each([
    [false, undefined, 0],
    [true, undefined, 7],
    [true, 'nonsense', 7],
    [true, 'http commands', 2],
  ])('verbose %s and AIOPS_DEBUG %s: %d areas', (isVerbose, debug, count) => {
    expect(wantedAreas(isVerbose, debug).areas.size).toBe(count);
  });
});
