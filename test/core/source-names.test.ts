import { sourceOf } from '../../src/core/source-names.ts';

test.each([
  ['-', 'stdin'],
  ['app.log', 'file'],
  ['/var/log/*.log', 'file'],
  ['./-', 'file'],
  ['kafka://b1:9092/app-logs?group=ai-ops', 'kafka'],
  // As a partition is called.
  ['kafka:app-logs/3', 'kafka'],
  ['--', 'file'],
  // What no kind has claimed is a path: it is told that there is no such file.
  ['journal:app.service', 'file'],
  ['journald:app.service', 'command'],
  ['docker:shop', 'command'],
  ['kubernetes:prod/app=shop', 'command'],
  ['cloudwatch:/aws/lambda/shop', 'command'],
  ['command:tool -f', 'command'],
  ['./docker:shop', 'file'],
  ['', 'file'],
])('%j is a name of %s', (name, kind) => expect(sourceOf(name).kind).toBe(kind));
