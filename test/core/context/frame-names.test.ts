// Names of a frame's file: `#` and `?` are letters of a name on a disk, and the end of a path in an address.
import { frameNames } from '../../../src/core/context/frame-names.ts';

test.each([
  ['/srv/app/hash#1.py', 'python', 'hash#1.py'],
  ['/srv/app/what?.py', 'python', 'what?.py'],
  ['src/App.vue?vue&type=script', 'javascript', 'src/App.vue'],
  ['https://shop.example/static/app.js?v=3#top', 'javascript', 'static/app.js'],
  ['webpack://shop/./src/app.ts?1a2b', 'javascript', 'src/app.ts'],
] as const)('%s', (file, language, expected) => {
  const names = frameNames({ file, line: 1, inApp: true }, language);
  expect(JSON.stringify(names)).toContain(expected);
});
