// What the checks of a host say about a request of ours, and whether that is ours to mend. Pure. The principle: a check is
// ours when it was green on the commit that we built upon and is red on what we made of it, once all have ended; and it is a
// matter of the code unless the machine that ran it says, in the words of a runner or of a tool that fetches, that the
// machine, its network or its time was at fault. What a test prints of networks and time-outs is the test's matter.

import { createHash } from 'node:crypto';
import { ANSI } from '../formats/line-reading.ts';
import { idOfKey, type ReplyMark } from './reply-mark.ts';

/** One check of a commit, in its newest run. */
export interface CommitCheck {
  /** As its host knows it: for its log. */
  readonly id: string;
  readonly name: string;
  /** `other` ended without a verdict, or with one that holds nothing up. */
  readonly state: 'runs' | 'green' | 'red' | 'other';
  /** How it ended, in the words of its host; empty where it says none. */
  readonly says: string;
}

/** Why a red check is nothing that a change of the code mends. */
export type MachineCause = 'quota' | 'network' | 'runner' | 'timeout';

/** @returns `waits` while any of them has not ended; else those that the request has made red */
export function redOnes(head: readonly CommitCheck[], base: readonly CommitCheck[]): readonly CommitCheck[] | 'waits' {
  if (head.some(({ state }) => state === 'runs')) return 'waits';
  const green = new Set(base.filter(({ state }) => state === 'green').map(({ name }) => name));
  const spoiled = new Set(base.filter(({ state }) => state !== 'green').map(({ name }) => name));
  return head.filter(({ state, name }) => state === 'red' && green.has(name) && !spoiled.has(name));
}

/** Names the red checks of a commit in the mark of what is said of them. */
export function checksKey(head: string, red: readonly Pick<CommitCheck, 'name'>[]): string {
  const names = red.map(({ name }) => name).toSorted();
  return `check:${head.slice(0, 12)}@${createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 16)}`;
}

/**
 * What our marks on a request say of its checks.
 * @returns `tried` once they were worth a try, on whatever commit; `told` where this commit's were spoken of
 */
export function spokenOfChecks(marks: readonly ReplyMark[], head: string): 'tried' | 'told' | undefined {
  const ofChecks = marks.filter(({ keys }) => keys.some((key) => key.startsWith('check:')));
  if (ofChecks.some(({ round }) => round > 0)) return 'tried';
  const id = idOfKey(checksKey(head, []));
  return ofChecks.some(({ keys }) => keys.some((key) => idOfKey(key) === id)) ? 'told' : undefined;
}

/** Where packages, images and sources of tools come from: no test of a project speaks to these. */
const REGISTRY =
  '\\b(?:pypi\\.org|pythonhosted\\.org|npmjs\\.(?:org|com)|yarnpkg\\.com|nodejs\\.org|rubygems\\.org|crates\\.io|rust-lang\\.org|(?:proxy|sum)\\.golang\\.org|go\\.dev|maven\\.(?:apache\\.)?org|gradle\\.org|jitpack\\.io|packagist\\.org|getcomposer\\.org|nuget\\.org|docker\\.(?:io|com)|ghcr\\.io|gcr\\.io|quay\\.io|mcr\\.microsoft\\.com|alpinelinux\\.org|ubuntu\\.com|debian\\.org|fedoraproject\\.org|anaconda\\.(?:org|com)|hex\\.pm|pub\\.dev|codeload\\.github\\.com|api\\.github\\.com/repos/\\S{1,80}/tarball|actions/checkout)';
/** How tools say that they could not reach one. A package that is not there is none of these. */
const UNREACHED =
  '(?:timed? ?-?out|timeout|time-out|expired|connection (?:was )?(?:reset|refused|aborted|closed)|econn\\w+|etimedout|esockettimedout|eai_again|enotfound|could not (?:resolve host|connect|download)|unable to (?:connect|resolve|load the service index)|failed to (?:fetch|download|open tcp)|attempts to connect|temporary (?:error|failure)|unreachable|no such host|unexpected eof|max retries|request canceled|\\b50[234]\\b)';

interface Said {
  readonly cause: MachineCause;
  /** Of the host: how the run ended, and what it notes beside it. Nothing that the job itself prints stands there. */
  readonly host?: RegExp;
  /** Of lines of the log: forms that runners and tools have for it. */
  readonly line?: RegExp;
}

/**
 * | cause | serves | does not catch |
 * |---|---|---|
 * | quota | what was bought, or is let through, is used up | a program's own `429` in an assertion |
 * | runner | the machine went, was full, or was killed | a test that fails because a process of it was killed |
 * | timeout | the job ran longer than it may | a test that waits too long |
 * | network | a tool that fetches could not, or a line names a registry and a failure to reach it | a connection that the code under test makes |
 */
