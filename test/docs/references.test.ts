// Documents name real things: files, functions in files, links, commands, configuration keys, error codes.
import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { COMMAND_NAMES } from '../../src/cli/command-line/commands.ts';
import { formerKey, isKey, KEY_NAMES } from '../../src/config/schema.ts';
import { type Doc, declares, proseOf, readDocs, readSource, spans } from './read-docs.ts';

const DOCS = readDocs();
const SOURCE = readSource();
const ALL_SOURCE = [...SOURCE.values()].join('\n');

/** Folders of the repository; a span that begins with one of them is a path in it. */
const ROOTS = /^(?:src|bin|test|doc|examples|\.ci|\.github)\//;
/** `NAME`, `CASE`, `<sha256>` stand for something in a recipe. */
const PLACEHOLDER = /[A-Z]{3,}|[<>…]/;

const at = ({ path }: Doc, line: number, what: string): string => `${path}:${line} ${what}`;

function missingPaths(doc: Doc): readonly string[] {
  return spans(doc.prose)
    .filter(({ span }) => ROOTS.test(span) && !/\s/.test(span) && !PLACEHOLDER.test(span.replace(/README|LICENSE/g, '')))
    .filter(({ span }) => (span.includes('*') ? globSync(span).length === 0 : !existsSync(span.replace(/:\d+$/, ''))))
    .map(({ span, line }) => at(doc, line, span));
}

/** `src/….ts` `name()`, `other()`: functions named directly after a file are declared in it. */
function missingFunctions(doc: Doc): readonly string[] {
  const chains = [...doc.prose.matchAll(/`(src\/[\w./-]+\.ts)`((?:,? (?:and )?`\w+\(\)`)+)/g)];
  return chains.flatMap(([, file = '', calls = '']) =>
    [...calls.matchAll(/`(\w+)\(\)`/g)].flatMap(([, name = '']) =>
      declares(SOURCE.get(file) ?? '', name) ? [] : [`${doc.path} ${file} ${name}()`],
    ),
  );
}

function brokenLinks(doc: Doc): readonly string[] {
  const links = [...doc.prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((match) => match[1]!);
  return links
    .filter((link) => !/^(?:https?:|mailto:)/.test(link))
    .filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? doc.path : normalize(join(dirname(doc.path), file));
      if (!existsSync(target)) return true;
      const other = DOCS.find(({ path }) => path === target);
      return anchor !== undefined && other !== undefined && !anchorsOf(other.prose).has(anchor);
    })
    .map((link) => `${doc.path} ${link}`);
}

