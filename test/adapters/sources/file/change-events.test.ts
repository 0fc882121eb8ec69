// What npm `tail` is used for, and why for nothing else: the evidence of doc/adr/0002-reading-by-descriptor.md.
import { readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Tail } from 'tail';
import { createNotifier } from '../../../../src/adapters/sources/file/listening/change-events.ts';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { eventually } from '../../../support/program.ts';
import { collect, stopAll } from '../collect.ts';

let dir: string;
let log: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ai-ops-tail-'));
  log = join(dir, 'app.log');
  await writeFile(log, '');
});
afterEach(async () => {
  await stopAll();
  await rm(dir, { recursive: true, force: true });
});

describe('the same rotation, read by npm tail and by us', () => {
  const ROUNDS = 6;

  /** A writer that rotates by rename, as logrotate does with `create`. */
  async function write(): Promise<readonly string[]> {
    const written: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const lines = Array.from({ length: 50 }, (_, index) => `round ${round} line ${index}`);
      written.push(...lines);
      await appendFile(log, lines.map((line) => `${line}\n`).join(''));
      await rename(log, `${log}.${ROUNDS - round}`);
      await writeFile(log, '');
      await pause(60);
    }
    return written;
  }

  test('npm tail loses lines', async () => {
    const received: string[] = [];
    const tail = new Tail(log, { follow: true });
    tail.on('line', (line: string) => received.push(line));
    tail.on('error', () => undefined);
    const written = await write();
    await pause(1500);
    tail.unwatch();
    expect(received.length).toBeLessThan(written.length);
  });

  test('ours does not', async () => {
    const seen = collect(createFileSource([log]), { from: 'resume' });
    await seen.until(() => seen.ready !== undefined);
    const written = await write();
    await seen.until(() => seen.lines().length >= written.length);
    await pause(100);
    expect(seen.lines()).toEqual(written);
  });
});

