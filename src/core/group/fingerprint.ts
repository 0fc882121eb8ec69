// The identity of a bug, version 1: the error's type, up to five in-app frames nearest the crash, the root cause's
// type; the parameterised message only where no in-app frame is there. No line numbers: an edit above the bug must not
// make a new incident. Compare Sentry's grouping: same ingredients, fewer rules.
import { createHash } from 'node:crypto';
import type { ErrorEvent, Fingerprint, FingerprintPart, Frame } from '../model.ts';
import { normalize } from './normalize.ts';

const VERSION = 'v1';
const MAX_FRAMES = 5;
const FAR = `beyond the ${MAX_FRAMES} frames nearest the crash`;

/**
 * @returns the fingerprint with every part, also those that do not contribute, so that grouping can be explained
 * @example fingerprint(event).id // 'v1:' and 32 hexadecimal digits
 */
export function fingerprint(event: ErrorEvent): Fingerprint {
  const frames = frameParts(event);
  const byFrames = frames.some((part) => part.contributes);
  const parts: FingerprintPart[] = [
    { kind: 'language', value: event.language, contributes: false, hint: 'type, frames and message tell it already' },
    ...(event.type === null ? [] : [typePart('type', event.type)]),
    ...(event.rootCause === undefined ? [] : [typePart('root-cause', event.rootCause.type)]),
    ...frames,
    messagePart(event, byFrames),
  ];
  const basis = parts.filter((part) => part.contributes).map((part) => `${part.kind}\0${part.value}`);
  return { id: `${VERSION}:${createHash('sha256').update(basis.join('\n')).digest('hex').slice(0, 32)}`, parts };
}

/** One short line for people: `TypeError: cannot read …`. */
export function title(event: ErrorEvent): string {
  const message = (event.message ?? '').split('\n')[0]!.trim();
  const text =
    event.type === null
      ? message || (event.text.split('\n')[0] ?? '')
      : message === ''
        ? event.type
        : `${shortType(event.type)}: ${message}`;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}

const shortType = (type: string): string => type.split(/[.\\]|::/).at(-1) || type;

function typePart(kind: 'type' | 'root-cause', type: string): FingerprintPart {
  const value = cleanName(type);
  return { kind, value, contributes: true, ...(value === type ? {} : { hint: 'left out: generated part of the name' }) };
}

function frameParts(event: ErrorEvent): FingerprintPart[] {
  const parts: FingerprintPart[] = [];
  let last = '';
  let counted = 0;
  for (const frame of event.frames) {
    const module = moduleOf(frame, event.language);
    const name = cleanName(frame.function ?? '');
    const value = `${module} ${name}`.trim();
    const hint = !frame.inApp ? 'library frame' : value === last ? 'recursion' : counted >= MAX_FRAMES ? FAR : undefined;
    if (hint === undefined) {
      counted++;
      last = value;
    }
    if (parts.length < 50)
      parts.push({ kind: 'frame', value, contributes: hint === undefined, hint: hint ?? leftOut(frame, module, name) });
  }
  return parts;
}

/** What of a frame does not count, in words. @example 'left out: line number, directory' */
function leftOut({ file, line, function: written = '' }: Frame, module: string, name: string): string {
  const left = line === null ? [] : ['line number'];
  if (module === '' && file !== '') left.push('file');
  if (module !== '') {
    if (/[\\/]/.test(file)) left.push('directory');
    if (!file.toLowerCase().endsWith(module)) left.push('hash or version in the file name');
  }
  if (name !== written) left.push('generated part of the name');
  return left.length === 0 ? 'as written' : `left out: ${left.join(', ')}`;
}

function messagePart(event: ErrorEvent, byFrames: boolean): FingerprintPart {
  const message = event.message ?? event.text;
  const { text, replaced } = normalize(message);
  if (byFrames) return { kind: 'message', value: text, contributes: false, hint: 'in-app frames identify the error' };
  const hints = [
    ...(replaced.length === 0 ? [] : [`replaced by <*>: ${replaced.join(', ')}`]),
    ...(BEYOND_TWO_LINES.test(message) ? ['left out: lines after the second'] : []),
  ];
  return { kind: 'message', value: text, contributes: true, ...(hints.length === 0 ? {} : { hint: hints.join('; ') }) };
}

/** `normalize` reads two lines that say something. */
const BEYOND_TWO_LINES = /^\s*\S[^\n]*\n\s*\S[^\n]*\n\s*\S/;

/** The file's base name without content hash and version, in lower case; JVM names carry their class already. */
function moduleOf(frame: Frame, language: string): string {
  const base =
    frame.file
      .replace(/[?#].*$/, '')
      .split(/[\\/]/)
      .at(-1) ?? '';
  if (language === 'java' && frame.function?.includes('.')) return '';
  return base
    .replace(/[.-][0-9a-f]{6,40}(?=\.)/gi, '')
    .replace(/[-_.]v?\d+(?:\.\d+)+(?=\.|-|$)/g, '')
    .toLowerCase();
}

const GENERATED: readonly (readonly [RegExp, string])[] = [
  [/\$\$Lambda(?:\$\d+)?(?:\/0x[0-9a-f]+)?(?:@[0-9a-f]+)?/g, '$$$$Lambda'],
  [/lambda\$(?:(\w+?)\$)?\d+/g, 'lambda$$$1'],
  [/Generated(Method|Constructor|SerializationConstructor)Accessor\d+/g, 'Generated$1Accessor'],
  [/\$\$(?:Enhancer|FastClass|SpringCGLIB)\w*?\$\$(?:[0-9a-f]+|\d+)/g, '$$$$Enhancer'],
  [/_?\$\$_javassist(?:_seam)?_\d+|_\$\$_jvst[0-9a-f]+_\d+/g, '_javassist'],
  [/\$HibernateProxy\$\w+/g, '$$HibernateProxy'],
  [/\$\d+(?=\.|$|\$)/g, '$$'],
  [/fn__\d+/g, 'fn'],
  [/__\d+_\d+$|___?\d{6,}_\d+/g, ''],
  [/^(?:rescue in |ensure in |block (?:\(\d+ levels\) )?in )+/g, ''],
  [/class@anonymous.*$/g, 'class@anonymous'],
  [/::\{\{closure\}\}|::h[0-9a-f]{16}$/g, ''],
  [/<(\w+)>[bd]__\d+(?:_\d+)?(?:\.MoveNext)?/g, '$1'],
  [/\.func\d+(?:\.\d+)*/g, '.func'],
  [/^async\s+|^new\s+|^Object\.|^Module\./g, ''],
  [/0x[0-9a-f]{4,}/gi, '<hex>'],
];

/** A function or class name without what compilers and proxies generate. */
function cleanName(name: string): string {
  return GENERATED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name);
}
