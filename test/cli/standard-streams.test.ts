// What a short command says arrives as with Node's own streams, wherever they lead to, and these are not loaded for it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const module = resolve('src/cli/terminal/standard-streams.ts');
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'ai-ops-streams-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** The arguments of a Node that runs `body` with `stdout` at hand, and says on standard error whether it had to open its stream. */
const program = (body: string): readonly string[] => [
  '--input-type=module',
  '-e',
  `import { writeSync } from 'node:fs';
   import { isTerminal, outputTo } from ${JSON.stringify(module)};
   let isOpened = false;
   const stdout = outputTo(1, () => {
     isOpened = true;
     writeSync(2, 'opened');
     return process.stdout.on('error', ({ code }) => { writeSync(2, ' ' + code); process.exit(); });
   });
   process.on('exit', () => isOpened || writeSync(2, 'not opened'));
   ${body}`,
];

const quoted = (words: readonly string[]): string => words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');

/** In a shell, whose pipes are pipes: those of Node are sockets. */
function inShell(line: (node: string) => string, body: string): { readonly stdout: string; readonly stderr: string } {
  const node = quoted([process.execPath, ...program(body)]);
  const { stdout, stderr } = spawnSync('sh', ['-c', line(node)], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return { stdout, stderr };
}

const SHORT = `stdout.write('one\\n'); stdout.write('zwei – 二\\n');`;
const LONG = `for (let n = 0; n < 20000; n++) stdout.write(\`line \${n}\\n\`);`;
const long = Array.from({ length: 20_000 }, (_, n) => `line ${n}\n`).join('');

describe('what is short is written at once', () => {
  test('into a pipe', () => {
    expect(inShell((node) => `${node} | cat`, SHORT)).toEqual({ stdout: 'one\nzwei – 二\n', stderr: 'not opened' });
  });

  test('into a socket', () => {
    const { stdout, stderr } = spawnSync(process.execPath, program(SHORT), { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['one\nzwei – 二\n', 'not opened']);
  });

  test('into a file, behind what stands there', () => {
    const file = join(dir, 'out');
    const said = inShell((node) => `echo zero > ${file}; ${node} >> ${file}`, SHORT);
    expect([readFileSync(file, 'utf8'), said.stderr]).toEqual(['zero\none\nzwei – 二\n', 'not opened']);
  });

  test('to nowhere', () => {
    expect(inShell((node) => `${node} > /dev/null`, SHORT).stderr).toBe('not opened');
  });
});

describe('what is long arrives whole and in order', () => {
  test('through a pipe whose reader begins late', () => {
    const said = inShell((node) => `${node} | (read first; echo "$first"; sleep 0.3; cat)`, LONG);
    expect([said.stdout, said.stderr]).toEqual([long, 'opened']);
  });

  test('into a file', () => {
    const file = join(dir, 'out');
    inShell((node) => `${node} > ${file}`, LONG);
    expect(readFileSync(file, 'utf8')).toBe(long);
  });
});

test('what a pipe that is full does not take waits for its reader', async () => {
  const [pipe, ready, count] = ['pipe', 'ready', 'count'].map((name) => join(dir, name)) as [string, string, string];
  execFileSync('mkfifo', [pipe, ready]);
  // Another program has the same pipe, has filled it, and has set that nobody waits for it: as Node does with its own streams.
  const other = `import { writeFileSync, writeSync } from 'node:fs';
    process.stdout.on('error', () => undefined);
    let filled = 0;
    try { for (;;) filled += writeSync(1, '.'); } catch {}
    writeFileSync(${JSON.stringify(count)}, String(filled));
    writeFileSync(${JSON.stringify(ready)}, 'ready\\n');
    setInterval(() => undefined, 1000);`;
  const [filler, ours] = [['--input-type=module', '-e', other], program(SHORT)].map((args) => quoted([process.execPath, ...args]));
  const shell = spawn('sh', ['-c', `exec 1<>${pipe}; ${filler} & other=$!; read ready < ${ready}; ${ours}; kill $other`]);
  expect(await new Promise<string>((done) => shell.stderr.once('data', (bytes) => done(String(bytes))))).toBe('opened');
  const filled = Number(readFileSync(count, 'utf8'));
  const reader = spawn('head', ['-c', String(filled + Buffer.byteLength('one\nzwei – 二\n')), pipe]);
  let read = '';
  reader.stdout.setEncoding('utf8').on('data', (text: string) => {
    read += text;
  });
  await Promise.all([shell, reader].map((one) => new Promise((done) => one.on('close', done))));
  expect(read.slice(filled)).toBe('one\nzwei – 二\n');
});

test('that nobody reads any more is told as an error of the stream', () => {
  const body = "setInterval(() => stdout.write('more\\n'), 5);";
  expect(inShell((node) => `${node} | true`, body).stderr).toBe('opened EPIPE');
});

test('all else is asked of the stream itself', () => {
  const body = `stdout.write('a'); await new Promise((done) => stdout.write('', done)); stdout.end('b');`;
  expect(inShell((node) => `${node} | cat`, body).stdout).toBe('ab');
});

test('a pipe, a file and nowhere are no terminals', () => {
  const body = `writeSync(1, String([0, 1, 2].map(isTerminal)));`;
  const said = inShell((node) => `${node} < /dev/null 2> ${join(dir, 'err')} | cat`, body);
  expect(said.stdout).toBe('false,false,false');
});

test('a terminal is one', () => {
  const body = `process.stdout.write(String(isTerminal(1)));`;
  const file = join(dir, 'typed');
  const { status } = spawnSync('script', ['-qec', quoted([process.execPath, ...program(body)]), file], {
    encoding: 'utf8',
    stdio: ['ignore', openSync('/dev/null', 'w'), 'ignore'],
  });
  expect([status, readFileSync(file, 'utf8').includes('true')]).toEqual([0, true]);
});

describe('the version, where it cannot be written', () => {
  const told = (to: string) => {
    const node = quoted([process.execPath, resolve('bin/ai-ops.cjs'), '--version']);
    const { stdout, stderr } = spawnSync('sh', ['-c', `{ ${node}; echo "$?" >&2; } ${to}`], { encoding: 'utf8' });
    return [stdout, stderr];
  };
  // Devices that are always full are Linux's.
  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux('a full disk: the exit code says so, no stack', () => expect(told('> /dev/full')).toEqual(['', '7\n']));
  test('nobody reads on: nothing is wrong', () => expect(told('| { exec <&-; sleep 1; }')).toEqual(['', '0\n']));
});
