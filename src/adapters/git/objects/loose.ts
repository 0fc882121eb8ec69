// Objects that are a file each: read, written whole or not at all. Source: gitformat-loose in gitrepository-layout(5).
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { codeOf } from '../../../platform/errno.ts';
import type { RawObject } from './pack-file.ts';

/** @returns `undefined` when there is no such file. @throws Error when it is damaged */
export async function readLoose(objectsDir: string, oid: string): Promise<RawObject | undefined> {
  const raw = await readFile(fileOf(objectsDir, oid)).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (raw === undefined) return undefined;
  const whole = inflateSync(raw);
  const end = whole.indexOf(0);
  const [, type, size] = /^([a-z]+) (\d+)$/.exec(whole.toString('latin1', 0, Math.max(end, 0))) ?? [];
  const bytes = whole.subarray(end + 1);
  if (type === undefined || Number(size) !== bytes.length) throw new Error(`object ${oid} is damaged`);
  return { type, bytes };
}

export async function hasLoose(objectsDir: string, oid: string): Promise<boolean> {
  return (await stat(fileOf(objectsDir, oid)).catch(() => undefined)) !== undefined;
}

/** Writes an object that is not there yet. */
export async function writeLoose(objectsDir: string, oid: string, type: string, bytes: Buffer): Promise<void> {
  const file = fileOf(objectsDir, oid);
  if (await hasLoose(objectsDir, oid)) return;
  const part = join(objectsDir, `tmp_obj_${randomBytes(6).toString('hex')}`);
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(part, deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes])), { flag: 'wx', mode: 0o444 });
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

function fileOf(objectsDir: string, oid: string): string {
  return join(objectsDir, oid.slice(0, 2), oid.slice(2));
}
