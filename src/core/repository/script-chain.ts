// What a script of a package.json runs, as far as it is a plain chain of commands: which of them runs the tests, and what
// has to be done before it. A script that is anything but `a && b && c` is not taken apart.

/** Scripts of a manifest. */
export type Scripts = Readonly<Record<string, unknown>>;

/** The script of a package.json that a test command runs. */
export interface NodeScript {
  readonly scripts: Scripts;
  readonly name: string;
  readonly manager: string;
}

/** The one command of a chain that runs tests. */
export interface TestPart {
  /** Commands before it that the tests may need: whatever only looks at the text of the code is left out. */
  readonly needs: readonly string[];
  /** Assignments in front of it, as a shell takes them. */
  readonly env: string;
  /** @example 'node --test' */
  readonly runner: string;
  readonly words: readonly string[];
  /** The script that is this command and nothing else, where there is one. */
  readonly script?: string;
  /** Whether the chain holds more than this command. */
  readonly isChained: boolean;
}

/** They look at the text of the code: what they say of it is none of the behaviour, and where they fail no test runs. */
export const LINTERS =
  /^(?:npx )?(?:eslint|prettier|biome|tslint|standard|xo|oxlint|dprint|cspell|stylelint|markdownlint(?:-cli2)?|eclint)\b/;
export const CALLS_SCRIPT = /^(?:npm run|pnpm(?: run)?|yarn(?: run)?|bun run)(?: --silent| -s)? ([\w:.-]+)$/;
const CALLS_TEST = /^(?:npm|pnpm|yarn) test$/;

/** What a type checker says without writing anything is none of the behaviour either. */
const ONLY_LOOKS = /^(?:npx )?(?:tsc|vue-tsc|flow|attw|publint|knip|size-limit|tsd|dtslint)\b(?!.*(?:--build|\s-b\b|--outDir))/;

const RUNNER = /^(?:mocha|_mocha|jest|vitest|ava|jasmine|uvu|qunit|tape|tap|node|bun)$/;
/** What stands in front of a runner and says nothing of the tests. */
const WRAPPER = /^(?:npx|pnpx|bunx|cross-env|nyc|c8|exec|--?[\w-]+(?:=\S*)?|[\w./-]+\/node_modules\/\.bin)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

interface Step {
  readonly line: string;
  readonly script?: string;
}

/** Scripts that call scripts are followed so far. */
const DEEPEST = 4;

/** @example testPart({ test: 'npm run lint && mocha -R dot', lint: 'eslint .' }, 'test')?.words // ['-R', 'dot'] */
export function testPart(scripts: Scripts, name: string): TestPart | undefined {
  const steps = stepsOf(scripts, name, DEEPEST);
  if (steps === undefined) return undefined;
  const found = steps.flatMap((step, at) => {
    const run = runOf(step.line);
    return run === undefined ? [] : [{ at, step, run }];
  });
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const before = [`pre${name}`, ...(only.step.script !== undefined && only.step.script !== name ? [`pre${only.step.script}`] : [])];
  const hooks = before.filter((hook) => typeof scripts[hook] === 'string').map((hook): Step => ({ line: String(scripts[hook]) }));
  const needs = [...hooks, ...steps.slice(0, only.at)]
    .map(({ line }) => line)
    .filter((line) => !LINTERS.test(line) && !ONLY_LOOKS.test(line));
  const { script } = only.step;
  return { needs, ...only.run, ...(script === undefined ? {} : { script }), isChained: steps.length > 1 };
}

function stepsOf(scripts: Scripts, name: string, depth: number): readonly Step[] | undefined {
  const text = scripts[name];
  if (typeof text !== 'string' || depth === 0 || /[|;`<>\n]|\$\(|(?<!&)&(?!&)/.test(text.replace(/'[^']*'|"[^"]*"/g, '_')))
    return undefined;
  const lines = text.split('&&').map((line) => line.trim());
  const all: Step[] = [];
  for (const line of lines) {
    const called = CALLS_SCRIPT.exec(line)?.[1] ?? (CALLS_TEST.test(line) ? 'test' : undefined);
    const inner = called !== undefined && typeof scripts[called] === 'string' ? stepsOf(scripts, called, depth - 1) : undefined;
    if (inner === undefined) all.push({ line, ...(lines.length === 1 ? { script: name } : {}) });
    else all.push(...inner);
  }
  return all;
}

function runOf(line: string): Pick<TestPart, 'env' | 'runner' | 'words'> | undefined {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const at = words.findIndex((word) => !WRAPPER.test(word) && !ASSIGNMENT.test(word));
  const program = (words[at] ?? '').replace(/^(?:\.\/)?node_modules\/(?:\.bin\/)?(?:\w+\/bin\/)?/, '').replace(/\.[cm]?js$/, '');
  const rest = words.slice(at + 1);
  if (at < 0 || !RUNNER.test(program)) return undefined;
  const env = words
    .slice(0, at)
    .filter((word) => ASSIGNMENT.test(word))
    .join(' ');
  if (program === 'node') {
    // A runner that a Node with more options starts is run by that Node.
    if (!rest.includes('--test')) return undefined;
    return { env, runner: 'node', words: rest };
  }
  if (program === 'bun') return rest[0] === 'test' ? { env, runner: 'bun test', words: rest.slice(1) } : undefined;
  if (program === 'vitest')
    return { env, runner: 'vitest run', words: rest.filter((word) => word !== 'run' && word !== '--watch' && word !== '-w') };
  return { env, runner: program, words: rest.filter((word) => !/^--watch(?:All)?$|^-w$/.test(word)) };
}