test('a file that is written to 200 times a second, and rotated meanwhile, is read whole', async () => {
  const seen = collect(createFileSource([log]), { from: 'resume' });
  await seen.until(() => seen.ready !== undefined);
  const written: string[] = [];
  for (let line = 0; line < 300; line += 1) {
    if (line % 100 === 50) {
      await rename(log, `${log}.${line}`);
      await writeFile(log, '');
    }
    written.push(`line ${line}`);
    await appendFile(log, `line ${line}\n`);
    await pause(5);
  }
  await seen.until(() => seen.lines().length >= written.length);
  await pause(100);
  expect(seen.lines()).toEqual(written);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('a directory is not listened to while its file is busy, and is again afterwards', async () => {
  const before = listened();
  const seen = collect(createFileSource([log]), { from: 'resume' });
  await seen.until(() => seen.ready !== undefined && listened() > before);
  const written: string[] = [];
  const write = async (): Promise<void> => {
    written.push(`line ${written.length}`);
    await appendFile(log, `${written.at(-1)}\n`);
  };
  // Not only for the one rest after an event: over what is read in several looks.
  for (let looks = 0, lines = 0; looks < 8; await pause(2)) {
    if (listened() > before) looks = 0;
    else if (seen.lines().length > lines) looks += 1;
    lines = seen.lines().length;
    await write();
  }
  await seen.until(() => seen.lines().length >= written.length && listened() > before);
  await write();
  await seen.until(() => seen.lines().length >= written.length);
  expect(seen.lines()).toEqual(written);
});

/** Directories that the system tells this process of. */
function listened(): number {
  const place = '/proc/self/fdinfo';
  const infos = readdirSync(place).map((descriptor) => readIfThere(join(place, descriptor)));
  return infos.join('\n').match(/^inotify /gm)?.length ?? 0;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whatever was told by the system comes in meanwhile: several turns of the event loop. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await pause(10);
};
const heard = (holds: () => boolean, tell: () => unknown): Promise<true> =>
  eventually(
    () => holds() || undefined,
    () => JSON.stringify(tell()),
  );

describe('npm tail as a notifier', () => {
  async function listen(): Promise<{ rings: () => readonly string[]; close: () => void }> {
    const rings: string[] = [];
    const notifier = createNotifier((place, name) => rings.push(`${place === dir ? '' : place}${name}`));
    notifier.watch(new Map([[dir, 'first']]), [log]);
    await pause(50);
    return { rings: () => rings, close: notifier.close };
  }

  test('rings for a write, a rename and a birth in the directory', async () => {
    const { rings, close } = await listen();
    await appendFile(log, 'line\n');
    await rename(log, `${log}.1`);
    await writeFile(join(dir, 'new.log'), '');
    await heard(() => new Set(rings()).size >= 3, rings);
    close();
    expect([...new Set(rings())].sort()).toEqual(['app.log', 'app.log.1', 'new.log']);
  });

  test('is silent after it was closed', async () => {
    const { rings, close } = await listen();
    close();
    await appendFile(log, 'line\n');
    await pause(100);
    expect(rings()).toEqual([]);
  });

  test('says nothing of what happens while it pauses, and goes on afterwards', async () => {
    const rings: string[] = [];
    const notifier = createNotifier((_place, name) => rings.push(String(name)));
    notifier.watch(new Map([[dir, 'first']]), [log]);
    notifier.pause(dir);
    notifier.pause(join(dir, 'another'));
    await writeFile(join(dir, 'meanwhile.log'), '');
    await settle();
    expect(notifier.hears(dir)).toBe(true);
    notifier.resume(dir);
    await settle();
    await writeFile(join(dir, 'afterwards.log'), '');
    await heard(
      () => rings.includes('afterwards.log'),
      () => rings,
    );
    notifier.close();
    expect([...new Set(rings)]).toEqual(['afterwards.log']);
  });

  test('rings for a directory that has gone while it paused', async () => {
    const gone = join(dir, 'gone');
    await mkdir(gone);
    const rings: (readonly [string, boolean])[] = [];
    const notifier = createNotifier((place, _name, isName) => rings.push([place, isName]));
    notifier.watch(new Map([[gone, 'first']]), []);
    notifier.pause(gone);
    await rm(gone, { recursive: true });
    notifier.resume(gone);
    notifier.close();
    expect(rings).toEqual([[gone, true]]);
    expect(notifier.hears(gone)).toBe(false);
  });

  test('a directory that is missing is no error, and is watched once it is there', async () => {
    const rings: string[] = [];
    const notifier = createNotifier((_place, name) => rings.push(String(name)));
    notifier.watch(new Map([[join(dir, 'none'), 'x']]), []);
    notifier.watch(new Map([[dir, 'y']]), []);
    await pause(50);
    await unlink(log);
    await heard(
      () => rings.includes('app.log'),
      () => rings,
    );
    notifier.close();
  });

  test('where a directory cannot be watched, its files are polled', async () => {
    const rings: string[] = [];
    const notifier = createNotifier((place) => rings.push(place));
    notifier.watch(new Map([[join(dir, 'none'), 'x']]), [log]);
    // What was written before the first look is no change.
    while (!rings.includes(log)) {
      await appendFile(log, 'line\n');
      await pause(100);
    }
    notifier.close();
  });

  test('reads nothing: the bytes that npm tail would read are not read twice', async () => {
    const { rings, close } = await listen();
    const before = await readBytes();
    await writeFile(log, 'z'.repeat(4 * 1024 * 1024));
    await heard(() => rings().length > 0, rings);
    await pause(200);
    close();
    expect((await readBytes()) - before).toBeLessThan(1024 * 1024);
  });
});

/** Bytes that this process has asked the system for so far. Linux; elsewhere 0, which proves nothing and breaks nothing. */
async function readBytes(): Promise<number> {
  const { readFile } = await import('node:fs/promises');
  const io = await readFile('/proc/self/io', 'utf8').catch(() => '');
  return Number(/^rchar: (\d+)$/m.exec(io)?.[1] ?? 0);
}
