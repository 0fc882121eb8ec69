// A past of 64 commits for a repository with a seeded bug: it begins without the bug, one commit brings it, and the last one
// is the repository as it is. In between are merged sides, commits that cannot be built, moves, changes beside it, and one
// that only formats the line at fault, so that the last one to change it is not the one that brought it. The same plan gives
// the same commits.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { GIT_ENV, git } from './git-program.ts';

export const COMMITS = 64;

export interface Plan {
  /** The file at fault, and what it was before the bug. */
  readonly path: string;
  readonly sound: string;
  /** The commits are counted from 0, the oldest. */
  readonly culprit: number;
  /** It lies on a side that is merged. */
  readonly onSide?: true;
  /** First and number of commits that cannot be built. */
  readonly broken: readonly (readonly [from: number, count: number])[];
  /** Before this one the file had another name. */
  readonly moved?: number;
  /** This one only formats the line. */
  readonly formatted?: number;
}

/** What a commit holds, beside what the repository is. */
interface State {
  readonly isBuggy: boolean;
  readonly isBroken: boolean;
  readonly isMoved: boolean;
  readonly isFormatted: boolean;
  /** A remark in the file at fault; none in the last one. */
  readonly remark: number | null;
  readonly notes: readonly string[];
}

interface Made {
  readonly at: number;
  readonly parents: readonly number[];
  readonly subject: string;
  readonly state: State;
}

interface Held {
  readonly mode: string;
  readonly bytes: Buffer;
}

/**
 * Makes the past in the work tree of the repository, which has no `.git` yet.
 * @returns the ids of the commits, by number
 */
export async function growPast(dir: string, plan: Plan): Promise<readonly string[]> {
  const files = new Map(walk(dir).map((path) => [path, held(join(dir, path))]));
  await git(dir, 'init', '-q', '-b', 'main');
  await git(dir, 'config', 'gc.auto', '0');
  // Loose, as commits by hand leave them.
  await git(dir, 'config', 'fastimport.unpackLimit', '100000');
  const marks = join(dir, '.git', 'grown-marks');
  await fastImport(
    dir,
    commits(plan)
      .map((one) => written(one, files, plan))
      .join(''),
    marks,
  );
  await git(dir, 'reset', '-q', '--hard', 'main');
  const ids = new Map(
    readFileSync(marks, 'utf8')
      .split('\n')
      .map((line) => line.split(' ') as [string, string]),
  );
  return Array.from({ length: COMMITS }, (_, at) => ids.get(`:${at + 1}`) ?? '');
}

/** Every seventh commit but the last begins a side of two commits; the one after the next of the main line merges it. */
function commits(plan: Plan): readonly Made[] {
  const made: Made[] = [];
  const stateAt = (at: number, before: State): State => ({
    isBuggy: before.isBuggy || at === plan.culprit,
    isBroken: plan.broken.some(([from, count]) => at >= from && at < from + count),
    isMoved: at >= (plan.moved ?? 0),
    isFormatted: at >= (plan.formatted ?? 0),
    remark: at === COMMITS - 1 ? null : at % 5 === 1 ? at : before.remark,
    notes: at % 5 === 1 ? before.notes : [...before.notes, `note ${at}`],
  });
  const put = (parents: readonly number[], before: State, subject: string): Made => {
    const at = made.length;
    const one = { at, parents, subject, state: stateAt(at, before) };
    made.push(one);
    return one;
  };
  let main = put([], { isBuggy: false, isBroken: false, isMoved: false, isFormatted: false, remark: null, notes: [] }, 'begin');
  while (made.length < COMMITS) {
    const { length } = made;
    const isFork = length % 7 === 3 && length + 5 < COMMITS;
    if (!isFork) {
      main = put([main.at], main.state, `main ${length}`);
      continue;
    }
    const side = put([main.at], main.state, `side ${length}`);
    const sideEnd = put([side.at], side.state, `side ${length + 1}`);
    main = put([main.at], main.state, `main ${length + 2}`);
    const both = {
      ...main.state,
      isBuggy: main.state.isBuggy || sideEnd.state.isBuggy,
      notes: [...main.state.notes, ...sideEnd.state.notes.slice(-2)],
    };
    main = put([main.at, sideEnd.at], both, `merge ${length + 3}`);
  }
  return made;
}

