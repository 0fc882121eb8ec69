// The row `guard`: what was really changed, and whether it may be. It reads git and the blocks of an answer, never its claims.

import { type BaseFile, placeBlocks, toChanges } from '../../core/answer/changes.ts';
import { likeEnds } from '../../core/answer/line-endings.ts';
import { parseAnswer } from '../../core/answer/parse.ts';
import { withoutBlocks } from '../../core/answer/unplaced-code.ts';
import { strictest } from '../../core/guard/judge.ts';
import type { ChangeSet, FixAnswer } from '../../core/model.ts';
import type { PromptFile } from '../../core/texts/prompt.ts';
import { fail } from '../../errors.ts';
import type { Answered, Site } from '../repair/handed-on.ts';
import type { Job } from '../repair/job.ts';
import type { Telling } from '../repair/step.ts';
import { linesOf, verdictsOn } from '../repair/verdicts.ts';

const MOST_PROBLEMS = 5;

/** Reads the change set from git's side, and judges it by rule. */
export function guard(job: Job, site: Site, answered: Answered, shown: readonly PromptFile[] = []) {
  return async (tell: Telling): Promise<ChangeSet> => {
    const { ports } = job;
    const changes = answered.changes ?? (await changesOf(job, site, answered.answer, shown));
    if (changes.files.length === 0) throw fail(declines(answered) ? 'answer-declined' : 'answer-empty');
    const files = ports.patches.stats(changes);
    const lines = linesOf(files);
    const verdicts = verdictsOn(job, site, changes, answered.answer);
    const diff = ports.patches.diff(changes);
    // A patch of lines with CRLF applies only with them.
    tell.learn({ files, guard: verdicts, diff: likeEnds(ports.redact(diff), diff) });
    tell.say(
      `${files.length} ${files.length === 1 ? 'file' : 'files'}, ${lines} ${lines === 1 ? 'line' : 'lines'}, ${verdicts.length === 0 ? 'no objection' : `${verdicts.length} ${verdicts.length === 1 ? 'objection' : 'objections'}`}`,
    );
    const bar = strictest(verdicts);
    if (bar === 'refuse' || bar === 'patch-only') {
      const detail = verdicts.filter(({ verdict }) => verdict === bar).map((verdict) => verdict.detail);
      throw fail(bar === 'refuse' ? 'guard-refused' : 'guard-patch-only', { detail: detail.join('; ') });
    }
    return changes;
  };
}

/** It was asked to say why where nothing should be changed: words without any file are such an answer. */
function declines({ answer, changes }: Answered): boolean {
  if (changes === null) return answer.summary.trim() !== '' && parseAnswer(answer.text).blocks.length === 0;
  // Stopped at an edit it would have changed something.
  return answer.summary.trim() !== '' && (answer.stopped ?? []).length === 0;
}

async function changesOf(job: Job, site: Site, answer: FixAnswer, shown: readonly PromptFile[]): Promise<ChangeSet> {
  const parsed = parseAnswer(answer.text);
  const { placed, problems } = placeBlocks(
    parsed.blocks,
    site.entries.map(({ path }) => path),
  );
  const before = new Map<string, BaseFile>();
  for (const { path, isNew } of placed) {
    const file = isNew ? undefined : await job.ports.repository.read(site.base.commit, path);
    if (file) before.set(path, file);
  }
  const inParts = new Set(shown.flatMap(({ path, parts }) => (parts === undefined ? [] : [path])));
  const { changes, problems: unfit } = toChanges(site.base.commit, placed, before, inParts);
  const texts = shown.flatMap(({ text, parts }) => [text ?? '', ...(parts ?? []).map((part) => part.text)]);
  const ofForm = parsed.blocks.length === 0 ? withoutBlocks(parsed.problems, answer.text, texts) : parsed.problems;
  const all = [...ofForm, ...problems, ...unfit];
  const outside = all.find(({ kind }) => kind === 'outside');
  if (outside) throw fail('answer-outside', { path: JSON.stringify(outside.filename) });
  // The second answer can mend only what it is told of.
  if (all.length > 0)
    throw fail('answer-unusable', {
      detail: all
        .slice(0, MOST_PROBLEMS)
        .map(({ detail }) => detail)
        .join('; '),
    });
  return changes;
}
