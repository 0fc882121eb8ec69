// Looks for the commit that brought an error, where a test of the fix shows it: that test is run at commits of the past,
// which the work tree of the repair is brought to, one after the other.
import type { ChangeSet, FileChange, LastChange, Verification } from '../../../core/model.ts';
import { asRun } from '../../../core/proof/alone.ts';
import { type Bisected, isRefuted, type Look, nextStep } from '../../../core/proof/bisection.ts';
import { BROKEN, noticed, said, tellingTests } from '../../../core/proof/oracle.ts';
import type { Fault } from '../../../core/proof/reproduction.ts';
import { isProse } from '../../../core/proof/substance.ts';
import { laidInto, withBrokenTests } from '../../../core/repository/in-source/split.ts';
import { isTestPath } from '../../../core/repository/test-paths.ts';
import { asAiOpsError } from '../../../errors.ts';
import type { AsOf, Past, Workspace } from '../../../ports.ts';
import { KEPT, run } from '../commands.ts';
import { type FaultAt, faultAt } from '../fault.ts';
import type { Site } from '../handed-on.ts';
import type { Job } from '../job.ts';
import { planFor } from '../plan.ts';
import { setupKey } from '../setup-key.ts';
import { aroundOf, shownBy } from '../shown.ts';

/** Runs that one search may take. */
const MOST_RUNS = 8;

/** A test that shows the error of the log without the fix. */
export interface Oracle {
  readonly changes: ChangeSet;
  readonly tests: ChangeSet;
  /** The runs without the fix; each failed with the error. */
  readonly red: readonly Verification[];
  readonly green: Verification;
  readonly suspect: LastChange | null;
}

/** What was looked for, and how. */
export interface Searched {
  readonly found: Bisected;
  /** Runs it took. */
  readonly runs: number;
  /** The suspect was seen to pass, or something before it to fail. */
  readonly isSuspectRefuted: boolean;
}

type PastCommit = Past[number];

/** @returns `null` where there is nothing to search */
export async function bisect(job: Job, site: Site, oracle: Oracle): Promise<Searched | null> {
  const { bisectSeconds } = job.settings;
  const [red] = oracle.red;
  if (bisectSeconds === 0 || red === undefined) return null;
  const { fault, sources } = await faultAt(job, site);
  const changed = oracle.changes.files.filter(({ path, before }) => before !== undefined && !isTestPath(path)).map(({ path }) => path);
  const paths = [...new Set([...(fault.place?.paths ?? []), ...changed])];
  const past = await job.ports.history.past(site.base, paths, job.signal);
  const [base] = past;
  if (base === undefined || past.length < 2 || paths.length === 0) return null;
  const workspace = site.workspace ?? (await job.ports.workspaces.open(site.base));
  const late = AbortSignal.timeout(bisectSeconds * 1000);
  const signal = AbortSignal.any([job.signal, late]);
  const names = tellingTests(red, oracle.green);
  const search = {
    job: { ...job, signal },
    site: { ...site, workspace },
    oracle,
    fault,
    paths,
    sources,
    names,
    isOwn: workspace !== site.workspace,
  };
  try {
    return await searched(
      search,
      past,
      oracle,
      (thrown) => late.aborted && !job.signal.aborted && asAiOpsError(thrown).code === 'interrupted',
    );
  } finally {
    if (search.isOwn) await workspace.release();
  }
}

interface Search {
  readonly job: Job;
  readonly site: Site & { readonly workspace: Workspace };
  readonly oracle: Oracle;
  readonly fault: Fault;
  /** The files that the error came through and those that the fix changes. */
  readonly paths: readonly string[];
  readonly sources: FaultAt['sources'];
  readonly names: readonly string[];
  /** The work tree was opened for this search. */
  readonly isOwn: boolean;
}

