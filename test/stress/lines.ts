// What the stress writers write: ordinary lines, single-line errors and stack traces, drawn by a seeded generator.
// Every error is of one kind, told by two words in its message, and carries a number that nothing else carries.

/** One thing that is written in one piece: a line, or a whole trace. */
export interface Item {
  readonly text: string;
  readonly lines: number;
  /** `undefined` for an ordinary line. */
  readonly kind?: string;
}

export interface Lines {
  /** @param number of this error, where the item drawn is one */
  next(number: number): Item;
  /** An error that is written once, whose coming can be waited for. */
  marker(index: number, number: number): Item;
}

/** In each error's message; `ai-ops` leaves the number out of the fingerprint and keeps the words. */
const TELLTALE = /\bwork item (\d+) of (\w+ \w+) failed\b/g;

const FIRST =
  'amber brisk coral dusky early frosty gentle hollow ivory jolly keen lunar mellow noble olive proud quiet rusty silver tidy'.split(' ');
const SECOND =
  'badger condor dolphin ermine falcon gecko heron ibex jackal kestrel lemur marten narwhal otter puffin quail raven stoat tapir walrus'.split(
    ' ',
  );
const FRAMES = { few: 6, many: 25 } as const;

/** @param kinds distinct errors; two of five are stack traces @param share of the items that are errors */
export function createLines(seed: number, kinds: number, share: number): Lines {
  const random = createRandom(seed);
  const draw = (limit: number): number => Math.floor(random() * limit);
  return {
    next: (number) => (random() < share ? error(draw(kinds), number, draw) : ordinary(draw)),
    marker: (index, number) => single(words(kinds + index), number),
  };
}

/** Which kinds and numbers a text names: a log, an event's text, or an incident's message. */
export function telltales(text: string): readonly { readonly number: number; readonly kind: string }[] {
  return [...text.matchAll(TELLTALE)].map(([, number, kind = '']) => ({ number: Number(number), kind }));
}

/** Mulberry32: small, fast, and the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function words(kind: number): string {
  return `${FIRST[kind % FIRST.length]} ${SECOND[Math.floor(kind / FIRST.length) % SECOND.length]}`;
}

function error(kind: number, number: number, draw: (limit: number) => number): Item {
  const name = words(kind);
  if (kind % 5 === 3) return java(name, number, draw(4) === 0 ? FRAMES.many : FRAMES.few);
  if (kind % 5 === 4) return python(name, number);
  return single(name, number);
}

function ordinary(draw: (limit: number) => number): Item {
  const level = draw(20) === 0 ? 'DEBUG' : 'INFO';
  const text = `${stamp()} ${level} [worker-${draw(16)}] shop.orders: order ${draw(1e6)} stored in ${draw(900)} ms, retries=0 errors=0\n`;
  return { text, lines: 1 };
}

function single(kind: string, number: number): Item {
  return { kind, lines: 1, text: `${stamp()} ERROR [worker-3] shop.orders: work item ${number} of ${kind} failed after 3 tries\n` };
}

function java(kind: string, number: number, frames: number): Item {
  const method = camel(kind);
  const lines = [
    `${stamp()} ERROR [worker-1] shop.orders: request aborted`,
    `java.lang.IllegalStateException: work item ${number} of ${kind} failed`,
    ...Array.from({ length: frames }, (_, at) => `\tat com.shop.orders.Orders.${method}${at}(Orders.java:${100 + at})`),
    `Caused by: java.io.IOException: disk quota exceeded`,
    `\tat com.shop.store.Files.${method}(Files.java:41)`,
    '\t... 12 more',
  ];
  return { kind, lines: lines.length, text: `${lines.join('\n')}\n` };
}

function python(kind: string, number: number): Item {
  const name = kind.replace(' ', '_');
  const lines = [
    `${stamp()} ERROR [worker-2] shop.orders: request aborted`,
    'Traceback (most recent call last):',
    '  File "/srv/shop/orders.py", line 88, in handle',
    `    return ${name}(order)`,
    `           ${'^'.repeat(name.length + 7)}`,
    `  File "/srv/shop/${name}.py", line 17, in ${name}`,
    '    raise ValueError(order)',
    `ValueError: work item ${number} of ${kind} failed`,
  ];
  return { kind, lines: lines.length, text: `${lines.join('\n')}\n` };
}

const camel = (kind: string): string => kind.replace(/ (\w)/, (_, letter: string) => letter.toUpperCase());

let stampedAt = 0;
let stamped = '';

function stamp(): string {
  const now = Date.now();
  if (now !== stampedAt) {
    stampedAt = now;
    stamped = new Date(now).toISOString().replace('T', ' ').replace('Z', '').replace('.', ',');
  }
  return stamped;
}
