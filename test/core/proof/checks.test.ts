// Listings of projects as they are found, and the commands that are plain in them.
import { behind } from '../../../src/core/proof/alone.ts';
import { type ConfiguredChecks, manifestsToRead, planChecks, programsNeeded } from '../../../src/core/proof/checks.ts';

const NPM = '{"scripts":{"test":"node --test"}}';
const JEST = '{"scripts":{"test":"jest"},"devDependencies":{"jest":"1"}}';
const VENV = 'python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check';
const GEMS = 'bundle check >/dev/null 2>&1 || { bundle config set --local path vendor/bundle && bundle install --quiet; }';

interface Row {
  readonly name: string;
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
  readonly near?: string;
  readonly configured?: ConfiguredChecks;
  readonly setup?: string;
  readonly test: string;
}

const list = (...paths: readonly string[]): Readonly<Record<string, string>> => Object.fromEntries(paths.map((path) => [path, '']));

const ROWS: readonly Row[] = [
  { name: 'npm', files: { 'package.json': NPM }, test: 'npm test' },
  {
    name: 'the test script that npm writes',
    files: { 'package.json': '{"scripts":{"test":"echo \\"Error: no test specified\\" && exit 1"}}' },
    test: '',
  },
  {
    name: 'npm with a lock',
    files: { 'package.json': JEST, 'package-lock.json': '' },
    setup: 'npm ci --no-audit --no-fund || npm ci --no-audit --no-fund --legacy-peer-deps',
    test: 'npm test',
  },
  {
    name: 'plugins that only tox names',
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\naddopts = "--timeout=9"\n',
      'tox.ini':
        '[tox]\n[core]\ndeps=\n    pytest\n    pytest-timeout>=2\n\n[testenv]\ndeps=\n    {[core]deps}\n    numpy\n    py3: pytest-old\n    -r x.txt\n',
      'tests/test_a.py': '',
    },
    setup:
      "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check 'pytest' 'pytest-timeout>=2'",
    test: '.venv/bin/python -m pytest -q',
  },
  {
    name: 'extras that tox installs beside those for tests',
    files: {
      'setup.py':
        "setup(\n    install_requires=[],\n    extras_require={\n        'reco': ['simplejson'],\n        'tests': ['pytest'],\n        'lint': ['flake8'],\n    },\n)\n",
      'tox.ini':
        '[tox]\nenvlist = py3\n[testenv]\nextras =\n    tests, reco\n    {env:MORE}\ncommands = pytest\n[testenv:lint]\nextras = lint\n',
      'tests/test_a.py': 'import pytest\n',
    },
    setup:
      "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[tests,reco]'",
    test: '.venv/bin/python -m pytest -q',
  },
  { name: 'npm without a lock', files: { 'package.json': JEST }, setup: 'npm install --no-audit --no-fund', test: 'npm test' },
  { name: 'a script of another name', files: { 'package.json': '{"scripts":{"test:unit":"x"}}' }, test: 'npm run test:unit' },
  { name: 'a runner without a script', files: { 'package.json': '{}', 'vitest.config.ts': '' }, test: 'npx --no-install vitest run' },
  {
    name: 'a runner that would watch for ever',
    files: { 'package.json': '{"scripts":{"test":"ng test"}}' },
    test: 'npx --no-install ng test --watch=false --browsers=ChromeHeadless',
  },
  {
    name: 'a package of a workspace with a task runner',
    files: {
      'pnpm-lock.yaml': '',
      'turbo.json': '{}',
      'package.json': '{}',
      'web/package.json': '{"name":"web","scripts":{"test":"x"}}',
      'web/a.ts': '',
    },
    near: 'web/a.ts',
    test: "cd 'web' && pnpm turbo run test --filter=web",
  },
  { name: 'deno', files: { 'deno.json': '{"tasks":{"test":"deno test"}}' }, test: 'deno task test' },
  { name: 'django', files: { 'manage.py': '', 'shop/tests.py': '' }, test: 'python3 manage.py test' },
  { name: 'hatch', files: { 'pyproject.toml': '[tool.hatch.envs.default]\n' }, test: 'hatch test' },
  { name: 'nox', files: { 'noxfile.py': 'def tests(session):\n' }, test: 'nox -s tests' },
  {
    name: 'a plain pyproject with an extra for tests',
    files: { 'pyproject.toml': '[project]\n[project.optional-dependencies]\ntest = ["pytest"]\n', 'tests/test_a.py': '' },
    setup:
      "python3 -m venv --system-site-packages .venv && .venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[test]'",
    test: '.venv/bin/python -m pytest -q',
  },
  { name: 'sbt', files: list('build.sbt', 'src/main/scala/A.scala'), test: 'sbt -batch test' },
  { name: 'swift', files: list('Package.swift'), test: 'swift test' },
  { name: 'dart', files: { 'pubspec.yaml': 'name: x\n' }, setup: 'dart pub get', test: 'dart test' },
  { name: 'perl', files: list('t/a.t', 'lib/A.pm'), test: 'prove -lr t' },
  {
    name: 'cmake',
    files: { 'CMakeLists.txt': 'enable_testing()\n' },
    test: 'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure',
  },
  { name: 'a target of make', files: { Makefile: 'test: all\n\tx\n' }, test: 'make test' },
  {
    name: 'pest',
    files: { 'composer.json': '{"require-dev":{"pestphp/pest":"^2"}}' },
    setup: 'composer install --no-interaction --no-progress --quiet',
    test: 'vendor/bin/pest',
  },
  { name: 'npm with a lock and no package to install', files: { 'package.json': NPM, 'package-lock.json': '' }, test: 'npm test' },
  { name: 'a broken package.json', files: { 'package.json': '{' }, test: '' },
  {
    name: 'a project of a workspace that Vitest runs as one of several',
    files: {
      'package.json': '{"scripts":{"test":"vitest run"},"devDependencies":{"vitest":"4"}}',
      'pnpm-lock.yaml': '',
      'vitest.config.ts': 'export default defineConfig({ test: { projects: ["packages/*"] } });',
      'packages/web/package.json': '{"name":"web","scripts":{"test":"pnpm vitest run"}}',
      'packages/web/vitest.config.ts': 'export default mergeConfig(rootConfig, defineProject({}));',
    },
    near: 'packages/web/src/a.ts',
    setup: 'pnpm install --frozen-lockfile',
    test: 'pnpm exec vitest run packages/web/',
  },
  {
    name: 'a package of a workspace that Vitest knows nothing of',
    files: {
      'package.json': '{"scripts":{"test":"vitest run"},"devDependencies":{"vitest":"4"}}',
      'pnpm-lock.yaml': '',
      'vitest.config.ts': 'export default defineConfig({ test: {} });',
      'packages/web/package.json': '{"name":"web","scripts":{"test":"vitest run"}}',
    },
    near: 'packages/web/src/a.ts',
    setup: 'pnpm install --frozen-lockfile',
    test: "cd 'packages/web' && pnpm test",
  },
  { name: 'pnpm', files: { 'package.json': JEST, 'pnpm-lock.yaml': '' }, setup: 'pnpm install --frozen-lockfile', test: 'pnpm test' },
  { name: 'yarn 1', files: { 'package.json': JEST, 'yarn.lock': '' }, setup: 'yarn install --frozen-lockfile', test: 'yarn test' },
  {
    name: 'yarn 4',
    files: { 'package.json': JEST.replace('{', '{"packageManager":"yarn@4.1.0",'), 'yarn.lock': '' },
    setup: 'yarn install --immutable',
    test: 'yarn test',
  },
  {
    name: 'yarn 2 and later, by its file',
    files: { 'package.json': JEST, 'yarn.lock': '', '.yarnrc.yml': '' },
    setup: 'yarn install --immutable',
    test: 'yarn test',
  },
  { name: 'bun', files: { 'package.json': JEST, 'bun.lock': '' }, setup: 'bun install --frozen-lockfile', test: 'bun run test' },
  {
    name: 'packageManager decides between two locks',
    files: { 'package.json': JEST.replace('{', '{"packageManager":"pnpm@9.1.0",'), 'package-lock.json': '', 'pnpm-lock.yaml': '' },
    setup: 'pnpm install --frozen-lockfile',
    test: 'pnpm test',
  },
  {
    name: 'packageManager without its lock: what it would install without one',
    files: { 'package.json': JEST.replace('{', '{"packageManager":"pnpm@9.1.0",'), 'package-lock.json': '' },
    setup: 'pnpm install',
    test: 'pnpm test',
  },
  { name: 'pytest by its directory', files: list('app/main.py', 'tests/test_main.py'), test: 'python3 -m pytest -q' },
  { name: 'pytest by pytest.ini', files: list('pytest.ini', 'a.py'), test: 'python3 -m pytest -q' },
  {
    name: 'pytest by pyproject.toml',
    files: { 'pyproject.toml': '[tool.pytest.ini_options]', 'tests/a_test.py': '' },
    test: 'python3 -m pytest -q',
  },
  { name: 'pytest named, and no test', files: { 'pyproject.toml': 'pytest', 'a.py': '' }, test: '' },
  { name: 'unittest', files: { 'tests/test_a.py': 'import unittest\n' }, test: 'python3 -m unittest discover -s tests' },
  {
    name: 'unittest in a package',
    files: { 'tests/test_a.py': 'import unittest\n', 'tests/__init__.py': '' },
    test: 'python3 -m unittest discover -s tests -t .',
  },
  { name: 'unittest beside the code', files: { 'test_a.py': 'from unittest import TestCase\n' }, test: 'python3 -m unittest discover' },
  { name: 'unittest in one file', files: { 'tests.py': 'import unittest\n', 'app.py': '' }, test: 'python3 -m unittest discover' },
  { name: 'a script called test', files: { 'test.py': 'import app\n', 'app.py': '' }, test: '' },
  {
    name: 'unittest classes run by pytest',
    files: { 'tests/test_a.py': 'import unittest\n', 'requirements-dev.txt': 'pytest==8\n' },
    setup: `${VENV} -r requirements-dev.txt`,
    test: '.venv/bin/python -m pytest -q',
  },
  {
    name: 'requirements',
    files: { 'requirements.txt': 'flask==3\n', 'requirements-dev.txt': '# none\npytest\n', 'tests/test_a.py': '' },
    setup: `${VENV} -r requirements.txt -r requirements-dev.txt`,
    test: '.venv/bin/python -m pytest -q',
  },
  {
    name: 'requirements that ask for nothing',
    files: { 'requirements.txt': '# none\n\n', 'tests/test_a.py': '' },
    test: 'python3 -m pytest -q',
  },
  {
    name: 'uv',
    files: list('uv.lock', 'pyproject.toml', 'tests/test_a.py'),
    setup: 'uv sync --frozen',
    test: 'uv run --frozen python -m pytest -q',
  },
  {
    name: 'pdm, whose project stands in src and is installed itself',
    files: list('pdm.lock', 'pyproject.toml', 'src/shop/a.py', 'tests/test_a.py'),
    setup: 'pdm sync --dev',
    test: 'pdm run python -m pytest -q',
  },
  {
    name: 'poetry',
    files: list('poetry.lock', 'tests/test_a.py'),
    setup: 'POETRY_VIRTUALENVS_IN_PROJECT=true poetry install --no-interaction',
    test: 'POETRY_VIRTUALENVS_IN_PROJECT=true poetry run python -m pytest -q',
  },
  { name: 'Go', files: list('go.mod', 'main.go'), test: 'go test ./...' },
  { name: 'Cargo', files: list('Cargo.toml'), test: 'cargo test --quiet --no-fail-fast' },
  { name: 'Maven', files: list('pom.xml'), test: 'mvn --quiet --batch-mode test' },
  { name: 'Maven with its wrapper', files: list('pom.xml', 'mvnw'), test: 'sh ./mvnw --quiet --batch-mode test' },
  { name: 'Gradle with its wrapper, before Maven', files: list('gradlew', 'pom.xml'), test: 'sh ./gradlew --no-daemon --quiet test' },
  { name: 'Gradle', files: list('build.gradle.kts'), test: 'gradle --no-daemon --quiet test' },
  { name: 'RSpec', files: list('Gemfile', 'Gemfile.lock', 'spec/a_spec.rb'), setup: GEMS, test: 'bundle exec rspec' },
  { name: 'RSpec without Bundler', files: list('spec/a_spec.rb'), test: 'rspec' },
  {
    name: 'Rake, a task that stands for several',
    files: { Rakefile: 'Rake::TestTask.new("test:regular") do |t|\nend\ntask test: %w[spec test:regular]\n', 'test/spec_etag.rb': '' },
    test: 'rake test',
  },
  { name: 'Rake, by another name', files: { Rakefile: 'Rake::TestTask.new(:unit)\n', 'test/a_test.rb': '' }, test: 'rake unit' },
  { name: 'Rake', files: { Rakefile: 'Rake::TestTask.new\n', 'test/a_test.rb': '' }, test: 'rake test' },
  {
    name: 'Minitest alone',
    files: list('test/test_a.rb'),
    test: `ruby -Ilib -Itest -e 'Dir["./test/**/{test_*,*_test,spec_*,*_spec}.rb"].sort.each { |file| require file }'`,
  },
  { name: 'Rails', files: list('Gemfile', 'bin/rails', 'test/models/a_test.rb'), setup: GEMS, test: 'ruby bin/rails test' },
  { name: 'PHPUnit', files: list('phpunit.xml.dist'), test: 'vendor/bin/phpunit' },
  {
    name: 'PHPUnit by Composer',
    files: { 'composer.json': '{"require-dev":{"phpunit/phpunit":"^11"}}', 'composer.lock': '', 'tests/ATest.php': '' },
    setup: 'composer install --no-interaction --no-progress --quiet',
    test: 'vendor/bin/phpunit tests',
  },
  { name: "Composer's own script", files: { 'composer.json': '{"scripts":{"test":"phpunit"}}' }, test: 'composer test' },
  {
    name: '.NET',
    files: list('Shop.sln', 'Shop/Shop.csproj'),
    test: 'MSBUILDDISABLENODEREUSE=1 dotnet test --nologo -p:UseSharedCompilation=false',
  },
  { name: 'Mix', files: list('mix.exs'), test: 'mix test' },
  { name: 'a Makefile is not plain', files: list('Makefile', 'main.c'), test: '' },
  { name: 'nothing', files: {}, test: '' },

  {
    name: 'a service of a monorepo',
    files: { 'api/package.json': NPM, 'web/package.json': JEST },
    near: 'api/src/a.js',
    test: "cd 'api' && npm test",
  },
  {
    name: 'a workspace whose lock is at the top',
    files: { 'package.json': '{"workspaces":["packages/*"]}', 'package-lock.json': '', 'packages/a/package.json': JEST },
    near: 'packages/a/src/b.ts',
    setup: 'npm ci --no-audit --no-fund || npm ci --no-audit --no-fund --legacy-peer-deps',
    test: "cd 'packages/a' && npm test",
  },
  {
    name: 'the file at fault is Python beside a package.json',
    files: { 'package.json': NPM, 'tests/test_a.py': '' },
    near: 'app/a.py',
    test: 'python3 -m pytest -q',
  },
  {
    name: 'its language is further up than another',
    files: { 'web/package.json': NPM, 'go.mod': '' },
    near: 'web/embed.go',
    test: 'go test ./...',
  },
  { name: 'no command of its language: what there is', files: { 'package.json': NPM }, near: 'tools/a.py', test: 'npm test' },
  {
    name: 'a module of a Maven build',
    files: list('pom.xml', 'orders/pom.xml'),
    near: 'orders/src/main/java/A.java',
    test: 'mvn --quiet --batch-mode test',
  },
  {
    name: 'a module of a Gradle build',
    files: list('settings.gradle', 'orders/build.gradle'),
    near: 'orders/src/main/kotlin/A.kt',
    test: 'gradle --no-daemon --quiet test',
  },
  {
    name: 'a Python service with requirements of its own',
    files: { 'svc/requirements.txt': 'a\n', 'svc/tests/test_a.py': '' },
    near: 'svc/app/a.py',
    setup: `cd 'svc' && ${VENV} -r requirements.txt`,
    test: "cd 'svc' && .venv/bin/python -m pytest -q",
  },
  {
    name: 'a directory that a shell would read',
    files: { "it's $(x)/go.mod": '' },
    near: "it's $(x)/a.go",
    test: "cd 'it'\\''s $(x)' && go test ./...",
  },

  { name: 'the configuration wins', files: { 'package.json': NPM }, configured: { test: ['make check'] }, test: 'make check' },
  {
    name: 'the configuration is run where it says, whatever is near',
    files: { 'api/package.json': NPM },
    near: 'api/a.js',
    configured: { test: ['make check'] },
    test: 'make check',
  },
  { name: 'an empty list switches it off', files: { 'package.json': NPM }, configured: { test: [] }, test: '' },
  {
    name: 'configured tests with a setup that is found',
    files: { 'package.json': JEST, 'package-lock.json': '' },
    configured: { test: ['npx jest'] },
    setup: 'npm ci --no-audit --no-fund || npm ci --no-audit --no-fund --legacy-peer-deps',
    test: 'npx jest',
  },
];

