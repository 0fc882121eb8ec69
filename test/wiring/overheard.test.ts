// What `--verbose` says of a program: with a sandbox around it, the command that it is for stands at the end of a long line.
import { overheardProcesses } from '../../src/wiring/overheard.ts';

test('a long command line keeps its beginning and its end', async () => {
  const said: string[] = [];
  const result = { exitCode: 0, signal: null, stdout: '', stderr: '', durationMs: 1, timedOut: false };
  const { run } = overheardProcesses({ run: async () => result }, (words) => void said.push(words));
  const mounts = Array.from({ length: 100 }, (_, at) => ['--ro-bind', `/usr/${at}`, `/usr/${at}`]).flat();
  await run({ argv: ['/usr/bin/bwrap', ...mounts, '--', 'sh', '-c', 'composer test'], dir: '/srv/shop', env: {}, timeoutMs: 9 });
  expect(said).toHaveLength(2);
  for (const words of said) expect(words).toMatch(/\/usr\/bin\/bwrap .* … .*sh -c composer test/);
});
