// Everything that git, the host and the mail server can do wrong, and `kill -9`, at every write: one of each in the end
// ([rows](faults.md)).
import { type FaultWorld, type HostKind, startFaultWorld } from '../support/faults/world.ts';
import { IS_SLOW_LANE, slowTest } from '../support/lane.ts';
import { MAIN } from '../support/main-file.ts';
import { type FaultRow, play, quietTraffic, SCENES, type SceneName, told } from './fault-rows.ts';
import { LIMIT } from './observe.ts';

const HOSTS = ['github', 'gitlab'] as const;

const rows: readonly (readonly [HostKind, SceneName, FaultRow['fault'], FaultRow['lasts']?])[] = [
  ['github', 'claim', 'lost'],
  ['gitlab', 'claim', 'killed-after'],
  ['github', 'claim again', 'reset'],
  ['github', 'push', 'cut'],
  ['gitlab', 'push', 'lost', 'once'],
  ['github', 'push', 'killed-during'],
  ['github', 'create', 'lost'],
  ['gitlab', 'create', 'half'],
  ['github', 'create', '429-after'],
  ['gitlab', 'create', 'page'],
  ['gitlab', 'create', 'killed-after'],
  ['github', 'label', '502'],
  ['github', 'label', 'lost'],
  ['github', 'label', 'killed-after'],
  ['github', 'update', 'hangs'],
  ['gitlab', 'join', '502'],
  ['github', 'release', 'reset', 'once'],
  ['gitlab', 'release', 'killed-before'],
  ['github', 'mail', 'lost'],
  ['gitlab', 'mail', '502'],
];

describe.each(IS_SLOW_LANE ? HOSTS : HOSTS.slice(0, 1))('%s', (host) => {
  const mine = rows.flatMap(([of, scene, fault, lasts = 'on']) => (of === host ? [{ host, scene, fault, lasts }] : []));
  let world: FaultWorld;
  beforeAll(async () => {
    world = await startFaultWorld({ host, bugs: IS_SLOW_LANE ? mine.length + 2 : 2, main: MAIN });
  }, LIMIT);
  afterAll(() => world.close());

  test(
    'nothing goes wrong: the writes are those that have rows; a server that goes away before the request',
    async () => {
      const traffic = await quietTraffic(world, 1, 'create');
      const writes = traffic.filter((name) => !name.startsWith('read '));
      expect(writes).toEqual(['claim', 'push', 'create', ...(host === 'github' ? ['label'] : []), 'release', 'mail']);
      expect(new Set(Object.values(SCENES).map(({ write }) => write as string))).toEqual(
        new Set([...writes, 'label', 'reclaim', 'update']),
      );
      expect(await play(world, 2, { host, scene: 'create', fault: 'refused', lasts: 'on' }, traffic.indexOf('create'))).toEqual({
        code: 7,
        problems: [],
      });
    },
    LIMIT,
  );

  slowTest.each(mine.map((row, at) => [told(row), row, at + 3] as const))(
    '%s',
    async (_, row, bug) => {
      expect((await play(world, bug, row, 0)).problems).toEqual([]);
    },
    LIMIT,
  );
});
