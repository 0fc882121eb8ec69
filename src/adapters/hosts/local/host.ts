// The code host for people without an account or a remote: a request is a Markdown file and a patch under the state
// directory, with the commands that take the fix over. Never writes to the user's repository.
import { access, constants, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Request } from '../../../core/model.ts';
import { BRANCH_PREFIX, isFixBranch } from '../../../core/texts/branch.ts';
import { carryJoined, withJoined } from '../../../core/texts/joined-request.ts';
import { escapeMarkdown } from '../../../core/texts/markdown.ts';
import { fail, failedCheck } from '../../../errors.ts';
import { replaceFile } from '../../../platform/atomic.ts';
import { codeOf, messageOf } from '../../../platform/errno.ts';
import type { Check, CodeHost, RequestDraft } from '../../../ports.ts';
import { readIfThere, unlessUnwritable } from './files.ts';
import { createLocalIssues } from './issues.ts';

export interface LocalOptions {
  /** `<state>/requests/<repository>`; made when it is needed. */
  readonly dir: string;
  /** Where older versions put the files of all repositories: what is there of this one stays there. */
  readonly sharedDir?: string;
  /** Our own object store, where `push` has put the branch. */
  readonly storePath: string;
  /** Whether the base branch holds the fix of a commit of ours. */
  readonly isTakenOver: (commit: string, signal: AbortSignal) => Promise<boolean>;
}

export function createLocalHost({ dir: ownDir, sharedDir, storePath, isTakenOver }: LocalOptions): CodeHost {
  const dirOf = async (name: string): Promise<string> => {
    if (sharedDir === undefined) return ownDir;
    const text = (await readIfThere(join(sharedDir, `${name}.md`))) ?? '';
    return text.includes(`git fetch ${quoted(storePath)} `) ? sharedDir : ownDir;
  };
  return {
    kind: 'local',
    pages: null,
    talk: null,
    issueTalk: null,
    checks: null,
    // Nobody has opened anything.
    closeRequest: async () => null,
    disownClosing: async () => undefined,
    self: async () => null,
    rules: async () => [],
    ...createLocalIssues(ownDir),
    async findRequest(branch, signal) {
      const dir = await dirOf(fileName(branch));
      const file = join(dir, `${fileName(branch)}.md`);
      const text = await readIfThere(file);
      if (text === undefined) return null;
      const request = requestAt(file, takeOver({ branch }, storePath, join(dir, `${fileName(branch)}.patch`)));
      const commit = /^It is commit `([0-9a-f]{40})` on the branch /m.exec(text)?.[1];
      return commit !== undefined && (await isTakenOver(commit, signal)) ? { ...request, state: 'merged' } : request;
    },
    async ensureRequest(draft) {
      const dir = await dirOf(fileName(draft.branch));
      const file = join(dir, `${fileName(draft.branch)}.md`);
      const patch = join(dir, `${fileName(draft.branch)}.patch`);
      const before = await readIfThere(file);
      await unlessUnwritable(dir, async () => {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        await replaceFile(patch, draft.patch);
        await replaceFile(file, carryJoined(before ?? '', markdown(draft, storePath, patch)));
      });
      return { request: requestAt(file, takeOver(draft, storePath, patch)), created: before === undefined, notes: [] };
    },
    async proposals() {
      const dirs = [ownDir, ...(sharedDir === undefined ? [] : [sharedDir])];
      const read = dirs.map(async (dir) => {
        const names = (await readdir(dir).catch(() => [])).filter((name) => name.endsWith('.md') && isFixBranch(stem(name)));
        const ours = await Promise.all(names.map(async (name) => (await dirOf(stem(name))) === dir));
        const those = names.filter((_, at) => ours[at]);
        return Promise.all(those.map(async (name) => ({ dir, name, text: (await readIfThere(join(dir, name))) ?? '' })));
      });
      return (await Promise.all(read)).flat().map(({ dir, name, text }) => {
        const branch = branchIn(text) ?? `${BRANCH_PREFIX}${stem(name)}`;
        const request = requestAt(join(dir, name), takeOver({ branch }, storePath, join(dir, `${fileName(branch)}.patch`)));
        return { request, branch, body: text };
      });
    },
    async ensureJoined({ request }, joining) {
      const text = await readIfThere(request.url);
      if (text !== undefined) await unlessUnwritable(ownDir, () => replaceFile(request.url, withJoined(text, joining)));
      return request;
    },
    check: async () => [await directoryCheck(ownDir)],
  };
}

const stem = (name: string): string => name.slice(0, -'.md'.length);

/** As its own file says it. */
function branchIn(text: string): string | undefined {
  return /^It is commit `[0-9a-f]{40}` on the branch `([^`]+)`/m.exec(text)?.[1];
}

/** The two ways to take a fix over, as they are typed in the user's own checkout. */
export function takeOver(
  draft: Pick<RequestDraft, 'branch'>,
  storePath: string,
  patch: string,
): { readonly fetch: string; readonly apply: string } {
  return { fetch: `git fetch ${quoted(storePath)} ${quoted(draft.branch)}`, apply: `git am ${quoted(patch)}` };
}

function markdown(draft: RequestDraft, storePath: string, patch: string): string {
  const { fetch, apply } = takeOver(draft, storePath, patch);
  return [
    `# ${escapeMarkdown(draft.title)}`,
    '',
    draft.body.trim(),
    '',
    '## Take this fix over',
    '',
    `It is commit \`${draft.commit}\` on the branch \`${draft.branch}\`, made for \`${draft.base}\`. In your own checkout, either fetch the branch`,
    '',
    '```sh',
    fetch,
    `git switch -c ${quoted(draft.branch)} FETCH_HEAD`,
    '```',
    '',
    'or apply the patch to the branch you are on',
    '',
    '```sh',
    apply,
    '```',
    '',
  ].join('\n');
}

/** The last part of the branch, rebuilt from a whitelist. */
function fileName(branch: string): string {
  const name = (branch.split('/').at(-1) ?? '').replace(/[^A-Za-z0-9._-]/g, '-').replace(/^\.+/, '');
  if (name === '') throw fail('bug', { detail: `no file name in the branch ${JSON.stringify(branch)}` });
  return name;
}

function quoted(word: string): string {
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function requestAt(file: string, { fetch, apply }: ReturnType<typeof takeOver>): Request {
  return { url: file, number: null, state: 'local', takeOver: [fetch, apply] };
}

async function directoryCheck(dir: string): Promise<Check> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await access(dir, constants.W_OK);
    return { name: 'requests', status: 'ok', detail: `requests are written to ${dir}` };
  } catch (error) {
    return failedCheck('requests', fail('state-unwritable', { dir, detail: codeOf(error) || messageOf(error) }));
  }
}
