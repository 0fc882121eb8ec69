// What becomes of a request, with nobody at the keyboard: merged, silent, confirmed; the error again, regressed, a second
// request; turned down, and never again. The watcher is killed in between, and a second box looks on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inLane, slowTest } from '../support/lane.ts';
import { eventually, type Program } from '../support/program.ts';
import { type Json, ONE_TEST, parseLines, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { branches, cartFails, LIMIT } from './observe.ts';

const WINDOWS = { refreshSeconds: 1, deploySeconds: 1, confirmSeconds: 3 };

describe.each(inLane(['github', 'gitlab'] as const, 0.5))('on %s', (host) => {
  let world: World;
  let watcher: Program;
  const other = (): string => join(world.home, 'second-box');

  const start = (): void => {
    watcher = world.start(['watch', 'app.log', '--from', 'start', '--json']);
  };
  const said = (): string => watcher.stdout() + watcher.stderr();
  const lines = (kind: string): readonly Json[] => parseLines(watcher.stdout()).filter((line) => line.kind === kind);
  const moved = (...states: readonly string[]): Promise<Json> =>
    eventually(() => lines('trace').find((line) => states.includes(String(line.state))), said);
  const incident = async (...flags: readonly string[]): Promise<Json> => {
    const { json } = await world.run(['incidents', '--json', ...flags]);
    return json[0] ?? {};
  };

  beforeAll(async () => {
    world = await startWorld({ host, isNotOfClaude: true, script: answerFromTheBook, env: { DEDUP_WINDOW_SECONDS: '0', ...ONE_TEST } });
    writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify({ policy: WINDOWS }));
    await cartFails(world);
    start();
    await eventually(() => lines('result')[0], said);
  }, LIMIT);
  afterAll(() => world.close());

  test(
    'merged by a person, and silent for long enough: confirmed',
    async () => {
      world.host.merge(1);
      // A look that comes late finds it merged and silent for long enough at once.
      expect(await moved('merged', 'confirmed')).toMatchObject({
        request: { number: 1, state: 'merged' },
        sequel: { mergedAt: expect.any(String) },
      });
      expect(await moved('confirmed')).toMatchObject({ outcome: 'proposed' });
      expect(await incident()).toMatchObject({ state: 'confirmed', reason: 'confirmed' });
      const { json } = await world.run(['status', '--state', 'confirmed', '--json']);
      expect(json).toMatchObject([{ state: 'confirmed', sequel: { quietMs: expect.any(Number) } }]);
      const quietMs = Object(json[0]?.sequel).quietMs;
      expect(quietMs).toBeGreaterThanOrEqual(WINDOWS.confirmSeconds * 1000);
    },
    LIMIT,
  );

  test(
    'the error again: regressed with its evidence, and a second request beside the first',
    async () => {
      await watcher.end('SIGKILL');
      await cartFails(world);
      start();
      expect(await moved('regressed')).toMatchObject({ request: { number: 1 }, sequel: { again: { count: expect.any(Number) } } });
      const second = await eventually(() => lines('result')[0], said);
      expect(second).toMatchObject({ outcome: 'proposed', branch: expect.stringMatching(/-2$/), request: { number: 2 } });
      const [first, again] = world.host.requests();
      expect([first?.head, again?.head]).toEqual([String(second.branch).replace(/-2$/, ''), second.branch]);
      const url = Object(lines('trace')[0]?.request).url;
      expect(again?.body).toContain(url);
      expect(await branches(world.bare ?? '')).toEqual([first?.head, again?.head, 'main']);
      const subjects = (): readonly string[] => world.mailbox.mails.map(({ mail }) => String(mail.subject));
      await eventually(() => subjects().find((subject) => subject.includes('Came back after the merge')), said);
    },
    LIMIT,
  );

  slowTest(
    'a second box that meets the bug now opens no request of its own',
    async () => {
      const { json } = await world.run(['watch', 'app.log', '--once', '--from', 'start', '--json', '--state-dir', other()]);
      expect(json.filter(({ kind }) => kind === 'result')).toMatchObject([{ outcome: 'skipped', request: { number: 2, state: 'open' } }]);
      expect(world.host.requests()).toHaveLength(2);
    },
    LIMIT,
  );

  slowTest(
    'turned down by a person: left alone by both boxes, through a crash and whatever comes',
    async () => {
      world.host.turnDown(2);
      await moved('closed');
      const { count } = await incident();
      expect(count).toBe(2);
      await watcher.end('SIGKILL');
      await cartFails(world);
      await world.run(['watch', 'app.log', '--once', '--json']);
      expect((await incident()).count).toBe(3);
      const refreshed = await world.run(['status', '--refresh', '--json', '--state-dir', other()]);
      expect(refreshed.json).toMatchObject([{ state: 'closed', request: { number: 2, state: 'closed' } }]);
      for (const flags of [[], ['--state-dir', other()]]) {
        expect(await incident(...flags)).toMatchObject({ state: 'closed', reason: 'closed-by-person' });
      }
      expect(world.mailbox.mails.filter(({ mail }) => mail.subject?.includes('Came back'))).toHaveLength(1);
      expect(world.host.requests()).toHaveLength(2);
      expect(world.host.violations()).toEqual([]);
    },
    LIMIT,
  );
});