async function searched(search: Search, past: Past, { red, suspect }: Oracle, isLate: (thrown: unknown) => boolean): Promise<Searched> {
  const base = (past[0] as PastCommit).commit;
  const of = new Map(past.map((one) => [one.commit, one]));
  const seen = red.map((): Look => ({ commit: base, said: 'fails' }));
  // Where the code that the test is of is not there, the test says nothing.
  const looks = [...seen, ...past.filter(({ names }) => !isThere(search, names)).map(({ commit }): Look => ({ commit, said: 'cannot' }))];
  const lookAt = looker(search);
  const tell = (line: string): void => search.job.ports.progress.details?.('steps')?.(`${search.job.trace}: verify: ${line}`);
  let runs = 0;
  const end = (found: Bisected): Searched => ({
    found,
    runs,
    isSuspectRefuted: suspect !== null && isRefuted(past, looks, suspect.commit),
  });
  for (;;) {
    const step = nextStep(past, looks, { left: MOST_RUNS - runs, suspect: suspect?.commit });
    if (step.kind === 'end') return end(step.found);
    if (step.isControl && (await isRunAlike(search, past, looks, step.commit))) {
      looks.push({ commit: step.commit, said: 'passes', isControl: true });
      continue;
    }
    try {
      const { isRun, ...look } = await lookAt(of.get(step.commit) as PastCommit, step.isControl);
      runs += isRun ? 1 : 0;
      looks.push({ commit: step.commit, ...look });
      tell(`at ${step.commit}: ${look.said}${step.isControl ? ' (control)' : ''}${isRun ? '' : ', without a run'}`);
    } catch (thrown) {
      if (isLate(thrown)) return end({ kind: 'unknown', why: 'unfinished', fails: base });
      throw thrown;
    }
  }
}

/**
 * Whether a control is not needed: the commit on top fails with the test, and differs in nothing but the code that the test
 * is of and in prose, so that what runs it there runs it here.
 */
async function isRunAlike(search: Search, past: Past, looks: readonly Look[], commit: string): Promise<boolean> {
  const fails = (one: PastCommit): boolean => looks.some((look) => look.commit === one.commit && look.said === 'fails' && !look.isControl);
  const above = past.find((one) => one.parents.includes(commit) && fails(one));
  const below = past.find((one) => one.commit === commit);
  const [over, under] = await Promise.all([above, below].map((one) => one && olderOf(search, one)));
  if (!over || !under) return false;
  const bytes = [over, under].map(({ files }) => new Map(files.map(({ path, after }) => [path, after])));
  const own = new Set([over, under].flatMap(({ names }) => search.paths.flatMap((path) => [path, names.get(path)])));
  return [...new Set(bytes.flatMap((files) => [...files.keys()]))].every((path) => {
    const [a, b] = bytes.map((files) => [files.has(path), files.get(path)?.toString('latin1')].join(' '));
    return a === b || own.has(path) || isProse(path);
  });
}

/** The file that the error came through, or where none is known, one that the fix changes. */
function isThere({ fault }: Search, names: PastCommit['names']): boolean {
  const wanted = fault.place?.paths ?? [];
  return wanted.length > 0 ? wanted.some((path) => names.has(path)) : names.size > 0;
}

/** `isRun`: a command was run for it. */
type Seen = Omit<Look, 'commit'> & { readonly isRun: boolean };

const USELESS: Seen = { said: 'cannot', isRun: false };

function looker(search: Search): (at: PastCommit, isControl: boolean) => Promise<Seen> {
  const { job, site, oracle, fault, sources, names } = search;
  const { workspace } = site;
  // What Claude may have changed in there is not used.
  let installed = search.isOwn || job.settings.mode === 'agentic' ? undefined : site.setupKey;
  return async (at, isControl) => {
    const older = await olderOf(search, at);
    if (older === null || !(await isReadable(search, older))) return USELESS;
    const laid = laidOver(older, oracle.tests, isControl);
    if (laid === null) return USELESS;
    const testPaths = new Set(oracle.tests.files.flatMap(({ path }) => [path, older.names.get(path) ?? path]));
    const there = await siteAt(search, at.commit, older, laid);
    const isSetUp = there.setupKey === installed;
    if (!isSetUp) await workspace.hasSetup(there.setupKey);
    await workspace.reset(isSetUp ? KEPT : []);
    const isLaid = await workspace.apply({ base: site.base.commit, files: laid }).then(() => true, refuses);
    if (!isLaid) return USELESS;
    installed = undefined;
    const done = await run(job, there, isSetUp ? ['test'] : ['setup', 'test']);
    if (!done.runs.some(({ role, exitCode }) => role === 'setup' && exitCode !== 0)) installed = there.setupKey;
    const tests = done.runs.filter(({ role }) => role === 'test');
    if (isControl) return { said: noticed(tests), isControl, isRun: true };
    const bad = tests.filter(({ exitCode }) => exitCode !== 0);
    const texts = [...sources.map(({ path, bytes }) => ({ path, after: bytes })), ...laid];
    const laidTests = laid.filter(({ path }) => testPaths.has(path));
    const around = aroundOf(job, there, laidTests, new Map(texts.map(({ path, after }) => [path, after?.toString('utf8') ?? ''])));
    return { ...said(tests, names, shownBy({ fault: renamed(fault, older), around, before: null }, bad, done)), isRun: true };
  };
}