/** Numbers of the commits that lie on a side. */
export const SIDES: readonly number[] = commits({ path: '', sound: '', culprit: -1, broken: [] })
  .filter(({ subject }) => subject.startsWith('side'))
  .map(({ at }) => at);

const REMARKS: Readonly<Record<string, string>> = { '.py': '#', '.rb': '#', '.pm': '#', '.pl': '#' };

/** The files of a commit, as `git fast-import` reads them. */
function written({ at, parents, subject, state }: Made, files: ReadonlyMap<string, Held>, plan: Plan): string {
  const [first, ...others] = parents;
  const old = join(dirname(plan.path), `old_${basename(plan.path)}`);
  const rows = [...files].map(([path, { mode, bytes }]) => {
    if (path === plan.path) return put(state.isMoved ? path : old, mode, faulty(bytes.toString('latin1'), plan, state));
    return put(path, mode, state.isMoved || mode === '120000' ? bytes.toString('latin1') : withOldName(bytes, plan.path));
  });
  return [
    `commit refs/heads/main\nmark :${at + 1}\n`,
    `committer Dev ${at} <dev@example.invalid> ${1_700_000_000 + at * 3600} +0000\n`,
    data(subject),
    ...(first === undefined ? [] : [`from :${first + 1}\n`]),
    ...others.map((parent) => `merge :${parent + 1}\n`),
    'deleteall\n',
    ...rows,
    put('NOTES.md', '100644', `${state.notes.join('\n')}\n`),
    '\n',
  ].join('');
}

function faulty(now: string, plan: Plan, { isBuggy, isBroken, isFormatted, remark }: State): string {
  const sound = Buffer.from(plan.sound, 'utf8').toString('latin1');
  const end = now.includes('\r\n') ? '\r\n' : '\n';
  const text = isBuggy ? now : sound.replaceAll(/\r?\n/g, end);
  const spaced = isFormatted ? text : text.replaceAll(end, ` ${end}`);
  const sign = REMARKS[extname(plan.path)] ?? '//';
  return `${spaced}${remark === null ? '' : `${sign} remark ${remark}${end}`}${isBroken ? `)]}'${end}` : ''}`;
}

/** Who names the file names it by its old name, by path or, in Python, as a module. */
function withOldName(bytes: Buffer, path: string): string {
  const name = basename(path);
  const text = bytes.toString('utf8');
  const named = text.replaceAll(name, `old_${name}`);
  const module = path.replace(/\.py$/, '').replaceAll('/', '.');
  const old = module.replace(/([^.]+)$/, 'old_$1');
  const whole = path.endsWith('.py') ? named.replaceAll(`from ${module} `, `from ${old} `) : named;
  const required = path.endsWith('.rb') ? whole.replaceAll(`/${name.replace(/\.rb$/, '')}"`, `/old_${name.replace(/\.rb$/, '')}"`) : whole;
  return Buffer.from(required, 'utf8').toString('latin1');
}

const put = (path: string, mode: string, latin1: string): string =>
  `M ${mode} inline "${Buffer.from(path, 'utf8').toString('latin1')}"\n${data(latin1)}`;

const data = (latin1: string): string => `data ${latin1.length}\n${latin1}\n`;

function held(at: string): Held {
  const mode = statModeOf(at);
  return { mode, bytes: mode === '120000' ? Buffer.from(readlinkSync(at)) : readFileSync(at) };
}

function statModeOf(at: string): string {
  const found = statSync(at, { throwIfNoEntry: false });
  const isLink = readdirSync(dirname(at), { withFileTypes: true }).some((entry) => entry.name === basename(at) && entry.isSymbolicLink());
  if (isLink) return '120000';
  return ((found?.mode ?? 0) & 0o100) === 0 ? '100644' : '100755';
}

function walk(dir: string, below = ''): readonly string[] {
  return readdirSync(join(dir, below), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? walk(dir, join(below, entry.name)) : [join(below, entry.name)]));
}

function fastImport(dir: string, stream: string, marks: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      ['fast-import', '--quiet', `--export-marks=${marks}`],
      { cwd: dir, env: GIT_ENV },
      (error, _out, words) => (error ? reject(new Error(words)) : resolve()),
    );
    child.stdin?.end(Buffer.from(stream, 'latin1'));
  });
}
