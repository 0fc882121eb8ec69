// The row `claim`, and the claim while the repair runs: this bug is ours alone, on this machine by the ledger (`traced`),
// among all boxes by a ref on the remote, and nobody has proposed it yet.

import { fingerprintV1 } from '../../core/group/fingerprint-v1.ts';
import type { Issue, Request } from '../../core/model.ts';
import { claimEnding } from '../../core/policy/claim.ts';
import { REASONS } from '../../core/policy/decide.ts';
import { type Standing, standingOf } from '../../core/policy/existing-requests.ts';
import { brokenRule, type Form } from '../../core/policy/form-rules.ts';
import { BRANCH_PREFIX, fixBranch, shortFingerprint } from '../../core/texts/branch.ts';
import { commitMessage } from '../../core/texts/commit.ts';
import { isMarkedFor } from '../../core/texts/joined-request.ts';
import { AiOpsError, asAiOpsError, fail } from '../../errors.ts';
import type { Claim, ClaimWish } from '../../ports.ts';
import type { Claimed } from '../repair/handed-on.ts';
import { standingIssue } from '../repair/issue.ts';
import type { Job } from '../repair/job.ts';
import { outcomeOf } from '../repair/outcome.ts';
import type { Facts, PartWork, Telling } from '../repair/step.ts';

/** A person does not let a bug come back this often. */
const MOST_BRANCHES = 20;

/** After the push nobody looks at it. */
const NO_PLACE: Omit<Claimed, 'held'> = { branch: '', earlier: null };

export function claim(job: Job): PartWork<'claim'> {
  return {
    run: async (tell) => {
      await freePlace(job, tell, false);
      const { held, words } = await taken(job, tell);
      try {
        // Whoever held it until now may have proposed it a moment ago; and a request of another bug may be for this one too.
        const { branch, earlier } = await freePlace(job, tell, true);
        await tryForm(job, branch);
        tell.say(['no request for it yet', words].filter(Boolean).join('; '));
        return { branch, earlier, held };
      } catch (thrown) {
        await held?.end({ kind: 'release' }, job.signal);
        throw thrown;
      }
    },
    keep: ({ branch, earlier }) => ({ branch, earlier }),
    recall: async (kept, isToDo) => {
      const isFresh = isToDo('push');
      const isStill = kept !== undefined && (!isFresh || kept.branch.startsWith(job.settings.branchPrefix));
      const place = isStill ? kept : isFresh ? await freePlace(job, NOBODY, false) : NO_PLACE;
      return { ...place, held: isToDo('fix') ? (await taken(job, NOBODY)).held : await takenIfFree(job) };
    },
  };
}

/** @throws AiOpsError `policy-skip` where somebody has proposed it, or a person has turned it down */
async function freePlace(job: Job, tell: Telling, isThorough: boolean): Promise<Omit<Claimed, 'held'>> {
  const { ports, incident, settings, signal } = job;
  const { fingerprint } = incident;
  const names = [...(await formerNames(job)), fingerprint];
  // Equal digits make equal branches: those are looked for once.
  const older = names.filter((name) => shortFingerprint(name) !== shortFingerprint(fingerprint));
  const { branchPrefix } = settings;
  // A prefix that a team has set later: what was proposed under the first one stands.
  const elsewhere = branchPrefix === BRANCH_PREFIX ? [] : [...older, fingerprint].map((name) => requestsOf(job, name, BRANCH_PREFIX));
  const formerly = (await Promise.all([...elsewhere, ...older.map((name) => requestsOf(job, name, branchPrefix))])).flat();
  const placed = [...formerly, ...(await requestsOf(job, fingerprint, branchPrefix))];
  const proposals = isThorough ? await ports.host.proposals(signal) : [];
  const joined = proposals.find(({ body }) => names.some((name) => isMarkedFor(body, name)));
  const came = await ports.store.traces({ fingerprint, state: 'regressed', brief: true });
  const regressed = new Set(came.flatMap(({ request }) => (request ? [request.url] : [])));
  const requests = placed.map(({ request }) => request);
  const standing = standingOf(requests, joined?.request ?? null, { regressed, again: settings.again === true });
  if (standing.kind === 'taken') throw taking(standing, joined?.branch ?? placed.at(-1)!.branch, tell);
  // Another box may have come to an issue; a person who asks wants more than that.
  const issue = isThorough && settings.issues && settings.asked !== true ? await standingIssue(job, names) : null;
  if (issue !== null && !(await isKnownHere(job, issue))) throw told(issue, tell);
  return { branch: fixBranch(fingerprint, standing.nth - formerly.length, branchPrefix), earlier: standing.earlier };
}

