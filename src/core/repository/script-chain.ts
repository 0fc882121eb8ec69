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
  /^(?:npx |yarn |pnpm (?:exec )?|bunx |(?:\.\/)?node_modules\/(?:\.bin|\w+\/bin)\/)?(?:eslint|jshint|prettier|biome|tslint|standard|semistandard|ts-standard|xo|gts lint|hallmark|remark|oxlint|dprint|cspell|stylelint|markdownlint(?:-cli2)?|eclint)\b/;
export const CALLS_SCRIPT = /^(?:npm run|pnpm(?: run)?|yarn(?: run)?|bun run)(?: --silent| -s)? ([\w:.-]+)(?: --)?$/;
const CALLS_TEST = /^(?:npm|pnpm|yarn) test$/;
/** Several scripts, one after the other. */
const CALLS_SEVERAL = /^(?:run-s|npm-run-all)(?= )(?!.* (?:-p|--parallel)\b)/;

/** What a type checker says without writing anything is none of the behaviour either. */
const ONLY_LOOKS =
  /^(?:npx |yarn |pnpm (?:exec )?|bunx )?(?:tsc|vue-tsc|flow|attw|publint|knip|size-limit|tsd|dtslint)\b(?!.*(?:--build|\s-b\b|--outDir))/;

const RUNNER = /^(?:mocha|_mocha|jest|vitest|ava|jasmine|uvu|qunit|tape|tap|borp|lab|brittle(?:-node)?|tsx|node|bun)$/;
/** What stands in front of a runner and says nothing of the tests. */
const WRAPPER = /^(?:npx|pnpx|bunx|cross-env|nyc|c8|exec|--?[\w-]+(?:=\S*)?|[\w./-]+\/node_modules\/\.bin)$/;
/** Their options have values, which are no program. */
const COVERAGE = /^(?:nyc|c8)$/;
const MANAGER = /^(?:npm|pnpm|yarn|bun|run-s|npm-run-all)$/;
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

interface Step {
  readonly line: string;
  readonly script?: string;
  /** Of a script that makes what is tested. */
  readonly isMade?: true;
}

const MAKES = /^(?:pre|build|compile|prepare|bundle|dist)/;
const WRITES = /^(?:npx |yarn |pnpm (?:exec )?|bunx )?tsc\b(?!.*--noEmit)/;
const WRITES_BESIDE = /^(?:npx |yarn |pnpm (?:exec )?|bunx )?tsc [\w./-]+\.tsx?\b(?!.*--noEmit)/;

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
  const hooks = before.flatMap((hook) => (typeof scripts[hook] === 'string' ? hookSteps(scripts, hook) : []));
  const needs = [...hooks, ...steps.slice(0, only.at)]
    .filter(({ line, isMade }) => !LINTERS.test(line) && (!ONLY_LOOKS.test(line) || (isMade ? WRITES : WRITES_BESIDE).test(line)))
    .map(({ line }) => line);
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
    const inner = calledSteps(scripts, line, depth);
    if (inner === undefined) all.push({ line, ...(lines.length === 1 ? { script: name } : {}) });
    else all.push(...inner);
  }
  return MAKES.test(name) ? all.map((step): Step => ({ ...step, isMade: true })) : all;
}

/** What is done before a script; one that is more than a chain is run as it is. */
const hookSteps = (scripts: Scripts, hook: string): readonly Step[] => {
  const steps = stepsOf(scripts, hook, DEEPEST);
  return steps === undefined || steps.some(goesElsewhere) ? [{ line: `(${String(scripts[hook])})` }] : steps;
};

/** In a script of its own it says nothing of where the next one is run. */
const goesElsewhere = ({ line }: Step): boolean => /^cd\b/.test(line);

/** The steps of the scripts that a line runs; `undefined` where it runs none, or they are no chain. */
function calledSteps(scripts: Scripts, line: string, depth: number): readonly Step[] | undefined {
  const { env, rest } = unwrapped(line);
  const called = rest.length === 0 ? [] : scriptsIn(scripts, rest.join(' '));
  if (called.length === 0) return undefined;
  const all: Step[] = [];
  for (const name of called) {
    const steps = typeof scripts[name] === 'string' ? stepsOf(scripts, name, depth - 1) : undefined;
    if (steps === undefined || steps.some(goesElsewhere)) return undefined;
    all.push(...steps.map((step) => (env === '' ? step : { ...step, line: `${env} ${step.line}` })));
  }
  return all;
}

function scriptsIn(scripts: Scripts, line: string): readonly string[] {
  const one = CALLS_SCRIPT.exec(line)?.[1] ?? (CALLS_TEST.test(line) ? 'test' : undefined);
  if (one !== undefined) return [one];
  if (!CALLS_SEVERAL.test(line)) return [];
  const names = line
    .split(' ')
    .slice(1)
    .filter((word) => !word.startsWith('-'));
  return names.flatMap((name) =>
    name.endsWith(':*') ? Object.keys(scripts).filter((each) => each.startsWith(name.slice(0, -1))) : [name],
  );
}

/** A command without what measures it and what sets its environment. */
function unwrapped(line: string): { readonly env: string; readonly rest: readonly string[] } {
  const words = line.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [];
  const at = words.findIndex((word, index) => {
    if (isWrapping(word)) return false;
    const isMeasured = words.slice(0, index).some((each) => COVERAGE.test(each)) && /^-/.test(words[index - 1] ?? '');
    return !isMeasured || RUNNER.test(programOf(word)) || MANAGER.test(word);
  });
  const env = words.slice(0, Math.max(0, at)).filter((word) => ASSIGNMENT.test(word));
  return { env: env.join(' '), rest: at < 0 ? [] : words.slice(at) };
}

const isWrapping = (word: string): boolean => WRAPPER.test(word) || ASSIGNMENT.test(word);

const programOf = (word: string): string =>
  word.replace(/^(?:\.\/)?node_modules\/(?:\.bin\/)?(?:\w+\/bin\/)?/, '').replace(/\.[cm]?js$/, '');

function runOf(line: string): Pick<TestPart, 'env' | 'runner' | 'words'> | undefined {
  const { env, rest: all } = unwrapped(line);
  // A manager runs a program that is no script of the manifest.
  const from = /^(?:yarn|pnpm)$/.test(all[0] ?? '') ? (/^(?:exec|run)$/.test(all[1] ?? '') ? 2 : 1) : 0;
  const words = all.slice(from);
  const [program, ...rest] = [programOf(words[0] ?? ''), ...words.slice(1)];
  if (!RUNNER.test(program)) return undefined;
  if (program === 'node' || program === 'tsx') {
    // A runner that a Node with more options starts is run by that Node.
    return rest.includes('--test') ? { env, runner: program, words: rest } : undefined;
  }
  if (program === 'bun') return rest[0] === 'test' ? { env, runner: 'bun test', words: rest.slice(1) } : undefined;
  if (program === 'vitest')
    return {
      env,
      runner: 'vitest run',
      words: rest.filter((word) => word !== 'run' && word !== '--run' && word !== '--watch' && word !== '-w'),
    };
  return { env, runner: program, words: rest.filter((word) => !/^--watch(?:All)?$|^-w$/.test(word)) };
}
