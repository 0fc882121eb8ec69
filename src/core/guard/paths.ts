// Rules on names, modes and sizes: what a file is, before anybody reads it.
import type { FileChange, Verdict } from '../model.ts';
import { ANY, DIRECTORIES, NAME, type Step, type Wildcard, wildcard } from '../repository/wildcards.ts';
import { type GuardPolicy, patchOnly, type ReadFile, refuse } from './policy.ts';
import { CHECK_CONFIG, PROTECTED } from './protected.ts';
import { SELF_RUN } from './self-run.ts';

/** A longer line is not reviewed by anybody. */
const LONGEST_LINE = 2000;

export function sizes(files: readonly FileChange[], policy: GuardPolicy, lines: number): readonly Verdict[] {
  const found: Verdict[] = [];
  if (files.length > policy.maxFiles) found.push(refuse('max-files', `${files.length} files, policy.maxFiles is ${policy.maxFiles}`));
  if (lines > policy.maxLines) found.push(refuse('max-lines', `${lines} lines, policy.maxLines is ${policy.maxLines}`));
  return found;
}

export function shape(file: ReadFile): readonly Verdict[] {
  const { change, path } = file;
  const found: Verdict[] = [];
  if (change.mode === '120000' || change.oldMode === '120000') found.push(refuse('symlink', `${path} is a symbolic link`));
  if (change.mode === '160000' || change.oldMode === '160000') found.push(refuse('submodule', `${path} is a submodule`));
  if (change.oldMode !== undefined && change.oldMode !== change.mode)
    found.push(refuse('mode-change', `${path}: ${change.oldMode} becomes ${change.mode}`));
  if (change.before === undefined && change.mode === '100755') found.push(refuse('mode-change', `${path} is new and executable`));
  if (change.after?.includes(0) || change.before?.includes(0)) found.push(refuse('binary', `${path} is not text`));
  const long = file.added.find((line) => line.length > LONGEST_LINE);
  if (long !== undefined) found.push(patchOnly('long-line', `${path} gets a line of ${long.length} characters`));
  return found;
}

const compiled = (patterns: readonly string[]) => patterns.map((pattern) => ({ pattern, match: compile(pattern) }));

let own: ReturnType<typeof compileOwn> | undefined;
const compileOwn = () => ({ protectedPaths: compiled(PROTECTED), checkConfig: compiled(CHECK_CONFIG), selfRun: compiled(SELF_RUN) });

/** One rule per policy: its patterns are compiled once, and ours for all of them. */
export function protection(policy: GuardPolicy): (file: ReadFile) => readonly Verdict[] {
  own ??= compileOwn();
  const { checkConfig, selfRun } = own;
  const protectedPaths = [...own.protectedPaths, ...compiled(policy.protectedPaths)];
  const links = (policy.links ?? []).map((link) => `${fold(link)}/`);
  return ({ path }) => {
    const folded = fold(path);
    if (isOutside(path)) return [refuse('outside', `${JSON.stringify(path)} is no plain path of the repository`)];
    if (links.some((link) => folded.startsWith(link))) return [refuse('symlink', `${path} lies behind a symbolic link`)];
    const hit = protectedPaths.find(({ match }) => match(folded));
    if (hit) return [refuse('protected-path', `${path} is protected by ${hit.pattern}`)];
    const check = checkConfig.find(({ match }) => match(folded));
    if (check) return [patchOnly('check-config', `${path} steers the checks (${check.pattern})`)];
    const run = selfRun.find(({ match }) => match(folded));
    return run ? [patchOnly('self-run', `${path} is run or obeyed by a tool without being asked (${run.pattern})`)] : [];
  };
}

function isOutside(name: string): boolean {
  return name === '' || /^[\\/~]|^[A-Za-z]:|\\|[\u0000-\u001f\u007f]|(?:^|\/)\.{0,2}(?:\/|$)/.test(name);
}

/**
 * Case, Unicode form, invisible letters, trailing dots and NTFS streams do not help a path past the guard: disks and hosts
 * fold them too. Marks are dropped, so that a folded name can only be protected more often, never less.
 */
function fold(path: string): string {
  return path
    .normalize('NFKD')
    .replace(/\p{M}|[\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, '')
    .toLowerCase()
    .replaceAll('ı', 'i')
    .split('/')
    .map((segment) => segment.replace(/(?<=.):.*$/, '').replace(/(?<=[^. ])[. ]+$/, ''))
    .join('/');
}

/**
 * Not `path.matchesGlob`: its `*` passes over names that begin with a dot, and it reads `[`, `{` and `?` of a name as signs. A pattern
 * takes what is below it, too.
 */
function compile(pattern: string): Wildcard {
  const steps = fold(pattern)
    .split(/(\*\*\/|\*\*|\*)/)
    .flatMap((piece): readonly Step[] => {
      if (piece === '**/') return [DIRECTORIES];
      if (piece === '**') return [ANY];
      return piece === '*' ? [NAME] : piece.split('');
    });
  const [itself, below] = [wildcard(steps), wildcard([...steps, '/', ANY])];
  return (path) => itself(path) || below(path);
}
