// A watcher that ends in the middle of a repair, in order or not: nothing of it is left, and the next one goes
// on with the repair at once, in the same trace.

import { IS_SLOW_LANE } from '../support/lane.ts';
import { eventually, type Program } from '../support/program.ts';
import { type Json, ONE_TEST, parseLines, startWorld, type World } from '../support/world.ts';
import { answerFromTheBook } from './conversations.ts';
import { branches, LIMIT, survivors } from './observe.ts';

const results = (program: Program): readonly Json[] => parseLines(program.stdout()).filter(({ kind }) => kind === 'result');

let world: World;
beforeEach(async () => {
  world = await startWorld({
    host: 'gitlab',
    isNotOfClaude: true,
    script: [{ kind: 'hang' }],
    env: { ...ONE_TEST, MAX_REPAIRS_PER_HOUR: '20' },
  });
  await world.startService('--log', 'app.log', '--requests', 'demo').exit;
}, LIMIT);
afterEach(() => world.close());

const ENDS = [
  { signal: 'SIGTERM', code: 130 },
  { signal: 'SIGKILL', code: null },
] as const;

test.each(IS_SLOW_LANE ? ENDS : ENDS.slice(1))(
  'ended by $signal while Claude thinks',
  async ({ signal, code }) => {
    const first = world.start(['watch', 'app.log', '--from', 'start', '--json']);
    await eventually(() => world.messages.requests[0], first.stderr);
    expect(await first.end(signal)).toBe(code);
    expect(await survivors(world.claudeStarts().map(({ pid }) => pid))).toEqual([]);

    world.messages.play(answerFromTheBook);
    const second = world.start(['watch', 'app.log', '--json']);
    await eventually(
      () => (results(second).length >= 3 ? true : undefined),
      () => second.stdout() + second.stderr(),
    );
    expect(results(second).map(({ outcome }) => outcome)).toEqual(['proposed', 'proposed', 'proposed']);
    expect(await branches(world.bare ?? '')).toHaveLength(4);
    expect(world.host.requests()).toHaveLength(3);
    expect(world.host.violations()).toEqual([]);

    const { json: traces } = await world.run(['status', '--json']);
    expect(traces.map(({ state }) => state).sort()).toEqual(['proposed', 'proposed', 'proposed']);
    const { json: incidents } = await world.run(['incidents', '--json']);
    expect(incidents.map(({ count }) => count).sort()).toEqual([1, 1, 3]);
  },
  LIMIT,
);
