// Repositories that git itself would not have made: trees with names that lead outside, links in the way of directories, trees of
// trees without end, references and settings of nobody. A whole repair in local mode, by an answer or by an agent that makes a mess.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { plantClaude, says } from '../../support/shell-claude.ts';
import { type Area, listing } from './areas.ts';
import { gitIn } from './checkout.ts';
import { below, jsonOf, noisy, pick, type Random } from './noise.ts';
import { jsonLines, problemsOf, runOn } from './program.ts';
import { APP, FIX, LOG } from './wire.ts';

const LIMIT_MS = 8000;

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly oid: string;
}

/** Writes objects into a repository, whatever they are. */
function writer(gitDir: string): (type: string, bytes: Buffer) => string {
  return (type, bytes) => {
    const whole = Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]);
    const oid = createHash('sha1').update(whole).digest('hex');
    const file = join(gitDir, 'objects', oid.slice(0, 2), oid.slice(2));
    mkdirSync(join(file, '..'), { recursive: true });
    if (!existsSync(file)) writeFileSync(file, deflateSync(whole));
    return oid;
  };
}

const treeBytes = (entries: readonly Entry[]): Buffer =>
  Buffer.concat(entries.map(({ mode, name, oid }) => Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(oid, 'hex')])));

const NAMES = [
  ...[
    '..',
    '.',
    '',
    '.git',
    '.GIT',
    '.git ',
    'git~1',
    '.g\u00e2\u0080\u008cit',
    'a/b',
    '../../escape',
    '/escape',
    'a\\b',
    'C:',
    'CON',
    'a\nb',
    '-rf',
  ],
  ...[
    'x'.repeat(255),
    'x'.repeat(5000),
    '\xff\xfe',
    'src',
    'SRC',
    'src/app.js',
    '\u00c3\u00a9',
    'e\u00cc\u0081',
    '.gitattributes',
    '.gitmodules',
    '$(touch x)',
    '`x`',
  ],
];
const TARGETS = ['/etc', '../../..', '.', 'src', 'loop', '/proc/self/environ', '..', 'a\0b', '', '../outside', 'x'.repeat(5000)];
const MODES = ['0', '777777', '100777', '040000', 'abc', '', '120000', '160000', '100640', '40000'];

type Write = (type: string, bytes: Buffer) => string;

