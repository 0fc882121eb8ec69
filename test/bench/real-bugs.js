// Real bugs of public projects, each with the fix its project made as the answer of the model: is the file to change in the
// prompt, is the fix proposed, with which level, and what was run for it.
// `DRY_RUN=1` looks at prompts and plans only, `SANDBOX=off` leaves out what the sandbox has to do with it. `KEEP=1` works in
// DIR/NAME/world and leaves it: what was broken off goes on there. `OWN_TESTS=1` names the test file of the fix as the test
// command (`own`), where one is given, and what it needs as the setup (`ownSetup`): what a team with a slow suite would
// configure, and what a slow machine can carry out.
// Usage: node test/bench/real-bugs.js DIR [NAME…|tuning|first-seen|first-seen-2|first-seen-3], where DIR/NAME/repo is a clone that has the commit of the fix,
// and DIR/NAME/crash.log what the program NAME.* of test/bench/real-bugs logged beside the parent of that commit.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { plantClaude, says } from '../support/shell-claude.ts';

/** What a fix brings beside code and tests, and a model would not be asked for. */
const PROSE = /(^|\/)(changes?|changelog|history|release[-_]notes|news|readme)[^/]*$|^(?:docs?|release-notes)\//i;
const TESTS = /(^|\/)(tests?|spec|__tests__)\/|_test\.go$|\.(test|spec)\.\w+$|Test\.java$/;
const SANDBOX = process.env.SANDBOX ?? 'auto';
/** Seconds of one command. */
const TIMEOUT = Number(process.env.TIMEOUT ?? 600);
/** Above so many lines edits are asked for. */
const WHOLE = 200;

const [dir, ...names] = process.argv.slice(2);
if (dir === undefined) {
  console.error('usage: node test/bench/real-bugs.js DIR [NAME…|tuning|first-seen|first-seen-2|first-seen-3]');
  process.exit(2);
}
const { bugs } = JSON.parse(readFileSync(new URL('real-bugs/bugs.json', import.meta.url), 'utf8'));
const all = bugs.filter(({ name, half }) => names.length === 0 || names.includes(name) || names.includes(half));
const there = all.filter(({ name }) => existsSync(join(dir, name, 'crash.log')));
for (const { name } of all) if (!there.some((bug) => bug.name === name)) console.log(`left out: ${name} is not in ${dir}`);

const rows = [];
for (const bug of there) {
  const row = carryOut(bug, resolve(dir, bug.name));
  rows.push(row);
  console.log(JSON.stringify(row));
}
const count = (holds) => `${rows.filter(holds).length} of ${rows.length}`;
console.log(`file in the prompt: ${count(({ file }) => file)}; changed lines shown: ${count(({ lines }) => lines)}`);
console.log(
  `proposed: ${count(({ outcome }) => outcome === 'proposed')}; level and reproduction as they are: ${count(({ right }) => right)}`,
);

