// What git calls an object: a hash of its type, its size and its bytes.
import { createHash } from 'node:crypto';

/** Object id of a type with these bytes, 40 hexadecimal digits. */
export function objectId(type: string, bytes: Buffer): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}
