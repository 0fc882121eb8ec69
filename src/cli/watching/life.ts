// Signs of life of `watch`: a line now and then where nobody sits before it, counts for a monitor, and a last line.
import path from 'node:path';
import { asAiOpsError, fail } from '../../errors.ts';
import { replaceFile } from '../../platform/atomic.ts';
import { codeOf } from '../../platform/errno.ts';
import type { CommandContext } from '../command-line/context.ts';
import type { OptionsOf } from '../command-line/options.ts';
import type { Vitals } from './vitals.ts';

const HEARTBEAT_MS = 600_000;
const TEXTFILE_MS = 15_000;

export interface Life extends AsyncDisposable {
  /** The last line, of a watcher that was told to stop and has written all down. */
  stopped(): void;
}

/**
 * Until it is disposed of.
 * @throws AiOpsError where the file for the monitor cannot be written at the start; later that is a warning
 */
export async function showLife(
  vitals: Vitals,
  { output, cwd, stderr }: CommandContext,
  { textfile, once }: Pick<OptionsOf['watch'], 'textfile' | 'once'>,
): Promise<Life> {
  // A monitor is another user.
  const write = async (): Promise<void> => {
    if (textfile === undefined) return;
    try {
      await replaceFile(path.resolve(cwd, textfile), vitals.metrics(), { mode: 0o644, sync: false });
    } catch (thrown) {
      throw fail('file-unwritable', { file: textfile, detail: codeOf(thrown) || 'unknown' }, thrown);
    }
  };
  await write();
  let isTold = false;
  const writeOn = async (): Promise<void> => {
    try {
      await write();
      isTold = false;
    } catch (thrown) {
      if (!isTold) output.warn(output.say('{message}; it is tried again', output.errorWords(asAiOpsError(thrown))));
      isTold = true;
    }
  };
  const timers = [setInterval(() => void writeOn(), TEXTFILE_MS).unref()];
  if (!once && !stderr.isTTY)
    timers.push(
      setInterval(() => output.note(output.say('still watching: {words}', { words: vitals.words(output.say) })), HEARTBEAT_MS).unref(),
    );
  return {
    stopped: () =>
      void (!once && output.note(output.say('told to stop: {words}; all of it is stored', { words: vitals.words(output.say) }))),
    [Symbol.asyncDispose]: async () => {
      for (const timer of timers) clearInterval(timer);
      await writeOn();
    },
  };
}
