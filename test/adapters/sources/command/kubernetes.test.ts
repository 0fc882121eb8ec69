// The suite of every source on the real kubectl, API server and kubelet, and what only these do: files that are rotated, pods that
// are begun again, made anew and more. In the slow lane, where a cluster may be started.
import { copyFileSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLongRunning } from '../../../../src/adapters/process/long-running.ts';
import { createCommandSource } from '../../../../src/adapters/sources/command/source.ts';
import { commandOf } from '../../../../src/core/log-commands.ts';
import type { Source } from '../../../../src/ports.ts';
import { crash, createBox, expected, type SourceKindCase, type SourceWorld, sourceContract } from '../../../contracts/source.ts';
import { type Cluster, hasCluster, podOf, startCluster } from '../../../support/containers/cluster.ts';
import { type Speaker, speakInto } from '../../../support/containers/docker.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';

const PODS = 4;
let cluster: Cluster;
let number = 0;

interface Pods extends SourceWorld {
  readonly app: string;
  /** By the name of a deployment in place of the label. */
  openByName(): Promise<Source>;
  /** Writes into one of them. */
  say(pod: number, lines: readonly string[]): void;
  settle(): Promise<void>;
  /** Its container ends, and is begun again. */
  restart(pod: number): Promise<void>;
  /** It goes, and another comes. */
  anew(pod: number): Promise<void>;
}

