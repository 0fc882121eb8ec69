// Whether a runner starts at all on this machine. Principle: what cannot say of which version it is runs no test. A wrapper that
// cannot fetch its tool, a virtual environment whose interpreter is gone, a tool chain that is pinned and not there, each fail at
// that question too, whatever words they have for it; a project that does not compile, or tests that are red, do not touch it.
// Asked of programs that are known to answer and to do nothing else; of a script of the project nothing is asked.

/** Programs that take one of the project and start it: the question is that program's. */
const STARTS =
  /^(?:(?:sh|bash)(?= \S*(?:mvnw|gradlew)\b)|bundle exec|poetry run|pdm run|pipenv run|hatch run|rye run|uv run(?: --?[\w-]+(?:=\S+)?(?: (?:test|tests|dev)(?= ))?)*|npx(?: --[\w-]+)*|bunx|pnpm exec|yarn exec|bun x|xvfb-run(?: -\w+)*) /;

const VERSION = '--version';
/** By the name of the program, without its directory. */
const ANSWERS: readonly (readonly [program: RegExp, question: string])[] = [
  [/^(?:mvnw?|gradlew?)(?:\.cmd|\.bat)?$/, VERSION],
  [/^(?:npm|pnpm|yarn|bun|deno|node)$/, VERSION],
  [/^(?:jest|vitest|mocha|ava|tap|jasmine|nyc|c8|tsc|ng|turbo|nx|lerna)$/, VERSION],
  [/^(?:pytest|tox|nox|hatch|poetry|pdm|pipenv|uv|rye|python[\d.]*)$/, VERSION],
  [/^go$/, 'version'],
  [/^(?:cargo|rustc|swift|dart|flutter|dotnet|mix|sbt|prove|ctest|cmake|meson|make)$/, VERSION],
  [/^(?:rspec|rake|ruby|bundle|php[\d.]*|phpunit|pest|composer)$/, VERSION],
];
/** Modules of Python that are programs of their own; others may take a question for work. */
const PYTHON_MODULE = /^(python[\d.]*) -m (pytest|nox|tox|hatch)\b/;

/**
 * @returns a command that asks, in the same directory and with the same variables; `undefined` where nobody is known to answer
 * @example versionOf("cd 'api' && sh ./mvnw --quiet test") // "cd 'api' && sh ./mvnw --version"
 */
export function versionOf(command: string): string | undefined {
  const [before = ''] = /^(?:cd (?:'[^']*'|[\w./@+-]+) && )?(?:export PATH="[^"]*" && )?(?:\w+=[^\s'"]* )*/.exec(command) ?? [];
  const rest = command.slice(before.length);
  const starts = STARTS.exec(rest)?.[0] ?? '';
  const called = rest.slice(starts.length);
  const [program = ''] = /^[\w./@+-]+/.exec(called) ?? [];
  const dir = program.slice(0, program.lastIndexOf('/') + 1);
  const name = program.slice(dir.length);
  const module = PYTHON_MODULE.exec(called.slice(dir.length))?.[0];
  if (module !== undefined) return `${before}${starts}${dir}${module} ${VERSION}`;
  const question = ANSWERS.find(([programs]) => programs.test(name))?.[1];
  return question === undefined ? undefined : `${before}${starts}${program} ${question}`;
}
