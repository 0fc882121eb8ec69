// A log that is truncated after it was opened and before its first byte was read: the reader was busy with the rotated one.
import { appendFile, copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';
import { type Collection, collect } from '../collect.ts';

interface Row {
  readonly name: string;
  /** Lines in the new file when it is opened. */
  readonly opened: number;
  /** Lines that come before the truncation. */
  readonly added: number;
  readonly copies: boolean;
  readonly gaps: number;
}

const rows: readonly Row[] = [
  { name: 'the copy of what was opened is read', opened: 100, added: 50, copies: true, gaps: 0 },
  {
    name: 'nothing in it when it was opened: the copy is read all the same, at the next rotation',
    opened: 0,
    added: 50,
    copies: true,
    gaps: 0,
  },
  { name: 'no copy: the loss is told', opened: 100, added: 0, copies: false, gaps: 1 },
];

const POLL_MS = 50;

test.each(rows)('$name', async ({ opened, added, copies, gaps }) => {
  const dir = await mkdtemp(join(tmpdir(), 'ai-ops-held-'));
  const log = join(dir, 'app.log');
  // More than three turns of four blocks: one is held, and one more is read before the new file is opened.
  const rest = numbered('rest', 4000, 4000);
  let isHeld = false;
  const rotated = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  await writeFile(log, numbered('first', 1));
  const seen: Collection = collect(createFileSource([log], { pollMs: POLL_MS, rotateWaitMs: 150 }), {}, async () => {
    // The rest is not read to its end before the new file is there: after a turn of four blocks that is opened.
    if (seen.generations[0]!.lines > 1) await rotated.promise;
    if (seen.generations.length < 2) return;
    isHeld = true;
    await release.promise;
  });
  try {
    await seen.until(() => seen.lines().length === 1);
    await appendFile(log, rest);
    await rename(log, `${log}.1`);
    await writeFile(log, numbered('lost', opened));
    // Longer than the poll's pace: the next turn looks at the path.
    await new Promise((resolve) => setTimeout(resolve, 2 * POLL_MS));
    rotated.resolve();
    await seen.until(() => isHeld);
    await appendFile(log, numbered('added', added));
    if (copies) await copyFile(log, `${log}.2`);
    await truncate(log);
    // The copy must be older than what follows by more than one tick of the file system's clock.
    await new Promise((resolve) => setTimeout(resolve, 30));
    await appendFile(log, numbered('second', 1000));
    release.resolve();
    await seen.until(() => seen.lines().at(-1) === line('second', 999));
    if (copies && opened > 0) await seen.until(() => seen.lines().includes(line('added', added - 1)));
    // Reported as quiet: the time of its last change is known by now.
    await seen.until(() => (seen.generations.at(-1)?.idles ?? 0) > 0);
    await rename(log, `${log}.3`);
    await writeFile(log, numbered('third', 1));
    await seen.until(() => seen.lines().includes(line('third', 0)));
    const kept = copies ? numbered('lost', opened) + numbered('added', added) : '';
    const written = numbered('first', 1) + rest + kept + numbered('second', 1000) + numbered('third', 1);
    expect(seen.lines().toSorted()).toEqual(written.trimEnd().split('\n').toSorted());
    expect(seen.gaps.map(({ offset }) => offset)).toEqual(Array(gaps).fill(0));
  } finally {
    rotated.resolve();
    release.resolve();
    await seen.stop();
    await rm(dir, { recursive: true, force: true });
  }
});

const line = (word: string, at: number, length = 70): string => `${word} ${at} ${'.'.repeat(length)}`;

function numbered(word: string, count: number, length?: number): string {
  return Array.from({ length: count }, (_, at) => `${line(word, at, length)}\n`).join('');
}
