// The row `context`: which files of the repository Claude is shown, in which order, why, and who last touched the line.

import type { FilePart } from '../../core/context/excerpt.ts';
import { isInstalled } from '../../core/context/frame-names.ts';
import { matesOf, nearMates } from '../../core/context/package-mates.ts';
import { chooseFiles, type RankedFile, withImports, withMates } from '../../core/context/rank.ts';
import { lineSaying, MAY_SAY, sayingOf } from '../../core/context/spoken-names.ts';
import { fitFiles, type LeftFile } from '../../core/context/token-budget.ts';
import type { ErrorEvent, Follows, Incident, LastChange } from '../../core/model.ts';
import { isTestPath } from '../../core/repository/test-paths.ts';
import { suspectWords } from '../../core/texts/last-change.ts';
import { fail } from '../../errors.ts';
import type { Base, TreeEntry } from '../../ports.ts';
import type { Context, Site } from '../repair/handed-on.ts';
import type { Job, RepairPorts, RepairSettings } from '../repair/job.ts';
import { originalFrames } from '../repair/original-frames.ts';
import { rootsOf } from '../repair/roots.ts';
import type { PartWork } from '../repair/step.ts';

const NOTHING: Context = { files: [], left: [], notes: [], usedTokens: 0, suspect: null };

export function gather(job: Job, site: Site): PartWork<'context'> {
  const { ports, settings, incident, signal } = job;
  const read = () => contextOf(ports, settings, incident, site.base, site.entries, signal, job.follows);
  return {
    run: async (tell) => {
      const context = await read();
      tell.say(contextWords(context, incident).join('; '));
      if (context.files.length === 0 && settings.mode === 'code_blocks') throw fail('policy-skip', { reason: noFiles(context) });
      return context;
    },
    // The base commit has the files, unless nobody will look at them again: until the proof stands, one more answer may be asked for.
    keep: ({ suspect }) => suspect,
    recall: async (suspect, isToDo) => (isToDo('verify') ? read() : { ...NOTHING, suspect: suspect ?? null }),
  };
}

function noFiles({ left }: Context): string {
  if (left.length === 0) return 'no stack frame leads to a file of the repository; agentic mode can search for it';
  return `no file of the event can be shown: ${left.map(leftWords).join('; ')}; raise claude.maxContextTokens, or use agentic mode`;
}

/** For the trace: every file with its reason, their price, then what was left out. */
function contextWords({ files, left, notes, usedTokens, suspect }: Context, incident: Pick<Incident, 'first'>): readonly string[] {
  const shown = files.map(({ path, line, why, parts }) => `${path}${line ? `:${line}` : ''} ${why}${partsWords(parts)}`);
  const price = usedTokens > 0 ? [`about ${usedTokens} tokens`] : [];
  return [
    ...(shown.length > 0 ? shown : ['no file of the repository']),
    ...price,
    ...left.map(leftWords),
    ...notes,
    ...(suspect ? [suspectWords(suspect, incident)] : []),
  ];
}

/** @example partsWords([{ from: 1, to: 9, text: '' }]) // ', in parts (lines 1-9)' */
const partsWords = (parts: readonly FilePart[] | undefined): string =>
  parts === undefined ? '' : `, in parts (lines ${parts.map(({ from, to }) => `${from}-${to}`).join(', ')})`;

/** @example leftWords({ path: 'a.js', tokens: 90000, reason: 'too-large' }) // 'a.js left out: too-large, 90000 tokens' */
export const leftWords = ({ path, reason, tokens }: LeftFile): string => `${path} left out: ${reason}, ${tokens} tokens`;

