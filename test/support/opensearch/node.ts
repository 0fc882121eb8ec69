// A real OpenSearch node on 127.0.0.1, from its Maven artefacts: one process, no security plugin, data in a directory of its own.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export interface OpenSearchNode {
  readonly port: number;
  close(): Promise<void>;
}

const HERE = join(process.cwd(), 'test/support/opensearch');
/** Resolved once, and kept with what Maven keeps. */
const LIB = join(homedir(), '.cache/ai-ops-tests/opensearch-2.19.6');
/** With these on the class path a node takes itself for a test. */
const OF_TESTS = /^(?:framework|randomizedtesting-runner|lucene-test-framework|junit)-/;
const run = promisify(execFile);

/** Java and Maven are here. */
export const canStart = (): boolean =>
  ['javac', 'mvn'].every((program) => spawnSync(program, ['-version'], { stdio: 'ignore' }).status === 0);

export async function startOpenSearch(): Promise<OpenSearchNode> {
  const home = await mkdtemp(join(tmpdir(), 'ai-ops-opensearch-'));
  if (!existsSync(join(LIB, 'Main.class'))) {
    await mkdir(LIB, { recursive: true });
    await run('mvn', ['-q', '-B', '-f', join(HERE, 'pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${LIB}`]);
    for (const name of await readdir(LIB)) if (OF_TESTS.test(name)) await rm(join(LIB, name));
    await run('javac', ['-cp', `${LIB}/*`, '-d', LIB, join(HERE, 'Main.java')]);
  }
  const node = spawn('java', ['-Xmx512m', '-cp', `${LIB}/*:${LIB}`, 'Main', home], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => node.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    createInterface({ input: node.stdout }).on('line', (line) => {
      const [, found] = /^READY .*:(\d+)$/.exec(line) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
    void ended.then(() => reject(new Error('the node ended before it was ready')));
  });
  return {
    port,
    close: async () => {
      // It ends with its standard input.
      node.stdin.end();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}
