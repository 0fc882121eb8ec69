// What can be wrong with a log, as errors of the catalogue; who meets one decides whether to throw it or to try again.
import { AiOpsError, asAiOpsError, fail } from '../../../errors.ts';
import { codeOf } from '../../../platform/errno.ts';
import type { SourceSink } from '../../../ports.ts';
import type { FileFacts } from './disk.ts';

const NOT_A_FILE = 'not a regular file';

const DETAILS: { readonly [code: string]: string } = {
  ENXIO: NOT_A_FILE,
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
  EIO: 'the disk reports an error',
  ESTALE: 'the network file system has lost it',
  ELOOP: 'the symbolic links go in a circle',
};

/** @param error what the file system threw */
function unreadable(source: string, error: unknown): AiOpsError {
  const code = codeOf(error);
  if (code === '') return asAiOpsError(error);
  if (code === 'EISDIR') return fail('log-is-directory', { source }, error);
  return fail('log-unreadable', { source, detail: DETAILS[code] ?? code }, error);
}

/** @returns `undefined` for a plain file */
export function wrongKind(source: string, { kind }: FileFacts): AiOpsError | undefined {
  if (kind === 'directory') return fail('log-is-directory', { source });
  return kind === 'other' ? fail('log-unreadable', { source, detail: NOT_A_FILE }) : undefined;
}

/** Runs something that the file system may refuse and gives its refusal back. Throws what the sink throws. */
export type Attempt = (source: string, act: () => Promise<AiOpsError | undefined>) => Promise<AiOpsError | undefined>;

/** Tells the sink's own errors from those of the file system: the first end the reading, the others are tried again. */
export function createAttempt(sink: SourceSink): { readonly attempt: Attempt; readonly sink: SourceSink } {
  let thrown: { readonly error: unknown } | undefined;
  const noting = <T>(call: () => T): T => {
    try {
      return call();
    } catch (error) {
      thrown ??= { error };
      throw error;
    }
  };
  const notingLater = async <T>(call: () => T | Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      thrown ??= { error };
      throw error;
    }
  };
  return {
    attempt: async (source, act) => {
      try {
        return await act();
      } catch (error) {
        if (thrown) throw thrown.error;
        if (error instanceof AiOpsError) return error;
        if (codeOf(error) === '') throw error;
        return unreadable(source, error);
      }
    },
    sink: {
      opened: (at) => noting(() => sink.opened(at)),
      chunk: (chunk) => notingLater(() => sink.chunk(chunk)),
      idle: (stream) => notingLater(() => sink.idle(stream)),
      ended: (stream) => notingLater(() => sink.ended(stream)),
      gap: (gap) => noting(() => sink.gap(gap)),
      ready: (sources) => noting(() => sink.ready(sources)),
      trouble: (source, message) => noting(() => sink.trouble(source, message)),
    },
  };
}