/**
 * Whether a fix could be taken in the form that it would have, by the name of its branch and the rules that the host shows.
 * @throws AiOpsError `branch-taken`, `branch-blocked`, `rule-refused`, `git-…`
 */
async function tryForm(job: Job, branch: string): Promise<void> {
  const { ports, signal } = job;
  await ports.repository.tryBranch(branch, signal);
  // A host that does not say what it asks for says so at the push.
  const rules = await ports.host.rules(branch, signal).catch((thrown: unknown) => {
    if (thrown instanceof AiOpsError && thrown.code !== 'interrupted') return [];
    throw thrown;
  });
  if (rules.length === 0) return;
  const broken = brokenRule(rules, await formOf(job, branch));
  if (broken === undefined) return;
  throw fail('rule-refused', { branch, detail: ports.redact(broken.words), advice: `set ${broken.key} to what it asks for` });
}

async function formOf({ ports, settings, signal, ...job }: Job, branch: string): Promise<Form> {
  const [author, committer] = [await ports.repository.author(signal), await ports.repository.committer(signal)];
  return {
    branch,
    message: commitMessage(
      {
        ...job,
        language: settings.language,
        version: settings.version,
        mode: settings.mode,
        base: { commit: '', branch: '' },
        answer: { text: '', summary: '', engine: 'claude' },
        files: [],
        guard: [],
        proof: { level: 'L3', commands: [], detail: '' },
      },
      { subject: settings.subject, ...(settings.signoff ? { signedOffBy: author } : {}) },
    ),
    author: author.email,
    committer: committer.email,
    isSigned: settings.isSigned,
    isSignedOff: settings.signoff,
  };
}

interface Placed {
  readonly branch: string;
  readonly request: Request;
}

/** The requests on the branches of this name, in their order. */
async function requestsOf({ ports, signal }: Job, name: string, prefix: string): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  while (placed.length < MOST_BRANCHES) {
    const branch = fixBranch(name, placed.length + 1, prefix);
    const request = await ports.host.findRequest(branch, signal);
    if (request === null) break;
    placed.push({ branch, request });
  }
  return placed;
}

/**
 * What older versions called the bug, here or on other boxes: requests and claims may bear such a name. One of them may
 * have held two bugs for one: the name of another incident's repairs is not this one's.
 */
async function formerNames({ ports, incident }: Job): Promise<readonly string[]> {
  const { fingerprint, formerly = [], sample } = incident;
  const name = fingerprintV1(sample);
  if (formerly.includes(name)) return formerly;
  const repairs = await ports.store.traces({ fingerprint: name, brief: true, limit: 1 });
  return repairs.some((trace) => trace.fingerprint !== fingerprint) ? formerly : [...formerly, name];
}

function taking({ request, reason }: Extract<Standing, { kind: 'taken' }>, branch: string, tell: Telling): AiOpsError {
  tell.learn({ request, branch });
  tell.say(`${request.state}: ${request.url}`);
  return fail('policy-skip', { reason: `${REASONS[reason]}: ${request.url}` });
}

/** Our ledger has judged with it already: whoever is here all the same was reset by a person. */
async function isKnownHere({ ports, incident: { fingerprint } }: Job, { url }: Issue): Promise<boolean> {
  return (await ports.store.traces({ fingerprint, brief: true })).some(({ issue }) => issue?.url === url);
}

