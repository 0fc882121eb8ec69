// Heads that a transport puts before every line, also before the lines in the middle of a trace, and that say more than
// their form does: CRI (which pieces are one line), syslog (severity), logcat (level). They are taken off, and name the
// stream that the inner line belongs to. All other heads are known by their form alone: `heads.ts`.

import type { Level } from '../model.ts';
import { json } from './json.ts';
import { levelOfLetter, levelOfName, levelOfSyslog } from './level.ts';
import { type Dialect, type Reading, UNREAD } from './line-reading.ts';
import { isoTime } from './time.ts';
import { openTrace } from './traces/languages.ts';

interface Wrap {
  readonly format: string;
  readonly text: string;
  readonly stream: string;
  readonly time?: Reading['time'];
  readonly level?: Level | undefined;
  readonly partial?: boolean;
  readonly record?: object;
}

const wrap = (w: Wrap): Reading => ({
  ...UNREAD,
  format: w.format,
  time: w.time,
  level: w.level,
  stream: w.stream,
  text: w.text,
  wrapped: true,
  records: w.record && [w.record],
  partial: w.partial ? true : undefined,
});

/** Kubernetes' CRI: `2026-01-02T03:04:05.678901234Z stderr F text`; P carries on until F. */
export const cri: Dialect = {
  name: 'cri',
  read(text) {
    if (text.charCodeAt(10) !== 84 || text.indexOf(' std', 19) === -1) return undefined;
    const m =
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*) (stdout|stderr) ([FP])(?::\S*)? (.*)$/s.exec(text) ??
      /^(\d{4}-\d\d-\d\dT\S+) (stdout|stderr) ([FP])()$/.exec(text);
    if (!m) return undefined;
    return wrap({ format: 'cri', text: m[4] ?? '', stream: m[2]!, time: () => isoTime(m[1]!), partial: m[3] === 'P' });
  },
};

