// The identity of a bug as versions before 0.2 made it. It stays as it was, right or wrong: requests, claims and ledgers
// bear its names, and what was done under them must be found. Nothing new is named by it; see `fingerprint.ts`.
import { createHash } from 'node:crypto';
import type { ErrorEvent, Frame } from '../model.ts';
import { MAX_NAME } from './function-name.ts';
import { normalizeV1 } from './normalize-v1.ts';

const MAX_FRAMES = 5;

/** @returns what older versions called the bug of this event: `v1:` and 32 hexadecimal digits */
export function fingerprintV1(event: ErrorEvent): string {
  const frames = framesOf(event);
  const basis = [
    ...(event.type === null ? [] : [`type\0${cleanName(event.type)}`]),
    ...(event.rootCause === undefined ? [] : [`root-cause\0${cleanName(event.rootCause.type)}`]),
    ...frames.map((value) => `frame\0${value}`),
    ...(frames.length > 0 ? [] : [`message\0${normalizeV1(event.message ?? event.text)}`]),
  ];
  return `v1:${createHash('sha256').update(basis.join('\n')).digest('hex').slice(0, 32)}`;
}

function framesOf(event: ErrorEvent): readonly string[] {
  const values: string[] = [];
  for (const frame of event.frames) {
    if (values.length >= MAX_FRAMES) break;
    const value = `${moduleOf(frame, event.language)} ${cleanName(frame.function ?? '')}`.trim();
    if (frame.inApp && value !== values.at(-1)) values.push(value);
  }
  return values;
}

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

function cleanName(name: string): string {
  return GENERATED.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), name.slice(0, MAX_NAME));
}
