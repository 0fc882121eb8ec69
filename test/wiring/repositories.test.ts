// Whose an event is, said once for all that are alike, and said anew where a tree has become known or has moved on.
import type { LoadedConfig } from '../../src/config/load.ts';
import type { ErrorEvent } from '../../src/core/model.ts';
import { indexPaths, type PathIndex } from '../../src/core/repository/paths.ts';
import { createRouter, type KnownTree, type OneOfSeveral } from '../../src/wiring/repositories.ts';

const NAMES = ['github.com/acme/shop', 'github.com/acme/pay'];
const several = NAMES.map((name) => ({
  entry: { url: `https://${name}` },
  met: { name, mark: null },
})) as unknown as readonly OneOfSeveral[];
const EVENT = {
  ...{ source: 'app.log', line: 1, language: 'javascript' },
  frames: [{ file: '/app/src/pay/rules.js', line: 3, inApp: true }],
} as unknown as ErrorEvent;

test('a file that comes with a later commit leads to its repository', () => {
  const files = new Map<string, PathIndex | undefined>();
  const trees = new Map(NAMES.map((name) => [name, Object.defineProperty({}, 'files', { get: () => files.get(name) }) as KnownTree]));
  const told: string[] = [];
  const route = createRouter(several, trees, { config: { logs: [] } } as unknown as LoadedConfig, (words) => told.push(words));

  expect(route(EVENT)).toEqual({ unrouted: 'no-repository: the files of shop and pay are not known yet' });
  for (const name of NAMES) files.set(name, indexPaths(['src/index.js']));
  expect(route(EVENT)).toEqual({ unrouted: 'no-repository: no frame and no service leads to one' });
  expect(route(EVENT)).toEqual({ unrouted: 'no-repository: no frame and no service leads to one' });
  files.set(NAMES[1]!, indexPaths(['src/index.js', 'src/pay/rules.js']));
  expect(route(EVENT)).toEqual({ repository: NAMES[1] });
  // Each word once.
  expect(told).toHaveLength(3);
});
