// Where an incident arose is told by the files of its own repository, and by its frames alone where that is not at hand.
import { createIncidentPlaces } from '../../src/pipeline/incident-places.ts';

const EVENT = {
  language: 'javascript',
  frames: [{ file: '/srv/app/src/report.js', line: 18, function: 'figures', inApp: true }],
} as const;
const CHECKOUT = { list: async () => ['examples/shop/src/report.js', 'README.md'], read: async () => undefined };
const redact = (text: string): string => text.replace('figures', '[name]');

test.each([
  ['of this repository', 'path:/srv/mine', 'path:/srv/mine', 'examples/shop/src/report.js'],
  ['of another one', 'path:/srv/theirs', 'path:/srv/mine', undefined],
  ['of nobody knows which', undefined, 'path:/srv/mine', 'examples/shop/src/report.js'],
  ['where no others are asked for', 'path:/srv/theirs', undefined, 'examples/shop/src/report.js'],
])('an incident %s', async (_, repository, own, expected) => {
  const { line, place } = await createIncidentPlaces(CHECKOUT, '', redact, own).find(EVENT, repository);
  expect(line?.path).toBe(expected);
  expect(place).toMatchObject({ path: expected ?? 'src/report.js', function: '[name]' });
});

test('without a checkout', async () => {
  const { line, place } = await createIncidentPlaces(null, '', redact).find(EVENT, 'path:/srv/mine');
  expect([line, place?.path]).toEqual([undefined, 'src/report.js']);
});
