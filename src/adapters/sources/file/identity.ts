// What makes a file the same file: its inode, a hash of its head and a hash of the bytes before an offset. Never its name.
// The head is the idea of Filebeat and OpenTelemetry, the bytes before the offset that of Fluent Bit; each alone
// is fooled (equal headers; an inode number that is used again), the three together are not.
import { hash } from 'node:crypto';
import { type Bytes, type FileFacts, readAt } from './disk.ts';

/** Bytes of the head, and of what stands before an offset, that are compared. */
export const SAMPLE = 1024;

/** What a position says of the file it is in, as JSON. */
export interface Identity {
  /** Absolute path: the same relative name elsewhere is another log. */
  readonly path: string;
  readonly key: string;
  readonly born: string;
  /** Of the file when it was last looked at, by the clock of its file system. */
  readonly mtimeMs: number;
  readonly headLength: number;
  readonly head: string;
  readonly beforeLength: number;
  readonly before: string;
  /** The generation was read to its end: there is nothing to come back for. */
  readonly over: boolean;
}

/** @param head first bytes of the generation @param before bytes that end at the offset */
export function describe(
  at: Pick<FileFacts, 'key' | 'born' | 'mtimeMs'> & { readonly path: string; readonly over: boolean },
  head: Buffer,
  before: Buffer,
): string {
  const identity: Identity = {
    path: at.path,
    key: at.key,
    born: at.born,
    mtimeMs: at.mtimeMs,
    headLength: head.length,
    head: digestOfHead(head),
    beforeLength: before.length,
    before: digest(before),
    over: at.over,
  };
  return JSON.stringify(identity);
}

/** Of a path at which no file stood: no file is it, and what is born there later is new. @param atMs time of looking */
export function describeAbsent(path: string, atMs: number): string {
  const nothing = Buffer.alloc(0);
  return describe({ path, key: '', born: '0', mtimeMs: atMs, over: true }, nothing, nothing);
}

/** @returns `undefined` for what is not one of ours: the checkpoint is then not used */
export function parseIdentity(text: string): Identity | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isIdentity(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isIdentity(value: unknown): value is Identity {
  const fields = value as { readonly [name in keyof Identity]?: unknown } | null;
  return (
    typeof fields === 'object' &&
    fields !== null &&
    [fields.path, fields.key, fields.born, fields.head, fields.before].every((field) => typeof field === 'string') &&
    [fields.mtimeMs, fields.headLength, fields.beforeLength].every((field) => typeof field === 'number') &&
    typeof fields.over === 'boolean' &&
    /^\d+$/.test(String(fields.born))
  );
}

/**
 * Does this file hold what was read before `offset`?
 * Where nothing had been read yet there is no content to tell by: then only the inode itself will do.
 */
export async function holds(handle: Bytes, facts: FileFacts, identity: Identity, offset: number): Promise<boolean> {
  if (facts.size < offset) return false;
  if (identity.headLength + identity.beforeLength === 0) return facts.key === identity.key && facts.born === identity.born;
  if (!begins(await readAt(handle, 0, identity.headLength), identity)) return false;
  const before = await readAt(handle, offset - identity.beforeLength, identity.beforeLength);
  return digest(before) === identity.before;
}

/** @param head the first `SAMPLE` bytes of a file, or all there are */
export function begins(head: Buffer, identity: Identity): boolean {
  return head.length >= identity.headLength && digest(head.subarray(0, identity.headLength)) === identity.head;
}

/** The name of a generation: the same file gives the same name, as long as it begins the same. */
export function nameGeneration(facts: FileFacts, head: Buffer): string {
  return digest(Buffer.from(`${facts.key}:${facts.born}:${digest(head)}`)).slice(0, 16);
}

/** The head of a file is the same for each of its places. */
const heads = new WeakMap<Buffer, string>();

function digestOfHead(head: Buffer): string {
  const known = heads.get(head) ?? digest(head);
  heads.set(head, known);
  return known;
}

function digest(bytes: Buffer): string {
  return hash('sha256', bytes, 'hex').slice(0, 32);
}
