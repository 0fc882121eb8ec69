// A process that follows one log and writes what it sees to its standard output, one JSON object a line: run by troubles.test.ts.
// By its standard input it is told to use up all descriptors (`hold`) and to give them back (`free`).
import { closeSync, openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createFileSource } from '../../../../src/adapters/sources/file/source.ts';

const [log = '', uid = ''] = process.argv.slice(2);
const say = (what: object): void => void process.stdout.write(`${JSON.stringify(what)}\n`);
const held: number[] = [];
const abort = new AbortController();

function hold(): void {
  try {
    for (;;) held.push(openSync('/dev/null', 'r'));
  } catch (error) {
    say({ held: held.length, code: (error as NodeJS.ErrnoException).code });
  }
}

function free(): void {
  for (const fd of held.splice(0)) closeSync(fd);
  say({ held: 0 });
}

const input = createInterface({ input: process.stdin });
input.on('line', (command) => (command === 'hold' ? hold() : free()));
input.on('close', () => abort.abort());

// Only now: the modules are loaded by whoever may read them, the log by somebody who may not read everything.
if (uid !== '') {
  process.setegid?.(Number(uid));
  process.seteuid?.(Number(uid));
}
await createFileSource([log], { pollMs: 40, rotateWaitMs: 150 }).follow(
  {
    opened: () => undefined,
    chunk: ({ bytes }) => {
      for (const line of bytes.toString().split('\n').slice(0, -1)) say({ line });
    },
    idle: () => false,
    ended: () => undefined,
    gap: ({ reason }) => say({ gap: reason }),
    ready: () => say({ ready: true }),
    trouble: (_source, message) => say({ trouble: message }),
  },
  { from: 'start', once: false, checkpoints: [], signal: abort.signal },
);
