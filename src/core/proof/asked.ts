// How a runner is asked to name its tests, without a change of the project: by a flag of a command that is plainly its own,
// or by the environment, which other programs do not look at. What a flag makes of the output is undone here too.
import type { TestOutcome } from '../model.ts';
import type { Named } from './test-results.ts';

/** A whole command of one runner: where it is run, what it is started with, the runner, and plain arguments. */
const plain = (runner: string): RegExp =>
  new RegExp(`^((?:cd '?[\\w./-]+'? && )?(?:[A-Z_]+=[\\w./-]+ )*)(${runner})((?: [\\w./=:,@*-]+)*)$`);

/** @returns the command; empty where nothing need be asked */
type Ask = (start: string, rest: string, report: string) => string;

const FLAGS: readonly (readonly [command: RegExp, ask: Ask])[] = [
  [
    plain('(?:\\S*/)?python3? -m unittest'),
    (start, rest) => {
      if (/ -[vq]\b/.test(rest)) return '';
      return rest.startsWith(' discover') ? `${start} discover -v${rest.slice(' discover'.length)}` : `${start} -v${rest}`;
    },
  ],
  [plain('cargo test'), (start, rest) => `${start}${rest.replace(/ (?:--quiet|-q)\b/, '')}`],
  [plain('go test'), (start, rest) => (/ -json\b/.test(rest) ? '' : `${start} -json${rest}`)],
  [
    plain('(?:\\S*/)?(?:phpunit|pest)'),
    (start, rest, report) => (/ --log-junit\b/.test(rest) ? '' : `${start}${rest} --log-junit ${report}`),
  ],
];

/**
 * The command that is run in place of the one of the plan: the same, with a flag that makes its runner name its tests.
 * @example asked('go test ./...', '/tmp/r.xml') // 'go test -json ./...'
 */
export function asked(command: string, report: string): string {
  for (const [pattern, ask] of FLAGS) {
    const [, start = '', runner = '', rest = ''] = pattern.exec(command) ?? [];
    if (runner !== '') return ask(start + runner, rest, report) || command;
  }
  return command;
}

/**
 * The environment of a test command.
 * @param report a file that may be written
 * @example askedBy({}, '/tmp/r.xml').PYTEST_ADDOPTS // '--junitxml=/tmp/r.xml'
 */
export function askedBy(env: Readonly<Record<string, string>>, report: string): Readonly<Record<string, string>> {
  const { PYTEST_ADDOPTS = '', TESTOPTS = '-v' } = env;
  return { ...env, PYTEST_ADDOPTS: `${PYTEST_ADDOPTS} --junitxml=${report}`.trim(), TESTOPTS };
}

/** What Go prints with `-json`: the text that it would have printed, and its tests. Other lines stay as they are. */
export function fromGo(output: string): { readonly text: string; readonly named: Named } {
  const named: (readonly [string, TestOutcome])[] = [];
  const text = output.split('\n').map((line) => {
    const event = goEvent(line);
    if (event === undefined) return `${line}\n`;
    const outcome = OUTCOMES[event.Action ?? ''];
    if (event.Test !== undefined && outcome !== undefined) named.push([`${event.Package ?? ''} ${event.Test}`, outcome]);
    // Without -v only what failed is told.
    return /^=== (?:RUN|PAUSE|CONT|NAME) |^\s*--- (?:PASS|SKIP): /.test(event.Output ?? '') ? '' : (event.Output ?? '');
  });
  return { text: text.join(''), named };
}

const OUTCOMES: Readonly<Record<string, TestOutcome>> = { pass: 'passed', fail: 'failed', skip: 'skipped' };

interface GoEvent {
  readonly Action?: string;
  readonly Package?: string;
  readonly Test?: string;
  readonly Output?: string;
}

function goEvent(line: string): GoEvent | undefined {
  if (!line.startsWith('{"')) return undefined;
  try {
    const event = JSON.parse(line) as GoEvent;
    return typeof event.Action === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}