/** fluentd's own output: a clock, a tag, and the object that carries a line. */
const TAGGED = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?[+-]\d\d:?\d\d|Z)?[ \t]+(\S{1,120}?):?[ \t]+(?=\{")/;
export const fluentd: Dialect = {
  name: 'fluentd',
  read(text) {
    const first = text.charCodeAt(0);
    if (first < 48 || first > 57 || text.charCodeAt(text.length - 1) !== 125) return undefined;
    const head = TAGGED.exec(text);
    const carried = head ? json.read(text.slice(head[0].length)) : undefined;
    if (!head || carried?.wrapped !== true) return undefined;
    return { ...carried, stream: `${carried.stream}/${head[1]}`, time: () => carried.time?.() ?? isoTime(head[0]) };
  },
};

const PRI = /^<(\d{1,3})>/;
const RFC5424 = /^<\d{1,3}>\d{1,2} (\S+) (\S+) (\S+) (\S+) (\S+) (-|(?:\[(?:[^\]"\\]|\\.|"(?:[^"\\]|\\.)*")*\])+) ?\uFEFF?(.*)$/s;
const RFC3164 =
  /^(?:<\d{1,3}>)?((?:[A-Z][a-z]{2}|[A-Za-zÀ-ÿ]{3,5}\.?|\d{1,2}[月월]) [ \d]\d \d\d:\d\d:\d\d) (\S*[^\s:]) ((?:[^\s:[]+ ){0,3}?(?=\S+\[\d+\]:)[^\s:[]+|[^\s:[]+(?:\([^)]*\))?)(?:\[(\d+)\])?:(?: {2}(?=\S)| ?)(.*)$/s;
const ISO_SYSLOG =
  /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)) ([\w.-]+) ([\w./-]+)\[([\w.-]+)\]:(?: {2}(?=\S)| ?)(.*)$/s;
/** Collectors put labels, dates and hosts of their own before a line of syslog: it begins at its own date. */
const CARRIED = /^(?:[-\w.:/#+]{1,40} ){2,5}(?=[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S)/;
const isSaid = (head: string): boolean => {
  const words = head.trimEnd().split(' ');
  return (
    words.some((word) => levelOfName(word.replaceAll(/\W/g, '')) !== undefined) ||
    words.filter((word) => /^[a-z]{2,}$/.test(word)).length > 1
  );
};
const KERNEL = /^(?:<\d{1,3}>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d) ([\w.:-]*\w) (.*)$/s;

/** RFC 5424, RFC 3164 and the ISO form of journalctl, rsyslog and Heroku. */
export const syslog: Dialect = {
  name: 'syslog',
  read(line) {
    const { text, time: carriedAt } = carried(line);
    if (!/^(?:<|[A-Z][a-z]{2} [ \d]|.{10}T|[^\s\d:]{3,6} [ \d]\d \d\d:|\d{1,2}[月월] )/.test(text)) return undefined;
    const pri = PRI.exec(text);
    const level = pri ? levelOfSyslog(Number(pri[1]) % 8) : undefined;
    const new5424 = pri ? RFC5424.exec(text) : null;
    if (new5424) {
      const [, time, host, app, pid, , , message] = new5424;
      return wrap({
        format: 'syslog',
        text: message ?? '',
        stream: `${host}/${app}/${pid}`,
        time: () => isoTime(time ?? ''),
        level,
        record: namesOf(host, app),
      });
    }
    const old = RFC3164.exec(text) ?? ISO_SYSLOG.exec(text);
    // No host is called so: behind the clock a record begins.
    if (old && !pri && (/^[[(<]/.test(old[2]!) || levelOfName(old[2]!) !== undefined)) return undefined;
    if (old)
      return wrap({
        format: 'syslog',
        text: old[5] ?? '',
        stream: `${old[2]}/${old[3]}/${old[4] ?? ''}`,
        time: carriedAt ?? (() => isoTime(old[1]!)),
        level,
        record: namesOf(old[2], old[3]),
      });
    const kernel = KERNEL.exec(text);
    // Who only puts a clock before each line names no host.
    if (kernel && !pri && !/[\d.-]/.test(kernel[2]!) && !/^(?:kernel\b|last message repeated |--- |\[ *\d+\.\d)/.test(kernel[3]!))
      return undefined;
    if (kernel && openTrace(`${kernel[2]} ${kernel[3]}`)) return undefined;
    if (kernel) return wrap({ format: 'syslog', text: kernel[3]!, stream: kernel[2]!, time: carriedAt, level });
    return pri && level ? wrap({ format: 'syslog', text: text.slice(pri[0].length), stream: '', level }) : undefined;
  },
};

/** `-` is none, by RFC 5424. */
const namesOf = (host?: string, app?: string): object => ({
  ...(host === undefined || host === '-' ? {} : { hostname: host }),
  ...(app === undefined || app === '-' ? {} : { SYSLOG_IDENTIFIER: app }),
});

/** @returns a line of syslog without the labels of who collected it, and when that was */
function carried(text: string): { readonly text: string; readonly time?: Reading['time'] } {
  const head = /^(?:-|[A-Z]+) \d|^\d{4}/.test(text) ? CARRIED.exec(text)?.[0] : undefined;
  // A record's level, and words, stand before no line of syslog: such a date is what the record speaks of.
  if (head !== undefined && isSaid(head)) return { text };
  const date = head && /\d{10}(?= )|\d{4}[-./]\d\d[-./]\d\d.*/.exec(head)?.[0];
  return head !== undefined && date ? { text: text.slice(head.length), time: () => isoTime(date) } : { text };
}

const SAID =
  /^\[(\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)?)\] WARNING: (?:pid \d+, .*? line \d+: )?\[pool (\S+)\] child (\d+) said into (std(?:out|err)): "(.*?)(?:"(?:, pipe is closed)?)?$/s;

/** PHP-FPM calls a warning whatever its children print: the level says that it was printed. */
export const fpm: Dialect = {
  name: 'fpm',
  read(text) {
    if (text.charCodeAt(0) !== 91 || text.indexOf(' said into std', 22) === -1) return undefined;
    const m = SAID.exec(text);
    return m ? wrap({ format: 'php-fpm', text: m[5]!, stream: `${m[2]}/${m[3]}/${m[4]}`, time: () => isoTime(m[1]!) }) : undefined;
  },
};

const THREADTIME = /^\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\s+(\d+)\s+(\d+) ([VDIWEFA]) (.*?)\s*: (.*)$/s;
const BRIEF = /^(?:\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} )?([VDIWEFA])\/(.+?)\(\s*(\d+)\): ?(.*)$/s;

/** Android's logcat, threadtime and brief. */
export const logcat: Dialect = {
  name: 'logcat',
  read(text) {
    if (!/^(?:\d\d-\d\d |[VDIWEFA]\/)/.test(text)) return undefined;
    const thread = THREADTIME.exec(text);
    if (thread)
      return wrap({
        format: 'logcat',
        text: thread[5]!,
        stream: `${thread[1]}/${thread[2]}/${thread[4]}`,
        level: levelOfLetter(thread[3]!),
      });
    const brief = BRIEF.exec(text);
    return brief
      ? wrap({ format: 'logcat', text: brief[4]!, stream: `${brief[3]}/${brief[2]}`, level: levelOfLetter(brief[1]!) })
      : undefined;
  },
};

/** A line that is a head and nothing else: what was said stands below it. */
const headAlone = (text: string, format: string, level: Level, time: Reading['time']): Reading => ({
  ...UNREAD,
  ...{ format, level, time, timed: true, text, body: text.length },
});

const ERLANG =
  /^(?:=([A-Z]+) REPORT==== (\d{1,2}-[A-Z][a-z]{2}-\d{4})::(\d\d:\d\d:\d\d(?:\.\d+)?) ===|(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) =([A-Z]+) REPORT====)$/;

/** Erlang's `=CRASH REPORT==== 2-Jan-2026::03:04:05.678901 ===`, and lager's with the time before it: a line by itself, the report stands below. */
export const erlang: Dialect = {
  name: 'erlang',
  read(text) {
    const m = text.charCodeAt(0) === 61 || text.endsWith(' REPORT====') ? ERLANG.exec(text) : null;
    if (!m) return undefined;
    const time = (): string | undefined => isoTime(`${m[2] ?? m[4]} ${m[3] ?? m[5]}`);
    const kind = (m[1] ?? m[6])!;
    return headAlone(text, 'erlang', /^(?:CRASH|SUPERVISOR)$/.test(kind) ? 'error' : (levelOfName(kind) ?? 'info'), time);
  },
};

const ECLIPSE = /^!(SUB)?ENTRY (?:\d+ )?\S+ (\d) -?\d+ (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+)$/;
const ECLIPSE_LEVELS: Readonly<Record<string, Level>> = { 0: 'info', 1: 'info', 2: 'warn', 4: 'error', 8: 'info' };

/** Eclipse's `!ENTRY plug-in severity code date`: a line by itself, message and stack stand below it behind labels. */
export const eclipse: Dialect = {
  name: 'eclipse',
  read(text) {
    const m = text.charCodeAt(0) === 33 ? ECLIPSE.exec(text) : null;
    const level = m ? ECLIPSE_LEVELS[m[2]!] : undefined;
    if (!m || level === undefined) return undefined;
    const reading = headAlone(text, 'eclipse', level, () => isoTime(m[3]!));
    return m[1] === undefined ? reading : { ...reading, continues: true };
  },
};

const KLOG = /^([IWEF])(\d{4}|\d{6}|\d{8}) (\d\d:\d\d:\d\d\.\d+)\s+(\d+) ([^\]\s]+:\d+)(?:\] | (?=\S))/;

/**
 * klog and glog: `E0102 03:04:05.678901    1234 file.go:42] message`, since glog 0.5 with the year; CockroachDB's with two digits of
 * it, and no bracket. Its head stands once, before the record.
 */
export const klog: Dialect = {
  name: 'klog',
  read(text) {
    const m = KLOG.exec(text);
    const level = m ? levelOfLetter(m[1]!) : undefined;
    if (!m || !level) return undefined;
    return { ...UNREAD, format: 'klog', level, timed: true, text, body: m[0].length };
  },
};

const ACCESS = /^\S+ \S+ \S+ \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] ("(?:[A-Z]+ )?[^"]*") (\d{3}) /;

/** Common and combined access logs (apache, nginx): a 5xx answer is an error, any other is not. */
export const access: Dialect = {
  name: 'access',
  read(text) {
    if (!text.includes('] "')) return undefined;
    const m = ACCESS.exec(text);
    if (!m) return undefined;
    return {
      ...UNREAD,
      format: 'access',
      time: () => isoTime(m[1]!),
      level: m[3]!.startsWith('5') ? 'error' : 'info',
      timed: true,
      text,
      body: text.indexOf(m[2]!),
      whole: true,
      message: `${m[2]!.slice(1, -1)} ${m[3]}`,
    };
  },
};
