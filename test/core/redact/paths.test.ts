// Names of places that a machine has made are no secrets: what is redacted out of a frame leads nowhere.
import { createRedactor } from '../../../src/core/redact/redact.ts';
import { seeded } from '../../support/sample-of.ts';

const SIGNS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

test.each<[string, (drawn: (length: number) => string, hex: (length: number) => string) => string]>([
  [
    'a temporary directory',
    (drawn) => `    at totalOf (/tmp/app-test-${drawn(6)}/scratch/app-demo-${drawn(6)}/orders-service/src/cart.js:6:33)`,
  ],
  ['the same as an address', (drawn) => `    at totalOf (file:///tmp/app-e2e-${drawn(6)}/orders-service/src/cart.js:6:33)`],
  ['a work tree', (drawn, hex) => `/tmp/app-${drawn(6)}/home/.local/state/app/workspaces/tree-${hex(16)}/repo/src/cart.js`],
  ['a runner of a CI', (drawn) => `  File "/builds/${drawn(8)}/group/project/app/main.py", line 3, in f`],
  ['a layer of Docker', (_, hex) => `at f (/var/lib/docker/overlay2/${hex(64)}/merged/srv/app.js:3:4)`],
  ['pnpm', (drawn) => `at f (webpack-internal:///./node_modules/.pnpm/@scope+pkg@1.2.3_react@18.2.0_${drawn(10)}/node_modules/a.js:1:2)`],
  ['a chunk of a bundler', (drawn, hex) => `https://cdn.example.com/_next/static/chunks/${drawn(12)}-${hex(16)}.js:1:22334`],
  ['poetry', (drawn) => `/home/ada/.cache/pypoetry/virtualenvs/shop-${drawn(8)}-py3.11/lib/python3.11/site-packages/flask/app.py`],
  ['Windows', (drawn) => `C:\\Users\\ada\\AppData\\Local\\Temp\\app-${drawn(8)}\\src\\cart.js:6`],
  ['macOS', (drawn) => `/private/var/folders/${drawn(2)}/${drawn(30)}/T/build-${drawn(6)}/a1/b2.js:3:14`],
  ['Nix', (drawn) => `/nix/store/${drawn(32).toLowerCase()}-nodejs-18.1.0/lib/node.js`],
  ['a release', (drawn) => `/srv/releases/20260301_${drawn(10)}/app/models/order.rb:12`],
])('a path stays: %s', (_, pathOf) => {
  const redact = createRedactor([]);
  const next = seeded(7);
  const of =
    (signs: string) =>
    (length: number): string =>
      Array.from({ length }, () => signs[Math.floor(next() * signs.length)]).join('');
  for (let round = 0; round < 500; round += 1) {
    const path = pathOf(of(SIGNS), of('0123456789abcdef'));
    expect(redact(path)).toBe(path);
  }
});
