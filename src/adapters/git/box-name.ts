// The name by which other boxes tell this state directory from their own: random, made once, kept beside the ledger.
import { randomBytes } from 'node:crypto';
import { link, mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail } from '../../errors.ts';
import { codeOf, messageOf } from '../../platform/errno.ts';
import { readPlain } from '../../platform/read-plain.ts';

/** @throws AiOpsError `state-unwritable` */
export async function boxName(dir: string): Promise<string> {
  const file = join(dir, 'box');
  const known = await nameIn(file);
  if (known !== undefined) return known;
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await writeFile(aside, `${randomBytes(16).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    // Of two processes one gives the name; nobody ever reads half of it.
    await link(aside, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    await unlink(aside);
  } catch (error) {
    throw fail('state-unwritable', { dir, detail: messageOf(error) }, error);
  }
  const name = await nameIn(file);
  if (name === undefined) throw fail('state-unwritable', { dir, detail: `${file} does not hold a name; delete it` });
  return name;
}

async function nameIn(file: string): Promise<string | undefined> {
  const text = await readPlain(file, 1024).then(String, (error: unknown) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw fail('state-unwritable', { dir: file, detail: messageOf(error) }, error);
  });
  return /^[0-9a-f]{32}$/.exec(text.trim())?.[0];
}
