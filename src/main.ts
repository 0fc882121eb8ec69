// The process: arguments and signals in, exit code out. The only file that ends the process. Importing it starts it.

import { isTerminal, outputTo } from './cli/terminal/standard-streams.ts';
import { version } from './embedded.ts';

// Without a listener Node opens its debugger on this signal: whoever may send it could run code in a process that holds tokens.
process.on('SIGUSR1', () => undefined);
// Node has undone what `nohup` had set: until we know better (below), a terminal that closes ends nothing.
process.on('SIGHUP', () => undefined);

const argv = process.argv.slice(2);
if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) sayVersion();
else void start();

/** Nobody reads on, or the disk is full: that is no crash of ours. */
function sayVersion(): void {
  const stdout = (): NodeJS.WriteStream =>
    process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => (process.exitCode = code === 'EPIPE' ? 0 : 7));
  outputTo(1, stdout).write(`${version}\n`);
}

/** How long handles that nobody needs any more may keep the process. */
const LINGER_MS = 300;

async function start(): Promise<void> {
  const [{ run, showError }, { asAiOpsError, EXIT, fail }, { takeEnvironment }] = await Promise.all([
    import('./cli/run.ts'),
    import('./errors.ts'),
    import('./cli/command-line/own-environment.ts'),
  ]);
  const env = takeEnvironment();
  const stopping = new AbortController();
  let isOutputClosed = false;

  let isLent = false;
  const onSignal = (name: NodeJS.Signals): void => {
    // Ctrl-C goes to all that stand on the terminal: it is meant for the pager.
    if (isLent && name === 'SIGINT') return;
    if (stopping.signal.aborted) process.exit(EXIT.interrupted);
    if (process.stderr.isTTY) process.stderr.write('ai-ops: stopping; once more ends it at once\n');
    stopping.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, onSignal);
  // A terminal that closes ends what was started in it. What has none (`nohup`, a service) lives on, and takes the signal as
  // daemons do: read the configuration again. Node has undone the SIG_IGN of `nohup` before we run.
  const hasTerminal = ([0, 1, 2] as const).some(isTerminal);
  let reload = (): void => undefined;
  process.on('SIGHUP', hasTerminal ? onSignal : () => reload());

  // `ai-ops scan app.log | head`: nobody reads on. The command may still finish its bookkeeping, but not for long.
  const onClosed = (error: NodeJS.ErrnoException): void => {
    isOutputClosed = true;
    if (error.code !== 'EPIPE') process.exitCode = EXIT.unreachable;
    stopping.abort();
    setTimeout(() => process.exit(), 2000).unref();
  };
  const opened: NodeJS.WriteStream[] = [];
  const openOutput = (stream: NodeJS.WriteStream, onError: typeof onClosed): NodeJS.WriteStream => {
    opened.push(stream);
    return stream.on('error', onError);
  };
  const stdout = outputTo(1, () => openOutput(process.stdout, onClosed));
  // Nobody listens to the talk; the work goes on.
  const stderr = outputTo(2, () => openOutput(process.stderr, () => undefined));

  const onBug = (thrown: unknown): void => {
    const flags = { json: argv.includes('--json'), verbose: argv.includes('--verbose'), color: false };
    const error = asAiOpsError(thrown);
    showError(error, process, flags, (text) => text);
    process.exit(error.exitCode);
  };
  process.on('uncaughtException', onBug);
  process.on('unhandledRejection', onBug);

  const code = await run(argv, {
    cwd: workingDirectory((cause) => fail('directory-gone', {}, cause)),
    env,
    stdin: () => process.stdin,
    stdout,
    stderr,
    signal: stopping.signal,
    onReload: (told) => {
      reload = told;
    },
    onLend: (isOn) => {
      isLent = isOn;
    },
  });
  process.exitCode ??= isOutputClosed ? EXIT.done : code;
  // What is printed must get out first; then handles that live on (an idle connection, a paused terminal) must not keep us.
  // Not `process.exit()` at once: it waits for V8's compiler threads while one of them may wait for this thread to collect
  // garbage, and then neither ever ends (seen with Node 24.21). A process that ends by itself has no such moment.
  await Promise.all(opened.map(flushed));
  setTimeout(() => process.exit(), LINGER_MS).unref();
}

/** @param gone makes the error for a shell that stands in a directory which somebody has removed */
function workingDirectory(gone: (cause: unknown) => Error): string {
  try {
    return process.cwd();
  } catch (error) {
    throw gone(error);
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
