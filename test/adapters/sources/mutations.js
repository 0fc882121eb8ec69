// Takes out the mechanism of each guarantee (doc/guarantees.md), one at a time, in a copy of the tree, and runs the test that must notice.
// Run by hand: `node test/adapters/sources/mutations.js [G4 …]`. Prints the table; ends with 1 if some test did not fail.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SOURCES = 'src/adapters/sources';
const TESTS = 'test/adapters/sources';

/** Guarantee, what is taken out, file, text, what stands there instead, test file, name of the test. */
const MUTATIONS = [
  [
    'G1',
    'the renamed file stays open',
    `${SOURCES}/file/line-up.ts`,
    'for (const one of followed) one.retiredAt ??= now();',
    'followed = [];',
    `${TESTS}/file/following.test.ts`,
    'once and in order rename and create under load',
  ],
  [
    'G1',
    'generations between two looks',
    `${SOURCES}/file/new-file.ts`,
    'if (!isKnown && (await isNew(file, lives, how)))',
    'if (isKnown && (await isNew(file, lives, how)))',
    `${TESTS}/file/following.test.ts`,
    'once and in order several rotations between two looks$',
  ],
  [
    'G2',
    'waiting for a late writer',
    `${SOURCES}/file/line-up.ts`,
    'if (now() - Math.max(retiredAt, grewAt) < waitMs) return false;',
    '',
    `${TESTS}/file/following.test.ts`,
    'once and in order rename, both files',
  ],
  [
    'G3',
    'the path is compared by inode',
    `${SOURCES}/file/followed-path.ts`,
    'if (current && current.facts.key === facts.key) return undefined;',
    'if (current) return undefined;',
    `${TESTS}/file/following.test.ts`,
    'once and in order a link to another file',
  ],
  [
    'G3',
    'a missing path is waited for',
    `${SOURCES}/file/followed-path.ts`,
    'if (!facts) return missing();',
    "if (!facts) throw new Error('gone');",
    `${TESTS}/file/reading.test.ts`,
    'missing at the start',
  ],
  [
    'G4',
    'the hash of the head',
    `${SOURCES}/file/generation.ts`,
    "if (offset > SAMPLE && !(await headOf(isBlocking, file.handle, head.length)).equals(head)) return 'truncated';",
    '',
    `${TESTS}/file/rewriting.test.ts`,
    'the head, and nothing before',
  ],
  [
    'G4',
    'the bytes before the offset',
    `${SOURCES}/file/generation.ts`,
    "if (bytesRead < known || !buffer.subarray(0, known).equals(newest)) return 'truncated';",
    '',
    `${TESTS}/file/rewriting.test.ts`,
    'what stands before the place',
  ],
  [
    'G4',
    'the opening, until a byte is read',
    `${SOURCES}/file/generation.ts`,
    'if (opening && offset === 0 &&',
    'if (opening && offset < 0 &&',
    `${TESTS}/file/held-back.test.ts`,
    '',
  ],
  [
    'G5',
    'the copy of copytruncate',
    `${SOURCES}/file/loss.ts`,
    'return facts.size >= trail.offset;',
    'return false;',
    `${TESTS}/file/following.test.ts`,
    'once and in order copytruncate, the copy has more',
  ],
  [
    'G5',
    'the gap is told',
    `${SOURCES}/file/followed-path.ts`,
    'if (gap && hadData) sink.gap(gap);',
    '',
    `${TESTS}/file/rewriting.test.ts`,
    '',
  ],
  [
    'G5',
    'compressed generations',
    `${SOURCES}/file/resume.ts`,
    'found ??= await openFirst(rotated, isIt, (head) => begins(head, identity));',
    '',
    `${TESTS}/file/packed.test.ts`,
    'compressed at once',
  ],
  [
    'G6',
    'chunks end behind a newline',
    `${SOURCES}/bytes/cut.ts`,
    'let end = endOfLastLine(bytes, start, encoding);',
    'let end = bytes.length;',
    `${TESTS}/bytes/cutting.test.ts`,
    'give the same lines',
  ],
  [
    'G6',
    'NUL holes are text',
    `${SOURCES}/bytes/encoding.ts`,
    "(isTextWithHoles(block) ? BYTES : 'binary')",
    "'binary'",
    `${TESTS}/bytes/cutting.test.ts`,
    'a hole left by a writer',
  ],
  [
    'G7',
    'a quiet half line is delivered',
    `${SOURCES}/file/followed-path.ts`,
    'if (half) await sink.chunk(half);',
    '',
    `${TESTS}/file/half-line.test.ts`,
    'when it has been quiet',
  ],
  [
    'G7',
    'not before it is quiet',
    `${SOURCES}/file/followed-path.ts`,
    'one.idleAt - one.grewAt >= reading.halfLineMs',
    'true',
    `${TESTS}/file/half-line.test.ts`,
    'when it has been quiet',
  ],
  [
    'G7',
    'a file with half a line is not quiet',
    `${SOURCES}/file/line-up.ts`,
    'Math.max(idleDue(one), halfDue(one))',
    'idleDue(one)',
    `${TESTS}/file/half-line.test.ts`,
    'half a line in a file its file does not count as quiet',
  ],
  [
    'G7',
    'a quiet half line is counted',
    'src/core/read/detector.ts',
    'if (half) giveOut(half);',
    'if (half) return [];',
    'test/core/read/half-line.test.ts',
    'an error$',
  ],
  [
    'G7',
    'its end is not counted again',
    'src/core/read/detector.ts',
    'if (ahead.has(assembled.first.offset)) return;',
    '',
    'test/core/read/half-line.test.ts',
    'more text is added',
  ],
  [
    'G7',
    'the offset stays before it',
    'src/core/read/detector.ts',
    'if (half) giveOut(half);',
    'if (half) { giveOut(half); scanner.end(); assembler.flush(); }',
    'test/pipeline/watch/half-line.test.ts',
    'before the half line',
  ],
  [
    'G7',
    'the end of a file ends its line',
    `${SOURCES}/file/generations.ts`,
    'if (rest) await sink.chunk(rest);',
    '',
    `${TESTS}/file/following.test.ts`,
    'once and in order half a line, then truncated',
  ],
  [
    'G8',
    'what is counted is not counted again',
    'src/pipeline/watch/recorder.ts',
    'offset >= reached && !before.has(offset)',
    'offset >= 0',
    'test/pipeline/watch.test.ts',
    'read again from its start',
  ],
  [
    'G8',
    'the offset stays before an open event',
    'src/core/read/detector.ts',
    'return oldest ? { offset: oldest.offset, lines: oldest.line - 1 } : scanner.position();',
    'return scanner.position();',
    'test/core/read/detector.test.ts',
    'where to read on',
  ],
  [
    'G8',
    'rotated while we were down',
    `${SOURCES}/file/resume.ts`,
    '...(await findSelf(path)), ...(await family(path))',
    '...(await findSelf(path))',
    `${TESTS}/file/reading.test.ts`,
    'after a restart rotated$',
  ],
  [
    'G8',
    'rewritten and renamed before it was seen',
    `${SOURCES}/file/resume.ts`,
    'sinceMs, reused, except: found',
    'sinceMs, except: found',
    `${TESTS}/file/reading.test.ts`,
    'truncated, written again and renamed',
  ],
  [
    'G8',
    'the name of a generation survives',
    `${SOURCES}/file/resume.ts`,
    '{ generation, trusted: true }',
    '{ trusted: true }',
    `${TESTS}/file/from-start.test.ts`,
    'the file has grown',
  ],
  [
    'G8',
    'what is equal is not yet the same',
    `${SOURCES}/file/resume.ts`,
    'if (!(await isAnother(file, one, lives))) return one;',
    'return one;',
    `${TESTS}/file/from-start.test.ts`,
    'alike, from resume rotated',
  ],
  [
    'G1',
    'a renamed file has no copies',
    `${SOURCES}/file/new-file.ts`,
    'isSameFile(facts, trail.facts) || !(await wasRenamed(trail))',
    'true',
    `${TESTS}/file/from-start.test.ts`,
    'while it is followed',
  ],
  [
    'G9',
    'a file that cannot be begun is closed',
    `${SOURCES}/file/generations.ts`,
    'if (!life) await file.handle.close();',
    '',
    `${TESTS}/file/unattended.test.ts`,
    'cannot be begun',
  ],
  [
    'G9',
    'refusals of the file system delay',
    `${SOURCES}/file/problems.ts`,
    'return unreadable(source, error);',
    'throw error;',
    `${TESTS}/file/troubles.test.ts`,
    'may not be read at first',
  ],
  [
    'G9',
    'fewer descriptors than generations',
    `${SOURCES}/file/new-file.ts`,
    'if (found.size > 0 && [',
    'if (found.size < 0 && [',
    `${TESTS}/file/troubles.test.ts`,
    'names come and go',
  ],
  [
    'G9',
    'the safety poll',
    `${SOURCES}/file/follow.ts`,
    'if (isPolled(track) ? isDue :',
    'if (isPolled(track) ? false :',
    `${TESTS}/file/following.test.ts`,
    'without a notifier, as on a network mount rename and create under load',
  ],
  [
    'G9',
    'the slow look at what is told of',
    `${SOURCES}/file/follow.ts`,
    'isSafety && hasChanged(track)',
    'false',
    `${TESTS}/file/following.test.ts`,
    'once and in order the directory is a link',
  ],
  [
    'G10',
    'the bound on a held line',
    `${SOURCES}/bytes/cut.ts`,
    'if (end === 0 && heldSize + bytes.length >= maxHeld)',
    'if (end < 0)',
    `${TESTS}/file/reading.test.ts`,
    '20 MB',
  ],
  [
    'G10',
    'back-pressure',
    `${SOURCES}/file/followed-path.ts`,
    'if (step.chunk) await sink.chunk(step.chunk);',
    'if (step.chunk) void sink.chunk(step.chunk);',
    `${TESTS}/file/reading.test.ts`,
    'a slow sink',
  ],
  [
    'G10',
    'two buffers in turn',
    `${SOURCES}/file/generation.ts`,
    '[one, other] = [other, one];',
    '',
    `${TESTS}/file/reading.test.ts`,
    'a slow sink',
  ],
  [
    'G10',
    'the cap of a line',
    'src/core/read/lines.ts',
    'return bytes.length > options.maxLineBytes ?',
    'return bytes.length < 0 ?',
    'test/core/read/lines.test.ts',
    'a long line keeps',
  ],
  [
    'G11',
    'the notifier wakes the loop',
    `${SOURCES}/file/follow.ts`,
    'if (isGlobs || concerned.length > 0) bell.ring();',
    '',
    `${TESTS}/file/reading.test.ts`,
    'within 100 ms',
  ],
  [
    'G12',
    'half a line is carried over chunks',
    'src/core/read/lines.ts',
    'if (room > 0 && bytes.length > 0) half.push(Buffer.from(bytes.subarray(0, room)));',
    '',
    'test/core/read/detector.test.ts',
    'two cuts anywhere',
  ],
  [
    'G12',
    'more patience within a trace',
    'src/core/read/detector.ts',
    'return assembler.expectsMore();',
    'return false;',
    'test/core/read/detector.test.ts',
    'in the middle of a trace',
  ],
];