/** As GitHub makes them of headings. */
function anchorsOf(prose: string): ReadonlySet<string> {
  const headings = [...prose.matchAll(/^#{1,6} +(.+?) *$/gm)].map((match) => match[1]!);
  const slugs = headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(slugs);
}

/** Also in fenced blocks: those are copied and run. `ai-ops: error` is output, `ai-ops/fix-…` a branch. */
function unknownCommands(doc: Doc): readonly string[] {
  const known: readonly string[] = COMMAND_NAMES;
  const inSpans = spans(doc.prose).map(({ span }) => span);
  const inBlocks = [...doc.text.matchAll(/^ *(?:```|~~~)(?:sh|bash|console)\n([\s\S]*?)^ *(?:```|~~~)/gm)].flatMap((match) =>
    match[1]!.split('\n'),
  );
  const calls = [...inSpans, ...inBlocks].flatMap((line) => [...line.replace(/#.*$/, '').matchAll(/(?:^|[\s|&(])ai-ops ([a-z][\w-]*)/g)]);
  return calls
    .map((match) => match[1]!)
    .filter((name) => name !== 'help' && !known.includes(name))
    .map((name) => `${doc.path} ai-ops ${name}`);
}

const SECTIONS = new Set(KEY_NAMES.filter((key) => key.includes('.')).map((key) => key.split('.')[0]!));

function unknownKeys(doc: Doc): readonly string[] {
  return spans(doc.prose).flatMap(({ span, line }) => {
    const section = /^([a-z]\w*)\.[a-zA-Z]+$/i.exec(span)?.[1];
    if (section === undefined || !SECTIONS.has(section) || isKey(span) || formerKey(span) !== undefined) return [];
    return [at(doc, line, span)];
  });
}

/** `branch-taken`, `max-files`, `no-in-app-frame`: whatever is written like a code of ours is one, or is said somewhere in the source. */
function unknownWords(doc: Doc): readonly string[] {
  return spans(doc.prose)
    .filter(({ span }) => /^[a-z]+(?:-[a-z]+)+$/.test(span) && !ALL_SOURCE.includes(span))
    .filter(({ span }) => !existsSync(`node_modules/${span}`))
    .map(({ span, line }) => at(doc, line, span));
}

const RULES: readonly (readonly [name: string, rule: (doc: Doc) => readonly string[]])[] = [
  ['files exist', missingPaths],
  ['functions are in the file that is named', missingFunctions],
  ['links lead somewhere', brokenLinks],
  ['commands exist', unknownCommands],
  ['configuration keys exist', unknownKeys],
  ['codes and reasons are words of the program', unknownWords],
];

test.each(RULES)('%s', (_name, rule) => {
  expect(DOCS.flatMap(rule)).toEqual([]);
});

test('comments of the source name documents and tests that exist', () => {
  const named = [...SOURCE].flatMap(([path, text]) =>
    [...text.matchAll(/\b(?:doc|test)\/[\w/.-]+?\.(?:md|ts)\b/g)].map((match) => ({ path, file: match[0] })),
  );
  expect(named.length).toBeGreaterThan(2);
  expect(named.filter(({ file }) => !existsSync(file))).toEqual([]);
});

test('the index of the decisions has all of them', () => {
  const pages = readdirSync('doc/adr').filter((name) => /^\d{4}-.+\.md$/.test(name));
  const index = DOCS.find(({ path }) => path === join('doc', 'adr', 'README.md'))!;
  const listed = [...index.text.matchAll(/\]\((\d{4}-[^)]+\.md)\)/g)].map((match) => match[1]!);
  expect(listed).toEqual(pages.sort());
});

test('every document is reachable from README or from another document', () => {
  const linked = new Set(
    DOCS.flatMap((doc) =>
      [...doc.prose.matchAll(/\]\(([^)#\s]+)/g)]
        .map((match) => normalize(join(dirname(doc.path), match[1]!)))
        .filter((path) => path !== doc.path),
    ),
  );
  const alone = DOCS.map(({ path }) => path).filter((path) => !linked.has(path) && !linked.has(dirname(path)) && path.startsWith('doc'));
  const hasReadme = existsSync('README.md') && statSync('README.md').isFile();
  expect(hasReadme ? alone : []).toEqual([]);
});

describe('the rules find what is wrong', () => {
  const rows: readonly (readonly [string, string, (doc: Doc) => readonly string[], number])[] = [
    ['a file that is gone', 'see `src/gone.ts`', missingPaths, 1],
    ['a file in a fenced block is somebody else’s', '```\n`src/gone.ts`\n```', missingPaths, 0],
    ['a glob that matches', '`src/core/*.ts`', missingPaths, 0],
    ['a glob that does not', '`src/core/*.rs`', missingPaths, 1],
    ['a function that moved', '`src/core/policy/decide.ts` `judge()`', missingFunctions, 1],
    ['a function where it is', '`src/core/guard/judge.ts` `judge()`', missingFunctions, 0],
    ['a second function that is not there', '`src/core/guard/judge.ts` `judge()`, `neverWritten()`', missingFunctions, 1],
    ['a function of nobody’s file', '`rename()`', missingFunctions, 0],
    ['a link to nowhere', '[x](gone.md)', brokenLinks, 1],
    ['a heading that is not there', '[x](glossary.md#nothing)', brokenLinks, 1],
    ['a heading that is there', '[x](glossary.md#repairing)', brokenLinks, 0],
    ['a command that is not there', '`ai-ops fly`', unknownCommands, 1],
    ['a command that is not there, in a block', '```sh\nai-ops fly\n```', unknownCommands, 1],
    ['a command that is there', '`ai-ops watch x.log`', unknownCommands, 0],
    ['a key that is not there', '`policy.maxWishes`', unknownKeys, 1],
    ['a code that is not there', '`claude-asleep`', unknownWords, 1],
    ['a code that is there', '`branch-taken`', unknownWords, 0],
  ];
  test.each(rows)('%s', (_name, text, rule, count) => {
    expect(rule({ path: join('doc', 'x.md'), text, prose: proseOf(text) })).toHaveLength(count);
  });
});