function told(issue: Issue, tell: Telling): AiOpsError {
  tell.learn({ issue });
  tell.say(`${issue.state}: ${issue.url}`);
  return fail('policy-skip', { reason: `${REASONS[issue.state === 'closed' ? 'closed-by-person' : 'issued']}: ${issue.url}` });
}

/** Claude is paid already: whoever is first at the push has it, and a claim left over from before a crash is taken away in the end. */
async function takenIfFree(job: Job): Promise<Claim | null> {
  try {
    const answer = await job.ports.claims?.take(await wishOf(job), job.signal);
    return answer?.kind === 'held' ? answer.claim : null;
  } catch (thrown) {
    const { code, message } = asAiOpsError(thrown);
    if (code === 'interrupted') throw thrown;
    job.ports.progress.note(`${job.trace}: goes on without a claim: ${message}`);
    return null;
  }
}

const NOBODY: Telling = { learn: () => undefined, say: () => undefined, spend: () => undefined };

/** @throws AiOpsError `claimed-elsewhere`, `tried-elsewhere` */
async function taken(job: Job, tell: Telling): Promise<{ readonly held: Claim | null; readonly words: string }> {
  const answer = await job.ports.claims?.take(await wishOf(job), job.signal);
  if (answer === undefined) return { held: null, words: '' };
  if (answer.kind === 'unavailable') return { held: null, words: `not claimed, the remote takes no claims: ${answer.reason}` };
  if (answer.kind === 'held') {
    const { attempts } = answer.claim;
    return { held: answer.claim, words: attempts > 1 ? `claimed, attempt ${attempts} of all boxes` : 'claimed' };
  }
  const until = answer.until.toISOString();
  tell.learn({ until });
  if (answer.state === 'working') throw fail('claimed-elsewhere', { until });
  throw fail('tried-elsewhere', { ending: answer.state, until });
}

async function wishOf(job: Job): Promise<ClaimWish> {
  const { incident, settings } = job;
  const formerly = await formerNames(job);
  return { fingerprint: incident.fingerprint, formerly, asked: settings.asked === true, seconds: settings.claim.seconds };
}

/** Keeps the claim while `work` runs, and ends it by how the work ended. */
export async function holding<T>(job: Job, { held }: Claimed, facts: () => Facts, work: () => Promise<T>): Promise<T> {
  if (held === null) return work();
  const { ports, settings, signal } = job;
  const renew = (): Promise<void> =>
    held.renew(signal).then(
      (now) => {
        if (now === 'held') return;
        clearInterval(renewing);
        ports.progress.note(`${job.trace}: another box has taken the claim over`);
      },
      (thrown: unknown) => ports.progress.note(`${job.trace}: its claim was not renewed: ${asAiOpsError(thrown).message}`),
    );
  const renewing = setInterval(renew, (settings.claim.seconds * 1000) / 3);
  const end = (error?: AiOpsError): Promise<void> => {
    const kind = error?.code === 'interrupted' ? 'interrupted' : outcomeOf(error);
    const hasIssue = facts().issue != null || facts().isReplied === true;
    const ending = claimEnding({ kind, asked: wasAsked(facts(), error), hasIssue }, held.attempts, settings.claim);
    // How the repair ended does not hang on this: a claim that stays expires by itself.
    return held.end(ending, signal).catch((thrown: unknown) => {
      ports.progress.note(`${job.trace}: its claim was not ended: ${asAiOpsError(thrown).message}`);
    });
  };
  try {
    const value = await work();
    await end();
    return value;
  } catch (thrown) {
    await end(asAiOpsError(thrown));
    throw thrown;
  } finally {
    clearInterval(renewing);
  }
}

/** Whether Claude was paid, or may have been. */
function wasAsked({ costUsd, summary }: Facts, error: AiOpsError | undefined): boolean {
  return costUsd !== undefined || summary !== undefined || PAID.has(error?.code ?? '');
}

/** It was begun and gave no answer; what it has cost may not be known. */
const PAID: ReadonlySet<string> = new Set(['claude-timeout', 'claude-budget', 'claude-turns', 'claude-garbage', 'claude-failed']);
