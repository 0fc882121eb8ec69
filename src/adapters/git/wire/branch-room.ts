// Whether a branch can be made on a remote, found out before there is anything to put into it. Refs are listed, then the name is
// tried: a push that moves the branch, which is not there, from the base commit to the base commit. Rules and hooks look at
// it first, as at every push (githooks(5), pre-receive); then the server compares the old value and changes nothing.
import { createHash } from 'node:crypto';
import { AiOpsError, fail } from '../../../errors.ts';
import type { GitHttpLimits } from './http.ts';
import { quote } from './http-errors.ts';
import { type PushTarget, updateRef } from './receive-pack.ts';
import { isOfName, ruleRefused } from './refused-rules.ts';
import type { UploadPack } from './upload-pack.ts';

const HEADS = 'refs/heads/';

/**
 * @param base a commit that the remote has
 * @returns what is at its tip where it is there already
 * @throws AiOpsError `branch-blocked` where git cannot have it beside another branch, `rule-refused` where a rule refuses its name
 */
export async function branchRoom(
  target: PushTarget & { readonly server: Pick<UploadPack, 'list'> },
  branch: string,
  base: string,
  limits: GitHttpLimits,
): Promise<{ readonly oid: string } | undefined> {
  const [first = branch] = branch.split('/');
  const refs = await target.server.list(`${HEADS}${first}`, limits);
  const found = refs.find(({ ref }) => ref === `${HEADS}${branch}`);
  if (found !== undefined) return { oid: found.oid };
  const other = refs.map(({ ref }) => ref.slice(HEADS.length)).find((name) => excludes(name, branch));
  if (other !== undefined) throw fail('branch-blocked', { branch, other });
  const reason = await refusal(target, branch, base, limits);
  if (reason !== undefined && isOfName(reason)) throw ruleRefused(branch, quote(reason, target.token));
  return undefined;
}

/** A ref is a file, and what stands before a slash a directory: git has one of both. */
function excludes(name: string, branch: string): boolean {
  return branch.startsWith(`${name}/`) || name.startsWith(`${branch}/`);
}

async function refusal(target: PushTarget, branch: string, base: string, limits: GitHttpLimits): Promise<string | undefined> {
  try {
    const capabilities = new Set(['report-status', 'side-band-64k']);
    return await updateRef(target, { ref: `${HEADS}${branch}`, from: base, to: base }, emptyPack(), capabilities, limits);
  } catch (error) {
    // A repository that has moved, or a server that has no answer to it: the push itself will say more.
    if (error instanceof AiOpsError && (error.code === 'git-not-found' || error.code === 'git-unreachable')) return undefined;
    throw error;
  }
}

function emptyPack(): Buffer {
  const head = Buffer.alloc(12);
  head.write('PACK');
  head.writeUInt32BE(2, 4);
  return Buffer.concat([head, createHash('sha1').update(head).digest()]);
}
