// Runners that are there and cannot start, as they really are: known on the base commit, before Claude is paid. And what only
// looks like it, since the runner starts and it is the project that is red.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createCommands } from '../../../src/adapters/process/commands.ts';
import { createProcesses } from '../../../src/adapters/process/processes.ts';
import { repair } from '../../../src/pipeline/repair.ts';
import { toolchains } from '../../repairs/toolchains.ts';
import { INCIDENT } from '../../support/incidents.ts';
import { BROKEN, block, createShop, FILES, FIXED, SETTINGS } from '../../support/pipeline.ts';

/** Nothing listens there. */
const NOWHERE = 'http://127.0.0.1:9';

interface Row {
  readonly name: string;
  /** A command that ends well where what the row needs is on this machine. */
  readonly needs: string;
  readonly files: Readonly<Record<string, string>>;
  readonly setup?: string;
  readonly test: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a wrapper of Maven does that keeps its tool in the home of the user. */
const MVNW = `#!/bin/sh
set -euf
url="$(sed -n 's/^distributionUrl=//p' "\${0%/*}/.mvn/wrapper/maven-wrapper.properties")"
home="$HOME/.m2/wrapper/dists/maven"
if [ ! -d "$home" ]; then
  curl --silent -f -L -o "$HOME/maven.zip" "$url" || { echo "curl: Failed to fetch $url" >&2; exit 1; }
fi
exec "$home/bin/mvn" "$@"
`;
const GO_TEST = 'package a\n\nimport "testing"\n\nfunc TestA(t *testing.T) {}\n';

const CANNOT: readonly Row[] = [
  {
    name: 'a wrapper that cannot fetch its Maven',
    needs: 'curl --version',
    files: {
      mvnw: MVNW,
      'pom.xml': '<project/>',
      '.mvn/wrapper/maven-wrapper.properties': `distributionUrl=${NOWHERE}/apache-maven-3.9.9-bin.zip\n`,
    },
    test: 'sh ./mvnw --quiet --batch-mode test',
  },
  {
    name: 'a virtual environment whose runner lacks a part',
    needs: 'python3 -m venv --help',
    files: {
      'broken/pytest/__main__.py': 'from iniconfig import IniConfig\n',
      'broken/pytest/__init__.py': '',
      'tests/test_a.py': 'def test_a():\n    assert True\n',
    },
    setup: 'python3 -m venv --without-pip .venv && cp -r broken/pytest .venv/lib/python3*/site-packages/',
    test: '.venv/bin/python -m pytest -q',
  },
  {
    name: 'a tool chain of Go that is named and not there',
    needs: 'go version',
    files: { 'go.mod': 'module a\n\ngo 1.21\n\ntoolchain go1.99.1\n', 'a_test.go': GO_TEST },
    test: 'go test ./...',
    env: { GOTOOLCHAIN: 'auto', GOPROXY: 'off', GOFLAGS: '-mod=mod' },
  },
  {
    name: 'a tool chain of Rust that cannot be fetched',
    needs: 'rustup --version',
    files: {
      'rust-toolchain.toml': '[toolchain]\nchannel = "1.61.0"\n',
      'Cargo.toml': '[package]\nname = "a"\nversion = "0.1.0"\n',
      'src/lib.rs': '',
    },
    test: 'cargo test --quiet',
    env: {
      RUSTUP_DIST_SERVER: NOWHERE,
      PATH: process.env.PATH ?? '',
      RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
    },
  },
  {
    name: 'a package manager that is named and cannot be fetched',
    needs: 'corepack --version',
    files: { 'package.json': '{"name":"a","packageManager":"yarn@3.8.7","scripts":{"test":"node --test"}}' },
    setup: 'mkdir -p bin && corepack enable --install-directory bin yarn',
    test: 'export PATH="$PWD/bin:$PATH" && yarn test',
    env: { COREPACK_NPM_REGISTRY: NOWHERE, COREPACK_ENABLE_NETWORK: '0' },
  },
  {
    name: 'a bundle that is not complete',
    needs: 'bundle --version',
    files: { Gemfile: "source 'http://127.0.0.1:9'\ngem 'rspec-of-nobody'\n", 'spec/a_spec.rb': '' },
    test: 'bundle exec rspec',
  },
];

const CAN: readonly Row[] = [
  {
    name: 'a package of Go that does not compile',
    needs: 'go version',
    files: { 'go.mod': 'module a\n\ngo 1.21\n', 'a.go': 'package a\n\nvar a = b\n', 'a_test.go': GO_TEST },
    test: 'go test ./...',
    env: { GOTOOLCHAIN: 'local' },
  },
  {
    name: 'a script of npm that fails before any test',
    needs: 'npm --version',
    files: { 'package.json': '{"name":"a","scripts":{"test":"node build.js && node --test"}}', 'build.js': 'throw new Error("no");\n' },
    test: 'npm test',
  },
  {
    name: 'modules that cannot be loaded',
    needs: 'python3 --version',
    files: { 'a.py': 'import shop_of_nobody\n' },
    test: 'python3 -m a',
  },
  {
    name: 'a program of its own that fails',
    needs: 'true',
    files: { 'run.sh': 'echo Failed to fetch the orders >&2\nexit 1\n' },
    test: 'sh run.sh',
  },
];

/** Cold caches of the machine have no part in it. */
async function carriedOut({ files: own, setup, test: command, env }: Omit<Row, 'name' | 'needs' | 'test'> & Partial<Pick<Row, 'test'>>) {
  const home = mkdtempSync(join(tmpdir(), 'launchers-'));
  try {
    const { ports, files, fixer } = await createShop(block('src/pricing.js', FIXED));
    files.advance(command === undefined ? own : { ...FILES, ...own });
    const around = { ...process.env, ...toolchains(), ...env, HOME: home, PYTHONDONTWRITEBYTECODE: '1' } as Record<string, string>;
    const commands = createCommands({
      processes: createProcesses(),
      env: around,
      timeoutMs: 120_000,
      maxMemoryBytes: 2 ** 36,
      redact: (text) => text,
    });
    const checks = command === undefined ? {} : { setup: setup === undefined ? [] : [setup], check: [], test: [command] };
    const settings = { ...SETTINGS, checks };
    const outcome = await repair(INCIDENT, { ...ports, commands }, settings, new AbortController().signal);
    const ran = outcome.proof?.commands.map((one) => one.command) ?? [];
    return { code: outcome.code, reason: outcome.reason, isPaid: fixer.requests.length > 0, ran };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

const isThere = ({ needs }: Row): boolean => spawnSync('sh', ['-c', needs], { env: { ...process.env, ...toolchains() } }).status === 0;
test.each(CANNOT.filter(isThere))('$name: told before Claude is paid', async (row) => {
  const { code, reason, isPaid } = await carriedOut(row);
  expect({ code, isPaid }).toEqual({ code: 'verify-runner-missing', isPaid: false });
  expect(reason).toContain(row.test);
});

test.each(CAN.filter(isThere))('$name: Claude is asked', async (row) => {
  const { code, isPaid } = await carriedOut(row);
  expect(code).not.toBe('verify-runner-missing');
  expect(isPaid).toBe(true);
});

/** A machine whose own Maven does this. */
async function withMaven(program: string) {
  const bin = mkdtempSync(join(tmpdir(), 'launchers-bin-'));
  try {
    writeFileSync(join(bin, 'mvn'), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    const files = { 'src/pricing.js': BROKEN, ...(CANNOT[0] as Row).files };
    return await carriedOut({ files, env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` } });
  } finally {
    rmSync(bin, { recursive: true, force: true });
  }
}

test('the Maven of the machine stands for a wrapper that cannot fetch its own', async () => {
  const { isPaid, ran } = await withMaven('exit 0');
  expect({ isPaid, ran }).toEqual({ isPaid: true, ran: ['mvn --quiet --batch-mode test'] });
});

test('where that does not start either, it is told of the wrapper, which is what the project names', async () => {
  const { code, reason, isPaid } = await withMaven('echo no JDK >&2; exit 1');
  expect({ code, isPaid }).toEqual({ code: 'verify-runner-missing', isPaid: false });
  expect(reason).toContain('`sh ./mvnw --version` exit code 1');
});