async function startPods(count = PODS): Promise<Pods> {
  number += 1;
  const app = `shop-${number}`;
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-pods-'));
  const config = join(dir, 'kubeconfig');
  const use = (token: 'right' | 'wrong'): void => copyFileSync(cluster.configOf(token), config);
  use('right');
  const placeOf = (pod: number): string => join(dir, String(pod));
  const speakers: Speaker[] = [];
  const names: string[] = [];
  const start = async (pod: number): Promise<void> => {
    names[pod] = `${app}-${pod}-${Math.random().toString(36).slice(2, 7)}`;
    speakers[pod] = speakInto(placeOf(pod));
    await cluster.apply(podOf(names[pod], app, placeOf(pod)));
  };
  let marks = 0;
  const has = (pod: number, mark: string): boolean =>
    globSync(join(cluster.podLogs, `default_${names[pod]}_*/app/*.log`)).some((file) => readFileSync(file, 'utf8').includes(mark));
  const settle = async (): Promise<void> => {
    marks += 1;
    const mark = `INFO mark ${marks};`;
    for (const one of speakers) one.say([mark]);
    for (let pod = 0; pod < count; pod += 1) while (!has(pod, mark)) await sleep(20);
  };
  await Promise.all(Array.from({ length: count }, (_, pod) => start(pod)));
  await settle();
  const openAs = async (rest: string): Promise<Source> =>
    createCommandSource({
      ...{ name: `kubernetes:${rest}`, spec: commandOf({ kind: 'kubernetes', rest })!, why: 'a test', programs: createLongRunning(200) },
      ...{ env: { PATH: process.env.PATH ?? '', HOME: dir, KUBECONFIG: config }, dir: tmpdir(), now: Date.now },
      pace: { pauseMs: 20, longestPauseMs: 50, longestBackOffMs: 100, idleMs: 30 },
    });
  const say = (pod: number, lines: readonly string[]): void => speakers[pod % count]!.say(lines);
  return {
    ...{ app, say, settle },
    open: () => openAs(`default/app=${app}`),
    openByName: () => openAs(`default/${app}`),
    append: async (texts) => {
      for (const [index, text] of texts.entries()) say(index, text.split('\n'));
      await settle();
    },
    mixed: async (texts) => {
      const all = Object.values(texts).map((text) => text.split('\n'));
      for (let line = 0; line < 10; line += 1) for (const [pod, lines] of all.entries()) say(pod, [lines[line]!]);
      await settle();
    },
    deny: async (isDenied) => use(isDenied ? 'wrong' : 'right'),
    restart: async (pod) => {
      const before = await cluster.kubectl('get', 'pod', names[pod]!, '-o', 'jsonpath={.status.containerStatuses[0].restartCount}');
      speakers[pod]!.add('q');
      // What it had said would be said again.
      await sleep(500);
      speakers[pod] = speakInto(placeOf(pod));
      const now = () => cluster.kubectl('get', 'pod', names[pod]!, '-o', 'jsonpath={.status.containerStatuses[0].restartCount}');
      while ((await now()) === before) await sleep(200);
    },
    anew: async (pod) => {
      await cluster.kubectl('delete', 'pod', names[pod]!, '--grace-period=0', '--force');
      await start(pod);
    },
    close: async () => {
      use('right');
      await cluster.kubectl('delete', 'pods', '-l', `app=${app}`, '--grace-period=0', '--force');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const KIND: SourceKindCase = {
  name: 'pods of a cluster',
  ...{ resumes: true, follows: true, patience: 6, can: ['mixed', 'deny'], refusal: /may not be read: .*Unauthorized/ },
  start: () => startPods(),
};

(IS_SLOW_LANE && hasCluster() ? describe : describe.skip)(
  'a real cluster (needs root, etcd, containerd, gcc, kubectl, kube-apiserver and kubelet)',
  () => {
    beforeAll(async () => {
      cluster = await startCluster();
    }, 300_000);
    afterAll(() => cluster?.stop(), 120_000);
    sourceContract(KIND);

    describe('what else pods do', () => {
      let pods: Pods;
      let box: ReturnType<typeof createBox>;
      const errors = (from: number, count: number): readonly string[] => Array.from({ length: count }, (_, at) => crash(from + at));
      beforeEach(async () => {
        pods = await startPods(2);
        box = createBox();
      });
      afterEach(async () => {
        await pods.close();
        box.close();
      });

      test('a line that is kept in pieces is one', async () => {
        const begin = '{"level":"error","pad":"';
        for (const size of [16_000, 16_384 - begin.length - 24, 2 * 16_384 - begin.length - 24, 70_000])
          pods.say(0, [`${begin}${'x'.repeat(size)}","err":{"type":"AlphaError","message":"no price"}}`]);
        await pods.settle();
        expect(await box.live(pods)).toMatchObject({ counts: { AlphaError: 4 }, gaps: [] });
      });

      test('files that are rotated while it is followed: all counts once', async () => {
        const life = await box.live(pods, {
          ...{ once: false, until: ({ total }) => total >= 150 },
          meanwhile: async () => {
            for (let from = 0; from < 150; from += 10) {
              await pods.append(errors(from, 10));
              await sleep(500);
            }
          },
        });
        expect(life).toMatchObject({ counts: expected([0, 150]), gaps: [] });
      });

      test('a container that cannot start, beside those that run', async () => {
        const broken = podOf('broken', pods.app, '/nowhere') as { readonly spec: { readonly containers: { image: string }[] } };
        broken.spec.containers[0]!.image = 'docker.io/library/nobody:1';
        await cluster.apply(broken);
        await pods.append(errors(0, 4));
        expect(await box.live(pods)).toMatchObject({ counts: expected([0, 4]), gaps: [], error: undefined });
      });

      test('a deployment by its name: all its pods', async () => {
        const labels = { app: pods.app };
        const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'x' }] } };
        const spec = { replicas: 2, selector: { matchLabels: labels }, template };
        await cluster.apply({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: pods.app, namespace: 'default' }, spec });
        await pods.append(errors(0, 4));
        expect((await box.live({ ...pods, open: pods.openByName })).counts).toEqual(expected([0, 4]));
        await cluster.kubectl('delete', 'deployment', pods.app);
      });

      test('begun again and made anew while it is followed', async () => {
        const life = await box.live(pods, {
          ...{ once: false, until: ({ total }) => total >= 30 },
          meanwhile: async () => {
            await pods.append(errors(0, 10));
            await sleep(3000);
            await pods.restart(0);
            await pods.append(errors(10, 10));
            await sleep(3000);
            await pods.anew(1);
            await pods.append(errors(20, 10));
          },
        });
        expect(life.counts).toEqual(expected([0, 30]));
      });
    });
  },
);
