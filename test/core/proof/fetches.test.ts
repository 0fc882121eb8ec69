// What is fetched before tests without the network, by what stands where they run.
import { fetches } from '../../../src/core/proof/machine/fetches.ts';

test.each<[string, readonly string[], readonly string[], readonly string[]]>([
  ['Go', ['go test ./...'], ['go.mod', 'a.go'], ['go mod download', 'go test -exec true ./... (fills)']],
  [
    'Go in a directory',
    ['cd svc && go test ./...'],
    ['svc/go.mod'],
    ['cd svc && go mod download', 'cd svc && go test -exec true ./... (fills)'],
  ],
  ['Go behind make', ['make test'], ['go.mod', 'Makefile'], ['go mod download', 'go test -exec true ./... (fills)']],
  ['Rust', ['cargo test'], ['Cargo.toml'], ['cargo fetch']],
  [
    ...(['Maven', ['./mvnw -q test'], ['pom.xml']] as const),
    ["./mvnw -q test '-Dtest=*#noSuchTestAtAll' -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false"],
  ],
  ['Gradle', ['cd app && ./gradlew test'], ['app/build.gradle'], ['cd app && ./gradlew test --tests NoSuchTestAtAll']],
  ['a manifest of another directory', ['npm test'], ['tools/go.mod', 'package.json'], []],
  ['nothing that fetches', ['pytest'], ['setup.py'], []],
  ['a word that only looks like it', ['node mvn-test.js'], [], []],
])('%s', (_name, test, paths, expected) => {
  const found = fetches({ setup: [], check: [], test }, paths);
  expect(found.map(({ command, fillsBuilds }) => command + (fillsBuilds ? ' (fills)' : ''))).toEqual(expected);
});

test('what the setup does already is not done again', () => {
  expect(fetches({ setup: ['go mod download', 'go test -exec true ./...'], check: [], test: ['go test ./...'] }, ['go.mod'])).toEqual([]);
});
