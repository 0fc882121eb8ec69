import { sourceOf } from '../../src/core/source-names.ts';

test.each([
  ['-', 'stdin'],
  ['app.log', 'file'],
  ['/var/log/*.log', 'file'],
  ['./-', 'file'],
  ['--', 'file'],
  // What no kind has claimed is a path: it is told that there is no such file.
  ['journal:app.service', 'file'],
  ['', 'file'],
])('%j is a name of %s', (name, kind) => expect(sourceOf(name).kind).toBe(kind));