/** The files that the event leads to, ranked; with their text in code_blocks mode, as far as the budget goes. */
export async function contextOf(
  ports: Pick<RepairPorts, 'repository' | 'sourceMaps' | 'history' | 'redact'>,
  settings: Pick<RepairSettings, 'mode' | 'subdir' | 'maxContextTokens'>,
  incident: Pick<Incident, 'sample'>,
  base: Base,
  entries: readonly TreeEntry[],
  signal: AbortSignal,
  follows?: Pick<Follows, 'asks' | 'paths'>,
): Promise<Context> {
  const { mode, subdir, maxContextTokens } = settings;
  const { language, text: log } = incident.sample;
  const regular = entries.filter((entry) => entry.mode === '100644' || entry.mode === '100755');
  const read = async (path: string): Promise<string> => (await ports.repository.read(base.commit, path))?.bytes.toString('utf8') ?? '';
  const frames = await originalFrames(incident.sample.frames, regular, read, ports.sourceMaps);
  const roots = await rootsOf({ language, frames }, regular, read);
  const { files: led, notes } = chooseFiles({ language, text: log, frames }, regular, { subdir, roots });
  const named = led.length > 0 ? led : await whoSays(incident.sample, regular, subdir, read);
  const spoken = spokenOf(follows, regular);
  const [nearest] = [...named, ...spoken];
  if (!nearest) return { ...NOTHING, notes };
  const text = await read(nearest.path);
  const ranked = withSpoken(spoken, withMates(withImports(named, text, regular), await matesNear(nearest, text, regular, read)));
  const suspect = await suspectOf(ports, base, nearest, signal);
  if (mode === 'agentic') return { ...NOTHING, files: ranked.map((file) => ({ ...file, tokens: 0 })), notes, suspect };
  const whole = await Promise.all(ranked.map(async (file) => ({ ...file, text: await read(file.path) })));
  const { kept, left, used } = fitFiles(whole, maxContextTokens);
  return { files: kept, left, notes, usedTokens: used, suspect };
}

/** Files that reviewers speak of, then those that their request changes. */
function spokenOf(follows: Pick<Follows, 'asks' | 'paths'> | undefined, entries: readonly TreeEntry[]): readonly RankedFile[] {
  if (follows === undefined) return [];
  const known = new Set(entries.map(({ path }) => path));
  const said = follows.asks.flatMap(({ path, line = null }) =>
    path === undefined ? [] : [{ path, line, why: 'a reviewer speaks of it' }],
  );
  const all = [...said, ...follows.paths.map((path) => ({ path, line: null, why: 'the request changes it' }))];
  const first = all.filter(({ path }, at) => known.has(path) && all.findIndex((other) => other.path === path) === at);
  return first.map(({ path, line, why }) => ({ path, line, role: 'mentioned', why, ...(line === null ? {} : { places: [{ line }] }) }));
}

/** What is spoken of is what has to be shown: it comes first. */
function withSpoken(spoken: readonly RankedFile[], ranked: readonly RankedFile[]): readonly RankedFile[] {
  return [...spoken, ...ranked.filter(({ path }) => !spoken.some((one) => one.path === path))];
}

/** What the nearest file uses of its package without importing it. */
async function matesNear(
  { path, places = [] }: RankedFile,
  text: string,
  entries: readonly TreeEntry[],
  read: (path: string) => Promise<string>,
): Promise<readonly string[]> {
  const mates = matesOf(
    path,
    entries.map((entry) => entry.path),
  );
  return nearMates(text, places, await Promise.all(mates.map(async (mate) => ({ path: mate, text: await read(mate) }))));
}

/** Reading is a matter of a second up to here. */
const MOST_READ = 2000;
/** Words that stand in more files than this are nobody's. */
const MOST_SAYING = 3;

/** Where nothing else leads to a file: those whose source says the words of the log. */
async function whoSays(
  { message }: Pick<ErrorEvent, 'message'>,
  entries: readonly TreeEntry[],
  subdir: string,
  read: (path: string) => Promise<string>,
): Promise<readonly RankedFile[]> {
  const words = sayingOf(message ?? '');
  if (words === undefined) return [];
  const sources = entries.filter(({ path }) => MAY_SAY.test(path) && !isInstalled(path) && !isTestPath(path));
  const inside = subdir === '' ? sources : sources.filter(({ path }) => path.startsWith(`${subdir}/`));
  const found: RankedFile[] = [];
  for (const { path } of inside.slice(0, MOST_READ)) {
    const line = lineSaying(words, await read(path));
    if (line !== undefined) found.push({ path, line, places: [{ line }], role: 'mentioned', why: `says ${JSON.stringify(words)}` });
    if (found.length > MOST_SAYING) return [];
  }
  return found;
}

/** Who touched the line last. Nothing depends on it, so that what goes wrong in looking for it ends no repair. */
async function suspectOf(
  { history, redact }: Pick<RepairPorts, 'history' | 'redact'>,
  base: Base,
  { path, line, role }: RankedFile,
  signal: AbortSignal,
): Promise<LastChange | null> {
  if (role !== 'nearest' || line === null) return null;
  const found = await history.lastChange(base, path, line, signal);
  return found && { ...found, author: redact(found.author), subject: redact(found.subject) };
}
