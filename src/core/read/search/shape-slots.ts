// The shapes that the search counts, or passes over, by itself. What is known of them lives in its memory alone; it is bounded and
// emptied when it is full: what comes again is learnt again.
import type { Block, Shapes } from '../shape-memory.ts';

export interface ShapeSlots {
  /** Number in a record of `ByteSearch.counted` → its block. */
  readonly blocks: readonly Block[];
  /** From here on they hold the blocks of `shapes`; those of others go. */
  own(shapes: Shapes): void;
  /** Remembers that the lines of the shape made last are this block, which a record of `stream` ends, or nothing but itself. */
  addBlock(block: Block, stream: number, is: { readonly whole: boolean; readonly clocked: boolean; readonly named: boolean }): void;
  /**
   * Remembers that the lines of the shape made last, but for so many followers at its end, are this block.
   * @param block absent where the line above counts as well: the shape with that line has it
   */
  addFollowed(block: Block | undefined, followers: number, relies: { readonly onClocks: boolean; readonly onPrevious: boolean }): void;
  /** The shape made last, as text of bytes. */
  readonly shown: string;
  /** Is the shape made last that of a block? */
  readonly hasBlock: boolean;
  /** Is it known that a line of the shape made last comes to nothing? */
  readonly hasNothing: boolean;
  /** Remembers that a line of the shape made last comes to nothing. */
  addNothing(): void;
}

/** What `wasm/blocks.ts` tells of the shape it has made: where it ends, its hash, the hash of its first line. */
export interface ShapeMade {
  readonly end: number;
  readonly hash: number;
  readonly opener: number;
}

// The places that `wasm/memory.ts` names.
const MASKED = 4096;
const OPENERS = 4_325_376;
const NOTHING = OPENERS + 8192;
const BLOCKS = NOTHING + 0x4_0000;
const SHAPES = BLOCKS + 0x4_0000;
const SLOT = 16;
const SLOTS = 0x4000;
/** Of the slots are filled, so that a search ends soon. */
const MAX_FILLED = SLOTS / 2;
const FOLLOWED = 1024;
const ON_CLOCKS = 2048;
const ON_PREVIOUS = 4096;
const FOLLOWERS_SHIFT = 13;
const NUMBER_SHIFT = 17;

/** @param slot tells what is in the slot of the bytes between two places, 0 where there is none */
export function createShapeSlots(
  memory: ArrayBuffer,
  slot: (slots: number, hash: number, start: number, end: number) => number,
  made: () => ShapeMade,
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

  function add(slots: number, value: () => number): void {
    const { end, hash } = made();
    if (filled >= MAX_FILLED || used + end - MASKED > bytes.length) clear();
    let index = hash % SLOTS;
    while (words[(slots + index * SLOT) / 4 + 3] !== 0) index = (index + 1) % SLOTS;
    bytes.copyWithin(used, MASKED, end);
    words.set([hash, used, end - MASKED, value()], (slots + index * SLOT) / 4);
    used += end - MASKED;
    filled++;
  }

  function markOpener(): void {
    const { opener } = made();
    bytes[OPENERS + ((opener >> 3) & 8191)]! |= 1 << (opener & 7);
  }

  return {
    blocks,
    own(shapes) {
      if (owner === shapes) return;
      owner = shapes;
      clear();
    },
    get shown() {
      return Buffer.from(memory, MASKED, made().end - MASKED).toString('latin1');
    },
    get hasBlock() {
      const { end, hash } = made();
      return slot(BLOCKS, hash, MASKED, end) !== 0;
    },
    addBlock(block, stream, is) {
      add(
        BLOCKS,
        () => (blocks.push(block) << NUMBER_SHIFT) | (is.named ? 512 : 0) | (is.clocked ? 256 : 0) | (is.whole ? 1 : stream << 1),
      );
      markOpener();
    },
    addFollowed(block, followers, { onClocks, onPrevious }) {
      const said = (followers << FOLLOWERS_SHIFT) | FOLLOWED | (onClocks ? ON_CLOCKS : 0) | (onPrevious ? ON_PREVIOUS : 0);
      add(BLOCKS, () => ((block === undefined ? 0 : blocks.push(block)) << NUMBER_SHIFT) | said);
      markOpener();
    },
    get hasNothing() {
      const { end, hash } = made();
      return slot(NOTHING, hash, MASKED, end) !== 0;
    },
    addNothing() {
      add(NOTHING, () => 1);
    },
  };
}
