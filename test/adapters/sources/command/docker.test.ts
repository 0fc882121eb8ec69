// The suite of every source on the real Docker, and what only a real daemon does: long lines in pieces, rotation, containers that
// are begun again and made anew. In the slow lane, where the daemon may be started.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLongRunning } from '../../../../src/adapters/process/long-running.ts';
import { createCommandSource } from '../../../../src/adapters/sources/command/source.ts';
import { commandOf } from '../../../../src/core/log-commands.ts';
import type { Source } from '../../../../src/ports.ts';
import { crash, createBox, expected, type SourceKindCase, type SourceWorld, sourceContract } from '../../../contracts/source.ts';
import { type Daemon, hasDocker, type Speaker, speakInto, startDocker } from '../../../support/containers/docker.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';

let daemon: Daemon;
let number = 0;

interface Container extends SourceWorld {
  readonly name: string;
  readonly speaker: Speaker;
  restart(): Promise<void>;
  anew(): Promise<void>;
}

async function startContainer(options: readonly string[]): Promise<Container> {
  number += 1;
  const name = `shop-${number}`;
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-docker-'));
  const speaker = speakInto(dir);
  let half = false;
  let marks = 0;
  const start = (): Promise<string> =>
    daemon.docker('run', '-d', '--name', name, '--network=none', '-v', `${dir}:/in`, ...options, 'say:1');
  await start();
  /** Settles when all that was said can be read. */
  const settle = async (): Promise<void> => {
    marks += 1;
    // Each pipe is read for itself.
    const mark = `INFO mark ${marks};`;
    speaker.say([mark], 1);
    speaker.say([mark], 2);
    while ((await daemon.docker('logs', '--tail=400', name)).split(mark).length < 3) await sleep(20);
  };
  const say = (texts: readonly string[], pipe: 1 | 2): void =>
    speaker.say(
      texts.flatMap((text) => text.split('\n')),
      pipe,
    );
  return {
    ...{ name, speaker },
    open: async () => sourceOf(name),
    append: async (texts) => {
      const [first = '', ...others] = texts;
      if (half) speaker.add(`${first}\n`);
      say(half ? others : texts, half ? 1 : 2);
      half = false;
      await settle();
    },
    half: async (text) => {
      half = true;
      speaker.add(
        text
          .split('\n')
          .map((line) => `1${line}`)
          .join('\n'),
      );
    },
    mixed: async (texts) => {
      const [a = '', b = '', c = '', d = ''] = Object.values(texts);
      const pipes = [`${a}\n${b}`, `${c}\n${d}`].map((text) => text.split('\n'));
      for (const [index, line] of pipes[0]!.entries()) {
        speaker.say([line], 1);
        speaker.say([pipes[1]![index]!], 2);
      }
      await settle();
    },
    lose: async () => {
      speaker.say(Array.from({ length: 400 }, (_, at) => `INFO nothing of note ${at} ${'.'.repeat(60)}`));
      await settle();
    },
    deny: async (isDenied) => daemon.deny(isDenied),
    restart: async () => {
      // It would write its file again from the beginning.
      speaker.add('q');
      await daemon.docker('wait', name);
      speakInto(dir);
      await daemon.docker('start', name);
    },
    anew: async () => {
      await daemon.docker('rm', '-f', name);
      speakInto(dir);
      await start();
    },
    close: async () => {
      daemon.deny(false);
      await daemon.docker('rm', '-f', name);
      speaker.close();
    },
  };
}

const sourceOf = (name: string): Source =>
  createCommandSource({
    ...{ name: `docker:${name}`, spec: commandOf({ kind: 'docker', rest: name })!, why: 'a test', programs: createLongRunning(200) },
    ...{ env: daemon.env, dir: tmpdir(), now: Date.now, pace: { pauseMs: 20, longestPauseMs: 50, longestBackOffMs: 100, idleMs: 30 } },
  });

const KINDS: readonly SourceKindCase[] = [
  {
    name: 'a container of Docker, its files rotated every 8 kB',
    ...{
      resumes: true,
      follows: true,
      patience: 4,
      can: ['half', 'mixed', 'lose', 'deny'],
      refusal: /may not be read: .*permission denied/,
    },
    start: () => startContainer(['--log-opt', 'max-size=8k', '--log-opt', 'max-file=3']),
  },
  {
    name: 'a container of Docker with the driver `local`',
    ...{ resumes: true, follows: true, patience: 4, can: ['half', 'mixed'] },
    start: () => startContainer(['--log-driver=local']),
  },
];

(IS_SLOW_LANE && hasDocker() ? describe : describe.skip)('a real daemon of Docker (needs root, dockerd, docker and gcc)', () => {
  beforeAll(async () => {
    daemon = await startDocker();
  });
  afterAll(() => daemon?.stop(), 60_000);
  for (const kind of KINDS) sourceContract(kind);

  describe('what else a container does', () => {
    const ROTATED = ['--log-opt', 'max-size=64k', '--log-opt', 'max-file=4'];
    let container: Container;
    let box: ReturnType<typeof createBox>;
    const errors = (from: number, count: number): readonly string[] => Array.from({ length: count }, (_, at) => crash(from + at));
    const open = async (options: readonly string[]): Promise<void> => {
      container = await startContainer(options);
      box = createBox();
    };
    afterEach(async () => {
      await container.close();
      box.close();
    });

    test.each(['json-file', 'local'])('a line that the driver %s keeps in pieces is one', async (driver) => {
      await open([`--log-driver=${driver}`]);
      const begin = '{"level":"error","pad":"';
      // The name of the error lies on the seam of two pieces, or between whole ones.
      for (const size of [16_000, 16_384 - begin.length - 24, 2 * 16_384 - begin.length - 24, 70_000])
        await container.append([`${begin}${'x'.repeat(size)}","err":{"type":"AlphaError","message":"no price"}}`]);
      expect(await box.live(container)).toMatchObject({ counts: { AlphaError: 4 }, gaps: [] });
    });

    test('begun again and again while it is followed, its files rotated: all counts once', async () => {
      await open(ROTATED);
      const life = await box.live(container, {
        ...{ once: false, until: ({ total }) => total >= 250 },
        meanwhile: async () => {
          for (let from = 0; from < 250; from += 25) {
            await container.append(errors(from, 25));
            if (from % 100 === 50) await container.restart();
          }
        },
      });
      expect(life).toMatchObject({ counts: expected([0, 250]), gaps: [] });
      expect((await box.live(container)).counts).toEqual(expected([0, 250]));
    });

    test('killed again and again while it writes', async () => {
      await open(ROTATED);
      let written = 0;
      for (let life = 0; life < 12; life += 1) {
        await container.append(errors(written, 20));
        written += 20;
        await box.live(container, { dieAfter: 2 + life });
      }
      expect((await box.live(container)).counts).toEqual(expected([0, written]));
    });

    test('made anew under its name: what the new one writes counts, and what may be lost is told', async () => {
      await open(ROTATED);
      await container.append(errors(0, 4));
      await box.live(container);
      await container.anew();
      await container.append(errors(4, 3));
      expect(await box.live(container)).toMatchObject({ counts: expected([0, 7]), gaps: [expect.stringContaining('not there any more')] });
    });

    test('not there is an error of its own, told in the words of the daemon', async () => {
      await open([]);
      const missing = { ...container, open: async () => sourceOf('nobody') };
      expect((await box.live(missing)).error).toMatchObject({ code: 'log-command', message: expect.stringContaining('No such container') });
    });
  });
});
