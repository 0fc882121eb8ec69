// How runners are asked for the names of their tests: which commands are touched, and which are left as they are.
import { asked, askedBy } from '../../../src/core/proof/asked.ts';
import { fromGo, fromJson } from '../../../src/core/proof/json-reports.ts';

const JEST = '--json --outputFile=/r/report.json';
const VITEST = '--reporter=default --reporter=json --outputFile.json=/r/report.json';

const ASKED: readonly (readonly [command: string, asked: string])[] = [
  ['go test ./...', 'go test -json ./...'],
  ["cd 'svc' && go test ./...", "cd 'svc' && go test -json ./..."],
  ['go vet ./... && go test ./...', 'go vet ./... && go test -json ./...'],
  ['python3 -m unittest discover -s tests -t .', 'python3 -m unittest discover -v -s tests -t .'],
  ['python3 -m unittest -q', 'python3 -m unittest -q'],
  ['python3 -m nose2', 'python3 -m nose2 -v'],
  ['nose2 -s tests', 'nose2 -v -s tests'],
  ['.venv/bin/python -m unittest', '.venv/bin/python -m unittest -v'],
  ['cargo test --quiet --no-fail-fast', 'cargo test --no-fail-fast'],
  ['vendor/bin/phpunit', 'vendor/bin/phpunit --log-junit /r/report.xml'],
  ['php bin/phpunit', 'php bin/phpunit --log-junit /r/report.xml'],
  ['vendor/bin/pest', 'vendor/bin/pest --log-junit /r/report.xml'],
  ['php artisan test', 'php artisan test --log-junit /r/report.xml'],
  ['ctest --test-dir build', 'ctest --test-dir build --output-junit /r/report.xml'],
  [
    'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure',
    'cmake -S . -B build && cmake --build build && ctest --test-dir build --output-on-failure --output-junit /r/report.xml',
  ],
  ['ctest -N', 'ctest -N'],
  ['prove -lr t', 'prove -v -lr t'],
  ['prove -lrv t', 'prove -lrv t'],
  ['prove -Q t', 'prove -Q t'],
  ['cd src && dotnet test', 'cd src && dotnet test --logger trx --results-directory /r'],
  ['dotnet test --no-build -c Release', 'dotnet test --no-build -c Release --logger trx --results-directory /r'],
  ['dotnet test -- NUnit.Where=a', 'dotnet test -- NUnit.Where=a'],
  ['dotnet test --logger console', 'dotnet test --logger console'],
  ['npx --no-install jest --ci', `npx --no-install jest --ci ${JEST}`],
  ['pnpm exec vitest run packages/x', `pnpm exec vitest run packages/x ${VITEST}`],
  ['npx vitest run --reporter=dot', 'npx vitest run --reporter=dot --reporter=json --outputFile.json=/r/report.json'],
  ["go test -run '^(TestA|TestB)$' ./a", "go test -json -run '^(TestA|TestB)$' ./a"],
  ['export PATH="$PWD/node_modules/.bin:$PATH" && jest --ci', `export PATH="$PWD/node_modules/.bin:$PATH" && jest --ci ${JEST}`],
  ['npx vitest bench', 'npx vitest bench'],
  ['npx jest --json', 'npx jest --json'],
  ['npm test', 'npm test'],
  ['go test ./... | tee log', 'go test ./... | tee log'],
  ['go test ./... || true', 'go test ./... || true'],
  ['sh -c "go vet && go test ./..."', 'sh -c "go vet && go test ./..."'],
  ['(go vet && go test)', '(go vet && go test)'],
];

test.each(ASKED)('%s is run as %s', (command, expected) => {
  expect(asked(command, '/r')).toBe(expected);
});

/** Unseen: written before they were run, and not looked at while the rules were made. */
const SCRIPTS: readonly (readonly [script: string, command: string, more: string])[] = [
  ['jest', 'npm test', ` -- ${JEST}`],
  ['jest', 'pnpm test', ` ${JEST}`],
  ['jest', 'yarn test', ` ${JEST}`],
  ['jest', 'bun run test', ` ${JEST}`],
  ['jest', "cd 'api' && npm run test:unit", ` -- ${JEST}`],
  ['jest', 'CI=1 npm test', ` -- ${JEST}`],
  ['tsc && jest --ci --coverage', 'npm test', ` -- ${JEST}`],
  ['npm run lint && cross-env NODE_ENV=test jest', 'npm test', ` -- ${JEST}`],
  ['node --experimental-vm-modules node_modules/jest/bin/jest.js', 'npm test', ` -- ${JEST}`],
  ['react-scripts test', 'npm test', ` -- ${JEST}`],
  ['vitest', 'npm test', ` -- ${VITEST}`],
  ['vitest run', 'pnpm run test', ` ${VITEST}`],
  ['c8 vitest run --coverage', 'npm test', ` -- ${VITEST}`],
  ['vitest run --reporter=verbose', 'npm test', ' -- --reporter=json --outputFile.json=/r/report.json'],
  ['jest; echo done', 'npm test', ''],
  ['jest && eslint .', 'npm test', ''],
  ['jest | tap-nyan', 'npm test', ''],
  ["jest --testPathPattern 'a b'", 'npm test', ''],
  ['jest --json --outputFile=out.json', 'npm test', ''],
  ['mocha', 'npm test', ''],
  ['npm run test:unit', 'npm test', ''],
  ['node jest-like.js', 'npm test', ''],
  ['jest # all', 'npm test', ''],
  ['jest', 'npm test -- --ci', ''],
  ['jest', 'bun test', ''],
  ['jest', 'npm test; true', ''],
];

