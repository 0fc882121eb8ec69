// Cutting what is too long for its column so that what tells it apart is left: the end of a path, and of a name the kind of error
// as well as its place.
import { clip, width } from '../width.ts';

/** @example cutPath('path:/demo/orders-service', 16) // '…/orders-service' */
export function cutPath(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const names = text.split('/');
  for (let from = 1; from < names.length; from += 1) {
    const tail = `…/${names.slice(from).join('/')}`;
    if (width(tail) <= columns) return tail;
  }
  let tail = names.at(-1)!;
  while (tail !== '' && width(tail) > columns - 1) tail = tail.slice(tail.codePointAt(0)! > 0xffff ? 2 : 1);
  return columns < 1 ? '' : `…${tail}`;
}

/** @example cutMiddle('node --test (fix taken away)', 16) // 'node --t…n away)' */
export function cutMiddle(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let tail = text;
  while (tail !== '' && width(tail) > Math.floor((columns - 1) / 2)) tail = tail.slice(tail.codePointAt(0)! > 0xffff ? 2 : 1);
  return `${clip(text, columns - width(tail))}${tail}`;
}

const BETWEEN = ' · ';

/**
 * What went wrong, and where: half of the room is the place's, and more of it where the name of its file needs that.
 * @example cutName('RangeError in deliveryDay · src/delivery.js:11', 36) // 'RangeError in d… · …/delivery.js:11'
 */
export function cutName(text: string, columns: number): string {
  const at = text.lastIndexOf(BETWEEN);
  if (width(text) <= columns || at < 0) return clip(text, columns);
  const [what, where] = [text.slice(0, at), text.slice(at + BETWEEN.length)];
  const room = columns - BETWEEN.length;
  const file = Math.min(width(`…/${where.split('/').at(-1)}`), Math.ceil((room * 2) / 3));
  const least = Math.min(width(where), Math.max(file, Math.ceil(room / 2)));
  const place = cutPath(where, Math.max(room - width(what), least));
  return `${clip(what, room - width(place))}${BETWEEN}${place}`;
}
