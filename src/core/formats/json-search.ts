// A trace somewhere in a JSON record whose key nobody has listed: what reads as one, nearest first. Bounded in depth and in
// the number of fields looked at. Where level, message and the common keys stand, `json-fields.ts` knows.
import { asStack, capped } from './json-fields.ts';
import type { StructuredError } from './line-reading.ts';
import { openTrace, resumeTrace } from './traces/languages.ts';

const MAX_DEPTH = 4;
const MAX_FIELDS = 400;
const LIKELY = /stack|trace|exception|throwable|err/i;
const TYPE_NAMES = ['type', 'class', 'className', 'kind', 'errorType', 'exc_type', 'exception_class', 'name'];
const MESSAGE_NAMES = ['message', 'msg', 'errorMessage', 'value', 'reason'];

interface Found {
  readonly stack: string;
  readonly beside: object;
  readonly isLikely: boolean;
}

/** @param known what the listed keys gave */
export function deepError(root: object | undefined, known: StructuredError | undefined): StructuredError {
  const found = root && nearest(root);
  if (!found) return {};
  const beside = (names: readonly string[]): string | undefined =>
    names.map((name) => own(found.beside, name)).find((value): value is string => typeof value === 'string');
  const type = known?.type ?? beside(TYPE_NAMES);
  const message = known?.message ?? (found.beside === root ? undefined : beside(MESSAGE_NAMES));
  const isType = type !== undefined && /^[A-Za-z_$][\w$.:\\]*$/.test(type) && /[A-Z]/.test(type) && !/^[A-Z]+$/.test(type);
  return {
    stack: found.stack,
    ...(isType && (known?.type !== undefined || found.beside !== root) ? { type } : {}),
    ...(message === undefined ? {} : { message: capped(message) }),
  };
}

function nearest(root: object): Found | undefined {
  let level: readonly object[] = [root];
  let left = MAX_FIELDS;
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    const found: Found[] = [];
    const below: object[] = [];
    for (const object of level) {
      for (const [name, value] of Object.entries(object)) {
        if (--left < 0) return found[0];
        const text = typeof value === 'string' || Array.isArray(value) ? asStack(value) : undefined;
        const stack = text === undefined ? undefined : capped(text);
        if (stack !== undefined && isTrace(stack)) found.push({ stack, beside: object, isLikely: LIKELY.test(name) });
        if (typeof value === 'object' && value !== null) below.push(...(Array.isArray(value) ? value.filter(isObject) : [value]));
      }
    }
    if (found.length > 0) return found.find(({ isLikely }) => isLikely) ?? found[0];
    level = below;
  }
  return undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A frame, or a line that only stands above frames and something below it. */
export function isTrace(text: string): boolean {
  if (!/[\n\u2028]|\bat /.test(text) && resumeTrace(text) === undefined) return false;
  const lines = text.split('\n', 20);
  // Lists of frames are not set in.
  return (
    lines.some((line) => (resumeTrace(line) ?? resumeTrace(`\t${line}`)) !== undefined) ||
    (lines.length > 2 && openTrace(lines[0]!) !== undefined)
  );
}

function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}