const olderOf = async ({ job, site }: Search, { commit, names }: PastCommit): Promise<AsOf | null> =>
  commit === site.base.commit ? { files: [], names: new Map() } : job.ports.history.asOf(site.base, commit, names);

/** Whether the code that the error came through parses there: what does not needs no run. */
async function isReadable({ job, site, fault }: Search, { files, names }: AsOf): Promise<boolean> {
  const { syntax, repository } = job.ports;
  for (const path of fault.place?.paths ?? []) {
    const then = files.find((file) => (file.path === path || file.path === names.get(path)) && file.after !== undefined);
    if (then?.after === undefined) continue;
    const now = await repository.read(site.base.commit, path);
    if ((await syntax.check(path, then.after, now?.bytes)).kind === 'broken') return false;
  }
  return true;
}

/** A tree that it cannot be brought to. */
function refuses(thrown: unknown): false {
  if (asAiOpsError(thrown).code === 'change-unsafe') return false;
  throw thrown;
}

/** The older commit with the tests of the fix in it, and nothing else of the fix; `null` where they have no place in it. */
function laidOver({ files, names }: AsOf, tests: ChangeSet, isControl: boolean): readonly FileChange[] | null {
  const laid = new Map(files.map((file) => [file.path, file]));
  for (const test of tests.files) {
    // A source that holds tests: its code as it was then, under both names that it has.
    const then = isTestPath(test.path) ? [] : [test.path, names.get(test.path)].flatMap((path) => laid.get(path ?? '') ?? []);
    for (const file of then.length === 0 ? [test] : then.map((one) => withTests(one, test))) {
      const placed = file && isControl ? broken(file) : file;
      if (placed === undefined) return null;
      laid.set(placed.path, placed);
    }
  }
  return [...laid.values()];
}

function withTests(file: FileChange, test: FileChange): FileChange | undefined {
  const [code, tests] = [file.after?.toString('utf8'), test.after?.toString('utf8')];
  const text = code === undefined || tests === undefined ? undefined : laidInto(file.path, code, tests);
  return text === undefined ? undefined : { ...file, after: Buffer.from(text) };
}

function broken({ after = Buffer.of(), ...file }: FileChange): FileChange | undefined {
  const text = isTestPath(file.path) ? BROKEN + after.toString('latin1') : withBrokenTests(file.path, after.toString('latin1'));
  return text === undefined ? undefined : { ...file, after: Buffer.from(text, 'latin1') };
}

/** The site as that commit has it: its files, and the commands that its own files lead to. */
async function siteAt({ job, site, oracle }: Search, commit: string, older: AsOf, laid: readonly FileChange[]): Promise<Site> {
  const { repository } = job.ports;
  const texts = new Map(laid.map((file) => [file.path, file]));
  const entries = [
    ...site.entries.filter(({ path }) => !texts.has(path)),
    ...laid.flatMap(({ path, mode, after }) => (after === undefined ? [] : [{ path, mode }])),
  ];
  const there = { base: site.base.commit, files: laid.filter(({ after }) => after !== undefined) };
  const found = await planFor(repository, site.base, entries, job.settings, job.incident.sample, there);
  const plan = asRun(found, oracle.green);
  const read = async (path: string) => {
    const file = texts.get(path);
    return file ? file.after && { bytes: file.after } : repository.read(site.base.commit, path);
  };
  const untouched = entries.filter(({ path }) => !older.names.has(path));
  return { ...site, entries, plan, setupKey: await setupKey(job, { base: { commit }, entries: untouched, plan }, read) };
}

/** The error by the names that its files had. */
function renamed(fault: Fault, { names }: AsOf): Fault {
  const { place } = fault;
  return place === null
    ? fault
    : { ...fault, place: { ...place, paths: [...place.paths, ...place.paths.flatMap((path) => names.get(path) ?? [])] } };
}
