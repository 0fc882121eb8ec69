// Issues for people without a tracker: a Markdown file for each bug beside the proposals, and the patch that was not proposed.
// Deleted, it is written again only by another repair.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../../../core/model.ts';
import { shortFingerprint } from '../../../core/texts/branch.ts';
import { isOver, withinTheirs } from '../../../core/texts/issue.ts';
import { isMarkedFor } from '../../../core/texts/joined-request.ts';
import { escapeMarkdown } from '../../../core/texts/markdown.ts';
import { replaceFile } from '../../../platform/atomic.ts';
import type { CodeHost, ToldIssue } from '../../../ports.ts';
import { readIfThere, unlessUnwritable } from './files.ts';

type IssueSide = Pick<CodeHost, 'findIssue' | 'ensureIssue' | 'readIssue' | 'changeIssue'>;

/** @param dir where the proposals are written */
export function createLocalIssues(dir: string): IssueSide {
  const fileOf = (name: string): string => join(dir, `issue-${shortFingerprint(name).replace(/[^A-Za-z0-9]/g, '-')}.md`);
  const toldAt = async (file: string): Promise<ToldIssue | null> => {
    const body = await readIfThere(file);
    return body === undefined ? null : { issue: issueAt(file, body), body };
  };
  const find: IssueSide['findIssue'] = async (names) => {
    for (const file of (await readdir(dir).catch(() => [])).filter((each) => /^issue-.*\.md$/.test(each)).sort()) {
      const told = await toldAt(join(dir, file));
      if (told && names.some((name) => isMarkedFor(told.body, name))) return told;
    }
    return null;
  };
  return {
    findIssue: find,
    async ensureIssue({ names, title, body, patch }, signal) {
      const standing = await find(names, signal);
      const file = standing?.issue.url ?? fileOf(names[0] ?? '');
      const kept = standing === null ? undefined : withinTheirs(standing.body, body);
      await unlessUnwritable(dir, async () => {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        if (patch !== '') await replaceFile(file.replace(/\.md$/, '.patch'), patch);
        await replaceFile(file, kept ?? `# ${escapeMarkdown(title)}\n\n${body}\n`);
      });
      return { issue: issueAt(file, kept ?? body), created: standing === null, notes: [] };
    },
    readIssue: async ({ url }) => toldAt(url),
    async changeIssue({ issue, body: before }, { body = before }) {
      if (body !== before) await unlessUnwritable(dir, () => replaceFile(issue.url, body));
      return issueAt(issue.url, body);
    },
  };
}

/** A file has no state of its own: its text says whether its error is gone. */
function issueAt(file: string, body: string): Issue {
  return { url: file, number: null, state: isOver(body) ? 'closed' : 'local' };
}
