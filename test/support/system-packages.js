// What the tests need from Debian or Ubuntu, beside npm's packages: real peers, not imitations.
// As root it installs what is missing; otherwise it prints the command and ends.
// Go, Rust and a JDK are not among them: hundreds of megabytes. Tests that need one of these run where it is.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const NEEDED = [
  { package: 'git', reason: 'a real remote, served by git http-backend', present: () => runs('git', ['--version']) && hasHttpBackend() },
  { package: 'tmux', reason: 'a real terminal for the progress display', present: () => runs('tmux', ['-V']) },
  { package: 'sqlite3', reason: 'a second program that reads the ledger', present: () => runs('sqlite3', ['--version']) },
  {
    package: 'logrotate',
    reason: 'real rotation of the logs that are followed',
    present: () => runs('/usr/sbin/logrotate', ['--version']),
  },
  { package: 'openssl', reason: 'certificates of an authority of one’s own', present: () => runs('openssl', ['version']) },
  // For the repositories of test/repairs: about 100 MB to fetch on a Debian 12 that has none of it, most of it the compilers of C.
  { package: 'python3', reason: 'programs in Python', present: () => runs('python3', ['--version']) },
  { package: 'python3-pytest', reason: 'tests in Python', present: () => runs('python3', ['-m', 'pytest', '--version']) },
  { package: 'ruby', reason: 'programs in Ruby', present: () => runs('ruby', ['--version']) },
  { package: 'php-cli', reason: 'programs in PHP', present: () => runs('php', ['--version']) },
  { package: 'phpunit', reason: 'tests in PHP', present: () => runs('phpunit', ['--version']) },
  { package: 'perl', reason: 'programs and tests in Perl', present: () => runs('prove', ['--version']) },
  { package: 'gcc', reason: 'programs in C, with its AddressSanitizer', present: () => runs('gcc', ['--version']) },
  { package: 'g++', reason: 'programs in C++', present: () => runs('g++', ['--version']) },
  { package: 'libc6-dev', reason: 'programs in C and C++', present: () => existsSync('/usr/include/stdio.h') },
  { package: 'make', reason: 'programs in C and C++', present: () => runs('make', ['--version']) },
  { package: 'rake', reason: 'tests in Ruby', present: () => runs('rake', ['--version']) },
  { package: 'ruby-rspec', reason: 'tests in Ruby', present: () => runs('rspec', ['--version']) },
  { package: 'ruby-minitest', reason: 'tests in Ruby', present: () => runs('ruby', ['-rminitest', '-e', '']) },
  {
    package: 'junit4',
    reason: 'tests in Java, where there is a JDK',
    present: () => !runs('javac', ['-version']) || existsSync('/usr/share/java/junit4.jar'),
  },
];

// `npm run record:requests` also needs cmark-gfm and chromium.
const missing = NEEDED.filter(({ present }) => !present());
if (missing.length > 0) {
  const names = missing.map((each) => each.package);
  for (const each of missing) process.stderr.write(`missing: ${each.package} (${each.reason})\n`);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !runs('apt-get', ['--version'])) stop(names);
  process.stderr.write(`installing ${names.join(', ')} with apt-get\n`);
  apt(['update']);
  apt(['install', '-y', '--no-remove', '--no-install-recommends', ...names]);
  if (!missing.every(({ present }) => present())) stop(names);
}

function runs(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function hasHttpBackend() {
  const { stdout } = spawnSync('git', ['--exec-path'], { encoding: 'utf8' });
  return existsSync(join(stdout.trim(), 'git-http-backend'));
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`apt-get ${args[0]} ended with ${status}\n${stdout}${stderr}`);
}

function stop(names) {
  const command = `apt-get update && apt-get install -y --no-remove --no-install-recommends ${names.join(' ')}`;
  process.stderr.write(`ai-ops: error: the tests need ${names.join(', ')}\nai-ops: hint: as root, run: ${command}\n`);
  process.exit(1);
}
