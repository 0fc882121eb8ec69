// Objects that are a file each: read, written whole or not at all. Source: gitformat-loose in gitrepository-layout(5).
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { replaceFile } from '../../../platform/atomic.ts';
import { codeOf } from '../../../platform/errno.ts';
import { readPlain } from '../../../platform/read-plain.ts';
import { MAX_OBJECT_BYTES } from './pack-entry.ts';
import type { RawObject } from './pack-file.ts';

/** @returns `undefined` when there is no such file. @throws Error when it is damaged */
export async function readLoose(objectsDir: string, oid: string): Promise<RawObject | undefined> {
  const raw = await readPlain(fileOf(objectsDir, oid), MAX_OBJECT_BYTES).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (raw === undefined) return undefined;
  const whole = inflateSync(raw, { maxOutputLength: MAX_OBJECT_BYTES + 64 });
  const end = whole.indexOf(0);
  const [, type, size] = /^([a-z]+) (\d+)$/.exec(whole.toString('latin1', 0, Math.max(end, 0))) ?? [];
  const bytes = whole.subarray(end + 1);
  if (type === undefined || Number(size) !== bytes.length) throw new Error(`object ${oid} is damaged`);
  return { type, bytes };
}

async function hasLoose(objectsDir: string, oid: string): Promise<boolean> {
  return (await stat(fileOf(objectsDir, oid)).catch(() => undefined)) !== undefined;
}

/** Writes an object that is not there yet. @param sync whether it has to outlive a power cut: not where a fetch brings it again */
export async function writeLoose(objectsDir: string, oid: string, { type, bytes }: RawObject, sync: boolean): Promise<void> {
  const file = fileOf(objectsDir, oid);
  if (await hasLoose(objectsDir, oid)) return;
  await mkdir(dirname(file), { recursive: true });
  const content = deflateSync(Buffer.concat([Buffer.from(`${type} ${bytes.length}\0`), bytes]));
  await replaceFile(file, content, { mode: 0o444, sync });
}

function fileOf(objectsDir: string, oid: string): string {
  return join(objectsDir, oid.slice(0, 2), oid.slice(2));
}
