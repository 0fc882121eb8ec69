// `ai-ops watch` beside a service that runs and crashes, with nobody there: one request for each distinct bug, whatever
// happens to the watcher, and in the end every error line the service has written is counted exactly once.
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { git } from '../support/git-program.ts';
import { eventually, type Program } from '../support/program.ts';
import { type Json, ONE_PROCESS, parseLines, startWorld, type World } from '../support/world.ts';
import { ANSWERED, answerFromTheBook, filesOf, recorded } from './conversations.ts';
import { branches, changed, LIMIT, picture } from './observe.ts';

let world: World;
let service: Program;
let watcher: Program;

const lines = (program: Program, kind: string): readonly Json[] => parseLines(program.stdout()).filter((line) => line.kind === kind);
const startWatcher = (): Program => world.start(['watch', 'app.log', '--json']);
const ready = (program: Program): Promise<Json> => eventually(() => lines(program, 'ready')[0], program.stderr);

/** Errors in the log, by the message that each bug writes; counted line by line, without the program under test. */
function written(): Readonly<Record<string, number>> {
  const heads = readFileSync(world.log, 'utf8').split('\n');
  const of = (text: string, mark: string): number => heads.filter((line) => line.includes(mark) && line.includes(text)).length;
  return {
    'src/cart.js': of("(reading 'percent')", '"level":50'),
    'src/delivery.js': of('ERROR courier', ' was not booked'),
    'src/report.js': of('Reduce of empty array', '"level":50'),
  };
}

/** Counts of the incidents, by the file of the bug. */
async function counted(): Promise<Readonly<Record<string, unknown>>> {
  const { json } = await world.run(['incidents', '--json']);
  return Object.fromEntries(
    json.map(({ count, frames }) => {
      const files = (frames as readonly { file: string; inApp: boolean }[]).filter(({ inApp }) => inApp).map(({ file }) => file);
      return [ANSWERED.find(({ file }) => files[0]?.endsWith(file))?.file ?? `somewhere else: ${files[0]}`, count];
    }),
  );
}

/** Waits until the service has written more errors than now. */
async function moreErrors(): Promise<void> {
  const total = (): number => Object.values(written()).reduce((sum, count) => sum + count, 0);
  const now = total();
  await eventually(() => (total() > now + 10 ? true : undefined), service.stderr);
}

beforeAll(async () => {
  world = await startWorld({
    host: 'github',
    isNotOfClaude: true,
    script: answerFromTheBook,
    env: { ...ONE_PROCESS, MAX_REPAIRS_PER_HOUR: '20' },
  });
}, LIMIT);
afterAll(() => world.close());

test(
  'it is ready before the log is there, and then opens one request for each bug, each with its own fix',
  async () => {
    const before = picture(`${world.checkout}/.git`);
    watcher = startWatcher();
    await ready(watcher);
    service = world.startService('--log', 'app.log', '--serve', '--every', '200');
    await eventually(
      () => (lines(watcher, 'result').length >= 3 ? true : undefined),
      () => watcher.stdout() + watcher.stderr(),
    );

    expect(parseLines(watcher.stdout())[0]?.kind).toBe('ready');
    expect(lines(watcher, 'incident')).toHaveLength(3);
    const results = lines(watcher, 'result');
    expect(results.map(({ outcome, files, proof }) => `${outcome} ${(files as Json[])[0]?.path} ${(proof as Json).level}`).sort()).toEqual([
      'proposed src/cart.js L4',
      // Its recorded answer brings no test.
      'proposed src/delivery.js L2',
      'proposed src/report.js L4',
    ]);
    const bare = world.bare ?? '';
    expect(await branches(bare)).toEqual([...results.map(({ branch }) => String(branch)), 'main'].sort());
    const fixes = await Promise.all(results.map(({ branch }) => changed(bare, 'main', String(branch))));
    const wanted = ANSWERED.map(({ answer }) => filesOf(recorded(answer)));
    expect(byFirstPath(fixes)).toEqual(byFirstPath(wanted));
    expect(
      world.host
        .requests()
        .map(({ head }) => head)
        .sort(),
    ).toEqual(results.map(({ branch }) => branch).sort());
    expect(world.mailbox.mails).toHaveLength(3);
    expect(await git(bare, 'fsck', '--strict', '--no-dangling')).toBe('');
    expect(picture(`${world.checkout}/.git`)).toEqual(before);
  },
  LIMIT,
);

test(
  'it stops when told to, and started anew it opens nothing again',
  async () => {
    expect(await watcher.end('SIGTERM')).toBe(130);
    await moreErrors();
    watcher = startWatcher();
    await ready(watcher);
    await moreErrors();
  },
  LIMIT,
);

test(
  'killed in the middle of reading, it goes on where its ledger stands',
  async () => {
    expect(await watcher.end('SIGKILL')).toBeNull();
    await moreErrors();
    watcher = startWatcher();
    await ready(watcher);
    await moreErrors();
  },
  LIMIT,
);

test(
  'in the end every error line is counted once, and there are still three requests',
  async () => {
    expect(await service.end('SIGTERM')).toBe(0);
    const total = written();
    const end = Date.now() + 60_000;
    while (!isDeepStrictEqual(await counted(), total) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(await counted()).toEqual(total);
    expect(await watcher.end('SIGTERM')).toBe(130);
    expect(await counted()).toEqual(total);
    expect(Math.min(...Object.values(total))).toBeGreaterThan(5);

    expect(lines(watcher, 'result')).toEqual([]);
    expect(world.messages.requests).toHaveLength(3);
    expect(world.host.requests()).toHaveLength(3);
    expect(world.mailbox.mails).toHaveLength(3);
    expect(world.host.violations()).toEqual([]);
  },
  LIMIT,
);

/** Fixes in the order of the files that they mend. */
function byFirstPath(fixes: readonly Readonly<Record<string, string>>[]): readonly Readonly<Record<string, string>>[] {
  const key = (fix: Readonly<Record<string, string>>): string => Object.keys(fix).sort()[0] ?? '';
  return [...fixes].sort((one, other) => key(one).localeCompare(key(other)));
}
