// The frames of a trace as parts of an identity: up to five of the program's own, nearest the crash first. Whether one of
// them names a function decides if the message has to tell bugs apart.
import type { ErrorEvent, FingerprintPart, Frame, Language } from '../model.ts';
import { functionOf } from './function-name.ts';
import { moduleOf } from './module-name.ts';

const MAX_FRAMES = 5;
const FAR = `beyond the ${MAX_FRAMES} frames nearest the crash`;
/** More are not listed: nobody reads them. */
const MAX_LISTED = 50;

/** Python before 3.12 gives these frames of their own, later versions do not. */
const INLINED = /^<(?:list|dict|set)comp>$|^<genexpr>$/;

interface FrameParts {
  readonly parts: readonly FingerprintPart[];
  /** The nearest of the program's frames, or one below it in the same file, has a name that a programmer gave. */
  readonly isNamed: boolean;
}

/** @param isWhole also frames that do not contribute */
export function frameParts({ frames, language }: ErrorEvent, isWhole: boolean): FrameParts {
  const parts: FingerprintPart[] = [];
  let last = '';
  let counted = 0;
  let nearest: string | undefined;
  let isNamed = false;
  for (const frame of frames) {
    const mayCount = frame.inApp && counted < MAX_FRAMES;
    if (!mayCount && (!isWhole || parts.length >= MAX_LISTED)) continue;
    const { module, name, value, left } = read(frame, language);
    const isPart = INLINED.test(frame.function ?? '') && frames.length > 1;
    const out = !frame.inApp
      ? 'library frame'
      : isPart
        ? 'a part of its function'
        : value === last
          ? 'recursion'
          : counted >= MAX_FRAMES
            ? FAR
            : undefined;
    if (out === undefined) {
      counted++;
      last = value;
      nearest ??= module;
      isNamed ||= name.isNamed && module === nearest;
    }
    parts.push({ kind: 'frame', value, contributes: out === undefined, hint: out ?? left });
  }
  return { parts, isNamed };
}

function read(frame: Frame, language: Language) {
  const { file, line, function: written = '' } = frame;
  const { value: module, left } = moduleOf(frame, language);
  const name = functionOf(written, file, language);
  const all = [...(line === null ? [] : ['line number']), ...left, ...(name.value === written ? [] : ['generated part of the name'])];
  return { module, name, value: `${module} ${name.value}`.trim(), left: all.length === 0 ? 'as written' : `left out: ${all.join(', ')}` };
}
