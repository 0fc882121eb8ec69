// Standard streams as Node finds them, without what Node loads for them: its streams take longer than a short command has to say.
// Knows nothing of what is printed.
import { fstatSync, statSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** No pipe that nobody has written to is full before: who reads slowly does not hold us up. */
const AT_ONCE_BYTES = 16_384;

type Descriptor = 0 | 1 | 2;

/** What a descriptor leads to; `other` is for Node to find out. */
function kindOf(fd: Descriptor): 'file' | 'pipe' | 'nowhere' | 'other' {
  if (process.platform === 'win32') return 'other';
  try {
    const facts = fstatSync(fd);
    if (facts.isFile()) return 'file';
    if (facts.isFIFO() || facts.isSocket()) return 'pipe';
    return facts.isCharacterDevice() && facts.rdev === statSync('/dev/null').rdev ? 'nowhere' : 'other';
  } catch {
    return 'other';
  }
}

/** Whether somebody sits there. */
export const isTerminal = (fd: Descriptor): boolean => kindOf(fd) === 'other' && isatty(fd);

/**
 * Standard output or standard error. Into a file, a pipe or a socket, the first that is said is written at once; Node's stream is opened when
 * there is more, when it cannot be written, or when anything else is asked of it. A terminal has that stream from the start.
 * @param open called once, when Node's stream is needed
 */
export function outputTo(fd: 1 | 2, open: () => NodeJS.WriteStream): NodeJS.WriteStream {
  if (kindOf(fd) === 'other') return open();
  let stream: NodeJS.WriteStream | undefined;
  let left = AT_ONCE_BYTES;
  const opened = (): NodeJS.WriteStream => (stream ??= open());
  const write = (text: string | Uint8Array, ...more: readonly never[]): boolean => {
    // Who waits until it is written asks the stream.
    if (stream !== undefined || typeof text !== 'string' || more.length > 0) return opened().write(text, ...more);
    const bytes = Buffer.from(text);
    left -= bytes.length;
    const rest = left < 0 ? bytes : unwritten(fd, bytes);
    return rest.length === 0 || opened().write(rest);
  };
  return new Proxy({} as NodeJS.WriteStream, {
    get(_, key) {
      if (key === 'write') return write;
      if (key === 'isTTY' || key === 'columns' || key === 'rows') return undefined;
      if (key === 'fd') return fd;
      if (key === 'writableNeedDrain') return stream?.writableNeedDrain ?? false;
      const value: unknown = Reflect.get(opened(), key);
      return typeof value === 'function' ? value.bind(opened()) : value;
    },
  });
}

/** What is left, where the system takes only a part or nothing: Node's stream waits, or says what is wrong. */
function unwritten(fd: 1 | 2, bytes: Buffer): Buffer {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(fd, bytes, at);
  } catch {
    // It is tried again there.
  }
  return bytes.subarray(at);
}
