// How a runner is asked whether it starts: in its directory, with its variables, and only where it is known to answer.
import { versionOf } from '../../../src/core/proof/machine/launchers.ts';

test.each([
  ['sh ./mvnw --quiet --batch-mode test', 'sh ./mvnw --version'],
  ['mvn --quiet --batch-mode -pl gson -am test -Dtest=A', 'mvn --version'],
  ["cd 'api' && sh ./gradlew --no-daemon --quiet test", "cd 'api' && sh ./gradlew --version"],
  ['.venv/bin/python -m pytest -q', '.venv/bin/python -m pytest --version'],
  ['python3 -m unittest discover -s tests', 'python3 --version'],
  ['uv run --frozen --extra test pytest -q', 'uv run --frozen --extra test pytest --version'],
  ['poetry run pytest', 'poetry run pytest --version'],
  ['pdm run python -m pytest -q', 'pdm run python -m pytest --version'],
  ['bundle exec rspec', 'bundle exec rspec --version'],
  ['vendor/bin/phpunit', 'vendor/bin/phpunit --version'],
  ['npm test', 'npm --version'],
  ['npx vitest run', 'npx vitest --version'],
  [
    'export PATH="$PWD/node_modules/.bin:$PATH" && NODE_ENV=test mocha --recursive',
    'export PATH="$PWD/node_modules/.bin:$PATH" && NODE_ENV=test mocha --version',
  ],
  ['go test ./...', 'go version'],
  ["cd 'crates/edit' && cargo test --quiet --no-fail-fast", "cd 'crates/edit' && cargo --version"],
  ['dotnet test', 'dotnet --version'],
])('%s', (command, question) => expect(versionOf(command)).toBe(question));

test.each(['sh test.sh', './test.sh --all', 'python3manage test', 'scripts/npm-test', 'true', '', 'sh ./run && npm test'])(
  'nobody is known to answer for `%s`',
  (command) => expect(versionOf(command)).toBeUndefined(),
);
