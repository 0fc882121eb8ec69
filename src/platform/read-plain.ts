// Reads files that others may have put there: in a repository, or beside one. A pipe or a device has no end that anybody knows,
// and a committed link may lead to one; so they are not opened to be waited for, and no more is read than was thought of.
import { constants, open } from 'node:fs/promises';

/** @throws Error with `code`, of the system; `EINVAL` for what is no regular file, `EFBIG` for more than `maxBytes` */
export async function readPlain(path: string, maxBytes: number): Promise<Buffer> {
  // To open a pipe that nobody writes into is to wait. Windows knows no such flag, and no such files.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await file.stat();
    if (facts.isDirectory()) throw refusal('EISDIR', 'a directory');
    if (!facts.isFile()) throw refusal('EINVAL', 'not a regular file');
    if (facts.size > maxBytes) throw refusal('EFBIG', `longer than ${Math.round(maxBytes / 2 ** 20)} MB`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

const refusal = (code: string, words: string): Error => Object.assign(new Error(words), { code });