const SAID: readonly Said[] = [
  {
    cause: 'quota',
    host: /\bci_quota_exceeded\b|\bspending limit\b|account payments have failed|\bbilling\b|used up .{0,40}(?:minutes|quota)|quota (?:has been |was )?exceeded/i,
    line: /^(?:.{0,40}\b)?toomanyrequests:|you have reached your (?:unauthenticated )?pull rate limit|API rate limit exceeded for (?:user|installation|\d)|^no space left on device$|artifact storage quota has been hit/i,
  },
  {
    cause: 'timeout',
    host: /^timed_out\b|\b(?:job_execution_timeout|stuck_or_timeout_failure)\b|exceeded the maximum execution time/i,
    line: /^(?:##\[error\]|error: )(?:the (?:job|action) .{0,200}(?:exceeded the maximum execution time|has timed out after \d+ min)|job failed: execution took longer than )/i,
  },
  {
    cause: 'runner',
    host: /\b(?:runner_system_failure|runner_unsupported|no_matching_runner|scheduler_failure|stale_schedule|data_integrity_failure|api_failure|archived_failure|server_timeout_running)\b|^startup_failure\b|lost communication with the server|received a shutdown signal|was not acquired by runner|no runner (?:matching|picked)|shutdown signal/i,
    line: /^(?:##\[error\]|error: )(?:the (?:hosted |self-hosted )?runner.{0,200}(?:lost communication|shutdown signal|has been shut ?down)|received request to deprovision|process completed with exit code 137|job failed \(system failure\)|preparation failed|the operation was cancell?ed)|\bno space left on device\b.{0,3}$|^(?:.{0,60})system\.io\.ioexception: no space left/i,
  },
  {
    cause: 'network',
    line: /^(?:fatal|error): (?:unable to (?:access|connect|look up) |could not read from remote)|^npm (?:err!|error) (?:code|errno|network) ?(?:e(?:ai_again|conn(?:reset|refused|aborted)|timedout|notfound|socket\w*)|this is a problem related to network|request to https?:\S+ failed)|^error(?: an unexpected error occurred)?: .{0,40}https?:\S*(?:yarnpkg|npmjs|registry)\S* ?.{0,60}(?:e(?:ai_again|conn\w+|(?:socket)?timedout)|request failed)|^curl: \((?:5|6|7|28|35|52|55|56|92)\) |^(?:warning: )?retrying \(retry\(total=0|^error: could not (?:install packages|fetch url).{0,80}(?:connection|max retries|timed? ?out|name resolution)|^(?:e|err): ?(?:failed to fetch|unable to fetch|\d+ https?:)|^(?:e: )?.{0,60}temporary failure resolving|could not transfer artifact .{0,300}(?:connect|timed? ?out|reset|unknown host|50[234])|could not (?:get|head|resolve) 'https?:\S+'\.?.{0,60}$|^go: .{0,200}(?:dial tcp|i\/o timeout|tls handshake timeout|50[234] )|^(?:.{0,20})could not reach host|^curl error \d+ while downloading|^(?:error: )?(?:error response from daemon|failed to do request|failed to resolve source metadata).{0,300}(?:dial tcp|i\/o timeout|tls handshake|eof|50[234]|lookup )|^error: failed to (?:get|download|fetch) .{0,80}|^warning: spurious network error \((?:1|0) tr|^wget: (?:unable to resolve host|.{0,80}failed: )|^ssh: (?:connect to host|could not resolve hostname) |^npm (?:err!|error) (?:code err_socket_timeout|50[234] )|\berr_pnpm_(?:meta_)?fetch_(?:fail|5\d\d)\b|^pip\._vendor\.(?:urllib3|requests)\.exceptions\.|^error: could not download file from 'https?:|^##\[error\]failed to download action /i,
  },
  { cause: 'network', line: new RegExp(`^(?=.{0,600}${REGISTRY})(?=.{0,900}${UNREACHED})`, 'i') },
];

/** Lines of a log that a run ends with: what fetches and runners say of their end stands there. */
const LOG_LINES = 200;
/** Such words begin a line, or all but. */
const LONGEST_LINE = 1000;

/**
 * @param host how it ended and what the host notes beside it
 * @param log its last lines; `null` where they cannot be read
 */
export function machineCause(host: string, log: string | null): MachineCause | undefined {
  const lines = (log ?? '').split('\n').map((line) => line.slice(0, LONGEST_LINE).trim());
  const asHost = SAID.find((one) => one.host?.test(host));
  return (asHost ?? SAID.find((one) => lines.some((line) => one.line?.test(line))))?.cause;
}

/** The clock that hosts put before each line of a log. */
const STAMP = /^\ufeff?\d{4}-\d\d-\d\dT[\d:.]+Z (?:\d\d[EO][+ ]?)?/;

/** The end of a job's log as people read it: without clocks, colours and lines that were written over. */
export function lastLines(log: string, most: number = LOG_LINES): string {
  const lines = log.replace(/\r?\n/g, '\n').trimEnd().split('\n').slice(-most);
  return lines.map((line) => (line.replace(STAMP, '').replace(ANSI, '').split('\r').at(-1) ?? '').trimEnd()).join('\n');
}