/** Each adds what it likes to the entries of the root. */
const WAYS: Readonly<Record<string, (random: Random, write: Write, app: string) => readonly Entry[]>> = {
  'names that lead outside': (random, write) =>
    Array.from({ length: 1 + below(random, 6) }, () => ({
      mode: pick(random, ['100644', '40000', '120000', '100755']),
      name: pick(random, NAMES),
    })).map(({ mode, name }) => ({
      mode,
      name,
      oid:
        mode === '40000'
          ? write('tree', treeBytes([{ mode: '100644', name: pick(random, NAMES), oid: write('blob', Buffer.from('x\n')) }]))
          : write('blob', Buffer.from(pick(random, TARGETS))),
    })),
  'a link in the way of a directory': (random, write) => [
    {
      mode: '120000',
      name: pick(random, ['src', 'SRC', 'test', 'node_modules']),
      oid: write('blob', Buffer.from(pick(random, ['../outside', '/tmp', '..', '.git']))),
    },
  ],
  'a tree of ten to the power of nine files': (random, write) => {
    let entries = [{ mode: '100644', name: 'f', oid: write('blob', Buffer.from('x')) }] as readonly Entry[];
    for (let level = 0; level < 6 + below(random, 4); level += 1) {
      const oid = write('tree', treeBytes(entries));
      entries = Array.from({ length: 10 }, (_, at) => ({ mode: '40000', name: `d${at}`, oid }));
    }
    return [{ mode: '40000', name: 'bomb', oid: write('tree', treeBytes(entries)) }];
  },
  'a deep tree': (random, write) => {
    let oid = write('blob', Buffer.from('x'));
    for (let level = 0; level < pick(random, [50, 500, 5000]); level += 1)
      oid = write('tree', treeBytes([{ mode: level === 0 ? '100644' : '40000', name: 'd', oid }]));
    return [{ mode: '40000', name: 'deep', oid }];
  },
  'a wide tree': (random, write) => {
    const oid = write('blob', Buffer.from('x'));
    return Array.from({ length: pick(random, [2000, 20_000]) }, (_, at) => ({ mode: '100644', name: `w${at}.js`, oid }));
  },
  'objects that are not there': (random) => [
    { mode: pick(random, MODES), name: 'gone.js', oid: pick(random, ['0'.repeat(40), 'a'.repeat(40)]) },
  ],
  'objects of another kind': (random, write, app) => [
    { mode: '40000', name: 'kind', oid: app },
    { mode: '100644', name: 'kind.js', oid: write('tree', Buffer.alloc(0)) },
    { mode: pick(random, MODES), name: 'mode.js', oid: app },
  ],
  'attributes and ignores of nobody': (random, write) =>
    ['.gitattributes', '.gitignore', '.gitmodules'].map((name) => ({
      ...{ mode: '100644', name },
      oid: write(
        'blob',
        noisy(
          random,
          Buffer.from(
            `${'**/'.repeat(below(random, 2000))}x filter=lfs\n[a-\\\n!\n*.js text working-tree-encoding=UTF-16\n${'*a'.repeat(below(random, 500))}b\n[submodule "../x"]\n\tpath = ../x\n`,
          ),
        ),
      ),
    })),
  'manifests of nobody': (random, write) =>
    [
      'package.json',
      'pyproject.toml',
      'go.mod',
      'Makefile',
      'pom.xml',
      'tox.ini',
      'Cargo.toml',
      '.aiopsrc.json',
      'composer.json',
      'Gemfile',
    ].map((name) => ({
      ...{ mode: '100644', name },
      oid: write(
        'blob',
        random() < 0.5
          ? Buffer.from(JSON.stringify(jsonOf(random)) ?? '')
          : noisy(random, Buffer.from('{"scripts":{"test":"true"}}\n[tool.pytest]\nx = 1\n<project>\n')),
      ),
    })),
};

const MESSES = [
  ...[
    'ln -s / src/out',
    'mkdir .git && echo "[core]" > .git/config',
    'mkfifo src/p.js',
    'chmod 000 src',
    'rm -rf src && ln -s ../../../../.. src',
  ],
  ...['head -c 300000000 /dev/zero > src/big.js', 'ln src/app.js src/hard.js', 'touch "$(printf "src/a\\nb.js")"', 'rm -rf ./* .[a-z]*'],
  ...[
    'i=0; while [ $i -lt 3000 ]; do : > src/m$i.js; i=$((i+1)); done',
    'd=src; i=0; while [ $i -lt 300 ]; do d=$d/ddddd; i=$((i+1)); done; mkdir -p $d && touch $d/x.js',
  ],
  ...[
    'cp /bin/ls src/app.js',
    'chmod +x src/app.js',
    'echo x > ../outside-of-it',
    '(sleep 0.1; kill -CONT $$) & kill -STOP $$',
    'echo "* filter=x" > .gitattributes',
  ],
];

