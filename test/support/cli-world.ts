// Runs a command line in this process against streams that are kept in memory, and gives back what it printed.
import { PassThrough, Writable } from 'node:stream';
import type { World } from '../../src/cli/command-line/context.ts';
import { run } from '../../src/cli/run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** All three streams claim to be terminals; what is typed comes from `typed`. */
  readonly isTerminal?: boolean;
  readonly typed?: string;
  readonly signal?: AbortSignal;
  /** Told of what is printed, as it comes. */
  readonly onStdout?: (text: string) => void;
}

/** Nothing of this machine's environment gets in. */
export async function runCli(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const stdout = collector(options.isTerminal === true, options.onStdout);
  const stderr = collector(options.isTerminal === true);
  const stdin: PassThrough & { isTTY?: boolean } = new PassThrough();
  stdin.isTTY = options.isTerminal === true;
  stdin.end(options.typed ?? '');
  const world: World = {
    cwd: options.cwd ?? process.cwd(),
    env: { HOME: '/nonexistent', ...options.env },
    stdin: () => stdin,
    stdout: stdout.stream,
    stderr: stderr.stream,
    signal: options.signal ?? new AbortController().signal,
  };
  const code = await run(argv, world);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(
  isTTY: boolean,
  onText?: (text: string) => void,
): { readonly stream: Writable & { isTTY?: boolean; columns?: number }; text(): string } {
  let text = '';
  const stream = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done): void {
        text += chunk.toString('utf8');
        onText?.(chunk.toString('utf8'));
        done();
      },
    }),
    { isTTY, columns: 100 },
  );
  return { stream, text: () => text };
}
