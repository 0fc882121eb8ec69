// Every block of our pages that people copy is tried, or says above itself why it is not. Here what takes no time: that each has one
// or the other, that each call of ai-ops is one that the parser takes, that scripts and files of the project exist, and that
// configuration is valid. `command-runs.test.ts` runs the commands.
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { COMMAND_NAMES } from '../../src/cli/command-line/commands.ts';
import { parseCommandLine } from '../../src/cli/command-line/program.ts';
import { givenByFile } from '../../src/config/given.ts';
import { validate } from '../../src/config/validate.ts';
import { runCli } from '../support/cli-world.ts';
import { type Block, blocksOf, callsOf, commandsOf, readBlocks, SHELL, whyNotRun } from './command-blocks.ts';
import { readDocs, spans } from './read-docs.ts';

const BLOCKS = readBlocks();
const SCRIPTS = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts;

/** Formats of others that are looked at by their own parsers, or not at all. */
const OTHERS: Readonly<Record<string, (text: string) => unknown>> = {
  json: checkConfiguration,
  yaml: (text) => parseAllDocuments(text).map((one) => one.toJS({ maxAliasCount: 0 }) as unknown),
  toml: parseToml,
  ini: () => undefined,
  dockerfile: () => undefined,
  js: (text) => new Function(text),
};

const problemsOf = (words: () => unknown): readonly string[] => {
  try {
    words();
    return [];
  } catch (thrown) {
    return [thrown instanceof Error ? thrown.message : String(thrown)];
  }
};

function checkConfiguration(text: string): void {
  const { given, problems } = givenByFile(JSON.parse(text) as unknown, 'the page');
  const checked = validate(given, '/state');
  const all = [...problems, ...('problems' in checked ? checked.problems : [])].map(({ key, detail }) => `${key}: ${detail}`);
  if (all.length > 0) throw new Error(all.join('; '));
}

function problemsOfBlock(block: Block): readonly string[] {
  const { language, lines, marks, path, at } = block;
  const found = (): readonly string[] => {
    if (SHELL.test(language)) {
      const commands = commandsOf(block);
      const stray = marks.filter(({ line }) => line !== undefined && !commands.some((command) => command.startsWith(line)));
      return [...stray.map(({ line }) => `a mark names no line of it: ${line}`), ...commands.flatMap(problemsOfCommand)];
    }
    if (language !== '') return OTHERS[language] ? problemsOf(() => OTHERS[language]!(lines.join('\n'))) : [`unknown language ${language}`];
    // Pictures, forms and output: what could be copied as a command has to say that it is one.
    return lines
      .filter((line) => /^\s*(?:\$ |ai-ops (?!fix-)[a-z]+ |npm |sudo )/.test(line))
      .map((line) => `a command in a block without a language: ${line}`);
  };
  return found().map((words) => `${path}:${at}: ${words}`);
}

const parsed = (call: readonly string[]): readonly string[] =>
  problemsOf(() => parseCommandLine(call, { names: COMMAND_NAMES, version: '0' })).map((words) => `ai-ops ${call.join(' ')}: ${words}`);

/** Also of what is not run. */
function problemsOfCommand(command: string): readonly string[] {
  const calls = callsOf(command).flatMap(parsed);
  const scripts = [...command.matchAll(/npm run (?:-\w+ )*([\w:-]+)/g)]
    .map((match) => match[1]!)
    .filter((name) => !Object.hasOwn(SCRIPTS, name));
  const files = !command.startsWith('npm ')
    ? []
    : [...command.replace(/#.*$/, '').matchAll(/(?<=\s)(?:test|src|bin|examples)\/[\w./*-]+/g)].map(([file]) => file);
  const gone = files.filter((file) => globSync(file).length === 0);
  const named = /npm run jest -- (\S+) -t '([^']+)'/.exec(command);
  const noTest =
    named && !readFileSync(named[1]!, 'utf8').includes(named[2]!.split(', ')[0]!) ? [`${named[1]} has no test ${named[2]}`] : [];
  return [...calls, ...scripts.map((name) => `no script ${name}`), ...gone.map((file) => `no file ${file}`), ...noTest];
}

test('each block can be run as it stands, or says above itself why not', () => {
  expect(BLOCKS.flatMap(problemsOfBlock)).toEqual([]);
});

/** In a sentence a command is named without its arguments. */
const IS_SHORT = /: missing required argument|argument missing$/;

test('the output that a page shows is what is printed', async () => {
  const [shown] = BLOCKS.filter(({ path, lines }) => path === 'doc/configuration.md' && lines[0]?.startsWith('ai-ops: error'));
  const cwd = mkdtempSync(join(tmpdir(), 'ai-ops-page-'));
  try {
    writeFileSync(join(cwd, '.aiopsrc.json'), JSON.stringify({ claude: { moed: 'agentic' } }));
    const ran = await runCli(['config'], { cwd, env: { MAX_REPAIRS_PER_DAY: 'many' } });
    expect(ran).toEqual({ code: 2, stdout: '', stderr: `${shown?.lines.join('\n')}\n` });
  } finally {
    rmSync(cwd, { recursive: true });
  }
});

test('calls of ai-ops in the text are such as the parser takes', () => {
  const wrong = readDocs().flatMap(({ path, prose }) =>
    spans(prose)
      .filter(({ span }) => /^ai-ops [a-z]/.test(span) && !/…|\[/.test(span))
      .flatMap(({ span, line }) =>
        callsOf(span)
          .flatMap(parsed)
          .filter((words) => !IS_SHORT.test(words))
          .map((words) => `${path}:${line}: ${words}`),
      ),
  );
  expect(wrong).toEqual([]);
});

test('marks are read, and those that name no line are told', () => {
  const page = [
    '<!-- not run: `two`: needs a cluster -->',
    '```sh',
    'one --a \\',
    '  --b',
    '# three',
    'two  # why',
    '```',
    '',
    '```',
    'npm test',
    '```',
  ];
  const [block, picture] = blocksOf('page.md', page.join('\n')) as [Block, Block];
  expect(commandsOf(block)).toEqual(['one --a --b', 'two  # why']);
  expect(commandsOf(block).map((command) => whyNotRun(block, command))).toEqual([undefined, 'needs a cluster']);
  expect(problemsOfBlock({ ...block, marks: [{ line: 'five', reason: 'gone' }] })).toEqual(['page.md:3: a mark names no line of it: five']);
  expect(problemsOfBlock(picture)).toEqual(['page.md:10: a command in a block without a language: npm test']);
  expect(callsOf("FOO=1 ai-ops status --since 7d | jq . && ai-ops watch '*.log' > out # ai-ops nope")).toEqual([
    ['status', '--since', '7d'],
    ['watch', '*.log'],
  ]);
  expect(problemsOfCommand('ai-ops status --sinec 7d')).toHaveLength(1);
  expect(problemsOfCommand('npm run nope -- test/nope.ts')).toEqual(['no script nope', 'no file test/nope.ts']);
});
