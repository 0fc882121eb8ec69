// The port `CodeHost` over a `Forge`: the same for every host that has requests.

import type { CodePages } from '../../../core/repository/code-pages.ts';
import { isFixBranch } from '../../../core/texts/branch.ts';
import type { Pause } from '../../../platform/http/client.ts';
import type { CodeHost, Proposed } from '../../../ports.ts';
import { changeIssue, ensureIssue, findIssue, type IssueForge, readIssue, toldOf } from './issues.ts';
import { asListed, closeOne, disownClosing, ensureOne, type Forge, type Found, joinOne, requestOf } from './proposals.ts';
import type { ForgeOptions } from './refusals.ts';

/** Pages that are looked through for requests of ours. */
const RECENT_PAGES = 3;

export function createForgeHost(
  {
    kind,
    pages,
    check,
    self,
    rules,
    talk,
    issueTalk,
    checks,
  }: Pick<CodeHost, 'kind' | 'pages' | 'check' | 'self' | 'rules' | 'talk' | 'issueTalk' | 'checks'>,
  { forge, issues, pause }: { readonly forge: Forge; readonly issues: IssueForge; readonly pause: Pause },
): CodeHost {
  return {
    kind,
    pages,
    check,
    self,
    rules,
    talk,
    issueTalk,
    checks,
    async findRequest(branch, signal, known) {
      const listed = known == null ? undefined : await asListed(forge, branch, known, signal);
      if (listed !== undefined) return listed;
      const newest = (await forge.list(branch, false, signal))[0];
      return newest === undefined ? null : requestOf(newest);
    },
    async ensureRequest(draft, signal) {
      const made = await ensureOne(forge, draft, pause, signal);
      const { created, notes, request } = made;
      if (!created || request.number === null) return made;
      return { ...made, notes: [...notes, ...(await forge.dress(request.number, signal))] };
    },
    closeRequest: (branch, signal) => closeOne(forge, branch, signal),
    disownClosing: (branch, signal) => disownClosing(forge, branch, signal),
    proposals: (signal) => recent(forge, signal),
    ensureJoined: (proposed, joining, signal) => joinOne(forge, proposed, joining, signal),
    async findIssue(names, signal) {
      const found = await findIssue(issues, names, signal);
      return found === undefined ? null : toldOf(found);
    },
    ensureIssue: (draft, signal) => ensureIssue(issues, draft, pause, signal),
    readIssue: (issue, signal) => readIssue(issues, issue, signal),
    changeIssue: (told, change, signal) => changeIssue(issues, told, change, signal),
  };
}

/** Of a project that is named by its number the pages are not known. */
export function pagesOf(
  { pages }: { readonly pages: Omit<CodePages, 'project'> },
  { web, baseUrl, project }: ForgeOptions,
): CodeHost['pages'] {
  return /^\d+$/.test(project) ? null : { project: `${web ?? new URL(baseUrl).origin}/${project}`, ...pages };
}

async function recent(forge: Forge, signal: AbortSignal): Promise<readonly Proposed[]> {
  const proposals: Proposed[] = [];
  for (let page = 1; page <= RECENT_PAGES; page++) {
    const { found, isLast } = await forge.newest(page, signal);
    proposals.push(...found.filter(({ branch }) => isFixBranch(branch)).map(proposedOf));
    if (isLast) break;
  }
  return proposals;
}

function proposedOf(found: Found): Proposed {
  return { request: requestOf(found), branch: found.branch, body: found.body };
}
