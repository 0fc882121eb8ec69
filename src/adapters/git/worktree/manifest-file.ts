// A manifest on disk, beside the work tree it describes. Whatever is not exactly ours is not read.
import type { Manifest, Tracked } from './manifest.ts';

export type { Manifest };

const VERSION = 1;

/** Paths are latin1 text, one character per byte: JSON carries them unharmed. */
export function formatManifest({ manifest, settledMs }: { readonly manifest: Manifest; readonly settledMs: number }): string {
  const files = [...manifest.values()].map(({ path, mode, oid, seen }) =>
    seen === undefined ? [path, mode, oid] : [path, mode, oid, Number(seen.executable), seen.size, seen.mtimeMs, seen.ctimeMs, seen.ino],
  );
  return JSON.stringify({ version: VERSION, settledMs, files });
}

/** @returns `undefined` for anything that we have not written ourselves */
export function parseManifest(text: string): { readonly manifest: Manifest; readonly settledMs: number } | undefined {
  const found: unknown = JSON.parse(text);
  if (!isRecord(found) || found.version !== VERSION || typeof found.settledMs !== 'number' || !Array.isArray(found.files)) return undefined;
  const manifest: Manifest = new Map();
  for (const row of found.files as unknown[]) {
    const tracked = Array.isArray(row) ? trackedOf(row) : undefined;
    if (tracked === undefined) return undefined;
    manifest.set(tracked.path, tracked);
  }
  return { manifest, settledMs: found.settledMs };
}

function trackedOf([path, mode, oid, executable, size, mtimeMs, ctimeMs, ino]: readonly unknown[]): Tracked | undefined {
  if (typeof path !== 'string' || typeof mode !== 'string' || typeof oid !== 'string') return undefined;
  if (executable === undefined) return { path, mode, oid };
  const numbers = [size, mtimeMs, ctimeMs, ino];
  if (!numbers.every((value) => typeof value === 'number')) return undefined;
  const [bytes, modified, changed, inode] = numbers as [number, number, number, number];
  return { path, mode, oid, seen: { executable: executable === 1, size: bytes, mtimeMs: modified, ctimeMs: changed, ino: inode } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
