// What a command does not find, in the words of who was to start it: shells, interpreters, package managers and wrappers, as they
// print them; and what only looks like it, since a test has printed it or has failed.
import type { TestResults } from '../../../src/core/model.ts';
import { notInstalled } from '../../../src/core/proof/machine/not-installed.ts';

const said = (output: string, exitCode = 1, tests?: TestResults) =>
  notInstalled({ command: 'x', role: 'test', durationMs: 1, timedOut: false, exitCode, output, ...(tests ? { tests } : {}) });

test.each([
  ['dash', 'sh: 1: mvn: not found\n', 'mvn'],
  ['bash', 'bash: line 1: go: command not found\n', 'go'],
  ['bash, by its path', '/bin/bash: cargo: command not found\n', 'cargo'],
  ['zsh', 'zsh: command not found: gradle\n', 'gradle'],
  ['a script of npm', '\n> shop@1.0.0 test\n> mocha --recursive\n\nsh: 1: mocha: not found\n', 'mocha'],
  ['a path in the repository', 'sh: 1: vendor/bin/phpunit: not found\n', 'vendor/bin/phpunit'],
  ['env', '/usr/bin/env: ‘node’: No such file or directory\n', 'node'],
  ['cmd', "'mvn' is not recognized as an internal or external command,\noperable program or batch file.\n", 'mvn'],
  ['pyenv', "pyenv: pytest: command not found\n\nThe `pytest' command exists in these Python versions:\n  3.9.1\n", 'pytest'],
  ['python -m', '/usr/bin/python3: No module named pytest\n', 'pytest'],
  ['python of a virtual environment', '/srv/repo/.venv/bin/python: No module named nox\n', 'nox'],
  ['php', 'Could not open input file: vendor/bin/pest\n', 'vendor/bin/pest'],
  ['bundler', 'bundler: command not found: rspec\nInstall missing gem executables with `bundle install`\n', 'rspec'],
  [
    'npx without node_modules',
    'npm error npx canceled due to missing packages and no YES option: ["jest@30.2.0"]\nnpm error A complete log\n',
    'jest',
  ],
  ['npx of an older npm', 'npm ERR! canceled due to missing packages and no YES option: ["vitest@1.6.0"]\n', 'vitest'],
  ['yarn', 'yarn run v1.22.22\nerror Command "jest" not found.\ninfo Visit https://yarnpkg.com\n', 'jest'],
  ['pnpm', ' ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL  Command "vitest" not found\n'.trimStart(), 'vitest'],
  ['uv', 'error: Failed to spawn: `pytest`\n  Caused by: No such file or directory (os error 2)\n', 'pytest'],
  ['poetry', 'Command not found: pytest\n', 'pytest'],
  ['cargo', 'error: no such command: `nextest`\n\nhelp: view all installed commands with `cargo --list`\n', 'nextest'],
  ['rustup', "error: toolchain '1.70.0-x86_64-unknown-linux-gnu' is not installed\n", '1.70.0-x86_64-unknown-linux-gnu'],
  [
    'a wrapper of Maven',
    'Error: Could not find or load main class org.apache.maven.wrapper.MavenWrapperMain\n',
    'org.apache.maven.wrapper.MavenWrapperMain',
  ],
  [
    'a wrapper of Gradle',
    'Error: Unable to access jarfile /repo/gradle/wrapper/gradle-wrapper.jar\n',
    '/repo/gradle/wrapper/gradle-wrapper.jar',
  ],
  ['a script that looks for Java', "ERROR: JAVA_HOME is not set and no 'java' command could be found in your PATH.\n", 'java'],
])('%s', (_who, output, name) => expect(said(output, 127)).toBe(`${name} is not installed`));

test.each([
  [
    'Maven, of itself',
    '[ERROR] Failed to execute goal org.apache.maven.plugins:maven-enforcer-plugin:3.6.2:enforce (enforce-maven-version) on project x: \n[ERROR] Rule 0: org.apache.maven.enforcer.rules.version.RequireMavenVersion failed with message:\n[ERROR] Detected Maven Version: 3.8.7 is not in the allowed range [3.9,).\n',
    'Detected Maven Version: 3.8.7 is not in the allowed range [3.9,)',
  ],
  [
    'Maven, of Java',
    '[ERROR] Detected JDK /usr/lib/jvm/java-17 is version 17.0.15 which is not in the allowed range [21,22),[25,26).\n',
    'Detected JDK /usr/lib/jvm/java-17 is version 17.0.15 which is not in the allowed range [21,22),[25,26)',
  ],
  [
    'go',
    'go: go.mod requires go >= 1.30 (running go 1.26.8; GOTOOLCHAIN=local)\n',
    'go.mod requires go >= 1.30 (running go 1.26.8; GOTOOLCHAIN=local)',
  ],
  [
    'bundler',
    'Your Ruby version is 3.1.2, but your Gemfile specified >= 3.3\n',
    'Your Ruby version is 3.1.2, but your Gemfile specified >= 3.3',
  ],
  [
    'cargo',
    'error: rustc 1.70.0 is not supported by the following packages:\n  clap@4.5 requires rustc 1.74\n',
    'rustc 1.70.0 is not supported by the following packages',
  ],
  [
    'yarn',
    'error The engine "node" is incompatible with this module. Expected version ">=26". Got "24.1.0"\n',
    'The engine "node" is incompatible with this module. Expected version ">=26". Got "24.1.0"',
  ],
])('a tool of another version, in the words of %s', (_who, output, what) => expect(said(output)).toBe(what));

const ONE: TestResults = { ran: 1 };
test.each([
  [
    'a test that imports what is missing',
    'Traceback (most recent call last):\n  File "t.py", line 1\nModuleNotFoundError: No module named \'shop\'\n',
    undefined,
  ],
  ['what a test has printed', 'sh: 1: convert: not found\n\n1 failed\n', ONE],
  ['a sentence within a line', 'expected "mvn: not found" to be "ok"\n', undefined],
  ['a missing file of a program', "FileNotFoundError: [Errno 2] No such file or directory: 'orders.json'\n", undefined],
  ['a page that is not there', '404: /orders: not found\n', undefined],
  ['an assertion on words of a version', 'AssertionError: requires go >= 1.30\n', undefined],
])('nothing is missing for %s', (_what, output, tests) => expect(said(output, 1, tests)).toBeUndefined());

test('nor where the command ended well, or was ended', () => {
  expect([said('sh: 1: mvn: not found\n', 0)]).toEqual([undefined]);
});
