// Judges a change set by rule, after Claude has ended. Reads what git says has changed, never what the answer claims.
// A rule sees paths, modes and bytes; it cannot be talked to.
import type { ChangeSet, FileChange, Verdict } from './model.ts';

/** The part of the policy that the guard applies. */
export interface GuardPolicy {
  readonly maxFiles: number;
  /** Added and removed lines together. */
  readonly maxLines: number;
  /** Further patterns beside the built-in ones: `*` within a name, `**` across directories. */
  readonly protectedPaths: readonly string[];
}

/** Files that steer machines or agents rather than the program: a fix of a crash has no business there. */
const PROTECTED: readonly string[] = [
  '.git*',
  '**/.git*',
  '.github/**',
  '.gitlab/**',
  '.circleci/**',
  '.buildkite/**',
  '.husky/**',
  '.claude/**',
  '.cursor/**',
  '.vscode/**',
  '.idea/**',
  '**/.mcp.json',
  '**/claude.md',
  '**/agents.md',
  '**/.aiopsrc*',
  '**/.env*',
  '**/.npmrc',
  '**/.yarnrc*',
  '**/.pnpmfile*',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
  '.travis.yml',
  '.drone.yml',
  '**/jenkinsfile*',
  '**/makefile',
  '**/dockerfile*',
  '**/docker-compose*.y*ml',
  '**/package-lock.json',
  '**/npm-shrinkwrap.json',
  '**/yarn.lock',
  '**/pnpm-lock.yaml',
  '**/*.lock',
  '**/go.sum',
];

const TEST_PATH = /(^|\/)(tests?|__tests__|spec)\/|(^|\/)test_[^/]*\.py$|[._-](test|spec)\.[a-z]+$|_test\.(go|rb|py)$/i;

/**
 * Every rule that has something to say gives one verdict per finding; an empty list means: allowed.
 * @example judge(changes, policy).some((verdict) => verdict.verdict === 'refuse')
 */
export function judge(changes: ChangeSet, policy: GuardPolicy, lines: number): readonly Verdict[] {
  const patterns = [...PROTECTED, ...policy.protectedPaths].map((pattern) => ({ pattern, match: compile(pattern) }));
  return [
    ...sizes(changes, policy, lines),
    ...changes.files.flatMap((file) => [...shape(file), ...protection(file, patterns), ...tests(file)]),
  ];
}

/** The strictest verdict, or `allow`. */
export function strictest(verdicts: readonly Verdict[]): Verdict['verdict'] {
  const order: readonly Verdict['verdict'][] = ['refuse', 'patch-only', 'draft'];
  return order.find((kind) => verdicts.some((verdict) => verdict.verdict === kind)) ?? 'allow';
}

function sizes(changes: ChangeSet, policy: GuardPolicy, lines: number): Verdict[] {
  const found: Verdict[] = [];
  if (changes.files.length > policy.maxFiles)
    found.push(refuse('max-files', `${changes.files.length} files, policy.maxFiles is ${policy.maxFiles}`));
  if (lines > policy.maxLines) found.push(refuse('max-lines', `${lines} lines, policy.maxLines is ${policy.maxLines}`));
  return found;
}

function shape(file: FileChange): Verdict[] {
  const found: Verdict[] = [];
  if (file.mode === '120000' || file.oldMode === '120000') found.push(refuse('symlink', `${file.path} is a symbolic link`));
  if (file.mode === '160000' || file.oldMode === '160000') found.push(refuse('submodule', `${file.path} is a submodule`));
  if (file.oldMode !== undefined && file.oldMode !== file.mode)
    found.push(refuse('mode-change', `${file.path}: ${file.oldMode} becomes ${file.mode}`));
  if (file.after?.includes(0)) found.push(refuse('binary', `${file.path} is not text`));
  return found;
}

function protection(file: FileChange, patterns: readonly { pattern: string; match: RegExp }[]): Verdict[] {
  const names = file.oldPath === undefined ? [file.path] : [file.path, file.oldPath];
  return names.flatMap((name) => {
    const hit = patterns.find((entry) => entry.match.test(fold(name)));
    return hit ? [refuse('protected-path', `${name} is protected by ${hit.pattern}`)] : [];
  });
}

function tests(file: FileChange): Verdict[] {
  const was = file.oldPath ?? file.path;
  if (!TEST_PATH.test(was) || file.before === undefined) return [];
  if (file.after === undefined) return [refuse('test-deleted', `${was} is a test and is deleted`)];
  if (file.oldPath !== undefined && !TEST_PATH.test(file.path)) return [refuse('test-deleted', `${was} is moved out of the tests`)];
  return [];
}

/** Case and Unicode form do not help a path past the guard: disks and hosts fold them too. */
function fold(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}

function compile(pattern: string): RegExp {
  const source = fold(pattern)
    .split(/(\*\*\/|\*\*|\*)/)
    .map((piece) => {
      if (piece === '**/') return '(?:.*/)?';
      if (piece === '**') return '.*';
      if (piece === '*') return '[^/]*';
      return piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}(?:/.*)?$`, 'u');
}

function refuse(rule: string, detail: string): Verdict {
  return { rule, verdict: 'refuse', detail };
}
