// What a command needs of this machine and does not find. Principle: who starts a program (a shell, an interpreter, a package
// manager, a wrapper) says in a sentence of its own, at the beginning of a line, which one is not there or is of another
// version. Only where no test ran: what a test prints is no word of who started it.
import type { Verification } from '../../model.ts';

type Run = Verification['runs'][number];

const NAME = '["\'`‘]?(@?[\\w./+-]*\\w)(?:@[\\w.^~-]+)?["\'`’]?';

/** The program that is not there. */
const ABSENT: readonly RegExp[] = [
  // A shell, and what stands in for a program until a version of it is chosen.
  new RegExp(
    `^(?:\\S*sh|pyenv|rbenv|nodenv|goenv|asdf|env|\\S*/env)(?:\\[\\d+\\])?: (?:(?:line )?\\d+: )?${NAME}: (?:command )?not found$`,
    'm',
  ),
  new RegExp(`^(?:\\S*sh: command not found|bundler: command not found|command not found): ${NAME}$`, 'im'),
  new RegExp(`^\\S*env: ${NAME}: No such file or directory$`, 'm'),
  new RegExp(`^${NAME} is not recognized as an internal or external command`, 'm'),
  // An interpreter and a virtual machine that are to run a file or a module; a test that imports one is told with a trace.
  /^\S*python[\d.]*(?:\.exe)?: No module named ([\w.]+)$/m,
  /^Could not open input file: (\S+)$/m,
  /^Error: Unable to access jarfile (\S+)$/m,
  /^Error: Could not find or load main class (\S*[Ww]rapper\S*)$/m,
  /^(?:Error|ERROR): JAVA_HOME is (?:not set|set to an invalid directory).*()$/m,
  // Package managers that look among what is installed.
  new RegExp(
    `^(?:error|ERROR|ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL|Usage Error)?:?\\s*(?:Command|Script) ${NAME} (?:is )?not found(?: in your PATH)?\\.?$`,
    'm',
  ),
  new RegExp(`^(?:npm (?:ERR!|error) )?(?:npx )?canceled due to missing packages and no YES option: \\[${NAME}`, 'm'),
  new RegExp(`^error: Failed to spawn: ${NAME}$`, 'm'),
  new RegExp(`^error: no such command: ${NAME}$`, 'm'),
  new RegExp(`^error: toolchain ${NAME} is not installed$`, 'm'),
  new RegExp(`^\\[?ERROR\\]? No plugin found for prefix ${NAME} `, 'm'),
  /^go: no such tool "([\w-]+)"$/m,
];

/** It is there, and of a version that the project does not take: a sentence of its own. */
const OTHER_VERSION: readonly RegExp[] = [
  /^(?:\[ERROR\] )?(?:Rule \d+: .*\n(?:\[ERROR\] )?)?(Detected (?:Maven Version|JDK)[:\s].{1,200}? is not in the allowed range \S+?)\.?$/m,
  /^(?:npm (?:ERR!|error) )(?:notsup )?(Unsupported engine for .{1,160})$/m,
  /^(?:error )?(The engine "[\w-]+" is incompatible with this module\. .{1,160}?)\.?$/m,
  /^go: (?:errors parsing go\.mod:\n\S+: )?((?:\S+ )?requires go >= [\d.\w]+ \(running go [\d.\w]+.{0,60}\))$/m,
  /^error: (?:package `[^`\n]+` cannot be built because it )?(rustc \S+ is not supported by the following packages?|requires rustc \S+ or newer.{0,100})/m,
  /^(Your Ruby version is \S+, but your Gemfile specified .{1,60})$/m,
  /^\s*(?:- )?((?:Your Composer dependencies require|Root composer\.json requires) (?:a )?(?:PHP|php)\b.{1,160}?)\.?$/m,
  /^ERROR: (Package '[^'\n]+' requires a different Python: .{1,100})$/m,
];

/**
 * @returns what is missing, in words; `undefined` where nobody says so, or a test ran
 * @example notInstalled({ output: 'sh: 1: mvn: not found', … }) // 'mvn is not installed'
 */
export function notInstalled({ output, exitCode, tests }: Run): string | undefined {
  if (exitCode === 0 || exitCode === null || (tests !== undefined && tests.ran > 0)) return undefined;
  for (const form of ABSENT) {
    const found = form.exec(output);
    if (found !== null) return `${found[1] || 'java'} is not installed`;
  }
  const [, said] = OTHER_VERSION.map((form) => form.exec(output)).find((found) => found !== null) ?? [];
  return said;
}