test.each(SCRIPTS)('a script `%s`: %s%s', (script, command, more) => {
  const names: string[] = [];
  expect(
    asked(command, '/r', (dir, name) => {
      names.push(`${dir}:${name}`);
      return script;
    }),
  ).toBe(command + more);
  if (command.includes('api')) expect(names).toEqual(['api:test:unit']);
});

test('the environment keeps what was in it', () => {
  const own = { PYTEST_ADDOPTS: '-x', SPEC_OPTS: '--seed 1', TESTOPTS: '-q', A: '1' };
  expect(askedBy(own, '/r')).toEqual({
    PYTEST_ADDOPTS: '-x --junitxml=/r/report.xml',
    SPEC_OPTS: '--seed 1 --format progress --format json --out /r/report.json',
    TESTOPTS: '-q',
    A: '1',
  });
  expect(askedBy({ SPEC_OPTS: '-f d' }, '/r').SPEC_OPTS).toBe('-f d --format json --out /r/report.json');
});

const JSONS: readonly (readonly [name: string, report: string, expected: readonly (readonly [string, string])[]])[] = [
  [
    'RSpec 3.12',
    '{"version":"3.12.0","examples":[{"id":"./spec/a_spec.rb[1:1]","description":"adds up","full_description":"cart adds up","status":"passed","file_path":"./spec/a_spec.rb","line_number":2},{"full_description":"cart is red","status":"failed","file_path":"./spec/a_spec.rb"},{"full_description":"cart later","status":"pending","file_path":"./spec/a_spec.rb"}],"summary_line":"3 examples, 1 failure, 1 pending"}',
    [
      ['spec/a_spec.rb > cart > adds up', 'passed'],
      ['spec/a_spec.rb > cart is red', 'failed'],
      ['spec/a_spec.rb > cart later', 'skipped'],
    ],
  ],
  [
    'Jest 30, with a file that could not be loaded',
    '{"numTotalTests":4,"testResults":[{"name":"/w/a.test.js","status":"failed","assertionResults":[{"ancestorTitles":["cart"],"fullName":"cart adds up","status":"passed","title":"adds up"},{"fullName":"cart none","status":"failed"},{"fullName":"cart off","status":"pending"},{"fullName":"cart todo","status":"todo"}]},{"name":"/w/b.test.js","status":"failed","message":"Cannot find module","assertionResults":[]}]}',
    [
      ['a.test.js > cart > adds up', 'passed'],
      ['a.test.js > cart none', 'failed'],
      ['a.test.js > cart off', 'skipped'],
      ['a.test.js > cart todo', 'skipped'],
    ],
  ],
  [
    'Vitest, a path of Windows',
    JSON.stringify({
      testResults: [
        {
          name: 'C:\\w\\pkg\\a.test.ts',
          assertionResults: [
            { fullName: 'a', status: 'passed' },
            { fullName: 'b', status: 'disabled' },
          ],
        },
      ],
    }),
    [
      ['C:/w/pkg/a.test.ts > a', 'passed'],
      ['C:/w/pkg/a.test.ts > b', 'skipped'],
    ],
  ],
  ['cut off', '{"examples":[', []],
  ['another shape', '{"examples":{"a":1},"testResults":"none"}', []],
  ['nothing', '', []],
];

test.each(JSONS)('%s', (_name, report, expected) => {
  expect(fromJson(report, '/w')).toEqual(expected);
});

test('what Go prints as JSON is text again, and names', () => {
  const lines = [
    { Action: 'run', Package: 'p', Test: 'TestA' },
    { Action: 'output', Package: 'p', Test: 'TestA', Output: '=== RUN   TestA\n' },
    { Action: 'output', Package: 'p', Test: 'TestA', Output: '--- FAIL: TestA (0.00s)\n' },
    { Action: 'fail', Package: 'p', Test: 'TestA' },
    { Action: 'output', Package: 'p', Output: 'FAIL\tp\t0.1s\n' },
    { Action: 'fail', Package: 'p' },
  ];
  expect(fromGo(`# plain\n${lines.map((line) => JSON.stringify(line)).join('\n')}`)).toEqual({
    text: '# plain\n--- FAIL: TestA (0.00s)\nFAIL\tp\t0.1s\n',
    named: [['p > TestA', 'failed']],
  });
});
