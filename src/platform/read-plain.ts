// Reads files that others may have put there: in a repository, or beside one. A pipe or a device has no end that anybody knows,
// and a committed link may lead to one; so they are not opened to be waited for, and no more is read than was thought of.
import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';

/** To open a pipe that nobody writes into is to wait. Windows knows no such flag, and no such files. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** @throws Error with `code`, of the system; `EINVAL` for what is no regular file, `EFBIG` for more than `maxBytes` */
export async function readPlain(path: string, maxBytes: number): Promise<Buffer> {
  const file = await open(path, FLAGS);
  try {
    refuseOther(await file.stat(), maxBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** The same at once, for the small files that every command looks into: the way through Node's threads takes longer than they do. */
export function readPlainNow(path: string, maxBytes: number): Buffer {
  const file = openSync(path, FLAGS);
  try {
    refuseOther(fstatSync(file), maxBytes);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function refuseOther(facts: Stats, maxBytes: number): void {
  if (facts.isDirectory()) throw refusal('EISDIR', 'a directory');
  if (!facts.isFile()) throw refusal('EINVAL', 'not a regular file');
  if (facts.size > maxBytes) throw refusal('EFBIG', `longer than ${Math.round(maxBytes / 2 ** 20)} MB`);
}

const refusal = (code: string, words: string): Error => Object.assign(new Error(words), { code });
