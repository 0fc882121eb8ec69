// How a runner is asked to name its tests, without a change of the project: by a flag of a command that is plainly its own,
// or by the environment, which other programs do not look at. What a flag makes of the output is undone here too.

/** Where the reports of one run are put: a directory that is there, and empty. */
export const REPORT_FILES = { junit: 'report.xml', json: 'report.json' } as const;

/** One runner with plain arguments: a whole command, or the last of a chain that ends where one of them fails. */
const plain = (runner: string): RegExp =>
  new RegExp(
    `^((?:export PATH="[\\w/.:$-]+" && )?(?:[^|;&<>()\`$"\n]+ && )*(?:[A-Z_]+=[\\w./-]+ )*)(${runner})((?: (?:[\\w./=:,@*-]+|'[^'\n]*'))*)$`,
  );

/** @returns all arguments; `undefined` where nothing is to be asked */
type Ask = (rest: string, reports: Reports) => string | undefined;

interface Reports {
  readonly place: string;
  readonly junit: string;
  readonly json: string;
}

const jest: Ask = (rest, { json }) => (/ --(?:json|outputFile|watch)\b/.test(rest) ? undefined : `${rest} --json --outputFile=${json}`);

const vitest: Ask = (rest, { json }) => {
  if (/^ (?:bench|dev|init|list|watch)\b| --(?:outputFile|watch)\b/.test(rest)) return undefined;
  return `${rest}${/ --reporter\b/.test(rest) ? '' : ' --reporter=default'} --reporter=json --outputFile.json=${json}`;
};

const phpunit: Ask = (rest, { junit }) => (/ --log-junit\b/.test(rest) ? undefined : `${rest} --log-junit ${junit}`);

/** How the packages of a project are called by its manager. */
const NODE_BIN = '(?:(?:npx(?: --no-install)?|pnpm(?: exec)?|yarn(?: run)?|bunx) )?(?:\\S*/)?';

const FLAGS: readonly (readonly [command: RegExp, ask: Ask])[] = [
  [
    plain('(?:\\S*/)?python3? -m unittest'),
    (rest) => {
      if (/ -[vq]\b/.test(rest)) return undefined;
      return rest.startsWith(' discover') ? ` discover -v${rest.slice(' discover'.length)}` : ` -v${rest}`;
    },
  ],
  [
    plain('(?:\\S*/)?(?:python3? -m )?nose2'),
    (rest) => (/ -(?:[vq]\b|-(?:verbose|quiet|verbosity)\b)/.test(rest) ? undefined : ` -v${rest}`),
  ],
  [plain('cargo test'), (rest) => rest.replace(/ (?:--quiet|-q)\b/, '')],
  [plain('go test'), (rest) => (/ -json\b/.test(rest) ? undefined : ` -json${rest}`)],
  [plain('prove'), (rest) => (/ (?:-\w*[vqQ]|--(?:verbose|quiet|QUIET|formatter|archive))/.test(rest) ? undefined : ` -v${rest}`)],
  [plain('(?:php )?(?:\\S*/)?(?:phpunit|pest|artisan test)'), phpunit],
  [plain('ctest'), (rest, { junit }) => (/ --output-junit\b| -N\b/.test(rest) ? undefined : `${rest} --output-junit ${junit}`)],
  [
    plain('dotnet test'),
    (rest, { place }) =>
      / --(?: |$)| (?:--results-directory|-r|--logger|-l)\b/.test(rest) ? undefined : `${rest} --logger trx --results-directory ${place}`,
  ],
  [plain(`${NODE_BIN}(?:jest|react-scripts test)`), jest],
  [plain(`${NODE_BIN}vitest`), vitest],
];

/** Text of a script by its name, of the `package.json` in a directory below the one where commands run (`''` is that itself). */
export type ScriptOf = (dir: string, name: string) => string | undefined;

/**
 * The command that is run in place of the one of the plan: the same, with a flag that makes its runner name its tests.
 * @param place directory of the reports
 * @example asked('go test ./...', '/tmp/r') // 'go test -json ./...'
 */
export function asked(command: string, place: string, scriptOf: ScriptOf = () => undefined): string {
  const reports = { place, junit: `${place}/${REPORT_FILES.junit}`, json: `${place}/${REPORT_FILES.json}` };
  const script = behindScript(command, scriptOf, reports);
  if (script !== undefined) return script;
  for (const [pattern, ask] of FLAGS) {
    const [, start = '', runner = '', rest = ''] = pattern.exec(command) ?? [];
    if (runner === '') continue;
    const more = ask(rest, reports);
    return more === undefined ? command : start + runner + more;
  }
  return command;
}

/** A script of `package.json` by its manager, and nothing behind it. */
const SCRIPT =
  /^((?:cd '?([\w./@-]+)'? && )?(?:[A-Z_]+=[\w./-]+ )*)(?:(npm|pnpm|yarn)( test)|(npm|pnpm|yarn|bun) run (?:-s |--silent )?([\w:.-]+))$/;
/** What a command of a script may begin with, in front of its runner. */
const BEFORE = /^(?:(?:[A-Z_]+=\S*|cross-env|npx|yarn|pnpm(?: exec)?|c8|nyc|node(?: --[\w=-]+)*) )+/;
const IN_SCRIPT: readonly (readonly [runner: RegExp, ask: Ask])[] = [
  [/^(?:\S*\/)?(?:jest(?:\.js)?|react-scripts test)((?: .*)?)$/, jest],
  [/^(?:\S*\/)?vitest(?:\.mjs)?((?: .*)?)$/, vitest],
];

/** What follows a script reaches its last command. */
function behindScript(command: string, scriptOf: ScriptOf, reports: Reports): string | undefined {
  const [, , dir = '', short, test, long, name] = SCRIPT.exec(command) ?? [];
  const manager = short ?? long;
  const text = manager === undefined ? undefined : scriptOf(dir, (test ?? name ?? '').trim());
  const last = text
    ?.split(/[|;&]+/)
    .at(-1)
    ?.trim()
    .replace(BEFORE, '');
  if (last === undefined || /["'#]/.test(last)) return undefined;
  for (const [runner, ask] of IN_SCRIPT) {
    const [, rest] = runner.exec(last) ?? [];
    // The script has its own arguments already: only what is new is handed on.
    const more = rest === undefined ? undefined : ask(rest, reports)?.slice(rest.length);
    if (more !== undefined) return `${command}${manager === 'npm' ? ' --' : ''}${more}`;
  }
  return undefined;
}

/**
 * The environment of a test command.
 * @param place directory of the reports
 * @example askedBy({}, '/tmp/r').PYTEST_ADDOPTS // '--junitxml=/tmp/r/report.xml'
 */
export function askedBy(env: Readonly<Record<string, string>>, place: string): Readonly<Record<string, string>> {
  const { PYTEST_ADDOPTS = '', SPEC_OPTS = '', TESTOPTS = '-v' } = env;
  return {
    ...env,
    PYTEST_ADDOPTS: `${PYTEST_ADDOPTS} --junitxml=${place}/${REPORT_FILES.junit}`.trim(),
    // RSpec takes the formatters of one place alone: the one that people read has to be named again.
    SPEC_OPTS:
      `${SPEC_OPTS}${/--format|-f\b/.test(SPEC_OPTS) ? '' : ' --format progress'} --format json --out ${place}/${REPORT_FILES.json}`.trim(),
    TESTOPTS,
  };
}
