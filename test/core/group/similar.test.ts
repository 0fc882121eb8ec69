// Which earlier errors are like a new one. Rows are about one trait at a time: the incident they are compared with is always SHOP.
import { similarTo } from '../../../src/core/group/similar.ts';
import type { Frame } from '../../../src/core/model.ts';
import { EVENT, INCIDENT } from '../../support/incidents.ts';

const at = (file: string, name: string, inApp = true): Frame => ({ file: `/srv/app/src/${file}`, line: 3, function: name, inApp });
const TOTAL = at('pricing.js', 'orderTotal');
const PLACE = at('orders.js', 'placeOrder');
const ROUTE = at('routes.js', 'checkout');

interface Given {
  readonly type?: string | null;
  readonly root?: string;
  readonly message?: string;
  readonly frames?: readonly Frame[];
  readonly repository?: string;
  readonly names?: readonly [string, ...string[]];
}

function incident({
  type = 'TypeError',
  root,
  message = 'x',
  frames = [TOTAL, PLACE, ROUTE],
  repository = 'h/o/r',
  names = ['v2:a'],
}: Given) {
  const [fingerprint, ...formerly] = names;
  const rootCause = root === undefined ? {} : { rootCause: { type: root, message: null } };
  return { ...INCIDENT, fingerprint, formerly, repository, sample: { ...EVENT, type, message, frames, ...rootCause } };
}

const SHOP = incident({});

const how = (earlier: Given, now = SHOP) => similarTo([{ incident: incident({ names: ['v2:b'], ...earlier }) }])(now)[0]?.how ?? null;

test.each<[string, Given, string | null]>([
  ['the same fingerprint', { names: ['v2:a'] }, 'same'],
  ['what an older version called it', { names: ['v2:c', 'v2:a'] }, 'same'],
  ['all functions, another type', { type: 'RangeError' }, 'frames'],
  ['all functions, other lines', { type: 'RangeError', frames: [TOTAL, PLACE, ROUTE].map((frame) => ({ ...frame, line: 99 })) }, 'frames'],
  ['the two nearest, reached from elsewhere', { type: 'RangeError', frames: [TOTAL, PLACE, at('jobs.js', 'nightly')] }, 'frames'],
  [
    'the same with libraries between',
    { type: 'RangeError', frames: [at('node_modules/lib.js', 'call', false), TOTAL, PLACE, ROUTE] },
    'frames',
  ],
  ['only the nearest, which a helper may be', { type: 'RangeError', frames: [TOTAL, at('jobs.js', 'nightly')] }, null],
  ['the same type in another function of the file', { frames: [at('pricing.js', 'discount')] }, 'type'],
  ['the same root type behind another one', { type: 'OrderError', root: 'TypeError', frames: [at('pricing.js', 'discount')] }, 'type'],
  ['the same type behind another root', { root: 'IOError', frames: [at('pricing.js', 'discount')] }, null],
  ['the same type in another file', { frames: [at('stock.js', 'discount')] }, null],
  ['the same file, another type', { type: 'RangeError', frames: [at('pricing.js', 'discount')] }, null],
  ['farther functions alone', { type: 'RangeError', frames: [at('stock.js', 'left'), PLACE, ROUTE] }, null],
  ['the same words, and no frames', { frames: [], message: 'x' }, null],
  ['all of it, of another repository', { names: ['v2:a'], repository: 'h/o/other' }, null],
])('%s', (_name, earlier, expected) => {
  expect(how(earlier)).toBe(expected);
});

test('frames without a name that a programmer gave are no functions', () => {
  const nameless = incident({ frames: [at('app.js', '<anonymous>')], names: ['v2:n'] });
  expect(how({ type: 'RangeError', frames: [at('app.js', '<anonymous>')] }, nameless)).toBeNull();
});

test('classes stand for files where functions carry them', () => {
  const java = (name: string, names: readonly [string]) => ({
    ...INCIDENT,
    fingerprint: names[0],
    sample: {
      ...EVENT,
      language: 'java' as const,
      type: 'java.lang.NullPointerException',
      frames: [{ file: 'Cart.java', line: 7, function: name, inApp: true }],
    },
  });
  const past = [{ incident: java('shop.Cart.total', ['v2:t']) }];
  expect(similarTo(past)(java('shop.Cart.tax', ['v2:x'])).map((one) => one.how)).toEqual(['type']);
  expect(similarTo(past)(java('shop.Stock.tax', ['v2:x']))).toEqual([]);
});

test('the closest first: the same, more functions in common, the type; then as they were given', () => {
  const row = (id: string, given: Given) => ({ id, incident: incident({ names: [`v2:${id}`], ...given }) });
  const past = [
    row('type', { frames: [at('pricing.js', 'discount')] }),
    row('two', { type: 'RangeError', frames: [TOTAL, PLACE] }),
    row('three', { type: 'RangeError' }),
    row('same', { names: ['v2:a'] }),
    row('two again', { type: 'URIError', frames: [TOTAL, PLACE] }),
  ];
  expect(similarTo(past)(SHOP).map(({ past: { id } }) => id)).toEqual(['same', 'three', 'two', 'two again', 'type']);
});

test('two thousand incidents against two thousand are told in well under a second of work', () => {
  const many = Array.from({ length: 2000 }, (_, n) => ({
    incident: incident({ names: [`v2:${n}`], frames: [at(`f${n}.js`, 'run'), PLACE] }),
  }));
  const ask = similarTo(many);
  expect(many.every((one) => ask(one.incident).length === 1)).toBe(true);
});
