// Where everything lies in the memory of the search. `../engine.ts` names the same places.
// Written in AssemblyScript, a dialect of TypeScript: `i32` and `v128` are its types, `load` and `store` its memory.

/** Twelve tables of sixteen bytes for the vector search, see `strings.ts`. */
export const TABLES: i32 = 0;
/** What is told beside results, a word each: see `run.ts`. */
export const ANSWER: i32 = 512;
/** The signature of the JSON record looked at last. */
export const SIGNATURE: i32 = 1024;
export const MAX_SIGNATURE: i32 = 512;
/** One word for each level of a record: what it is in, and its name's number. */
export const STACK: i32 = 1536;
export const MAX_DEPTH: i32 = 64;
/** Bits of the hashes of words that name a level. */
export const LEVEL_WORDS: i32 = 0x187000;
/** Sixteen bytes of text that outrank whatever a head says. */
export const OUTRANKING: i32 = 2560;
/** The last four letters of words that say that a record goes on with the one before. */
export const CONTINUATIONS: i32 = 2576;
/** How many events are open; for each how many texts its lines hold, and these with their lengths. */
export const OPEN: i32 = 2640;
export const MASKED: i32 = 4096;
export const MASKED_END: i32 = 12284;
export const COUNTED: i32 = 12288;

/** Rows of 128 half words: the state that follows, by byte. */
export const STATES: i32 = 0x10000;
/** One byte for each state that is not an ordinary one: what it is. */
export const STATE_KINDS: i32 = STATES + 0x100000;
/** Slots of eight bytes: a string of three bytes plus one, and where its needles stand. */
export const TRIPLES: i32 = STATE_KINDS + 0x1000;
export const TRIPLE_BITS: i32 = 13;
export const NEEDLES: i32 = TRIPLES + 0x10000;
/** Slots of eight bytes: the hash of a key below its parent, and where its row stands. */
export const KEYS: i32 = NEEDLES + 0x40000;
export const KEY_BITS: i32 = 9;
export const KEY_ROWS: i32 = KEYS + 0x1000;
/** Slots of eight bytes: the hash of a signature that is approved, and where it stands. */
export const APPROVED: i32 = KEY_ROWS + 0x2000;
export const APPROVED_BITS: i32 = 9;
export const APPROVED_ROWS: i32 = APPROVED + 0x1000;

/** A half word for each state: its first stride. A stride has 64 bytes, see `heads.ts`. */
export const STRIDE_OF: i32 = 0x16e000;
export const STRIDES: i32 = 0x170000;
/** One byte for each state that ends a head: the number of the stream of which it begins a record, or 0. */
export const STATE_STREAMS: i32 = 0x180000;

/** The text, with newlines before and behind it. */
export const TEXT: i32 = 2162688;
/** Bits of the hashes of the first lines of blocks; slots of lines that came to nothing; slots of blocks; behind them their shapes. */
export const OPENERS: i32 = 4325376;
export const NOTHING_SLOTS: i32 = 4333568;
export const BLOCK_SLOTS: i32 = NOTHING_SLOTS + 0x40000;
/** The first line of a block, masked by itself in two ways, and room for each. */
export const FIRST_PLAIN: i32 = 0x181000;
export const FIRST_HEAD: i32 = 0x184000;
export const FIRST_SIZE: i32 = 0x2800;
