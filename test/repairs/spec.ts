// The specification that every row of the set has to meet. One test is one answer, carried out from the crash log to the end.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LIMIT } from '../e2e/observe.ts';
import { git } from '../support/git-program.ts';
import { inLane } from '../support/lane.ts';
import { type CarriedOut, carryOut, endingOf } from './carry-out.ts';
import { type Ending, KINDS, type Kind, type Mode, type Row } from './row.ts';
import { runnable, toolchains } from './toolchains.ts';

export function specify(rows: readonly Row[]): void {
  describe.each(inLane(runnable(rows), 0.25, ({ name }) => name))('$name ($language): $bug', (row) => {
    const given: readonly { readonly mode: Mode; readonly kind: Kind }[] = [
      ...KINDS.map((kind) => ({ mode: 'code_blocks', kind }) as const),
      ...(row.agentic ?? []).map((kind) => ({ mode: 'agentic', kind }) as const),
    ];
    test.each(
      inLane(given, 0.12, ({ mode, kind }) => `${row.name} ${mode} ${kind}`).map((each) => ({
        ...each,
        what: row.answers[each.kind].what,
      })),
    )(
      '$mode, $kind answer: $what',
      async ({ mode, kind }) => {
        const { what: _, ...expected } = row.answers[kind];
        const out = await carryOut(row, { mode, answer: kind, claude: mode === 'agentic' || kind === 'right' ? 'real' : 'stand-in' });
        try {
          expect(await endingOf(out)).toEqual({ ...expected, because: expect.stringMatching(expected.because) });
          expectTold(out, expected);
          if (kind === 'right') {
            if (mode === 'code_blocks') expect(filesOf(out.prompt)[0]).toBe(row.first);
            await expectMended(row, out);
          }
        } finally {
          await out.world.close();
        }
      },
      LIMIT,
    );
  });
}

/** What people are told is what was shown, no more and no less. */
function expectTold({ world, ran, result }: CarriedOut, { outcome, level, exit }: Ending): void {
  expect(world.host.violations()).toEqual([]);
  // Nothing but where requests go, our own line and our own hint.
  const [destination, ...talk] = ran.stderr.split('\n');
  expect(destination).toMatch(/^requests (?:go to|are local)/);
  const heads = talk.map((line) => line.split(': ').slice(0, 2).join(': '));
  expect(heads).toEqual(exit === 0 ? [''] : ['ai-ops: error', 'ai-ops: hint', '']);
  if (outcome !== 'proposed') return;
  const [request] = world.host.requests();
  // Lines of files are named in links, as `#L4`.
  const body = request?.body.replaceAll(/#L\d+/g, '') ?? '';
  const claims = `${request?.title}\n${body}`.match(/\bL[0-4]\b/g) ?? [];
  expect(new Set(claims)).toEqual(new Set(level === null ? [] : [level]));
  expect(request).toMatchObject({ isDraft: true, head: result.branch, commit: result.commit });
  const { detail = '', reproduced } = result.proof ?? {};
  if (reproduced !== 'yes') expect(body).toContain(detail.slice(1));
  else expect(body).toContain('The new test fails without the fix with the error of the log (exit code ');
  if (reproduced === 'no') expect(body).toContain(', not reproduced');
}

/** The program of the base dies of its bug; that of the pushed branch does not, and its files are what they were but for the change. */
async function expectMended(row: Row, { world, result }: CarriedOut): Promise<void> {
  const ran = async (branch: string) => {
    const clone = join(world.home, 'clone', branch);
    await git(world.home, 'clone', '-q', '-b', branch, world.bare ?? '', clone);
    return runIn(clone, row.run);
  };
  const before = await ran('main');
  expect({ died: before.code !== 0, output: before.output }).toEqual({ died: true, output: expect.stringMatching(row.crash) });
  expect(await ran(result.branch ?? '')).toEqual({ code: 0, output: expect.stringMatching(row.mended) });
  const of = async (branch: string) => modesAndLineEnds(world.bare ?? '', branch);
  expect(await of(result.branch ?? '')).toMatchObject(await of('main'));
}

async function runIn(dir: string, line: string): Promise<{ readonly code: number; readonly output: string }> {
  const env = { ...toolchains(), HOME: dir };
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', `exec 2>&1\n${line}`], { cwd: dir, env });
    return { code: 0, output: stdout };
  } catch (thrown) {
    const { code, stdout } = thrown as { readonly code?: number; readonly stdout?: string };
    if (typeof code !== 'number') throw thrown;
    return { code, output: stdout ?? '' };
  }
}

/** Mode and kind of line ends of every file: a fix changes neither. */
async function modesAndLineEnds(repository: string, branch: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await git(repository, '-c', 'core.quotePath=false', 'ls-tree', '-r', branch)).split('\n');
  const files = lines.map((line) => /^(\d+) \w+ \w+\t(.+)$/.exec(line) ?? []);
  return Object.fromEntries(
    await Promise.all(
      files.map(async ([, mode = '', path = '']) => {
        const text = await git(repository, 'show', `${branch}:${path}`);
        const returns = text.match(/\r\n/g)?.length ?? 0;
        return [path, `${mode} ${returns === 0 ? 'LF' : returns === text.match(/\n/g)?.length ? 'CRLF' : 'mixed'}`] as const;
      }),
    ),
  );
}

/** Names of the files that a prompt brings, in their order. */
function filesOf(prompt: string): readonly string[] {
  return [...prompt.matchAll(/<file-\w+ path="([^"…]+)"/g)].map(([, path = '']) => path);
}
