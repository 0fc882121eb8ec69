// The shapes that `byte-search.wat` counts by itself: a copy, in its memory, of what is known in JavaScript. It may be
// emptied at any time; what is missing is found the slower way and comes back.
import type { Block, Shapes } from '../shape-memory.ts';

export interface ShapeSlots {
  /** Number in a record of `ByteSearch.counted` → its block. */
  readonly blocks: readonly Block[];
  /** From here on they hold what is known to `shapes`; what is known to others goes. */
  own(shapes: Shapes): void;
  /** Remembers of which stream the line in the words `[from, to)` of what is masked begins a record, or `NO_RECORD`. */
  addLine(hash: number, from: number, to: number, stream: number): void;
  /** Remembers that what is masked, `length` words of it, is this block. @param opener hash of its first line */
  addBlock(block: Block, opener: number, length: number): void;
}

// The places that `byte-search.wat` names.
const OPENERS = 4_325_376;
const LINES = OPENERS + 8192;
const BLOCKS = LINES + 65_536;
const SHAPES = BLOCKS + 65_536;
const SLOT = 16;
const SLOTS = 4096;
/** Of the slots are filled, so that a search ends soon. */
const MAX_FILLED = SLOTS / 2;

/** @param slot tells what is in the slot of the words between two places, 0 where there is none */
export function createShapeSlots(
  memory: ArrayBuffer,
  slot: (slots: number, hash: number, start: number, end: number) => number,
  masked: number,
): ShapeSlots {
  const bytes = new Uint8Array(memory);
  const words = new Int32Array(memory);
  const blocks: Block[] = [];
  let owner: Shapes | undefined;
  let used = SHAPES;
  let filled = 0;

  function clear(): void {
    bytes.fill(0, OPENERS, SHAPES);
    blocks.length = 0;
    used = SHAPES;
    filled = 0;
  }

  function add(slots: number, hash: number, start: number, end: number, value: number): void {
    let index = hash % SLOTS;
    while (words[(slots + index * SLOT) / 4 + 3] !== 0) index = (index + 1) % SLOTS;
    bytes.copyWithin(used, start, end);
    words.set([hash, used, end - start, value], (slots + index * SLOT) / 4);
    used += end - start;
    filled++;
  }

  const isFull = (size: number): boolean => filled >= MAX_FILLED || used + size > bytes.length;

  return {
    blocks,
    own(shapes) {
      if (owner === shapes) return;
      owner = shapes;
      clear();
    },
    addLine(hash, from, to, stream) {
      const [start, end] = [masked + from * 4, masked + to * 4];
      if (slot(LINES, hash, start, end) !== 0) return;
      if (isFull(end - start)) clear();
      add(LINES, hash, start, end, stream + 2);
    },
    addBlock(block, opener, length) {
      const end = masked + length * 4;
      if (slot(BLOCKS, block.key, masked, end) !== 0) return;
      if (isFull(end - masked)) clear();
      const number = blocks.push(block) - 1;
      add(BLOCKS, block.key, masked, end, ((number + 1) << 8) | (block.whole ? 1 : block.stream << 1));
      bytes[OPENERS + ((opener >> 3) & 8191)]! |= 1 << (opener & 7);
    },
  };
}
