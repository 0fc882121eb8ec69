// The suite of every source on commands: tools that print as real ones do, and the real journalctl where it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLongRunning } from '../../../../src/adapters/process/long-running.ts';
import { createCommandSource, type Pace } from '../../../../src/adapters/sources/command/source.ts';
import { commandOf, LEADING_TIME, type LogCommand } from '../../../../src/core/log-commands.ts';
import type { Source } from '../../../../src/ports.ts';
import { type SourceKindCase, sourceContract } from '../../../contracts/source.ts';
import { makeTool } from './tools.ts';

const ENV = { PATH: process.env.PATH ?? '' };
const QUICK: Partial<Pace> = { pauseMs: 20, longestPauseMs: 50, longestBackOffMs: 100, idleMs: 30 };

const sourceOf = (name: string, spec: LogCommand, dir: string): Source =>
  createCommandSource({ name, spec, why: 'a test', programs: createLongRunning(200), env: ENV, dir, now: Date.now, pace: QUICK });

/** A line of the store: key, pipe, what is printed. */
const row = (key: string, text: string, pipe = 1): string => `${key}\t${pipe}\t${text}\n`;

/** Logs whose lines begin with their time, some with none; asked by `--since`, of which the tool takes so many characters. */
const stamped = (digits: number): SourceKindCase => ({
  name: `a tool whose lines begin with their time, ${digits} characters of which count`,
  ...{ resumes: true, follows: true, can: ['half', 'deny'], refusal: /may not be read: error: token expired/ },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-command-'));
    const store = join(dir, 'store');
    const tool = makeTool(dir);
    await writeFile(store, '');
    const rows = (text: string): string =>
      text
        .split('\n')
        .map((line) => row(/^\d{4}-\S+ \S+/.exec(line)?.[0] ?? '', line))
        .join('');
    let half = '';
    return {
      open: async () =>
        sourceOf('command:tool', { command: [tool, store, String(digits), '--since={cursor}', '--follow'], cursor: LEADING_TIME }, dir),
      append: async (texts) => {
        const [first = '', ...others] = texts;
        await appendFile(store, half === '' ? texts.map(rows).join('') : [`${first}\n`, ...others.map(rows)].join(''));
        if (half !== '') await appendFile(store, '');
        half = '';
      },
      half: async (text) => {
        half = text;
        await appendFile(store, rows(text).slice(0, -1));
      },
      deny: (isDenied) => (isDenied ? writeFile(`${store}.denied`, 'error: token expired\n') : rm(`${store}.denied`)),
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
});

/** Logs in JSON, whose records have a time and an id. */
const JSON_LINES: SourceKindCase = {
  name: 'a tool that prints JSON, with a time and an id',
  ...{ resumes: true, follows: true, can: ['again', 'late', 'reordered', 'lose', 'deny'], refusal: /may not be read: .*HTTP 401/ },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-command-'));
    const store = join(dir, 'store');
    const tool = makeTool(dir);
    await writeFile(store, '');
    let [now, number] = [Date.UTC(2026, 2, 1), 0];
    const put = (text: string, at: number): string => {
      number += 1;
      const [, type = '', message = ''] = /(\w+Error)(?:","message":"|: )([\w ]+)/.exec(text) ?? [];
      const ts = new Date(at).toISOString();
      return row(ts, JSON.stringify({ ts, seq: number, level: 'error', err: { type, message, stack: text } }));
    };
    const tick = (): number => {
      now += number % 2;
      return now;
    };
    const spec = { cursor: 'ts', id: 'seq', overlapSeconds: 1, lost: 'unknown cursor' };
    return {
      open: async () => sourceOf('command:json', { command: [tool, store, '0', '--since={cursor}', '--follow'], ...spec }, dir),
      append: (texts) => appendFile(store, texts.map((text) => put(text, tick())).join('')),
      again: () => writeFile(`${store}.twice`, ''),
      late: (lines) => appendFile(store, lines.map((line, index) => put(line, now - 500 + index)).join('')),
      reordered: async (lines) => {
        await appendFile(store, lines.map((line, index) => put(line, now + 20 - 5 * index)).join(''));
        now += 20;
      },
      lose: async () => {
        now += 5000;
        await writeFile(store, '');
        await writeFile(`${store}.oldest`, new Date(now).toISOString());
      },
      deny: (isDenied) => (isDenied ? writeFile(`${store}.denied`, 'HTTP 401\n') : rm(`${store}.denied`)),
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
};

const REMOTE = '/usr/lib/systemd/systemd-journal-remote';
const hasJournal = existsSync(REMOTE) && spawnSync('journalctl', ['--version']).status === 0;

/** The real one, on a journal that `systemd-journal-remote` writes. */
const JOURNALD: SourceKindCase = {
  name: 'journalctl',
  ...{ resumes: true, follows: true, can: ['lose'] },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-journal-'));
    let [now, files] = [Date.UTC(2026, 2, 1) * 1000, 0];
    const spec = commandOf({ kind: 'journald', rest: 'shop' })!;
    return {
      open: async () => sourceOf('journald:shop', { ...spec, command: [...spec.command, '-D', dir] }, dir),
      append: async (texts) => {
        files += 1;
        const entries = texts
          .flatMap((text) => text.split('\n'))
          .map((line) => {
            now += 1000;
            return `__REALTIME_TIMESTAMP=${now}\n__MONOTONIC_TIMESTAMP=${now % 1e12}\n_BOOT_ID=${'1'.repeat(32)}\n_MACHINE_ID=${'2'.repeat(32)}\n_SYSTEMD_UNIT=shop.service\n_TRANSPORT=stdout\nPRIORITY=6\nSYSLOG_IDENTIFIER=shop\n_PID=77\nMESSAGE=${line}\n\n`;
          });
        const made = spawnSync(REMOTE, ['-o', join(dir, `${files}.journal`), '-'], { input: entries.join(''), encoding: 'utf8' });
        if (made.status !== 0) throw new Error(made.stderr);
      },
      lose: async () => {
        for (const name of await readdir(dir)) await rm(join(dir, name));
      },
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
};

sourceContract(stamped(19));
sourceContract(JSON_LINES);
if (hasJournal) sourceContract(JOURNALD);
else test.skip('journalctl: systemd-journal-remote is not here', () => undefined);
