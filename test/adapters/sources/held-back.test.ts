// A log that is truncated after it was opened and before its first byte was read: the reader was busy with the rotated one.
import { appendFile, copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFileSource } from '../../../src/adapters/sources/file.ts';
import { type Collection, collect } from './collect.ts';

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

test.each(rows)(
  '$name',
  async ({ opened, added, copies, gaps }) => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-held-'));
    const log = join(dir, 'app.log');
    let isHeld = false;
    const release = Promise.withResolvers<void>();
    await writeFile(log, numbered('first', 1));
    const seen: Collection = collect(createFileSource([log], { pollMs: 50, rotateWaitMs: 150 }), {}, async () => {
      if (seen.generations.length < 2) {
        // Slow enough that the new file is opened before the rotated one has been read.
        await new Promise((resolve) => setTimeout(resolve, 20));
        return;
      }
      isHeld = true;
      await release.promise;
    });
    try {
      await seen.until(() => seen.lines().length === 1);
      await appendFile(log, numbered('rest', 200_000));
      await rename(log, `${log}.1`);
      await writeFile(log, numbered('lost', opened));
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
      const written = numbered('first', 1) + numbered('rest', 200_000) + kept + numbered('second', 1000) + numbered('third', 1);
      expect(seen.lines().toSorted()).toEqual(written.trimEnd().split('\n').toSorted());
      expect(seen.gaps.map(({ offset }) => offset)).toEqual(Array(gaps).fill(0));
    } finally {
      release.resolve();
      await seen.stop();
      await rm(dir, { recursive: true, force: true });
    }
  },
  20_000,
);

const line = (word: string, at: number): string => `${word} ${at} ${'.'.repeat(70)}`;

function numbered(word: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `${line(word, at)}\n`).join('');
}
