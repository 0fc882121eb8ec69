// The suite of every source, run on those that need nothing but Node.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createFileSource } from '../../../src/adapters/sources/file/source.ts';
import { createStdinSource } from '../../../src/adapters/sources/stdin/source.ts';
import { type SourceKindCase, sourceContract } from '../../contracts/source.ts';
import { createQueue, createQueueSource, QUEUE_OVERLAP } from '../../fakes/queue.ts';
import { createFakeSource } from '../../fakes/source.ts';
import { IS_SLOW_LANE } from '../../support/lane.ts';

const FILE: SourceKindCase = {
  name: 'file',
  ...{ resumes: true, follows: true, can: ['half'] },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-file-'));
    const log = join(dir, 'app.log');
    await writeFile(log, '');
    return {
      open: async () => createFileSource([log], { pollMs: 20 }),
      append: (texts) => appendFile(log, texts.map((text) => `${text}\n`).join('')),
      half: (text) => appendFile(log, text),
      close: () => rm(dir, { recursive: true }),
    };
  },
};

const STDIN: SourceKindCase = {
  name: 'standard input',
  ...{ resumes: false, follows: true, can: ['half'] },
  start: async () => {
    let input = new PassThrough();
    return {
      open: async () => {
        // A pipe that is read to its end needs one.
        setTimeout(() => input.end(), 3000).unref();
        return createStdinSource(input);
      },
      append: async (texts) => void input.write(texts.map((text) => `${text}\n`).join('')),
      half: async (text) => void input.write(text),
      close: async () => {
        input.destroy();
        input = new PassThrough();
      },
    };
  },
};

/** Played from memory: what is there is read, then it ends. @param record lines of a record; absent: any byte is a position */
const played = (cut: number, record?: number): SourceKindCase => ({
  name: `the fake, in pieces of ${cut} bytes, ${record === undefined ? 'any byte a position' : `records of ${record} lines`}`,
  ...{ resumes: true, follows: false, can: [] },
  start: async () => {
    let text = '';
    return {
      open: async () => createFakeSource({ 'app.log': text }, { cut, ...(record === undefined ? {} : { record }) }),
      append: async (texts) => {
        text += texts.map((one) => `${one}\n`).join('');
      },
      close: async () => undefined,
    };
  },
});

/** @param page records of an answer @param whole a record is all that is appended at once, else each line of it is one */
const queue = (page: number, whole: boolean): SourceKindCase => ({
  name: `a queue, ${page} records a page, each ${whole ? 'several errors' : 'a line'}`,
  ...{
    resumes: true,
    follows: true,
    can: ['mixed', 'again', 'late', 'reordered', 'lose', 'deny'],
    refusal: /may not be read: wrong password/,
  },
  start: async () => {
    const one = createQueue();
    let [now, number] = [1000, 0];
    const put = (text: string, at: number, writer?: string): void => {
      number += 1;
      one.records.push({ id: `id+${number}`, text, at, ...(writer === undefined ? {} : { writer }) });
    };
    const tick = (): number => {
      // Several records bear one time.
      now += number % 3;
      return now;
    };
    return {
      open: async () => createQueueSource(one, page),
      append: async (texts) => {
        for (const piece of whole ? [texts.join('\n')] : texts.flatMap((text) => text.split('\n'))) put(piece, tick());
      },
      mixed: async (texts) => {
        const lines = Object.entries(texts).map(([writer, text]) => ({ writer, lines: text.split('\n') }));
        for (let line = 0; line < 10; line += 1) for (const { writer, lines: those } of lines) put(those[line]!, tick(), writer);
      },
      again: async () => {
        one.again = 2;
      },
      late: async (lines) => {
        for (const [index, line] of lines.entries()) put(line, now - QUEUE_OVERLAP + 10 + index);
      },
      reordered: async (lines) => {
        for (const [index, line] of lines.entries()) put(line, now + 20 - 5 * index);
        now += 20;
      },
      lose: async () => {
        one.oldest = now + 1;
        now += 5;
      },
      deny: async (isDenied) => {
        one.isDenied = isDenied;
      },
      close: async () => undefined,
    };
  },
});

/** The first four are always run: each exercises code of its own. */
const KINDS = [FILE, STDIN, queue(4, true), queue(7, false), queue(20, false), played(700), played(333, 1), played(900, 5)];

for (const kind of KINDS.slice(0, IS_SLOW_LANE ? KINDS.length : 4)) sourceContract(kind);
