// A new member of a closed list is a type error in every file that a recipe names, and in no other: a copy of `src` in
// which each list has a made-up member, without any code for it, goes through the compiler once.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface Addition {
  /** The list of `src/core/tables.ts`. */
  readonly list: string;
  readonly member: string;
  /** As it stands in the list, where it is no plain name. */
  readonly row?: string;
  /** Heading of the recipe in `doc/recipes.md` that says where its code goes. */
  readonly recipe: string;
}

const ADDITIONS: readonly Addition[] = [
  { list: 'TRACE_LANGUAGES', member: 'kotlin', recipe: 'A stack-trace language' },
  {
    list: 'STEPS',
    member: 'review',
    row: "{ name: 'review', neededUntil: null, asksClaude: false, once: true, keeps: 'value', inDryRun: false }",
    recipe: 'A step of a repair',
  },
  { list: 'TRACE_STATES', member: 'paused', recipe: 'A state of a trace' },
  { list: 'INCIDENT_STATES', member: 'muted', recipe: 'A state of an incident' },
  { list: 'FORGE_KINDS', member: 'gitea', recipe: 'A code host' },
  { list: 'NOTICE_KINDS', member: 'praised', recipe: 'A kind of notice' },
  { list: 'TRIAGE_CLASSES', member: 'flood', recipe: 'A class of fault' },
  {
    list: 'SOURCES',
    member: 'journal',
    row: "{ kind: 'journal', names: /^journal:/, isPath: false, once: false }",
    recipe: 'A source of logs',
  },
];

/** What the compiler says of a copy of `src` with these members, each error with its file. */
async function errorsWith(additions: readonly Addition[]): Promise<readonly { readonly file: string; readonly text: string }[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ai-ops-unions-'));
  try {
    for (const name of ['src', 'package.json']) cpSync(name, join(dir, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
    writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify({ ...JSON.parse(readFileSync('tsconfig.json', 'utf8')), include: ['src'] }));
    const tables = join(dir, 'src/core/tables.ts');
    const text = additions.reduce(
      (before, { list, member, row }) => before.replace(`export const ${list} = [`, (start) => `${start}${row ?? `'${member}'`}, `),
      readFileSync(tables, 'utf8'),
    );
    writeFileSync(tables, text);
    const compiler = join(dir, 'node_modules/typescript/bin/tsc');
    const output = await new Promise<string>((done) =>
      execFile(process.execPath, [compiler, '-p', dir, '--pretty', 'false'], { cwd: dir }, (_, stdout) => done(stdout)),
    );
    return [...output.matchAll(/^(src\/[^(]+)\(.*?\): (error [\s\S]*?)(?=\n\S|$(?![\s\S]))/gm)].map(([, file = '', said = '']) => ({
      file,
      text: said,
    }));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The files of the sentence "The type checker asks for it in …" below a heading. */
function namedIn(recipe: string): readonly string[] {
  const section = readFileSync('doc/recipes.md', 'utf8')
    .split(/^##+ /m)
    .find((part) => part.startsWith(`${recipe}\n`));
  const sentence = /The type checker asks for it in (.*?)\.(?:\s|$)/.exec(section ?? '')?.[1] ?? '';
  return [...sentence.matchAll(/`(src\/[^`]+)`/g)].map(([, file = '']) => file).sort();
}

let errors: Awaited<ReturnType<typeof errorsWith>> = [];
beforeAll(async () => {
  errors = await errorsWith(ADDITIONS);
});

const mentions = ({ text }: { readonly text: string }, { member }: Addition): boolean =>
  text.includes(`'${member}'`) || text.includes(`"${member}"`);

test.each(ADDITIONS)('$recipe: $member in $list is an error where the recipe says so', (addition) => {
  const files = [...new Set(errors.filter((error) => mentions(error, addition)).map(({ file }) => file))];
  expect(files.sort()).toEqual(namedIn(addition.recipe));
  expect(files.length).toBeGreaterThan(0);
});

test('nothing else goes wrong', () => {
  expect(errors.filter((error) => !ADDITIONS.some((addition) => mentions(error, addition)))).toEqual([]);
});
