// Every line of bad input: one error line, one hint, the exit code and error code of the table, no stack, no bug of our
// own, and nothing lost that was recorded or belongs to the user. The program is the bundle, run as a process.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLane } from '../support/lane.ts';
import { createServers } from './hosts.ts';
import { ROWS } from './rows.ts';
import { holdingOf, openStation, type Place, type Ran, type Station } from './world.ts';

let station: Station;
const servers = createServers((place) => place.root);
beforeAll(async () => {
  station = await openStation();
});
afterAll(() => station.close());
afterEach(() => servers.close());

type Json = Readonly<Record<string, unknown>>;
const objects = (text: string): readonly Json[] =>
  text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Json] : []));
const linesWith = (text: string, head: string): number => text.split('\n').filter((line) => line.startsWith(head)).length;

/** The code of the error: of the error itself, else of the repair or the check that ended with one. */
function errorOf({ stdout, stderr }: Ran): unknown {
  const error = objects(stderr).find(({ kind }) => kind === 'error');
  const result = objects(stdout).find(({ kind, status }) => kind === 'result' || (kind === 'check' && status === 'failed'));
  return error?.code ?? result?.code ?? result?.name ?? null;
}

const inState = (place: Place, argv: readonly string[]): readonly string[] => [
  ...argv,
  '--json',
  ...(argv.includes('--state-dir') ? [] : ['--state-dir', place.stateDir]),
];

test.each(inLane(ROWS, 0.1, ({ name }) => name))('$name', async ({ prepare, argv, code, error, says }) => {
  const place = await station.place();
  await prepare?.(place, servers);
  const before = await holdingOf(place);
  expect(Object.keys(before.incidents)).toHaveLength(1);
  const ran = await station.run(place, inState(place, argv));
  expect({ code: ran.code, error: errorOf(ran), stderr: ran.stderr }).toMatchObject({ code, error });
  const said = error === null || code === 0 ? 0 : 1;
  // `doctor` reports what it finds as data; its findings carry their hints.
  if (argv[0] !== 'doctor' || objects(ran.stdout).length === 0) {
    // A log without an error is not wrong.
    const faults = code === 3 ? 0 : said;
    expect([linesWith(ran.stderr, 'ai-ops: error: '), linesWith(ran.stderr, 'ai-ops: hint: ')]).toEqual([faults, said]);
  }
  expect(ran.stderr).not.toMatch(/^\s+at .*[:(]\d+/m);
  if (says) expect(ran.stderr + ran.stdout).toMatch(says);
  const after = await holdingOf(place);
  expect(after.files).toEqual(before.files);
  expect(after.incidents).toMatchObject(before.incidents);
  expect(after.traces).toEqual(expect.arrayContaining([...before.traces]));
});

describe('a damaged database', () => {
  const damaged = Buffer.from('this was a database once\n'.repeat(400));
  const spoil = async (): Promise<Place> => {
    const place = await station.place();
    writeFileSync(join(place.stateDir, 'ai-ops.sqlite'), damaged);
    return place;
  };
  const aside = (place: Place): readonly string[] => readdirSync(place.stateDir).filter((name) => name.includes('.damaged-'));

  test.each([['status'], ['incidents'], ['doctor'], ['fix', '--from-log', '../app.log', '--dry-run']])(
    'is told by %s, which moves nothing',
    async (...argv) => {
      const place = await spoil();
      const ran = await station.run(place, inState(place, argv));
      expect([ran.code, errorOf(ran)]).toEqual([2, 'ledger-unreadable']);
      expect(readFileSync(join(place.stateDir, 'ai-ops.sqlite')).equals(damaged)).toBe(true);
      expect(aside(place)).toEqual([]);
    },
  );

  test.each([
    ['watch', '--once', '--dry-run', '../app.log'],
    ['fix', '--from-log', '../app.log'],
  ])('is set aside by %s and kept; the next run works', async (...argv) => {
    const place = await spoil();
    const first = await station.run(place, inState(place, argv));
    expect([first.code, errorOf(first), linesWith(first.stderr, 'ai-ops: hint: ')]).toEqual([2, 'ledger-damaged', 1]);
    const [name = '', ...others] = aside(place);
    expect(others).toEqual([]);
    expect(first.stderr).toContain(name);
    expect(readFileSync(join(place.stateDir, name)).equals(damaged)).toBe(true);

    const second = await station.run(place, inState(place, ['watch', '--once', '--dry-run', '../app.log']));
    expect([second.code, objects(second.stdout).filter(({ kind }) => kind === 'incident').length]).toEqual([0, 1]);
    expect(readFileSync(join(place.stateDir, name)).equals(damaged)).toBe(true);
  });
});

describe('a line of 50 MB', () => {
  const wall = 50_000_000;
  const walls: readonly (readonly [string, Buffer])[] = [
    ['of one letter', Buffer.alloc(wall, 'x')],
    [
      'of JSON with errors in it',
      Buffer.concat([Buffer.from('{"level":"error","msg":"'), Buffer.alloc(wall, 'ERROR x{\\"'), Buffer.from('"}')]),
    ],
    ['of blanks', Buffer.alloc(wall, ' ')],
  ];
  test.each(inLane(walls, 0.25, ([name]) => name))(
    '%s does not hide what stands before and behind it, and is not kept',
    async (_name, bytes) => {
      const place = await station.place();
      const record = (words: string): Buffer => Buffer.from(`2026-01-01T00:00:00.000Z ERROR ${words}\n`);
      writeFileSync(place.log, Buffer.concat([record('before the wall'), bytes, Buffer.from('\n'), record('behind the wall')]));
      const ran = await station.run(place, ['scan', '../app.log', '--json']);
      expect([ran.code, ran.stderr]).toEqual([0, '']);
      const messages = objects(ran.stdout).map(({ title }) => title);
      expect(messages).toEqual(expect.arrayContaining(['before the wall', 'behind the wall']));
      // A plain scan has about 110 MB; the line alone has 50, decoded 100.
      expect(ran.peakMb).toBeLessThan(300);
    },
  );
});

test('watch waits for a log that is missing', async () => {
  const place = await station.place();
  const later = join(place.root, 'later.log');
  const running = station.start(place, ['watch', '--dry-run', '--json', '--state-dir', place.stateDir, later]);
  await running.says(/"kind":"ready"/);
  writeFileSync(later, '2026-01-01T00:00:00.000Z ERROR born at last\n');
  await running.says(/born at last/);
  const ran = await running.end('SIGTERM');
  expect(linesWith(ran.stderr, 'ai-ops: error: ')).toBe(0);
});

test('a reader that leaves ends scan quietly', async () => {
  const place = await station.place();
  const lines = Array.from({ length: 5000 }, (_, index) => `2026-01-01T00:00:00.000Z ERROR boom ${index}`);
  writeFileSync(place.log, `${lines.join('\n')}\n`);
  const ran = await station.run(place, ['scan', '../app.log', '--events', '--json'], 'leaves');
  expect([ran.code, ran.stderr]).toEqual([0, '']);
});

test('a working directory that is gone', async () => {
  const place = await station.place();
  const gone = join(place.root, 'gone');
  mkdirSync(gone);
  const child = spawn('/bin/sh', ['-c', `cd '${gone}' && rmdir '${gone}' && exec "$@"`, 'sh', ...station.command, 'status', '--json'], {
    env: place.env,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, errorOf({ code: 2, stdout: '', stderr, ms: 0, peakMb: 0 })]).toEqual([2, 'directory-gone']);
});
