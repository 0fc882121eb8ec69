// A process that follows one log and writes what it sees to its standard output, one JSON object a line: run by troubles.test.ts.
// By its standard input it is told to use up all descriptors (`hold`), to give them or all but some back (`free`, `free 2`), and to stop
// where it lists a directory (`stop`) until it may go on (`go`).
import { closeSync, openSync, promises } from 'node:fs';
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

function free(count = held.length): void {
  for (const fd of held.splice(0, count)) closeSync(fd);
  say({ held: held.length });
}

let going: (() => void) | undefined;
const { readdir } = promises;

/** The system's own listing, at a moment that the test chooses. */
function stop(): void {
  const stopped = async (...args: Parameters<typeof readdir>): Promise<unknown> => {
    promises.readdir = readdir;
    say({ listing: true });
    await new Promise<void>((go) => (going = go));
    return readdir(...args);
  };
  promises.readdir = stopped as typeof readdir;
}

const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  const [command, count] = line.split(' ');
  if (command === 'hold') hold();
  else if (command === 'stop') stop();
  else if (command === 'go') going?.();
  else free(count === undefined ? undefined : Number(count));
});
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
