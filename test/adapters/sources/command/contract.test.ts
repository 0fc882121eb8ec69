// The suite of every source on commands: tools that print as real ones do, and the real journalctl where it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLongRunning } from '../../../../src/adapters/process/long-running.ts';
import { createCommandSource, type Pace } from '../../../../src/adapters/sources/command/source.ts';
import { commandOf, LEADING_TIME, type LogCommand } from '../../../../src/core/log-commands.ts';
import type { Source } from '../../../../src/ports.ts';
import { type SourceKindCase, sourceContract } from '../../../contracts/source.ts';
import { IS_SLOW_LANE } from '../../../support/lane.ts';
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

/** `docker logs`: nanoseconds, and what the container wrote to its standard error on that of the tool. */
const DOCKER: SourceKindCase = {
  name: 'docker logs, by a tool that prints as it does',
  ...{ resumes: true, follows: true, can: ['again', 'mixed', 'deny'], refusal: /permission denied/ },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-docker-'));
    const store = join(dir, 'store');
    const tool = makeTool(dir);
    await writeFile(store, '');
    let number = 0;
    const put = (line: string, pipe: number): string => {
      number += 1;
      const stamp = `2026-03-01T10:00:${String(Math.floor(number / 1000)).padStart(2, '0')}.${String(number).padStart(8, '0')}7Z`;
      return row(stamp, `${stamp} ${line}`, pipe);
    };
    const spec = commandOf({ kind: 'docker', rest: 'shop' })!;
    return {
      open: async () => sourceOf('docker:shop', { ...spec, command: [tool, store, '0', ...spec.command.slice(3)] }, dir),
      append: (texts) => appendFile(store, texts.flatMap((text) => text.split('\n').map((line) => put(line, 2))).join('')),
      again: () => writeFile(`${store}.twice`, ''),
      mixed: async (texts) => {
        // A container has two pipes: two writers after one another in each.
        const [a = '', b = '', c = '', d = ''] = Object.values(texts);
        const pipes = [`${a}\n${b}`, `${c}\n${d}`].map((text) => text.split('\n'));
        await appendFile(store, pipes[0]!.map((line, index) => put(line, 1) + put(pipes[1]![index]!, 2)).join(''));
      },
      deny: (isDenied) =>
        isDenied ? writeFile(`${store}.denied`, 'permission denied while trying to connect to the Docker daemon\n') : rm(`${store}.denied`),
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
};

/** `kubectl logs --prefix`: one pod after the other, and the time is taken by its second. */
const KUBECTL: SourceKindCase = {
  name: 'kubectl logs, by a tool that prints as it does',
  ...{ resumes: true, follows: true, can: ['mixed', 'deny'], refusal: /may not be read: error: You must be logged in.*Unauthorized/ },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-kubectl-'));
    const store = join(dir, 'store');
    const tool = makeTool(dir);
    const pods = new Map<string, string>();
    let number = 0;
    const put = (line: string, pod: string): void => {
      number += 1;
      const stamp = `2026-03-01T10:${String(Math.floor(number / 600)).padStart(2, '0')}:${String(Math.floor(number / 10) % 60).padStart(2, '0')}.${String(number % 10)}00000000Z`;
      pods.set(pod, `${pods.get(pod) ?? ''}${row(stamp, `[pod/${pod}/app] ${stamp} ${line}`)}`);
    };
    const write = (): Promise<void> => writeFile(store, [...pods.values()].join(''));
    await write();
    const spec = commandOf({ kind: 'kubernetes', rest: 'prod/app=shop' })!;
    // `--since-time=` of the real one.
    const since = spec.command.map((part) => part.replace('--since-time', '--since')).filter((part) => part.includes('{cursor}'));
    return {
      open: async () => sourceOf('kubernetes:prod/app=shop', { ...spec, command: [tool, store, '19', ...since] }, dir),
      append: (texts) => {
        for (const [index, text] of texts.entries()) for (const line of text.split('\n')) put(line, `shop-${index % 3}`);
        return write();
      },
      mixed: (texts) => {
        const all = Object.entries(texts).map(([pod, text]) => ({ pod, lines: text.split('\n') }));
        for (let line = 0; line < 10; line += 1) for (const { pod, lines } of all) put(lines[line]!, pod);
        return write();
      },
      deny: (isDenied) =>
        isDenied ? writeFile(`${store}.denied`, 'error: You must be logged in to the server (Unauthorized)\n') : rm(`${store}.denied`),
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
};

/** `aws logs filter-log-events`: one JSON document, cut after so many, the same events again in the next. */
const AWS: SourceKindCase = {
  name: 'aws logs, by a tool that prints as it does',
  ...{ resumes: true, follows: true, can: ['mixed', 'late', 'reordered', 'deny'], refusal: /may not be read: .*ExpiredTokenException/ },
  start: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ai-ops-aws-'));
    const store = join(dir, 'store.json');
    const tool = join(dir, 'aws');
    await writeFile(tool, AWS_TOOL.replace('NODE', process.execPath));
    await chmod(tool, 0o755);
    const events: { readonly timestamp: number; readonly eventId: string; readonly logStreamName: string; readonly message: string }[] = [];
    let [now, number] = [Date.UTC(2026, 2, 1), 0];
    const write = (): Promise<void> => writeFile(store, JSON.stringify(events));
    const put = (message: string, timestamp: number, logStreamName = 'a'): void => {
      number += 1;
      events.push({ timestamp, eventId: String(number).padStart(20, '0'), logStreamName, message });
    };
    const tick = (): number => {
      now += number % 2;
      return now;
    };
    await write();
    const spec = commandOf({ kind: 'cloudwatch', rest: 'shop' })!;
    return {
      open: async () => sourceOf('cloudwatch:shop', { ...spec, command: [tool, store, ...spec.command.slice(1)] }, dir),
      append: (texts) => {
        for (const text of texts) put(text, tick());
        return write();
      },
      mixed: (texts) => {
        const all = Object.entries(texts).map(([name, text]) => ({ name, lines: text.split('\n') }));
        for (let line = 0; line < 10; line += 1) for (const { name, lines } of all) put(lines[line]!, tick(), name);
        return write();
      },
      late: (lines) => {
        for (const [index, line] of lines.entries()) put(line, now - 30_000 + index);
        return write();
      },
      reordered: (lines) => {
        for (const [index, line] of lines.entries()) put(line, now + 20 - 5 * index);
        now += 20;
        return write();
      },
      deny: (isDenied) =>
        isDenied
          ? writeFile(
              `${store}.denied`,
              'An error occurred (ExpiredTokenException) when calling the FilterLogEvents operation: The security token is expired\n',
            )
          : rm(`${store}.denied`),
      close: () => rm(dir, { recursive: true, force: true }),
    };
  },
};

const AWS_TOOL = `#!NODE
const { readFileSync } = require('node:fs');
const [store, ...args] = process.argv.slice(2);
try { process.stderr.write(readFileSync(store + '.denied')); process.exit(254); } catch {}
const since = Number(args.find((arg) => arg.startsWith('--start-time='))?.slice(13) ?? 0);
const all = JSON.parse(readFileSync(store)).filter(({ timestamp }) => timestamp >= since).sort((a, b) => a.timestamp - b.timestamp);
const events = all.slice(0, 40);
console.log(JSON.stringify({ events, searchedLogStreams: [], ...(all.length > 40 ? { NextToken: 'more' } : {}) }, null, 4));
`;

sourceContract(stamped(19));
if (hasJournal) sourceContract(JOURNALD);
else test.skip('journalctl: systemd-journal-remote is not here', () => undefined);
for (const kind of IS_SLOW_LANE ? [JSON_LINES, DOCKER, KUBECTL, AWS] : [JSON_LINES]) sourceContract(kind);