const root = resolve(import.meta.dirname, '../../..');
const wanted = process.argv.slice(2);
const copy = mkdtempSync(join(tmpdir(), 'ai-ops-mutations-'));

function prepare() {
  for (const name of ['src', 'test', 'doc', 'package.json', 'tsconfig.json', 'schema.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  // None of these tests starts the built program.
  writeFileSync(join(copy, 'no-setup.mjs'), 'export default () => undefined;\n');
}

/** @returns the names of the tests that failed, `undefined` where none ran */
function run(file, name) {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const argv = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    file,
    '--globalSetup=./no-setup.mjs',
  ];
  const ran = spawnSync(process.execPath, [...argv, '--runInBand', '--json', `--outputFile=${report}`, ...(name ? ['-t', name] : [])], {
    cwd: copy,
    timeout: 120_000,
  });
  if (ran.error) return [String(ran.error)];
  if (!existsSync(report)) throw new Error(`jest did not run: ${ran.stderr}`);
  const tests = JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap((result) => result.assertionResults);
  const done = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  return done.length === 0 ? undefined : done.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
}

function mutate([guarantee, what, file, text, instead, test, name]) {
  const path = join(copy, file);
  const original = readFileSync(path, 'utf8');
  const line = original.slice(0, original.indexOf(text)).split('\n').length;
  if (original.split(text).length !== 2) return { ok: false, row: [guarantee, what, file, `'${text}' is not there once`] };
  if (run(test, name)?.length !== 0) return { ok: false, row: [guarantee, what, `${file}:${line}`, `${test} does not pass untouched`] };
  writeFileSync(
    path,
    original.replace(text, () => instead),
  );
  const failed = run(test, name);
  writeFileSync(path, original);
  const first = failed?.[0];
  if (!failed) return { ok: false, row: [guarantee, what, `${file}:${line}`, `${test} does not run any more`] };
  return { ok: first !== undefined, row: [guarantee, what, `${file}:${line}`, first ? `${test}: ${first}` : `${test} PASSED`] };
}

try {
  prepare();
  process.stdout.write('| | taken out | where | the test that fails |\n|---|---|---|---|\n');
  const chosen = MUTATIONS.filter(([guarantee]) => wanted.length === 0 || wanted.includes(guarantee));
  for (const mutation of chosen) {
    const { ok, row } = mutate(mutation);
    process.stdout.write(`| ${row.join(' | ')} |\n`);
    if (!ok) process.exitCode = 1;
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
}
