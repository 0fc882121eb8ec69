// The setup is run once for two repairs, and again when the lock file has changed. A program that counts stands where npm is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { git } from '../support/git-program.ts';
import { ANSWER, plantClaude, says } from '../support/shell-claude.ts';
import { startWorld } from '../support/world.ts';
import { LIMIT, resultOf, stepsOf } from './observe.ts';

const LOCK = '{"lockfileVersion":3}\n';

test(
  'installed once, and again for another lock file',
  async () => {
    const grow = (dir: string): void => {
      writeFileSync(join(dir, 'package-lock.json'), LOCK);
      writeFileSync(join(dir, '.gitignore'), '*.log\nnode_modules/\n');
    };
    const world = await startWorld({ host: 'local', script: [], grow });
    try {
      await world.startService('--log', 'app.log', '--requests', 'demo').exit;
      const bin = join(world.home, 'bin');
      const plant = (name: string, body: string): void => writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
      mkdirSync(bin);
      plantClaude(bin, says(ANSWER));
      const count = join(world.home, 'installed');
      plant('npm', `[ "$1" = ci ] && echo "$1" >> '${count}' && mkdir node_modules && echo module > node_modules/a.js`);
      const installs = (): number => readFileSync(count, 'utf8').trim().split('\n').length;
      // Counted in a file of HOME, which a sandbox would not show: the world has none.
      const config = { verify: { setup: ['npm ci'], test: ['test -f node_modules/a.js'] } };
      writeFileSync(join(world.checkout, '.aiopsrc.json'), JSON.stringify(config));
      const path = [bin, dirname(process.execPath), process.env.PATH].join(delimiter);
      const { json: incidents } = await world.run(['scan', 'app.log', '--json']);
      const repair = async (at: number): Promise<string | undefined> => {
        const argv = ['fix', '--from-log', 'app.log', '--fingerprint', String(incidents[at]?.fingerprint), '--json'];
        const ran = await world.run(argv, { PATH: path });
        const result = resultOf(ran.json);
        expect([result.outcome, result.proof]).toEqual(['proposed', expect.objectContaining({ level: 'L2' })]);
        return (await stepsOf(world, result.trace)).find(({ name }) => name === 'baseline')?.summary;
      };

      expect([await repair(0), installs()]).toEqual([expect.stringMatching(/^`npm ci` exit code 0, /), 1]);
      expect([await repair(1), installs()]).toEqual([expect.stringMatching(/^setup kept from an earlier repair, /), 1]);
      writeFileSync(join(world.checkout, 'package-lock.json'), LOCK.replace('3', '4'));
      await git(world.checkout, 'commit', '-q', '-m', 'lock', 'package-lock.json');
      expect([await repair(2), installs()]).toEqual([expect.stringMatching(/^`npm ci` exit code 0, /), 2]);
    } finally {
      await world.close();
    }
  },
  LIMIT,
);