function carryOut({ name, fix, truth, own, ownSetup }, place) {
  const world = process.env.KEEP ? join(place, 'world') : mkdtempSync(join(tmpdir(), `real-bug-${name}-`));
  const [checkout, bin, config] = [join(world, 'checkout'), join(world, 'bin'), join(world, 'set.json')];
  const source = join(place, 'repo');
  const git = (...args) => execFileSync('git', ['-C', checkout, ...args], { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
  const started = Date.now();
  try {
    if (!existsSync(bin)) {
      execFileSync('git', ['clone', '-q', '--no-checkout', source, checkout]);
      git('checkout', '-q', '-B', 'main', `${fix}^`);
      git('remote', 'remove', 'origin');
    }
    const paths = git('diff', '--name-only', '--no-renames', `${fix}^`, fix)
      .trim()
      .split('\n')
      .filter((path) => !PROSE.test(path));
    const change = paths.map((path) => ({ path, before: text(git, `${fix}^`, path), after: text(git, fix, path) }));
    mkdirSync(bin, { recursive: true });
    const command = plantClaude(bin, says(`The fix that the project made.\n\n${change.map((file) => blockOf(file, git, fix)).join('\n')}`));
    writeFileSync(
      config,
      JSON.stringify({
        codeHost: { kind: 'local' },
        claude: { command, maxRetries: 0 },
        // Which commit brought it is not asked here: that takes up to eight runs more.
        verify: {
          sandbox: SANDBOX,
          bisectSeconds: 0,
          timeoutSeconds: TIMEOUT,
          ...(process.env.OWN_TESTS && own ? { test: [own], ...(ownSetup && { setup: [ownSetup] }) } : {}),
        },
      }),
    );
    const plan = aiOps('--dry-run').find(({ kind }) => kind === 'plan') ?? {};
    const asked = Date.now();
    const lines = process.env.DRY_RUN ? [] : aiOps();
    const result = lines.find(({ kind }) => kind === 'result') ?? { outcome: 'none', reason: lines.at(-1)?.stderr };
    const code = change.filter(({ path, before }) => before !== null && !TESTS.test(path));
    const shown = plan.context?.files?.map(({ path }) => path) ?? [];
    const { level = null, reproduced, detail, commands = [] } = result.proof ?? {};
    return {
      ...{ name, title: plan.title ?? null, decision: plan.decision?.reason ?? plan.decision ?? null, shown: shown.map((path) => path) },
      file: code.length > 0 && code.every(({ path }) => shown.includes(path)),
      nearest: code.some(({ path }) => path === shown[0]),
      lines: code.length > 0 && code.every(({ path }) => changed(git, fix, path).every((line) => plan.prompt?.includes(line))),
      ...{
        outcome: result.outcome,
        code: result.code ?? null,
        level,
        reproduced,
        right: level === truth.level && reproduced === truth.reproduced,
      },
      ...{ reason: result.reason, detail, guard: result.guard?.map(({ rule, verdict }) => `${rule} ${verdict}`) },
      runs: commands.map(
        ({ command, variant = 'base', before, after }) => `${variant} ${before?.exitCode ?? '-'}>${after?.exitCode ?? '-'} ${command}`,
      ),
      plan: plan.commands ?? null,
      seconds: Math.round((Date.now() - asked) / 1000),
      wholeSeconds: Math.round((Date.now() - started) / 1000),
    };
  } finally {
    if (!process.env.KEEP) rmSync(world, { recursive: true, force: true });
  }

  function aiOps(...more) {
    const program = resolve(import.meta.dirname, '..', '..', 'bin', 'ai-ops.cjs');
    const argv = [
      program,
      'fix',
      '--from-log',
      join(place, 'crash.log'),
      '--json',
      '--config',
      config,
      '--state-dir',
      join(world, 'state'),
      ...more,
    ];
    const env = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };
    const { stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: checkout,
      env,
      encoding: 'utf8',
      maxBuffer: 1e9,
      timeout: 3_600_000,
    });
    if (process.env.VERBOSE) process.stderr.write(stderr);
    return [...stdout.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : [])), { stderr }];
  }
}

/** `null` where the commit does not have the file. */
function text(git, commit, path) {
  return git('ls-tree', commit, '--', path) === '' ? null : git('show', `${commit}:${path}`);
}

/** Lines of the base that the fix takes away or stands beside. */
function changed(git, fix, path) {
  const body = git('diff', '-U0', `${fix}^`, fix, '--', path).split('\n');
  return body.filter((line) => /^-(?!--)/.test(line) && line.trim().length > 8).map((line) => line.slice(1).trim());
}

/** A file of the fix as a model answers: whole where it is new or short, else as edits with as many lines around as they need. */
function blockOf({ path, before, after }, git, fix) {
  if (before === null) return `<code_block filename="${path}" new="true">\n${after}</code_block>\n`;
  if (before.split('\n').length <= WHOLE) return `<code_block filename="${path}">\n${after}</code_block>\n`;
  for (let around = 3; ; around += 3) {
    const hunks = git('diff', `-U${around}`, `${fix}^`, fix, '--', path)
      .split(/^@@.*@@.*\n/m)
      .slice(1);
    const side = (hunk, sign) =>
      hunk
        .split('\n')
        .slice(0, -1)
        .flatMap((line) => (line[0] === ' ' || line[0] === sign ? [line.slice(1)] : []))
        .join('\n');
    const edits = hunks.map((hunk) => [side(hunk, '-'), side(hunk, '+')]);
    if (around < 60 && edits.some(([old]) => `\n${before}\n`.split(`\n${old}\n`).length !== 2)) continue;
    return `<code_block filename="${path}">\n${edits.map(([old, now]) => `<<<<<<< SEARCH\n${old}\n=======\n${now}\n>>>>>>> REPLACE\n`).join('')}</code_block>\n`;
  }
}
