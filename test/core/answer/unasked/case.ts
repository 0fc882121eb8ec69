// A case of an answer that nobody asked for in this form, and what comes of it.
import { createSyntaxChecker } from '../../../../src/adapters/syntax/parsers.ts';
import { placeBlocks, toChanges } from '../../../../src/core/answer/changes.ts';
import { parseAnswer } from '../../../../src/core/answer/parse.ts';
import { withoutBlocks } from '../../../../src/core/answer/unplaced-code.ts';
import { losses } from '../../../../src/core/repository/losses.ts';
import type { Base } from './bases.ts';

/**
 * `applied`: exactly the fix, and nothing lost; `again`: told what was wrong and asked once; `none`: words alone, nothing is
 * to be changed; `outside`: ended at once; `left`: another change is taken as it is written.
 */
export type Ending = 'applied' | 'again' | 'none' | 'outside' | 'left';

export interface Case {
  readonly name: string;
  readonly base: Base;
  /** Other files of the repository. */
  readonly others?: readonly Base[];
  readonly answer: string;
  /** Texts of all files of the change that is meant, where it is more than the fix of the base. */
  readonly after?: Readonly<Record<string, string>>;
  /** Endings that are right, decided before it was run. */
  readonly want: readonly Ending[];
}

const syntax = createSyntaxChecker();

export const named = ({ fixed }: Pick<Base, 'fixed'>, path: string): string => `<code_block filename="${path}">\n${fixed}</code_block>\n`;
export const block = ({ path }: Base, text: string): string => `<code_block filename="${path}">\n${text}</code_block>\n`;
export const sr = (search: string, replace: string): string => `<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n`;

export async function endingOf({ base, others = [], answer, after: meant = { [base.path]: base.fixed } }: Case): Promise<Ending> {
  const files = new Map([base, ...others].map(({ path, text }) => [path, text]));
  const parsed = parseAnswer(answer);
  const { placed, problems } = placeBlocks(parsed.blocks, [...files.keys(), 'README.md']);
  const bytes = new Map([...files].map(([path, text]) => [path, { bytes: Buffer.from(text), mode: '100644' as const }]));
  const { changes, problems: unfit } = toChanges('c', placed, bytes);
  const ofForm = parsed.blocks.length === 0 ? withoutBlocks(parsed.problems, answer, [...files.values()]) : parsed.problems;
  const all = [...ofForm, ...problems, ...unfit];
  if (all.some(({ kind }) => kind === 'outside')) return 'outside';
  if (all.length > 0) return 'again';
  if (changes.files.length === 0) {
    const isSaid = parsed.blocks.length === 0 && parsed.summary.trim() !== '';
    return isSaid ? 'none' : 'again';
  }
  const text = (side: Buffer | undefined): string | undefined => side?.toString('utf8');
  // What a file has lost is asked for by the step that parses the change.
  if (losses(changes.files.map(({ path, before, after }) => ({ path, before: text(before), after: text(after) }))).length > 0)
    return 'again';
  const paths = Object.keys(meant);
  const isMeant = changes.files.length === paths.length && changes.files.every(({ path, after }) => text(after) === meant[path]);
  if (isMeant) return 'applied';
  const parsing = changes.files.map(({ path, before, after }) => syntax.check(path, after ?? Buffer.of(), before));
  return (await Promise.all(parsing)).some(({ kind }) => kind === 'broken') ? 'again' : 'left';
}