test.each(ROWS)('$name', ({ files, near, configured = {}, setup = '', test: expected }) => {
  const paths = Object.keys(files);
  const texts = new Map(manifestsToRead(paths, near).map((path) => [path, files[path] ?? '']));
  const plan = planChecks(configured, { paths, texts }, near);
  expect({ setup: plan.setup.join('; '), test: plan.test.join('; ') }).toEqual({ setup, test: expected });
});

test.each<[string, readonly string[], readonly string[]]>([
  ['one command', ['npm test'], ['npm']],
  ['in a directory, with a variable', ["cd 'my app' && CI=1 pnpm test"], ['pnpm']],
  ['what a setup brings is not asked for', ['python3 -m venv .venv && .venv/bin/python -m pip install -r requirements.txt'], ['python3']],
  ['a wrapper of the repository', ['sh ./gradlew test'], ['sh']],
  ['alternatives, and what stands in quotes', ["bundle check || { bundle install; }; ruby -e 'a && b'"], ['bundle', 'ruby']],
  ['each once', ['cmake -S . && cmake --build b && ctest'], ['cmake', 'ctest']],
])('programs that have to be there: %s', (_name, commands, expected) => {
  expect(programsNeeded(commands)).toEqual(expected);
});

test.each([
  [['compose.yaml', 'go.mod'], /^compose\.yaml: its services/],
  [['docker-compose.test.yml'], /^docker-compose\.test\.yml: /],
  [['.devcontainer/devcontainer.json'], /not in that container$/],
])('what the tests may need beside: %s', (paths, expected) => {
  expect(planChecks({}, { paths, texts: new Map() }).hints).toEqual([expect.stringMatching(expected)]);
});

test('a wrapper of Maven: the Maven of the machine where it ends before any test', () => {
  const plan = planChecks({}, { paths: ['mvnw', 'pom.xml'], texts: new Map() });
  expect(plan).toMatchObject({ test: ['sh ./mvnw --quiet --batch-mode test'], otherwise: 'mvn --quiet --batch-mode test' });
});

test('a wrapper of Gradle beside a pom: Maven where it ends before any test', () => {
  const plan = planChecks({}, { paths: ['gradlew', 'pom.xml', 'a/src/main/java/A.java'], texts: new Map() }, 'a/src/main/java/A.java');
  expect(plan).toMatchObject({ test: ['sh ./gradlew --no-daemon --quiet test'], otherwise: 'mvn --quiet --batch-mode test' });
  expect(behind('sh ./gradlew --no-daemon --quiet test', plan)).toBe('mvn --quiet --batch-mode test');
});