export const trees: Area = async ({ random, main, dir }) => {
  const repo = join(dir, 'shop');
  mkdirSync(join(repo, 'src'), { recursive: true });
  mkdirSync(join(dir, 'outside'));
  writeFileSync(join(repo, 'src/app.js'), APP);
  gitIn(repo);
  const way = pick(random, Object.keys(WAYS));
  const write = writer(join(repo, '.git'));
  const app = write('blob', Buffer.from(APP));
  const src = { mode: '40000', name: 'src', oid: write('tree', treeBytes([{ mode: '100644', name: 'app.js', oid: app }])) };
  const root = [...WAYS[way]!(random, write, app), src].sort((a, b) => (a.name < b.name ? -1 : 1));
  const bytes = treeBytes(random() < 0.8 ? root : root.toReversed());
  const tree = write('tree', random() < 0.1 ? noisy(random, bytes) : bytes);
  const commit = `tree ${tree}\nauthor a <a@example.org> 1700000000 +0000\ncommitter a <a@example.org> 1700000000 +0000\n\nnext\n`;
  const tip = write('commit', random() < 0.1 ? noisy(random, Buffer.from(commit)) : Buffer.from(commit));
  writeFileSync(join(repo, '.git/refs/heads/main'), `${tip}\n`);
  if (random() < 0.3) bendGit(random, join(repo, '.git'));
  writeFileSync(join(dir, 'app.log'), LOG);
  const isAgent = random() < 0.4;
  const mess = Array.from({ length: 1 + below(random, 3) }, () => pick(random, MESSES)).join('\n');
  const edit = `sed -i 's/coupon.percent/coupon?.percent ?? 0/' src/app.js`;
  plantClaude(dir, isAgent ? `${random() < 0.7 ? `${edit}\n` : ''}${mess}\n${says('Done.')}` : says(FIX));
  const env = {
    CLAUDE_COMMAND: join(dir, 'claude'),
    CODE_HOST: 'local',
    VERIFY_TEST: 'true',
    CLAUDE_FIX_MODE: isAgent ? 'agentic' : 'code_blocks',
  };
  const { VERIFY_TEST: _, ...planned } = env;
  const isPlan = way === 'manifests of nobody';
  const args = ['fix', join(dir, 'app.log'), '--json', '--state-dir', join(dir, 'state'), ...(isPlan ? ['--dry-run'] : [])];
  const before = listing(repo);
  const ran = await runOn({ main, args, cwd: repo, env: isPlan ? planned : env, killMs: 180_000 });
  const problems = [...problemsOf(ran, LIMIT_MS)];
  if (listing(repo) !== before) problems.push('the checkout has changed');
  if (readdirSync(join(dir, 'outside')).length > 0) problems.push('something was written outside');
  if (readdirSync(dir).some((name) => name.startsWith('escape'))) problems.push('something was written outside');
  for (const result of ran.signal === null ? jsonLines(ran) : []) {
    if (result.outcome !== 'proposed') continue;
    // What an agent deletes is what its reviewer sees deleted.
    const files = result.files as readonly { readonly path: string; readonly status: string }[];
    const paths = files.flatMap(({ path, status }) => (status === 'deleted' ? [] : [path]));
    if (paths.some((path) => !/^src\/[\w./-]+\.js$/.test(path) || path.includes('..'))) problems.push(`proposed ${JSON.stringify(paths)}`);
  }
  return problems.map((problem) => `${way}${isAgent ? `, ${JSON.stringify(mess)}` : ''}: ${problem}`);
};

/** What lies beside the objects: references, settings, and where else objects may be. */
function bendGit(random: Random, git: string): void {
  const acts: readonly (() => void)[] = [
    () =>
      writeFileSync(
        join(git, 'packed-refs'),
        noisy(random, Buffer.from(`# pack-refs with: peeled\n${'a'.repeat(40)} refs/heads/x\n^${'b'.repeat(40)}\n`)),
      ),
    () =>
      writeFileSync(
        join(git, 'HEAD'),
        pick(random, ['ref: HEAD\n', 'ref: refs/heads/../../config\n', 'ref: refs/heads/none\n', '', 'x'.repeat(100_000), 'a'.repeat(40)]),
      ),
    () =>
      appendFileSync(
        join(git, 'config'),
        noisy(
          random,
          Buffer.from('[remote "origin"]\n\turl = http://127.0.0.1:9/x.git\n[include]\n\tpath = config\n[core]\n\tworktree = /\n'),
        ),
      ),
    () => writeFileSync(join(git, 'shallow'), noisy(random, Buffer.from(`${'a'.repeat(40)}\n`))),
    () => {
      mkdirSync(join(git, 'objects/info'), { recursive: true });
      writeFileSync(join(git, 'objects/info/alternates'), pick(random, ['../objects\n', '/etc\n', `${'x'.repeat(10_000)}\n`, '\0\n']));
    },
    () => writeFileSync(join(git, 'index'), noisy(random, Buffer.from('DIRC\0\0\0\u0002\0\0\0\u0001'))),
    () =>
      writeFileSync(
        join(git, 'refs/heads', pick(random, ['a.lock', 'x y', '-b', 'main~1'])),
        pick(random, ['', 'ref: refs/heads/main\n', 'x']),
      ),
  ];
  pick(random, acts)();
}
